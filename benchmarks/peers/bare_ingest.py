"""The whole program without isolation: all is read in the process that keeps the database."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from functools import cache

from pipeline.cli.root import main
from pipeline.errors import SourceError
from pipeline.isolate.task import Answer, Bare, Desk, K, Slot, T, Task, Work
from pipeline.reading.engines import BY_NAME, See
from pipeline.reading.ocr import words
from pipeline.reading.raster import Raster
from pipeline.rules import Rules
from pipeline.run import ingest, reader
from pipeline.schema import Entry, Reading, Word

OCR = "--no-ocr" not in sys.argv


def answers(
    tasks: Iterable[Task[K] | None],
    work: Work[K, T],
    _: type[T],
    __: Sequence[Slot] | None = None,
    *,
    tick: Callable[[], None] = lambda: None,
) -> Iterator[tuple[K, Answer[T]]]:
    """Stands in for `pipeline.isolate.pool.answers`: one after the other, here, without limits."""
    for task in tasks:
        if task is not None:
            yield task.key, _answer(task, work)
            tick()


def _answer(task: Task[K], work: Work[K, T]) -> Answer[T]:
    try:
        descriptor = task.open()
    except SourceError as error:
        return Answer(reason=error.reason)
    try:
        return Answer(work(task.key, Desk(descriptor, None, lambda: None)))
    except SourceError as error:
        return Answer(reason=error.reason)
    finally:
        os.close(descriptor)


def warm(rules: Rules, engine: str) -> reader.Reader:
    """Stands in for `pipeline.run.reader.warm`: as warm, but with an OCR engine of its own."""
    reader.warm(rules, engine)
    from pipeline.reading.ingest import content
    from pipeline.reading.read import read

    def reading(entry: Entry, desk: Desk) -> Reading:
        data = content(desk.descriptor, entry)
        return read(data, entry.kind, entry.sha256 or "", rules, _seen if OCR else None)

    return reading


def _seen(picture: Raster) -> tuple[Word, ...]:
    return words(_engine(), picture)


@cache
def _engine() -> See:
    return BY_NAME["rapidocr"].loaded(1)


def places(*_: object) -> AbstractContextManager[Sequence[Slot]]:
    """Stands in for `pipeline.run.slots.eyes`: nobody to be fed."""
    return nullcontext([Bare()])


if __name__ == "__main__":
    for name, plainer in {"answers": answers, "warm": warm, "eyes": places}.items():
        setattr(ingest, name, plainer)
    main()
