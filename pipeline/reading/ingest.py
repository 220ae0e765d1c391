"""Every entry of a folder and member of its archives, with its identity or the reason it is not read."""

from __future__ import annotations

import errno
import hashlib
import os
import stat
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from io import BufferedReader
from itertools import islice
from pathlib import Path

from pipeline.errors import InputError, OwnError, SourceError, StorageError
from pipeline.reading import archives
from pipeline.reading.media import HEAD, ZIP, empty, media
from pipeline.reading.paths import decoded, encoded, shown
from pipeline.schema import Entry

READ_ONLY = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_NOCTTY | os.O_CLOEXEC
FOLDER = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC
OURS = (errno.EMFILE, errno.ENFILE, errno.ENOMEM)  # the machine is at fault, not the entry
STORAGE = (errno.EIO, errno.ENOSPC)
OTHER_KINDS = (
    (stat.S_ISLNK, "link"),
    (stat.S_ISFIFO, "fifo"),
    (stat.S_ISSOCK, "socket"),
    (stat.S_ISCHR, "device"),
    (stat.S_ISBLK, "device"),
)
NO_FOLDER = {
    errno.ENOENT: "folder tidak ada / there is no such folder",
    errno.ENOTDIR: "bukan folder / not a folder",
    errno.EACCES: "folder tidak boleh dibaca / no permission to read this folder",
}


@dataclass(frozen=True, slots=True)
class Caps:
    """What an entry may be at most: bytes of a document and of an archive, folders below each other."""

    document: int = 256 << 20
    archive: int = 4 << 30
    depth: int = 100


CAPS = Caps()


@dataclass(frozen=True, slots=True)
class Tree:
    """The folders to walk, and the one that all paths of entries are relative to.

    Here and below a path is text that `os.fsencode` turns into the bytes of the file system.
    """

    base: str
    folders: tuple[str, ...]  # absolute, sorted, none inside another
    ours: frozenset[str] = frozenset()  # database, registry and cache, absolute
    caps: Caps = CAPS


@dataclass(frozen=True, slots=True)
class Found:
    """A directory entry: the open folder it lies in, its place, and why it is not to be opened."""

    folder: int
    name: str
    top: str  # the folder of the tree
    inner: str  # path below it
    kind: str = "file"
    status: str = ""
    reason: str = ""

    @property
    def path(self) -> str:
        """The absolute path."""
        return f"{self.top.rstrip('/')}/{self.inner}"


Unpack = Callable[[int, Entry], archives.Contents]


def tree(
    folders: Iterable[Path], *, base: str | None = None, ours: Iterable[Path] = (), caps: Caps = CAPS
) -> Tree:
    """The folders as one tree, under `base` or else the folder that they have in common.

    Raises InputError where one of them is no folder that can be read.
    """
    real = sorted({_real(folder) for folder in folders}, key=os.fsencode)
    tops = tuple(path for path in real if not any(_inside(path, other) for other in real))
    kept = frozenset(os.path.realpath(path) for path in ours)
    return Tree(base or os.path.commonpath(tops), tops, kept, caps)


def _real(folder: Path) -> str:
    path = os.path.realpath(folder)
    try:
        os.close(os.open(path, FOLDER))
    except OSError as error:
        why = NO_FOLDER.get(error.errno or 0, "folder tidak dapat dibuka / the folder cannot be opened")
        raise InputError(f"{shown(str(folder))}: {why}") from error
    return path


def _inside(path: str, other: str) -> bool:
    return path != other and path.startswith(other.rstrip("/") + "/")


# ---------------------------------------------------------------- the walk


def entries(where: Tree, *, unpack: Unpack | None = None) -> Iterator[Entry]:
    """An Entry for all that lies in the folders, in the same order on every machine; documents are hashed.

    A folder has an entry only where it cannot be read. An archive is followed by its members, which `unpack`
    lists from its descriptor. Raises StorageError and OwnError where the machine is at fault.
    """
    for found in _walked(where):
        entry = _entry(found, where.base)
        if entry.status:
            yield entry
        else:
            yield from opened(found, entry, where.caps, unpack or listed)


def count(where: Tree, most: int | None = None) -> int:
    """How many directory entries `entries` will meet, members of archives aside; counted up to `most`."""
    return sum(1 for _ in islice(_walked(where), most))


def single(where: Tree, name: str) -> Entry:
    """The entry of a file in the first folder of a tree, whatever it is called."""
    folder = os.open(where.folders[0], FOLDER)
    try:
        found = Found(folder, name, where.folders[0], name)
        return next(opened(found, _entry(found, where.base), where.caps, listed))
    finally:
        os.close(folder)


def _walked(where: Tree) -> Iterator[Found]:
    for top in where.folders:
        yield from _folder(where, os.open(top, FOLDER), top, "")


def _folder(where: Tree, descriptor: int, top: str, above: str) -> Iterator[Found]:
    try:
        for name in sorted(os.listdir(descriptor), key=os.fsencode):
            yield from _looked_at(where, Found(descriptor, name, top, above + name))
    finally:
        os.close(descriptor)


