"""Two pages on one sheet: what stands left of a line down the middle, and what stands right of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from pipeline.reading.lines import lines
from pipeline.schema import Layout, Ruling, Word

MIDDLE = (0.35, 0.65)  # of the width of a sheet: there stands the line between two pages
LONG = 0.5  # of its height: it is no shorter
TEXT, LEAST = 3, 5  # words of a line, and such lines of a page
PAST = 4.0  # points: a level line that reaches so far over it is of a table


def halves(layout: Layout, words: Iterable[Word]) -> tuple[Sequence[Word], ...]:
    """The words of each page on a sheet, left to right; all of them where it is one page."""
    said = tuple(words)
    x = between(layout, said)
    if x is None:
        return (said,)
    return [w for w in said if w.box.middle < x], [w for w in said if w.box.middle >= x]


def between(layout: Layout, words: Sequence[Word]) -> float | None:
    """Where two pages on a sheet part, points; None where it is one page."""
    line = next((line for line in layout.rulings if _parts(line, layout)), None)
    if line is None or any(run.box.x0 < line.x0 < run.box.x1 for row in lines(words) for run in row.runs):
        return None
    sides = [w for w in words if w.box.middle < line.x0], [w for w in words if w.box.middle >= line.x0]
    return line.x0 if all(map(_is_page, sides)) else None


def _is_page(words: Sequence[Word]) -> bool:
    """Whether there is text enough for a page: beside the streak of a copier stand a few numbers, or ink."""
    return sum(len(line.words) >= TEXT for line in lines(words)) >= LEAST


def _parts(line: Ruling, layout: Layout) -> bool:
    """Whether a line parts a sheet: down its middle, and none of a table, whose level lines cross it."""
    inside = MIDDLE[0] * layout.width < line.x0 < MIDDLE[1] * layout.width
    if line.x0 != line.x1 or not inside or line.bottom - line.top < LONG * layout.height:
        return False
    return not any(
        other.x0 < line.x0 - PAST and other.x1 > line.x0 + PAST and line.top < other.top < line.bottom
        for other in layout.rulings
        if other.top == other.bottom
    )
