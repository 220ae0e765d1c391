"""Signers counted off in a column of names alone, each with the place to sign right of the name."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from pipeline.reading.blocks import Block
from pipeline.reading.captions import BESIDE
from pipeline.reading.counts import COUNT, worded
from pipeline.reading.leaf import Leaf
from pipeline.reading.lines import lines
from pipeline.schema import Box, Word

LEAST = 2  # numbers that make a list
GAP = 9.0  # letter heights: the words of a name are of one run


def counted(found: Sequence[Word], leaf: Leaf, role: str, end: float) -> Iterator[Block]:
    """The blocks of such a column, which may be signed up to `end`, points; none where it is no list, or no
    room is left beside the names. A number stands halfway down beside a name of two lines."""
    numbers = sorted((w for w in found if COUNT.fullmatch(w.text)), key=lambda w: w.box.centre)
    if len(numbers) < LEAST:
        return
    edges = _edges([n.box.centre for n in numbers])
    names = [w for w in found if w not in numbers and edges[0] <= w.box.centre < edges[-1]]
    if not any(worded(w.text) for w in names) or max(n.box.x1 for n in numbers) > min(
        w.box.x0 for w in names
    ):
        return
    right = max(w.box.x1 for w in names)
    if end - right < BESIDE:
        return
    for top, bottom in pairwise(edges):
        own = [w for w in names if top <= w.box.centre < bottom]
        if own:
            gap = Box(right, top, end, bottom)
            yield Block(role, leaf.number, gap, (), tuple(lines(own, gap=GAP)), None, None, gap)


def _edges(middles: Sequence[float]) -> list[float]:
    """Where the items around these heights begin, and where the last one ends."""
    half = min(b - a for a, b in pairwise(middles)) / 2
    return [middles[0] - half, *((a + b) / 2 for a, b in pairwise(middles)), middles[-1] + half]