def _looked_at(where: Tree, found: Found) -> Iterator[Found]:
    if found.path in where.ours:
        yield replace(found, kind="own", status="skipped", reason="own-file")
        return
    try:
        mode = os.stat(found.name, dir_fd=found.folder, follow_symlinks=False).st_mode
    except OSError as error:
        yield replace(found, status="failed", reason=blamed(error))
        return
    if stat.S_ISDIR(mode):
        yield from _below(where, found)
    else:
        yield _sorted_out(found, mode)


def _sorted_out(found: Found, mode: int) -> Found:
    if not stat.S_ISREG(mode):
        kind = next((kind for test, kind in OTHER_KINDS if test(mode)), "device")
        return replace(found, kind=kind, status="skipped", reason=kind)
    if found.inner.startswith(".") or "/." in found.inner:
        return replace(found, status="skipped", reason="hidden")
    return found


def _below(where: Tree, found: Found) -> Iterator[Found]:
    if found.inner.count("/") >= where.caps.depth:
        yield replace(found, kind="folder", status="failed", reason="too-deep")
        return
    try:
        descriptor = os.open(found.name, FOLDER, dir_fd=found.folder)
    except OSError as error:
        yield replace(found, kind="folder", status="failed", reason=blamed(error))
        return
    yield from _folder(where, descriptor, found.top, f"{found.inner}/")


def blamed(error: OSError) -> str:
    """The reason code of an entry that cannot be opened; raises where the machine is at fault."""
    if error.errno in OURS:
        raise OwnError(f"sumber daya sistem habis / out of system resources: {error.strerror}") from error
    if error.errno in STORAGE:
        raise StorageError(f"arsip tidak terbaca / the archive cannot be read: {error.strerror}") from error
    return "no-permission" if error.errno in (errno.EACCES, errno.EPERM) else "cannot-open"


# ---------------------------------------------------------------- a file


def opened(found: Found, entry: Entry, caps: Caps, unpack: Unpack) -> Iterator[Entry]:
    """The entry of a file with its identity, and what it holds where it is an archive."""
    try:
        descriptor = os.open(found.name, READ_ONLY, dir_fd=found.folder)
    except OSError as error:
        yield replace(entry, status="failed", reason=blamed(error))
        return
    with os.fdopen(descriptor, "rb") as file:
        entry = _identified(file, entry, found.name, caps)
        if entry.status or entry.kind != ZIP:
            yield entry
            return
        held = unpack(descriptor, entry)
    yield replace(entry, kind=held.kind, status=held.status, reason=held.reason)
    yield from held.members


def listed(descriptor: int, entry: Entry) -> archives.Contents:
    """What the zip archive behind `descriptor` holds."""
    with os.fdopen(os.dup(descriptor), "rb") as file:
        return archives.contents(file, entry)


def _identified(file: BufferedReader, entry: Entry, name: str, caps: Caps) -> Entry:
    try:
        found_now = os.fstat(file.fileno())
        if not stat.S_ISREG(found_now.st_mode):
            return replace(entry, status="failed", reason="changed")
        size = found_now.st_size
        head = file.read(HEAD)
        found = media(head, name) if head else empty(name)
        entry = replace(entry, kind=found.kind, bytes=size, status=found.status, reason=found.reason)
        if entry.status or size <= (caps.archive if entry.kind == ZIP else caps.document):
            return entry if entry.status or entry.kind == ZIP else replace(entry, sha256=_digest(file))
        return replace(entry, status="failed", reason="too-large")
    except OSError as error:
        return replace(entry, status="failed", reason=blamed(error))


def _digest(file: BufferedReader) -> str:
    file.seek(0)
    return hashlib.file_digest(file, "sha256").hexdigest()


def _entry(found: Found, base: str) -> Entry:
    path = os.path.relpath(found.path, base)
    status, reason = found.status or None, found.reason or None
    return Entry(encoded(path), shown(path), found.kind, status=status, reason=reason)


# ---------------------------------------------------------------- opening what was met


def open_source(where: Tree, entry: Entry) -> int:
    """A descriptor, read-only, of the file of `entry`, or of the archive it is a member of; for `content`.

    Every step is taken without following links. Raises SourceError where it is gone or may not be read.
    """
    path = decoded(entry.path.split(archives.BETWEEN)[0])
    full = os.path.normpath(f"{where.base}/{path}")
    top = next(top for top in where.folders if _inside(full, top))
    try:
        return stepped(top, os.path.relpath(full, top).split("/"))
    except OSError as error:
        raise SourceError("changed" if error.errno == errno.ENOENT else blamed(error)) from error


def stepped(top: str, steps: list[str]) -> int:
    """A descriptor, read-only, of what `steps` lead to from the folder `top`; no link is followed."""
    at = os.open(top, FOLDER)
    try:
        for folder in steps[:-1]:
            below = os.open(folder, FOLDER, dir_fd=at)
            os.close(at)
            at = below
        return os.open(steps[-1], READ_ONLY, dir_fd=at)
    finally:
        os.close(at)


def content(descriptor: int, entry: Entry) -> bytes:
    """All bytes of `entry`, from what `open_source` opened. Raises SourceError where they have changed."""
    with os.fdopen(os.dup(descriptor), "rb") as file:
        _, archived, path = entry.path.partition(archives.BETWEEN)
        data = archives.member(file, path) if archived else file.read(entry.bytes + 1)
    if hashlib.sha256(data).hexdigest() != entry.sha256:
        raise SourceError("changed")
    return data
