"""Electronic signatures in the file itself: whether there are any. (They are validated by a later step.)"""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

import pikepdf

MARK = b"/ByteRange"  # every PAdES signature states the bytes it covers


def certificates(data: bytes) -> int:
    """How many filled signature fields a PDF has; 0 for other files and where they cannot be read."""
    if MARK not in data:
        return 0
    try:
        with pikepdf.open(io.BytesIO(data)) as document:
            form: Any = document.Root.get("/AcroForm", {})
            return sum(1 for field in _fields(form.get("/Fields", [])) if _filled(field))
    except (pikepdf.PdfError, ValueError, AttributeError, TypeError):
        return 0


def _fields(found: Any, depth: int = 0) -> Iterator[Any]:
    for field in found:
        yield field
        if depth < 8 and "/Kids" in field:
            yield from _fields(field["/Kids"], depth + 1)


def _filled(field: Any) -> bool:
    """A signature field with a value whose contents are not just zeros, and which is no mere timestamp."""
    value = field.get("/V")
    if field.get("/FT") != "/Sig" or value is None or value.get("/Type") == "/DocTimeStamp":
        return False
    return bool(bytes(value.get("/Contents", b"")).strip(b"\0"))
