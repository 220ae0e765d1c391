"""Personal data out of sight: of an employee number (NIP) only the last four digits are shown.

A NIP begins with the day of birth; its last four digits hold sex and serial number. What it looks like
stands here and not in rules/: no rule file of an office may loosen it.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable, Mapping, Sequence

from pipeline.schema import Cell

Row = tuple[Cell, ...]

# 18 digits that begin with a year, in one piece or with spaces, dots or hyphens between them;
# in scans some are misread as letters
PRINTED = re.compile(
    r"(?<![0-9A-Za-z])(?:[1Il][\s.-]{0,2}9|[2Z][\s.-]{0,2}[0Oo])(?:[\s.-]{0,2}[\dOoIlSsBZ]){16}(?![0-9A-Za-z])"
)
IN_ID = re.compile(r"(?<![0-9A-Za-z])\d{8,18}(?![0-9A-Za-z])")
SHOWN = 4
LONG = 18
MISREAD = 6  # letters among the digits, at most
OF_FIELD = frozenset({"text", "data", "other", "old", "new"})  # columns that hold a NIP where `field` says so


def text(raw: str) -> str:
    """A text with every NIP in it masked.

    >>> text("Budi, NIP 19710423 199803 1 011.")
    'Budi, NIP **************1011.'
    """
    return PRINTED.sub(lambda found: found[0] if _is_words(found[0]) else number(found[0]), raw)


def _is_words(found: str) -> bool:
    return sum(map(str.isalpha, found)) > MISREAD


def number(raw: str) -> str:
    """A NIP or another personal number, masked; what holds no digits stays.

    >>> number("20071234"), number("-")
    ('****1234', '-')
    """
    digits = re.sub(r"\D", "", raw)
    return "*" * max(SHOWN, len(digits) - SHOWN) + digits[-SHOWN:] if digits else raw


def rows(connection: sqlite3.Connection, names: Sequence[str]) -> Callable[[Row], Row]:
    """What masks a row with columns `names`.

    Ids that hold a NIP hold instead the row number of its owner in `staff`, so that exports still join.
    """
    tokens = {
        nip: f"staff-{row}" for row, nip in connection.execute("SELECT rowid, nip FROM staff WHERE nip <> ''")
    }
    masks = tuple(_mask(name, tokens) for name in names)
    field = names.index("field") if "field" in names else None
    of_field = tuple(number if name in OF_FIELD else mask for name, mask in zip(names, masks, strict=True))

    def masked(row: Row) -> Row:
        chosen = of_field if field is not None and row[field] == "nip" else masks
        return tuple(
            mask(cell) if isinstance(cell, str) else cell for mask, cell in zip(chosen, row, strict=True)
        )

    return masked


def _mask(name: str, tokens: Mapping[str, str]) -> Callable[[str], str]:
    if name == "nip":
        return number
    if name in {"id", "superior", "row"} or name.endswith("_id"):
        return lambda raw: IN_ID.sub(lambda found: _token(found[0], tokens), raw)
    return text


def _token(digits: str, tokens: Mapping[str, str]) -> str:
    return tokens.get(digits) or (number(digits) if len(digits) == LONG else digits)
