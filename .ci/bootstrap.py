"""Make a virtual environment that holds the pip of the lock file, with nothing but the standard library.

Debian and Ubuntu ship a Python without pip and without ensurepip, so `python3 -m venv` fails there until a
system package is installed. This asks the places pip itself would ask (its options in the environment and in
its configuration files) for the one wheel the lock names, and takes it only with the sha256 the lock gives.

    python3 .ci/bootstrap.py VENV [LOCK]
"""

from __future__ import annotations

import configparser
import hashlib
import html.parser
import http.client
import netrc
import os
import re
import ssl
import subprocess
import sys
import tempfile
import urllib.parse
import urllib.request
import venv
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import SimpleNamespace
from typing import NamedTuple

DEFAULT_INDEX = "https://pypi.org/simple"  # the index of a pip that nobody has configured
SECONDS = 60  # to wait for an index that does not answer
UNREACHABLE = (OSError, http.client.HTTPException)  # what a place that cannot be read raises


class Pin(NamedTuple):
    """The wheel of pip that the lock file asks for."""

    wheel: str
    sha256: frozenset[str]


def pin(lock: str) -> Pin:
    """The wheel of pip named in the text of a lock file.

    >>> pin("pip==1.2 --hash=sha256:" + "0" * 64).wheel
    'pip-1.2-py3-none-any.whl'
    """
    found = re.search(r"^pip==(\S+)((?:[\s\\]*--hash=sha256:[0-9a-f]{64})+)", lock, re.MULTILINE)
    if found is None:
        sys.exit("Berkas kunci tidak memuat pip. / The lock file does not pin pip with a sha256.")
    hashes = re.findall(r"[0-9a-f]{64}", found[2])
    return Pin(f"pip-{found[1]}-py3-none-any.whl", frozenset(hashes))


def settings(environ: Mapping[str, str], home: Path) -> dict[str, str]:
    """The options of pip as pip finds them: from its configuration files, and over them PIP_... variables."""
    read = configparser.RawConfigParser()
    read.read(configuration_files(environ, home), encoding="utf-8")
    sections = [read[name] for name in ("global", "install") if read.has_section(name)]
    from_files = {key.replace("_", "-"): value for section in sections for key, value in section.items()}
    from_environ = {
        key[4:].lower().replace("_", "-"): value
        for key, value in environ.items()
        if key.startswith("PIP_") and value
    }
    return {**from_files, **from_environ}


def configuration_files(environ: Mapping[str, str], home: Path) -> list[Path]:
    """Where pip keeps its configuration, weakest first; PIP_CONFIG_FILE=/dev/null means none is read."""
    chosen = environ.get("PIP_CONFIG_FILE", "")
    if chosen == os.devnull:
        return []
    user = Path(environ.get("XDG_CONFIG_HOME") or home / ".config")
    machine = [Path("/etc/xdg/pip/pip.conf"), Path("/etc/pip.conf")]
    files = [*machine, home / ".pip/pip.conf", user / "pip/pip.conf"]
    return [*files, Path(chosen)] if chosen else files


def places(options: Mapping[str, str]) -> list[str]:
    """Folders and pages that may hold the wheel: folders of wheels first, then the indexes."""
    folders = options.get("find-links", "").split()
    if options.get("no-index", "").lower() in {"1", "true", "yes", "on"}:
        return folders
    indexes = [options.get("index-url", DEFAULT_INDEX), *options.get("extra-index-url", "").split()]
    return [*folders, *(f"{index.rstrip('/')}/pip/" for index in indexes)]


class Links(html.parser.HTMLParser):
    """The addresses a page of an index links to."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found += [value for key, value in attrs if tag == "a" and key == "href" and value]


def addresses(place: str, wheel: str, opener: urllib.request.OpenerDirector) -> Iterator[str]:
    """Where a place says the wheel lies: a file of a folder, or a link of a page."""
    folder = local(place)
    if folder and (folder / wheel).is_file():
        yield (folder / wheel).resolve().as_uri()
    if folder and not (folder / "index.html").is_file():
        return
    page = (folder / "index.html").resolve().as_uri() if folder else without_password(place)
    links = Links()
    links.feed(content(page, opener).decode("utf-8", "replace"))
    for link in links.found:
        target = urllib.parse.urljoin(page, link).partition("#")[0]
        if urllib.parse.unquote(target.rpartition("/")[2]) == wheel:
            yield target


def local(place: str) -> Path | None:
    """The folder that a place names as a path or as file://, None where it is a web page."""
    address = urllib.parse.urlsplit(place)
    if address.scheme == "file":
        return Path(urllib.request.url2pathname(address.path))
    return None if address.scheme in {"http", "https"} else Path(place)


def without_password(address: str) -> str:
    """An address as it may be sent and shown.

    >>> without_password("https://name:secret@example.org/simple/")
    'https://example.org/simple/'
    """
    parts = urllib.parse.urlsplit(address)
    return parts._replace(netloc=parts.netloc.rpartition("@")[2]).geturl()


