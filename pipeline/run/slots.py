"""A place for each document read at a time, with an OCR worker of its own."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from multiprocessing.connection import Connection
from pathlib import Path

from pipeline.isolate.task import Bare, Slot
from pipeline.reading.worker import Worker
from pipeline.run.order import Order
from pipeline.schema import ENGINES

Threads = Callable[[], int]  # asked when a worker starts


def processors() -> int:
    """How many this process may use."""
    return len(os.sched_getaffinity(0))


def share(documents: int) -> int:
    """Processors for each of `documents`: with fewer of them than of those, several read one page."""
    return max(1, processors() // max(1, documents))


class Eye:
    """A slot with an OCR worker, and a line to it that is new for each document."""

    def __init__(self, cache: Path, engine: str, threads: Threads) -> None:
        """What the worker reads with `engine` is kept in `cache`."""
        self.worker = Worker(cache, engine=engine, threads=threads)
        self.line: Connection | None = None

    def lend(self) -> int:
        """The near end of a new line; the line of the last document ends."""
        self._hang_up()
        self.line = self.worker.connect()
        return self.line.fileno()

    def foreseen(self) -> None:
        """The worker loads its models now, and not with the first picture that it is sent."""
        self.worker.ready()

    def wanted(self) -> None:
        """The worker has loaded its models, or does with this picture."""

    def spoilt(self) -> None:
        """The next document has a line of its own."""

    def close(self) -> None:
        """End line and worker."""
        self._hang_up()
        self.worker.close()

    def _hang_up(self) -> None:
        if self.line is not None:
            self.line.close()
            self.line = None


@contextmanager
def eyes(
    jobs: int, cache: Path, engine: str = ENGINES[0], threads: Threads = lambda: 1
) -> Iterator[Sequence[Eye]]:
    """So many slots, each with an OCR worker of so many `threads`; all end with this block."""
    slots = [Eye(cache, engine, threads) for _ in range(jobs)]
    try:
        yield slots
    finally:
        for slot in slots:
            slot.close()


def slots(order: Order, documents: Callable[[], int]) -> AbstractContextManager[Sequence[Slot]]:
    """Those that an order asks for; they end with this block.

    Several threads read one page where there are fewer `documents` than processors, and nobody said how many
    of them to read at a time.
    """
    jobs = order.jobs or processors()
    if not order.ocr:
        return nullcontext([Bare() for _ in range(jobs)])
    cache = order.cache or order.db.with_name(f"{order.db.name}.cache")
    return eyes(jobs, cache, order.engine, lambda: 1 if order.jobs else share(documents()))
