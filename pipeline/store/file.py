"""The database as a file: what it is before SQLite touches it, who may write it, how a new one is made."""

from __future__ import annotations

import fcntl
import os
import sqlite3
import stat
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from urllib.parse import quote

from pipeline.errors import InputError, LockedError, StorageError
from pipeline.schema import APPLICATION_ID, SCHEMA_VERSION

MAGIC = b"SQLite format 3\0"
HEADER = 100  # bytes of the file header; https://sqlite.org/fileformat.html, 1.3
VERSION = slice(60, 64)
OWNER = slice(68, 72)
MODE = 0o600  # the database holds personal data
SIDE_FILES = ("-journal", "-wal", "-shm")


def place(path: Path) -> Path:
    """The path with all links followed. Raises InputError for links that lead in a circle."""
    try:
        return path.resolve()
    except (OSError, RuntimeError) as error:
        raise InputError(f"{path}: tautan berputar / links lead in a circle") from error


def examine(path: Path, *, write: bool) -> None:
    """Look at the header of the database, or for a folder where it may be made; nothing is changed.

    Raises InputError that says what is there instead.
    """
    if exists(path):
        _ours(path, _header(path))
    elif not write:
        raise InputError(f"{path}: basis data tidak ada / there is no such database")
    elif not path.parent.is_dir():
        raise InputError(f"{path.parent}: folder tidak ada / there is no such folder")


def exists(path: Path) -> bool:
    """Whether there is a file with something in it. Raises InputError for what is not a file."""
    try:
        found = path.stat()
    except (FileNotFoundError, NotADirectoryError):
        return False
    except OSError as error:
        raise _unreadable(path, error) from error
    if not stat.S_ISREG(found.st_mode):
        raise InputError(f"{path}: bukan berkas biasa / not a regular file")
    return found.st_size > 0


def _header(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(HEADER)
    except OSError as error:
        raise _unreadable(path, error) from error


def _unreadable(path: Path, error: OSError) -> StorageError:
    return StorageError(f"{path}: tidak dapat dibaca / cannot be read ({error.strerror})")


def _ours(path: Path, header: bytes) -> None:
    if not header.startswith(MAGIC):
        raise InputError(f"{path}: bukan basis data SQLite / not an SQLite database")
    if int.from_bytes(header[OWNER]) != APPLICATION_ID:
        raise InputError(f"{path}: basis data milik program lain / a database of another program")
    not_newer(path, int.from_bytes(header[VERSION]))


def not_newer(path: Path, version: int) -> None:
    """Raises InputError for a schema version that this program does not know yet."""
    if version > SCHEMA_VERSION:
        raise InputError(
            f"{path}: dibuat oleh versi yang lebih baru (skema {version}, program ini {SCHEMA_VERSION}) / "
            f"made by a newer version (schema {version}, this program {SCHEMA_VERSION})"
        )


@contextmanager
def lock(path: Path) -> Iterator[None]:
    """Hold the right to write, in a file beside the database; it goes with the process, however that ends.

    Raises LockedError while another process holds it.
    """
    side = path.with_name(path.name + ".lock")
    try:
        descriptor = os.open(side, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW, MODE)
    except OSError as error:
        raise StorageError(f"{side}: tidak dapat ditulis / cannot be written ({error.strerror})") from error
    try:
        _take(path, descriptor)
        yield
    finally:
        os.close(descriptor)


def _take(path: Path, descriptor: int) -> None:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        raise LockedError(
            f"{path}: sedang ditulis proses lain, coba lagi nanti / another run writes it, try again later"
        ) from error
    except OSError as error:
        raise StorageError(f"{path}: tidak dapat dikunci / cannot be locked ({error.strerror})") from error


def connect(path: Path, query: str) -> sqlite3.Connection:
    """A connection that begins no transactions by itself; `query` is what follows the URI's question mark."""
    return sqlite3.connect(f"file:{quote(os.fsencode(path))}?{query}", uri=True, isolation_level=None)


def make(path: Path, build: Callable[[sqlite3.Connection], None]) -> None:
    """A new database, whole or not at all: built beside its place, then moved there. Raises StorageError."""
    fresh = path.with_name(path.name + ".new")
    try:
        # What a crash left behind, SQLite would take for the new one's.
        _remove(fresh, *_beside(fresh), *_beside(path))
        os.close(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, MODE))
        try:
            with closing(connect(fresh, "mode=rw")) as connection:
                build(connection)
            fresh.replace(path)
        finally:
            _remove(fresh, *_beside(fresh))
        _settle(path.parent)
    except OSError as error:
        raise StorageError(f"{path}: tidak dapat dibuat / cannot be made ({error.strerror})") from error


def _beside(path: Path) -> tuple[Path, ...]:
    return tuple(path.with_name(path.name + side) for side in SIDE_FILES)


def _remove(*paths: Path) -> None:
    for path in paths:
        path.unlink(missing_ok=True)


def _settle(folder: Path) -> None:
    """The folder's new entry onto the disk."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
