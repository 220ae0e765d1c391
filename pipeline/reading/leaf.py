"""A page made ready for reading: its layout, its lines and the spans found on them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from pipeline.reading.halves import halves
from pipeline.reading.lines import Line, lines
from pipeline.reading.phrases import EXACTLY
from pipeline.reading.spans import Span, find
from pipeline.rules import Rules
from pipeline.schema import Layout, Word

APART = re.compile(r"[,;]|(?<=[A-Za-z]{3})\.(?=\s)")  # between place and date; a comma may be read as a dot
PROSE_WORDS = 7
MISREAD = 88  # per cent that a misread phrase is like the printed one
PARTING = 5  # letter heights
PROSE_WIDTH = 0.55  # of the width of the text on the page


@dataclass(frozen=True, slots=True)
class Leaf:
    """One page: what stands on it, in lines and spans. `left` and `right` bound its text, points; of two
    pages on a sheet, that of the wider one."""

    layout: Layout
    lines: tuple[Line, ...]
    spans: tuple[Span, ...]
    left: float
    right: float

    @property
    def number(self) -> int:
        """Its number in the source, from 1."""
        return self.layout.page.number

    @property
    def similar(self) -> int:
        """How alike a phrase in its running text must be, per cent: a text layer misreads nothing."""
        return EXACTLY if self.layout.page.origin == "text" else MISREAD

    def labelled(self, label: str) -> tuple[Span, ...]:
        """The spans of one label, top to bottom."""
        return tuple(s for s in self.spans if s.label == label)

    def dated(self, span: Span) -> tuple[Word, ...]:
        """The words of a place and date; words across a wide gap before the comma are of another column."""
        line = self.lines[span.line]
        parting = [w for w in span.words if APART.search(w.text + " ")]
        run = next((r for r in line.runs if any(w in r.words for w in parting)), line.runs[0])
        return tuple(w for w in span.words if w.box.x0 >= run.box.x0 - 0.1)

    def prose(self, line: Line) -> bool:
        """Whether a line is running text: many words, not all capitals, across most of the page."""
        if line.text.isupper() or len(line.runs) > 2 or _parted(line):
            return False
        return len(line.words) >= PROSE_WORDS and line.box.width >= PROSE_WIDTH * (self.right - self.left)


def _parted(line: Line) -> bool:
    """Whether a gap so wide stands in a line that its parts are of two columns."""
    gaps = (b.box.x0 - a.box.x1 for a, b in pairwise(line.runs))
    return any(gap > PARTING * line.size for gap in gaps)


def _width(part: Sequence[Line]) -> float:
    return max(line.box.x1 for line in part) - min(line.box.x0 for line in part)


def leaf(layout: Layout, rules: Rules) -> Leaf:
    """`layout` with its lines and spans."""
    parts = [lines(words) for words in halves(layout, layout.words)]
    found = tuple(line for part in parts for line in part)
    left = min((ln.box.x0 for ln in found), default=0.0)
    wide = max((_width(part) for part in parts if part), default=layout.width)
    return Leaf(layout, found, find(found, rules.patterns), left, left + wide)
