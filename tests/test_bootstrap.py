"""The first pip of a machine comes from the places pip would ask, and only with the sha256 of the lock."""

import base64
import hashlib
import importlib.util
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

SCRIPT = Path(__file__).parents[1] / ".ci" / "bootstrap.py"
SPEC = importlib.util.spec_from_file_location("bootstrap", SCRIPT)
assert SPEC
assert SPEC.loader
bootstrap = importlib.util.module_from_spec(SPEC)
SPEC.loader.exec_module(bootstrap)

WHEEL = "pip-1.2-py3-none-any.whl"
GOOD = b"the wheel that was locked"
HASHES = ("0" * 64, "1" * 64, hashlib.sha256(GOOD).hexdigest())
ENTRY = " \\\n    --hash=sha256:"
LOCK = f"pillow==9{ENTRY}{HASHES[0]}\npip==1.2{ENTRY}{HASHES[1]}{ENTRY}{HASHES[2]}\nplatformdirs==3\n"


class Index(BaseHTTPRequestHandler):
    """A package index for those who know the password."""

    def do_GET(self) -> None:
        pages = {
            "/simple/pip/": f'<a href="../../files/{WHEEL}#sha256=00">x</a>'.encode(),
            f"/files/{WHEEL}": GOOD,
        }
        known = self.headers["Authorization"] == "Basic " + base64.b64encode(b"ani:rahasia").decode()
        body = pages.get(self.path) if known else None
        self.send_response(401 if not known else 200 if body else 404)
        self.send_header("WWW-Authenticate", 'Basic realm="index"')
        self.end_headers()
        self.wfile.write(body or b"")

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def index(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The address of a running index, without a password."""
    monkeypatch.setenv("no_proxy", "*")
    with ThreadingHTTPServer(("127.0.0.1", 0), Index) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"127.0.0.1:{server.server_port}/simple"
        server.shutdown()


def folder(top: Path, data: bytes) -> str:
    """A folder of wheels."""
    top.mkdir()
    (top / WHEEL).write_bytes(data)
    return str(top)


def fetched(**options: str) -> bytes:
    """What comes from these options of pip."""
    named = {key.replace("_", "-"): value for key, value in options.items()}
    return bytes(bootstrap.fetched(bootstrap.pin(LOCK), named, {}))


def test_the_pin_is_the_one_of_pip() -> None:
    assert bootstrap.pin(LOCK).wheel == WHEEL
    assert len(bootstrap.pin(LOCK).sha256) == 2


@pytest.mark.parametrize("lock", ["", "pip==1.2\n", "pipx==1.2 --hash=sha256:" + "0" * 64, "# pip==1.2"])
def test_a_lock_without_a_hash_for_pip_is_refused(lock: str) -> None:
    with pytest.raises(SystemExit, match="does not pin pip"):
        bootstrap.pin(lock)


def test_the_environment_is_stronger_than_the_file(tmp_path: Path) -> None:
    file = tmp_path / "pip.conf"
    file.write_text(
        "[global]\nindex_url = https://a.example/simple\nproxy = p:1\n[install]\nfind-links = /x\n"
    )
    found = bootstrap.settings({"PIP_CONFIG_FILE": str(file), "PIP_INDEX_URL": "https://b.example"}, tmp_path)
    assert (found["index-url"], found["proxy"], found["find-links"]) == ("https://b.example", "p:1", "/x")


def test_the_file_of_the_user_is_read(tmp_path: Path) -> None:
    (tmp_path / ".config" / "pip").mkdir(parents=True)
    (tmp_path / ".config" / "pip" / "pip.conf").write_text("[global]\nindex-url = https://user.example/%s\n")
    assert bootstrap.settings({}, tmp_path)["index-url"] == "https://user.example/%s"


def test_no_configuration_is_read_where_none_is_wanted(tmp_path: Path) -> None:
    assert bootstrap.settings({"PIP_CONFIG_FILE": "/dev/null", "HOME": "/x"}, tmp_path) == {
        "config-file": "/dev/null"
    }


@pytest.mark.parametrize(
    ("options", "places"),
    [
        ({"index-url": "https://a.example/simple/"}, ["https://a.example/simple/pip/"]),
        (
            {"index-url": "https://a", "extra-index-url": "https://b\nhttps://c"},
            ["https://a/pip/", "https://b/pip/", "https://c/pip/"],
        ),
        ({"index-url": "https://a", "find-links": "/w"}, ["/w", "https://a/pip/"]),
        ({"index-url": "https://a", "find-links": "/w", "no-index": "1"}, ["/w"]),
        ({"no-index": "true"}, []),
        ({}, [f"{bootstrap.DEFAULT_INDEX}/pip/"]),
    ],
)
def test_places_are_asked_in_order(options: dict[str, str], places: list[str]) -> None:
    assert bootstrap.places(options) == places


def test_a_folder_of_wheels_serves(tmp_path: Path) -> None:
    assert fetched(find_links=folder(tmp_path / "wheels", GOOD), no_index="1") == GOOD


def test_a_mirror_on_disk_serves(tmp_path: Path) -> None:
    folder(tmp_path / "files", GOOD)
    (tmp_path / "simple" / "pip").mkdir(parents=True)
    (tmp_path / "simple" / "pip" / "index.html").write_text(f'<a href="../../files/{WHEEL}">x</a>')
    assert fetched(index_url=(tmp_path / "simple").as_uri()) == GOOD


def test_an_index_with_a_password_serves(index: str) -> None:
    assert fetched(index_url=f"http://ani:rahasia@{index}") == GOOD


def test_a_wrong_copy_is_passed_over(tmp_path: Path) -> None:
    wrong, right = folder(tmp_path / "wrong", b"something else"), folder(tmp_path / "right", GOOD)
    assert fetched(find_links=f"{wrong} {right}", no_index="1") == GOOD


def test_a_wrong_copy_alone_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SystemExit, match="wrong sha256"):
        fetched(find_links=folder(tmp_path / "wrong", b"something else"), no_index="1")


def test_a_wrong_password_is_refused_and_not_shown(index: str) -> None:
    with pytest.raises(SystemExit, match="401") as refusal:
        fetched(index_url=f"http://ani:salah@{index}")
    assert "salah@" not in str(refusal.value)


@pytest.mark.parametrize("place", ["/nowhere", "file:///nowhere", "http://127.0.0.1:1/simple"])
def test_a_place_that_is_not_there_is_named_with_the_cure(place: str) -> None:
    with pytest.raises(SystemExit) as refusal:
        fetched(find_links=place, no_index="1")
    assert place in str(refusal.value)
    assert "WHEELS=folder" in str(refusal.value)


def test_missing_authorities_are_named(tmp_path: Path) -> None:
    with pytest.raises(SystemExit, match="no such certificate authorities"):
        fetched(cert=str(tmp_path / "gone.pem"))
