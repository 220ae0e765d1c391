"""The lines of a page in the order in which they are read, also where two lists stand side by side."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipeline.reading.counts import COUNT, NUMBER
from pipeline.reading.leaf import Leaf
from pipeline.reading.lines import Line, lines
from pipeline.schema import Box

FAR = 1.5  # letter heights between the lines of two lists: what stands lower is of neither


@dataclass(frozen=True, slots=True)
class Cut:
    """Where a second list begins: its left edge in points, and the lines that both lists stand on."""

    x: float
    rows: tuple[int, ...]


def in_order(leaf: Leaf, areas: list[Box]) -> Iterator[Line]:
    """The lines of a page outside tables; where two lists stand side by side, the left one first."""
    free = [ln for ln in leaf.lines if not any(_inside(ln.box, a) for a in areas)]
    cut = _second_list(free)
    if cut is None:
        yield from free
        return
    first, last = cut.rows[0], cut.rows[-1] + 1
    while last < len(free) and _of_lists(free[last], free[last - 1], cut):
        last += 1
    both = [w for line in free[first:last] for w in line.words]
    yield from free[:first]
    yield from lines([w for w in both if w.box.x0 < cut.x - 1])
    yield from lines([w for w in both if w.box.x0 >= cut.x - 1])
    yield from free[last:]


def _of_lists(line: Line, above: Line, cut: Cut) -> bool:
    """Whether a line under two lists is of the second, or of the first alone, which is longer."""
    space = line.box.top - above.box.bottom
    second = any(r.box.x0 >= cut.x - 2 for r in line.runs)
    return (second and space < FAR * line.size) or (space < line.size and line.box.x1 < cut.x)


def _inside(box: Box, area: Box) -> bool:
    return area.x0 - 2 <= box.middle <= area.x1 + 2 and area.top <= box.centre <= area.bottom


def _second_list(free: Sequence[Line]) -> Cut | None:
    """Where a second list stands right of the first: numbers at one place in at least two lines, one of them
    inside its line."""
    marks = [(x, place) for place, line in enumerate(free) for x in _inner(line)]
    first = [(ln.box.x0, place) for place, ln in enumerate(free) if COUNT.fullmatch(ln.words[0].text)]
    for x, _ in marks:
        rows = sorted({place for other, place in (*marks, *first) if abs(other - x) < 6})
        if len(rows) >= 2:
            return Cut(x, tuple(rows))
    return None


def _inner(line: Line) -> Iterator[float]:
    """Left edges, points, of the numbers in a line: where a part of it begins, or words of their own."""
    begins = {id(run.words[0]) for run in line.runs[1:]}
    for word in line.words[1:]:
        mark = NUMBER.match(word.text) if id(word) in begins else COUNT.fullmatch(word.text)
        if mark is not None:
            yield word.box.x0
