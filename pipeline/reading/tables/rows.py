"""Rows of a table: what stands in each field, row by row, and what kind of row it is."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Literal

from msgspec import structs

from pipeline.reading.lines import lines
from pipeline.reading.phrases import fold, same, starts
from pipeline.reading.tables import priced
from pipeline.reading.tables.grid import Cell, Grid
from pipeline.reading.tables.header import Head, numbers_columns
from pipeline.reading.tables.title import Title
from pipeline.reading.tables.wording import Piece, at_colon, printed, unmarked
from pipeline.reading.tables.wording import rows as read_lines
from pipeline.rules import TableRule
from pipeline.schema import Layout, Word, around

MOSTLY = 0.4  # of a row's first words that the phrase must make up: `Jumlah` sums, `Jumlah laporan` counts
WHOLLY = 0.9  # the same among indicators: `Jumlah siswa` is one

CROSSING = 4.0  # points: a line that reaches so far over a border runs over it
SUM_SIMILAR = 93  # per cent: `Jumlah pem...` is not `Jumlah pagu`
COUNT = re.compile(r"(?:\d{1,2}|[IVX]{1,4})[.):]")
ROMAN = re.compile(r"\s+[IVX]{1,4}$")
TITLE = 3  # words of the title of objectives
OVER = 30.0  # points over a head in which an objective is announced
SPACE = 0.6  # letter heights: words this close are of one line
FULL = 4  # cells with words: a row that has so many lacks nothing
NUMBER = 3  # letters that the number of a heading has at most

GROUP = re.compile(r"[IVX]{1,4}[.)]?|[A-Z][.)]")  # what counts groups of rows
AIMS = ("target", "quantity")

Kind = Literal["data", "total", "section"]


@dataclass(frozen=True, slots=True)
class Row:
    """A row: the piece of every column that the rule knows, by field; programmes have one for each rung."""

    page: int
    kind: Kind
    pieces: Mapping[str, Piece]
    rungs: tuple[tuple[str, Piece], ...]  # title of the column, and what stands in it
    label: Piece  # the first words of the row, in whatever column
    parted: bool = False  # by what is printed, not by lines: cells may go on from the row above
    after_cut: bool = False  # the first row of a table on another page than the row before it

    def words(self, field: str) -> tuple[Word, ...]:
        """What is printed in `field`; nothing where the column is not there or empty."""
        piece = self.pieces.get(field)
        return piece.words if piece else ()

    def fresh(self, field: str) -> bool:
        """Whether a cell with words begins here in `field`."""
        piece = self.pieces.get(field)
        return bool(piece and piece.fresh and piece.words)


def rows(grid: Grid, head: Head, first: int, last: int, over: Piece | None = None) -> Iterator[Row]:
    """The rows of `grid` from `first` up to `last` under `head`, without those that number the columns.

    In a table without a column of objectives they stand in rows of their own, over the indicators; `over` is
    the last of them on the page before.
    """
    for index in range(first, last):
        row = _row(grid, head, index)
        if row is None:
            continue
        if row.kind == "data" and over is not None and not head.of("objective"):
            row = replace(row, pieces={**row.pieces, "objective": over})
            over = replace(over, fresh=False)
        elif row.kind == "section" and not _skipped(row.label, head.rule):
            over = _untitled(row.label, head.rule)
            row = row if head.of("objective") else replace(row, pieces={**row.pieces, "objective": over})
        yield row


def announcement(layout: Layout, titles: Sequence[Title]) -> Piece | None:
    """The words right over a head, where an objective may be announced: `1. Sasaran : ...`."""
    top = min((t.box.top for t in titles), default=0.0)
    over = lines(w for w in layout.words if 0 <= top - w.box.centre < OVER)
    words = over[-1].words if over else ()
    box = around([w.box for w in words])
    return Piece(layout.page.number, layout.page.origin, box, tuple(words)) if box else None


def objective(said: Piece, rule: TableRule) -> Piece | None:
    """The objective that a line announces with the title its column would have; None where it does not."""
    found = _untitled(said, rule)
    return None if found is said else found


def _untitled(label: Piece, rule: TableRule) -> Piece:
    """An objective in a row of its own without the title that its column would have: `Sasaran : ...`."""
    said = [word for line in read_lines(label.words) for word in line]
    title, rest = at_colon(said)
    colon = any(":" in word.text for word in said)
    if colon and same(ROMAN.sub("", unmarked(title)), rule.columns.objective, rule.similar):
        return replace(label, words=rest)
    counted = _counted(said, rule)
    return replace(label, words=tuple(said[counted:])) if counted else label


def _counted(said: Sequence[Word], rule: TableRule) -> int:
    """How many words are the title of objectives with their number, 'Sasaran 1. ...'; 0 for none."""
    titles = (
        count
        for count in range(1, min(TITLE, len(said) - 1) + 1)
        if COUNT.fullmatch(said[count].text)
        and same(" ".join(word.text for word in said[:count]), rule.columns.objective, rule.similar)
    )
    return next(titles, -1) + 1


def _row(grid: Grid, head: Head, index: int) -> Row | None:
    band = [c for c in grid.band(index) if c.row == index or c.words]
    said = [c for c in band if c.words and c.row == index]
    if not said or numbers_columns([printed(c.words) for c in band]):
        return None
    pieces = {field: _piece(grid, index, title, head) for field, title in head.titles if field != "program"}
    rungs = tuple((t, _piece(grid, index, title, head)) for t, title in _named(head.of("program")))
    if priced.FIELD in pieces:
        name, pieces["amount"] = priced.parted(pieces.pop(priced.FIELD))
        rungs = ((name.title, name),)
    if rungs:
        pieces["program"] = rungs[-1][1]
    label = _of_cell(grid, said[0])
    whole = [word for line in read_lines([w for c in said for w in c.words]) for word in line]
    if "measure" in pieces and _counted(whole, head.rule):
        label = replace(label, words=tuple(whole))
        return Row(grid.page, "section", pieces, rungs, label, parted=not grid.ruled)
    pieces = _run_over(pieces, head) if not grid.ruled else pieces
    alone = len(said) == 1 and _over_full_row(grid, head, pieces, index + 1)
    if _objective(pieces, head) or alone or _counts_group(grid, head, pieces, index + 1):
        return Row(grid.page, "section", pieces, rungs, pieces["measure"], parted=not grid.ruled)
    if _headed(pieces, head):
        label = replace(label, words=tuple(w for c in said for w in c.words))
        return Row(grid.page, "section", pieces, rungs, label, parted=not grid.ruled)
    kind = _kind(grid, head, said, label)
    if kind == "section" and not _skipped(label, head.rule):
        label = _of_cell(grid, max(said, key=lambda c: c.cols))  # beside it stands its number, at most
    return Row(grid.page, kind, pieces, rungs, label, parted=not grid.ruled)


def _headed(pieces: Mapping[str, Piece], head: Head) -> bool:
    """Whether words stand where a number should and no measure is beside them: the heading of a group. It may
    go on there, where it begins with the title of objectives: 'Sasaran | 1: Meningkatnya mutu lulusan'."""
    number = pieces.get("number")
    if number is None or "measure" not in pieces or sum(c.isalpha() for c in number.text) <= NUMBER:
        return False
    titled = same(number.text, head.rule.columns.objective, head.rule.similar)
    values = ("target", "quantity", "amount", *([] if titled else ["measure"]))
    return not any(pieces[name].words for name in values if name in pieces)


def _run_over(pieces: dict[str, Piece], head: Head) -> dict[str, Piece]:
    """The pieces, where a line of words runs over from the measures into the next column without a space: an
    objective is as wide as the table."""
    fields = [field for field, _ in head.titles]
    after = dict(pairwise(fields)).get("measure")
    if after not in pieces or not pieces["measure"].words or any(c.isdigit() for c in pieces[after].text):
        return pieces
    words, over = pieces["measure"].words, pieces[after].words
    if not over or not any(_goes_on(word, over[0]) for word in words):
        return pieces
    whole = replace(pieces["measure"], words=(*words, *over))
    return {**pieces, "measure": whole, after: replace(pieces[after], words=())}


def _goes_on(word: Word, after: Word) -> bool:
    """Whether two words are of one line of text."""
    level = abs(word.box.centre - after.box.centre) < word.box.height / 2
    return level and -word.size < after.box.x0 - word.box.x1 < SPACE * word.size


def _objective(pieces: Mapping[str, Piece], head: Head) -> bool:
    """Whether a row of a table with objectives and measures in one column, or without a column of objectives,
    is one: only words."""
    if "measure" not in pieces:
        return False
    known = head.rule.columns.objective
    joined = any(starts(title.text, known, head.rule.similar) for title in head.of("measure"))
    if not joined and (head.of("objective") or objective(pieces["measure"], head.rule) is None):
        return False
    rest = [name for name in pieces if name not in ("number", "measure")]
    return bool(pieces["measure"].words) and not any(pieces[name].words for name in rest)


def _over_full_row(grid: Grid, head: Head, pieces: Mapping[str, Piece], below: int) -> bool:
    """Whether a row in which nothing but a measure stands heads a group: the one below is full, its number,
    unit, weight and target included, where an indicator without a target would keep some of them."""
    measure = pieces.get("measure")
    if measure is None or head.of("objective") or not measure.text[:1].isupper() or below >= len(grid.cells):
        return False
    return sum(bool(c.words) for c in grid.band(below) if c.row == below) >= FULL


def _counts_group(grid: Grid, head: Head, pieces: Mapping[str, Piece], below: int) -> bool:
    """Whether a row has only words beside "I." or "A.", where rows counted otherwise have their targets: in a
    table without a column of objectives it is one."""
    number, measure = pieces.get("number"), pieces.get("measure")
    if head.of("objective") or number is None or measure is None or below >= len(grid.cells):
        return False
    rest = [piece for name, piece in pieces.items() if name not in ("number", "measure")]
    if not GROUP.fullmatch(number.text) or not measure.words or any(piece.words for piece in rest):
        return False
    under = {name: _piece(grid, below, title, head) for name, title in head.titles}
    counted = under["number"].text
    return bool(counted) and not GROUP.fullmatch(counted) and any(under[f].words for f in AIMS if f in under)


def _named(titles: Iterable[Title]) -> Iterator[tuple[str, Title]]:
    """Titles with their words; one without words goes by those of the one before it."""
    text = ""
    for title in titles:
        text = title.text or text
        yield text, title


def _piece(grid: Grid, index: int, title: Title, head: Head) -> Piece:
    cells = list(dict.fromkeys(grid.cells[index][c] for c in title.columns))
    words = tuple(w for c in cells for w in _share(grid, c, title, head))
    fresh = any(c.row == index for c in cells)
    first, last = cells[0].box, cells[-1].box
    box = structs.replace(first, x1=last.x1, bottom=max(first.bottom, last.bottom))
    return Piece(grid.page, grid.origin, box, words, fresh, " ".join(title.path))


def _share(grid: Grid, cell: Cell, title: Title, head: Head) -> tuple[Word, ...]:
    """The words of a cell that belong under `title`: all, or those below it where the cell takes several."""
    under = _under(cell, head)
    if len(under) < 2 or not cell.words:
        return cell.words
    lefts = [grid.xs[t.columns[0]] for t in under[1:]]
    if _is_heading(cell, lefts) or sum(bool(_within(grid, cell, t)) for t in under) < 2:
        return cell.words if title == under[0] else ()
    return _within(grid, cell, title)


def _within(grid: Grid, cell: Cell, title: Title) -> tuple[Word, ...]:
    left, right = grid.xs[title.columns[0]], grid.xs[title.columns[-1] + 1]
    return tuple(w for w in cell.words if left <= w.box.middle < right)


def _under(cell: Cell, head: Head) -> list[Title]:
    columns = range(cell.col, cell.col + cell.cols)
    return [t for _, t in head.titles if t.columns[-1] in columns and t.columns[0] in columns]


def _is_heading(cell: Cell, borders: Iterable[float]) -> bool:
    """Whether a line of the cell runs over a border that is not drawn in it."""
    runs = [r for line in lines(cell.words) for r in line.runs]
    return any(r.box.x0 < x - CROSSING and r.box.x1 > x + CROSSING for x in borders for r in runs)


def _of_cell(grid: Grid, cell: Cell) -> Piece:
    return Piece(grid.page, grid.origin, cell.box, cell.words)


def _kind(grid: Grid, head: Head, said: Sequence[Cell], label: Piece) -> Kind:
    if _sums(said, head.rule):
        return "total"
    if _skipped(label, head.rule) or _spans(grid, head, said):
        return "section"
    return "data"


def _sums(said: Sequence[Cell], rule: TableRule) -> bool:
    """Whether the first words of a row, after its number, say that it sums up."""
    worded = [n for n, c in enumerate(said) if not fold(printed(c.words)).isdigit()]
    rest = said[worded[0] :] if worded else ()
    return bool(rest) and is_sum(printed(rest[0].words), rule) and _has_total(rest, rest[0])


def is_sum(text: str, rule: TableRule) -> bool:
    """Whether a text says that a row sums up: `Jumlah`, and not `Jumlah laporan yang disusun`."""
    phrase = starts(text, rule.total, SUM_SIMILAR)
    share = MOSTLY if rule.into == "budgets" else WHOLLY
    return phrase is not None and len(fold(phrase)) >= share * sum(c.isalpha() for c in text)


def _has_total(said: Iterable[Cell], label: Cell) -> bool:
    """A sum has an amount beside it, or in the same cell; or its label takes several columns."""
    figures = sum(c.isdigit() for cell in said for w in cell.words for c in w.text)
    return figures > 2 or label.cols > 1


def _skipped(label: Piece, rule: TableRule) -> bool:
    return starts(label.text, rule.skip, rule.similar) is not None


def _spans(grid: Grid, head: Head, said: Sequence[Cell]) -> bool:
    """A cell over several columns, with at most a number beside it: the heading of a group, or a remark."""
    wide = [c for c in said if len(_under(c, head)) > 1 or c.cols > len(grid.xs) // 2]
    if len(wide) != 1 or any(len(fold(printed(c.words))) > NUMBER for c in said if c not in wide):
        return False
    under = _under(wide[0], head)
    return sum(bool(_share(grid, wide[0], t, head)) for t in under) < 2
