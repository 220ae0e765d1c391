"""Signers counted off in a column of names alone, each with the place to sign right of the name."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import accumulate, pairwise
from typing import Any

from pipeline.reading.blocks import Block
from pipeline.reading.captions import BESIDE
from pipeline.reading.counts import COUNT, worded
from pipeline.reading.leaf import Leaf
from pipeline.reading.lines import Line, lines
from pipeline.schema import Box, Word

LEAST = 2  # numbers that make a list
GAP = 9.0  # letter heights: the words of a name are of one run
MOST = 4  # lines of a name
NEVER = float("inf")  # the cost of what cannot be
LEFT = 0.5  # letter heights that a line costs which is no part of the list

Link = tuple[Any, Sequence[Line]]  # the one before, or None, and the lines of a number
Shares = tuple[float, Link | None]  # how far off numbers are in all, points, and the last link
Level = Callable[[Sequence[Line]], float]


def counted(found: Sequence[Word], leaf: Leaf, role: str, end: float) -> Iterator[Block]:
    """The blocks of such a column, which may be signed up to `end`, points; none where it is no list, or no
    room is left beside the names."""
    numbers = sorted((w for w in found if COUNT.fullmatch(w.text)), key=lambda w: w.box.centre)
    names = [w for w in found if w not in numbers and worded(w.text)]
    if len(numbers) < LEAST or not names:
        return
    right = max(w.box.x1 for w in names)
    if max(n.box.x1 for n in numbers) > min(w.box.x0 for w in names) or end - right < BESIDE:
        return
    middles = [number.box.centre for number in numbers]
    for own, (top, bottom) in _items(middles, lines(names, gap=GAP)):
        gap = Box(right, top, end, bottom)
        yield Block(role, leaf.number, gap, (), own, None, None, gap)


def _items(
    middles: Sequence[float], found: Sequence[Line]
) -> Iterator[tuple[tuple[Line, ...], tuple[float, float]]]:
    """The lines of each name, and from where to where it may be signed. Numbers stand level with the first
    line of a name, with the last, or halfway down beside it."""
    _, last = min((_shared(middles, found, level) for level in LEVELS), key=_cost)
    shares = _unlinked(last)
    edges = [(a[-1].box.bottom + b[0].box.top) / 2 for a, b in pairwise(shares)]
    if shares:
        half = shares[0][0].size / 2
        edges = [shares[0][0].box.top - half, *edges, shares[-1][-1].box.bottom + half]
    yield from zip(shares, pairwise(edges), strict=True)


def _first(own: Sequence[Line]) -> float:
    return own[0].box.centre


def _halfway(own: Sequence[Line]) -> float:
    return (own[0].box.centre + own[-1].box.centre) / 2


def _last(own: Sequence[Line]) -> float:
    return own[-1].box.centre


LEVELS: tuple[Level, ...] = (_first, _halfway, _last)


def _shared(middles: Sequence[float], found: Sequence[Line], level: Level) -> Shares:
    """The lines of each number so that numbers lie, in all, nearest to where `level` says; lines before the
    first and after the last may be of none."""
    over = [0.0, *accumulate(LEFT * line.size for line in found)]
    best: list[Shares] = [(cost, None) for cost in over]
    for middle in middles:
        best = [_nearest(middle, found, best, end, level) for end in range(len(found) + 1)]
    left = [over[-1] - before for before in over]
    return min(((cost + rest, last) for (cost, last), rest in zip(best, left, strict=True)), key=_cost)


def _nearest(middle: float, found: Sequence[Line], best: Sequence[Shares], end: int, level: Level) -> Shares:
    """The best shares of the lines up to `end` of which the last is that of the number at this height."""
    several = [
        (best[start][0] + abs(level(own) - middle), (best[start][1], own))
        for start in range(max(0, end - MOST), end)
        if (own := found[start:end]) and best[start][0] < NEVER
    ]
    return min(several, key=_cost, default=(NEVER, None))


def _unlinked(last: Link | None) -> tuple[tuple[Line, ...], ...]:
    """The lines of each number, first to last."""
    found: list[tuple[Line, ...]] = []
    while last is not None:
        last, own = last
        found.append(tuple(own))
    return tuple(reversed(found))


def _cost(shares: Shares) -> float:
    return shares[0]
