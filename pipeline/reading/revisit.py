"""Entries that are known already, looked at once more where they lie."""

from __future__ import annotations

import errno
import os
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace

from pipeline.reading.archives import BETWEEN
from pipeline.reading.ingest import FOLDER, Found, Tree, Unpack, blamed, opened
from pipeline.reading.paths import decoded, shown
from pipeline.schema import Entry

GONE = "gone"
NOT_THERE = (errno.ENOENT, errno.ENOTDIR, errno.ELOOP)


def revisited(where: Tree, known: Iterable[Entry], unpack: Unpack) -> Iterator[Entry]:
    """Each known entry as it is now, archive by archive; with reason 'gone' where there is none any more.

    Raises StorageError and OwnError where the machine is at fault.
    """
    by_file: dict[str, dict[str, Entry]] = defaultdict(dict)
    for entry in known:
        by_file[entry.path.split(BETWEEN)[0]][entry.path] = entry
    for path, wanted in by_file.items():
        for now in _file(where, path, unpack):
            if now.path in wanted:
                del wanted[now.path]
                yield now
        yield from (replace(entry, status="failed", reason=GONE) for entry in wanted.values())


def _file(where: Tree, path: str, unpack: Unpack) -> Iterator[Entry]:
    full = os.path.normpath(f"{where.base}/{decoded(path)}")
    top = os.path.commonpath((where.base, full))
    inner = os.path.relpath(full, top)
    entry = Entry(path, shown(decoded(path)), "file")
    try:
        folder = _folder(top, inner.split("/")[:-1])
    except OSError as error:
        if error.errno not in NOT_THERE:
            yield replace(entry, status="failed", reason=blamed(error))
        return
    try:
        found = Found(folder, os.path.basename(inner), top, inner)  # noqa: PTH119 - bytes that are no text
        if _there(found):
            yield from opened(found, entry, where.caps, unpack)
    finally:
        os.close(folder)


def _folder(top: str, steps: list[str]) -> int:
    at = os.open(top, FOLDER)
    for step in steps:
        try:
            below = os.open(step, FOLDER, dir_fd=at)
        finally:
            os.close(at)
        at = below
    return at


def _there(found: Found) -> bool:
    try:
        os.stat(found.name, dir_fd=found.folder, follow_symlinks=False)
    except FileNotFoundError:
        return False
    return True
