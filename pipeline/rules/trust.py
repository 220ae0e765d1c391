"""Certificates that an office trusts (rules/trust): PEM or DER, with what a TOML beside one says of it."""

from __future__ import annotations

import base64
import binascii
import hashlib
import re
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path

from pipeline.errors import RuleError
from pipeline.rules.strict import Strict, decode

FORMS = (".pem", ".crt", ".cer", ".der")
ABOUT = ".toml"
ARMOUR = re.compile(rb"-----BEGIN CERTIFICATE-----(.*?)-----END CERTIFICATE-----", re.DOTALL)


class About(Strict, frozen=True):
    """What an office notes beside a file of certificates: how to know it, and when it may be relied on.

    `sha256` are the fingerprints of the certificates in the file, hexadecimal, with or without colons.
    """

    sha256: tuple[str, ...] = ()
    trusted_from: date | None = None
    trusted_to: date | None = None
    note: str = ""


class Anchor(Strict, frozen=True):
    """A trusted certificate, DER, and the days on which it is relied on, as far as an office limits them."""

    der: bytes
    sha256: str
    trusted_from: date | None = None
    trusted_to: date | None = None


def read(paths: Iterable[Path]) -> tuple[Anchor, ...]:
    """The certificates of a folder. Raises RuleError for a file that is none, or not the one meant."""
    found = list(paths)
    notes = {path.stem: path for path in found if path.suffix == ABOUT}
    files = {path.stem: path for path in found if path.suffix != ABOUT}
    alone = sorted(set(notes) - set(files))
    if alone:
        raise RuleError(f"trust/{alone[0]}.toml: no certificate {alone[0]}{' or '.join(FORMS)} beside it")
    return tuple(anchor for name, path in files.items() for anchor in _anchors(path, notes.get(name)))


def _anchors(path: Path, note: Path | None) -> Iterator[Anchor]:
    about = decode(note, About) if note is not None else About()
    meant = {mark.replace(":", "").replace(" ", "").lower() for mark in about.sha256}
    for der in _certificates(path):
        sha256 = hashlib.sha256(der).hexdigest()
        if meant and sha256 not in meant:
            raise RuleError(
                f"trust/{path.name}: a certificate with the fingerprint {sha256}; "
                f"{path.stem}.toml names {', '.join(sorted(meant))}"
            )
        yield Anchor(der=der, sha256=sha256, trusted_from=about.trusted_from, trusted_to=about.trusted_to)


def _certificates(path: Path) -> list[bytes]:
    """The certificates of a file, DER, once sure that they are some."""
    from cryptography import x509

    try:
        raw = path.read_bytes()
        found = [base64.b64decode(body) for body in ARMOUR.findall(raw)] or [raw]
        for der in found:
            x509.load_der_x509_certificate(der)
    except OSError as error:
        raise RuleError(f"{path}: {error.strerror}") from error
    except (ValueError, binascii.Error) as error:
        raise RuleError(f"trust/{path.name}: no certificate in PEM or DER") from error
    return found
