"""The processes that this one has started and that have not been buried."""

import os
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path


def children() -> set[int]:
    """Their numbers, those that have ended and wait to be buried included."""
    return set(_of(os.getpid()))


def _of(parent: int) -> Iterator[int]:
    for process in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            if int((process / "stat").read_text().rpartition(")")[2].split()[1]) == parent:
                yield int(process.name)
