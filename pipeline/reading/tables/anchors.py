"""Rows where no line parts them: by numbers, amounts, targets and the marks before words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from pipeline.reading.tables.grid import Grid, filled
from pipeline.reading.tables.header import Head
from pipeline.reading.tables.title import Title
from pipeline.reading.tables.wording import marked, rows
from pipeline.schema import Box, Word, around

VALUES = ("amount", "target", "quantity", "q1")  # fields with one value a row
TEXTS = (
    "measure",
    "program",
    "name",
    "objective",
)  # fields with the words of a row, which may take many lines
AIR = 1.3  # of the usual space between lines: a wider one parts paragraphs
LEVEL = 0.6  # of a line: so far apart may lines lie that begin together
ABOVE = 0.3  # of a line: so far above its letters a row begins

_NUMBER = re.compile(
    r"\(?(?:\d{1,3}|[A-Za-z]|[IVX]{1,4})[.)]*|\d{1,2}(?:\.\d{1,2})+\.?"
    r"|[A-Z]{1,5}[.\- ]{0,2}\d{1,2}(?:\.\d{1,2})*\.?"  # SK.1, IKU 2.1
)
_FIRST = re.compile(r"\(?[1a][.)]")
_VALUE = re.compile(r"(?:[-•▪*]\s+)?[<>≤≥=±~]?\s*(?:Rp\.?\s*)?\d|[A-D]{1,3}[+-]?$")


@dataclass(frozen=True, slots=True)
class Strip:
    """A line of a column: what it says, and where."""

    text: str
    box: Box


def split(grid: Grid, head: Head, first: int, last: int) -> tuple[Grid, int, int]:
    """The grid with rows parted that hold several, and where its rows then begin and end."""
    alone = last - first == 1  # one row for all of the table: nobody drew lines between rows
    cuts = [y for i in range(first, last) for y in _cuts(grid, head, i, free=alone or not grid.ruled)]
    if not cuts:
        return grid, first, last
    made = _recut(grid, cuts)
    return made, first, last + len(made.cells) - len(grid.cells)  # two cuts may be at one place


def _cuts(grid: Grid, head: Head, index: int, *, free: bool) -> Iterator[float]:
    """Where a row is to be cut. A row parted by its numbers is looked at again, part by part."""
    strips = {field: _strips(grid, index, title, field in VALUES) for field, title in head.titles}
    top, bottom = grid.ys[index], grid.ys[index + 1]
    numbers = _numbers(strips)
    if "objective" not in strips:
        numbers = sorted([*numbers, *_headings(numbers, strips)], key=lambda s: s.box.top)
    numbered = list(_at(numbers, strips)) if _on_top(numbers, strips) else []
    yield from numbered
    for start, end in pairwise([top, *numbered, bottom]):
        part = {f: [s for s in held if start <= s.box.centre < end] for f, held in strips.items()}
        free_part = free or bool(numbers)
        yield from _at(_starts(part, free=free_part, scan=grid.origin == "ocr"), part)


def _strips(grid: Grid, index: int, title: Title, valued: bool) -> list[Strip]:
    """The lines of a column; one with a value is where its figures are, the sign of money beside them may be
    of a line of words that leans."""
    cells = dict.fromkeys(grid.cells[index][c] for c in title.columns)
    words = [w for c in cells if c.row == index and c.rows == 1 for w in c.words]
    return [
        Strip(" ".join(w.text for w in row), _around(_figures(row) if valued else row)) for row in rows(words)
    ]


def _figures(row: Sequence[Word]) -> Sequence[Word]:
    return [w for w in row if any(c.isdigit() for c in w.text)] or row


def _around(words: Sequence[Word]) -> Box:
    box = around([w.box for w in words])
    return box if box is not None else Box(0, 0, 0, 0)


Strips = dict[str, list[Strip]]


def _numbers(strips: Strips) -> list[Strip]:
    """Lines that begin a numbered row."""
    own = [s for s in strips.get("number", ()) if _NUMBER.fullmatch(s.text)]
    return own if len(own) > 1 else []


def _headings(numbers: Sequence[Strip], strips: Strips) -> Iterator[Strip]:
    """Lines without a number or value over rows that are counted anew: their objective, its number unread."""
    texts, values = _texts(strips), [s for field in VALUES for s in strips.get(field, ())]
    for before, number in zip([None, *numbers], numbers, strict=False):
        if _FIRST.fullmatch(number.text) is None:
            continue
        over = [t for t in texts if t.box.bottom < number.box.centre and _under(t, before)]
        free = [t for t in over if not any(_beside(t, other) for other in (*values, *numbers))]
        begun = [t for t in free if t.text[:1].isupper()]
        if begun and len(free) == len(over):
            yield begun[0] if before is None else begun[-1]


def _under(text: Strip, number: Strip | None) -> bool:
    return number is None or text.box.top > number.box.centre


def _starts(strips: Strips, *, free: bool, scan: bool) -> list[Strip]:
    """Lines that begin a row: marked words with a value each, several amounts, paragraphs with a value each.

    `free`: no line parts these rows; in a `scan` one may have been lost.
    """
    texts = _texts(strips)
    values = next((strips[f] for f in VALUES if strips.get(f)), [])
    marks = [s for s in texts if marked(s.text)]
    each = [s for s in values if _VALUE.match(s.text)]
    pitch = _pitch(texts)
    parts, paragraphs = list(_paragraphs(values, pitch)), list(_paragraphs(texts, pitch))
    if "amount" in strips and len(each) > 1 and _all_amounts(each):
        return each
    if len(marks) > 1 and (len(marks) in (len(each), len(parts)) or (free and marks[0] is texts[0])):
        return marks
    if len(parts) > 1 and len(parts) == len(paragraphs):
        return [group[0] for group in paragraphs]
    return _said(values, texts, strict=not free) if free or scan else []


def _all_amounts(strips: Iterable[Strip]) -> bool:
    return all(sum(c.isdigit() for c in s.text) > 3 for s in strips)


def _pitch(strips: Sequence[Strip]) -> float:
    """The usual space from line to line, points; nothing for a single line."""
    return min((b.box.centre - a.box.centre for a, b in pairwise(strips)), default=0.0)


def _paragraphs(strips: Sequence[Strip], pitch: float) -> Iterator[list[Strip]]:
    """Lines in groups with no space inside that is wider than `pitch`, and than a line is high."""
    group: list[Strip] = []
    for strip in strips:
        if group and strip.box.centre - group[-1].box.centre > AIR * max(pitch, strip.box.height):
            yield group
            group = []
        group.append(strip)
    if group:
        yield group


def _said(values: Sequence[Strip], texts: Sequence[Strip], *, strict: bool) -> list[Strip]:
    """Values that begin a row each: figures beside a line of words, words beside a line that begins anew.

    `strict`: both figures and a line that begins anew.
    """
    begun = [v for v in values if any(_beside(v, t) and _begins(v, t, strict=strict) for t in texts)]
    return begun if len(begun) > 1 and begun[0] is values[0] else []


def _begins(value: Strip, text: Strip, *, strict: bool) -> bool:
    figures = _VALUE.match(value.text) is not None
    if strict:
        return figures and text.text[:1].isupper()
    return figures or not (text.text[:1].islower() or value.text[:1].islower())


def _beside(one: Strip, other: Strip) -> bool:
    return abs(one.box.centre - other.box.centre) <= LEVEL * max(one.box.height, other.box.height)


def _at(starts: Sequence[Strip], strips: Strips) -> Iterator[float]:
    """Where rows with these first lines part: above the line, or in the widest space before it."""
    texts = _texts(strips)
    on_top = _on_top(starts, strips)
    for before, strip in pairwise(starts):
        between = [t.box for t in texts if before.box.centre <= t.box.centre <= strip.box.bottom]
        if on_top or len(between) < 2:
            yield strip.box.top - ABOVE * strip.box.height
        else:
            upper, lower = max(pairwise(between), key=lambda pair: pair[1].top - pair[0].bottom)
            yield (upper.bottom + lower.top) / 2


def _texts(strips: Strips) -> list[Strip]:
    return next((strips[f] for f in TEXTS if strips.get(f)), [])


def _on_top(starts: Sequence[Strip], strips: Strips) -> bool:
    """Whether rows begin with these lines, and have none of their words above them."""
    texts = _texts(strips)
    if not texts or not starts:
        return True
    return starts[0].box.centre - texts[0].box.centre <= LEVEL * starts[0].box.height


def _recut(grid: Grid, cuts: Iterable[float]) -> Grid:
    """The grid with further rows; cells over several rows stay whole, those of a cut row are cut."""
    ys = sorted({*grid.ys, *cuts})
    old = {y: i for i, y in enumerate(ys)}
    spans = []
    for cell in dict.fromkeys(c for row in grid.cells for c in row):
        top, bottom = old[grid.ys[cell.row]], old[grid.ys[cell.row + cell.rows]]
        steps = [(top, bottom - top)] if cell.rows > 1 else [(r, 1) for r in range(top, bottom)]
        spans += [(row, cell.col, count, cell.cols) for row, count in steps]
    words = [w for cell in dict.fromkeys(c for row in grid.cells for c in row) for w in cell.words]
    return filled(grid.page, grid.origin, grid.xs, ys, spans, words, ruled=False)
