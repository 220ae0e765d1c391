"""Forms that nobody filled in are no agreements."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.reading.labelled import NAMED, label
from pipeline.reading.leaf import Leaf
from pipeline.reading.lines import Line
from pipeline.reading.phrases import fold
from pipeline.rules import Lexicon
from pipeline.values import person

LABELS, CLEAR = 3, 0.98  # labels without a value, on a page read with such confidence
DOTS = re.compile(r"[.…_]{5,}")


def blank_form(leaves: Sequence[Leaf], words: Lexicon, *, named: bool) -> bool:
    """Whether the pages are a form nobody filled in: dots or '(nama)' where names should be, and no name.

    Of a form that was scanned well the dots are hardly read: then its labels have nothing behind them.
    """
    if named:
        return False
    unanswered = sum(_unanswered(line, words) for leaf in leaves for line in leaf.lines if _clear(leaf))
    if unanswered >= LABELS:
        return True
    fill = {fold(word) for word in words.labels.fill}
    open_lines = [line for leaf in leaves for line in leaf.lines]
    asked = [line for line in open_lines if DOTS.search(line.text) or _asks(line, fill)]
    return len(asked) >= 2 and not any(_titled(run.text, words) for line in asked for run in line.runs)


def _clear(leaf: Leaf) -> bool:
    """Whether a page was read by eye, and so well that what is not read does not stand there."""
    return leaf.layout.page.origin == "ocr" and leaf.layout.page.quality >= CLEAR


def _unanswered(line: Line, words: Lexicon) -> bool:
    """Whether a line is nothing but the label of a name or a position."""
    found = label(line, words.labels)
    return found is not None and not found.words and found.field in (*NAMED, "position")


def _titled(text: str, words: Lexicon) -> bool:
    """Whether somebody with a title is named: whose name stands before dots, signs on them."""
    found = person(text, words=words)
    return found is not None and bool(found.front or found.back) and not DOTS.search(text)


def _asks(line: Line, fill: set[str]) -> bool:
    """Whether a line has a word in brackets that says what to write there."""
    return any(w.text.startswith("(") and ")" in w.text and fold(w.text) in fill for w in line.words)
