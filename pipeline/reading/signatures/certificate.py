"""Electronic signatures in the file itself: found one by one, each with its four answers, offline."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from importlib import import_module
from typing import Any

import pikepdf

from pipeline.reading.document import DAMAGE
from pipeline.reading.unused import Unused, without
from pipeline.rules import Anchor
from pipeline.schema import Certificate

MARK = b"/ByteRange"  # every PAdES signature states the bytes it covers
LARGEST = 128 * 1024 * 1024  # bytes of a file that is validated
VALIDATOR = "pipeline.reading.signatures.certificate_file"
# What of pyHanko speaks to the network, which is never done here: a third of its start.
FETCHING: Unused = {
    "pyhanko.sign.timestamps.aiohttp_client": {"HTTPTimeStamper": None},
    "pyhanko_certvalidator.fetchers.aiohttp_fetchers": {"AIOHttpFetcherBackend": None},
}
UNREADABLE, TOO_LARGE = "unreadable", "too-large"  # problems


def certificates(data: bytes, anchors: Sequence[Anchor]) -> tuple[Certificate, ...]:
    """Every signature of a person in a PDF, judged by the trusted `anchors`; none for other files.

    Time stamps, fields that nobody filled in and a signature that stands in two fields make no row of their
    own. What cannot be checked has `intact` None and says why in `problem`; nothing is fetched.
    """
    if MARK not in data:
        return ()
    if len(data) > LARGEST:
        return tuple(_unchecked(data, TOO_LARGE))
    by = validator()
    try:
        return tuple(by.judged(data, anchors))
    except by.FAULTS:
        return tuple(_unchecked(data, UNREADABLE))


def validator() -> Any:
    """The module certificate_file, loaded when it is first asked for: some 300 modules come with it."""
    with without(FETCHING):
        return import_module(VALIDATOR)


def _unchecked(data: bytes, problem: str) -> Iterator[Certificate]:
    """The filled signature fields of a file whose signatures cannot be checked at all."""
    try:
        with pikepdf.open(io.BytesIO(data)) as document:
            form: Any = document.Root.get("/AcroForm", {})
            names = [str(field.get("/T", "")) for field in _fields(form.get("/Fields", [])) if _filled(field)]
    except DAMAGE:
        return
    for name in names:
        yield Certificate(field=name, problem=problem)


def _fields(found: Any, depth: int = 0) -> Iterator[Any]:
    for field in found:
        yield field
        if depth < 8 and "/Kids" in field:
            yield from _fields(field["/Kids"], depth + 1)


def _filled(field: Any) -> bool:
    """A signature field with a value whose contents are not just zeros, and which is no mere time stamp."""
    value = field.get("/V")
    if field.get("/FT") != "/Sig" or value is None or value.get("/Type") == "/DocTimeStamp":
        return False
    return bool(bytes(value.get("/Contents", b"")).strip(b"\0"))
