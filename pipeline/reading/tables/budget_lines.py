"""The rows of a table of budgets as lines: one for each name, with its number and its money."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from pipeline.reading.counts import COUNT
from pipeline.reading.phrases import starts
from pipeline.reading.tables.rows import Row
from pipeline.reading.tables.wording import Piece
from pipeline.reading.tables.wording import rows as rows_of
from pipeline.rules import TableRule
from pipeline.schema import Word

LEVELS = ("program", "kegiatan", "sub_kegiatan")
COUNTS = ("number", "code")  # what counts the first name in a cell
STEP = 0.5  # letter heights over an amount in which its name may begin
FEW = 4  # figures: an amount has more
SEVERAL = 2  # ways in which names are counted by turns: A., 1., a.
_MARK = re.compile(r"\(?(?:\d{1,2}|[IVX]{1,4}|[A-Za-z])[.)]$")


@dataclass(frozen=True, slots=True)
class Line:
    """A row with the name of a programme: the pieces of its fields, and the title over the name."""

    page: int
    pieces: dict[str, tuple[Piece, ...]]
    title: str


def lines(rows: Sequence[Row], rule: TableRule) -> Iterator[Line]:
    """The lines of rows in order; a row cut by the end of a page, or parted, is one with its rest."""
    held: list[Line] = []
    for row in rows:
        if held and _goes_on(row):
            held[-1] = _longer(held[-1], row)
            continue
        yield from held
        held = list(_of_row(row, rule))
    yield from held


def _goes_on(row: Row) -> bool:
    """Whether a row is the rest of the one before: words after a cut and no figures."""
    if not (row.after_cut or row.parted):
        return False
    return not any(row.words(f) for f in ("number", "code", "amount")) and bool(row.words("program"))


def _longer(line: Line, row: Row) -> Line:
    pieces = dict(line.pieces)
    for name, piece in row.pieces.items():
        if piece.words:
            pieces[name] = (*pieces.get(name, ()), piece)
    return Line(line.page, pieces, line.title)


def _of_row(row: Row, rule: TableRule) -> Iterator[Line]:
    """The names that begin in a row: the finest with the amount, a coarser one only with a sum of its own."""
    begun = [(title, piece) for title, piece in row.rungs if piece.fresh and piece.words]
    if coarse(row, rule) and len(begun) > 1:
        yield _line(row, *begun.pop(0), "total")
    if begun:
        title, name = begun[-1]
        for place, (part, amount) in enumerate(_priced(name, row.pieces.get("amount"))):
            own = {f: piece for f, piece in row.pieces.items() if not place or f not in COUNTS}
            pieces = own if amount is None else {**own, "amount": amount}
            yield _line(replace(row, pieces=pieces), title, part, "amount")


def marked(lines: list[Line]) -> list[Line]:
    """The lines; where most names are counted, and by turns in several ways, these marks are their numbers:
    those in a column are of the indicators beside them."""
    marks = [_MARK.match(_first(line)) for line in lines]
    ways = {style(mark[0]) for mark in marks if mark}
    if len(ways) < SEVERAL or 2 * sum(mark is not None for mark in marks) <= len(lines):
        return lines
    return [_by_mark(line, marked=mark is not None) for line, mark in zip(lines, marks, strict=True)]


def _first(line: Line) -> str:
    words = line.pieces["program"][0].words
    return words[0].text if words else ""


def _by_mark(line: Line, *, marked: bool) -> Line:
    """A line whose number is the first word of its name, or that has none."""
    pieces = {name: found for name, found in line.pieces.items() if name != "number"}
    if marked:
        name, *more = pieces["program"]
        pieces["number"] = (replace(name, words=name.words[:1]),)
        pieces["program"] = (replace(name, words=name.words[1:]), *more)
    return Line(line.page, pieces, line.title)


def _priced(name: Piece, amount: Piece | None) -> Iterator[tuple[Piece, Piece | None]]:
    """A name and its amount; several where a cell holds a name beside each of its amounts."""
    lines = rows_of(amount.words) if amount is not None else []
    tops = [min(w.box.top for w in line) - STEP * line[0].box.height for line in lines]
    parts = [[w for w in name.words if a <= w.box.centre < z] for a, z in pairwise([*tops, float("inf")])]
    whole = len(parts) > 1 and all(parts) and sum(map(len, parts)) == len(name.words)
    if amount is None or not whole or not all(_is_amount(line) for line in lines):
        yield name, amount
        return
    for part, line in zip(parts, lines, strict=True):
        yield replace(name, words=tuple(part)), replace(amount, words=tuple(line))


def _is_amount(line: Sequence[Word]) -> bool:
    return sum(c.isdigit() for w in line for c in w.text) > FEW


def coarse(row: Row, rule: TableRule) -> bool:
    """Whether the sum beside the amount is that of a coarser name, whose column says its rung."""
    rungs = [named(title, rule) for title, _ in row.rungs]
    return "total" in row.pieces and None not in rungs and len(set(rungs)) > 1


def _line(row: Row, title: str, name: Piece, amount: str) -> Line:
    pieces = {field: (p,) for field, p in row.pieces.items()}
    if amount in pieces:
        pieces["amount"] = pieces[amount]
    number, rest = _counted(name)
    if number is not None and "number" not in pieces:
        return Line(row.page, {**pieces, "number": (number,), "program": (rest,)}, title)
    return Line(row.page, {**pieces, "program": (name,)}, title)


def _counted(name: Piece) -> tuple[Piece | None, Piece]:
    """The number that stands left of all other words of a name, on whichever of its lines; and the rest."""
    counts = [w for w in name.words if COUNT.fullmatch(w.text)]
    rest = tuple(w for w in name.words if w not in counts[:1])
    if not counts or not rest or counts[0].box.x1 > min(w.box.x0 for w in rest):
        return None, name
    return replace(name, words=(counts[0],)), replace(name, words=rest)


def style(number: str) -> str:
    """How a row is counted: I for romans, A, a, 1; nothing for a number of several parts."""
    bare = number.strip(" .)(")
    if re.fullmatch(r"[IVX]+", bare):
        return "I"
    kinds = {
        "A": bare.isalpha() and bare.isupper(),
        "a": bare.isalpha() and bare.islower(),
        "1": bare.isdigit(),
    }
    return next((kind for kind, fits in kinds.items() if fits), "")


def named(text: str, rule: TableRule) -> str | None:
    """The rung that the words of a name or title say; None where they say none."""
    rungs = (rule.levels.sub_kegiatan, rule.levels.kegiatan, rule.levels.program)
    for level, phrases in zip(reversed(LEVELS), rungs, strict=True):
        if starts(text, phrases, rule.similar):
            return level
    return None
