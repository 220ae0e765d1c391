"""Paths in two forms: one that keeps every byte, and one for people."""

from __future__ import annotations

import os
from urllib.parse import quote_from_bytes, unquote_to_bytes


def encoded(path: str) -> str:
    """The bytes of a path, percent-encoded; only letters, digits and `_.-~/` stand for themselves.

    >>> encoded("PK caf\u00e9!.pdf")
    'PK%20caf%C3%A9%21.pdf'
    """
    return quote_from_bytes(os.fsencode(path))


def decoded(path: str) -> str:
    """The path that was encoded."""
    return os.fsdecode(unquote_to_bytes(path))


def shown(path: str) -> str:
    r"""A path for people: what is no text, or would act on a terminal or turn the line, is escaped.

    >>> shown("PK \x1b[31m\udcff.pdf")
    'PK \\x1b[31m\\xff.pdf'
    """
    text = os.fsencode(path).decode("utf-8", "backslashreplace")
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in text)
