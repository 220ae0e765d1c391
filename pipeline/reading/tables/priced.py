"""A column that holds names with their money under them: 'Program dan Anggaran'."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from pipeline.reading.tables.wording import Piece, rows
from pipeline.schema import Word

FIELD = "priced"

_RUPIAH = re.compile(r"\(?rp", re.IGNORECASE)
_SUM = re.compile(r"\(?(?:rp)?[.\s]*\d{1,3}(?:[.,]\d{3})+(?:,\d\d)?(?:,-|,00|\.-)?\)?", re.IGNORECASE)


def parted(piece: Piece) -> tuple[Piece, Piece]:
    """The name in a cell, and the money that ends it; that is empty where the cell names none."""
    said = [word for line in rows(piece.words) for word in line]
    at = _money(said)
    return replace(piece, words=tuple(said[:at])), replace(piece, words=tuple(said[at:]))


def _money(said: Sequence[Word]) -> int:
    """Where the money begins: at the last 'Rp' that a number follows, else at a last word that is a sum."""
    for at in range(len(said) - 1, 0, -1):
        if _RUPIAH.match(said[at].text):
            return at if any(c.isdigit() for word in said[at:] for c in word.text) else len(said)
    return len(said) - 1 if len(said) > 1 and _SUM.fullmatch(said[-1].text) else len(said)
