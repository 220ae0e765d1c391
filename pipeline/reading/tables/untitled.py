"""A ruled table of money without titles, which its caption names: 'Lampiran 2. Anggaran (ribu rupiah)'."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.reading.lines import lines
from pipeline.reading.tables.body import captions
from pipeline.reading.tables.grid import Cell, Grid
from pipeline.reading.tables.header import Head
from pipeline.reading.tables.title import Title
from pipeline.reading.tables.wording import printed
from pipeline.rules import TableRule
from pipeline.schema import Layout

NEAR = 30.0  # points over a table in which its caption stands
MOSTLY = 0.6  # of the cells of a column with words: so many are amounts

_AMOUNT = re.compile(r"(?:(?:Rp|IDR)[\s.]*)?\d{1,3}(?:[.,]\d{3})*(?:,-|,\d{1,2})?", re.IGNORECASE)
_NAME = re.compile(r"(?=(?:[^A-Za-z]*[A-Za-z]){8})[\s\S]*")  # a word or more
_COUNT = re.compile(r"\(?(?:\d{1,2}|[A-Za-z]|[IVX]{1,4})[.)]?")


def head_of(grid: Grid, layout: Layout, rules: Sequence[TableRule]) -> tuple[tuple[Title, ...], Head] | None:
    """The titles that the columns of such a table would have; None where it is another one.

    Its caption stands over it, or in a row that has all of its width.
    """
    rule = _captioned(_over(grid, layout), rules)
    columns = [_column(grid, col) for col in range(len(grid.xs) - 1)]
    priced = [col for col, cells in enumerate(columns) if _share(cells, _AMOUNT) >= MOSTLY]
    named = [col for col, cells in enumerate(columns) if _share(cells, _NAME) >= MOSTLY]
    if rule is None or not priced or not named or named[0] > priced[-1]:
        return None
    fields = {named[0]: "program", priced[-1]: "amount"}
    if named[0]:
        fields[0] = "number" if _share(columns[0], _COUNT) >= MOSTLY else "code"
    found = [
        (field, Title((col,), (_usual(rule, field),), grid.cells[0][col].box))
        for col, field in fields.items()
    ]
    found.sort(key=lambda each: each[1].columns)
    return tuple(title for _, title in found), Head(rule, tuple(found))


def _usual(rule: TableRule, field: str) -> str:
    """What the column of a field is usually called."""
    first: str = getattr(rule.columns, field)[0]
    return first


def _over(grid: Grid, layout: Layout) -> str:
    """The words in which a table may be announced."""
    first = grid.cells[0][0]
    if first.cols == len(grid.xs) - 1:
        return printed(first.words)
    over = lines(w for w in layout.words if 0 <= grid.box.top - w.box.centre < NEAR)
    return over[-1].text if over else ""


def _captioned(text: str, rules: Sequence[TableRule]) -> TableRule | None:
    money = (rule for rule in rules if rule.into == "budgets")
    return next((rule for rule in money if captions(text, [rule])), None)


def _column(grid: Grid, col: int) -> list[Cell]:
    """The cells of a column with words, merged ones left out."""
    cells = dict.fromkeys(row[col] for row in grid.cells)
    return [cell for cell in cells if cell.words and cell.cols == 1]


def _share(cells: Sequence[Cell], of: re.Pattern[str]) -> float:
    return sum(of.fullmatch(printed(cell.words)) is not None for cell in cells) / max(len(cells), 1)
