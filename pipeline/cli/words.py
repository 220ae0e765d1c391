"""Text of documents and names of files on a terminal: harmless, and without personal numbers."""

from __future__ import annotations

import unicodedata


def harmless(text: str) -> str:
    r"""Text that cannot act on a terminal: controls, turns of direction and invisible signs stand escaped.

    >>> harmless("BUDI\x1b[2J \u202eX\n")
    'BUDI\\x1b[2J \\u202eX\\n'
    """
    return "".join(
        _escaped(c) if unicodedata.category(c)[0] == "C" or c in "\u2028\u2029" else c for c in text
    )


def _escaped(letter: str) -> str:
    return letter.encode("unicode_escape", "surrogatepass").decode()


def masked(text: str, *, with_nip: bool = False) -> str:
    """Harmless text; of an employee number in it only the last four digits, unless `with_nip`."""
    from pipeline.store import mask

    return harmless(text if with_nip else mask.text(text))
