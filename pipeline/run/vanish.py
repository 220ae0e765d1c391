"""Files that a run no longer finds where an earlier one did: noted, never forgotten."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterable, Iterator

from pipeline.reading.paths import encoded
from pipeline.run.runs import Run
from pipeline.store.transaction import transaction

NOTED = "SELECT path, gone_run IS NOT NULL FROM files"
GONE = "UPDATE files SET gone_run = ? WHERE path = ?"
BACK = "UPDATE files SET gone_run = NULL WHERE path = ?"


def note_vanished(run: Run, base: str, folders: Iterable[str], met: set[str], barred: Iterable[str]) -> None:
    """Note which files of the walked `folders` were not met, and which are there again.

    What lies in a folder or an archive that could not be opened this time (`barred`) may still be there.
    """
    tops = [_inside(encoded(os.path.relpath(folder, base))) for folder in folders]
    closed = tuple(f"{path}{end}" for path in barred for end in ("/", "!/"))
    gone, back = [], []
    for path, noted in _noted(run.connection):
        if path in met:
            back += [path] if noted else []
        elif not noted and any(path.startswith(top) for top in tops) and not path.startswith(closed):
            gone.append(path)
    if gone or back:
        run.begin()
        with transaction(run.connection):
            run.connection.executemany(GONE, [(run.id, path) for path in gone])
            run.connection.executemany(BACK, [(path,) for path in back])


def _noted(connection: sqlite3.Connection) -> Iterator[tuple[str, bool]]:
    for path, noted in connection.execute(NOTED).fetchall():
        yield path, bool(noted)


def _inside(top: str) -> str:
    return "" if top == "." else f"{top}/"