def content(address: str, opener: urllib.request.OpenerDirector) -> bytes:
    """The bytes at an address. OSError where there are none."""
    with opener.open(address, timeout=SECONDS) as answer:
        return bytes(answer.read())


def opener(options: Mapping[str, str], environ: Mapping[str, str]) -> urllib.request.OpenerDirector:
    """What opens addresses as pip would: its proxy, its certificates, its names and passwords."""
    proxy = options.get("proxy")
    return urllib.request.build_opener(
        urllib.request.ProxyHandler({"http": proxy, "https": proxy} if proxy else None),
        urllib.request.HTTPSHandler(context=certificates(options, environ)),
        urllib.request.HTTPBasicAuthHandler(passwords(places(options))),
    )


def passwords(addresses: list[str]) -> urllib.request.HTTPPasswordMgrWithPriorAuth:
    """The names and passwords of the indexes, from their addresses or else from ~/.netrc."""
    known = urllib.request.HTTPPasswordMgrWithPriorAuth()
    for parts in map(urllib.parse.urlsplit, addresses):
        user, password = parts.username, parts.password
        if parts.hostname and user is None:
            user, _, password = netrc_entry(parts.hostname)
        if user is not None:
            host = without_password(parts._replace(path="/").geturl())
            plain = urllib.parse.unquote
            known.add_password(None, host, plain(user), plain(password or ""), is_authenticated=True)
    return known


def netrc_entry(host: str) -> tuple[str | None, str | None, str | None]:
    """What ~/.netrc says of a host: name, account, password; three None where it says nothing."""
    try:
        return netrc.netrc().authenticators(host) or (None, None, None)
    except (OSError, netrc.NetrcParseError):
        return (None, None, None)


def certificates(options: Mapping[str, str], environ: Mapping[str, str]) -> ssl.SSLContext:
    """The authorities pip would trust. A machine that knows none at all relies on the sha256 alone."""
    named = options.get("cert") or environ.get("REQUESTS_CA_BUNDLE") or environ.get("CURL_CA_BUNDLE")
    if named and not Path(named).exists():
        sys.exit(f"{named}: sertifikat CA tidak ada / no such certificate authorities")
    if named:
        folder = named if Path(named).is_dir() else None
        return ssl.create_default_context(cafile=None if folder else named, capath=folder)
    context = ssl.create_default_context()
    if not any_authority() and not any("@" in place for place in places(options)):
        print("Tidak ada sertifikat CA; pip diperiksa dengan sha256 saja.", file=sys.stderr)
        print("No certificate authorities here; pip is checked by its sha256 alone.", file=sys.stderr)
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
    return context


def any_authority() -> bool:
    """Whether this machine knows any certificate authority (minimal installs may not)."""
    known = ssl.get_default_verify_paths()
    return bool(known.cafile) or any(Path(known.capath or os.devnull).glob("*"))


def fetched(wanted: Pin, options: Mapping[str, str], environ: Mapping[str, str]) -> bytes:
    """The bytes of the wheel, from the first place whose copy has the right sha256."""
    reader = opener(options, environ)
    said = []
    for place in places(options):
        shown = without_password(place)
        try:
            for address in addresses(place, wanted.wheel, reader):
                data = content(address, reader)
                if hashlib.sha256(data).hexdigest() in wanted.sha256:
                    return data
                said.append(f"  {without_password(address)}: sha256 salah / wrong sha256")
            said.append(f"  {shown}: tidak ada / not there")
        except UNREACHABLE as fault:
            said.append(f"  {shown}: {fault}")
    sys.exit("\n".join([f"{wanted.wheel} tidak didapat / could not be had:", *said, *CURE]))


CURE = (
    "Atur indeks dengan PIP_INDEX_URL, atau pakai folder wheel: make demo WHEELS=folder",
    "Set the index with PIP_INDEX_URL, or use a folder of wheels: make demo WHEELS=folder",
)


class Environment(venv.EnvBuilder):
    """A virtual environment whose pip comes from a wheel at hand."""

    def __init__(self, wheel: Path) -> None:
        super().__init__(clear=True, symlinks=os.name != "nt")
        self.wheel = wheel

    def post_setup(self, context: SimpleNamespace) -> None:
        pip = [context.env_exe, str(self.wheel / "pip"), "--isolated", "--disable-pip-version-check"]
        subprocess.run([*pip, "install", "--quiet", "--no-index", "--no-deps", str(self.wheel)], check=True)


def main(arguments: list[str]) -> None:
    """Make the environment `arguments[0]` with the pip of the lock `arguments[1]`."""
    lock = Path(arguments[1] if len(arguments) > 1 else "requirements.lock")
    wanted = pin(lock.read_text(encoding="utf-8"))
    data = fetched(wanted, settings(os.environ, Path.home()), os.environ)
    with tempfile.TemporaryDirectory() as folder:
        wheel = Path(folder, wanted.wheel)
        wheel.write_bytes(data)
        Environment(wheel).create(arguments[0])


if __name__ == "__main__":
    main(sys.argv[1:])
