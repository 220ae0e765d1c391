"""A sheet of paper photographed on a table: where its four corners are."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

Pixels = NDArray[Any]  # uint8; OpenCV answers arrays of any kind
Side = tuple[Pixels, Pixels]  # its two ends, x and y in pixels

COVERED = (0.3, 0.96)  # share of the picture that a sheet photographed on a table covers
MARGIN = 0.006  # of the long side: a table seen on three sides of a sheet makes the picture a photograph
RIM = (2, 9)  # pixels from the edge of a sheet in between which it is compared with what it lies on
STEP = 25.0  # by which a sheet is lighter there than its table; a shadow changes it by a few
ROUGH = 0.01  # of its outline, by which the bright part of a sheet may differ from straight lines
LIGHT = 0.6  # share of a sheet that is bright, at least: the rest lies in shadow
PARALLEL = 0.2  # sine of the angle under which two sides meet, at least
PART = 0.7  # share of a side that is seen, at least, to know where all of it is
NEAR = 3  # pixels from an edge to either side
EDGE = 15.0  # by which a sheet is lighter right inside an edge; along the border of a shadow by less
SAMPLES = np.linspace(0.06, 0.94, 60)[:, None]  # of a side, on which it is looked at
AWAY = np.linspace(-0.15, 0.6, 101)[
    :, None
]  # of the length of its neighbours, in which a side may lie elsewhere
AROUND = np.linspace(-0.04, 0.04, 41)[:, None]  # the same, around where a part of it was seen
CLOSE = np.linspace(-0.01, 0.01, 21)[:, None]  # the same, around where it was found


def corners(low: Pixels) -> Pixels | None:
    """The corners of the one bright four-sided thing in a picture, clockwise from the upper left, pixels.

    None where there is none.

    `low` is the darkest channel of each pixel: wood is brown and paper is not, however deep the shadow on it.
    A side that runs where a shadow ends, and not where the paper does, is looked for farther out.
    """
    _, bright = cv2.threshold(cv2.GaussianBlur(low, (5, 5), 0), 0, 255, cv2.THRESH_BINARY + cv2.THRESH_OTSU)
    bright = cv2.morphologyEx(bright, cv2.MORPH_CLOSE, np.ones((15, 15)))
    contours, _ = cv2.findContours(bright, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)
    hull = cv2.convexHull(max(contours, key=cv2.contourArea))[:, 0] if contours else None
    if hull is None or not COVERED[0] < cv2.contourArea(hull) / low.size < COVERED[1]:
        return None
    soft = cv2.GaussianBlur(low, (3, 3), 0).astype(np.float32)
    quad = _crossings(
        _sides(soft, cv2.approxPolyDP(hull, ROUGH * cv2.arcLength(hull, closed=True), closed=True)[:, 0])
    )
    if quad is None or LIGHT * cv2.contourArea(quad) > cv2.contourArea(hull):
        return None
    return quad if _on_a_table(low, quad) and _edged(low, quad) else None


def _on_a_table(low: Pixels, quad: Pixels) -> bool:
    """Whether something else is seen on three sides of it."""
    height, width = low.shape
    (x0, y0), (x1, y1) = quad.min(axis=0), quad.max(axis=0)
    gaps = (x0, y0, width - x1, height - y1)
    return sum(bool(gap > MARGIN * max(width, height)) for gap in gaps) >= 3


def _edged(low: Pixels, quad: Pixels) -> bool:
    """Whether it is darker right outside of the four-sided thing than right inside: a shadow has no edge."""
    shape = np.zeros_like(low)
    cv2.fillPoly(shape, [quad.astype(np.int32)], 255)
    near, far = (np.ones((2 * n + 1, 2 * n + 1), np.uint8) for n in RIM)
    inside = cv2.subtract(cv2.erode(shape, near), cv2.erode(shape, far))
    outside = cv2.subtract(cv2.dilate(shape, far), cv2.dilate(shape, near))
    within, without = low[inside > 0], low[outside > 0]
    return not len(without) or float(np.median(within)) - float(np.median(without)) >= STEP


# ---------------------------------------------------------------- sides


def _sides(soft: Pixels, outline: Pixels) -> list[Side]:
    """The upper, right, lower and left side of a sheet: of its bright part those that are edges, the longest
    each. One that a shadow hides is looked for farther out; none where more than one is hidden."""
    ends = outline.astype(np.float32)
    edges = zip(ends, np.roll(ends, -1, axis=0), strict=True)
    seen = [side for side in edges if _is_edge(soft, side)]
    by_way = {way: [side for side in seen if _way(side) == way] for way in range(4)}
    found = {way: max(some, key=_length) for way, some in by_way.items() if some}
    hidden = [way for way in range(4) if way not in found]
    if len(hidden) == 1:
        (way,) = hidden
        before, after = found[(way - 1) % 4], found[(way + 1) % 4]
        found[way] = _farther(soft, before, after)
    whole = len(found) == 4 and all(_is_edge(soft, side) for side in found.values())
    return _whole(soft, [found[way] for way in range(4)]) if whole else []


def _is_edge(soft: Pixels, side: Side) -> bool:
    """Whether a sheet ends along a line: it is darker beyond, or the picture ends there too."""
    height, width = soft.shape
    (a, b), (c, d) = side
    beyond = max(a, c) < NEAR or max(b, d) < NEAR or min(a, c) >= width - NEAR or min(b, d) >= height - NEAR
    return bool(beyond or _contrast(soft, *side) >= EDGE)


def _whole(soft: Pixels, sides: Sequence[Side]) -> list[Side]:
    """The sides; one of which no more than a part was seen lies where all of it is most of an edge."""
    quad = _crossings(sides)
    if quad is None:
        return []
    ends = [(quad[way], quad[(way + 1) % 4]) for way in range(4)]
    return [
        side
        if _length(side) > PART * _length(ends[way])
        else _farther(soft, ends[way - 1], ends[(way + 1) % 4], (AROUND, CLOSE))
        for way, side in enumerate(sides)
    ]


def _way(side: Side) -> int:
    """Where a side of a sheet looks, which one goes around clockwise: 0 up, 1 right, 2 down, 3 left."""
    along = side[1] - side[0]
    return round(float(np.degrees(np.arctan2(along[1], along[0]))) / 90) % 4


def _length(side: Side) -> float:
    return float(np.linalg.norm(side[1] - side[0]))


def _crossings(sides: Sequence[Side]) -> Pixels | None:
    """The corners where sides in order meet, the upper left first."""
    found = []
    for (a, b), (c, d) in zip([*sides[-1:], *sides[:-1]], sides, strict=True):
        way, other, apart = b - a, d - c, c - a
        turn = float(way[0] * other[1] - way[1] * other[0])
        if abs(turn) < PARALLEL * float(np.linalg.norm(way) * np.linalg.norm(other)):
            return None
        found.append(a + way * float(apart[0] * other[1] - apart[1] * other[0]) / turn)
    return np.array(found, np.float32) if found else None


def _farther(soft: Pixels, before: Side, after: Side, reaches: Iterable[Pixels] = (AWAY, CLOSE)) -> Side:
    """The side between two others, on whose lines it ends, where it is most of an edge."""
    one, two = before[1], after[0]
    way, back = before[1] - before[0], after[0] - after[1]
    for reach in reaches:
        ones, twos = one + reach * way, two + reach * back
        steps = _contrast(soft, ones[:, None], twos[None, :])
        row, column = np.unravel_index(int(steps.argmax()), steps.shape)
        one, two = ones[row], twos[column]
    return one, two


def _contrast(soft: Pixels, one: Pixels, two: Pixels) -> Pixels:
    """How much lighter it is right of lines than left of them, as one goes around a sheet clockwise.

    Their ends are the last axis. Beyond the picture all is alike.
    """
    along = (two - one)[..., None, :]
    across = np.stack([-along[..., 1], along[..., 0]], axis=-1)
    across = NEAR * across / np.maximum(np.linalg.norm(across, axis=-1, keepdims=True), 1.0)
    points = one[..., None, :] + along * SAMPLES
    inside, outside = _values(soft, points + across), _values(soft, points - across)
    steps: Pixels = np.median(np.nan_to_num(inside - outside), axis=-1)
    return steps


def _values(soft: Pixels, points: Pixels) -> Pixels:
    """What is at points; not a number beyond the picture."""
    height, width = soft.shape
    columns, rows = points[..., 0].round().astype(int), points[..., 1].round().astype(int)
    there = (columns >= 0) & (columns < width) & (rows >= 0) & (rows < height)
    found: Pixels = np.where(there, soft[rows.clip(0, height - 1), columns.clip(0, width - 1)], np.nan)
    return found
