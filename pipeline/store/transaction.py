"""Writes that are kept together or not at all, and the errors of SQLite as errors of ours."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pipeline.errors import InputError, LockedError, OwnError, PipelineError, StorageError

DISK = (sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN)
IN_USE = (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)
DAMAGED = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)


@contextmanager
def transaction(connection: sqlite3.Connection) -> Iterator[None]:
    """All that is written inside is kept together or not at all. Raises as `spoken` does."""
    with spoken():
        connection.execute("BEGIN IMMEDIATE")
        try:
            yield
            connection.execute("COMMIT")
        except BaseException:
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            raise


@contextmanager
def spoken(path: Path | None = None) -> Iterator[None]:
    """Errors of SQLite inside are raised as ours, by whose hands they can be put right.

    StorageError for the disk, LockedError for another program, InputError for a damaged file, else OwnError.
    """
    try:
        yield
    except sqlite3.Error as error:
        raise _told(f"{path}: " if path else "", error) from error
    except (UnicodeEncodeError, OverflowError) as error:
        raise OwnError(f"nilai tidak dapat disimpan / a value that cannot be kept ({error})") from error


def _told(place: str, error: sqlite3.Error) -> PipelineError:
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF  # the primary code; the rest is detail
    if code in DISK:
        return StorageError(f"{place}tidak dapat ditulis atau dibaca / cannot be written or read ({error})")
    if code in IN_USE:
        return LockedError(f"{place}sedang dipakai program lain / in use by another program ({error})")
    if code in DAMAGED:
        return InputError(f"{place}basis data rusak / the database is damaged ({error})")
    return OwnError(f"{place}tidak sesuai skema / does not fit the schema ({error})")
