"""Indicators in an outline: 'Sasaran 1. ...', and under it, counted off, each with its target far behind."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from pipeline.reading.lines import Line, lines
from pipeline.reading.phrases import starts
from pipeline.reading.tables.rows import Row
from pipeline.reading.tables.wording import free, piece_of
from pipeline.rules import TableRule
from pipeline.schema import Box, Layout, Word

LEAST = 2  # indicators: one alone may be anything
SHORT = 6  # words of a target
NEAR = 0.8  # letter heights between the lines of one indicator
COUNTED = re.compile(r"\(?(?:\d{1,2}|[a-z])[.)]$")
LEADER = re.compile(r"[._…]{3,}")  # dots up to the target
OBJECTIVE = re.compile(r"\w+\s+(?:strategis\s+)?(?:\d{1,2}|[IVX]{1,4})\s*[.:)]", re.IGNORECASE)


def rows(layouts: Sequence[Layout], areas: Sequence[tuple[int, Box]], rule: TableRule) -> list[Row]:
    """The rows of indicators in outlines on these pages, outside of their tables."""
    found = [row for layout in layouts for row in _rows(layout, areas, rule)]
    return found if len(found) >= LEAST else []


def _rows(layout: Layout, areas: Sequence[tuple[int, Box]], rule: TableRule) -> Iterator[Row]:
    objective: tuple[Word, ...] = ()
    above: list[Line] = []
    for line in lines(w for w in free(layout, areas) if not LEADER.fullmatch(w.text)):
        if (said := _objective(line, rule)) is not None:
            objective, above = said, []
        elif objective and len(line.runs) > 1 and (parts := _parted(line)) is not None:
            measure = (*(w for over in _close(above, line) for w in over.words), *parts[0])
            pieces = [piece_of(layout, part) for part in (objective, measure, parts[1])]
            named = dict(zip(("objective", "measure", "target"), pieces, strict=True))
            yield Row(layout.page.number, "data", named, (), pieces[1])
            above = []
        elif len(line.runs) > 1:
            objective = ()
        else:
            above.append(line)


def _objective(line: Line, rule: TableRule) -> tuple[Word, ...] | None:
    """What an objective says, behind its title and number; None where none begins."""
    head = OBJECTIVE.match(line.text)
    if head is None or len(line.runs) > 1 or starts(line.text, rule.columns.objective, rule.similar) is None:
        return None
    return line.words[len(head[0].split()) :]


def _parted(line: Line) -> tuple[tuple[Word, ...], tuple[Word, ...]] | None:
    """The indicator on a counted line, and the target that ends it behind a gap."""
    first, *rest = line.words
    target = line.runs[-1].words
    measure = tuple(w for w in rest if w not in target)
    if not COUNTED.match(first.text) or not measure or len(target) > SHORT:
        return None
    return measure, target


def _close(above: Sequence[Line], line: Line) -> list[Line]:
    """The lines of an indicator over the one with its number: close over it, and begun as it is."""
    kept: list[Line] = []
    last = line
    for over in reversed(above):
        if (
            last.box.top - over.box.bottom > NEAR * line.size
            or over.box.x0 < line.words[1].box.x0 - line.size
        ):
            break
        kept.insert(0, over)
        last = over
    return kept
