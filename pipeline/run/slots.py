"""A place for each document read at a time, with an OCR worker of its own."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from multiprocessing.connection import Connection
from pathlib import Path

from pipeline.reading.worker import Worker
from pipeline.schema import ENGINES


class Eye:
    """A slot with an OCR worker, and a line to it that is new for each document."""

    def __init__(self, cache: Path, engine: str) -> None:
        """What the worker reads with `engine` is kept in `cache`."""
        self.worker = Worker(cache, engine=engine)
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
def eyes(jobs: int, cache: Path, engine: str = ENGINES[0]) -> Iterator[Sequence[Eye]]:
    """So many slots, each with an OCR worker; all end with this block."""
    slots = [Eye(cache, engine) for _ in range(jobs)]
    try:
        yield slots
    finally:
        for slot in slots:
            slot.close()
