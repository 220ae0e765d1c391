"""Zip archives: their members as entries, read one by one and never unpacked to disk."""

from __future__ import annotations

import hashlib
import stat
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import BinaryIO
from urllib.parse import quote_from_bytes

from pipeline.errors import SourceError
from pipeline.reading.media import HEAD, OFFICE, ZIP, empty, media
from pipeline.reading.paths import shown
from pipeline.schema import Entry

OPENED = "archive-opened"
BETWEEN = "!/"  # in a path, between archive and member; percent encoding leaves no other '!'
OOXML = "[Content_Types].xml"  # somewhere in every Word, Excel and PowerPoint file
OPEN_DOCUMENT = "mimetype"  # the first member of every OpenDocument and EPUB file
DAMAGED = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError, OSError)
UTF8 = 0x800  # flag: the name is UTF-8; without it, it is code page 437 (APPNOTE 4.4.4)
ENCRYPTED = 0x1
CHUNK = 1 << 20


@dataclass(frozen=True, slots=True)
class Limits:
    """What an archive may hold at most: members, bytes of one and of all, bytes for each byte of its own."""

    members: int = 20_000
    member: int = 256 << 20
    total: int = 16 << 30
    ratio: int = 200


LIMITS = Limits()


@dataclass(frozen=True, slots=True)
class Contents:
    """What an archive is and holds: kind, status and reason of the archive itself, and its members."""

    kind: str
    status: str
    reason: str
    members: tuple[Entry, ...] = ()


def contents(file: BinaryIO, archive: Entry, limits: Limits = LIMITS) -> Contents:
    """What the zip archive in `file` holds. Members are hashed in memory; names are only ever names."""
    try:
        with zipfile.ZipFile(file) as opened:
            infos = opened.infolist()
            if infos and (infos[0].filename == OPEN_DOCUMENT or OOXML in opened.NameToInfo):
                return Contents(OFFICE, "skipped", "office-document")
            if _bomb(infos, archive, limits):
                return Contents(ZIP, "failed", "zip-bomb")
            members = tuple(_member(opened, info, path, archive, limits) for path, info in _listed(infos))
    except DAMAGED:
        return Contents(ZIP, "failed", "damaged-archive")
    return Contents(ZIP, "skipped", OPENED if members else "empty-archive", members)


def member(file: BinaryIO, path: str) -> bytes:
    """The bytes of the member with `path` in the archive. Raises SourceError where they are not to be had."""
    try:
        with zipfile.ZipFile(file) as opened:
            for name, info in _listed(opened.infolist()):
                if name == path:
                    return opened.read(info)
    except DAMAGED as error:
        raise SourceError("damaged-member") from error
    raise SourceError("changed")


def _bomb(infos: list[zipfile.ZipInfo], archive: Entry, limits: Limits) -> bool:
    total = sum(info.file_size for info in infos)
    return len(infos) > limits.members or total > min(limits.total, limits.ratio * archive.bytes)


def _listed(infos: list[zipfile.ZipInfo]) -> Iterator[tuple[str, zipfile.ZipInfo]]:
    """Members that are no folders, with paths of which none comes twice."""
    seen: Counter[str] = Counter()
    for info in infos:
        if info.is_dir():
            continue
        name = quote_from_bytes(info.orig_filename.encode("utf-8" if info.flag_bits & UTF8 else "cp437"))
        seen[name] += 1
        yield (name if seen[name] == 1 else f"{name}!{seen[name]}"), info


def _member(
    opened: zipfile.ZipFile, info: zipfile.ZipInfo, path: str, archive: Entry, limits: Limits
) -> Entry:
    entry = Entry(
        path=archive.path + BETWEEN + path,
        shown=archive.shown + BETWEEN + shown(info.orig_filename),
        kind="file",
        bytes=info.file_size,
    )
    refusal = _refusal(info, limits)
    if refusal is not None:
        return replace(entry, status=refusal[0], reason=refusal[1])
    try:
        return _identified(opened, info, entry)
    except DAMAGED:
        return replace(entry, status="failed", reason="damaged-member")


def _refusal(info: zipfile.ZipInfo, limits: Limits) -> tuple[str, str] | None:
    if stat.S_ISLNK(info.external_attr >> 16):
        return "skipped", "link"
    if any(part.startswith(".") or part == "__MACOSX" for part in info.filename.split("/") if part != ".."):
        return "skipped", "hidden"
    if info.flag_bits & ENCRYPTED:
        return "failed", "encrypted-member"
    if info.file_size > limits.member:
        return "failed", "too-large"
    return None


def _identified(opened: zipfile.ZipFile, info: zipfile.ZipInfo, entry: Entry) -> Entry:
    with opened.open(info) as stream:
        head = stream.read(HEAD)
        found = media(head, info.orig_filename) if head else empty(info.orig_filename)
        if found.kind == ZIP:
            return replace(entry, kind=ZIP, status="held", reason="nested-archive")
        if found.status:
            return replace(entry, kind=found.kind, status=found.status, reason=found.reason)
        digest = hashlib.sha256(head)
        while block := stream.read(CHUNK):
            digest.update(block)
    return replace(entry, kind=found.kind, sha256=digest.hexdigest())
