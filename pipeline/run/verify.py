"""Is everything still as it was: the database in itself, and every file against the hash of what was read."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from pipeline.errors import InputError
from pipeline.isolate.pool import answer
from pipeline.isolate.task import Task
from pipeline.reading import ingest as walk
from pipeline.reading.archives import Contents
from pipeline.reading.media import ZIP
from pipeline.reading.revisit import revisited
from pipeline.run.runs import base_of
from pipeline.schema import Entry
from pipeline.store.soundness import faults
from pipeline.store.sqlite import entries_seen, open_store

CHANGED = "hash-changed"
Tell = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Verified:
    """Faults of the database in words; files that are not what they were; how many files were compared."""

    faults: tuple[str, ...]
    files: tuple[Entry, ...]
    compared: int

    @property
    def sound(self) -> bool:
        """Whether everything is as it was."""
        return not (self.faults or self.files)


def verify(db: Path, folder: Path | None = None, tell: Tell = lambda *_: None) -> Verified:
    """Compare; nothing is changed. `folder`: where the archive lies by now, if it was moved.

    Raises InputError for a database or a folder that is not there.
    """
    with open_store(db, write=False) as connection:
        found = tuple(faults(connection))
        known = [entry for entry in entries_seen(connection).values() if entry.sha256]
        base = str(folder) if folder else base_of(connection)
    if not known:
        return Verified(found, (), 0)
    if base is None:
        raise InputError(f"{db}: folder asal tidak tercatat / the folder it was read from is not noted")
    return Verified(found, tuple(_astray(place(base), known, tell)), len(known))


def place(base: str) -> walk.Tree:
    """The folder that known paths are relative to. Raises InputError where it cannot be read."""
    return walk.tree([Path(base)], base=os.path.realpath(base))


def _astray(where: walk.Tree, known: list[Entry], tell: Tell) -> Iterator[Entry]:
    before = {entry.path: entry for entry in known}
    for done, now in enumerate(revisited(where, known, listed), 1):
        tell(done, len(known))
        if now.reason == "gone" or now.sha256 is None:
            yield replace(now, reason=now.reason or CHANGED)
        elif now.sha256 != before[now.path].sha256:
            yield replace(now, status="failed", reason=CHANGED)


def listed(descriptor: int, archive: Entry) -> Contents:
    """What an archive holds, looked at in a child as any document is."""
    task = Task(archive, archive.bytes, partial(os.dup, descriptor))
    found = answer(task, lambda entry, desk: walk.listed(desk.descriptor, entry), Contents)
    return found.value or Contents(ZIP, "failed", found.reason)
