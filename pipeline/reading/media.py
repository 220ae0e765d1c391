"""What a file is by its first bytes, not by its name; and whether that can be read here."""

from __future__ import annotations

from dataclasses import dataclass

HEAD = 1024  # bytes to look at; a PDF may begin anywhere in them (PDF 32000-1, annex H)
DOCUMENT_NAMES = (".pdf", ".jpg", ".jpeg", ".png", ".tif", ".tiff")
UNKNOWN = "application/octet-stream"
OFFICE = "application/x-office-document"
ZIP = "application/zip"


@dataclass(frozen=True, slots=True)
class Media:
    """A kind of content, and status and reason where it is not to be read."""

    kind: str
    status: str | None = None
    reason: str | None = None


# Held: it may well be an agreement, but a person has to bring it into a form that can be read.
BEGINNINGS: tuple[tuple[bytes, Media], ...] = (
    (b"\xff\xd8\xff", Media("image/jpeg")),
    (b"\x89PNG\r\n\x1a\n", Media("image/png")),
    (b"II*\0", Media("image/tiff")),
    (b"MM\0*", Media("image/tiff")),
    (b"II+\0", Media("image/tiff")),
    (b"MM\0+", Media("image/tiff")),
    (b"PK\x03\x04", Media(ZIP)),
    (b"PK\x05\x06", Media(ZIP)),
    (b"Rar!\x1a\x07", Media("application/vnd.rar", "held", "other-archive")),
    (b"7z\xbc\xaf\x27\x1c", Media("application/x-7z-compressed", "held", "other-archive")),
    (b"\x1f\x8b", Media("application/gzip", "held", "other-archive")),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", Media(OFFICE, "skipped", "office-document")),
    (b"{\\rtf", Media(OFFICE, "skipped", "office-document")),
    (b"GIF8", Media("image/gif", "skipped", "unsupported-type")),
    (b"SQLite format 3\0", Media("application/vnd.sqlite3", "skipped", "unsupported-type")),
)
PHOTOS = (b"heic", b"heix", b"mif1", b"msf1", b"avif")  # brands of an ISO base media file that are pictures


def media(head: bytes, name: str) -> Media:
    """What begins with `head` (HEAD bytes). `name` only tells whether unknown content is a damaged document.

    >>> media(b"%PDF-1.7", "scan.jpg").kind
    'application/pdf'
    >>> media(b"MZ", "pakta.pdf").status, media(b"MZ", "setup.exe").status
    ('failed', 'skipped')
    """
    found = _known(head)
    if found.status == "skipped" and named_as_document(name):
        return Media(found.kind, "failed", "not-a-document")
    return found


def empty(name: str) -> Media:
    """What a file of no bytes is: a loss where its name promises a document."""
    return Media("inode/x-empty", "failed" if named_as_document(name) else "skipped", "empty-file")


def named_as_document(name: str) -> bool:
    """Whether a file name ends like that of a document."""
    return name.lower().endswith(DOCUMENT_NAMES)


def _known(head: bytes) -> Media:
    for start, found in BEGINNINGS:
        if head.startswith(start):
            return found
    if head[4:8] == b"ftyp" and head[8:12] in PHOTOS:
        return Media("image/heic", "held", "other-picture")
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return Media("image/webp", "held", "other-picture")
    if b"%PDF-" in head[:HEAD]:
        return Media("application/pdf")
    return Media(UNKNOWN, "skipped", "unsupported-type")
