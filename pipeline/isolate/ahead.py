"""A child that goes ahead: what it asks for is ready for those who come after it; nobody waits for it."""

from __future__ import annotations

import mmap
import os
from collections.abc import Iterator
from contextlib import contextmanager

from pipeline.isolate.child import PART, forked
from pipeline.isolate.pool import kill
from pipeline.isolate.task import LIMITS, K, Limits, Slot, T, Task, Try, Work


@contextmanager
def ahead(task: Task[K], work: Work[K, T], slot: Slot, limits: Limits = LIMITS) -> Iterator[None]:
    """While this lasts a child, shut in as all are, does `work` on the task with what `slot` lends.

    What it answers is not heard, and it counts against nothing. Raises SourceError where the task's document
    cannot be opened.
    """
    descriptor, place = task.open(), mmap.mmap(-1, PART.size)
    try:
        pid, pipe = forked(Try(task), work, descriptor, slot.lend(), limits, place)
    finally:
        os.close(descriptor)
    try:
        yield
    finally:
        kill(pid)
        os.close(pipe)
        os.waitpid(pid, 0)
