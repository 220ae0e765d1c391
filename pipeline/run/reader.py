"""What a child does with a document: warmed up in the parent, and tried on one that is known to be good."""

from __future__ import annotations

import gc
import hashlib
import os
import re
import stat
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace
from functools import partial
from multiprocessing.connection import Connection
from typing import Any

from pipeline.errors import OwnError
from pipeline.isolate.pool import answer
from pipeline.isolate.task import LIMITS, Desk, Task
from pipeline.reading.heap import steady
from pipeline.rules import Rules
from pipeline.run.specimen import specimen
from pipeline.schema import ENGINES, Entry, Reading, Word

Reader = Callable[[Entry, Desk], Reading]

THREADS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")  # a parent that forks has only one
TRIES = 10
CHUNK = 1 << 20  # bytes
SEAM = 32  # bytes: no mark is longer
SIDE = re.compile(rb"/(?:Width|Height)\s{1,4}(\d{3,6})\b")  # of a picture, in pixels
PAGE = (800, 1100)  # pixels of the sides of a scanned page, at least
SELDOM = (50_000, 20, 50)  # objects and rounds between looks for waste: a child lives for one document
LETTERED = (b"/Font", b"/ObjStm")  # the second packs objects, fonts among them
WHOLE = replace(LIMITS, left_out=0)  # the trial document has no bad page
DEATHS = ("crashed", "out-of-memory")


def warm(rules: Rules, engine: str = ENGINES[0]) -> Reader:
    """A reader that has loaded what it needs: the children forked from here on need not.

    `engine` is what the workers read pictures with; the records of the pages say so.
    Raises OwnError where a document known to be good reads otherwise in a child.
    """
    for name in THREADS:
        os.environ.setdefault(name, "1")
    steady()
    collects = gc.isenabled()
    gc.disable()  # what is loaded stays: nothing to be collected
    try:
        return _warmed(rules, engine)
    finally:
        if collects:
            gc.enable()
            gc.set_threshold(*SELDOM)


def _warmed(rules: Rules, engine: str) -> Reader:
    import cv2
    from PIL import Image

    from pipeline.reading import ocr  # noqa: F401 - for the children
    from pipeline.reading.read import read
    from pipeline.reading.signatures.model import model

    cv2.setNumThreads(1)
    Image.preinit()  # its readers of common formats
    model()  # a child may not open files
    reader, sample = partial(_read, rules, engine), specimen()
    _tried(reader, sample, read(sample, "application/pdf", _sha256(sample), rules, None))
    return reader


def foreseen(descriptor: int) -> None:
    """Load here, once, what the child of a signed file would load, and that of each one after it.

    Validating a signature takes some 300 modules; a folder without signed files never pays for them. Nothing
    is parsed here: the bytes of the file are looked through for a mark.
    """
    from pipeline.reading.signatures.certificate import MARK, VALIDATOR, validator

    if VALIDATOR not in sys.modules and _marked(descriptor, MARK):
        validator()
        gc.freeze()


def pictured(descriptor: int, kind: str) -> bool:
    """Whether a file is likely to have pages that are pictures: a PDF in which no font is named, or a picture
    is as large as a page."""
    if kind != "application/pdf" or not any(_marked(descriptor, mark) for mark in LETTERED):
        return True
    sides = [int(side) for part in _parts(descriptor) for side in SIDE.findall(part)]
    return sum(side >= PAGE[0] for side in sides) > 1 and max(sides) >= PAGE[1]


def _marked(descriptor: int, mark: bytes) -> bool:
    """Whether a mark stands in a file."""
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


def _read(rules: Rules, engine: str, entry: Entry, desk: Desk) -> Reading:
    from pipeline.reading.ingest import content
    from pipeline.reading.pages import Watch
    from pipeline.reading.read import read

    data, sight = content(desk.descriptor, entry), None if desk.lent is None else _sight(desk)
    reading = read(data, entry.kind, entry.sha256 or "", rules, sight, Watch(desk.at, desk.without))
    return _read_by(engine, reading)


def _sight(desk: Desk) -> Callable[[Any], tuple[Word, ...]]:
    """What turns a picture into words: the worker at the other end of the line."""
    from pipeline.reading.ocr import client

    assert desk.lent is not None  # noqa: S101 - asked before
    ask = client(Connection(desk.lent))

    def see(picture: Any) -> tuple[Word, ...]:
        desk.sign()
        return ask(picture)

    return see


def _read_by(name: str, reading: Reading) -> Reading:
    """The reading, with what read its pictures."""
    if not any(page.origin == "ocr" for page in reading.pages):
        return reading
    from pipeline.reading.engines import BY_NAME

    label, language = BY_NAME[name].label(), BY_NAME[name].language
    pages = tuple(
        replace(page, engine=label, language=language) if page.origin == "ocr" else page
        for page in reading.pages
    )
    return replace(reading, pages=pages, engine=label)


def _tried(reader: Reader, sample: bytes, expected: Reading) -> None:
    entry = Entry("", "", expected.media_type, len(sample), expected.sha256)
    for _ in range(TRIES):
        found = answer(Task(entry, entry.bytes, partial(_behind_pipe, sample)), reader, Reading, WHOLE)
        if found.reason not in DEATHS:  # else something outside may have killed it
            break
    if found.value != expected:
        raise OwnError(
            f"dokumen uji terbaca lain di proses terpisah / the trial document reads otherwise in a child"
            f" ({found.reason} {found.detail})"
        )


def _behind_pipe(data: bytes) -> int:
    heard, said = os.pipe()
    os.write(said, data)
    os.close(said)
    return heard


def _sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
