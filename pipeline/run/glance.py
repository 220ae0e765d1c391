"""A look at a document before it is read: whether its pages are pictures; the first of them goes to OCR."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from functools import lru_cache
from multiprocessing.connection import Connection
from typing import Any

from pipeline.errors import SourceError
from pipeline.isolate.task import Desk
from pipeline.reading import ingest as walk
from pipeline.schema import Entry, Word

CHUNK = 1 << 20  # bytes
SEAM = 32  # bytes: no mark is longer
SIDE = re.compile(rb"/(?:Width|Height)\s{1,4}(\d{3,6})\b")  # of a picture, in pixels
PAGE = (800, 1100)  # pixels of the sides of a scanned page, at least
LETTERED = (b"/Font", b"/ObjStm")  # the second packs objects, fonts among them


# The first document is looked at before the program is loaded, and again when it is read.
@lru_cache(maxsize=1)
def pictured(where: walk.Tree, entry: Entry) -> bool:
    """Whether a document is likely to have pages that are pictures: a PDF in which no font is named, or a
    picture is as large as a page."""
    with suppress(SourceError):
        descriptor = walk.open_source(where, entry)
        with closing(os.fdopen(descriptor, "rb")):
            return _pictured(descriptor, entry.kind)
    return False


def _pictured(descriptor: int, kind: str) -> bool:
    if kind != "application/pdf" or not any(marked(descriptor, mark) for mark in LETTERED):
        return True
    sides = [int(side) for part in _parts(descriptor) for side in SIDE.findall(part)]
    return sum(side >= PAGE[0] for side in sides) > 1 and max(sides) >= PAGE[1]


def marked(descriptor: int, mark: bytes) -> bool:
    """Whether a mark stands in a file; nothing is parsed."""
    return any(mark in part for part in _parts(descriptor))


def _parts(descriptor: int) -> Iterator[bytes]:
    """A file bit by bit, each with the end of the one before; of what is none now, its child will tell."""
    at, last, told = 0, b"", os.fstat(descriptor)
    with suppress(OSError):
        while stat.S_ISREG(told.st_mode) and at < told.st_size:
            part = os.pread(descriptor, CHUNK, at)
            if not part:
                return
            yield last + part
            at, last = at + len(part), part[-SEAM:]


class _SeenError(Exception):
    """A picture has been read."""


def glance(entry: Entry, desk: Desk) -> None:
    """The first page goes to OCR if it is a picture; OCR keeps what it reads there, and no more is done."""
    from pipeline.reading.pages import Caps, sheets

    ask = sight(desk)

    def once(picture: Any) -> tuple[Word, ...]:
        ask(picture)
        raise _SeenError

    with suppress(_SeenError):
        next(sheets(walk.content(desk.descriptor, entry), entry.kind, ocr=once, caps=Caps()), None)


def sight(desk: Desk) -> Callable[[Any], tuple[Word, ...]]:
    """What turns a picture into words: the worker at the other end of the line."""
    from pipeline.reading.ocr import client

    assert desk.lent is not None  # noqa: S101 - asked before
    ask = client(Connection(desk.lent))

    def see(picture: Any) -> tuple[Word, ...]:
        desk.sign()
        return ask(picture)

    return see
