"""One document, read in a child of whatever process calls: the unit of work of a cluster."""

from __future__ import annotations

import hashlib
import os
from functools import partial

from pipeline.isolate.pool import answer
from pipeline.isolate.task import LIMITS, Answer, Limits, Task
from pipeline.run.reader import Reader
from pipeline.schema import Entry, Reading


def isolated(data: bytes, media_type: str, reader: Reader, limits: Limits = LIMITS) -> Answer[Reading]:
    """What `reader` reads in `data`, or the reason why it cannot be read; depends on nothing else.

    For a worker of a cluster: the engine hands out documents, this isolates them. Each worker process loads
    the rules and calls `warm(rules)` once, and passes what that gives as `reader`; the answer is a plain
    frozen record. The calling process must have a single thread, since it forks: where the engine's own
    process has several (as a Dask worker has), let it keep a process pool of one spawned worker and call
    this in there. Raises OwnError and StorageError where the document is not at fault, so that the engine
    stops instead of blaming it.
    """
    entry = Entry("", "", media_type, len(data), hashlib.sha256(data).hexdigest())
    return answer(Task(entry, len(data), partial(_opened, data)), reader, Reading, limits)


def _opened(data: bytes) -> int:
    """A descriptor of a file in memory that nobody can change any more."""
    descriptor = os.memfd_create("document", os.MFD_CLOEXEC)
    try:
        rest = memoryview(data)
        while rest:
            rest = rest[os.write(descriptor, rest) :]
        os.lseek(descriptor, 0, os.SEEK_SET)
    except BaseException:
        os.close(descriptor)
        raise
    return descriptor
