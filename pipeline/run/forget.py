"""A document is forgotten: its source, all that was read from it, and what OCR kept of its pages."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from pipeline import rules as rulebook
from pipeline.errors import InputError
from pipeline.reading.paths import encoded
from pipeline.run.audit import audit, existing
from pipeline.run.runs import Run, base_of
from pipeline.run.settings import settings
from pipeline.store.erase import erase, scrub
from pipeline.store.sqlite import open_store

SHORTEST = 8  # digits of a hash that name a source
HEX = frozenset("0123456789abcdef")
NAMED = """
    SELECT DISTINCT sha256 FROM files
    WHERE sha256 IS NOT NULL
        AND (:name IN (shown, path) OR path = :path OR substr(shown, -length(:name) - 1) = '/' || :name)
"""
HASHED = "SELECT sha256 FROM sources WHERE sha256 >= :name AND sha256 < :name || 'g'"
SHOWN = "SELECT shown FROM files WHERE sha256 = ? ORDER BY path"


@dataclass(frozen=True, slots=True)
class Wish:
    """What is to be forgotten, by whom and why. `name`: a path, also as shown, the end of one, or a hash."""

    db: Path
    name: str
    who: str
    why: str
    rules: Path | None = None
    cache: Path | None = None


@dataclass(frozen=True, slots=True)
class Forgotten:
    """The files that held it, the rows that went by table, the pictures dropped from the cache."""

    files: tuple[str, ...]
    rows: dict[str, int]
    cached: int


def meant(db: Path, name: str) -> tuple[str, tuple[str, ...]]:
    """The hash of the content that a name means, and the files that hold it.

    Raises InputError where it means none, or several.
    """
    with open_store(existing(db), write=False) as connection:
        found = list(_found(connection, name))
        if len(found) != 1:
            several = "beberapa dokumen / several documents" if found else "tidak ditemukan / not found"
            raise InputError(
                f"{name}: {several}; sebutkan jalur lengkap atau sha256 dari pakta export files / "
                "give the whole path or the sha256 of pakta export files"
            )
        return found[0], tuple(row[0] for row in connection.execute(SHOWN, found))


def _found(connection: sqlite3.Connection, name: str) -> Iterator[str]:
    if len(name) >= SHORTEST and set(name) <= HEX:
        yield from (row[0] for row in connection.execute(HASHED, {"name": name}))
    else:
        place = _place(connection, name)
        yield from (row[0] for row in connection.execute(NAMED, {"name": name, "path": place}))


def _place(connection: sqlite3.Connection, name: str) -> str:
    """The path as it is kept of a file that is named from where the user stands."""
    base = base_of(connection)
    return encoded(os.path.relpath(Path(name).absolute(), base)) if base else ""


def forget(wish: Wish) -> Forgotten:
    """Take a source out of the database, and audit what is left.

    The file stays where it is, and is not read again. Raises as `meant` does; LockedError, StorageError.
    """
    sha256, files = meant(wish.db, wish.name)
    rules = rulebook.load(wish.rules)
    known = settings(rules, wish.rules)
    with open_store(wish.db, write=True) as connection:
        rows = erase(connection, sha256, wish.who, wish.why)
        run = Run(connection, "forget", rules)
        audit(run, rules, known)
        run.end({table: number for table, number in rows.items() if number})
        scrub(connection)
    return Forgotten(files, rows, emptied(wish.cache or wish.db.with_name(f"{wish.db.name}.cache")))


def emptied(cache: Path) -> int:
    """How many pictures' words were dropped from a cache of OCR, which does not know whose they are."""
    dropped = 0
    for file in cache.glob("[0-9a-f][0-9a-f]/*.json"):
        with suppress(OSError):
            file.unlink()
            dropped += 1
    return dropped
