"""Which column of a spreadsheet is what: guessed from its headings, and shown."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import msgspec

from pipeline.audit.sheet import Line, read_sheets
from pipeline.errors import InputError
from pipeline.rules import Strict
from pipeline.values import folded

WITHIN = 20  # rows: titles and logos may stand above the headings


class Headings(Strict, frozen=True):
    """Headings by column. `unread` is known and passed over."""

    key: tuple[str, ...] = ()
    nip: tuple[str, ...] = ()
    name: tuple[str, ...] = ()
    front_titles: tuple[str, ...] = ()
    back_titles: tuple[str, ...] = ()
    position: tuple[str, ...] = ()
    unit: tuple[str, ...] = ()
    parent: tuple[str, ...] = ()
    rank: tuple[str, ...] = ()
    kind: tuple[str, ...] = ()
    status: tuple[str, ...] = ()
    superior: tuple[str, ...] = ()
    valid_from: tuple[str, ...] = ()
    valid_to: tuple[str, ...] = ()
    unread: tuple[str, ...] = ()


class Needed(Strict, frozen=True):
    """Which columns there must be: all of the first, one of the second."""

    all: tuple[str, ...]
    one_of: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """A row of the spreadsheet, its cells by our names of the columns."""

    number: int
    cells: Mapping[str, str]

    def get(self, name: str) -> str:
        """The cell of a column; empty where the column or its value is missing."""
        return self.cells.get(name, "")


@dataclass(frozen=True, slots=True)
class Understood:
    """A spreadsheet that is understood: our name and the heading of each column, and the rows."""

    columns: tuple[tuple[str, str], ...]
    unread: tuple[str, ...]
    entries: tuple[Entry, ...]


def understand(path: Path, headings: Headings, needed: Needed) -> Understood:
    """The first sheet of a CSV or XLSX file whose headings are understood.

    Raises InputError that lists the headings found and the columns needed.
    """
    seen: list[tuple[int, Line]] = []
    for lines in read_sheets(path):
        for at, line in enumerate(lines[:WITHIN]):
            columns = _columns(line.cells, headings)
            if _enough(columns, needed):
                return _read(columns, line, lines[at + 1 :])
            seen.append((len(columns), line))
    raise InputError(_lacking(path, seen, headings, needed))


def _columns(cells: Sequence[str], headings: Headings) -> dict[str, int]:
    """Where each column stands. The first heading that fits counts."""
    known = _known(headings)
    found: dict[str, int] = {}
    for at, cell in enumerate(cells):
        name = known.get(folded(cell)) or known.get(folded(re.sub(r"\([^()]*\)", "", cell)))
        if name and name != "unread":
            found.setdefault(name, at)
    return found


def _known(headings: Headings) -> dict[str, str]:
    known: dict[str, str] = {}
    for name, spellings in msgspec.structs.asdict(headings).items():
        for spelling in spellings:
            known.setdefault(folded(spelling), name)
    return known


def _enough(columns: Mapping[str, int], needed: Needed) -> bool:
    return set(needed.all) <= set(columns) and (
        not needed.one_of or any(name in columns for name in needed.one_of)
    )


def _read(columns: dict[str, int], header: Line, lines: Sequence[Line]) -> Understood:
    taken = set(columns.values())
    return Understood(
        columns=tuple((name, header.cells[at]) for name, at in columns.items()),
        unread=tuple(cell for at, cell in enumerate(header.cells) if cell and at not in taken),
        entries=tuple(_entries(columns, lines)),
    )


def _entries(columns: Mapping[str, int], lines: Sequence[Line]) -> Iterator[Entry]:
    for line in lines:
        if not all(
            re.fullmatch(r"\(?\d{1,2}\)?|", cell) for cell in line.cells
        ):  # a row that numbers the columns
            filled = {name: line.cells[at] for name, at in columns.items() if at < len(line.cells)}
            yield Entry(line.number, filled)


def _lacking(path: Path, seen: Sequence[tuple[int, Line]], headings: Headings, needed: Needed) -> str:
    best = max(seen, key=lambda one: one[0])[1].cells if seen else ()
    found = ", ".join(cell for cell in best if cell) or "-"
    spell = {name: getattr(headings, name)[0] for name in (*needed.all, *needed.one_of)}
    wanted = ", ".join(spell[name] for name in needed.all)
    choice = " / ".join(spell[name] for name in needed.one_of)
    return (
        f"{path}: kolom tidak dikenali. Ditemukan: {found}. Diperlukan: {wanted}, dan {choice}"
        f" (columns not understood; found and needed are listed before)"
    )
