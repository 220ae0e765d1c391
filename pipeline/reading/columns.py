"""The parts of a page that stand under the heads of signature blocks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from pipeline.reading.heads import SAME_BAND, Head
from pipeline.reading.leaf import Leaf
from pipeline.reading.lines import GAP, Line, lines
from pipeline.reading.lines import line as joined
from pipeline.schema import Box, Word

TALL, VERY_TALL = 1.8, 2.6  # of the size of the role line; on a skewed page boxes grow
SURELY = 0.9  # confidence of a word that is hardly ink
HARDLY = 0.45  # confidence
BEFORE = 2.0  # points before the left edge of a column
FLUSH = 2  # words: where more than these begin at one place, a column is set flush left
APART = 1.5  # letter heights: no wider space parts lines of a block
DIAGONAL = 14.0  # letter heights: so far under another may a head stand whose block begins beside it
FAR = 6.0  # letter heights between a head and what is not of its block


@dataclass(frozen=True, slots=True)
class Column:
    """The part of a page under one head, from its role line down to the next band."""

    head: Head
    lines: tuple[Line, ...]
    left: float
    right: float
    bottom: float


def columns(heads: Sequence[Head], words: Sequence[Word], leaf: Leaf) -> Iterator[Column]:
    bands = list(_bands(heads))
    aside: list[Word] = []  # of the block over this band, which runs on beside it
    for place, band in enumerate(bands):
        bottom = (
            min(h.box.top for h in bands[place + 1]) if place + 1 < len(bands) else leaf.layout.height + 1
        )
        top = min(h.box.top for h in band)
        inside = [w for w in words if top - 1 < w.box.centre < bottom - 0.5 and w not in aside]
        aside = list(_running_on(band, bands[place + 1 : place + 2], words))
        inside += aside
        cuts = [
            leaf.layout.width * -1,
            *(_valley(a, b, inside) for a, b in pairwise(band)),
            leaf.layout.width * 2,
        ]
        for head, (left, right) in zip(band, pairwise(cuts), strict=True):
            own = [
                w
                for w in inside
                if left <= w.box.middle < right and w.box.centre > head.box.bottom - 0.2 * head.size
            ]
            own = [w for w in own if not _same_place(w.box, head.box) and not handwritten(w, head)]
            yield Column(
                head,
                _nearest(lines([*head.tail, *own], gap=2 * GAP), head),
                max(left, 0.0),
                min(right, leaf.layout.width),
                bottom,
            )


def _nearest(found: Sequence[Line], head: Head) -> tuple[Line, ...]:
    """Of lines with a wide gap, the part under the head: the other is of a block whose head was not read.

    So is a line that stands far to one side.
    """
    parts = (
        joined([min(ln.runs, key=lambda r: abs(r.box.middle - head.box.middle))]) if len(ln.runs) > 1 else ln
        for ln in found
    )
    return tuple(ln for ln in parts if _beside(ln.box, head.box) < FAR * head.size)


def _beside(box: Box, head: Box) -> float:
    """How far a box stands to one side of another, points; negative where one is under the other."""
    return max(box.x0 - head.x1, head.x0 - box.x1)


def handwritten(word: Word, head: Head) -> bool:
    """Whether a word is ink that OCR took for letters: much taller than print, or hardly read."""
    if word.confidence < HARDLY:
        return True
    return word.box.height > (VERY_TALL if word.confidence >= SURELY else TALL) * head.size


def _same_place(box: Box, other: Box) -> bool:
    return (
        other.x0 - 1 <= box.x0 and box.x1 <= other.x1 + 1 and other.top - 1 <= box.centre <= other.bottom + 1
    )


def _bands(heads: Sequence[Head]) -> Iterator[list[Head]]:
    """Heads that stand side by side, left to right."""
    band: list[Head] = []
    for head in sorted(heads, key=lambda h: h.box.top):
        apart = band and head.box.top - min(h.box.top for h in band) > SAME_BAND * head.size
        if apart or any(_overlap(head.box, h.box) for h in band):
            yield sorted(band, key=lambda h: h.box.middle)
            band = []
        band.append(head)
    if band:
        yield sorted(band, key=lambda h: h.box.middle)


def _running_on(
    band: Sequence[Head], after: Sequence[Sequence[Head]], words: Sequence[Word]
) -> Iterator[Word]:
    """The words of a block that runs on beside the head of the next, which stands lower and to one side."""
    if not after or len(band) > 1 or len(after[0]) > 1 or not _diagonal(band[0], after[0][0]):
        return
    upper, lower = band[0].box, after[0][0].box
    begun = [w for w in words if upper.top - 1 < w.box.centre < lower.top - 0.5]
    end = max((w.box.bottom for w in begun if _clear(w.box, lower, upper)), default=upper.bottom)
    for line in lines([w for w in words if w.box.centre >= lower.top - 0.5]):
        own = [run for run in line.runs if _clear(run.box, lower, upper)]
        if not own:
            continue
        if own[0].box.top - end > APART * line.size:
            return
        end = own[0].box.bottom
        yield from (w for run in own for w in run.words)


def _clear(box: Box, lower: Box, upper: Box) -> bool:
    """Whether a box stands on that side of the lower head on which the upper one does."""
    return box.x0 > lower.x1 if upper.middle > lower.middle else box.x1 < lower.x0


def _diagonal(upper: Head, lower: Head) -> bool:
    apart = max(upper.box.x0, lower.box.x0) - min(upper.box.x1, lower.box.x1)
    return apart > 0 and lower.box.top - upper.box.top < DIAGONAL * upper.size


def _overlap(a: Box, b: Box) -> bool:
    return min(a.x1, b.x1) - max(a.x0, b.x0) > 0.3 * min(a.width, b.width)


def _valley(left: Head, right: Head, words: Sequence[Word]) -> float:
    """Where the space between two columns is cut by the fewest lines and words; near the middle between
    their heads, or right before a column set flush left."""
    middle = (left.box.middle + right.box.middle) / 2
    reach = max(6.0, 0.22 * (right.box.middle - left.box.middle))
    places = [middle + reach * step / 10 for step in range(-10, 11)]
    places.append(right.box.x0 - BEFORE)
    boxes = [run.box for line in lines(words) for run in line.runs], [w.box for w in words]

    def cut(x: float) -> tuple[int, ...]:
        return tuple(sum(box.x0 < x < box.x1 for box in some) for some in boxes)

    def flush(x: float) -> bool:
        return sum(x < w.box.x0 < x + 2 * BEFORE for w in words) > FLUSH

    return min(places, key=lambda x: (*cut(x), not flush(x), abs(x - middle)))
