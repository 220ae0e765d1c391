"""Indicators in tables without a head: each value stands beside its title, or under it in the same cell."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from msgspec import structs

from pipeline.reading.tables.grid import Cell, Grid
from pipeline.reading.tables.rows import Row
from pipeline.reading.tables.vocabulary import named, plain, titles
from pipeline.reading.tables.wording import Piece, at_colon
from pipeline.reading.tables.wording import rows as read_lines
from pipeline.rules import TableRule
from pipeline.schema import Word

FIELDS = ("objective", "measure", "target", "unit", "owner")
BESIDE = {"measure": "target"}  # what may stand behind a value without a title of its own
SURE = 0.95  # of a title: to the letter, or misread
LEAST = 2  # of them: one alone may be anything

Said = tuple[str, Piece]  # a field, and what is said of it


def rows(grids: Iterable[Grid], rule: TableRule) -> list[Row]:
    """The rows of indicators on cards, or in forms; none where there is hardly one."""
    found = list(_rows(said for grid in grids for said in _said(grid, rule)))
    return found if len(found) >= LEAST else []


def _rows(told: Iterable[Said]) -> Iterator[Row]:
    """A row whenever the next indicator or objective begins, and at the end."""
    held: dict[str, Piece] = {}
    for field, piece in (*told, ("objective", None)):
        if field in held or field == "objective":
            if "measure" in held and "target" in held:
                measure = held["measure"]
                yield Row(measure.page, "data", held, (), measure)
            held = {} if field == "objective" else _after(held)
        if piece is not None:
            held[field] = piece


def _after(held: dict[str, Piece]) -> dict[str, Piece]:
    """What the next indicator has from the one before: its objective."""
    return {"objective": replace(held["objective"], fresh=False)} if "objective" in held else {}


def _said(grid: Grid, rule: TableRule) -> Iterator[Said]:
    """What the cells of a grid say, in order. A title in the first column is that of the rows, too, in which
    this column is empty."""
    label = ""
    for index in range(len(grid.cells)):
        band = [cell for cell in grid.band(index) if cell.row == index]
        words = [cell for cell in band if cell.words]
        under = bool(words) and words[0].col > 0
        yield from _of_band(grid, band, rule, label if under else "")
        if words and not under:
            label = _label(words[0], rule)


def _of_band(grid: Grid, band: Sequence[Cell], rule: TableRule, title: str) -> Iterator[Said]:
    """What the cells of a row say; `title`: of the first value without one."""
    for cell in band:
        for field, words in _parts(cell, rule):
            if field and not words:
                title = field
            elif field or (title and (words or title == "target")):
                yield field or title, Piece(grid.page, grid.origin, cell.box, _without_colon(words))
                title = BESIDE.get(field or title, "")


def _without_colon(words: tuple[Word, ...]) -> tuple[Word, ...]:
    """The words of a value without the colon that ends its title."""
    if not words or not words[0].text.startswith(":"):
        return words
    first = structs.replace(words[0], text=words[0].text[1:])
    return (first, *words[1:]) if first.text else words[1:]


def _label(cell: Cell, rule: TableRule) -> str:
    """The field whose title is all that a cell says; "" where it says more."""
    (field, words), *more = _parts(cell, rule)
    return field if not words and not more else ""


def _parts(cell: Cell, rule: TableRule) -> list[tuple[str, tuple[Word, ...]]]:
    """The words of a cell by the titles among its lines; under "" those before the first."""
    found: list[tuple[str, tuple[Word, ...]]] = []
    for line in read_lines(cell.words):
        field, rest = _titled(line, rule)
        if field or not found:
            found.append((field, rest))
        else:
            found[-1] = (found[-1][0], (*found[-1][1], *rest))
    return found or [("", ())]


def _titled(line: Sequence[Word], rule: TableRule) -> tuple[str, tuple[Word, ...]]:
    """The field whose title a line is, or begins with before a colon, and the words behind it."""
    title, rest = at_colon(line)
    field, sure = named(plain(title), titles(rule))
    return (field, rest) if sure >= SURE and field in FIELDS else ("", tuple(line))
