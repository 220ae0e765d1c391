"""Those who sign side by side: the strips of a page between white, and who signs alone under or over them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from math import ceil, floor
from statistics import median

from pipeline.reading.counts import COUNT
from pipeline.reading.kinds import is_nip
from pipeline.reading.lines import Line, lines
from pipeline.reading.lines import line as line_of
from pipeline.schema import Word

COLUMN_GAP = 0.5  # letter heights of white that part two columns
CROSSED = 0.06  # share of the lines that may run into that white
ALONE = 8  # lines at most of one who signs alone under or over the others


def tiers(seen: Sequence[Word]) -> list[Sequence[Word]]:
    """The words in one, or those who sign side by side and, under or over them in the middle, one who signs
    alone: the columns of all together would be hidden behind that one."""
    rows = lines(seen)
    if len(columns(seen)) > 1:
        return [seen]
    for few in range(1, min(ALONE, len(rows) - 1)):
        for one, rest in ((rows[-few:], rows[:-few]), (rows[:few], rows[few:])):
            abreast = [w for line in rest for w in line.words]
            if all(len(line.runs) == 1 for line in one) and _side_by_side(abreast):
                single = [w for line in one for w in line.words]
                return [abreast, single] if one[0] is not rows[0] else [single, abreast]
    return _stacked(rows) or [seen]


def _stacked(rows: Sequence[Line]) -> list[Sequence[Word]]:
    """The words in rows of signers that have other columns each, as two over three; none where they have not.
    A row of signers ends with the number of one of them."""
    for at, (line, below) in enumerate(pairwise(rows), 1):
        if not any(is_nip(line_of([run])) for run in line.runs) or below.box.top < line.box.bottom:
            continue
        upper, lower = ([w for row in part for w in row.words] for part in (rows[:at], rows[at:]))
        if len(columns(upper)) > 1 and len(columns(lower)) > 1 and any(map(is_nip, lines(lower))):
            return [upper, *tiers(lower)]
    return []


def _side_by_side(seen: Sequence[Word]) -> bool:
    """Whether the words stand in several columns, each with the number of somebody."""
    found = columns(seen)
    numbers = [
        [ln for ln in lines([w for w in seen if a <= w.box.middle < b]) if is_nip(ln)] for a, b in found
    ]
    return len(found) > 1 and all(numbers)


def columns(words: Sequence[Word]) -> list[tuple[float, float]]:
    """Strips of the page parted by white that hardly a line runs into, left to right."""
    if not words:
        return []
    found, size = lines(words), median(w.size for w in words)
    allowed = CROSSED * len(found)
    left, right = int(min(w.box.x0 for w in words)), int(max(w.box.x1 for w in words)) + 1
    crossed = _crossed(found)
    white = [x for x in range(left, right) if crossed[x] <= allowed]
    cuts = [sum(g) / len(g) for g in _gathered(white) if len(g) >= COLUMN_GAP * size]
    edges = [left - 1.0, *(c for c in cuts if left + 3 * size < c < right - 3 * size), right + 1.0]
    kept = edges[:1]
    for edge in edges[1:]:
        if not _counts(words, kept[-1], edge):
            kept.append(edge)
    return [(a, b) for a, b in pairwise(kept) if b - a > 3 * size]


def _counts(words: Sequence[Word], left: float, right: float) -> bool:
    """Whether a strip holds nothing but the numbers of the names in the next one."""
    own = [w.text for w in words if left <= w.box.middle < right]
    return len(own) > 1 and all(COUNT.fullmatch(text) for text in own)


def _crossed(found: Sequence[Line]) -> Counter[int]:
    """How many lines have a word over each whole point of the page."""
    return Counter(
        x
        for line in found
        for x in {x for w in line.words for x in range(floor(w.box.x0) + 1, ceil(w.box.x1))}
    )


def _gathered(places: Sequence[int]) -> Iterator[list[int]]:
    """Numbers that follow each other."""
    group: list[int] = []
    for place in places:
        if group and place != group[-1] + 1:
            yield group
            group = []
        group.append(place)
    if group:
        yield group
