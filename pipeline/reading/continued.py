"""Ruling lines that go on from cell to cell, too pale to be found alone: looked for where a table is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from pipeline.reading.marks import Line
from pipeline.reading.raster import Pixels
from pipeline.schema import Box

SAME = 4.0  # points: lines nearer than this are one
ON = 0.5  # of its length: so far a line may go on
PAST = 15.0  # points: no line of a table goes so far over its first or last one
CLEAR = 3.0  # points from the ends of a side, where other lines meet it
CENTRE, ASIDE = 1.5, 4.0  # points: a line lies within the first of its place, bare paper between the two
FREE = 0.4  # of a side must be without words before anything is said of it
COVERED = 0.5  # of a side: where so much was found, it needs no look
FAINT = 1.0  # grey levels: no line is paler
CLEARLY = 4.0  # times the unevenness of the paper along the line: so much darker is drawn, not chance
LIKE = 0.3  # of the darkness that the found pieces of the line have
LONG, KNOWN = 30.0, 2  # points of one piece of a line, and sides that were found: of less nothing is known
LEAST = 9.0  # points: nothing is said of a shorter side


def continued(
    lines: Sequence[Line], across: Iterable[Line], words: Iterable[Box], grey: Pixels, scale: float
) -> Iterator[Line]:
    """Level lines, and what is seen of them between the lines `across` (laid level) that they meet; points.

    `words` and `grey` are laid as the lines are; `scale` is pixels to the point.
    """
    crossing, boxes = [_whole(row) for row in _rows(across)], list(words)
    for row in _rows(lines):
        yield from row
        start, y, end, _ = _whole(row)
        met = [at for x0, at, x1, _ in crossing if x0 <= y <= x1]
        if not met or any(one[0] < met[0] - PAST or one[2] > met[-1] + PAST for one in row):
            continue  # a streak or a fold, which no table holds
        met = [at for at in met if start <= at <= end]
        over = [box for box in boxes if box.top - CENTRE < y < box.bottom + CENTRE]
        sides = [side for side in pairwise(met) if side[1] - side[0] >= LEAST]
        bare = [side for side in sides if _covered(side, row) < COVERED]
        long = max(line[2] - line[0] for line in row) >= LONG
        if bare and long and len(sides) - len(bare) >= KNOWN:
            known = [_depth(side, y, over, grey, scale) for side in sides if side not in bare]
            usual = float(np.median([depth for depth, _ in known]))
            for side in bare:
                depth, chance = _depth(side, y, over, grey, scale)
                if depth > max(FAINT, CLEARLY * chance, LIKE * usual):
                    yield (side[0], y, side[1], y)


def _whole(row: Sequence[Line]) -> Line:
    """The line that the pieces of a row are part of, with as far as it may go on to both sides."""
    start, end = min(line[0] for line in row), max(line[2] for line in row)
    y = float(np.average([line[1] for line in row], weights=[line[2] - line[0] for line in row]))
    further = max(SAME, ON * (end - start))
    return (start - further, y, end + further, y)


def _rows(lines: Iterable[Line]) -> list[list[Line]]:
    rows: list[list[Line]] = []
    for line in sorted(lines, key=lambda line: line[1]):
        if rows and line[1] - rows[-1][-1][1] < SAME:
            rows[-1].append(line)
        else:
            rows.append([line])
    return rows


def _covered(side: tuple[float, float], row: Iterable[Line]) -> float:
    start, end = side
    return sum(max(0.0, min(end, line[2]) - max(start, line[0])) for line in row) / (end - start)


def _depth(
    side: tuple[float, float], y: float, words: Iterable[Box], grey: Pixels, scale: float
) -> tuple[float, float]:
    """How much darker the line is than the paper on both sides of it, in grey levels, and how much would be
    chance; nothing where words hide it. Of both halves of the side the paler, since strokes of a pen end."""
    start, end = round((side[0] + CLEAR) * scale), round((side[1] - CLEAR) * scale)
    top, bottom = round((y - ASIDE) * scale), round((y + ASIDE) * scale) + 1
    strip = grey[max(0, top) : bottom, max(0, start) : end].astype(np.float32)
    free = np.ones(strip.shape[1], bool)
    for box in words:
        free[max(0, round(box.x0 * scale) - start) : max(0, round(box.x1 * scale) - start)] = False
    if strip.shape[0] != bottom - top or free.sum() < max(4.0, FREE * free.size):
        return 0.0, np.inf
    halves = np.array_split(strip[:, free], 2, axis=1)
    return min((_dip(half, scale) for half in halves), key=lambda dip: dip[0])


def _dip(strip: NDArray[np.float32], scale: float) -> tuple[float, float]:
    profile = strip.mean(axis=1)
    middle, reach = len(profile) // 2, max(1, round(CENTRE * scale))
    above, below = profile[: middle - reach], profile[middle + reach + 1 :]
    if not (len(above) and len(below)):
        return 0.0, np.inf
    ground = min(float(np.median(above)), float(np.median(below)))
    chance = float(np.std(strip[: middle - reach], axis=1).mean()) / np.sqrt(strip.shape[1])
    return ground - float(profile[middle - reach : middle + reach + 1].min()), chance
