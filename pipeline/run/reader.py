"""What a child does with a document: warmed up in the parent, and tried on one that is known to be good."""

from __future__ import annotations

import gc
import hashlib
import os
import sys
from collections.abc import Callable
from dataclasses import replace
from functools import partial

from pipeline.errors import OwnError
from pipeline.isolate.pool import answer
from pipeline.isolate.task import LIMITS, Desk, Task
from pipeline.isolate.threads import single
from pipeline.reading.heap import steady
from pipeline.rules import Rules
from pipeline.run.glance import marked, sight
from pipeline.run.specimen import specimen
from pipeline.schema import ENGINES, Entry, Reading

Reader = Callable[[Entry, Desk], Reading]

TRIES = 10
SELDOM = (50_000, 20, 50)  # objects and rounds between looks for waste: a child lives for one document
WHOLE = replace(LIMITS, left_out=0)  # the trial document has no bad page
DEATHS = ("crashed", "out-of-memory")


def warm(rules: Rules, engine: str = ENGINES[0]) -> Reader:
    """A reader that has loaded what it needs: the children forked from here on need not.

    `engine` is what the workers read pictures with; the records of the pages say so.
    Raises OwnError where a document known to be good reads otherwise in a child.
    """
    single()
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

    if VALIDATOR not in sys.modules and marked(descriptor, MARK):
        validator()
        gc.freeze()


def _read(rules: Rules, engine: str, entry: Entry, desk: Desk) -> Reading:
    from pipeline.reading.ingest import content
    from pipeline.reading.pages import Watch
    from pipeline.reading.read import read

    data, see = content(desk.descriptor, entry), None if desk.lent is None else sight(desk)
    reading = read(data, entry.kind, entry.sha256 or "", rules, see, Watch(desk.at, desk.without))
    return _read_by(engine, reading)


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
