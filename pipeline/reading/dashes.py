"""Dashes that stand alone in the cells of a scanned table, for nothing: readers of scans pass them over."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from statistics import median

import cv2
import numpy as np

from pipeline.reading.raster import POINTS, Pixels, Raster
from pipeline.schema import Box, Ruling, Word, around

WIDE = (0.205, 1.3)  # letter heights: the width of a dash
FLAT = 0.28  # letter heights: no dash is higher
LONG = 1.5  # times its height: a dash is at least so wide
FULL = 0.65  # of its box that is ink
ALONE = 0.9  # letter heights of white left and right of it, and half as much over and under
LEVEL = 0.5  # letter heights: so far may it lie from the middle of the words of its row
NEAR = 2.0  # points: a line so near is touched
SPECKS = 6  # pixels of dirt beside a dash
MISREAD = frozenset("=._~–—")  # what a lone dash is read as
SURE = 0.75  # confidence: it may be a speck
INK = 40  # shades darker than what is around it
Stats = np.ndarray[tuple[int, int], np.dtype[np.int32]]


def dashed(page: Raster, words: Sequence[Word], rulings: Sequence[Ruling]) -> tuple[Word, ...]:
    """The words of a level page, points, and the dashes among the lines of its tables, also misread ones."""
    table = _table(rulings)
    if table is None or not words:
        return tuple(words)
    said = [word for word in words if word.text not in MISREAD or not table.holds(word.box)]
    found = list(_dashes(page, said, rulings, table))
    unread = (w for w in words if w.text in MISREAD and table.holds(w.box) and not _among(w.box, found))
    return (*said, *unread, *found)


def _among(box: Box, found: Sequence[Word]) -> bool:
    return any(
        abs(w.box.middle - box.middle) < w.size and abs(w.box.centre - box.centre) < w.size for w in found
    )


def _dashes(page: Raster, words: Sequence[Word], rulings: Sequence[Ruling], table: Box) -> Iterator[Word]:
    letter = median(word.size for word in words) if words else 0.0
    dark = _ink(page, table)
    count, _, stats, _ = cv2.connectedComponentsWithStats(dark, connectivity=8)
    scale = page.dpi / POINTS
    for box in (_box(stats[n], table, scale) for n in range(1, count) if _flat(stats[n], letter * scale)):
        if _in_row(box, words, letter) and _apart(box, rulings) and _alone(box, dark, table, letter, scale):
            yield Word("-", box, letter, SURE)


def _table(rulings: Sequence[Ruling]) -> Box | None:
    """Where lines of both directions stand."""
    level = [r for r in rulings if r.x1 - r.x0 > r.bottom - r.top]
    tall = [r for r in rulings if r.x1 - r.x0 <= r.bottom - r.top]
    if len(level) < 2 or len(tall) < 2:
        return None
    return around([Box(r.x0, r.top, r.x1, r.bottom) for r in tall])


def _ink(page: Raster, table: Box) -> Pixels:
    """255 where there is ink, in the part of the page around the table."""
    scale = page.dpi / POINTS
    x0, y0, x1, y1 = (int(v * scale) for v in (table.x0, table.top, table.x1, table.bottom))
    part = page.pixels[max(y0, 0) : y1 + 1, max(x0, 0) : x1 + 1]
    return cv2.adaptiveThreshold(part, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, 25, INK)


def _flat(stat: Stats, letter: float) -> bool:
    _, _, width, height, area = (int(v) for v in stat)
    fits = WIDE[0] * letter <= width <= WIDE[1] * letter and height <= max(FLAT * letter, 2)
    return fits and width >= LONG * height and area >= FULL * width * height


def _box(stat: Stats, table: Box, scale: float) -> Box:
    x, y, width, height = (int(v) for v in stat[:4])
    left, top = int(table.x0 * scale) + x, int(table.top * scale) + y
    return Box(left / scale, top / scale, (left + width) / scale, (top + height) / scale)


def _in_row(box: Box, words: Sequence[Word], letter: float) -> bool:
    """Whether words stand on its height, and none over it."""
    level = [w.box for w in words if abs(w.box.centre - box.centre) < LEVEL * letter]
    return bool(level) and not any(b.x0 - 1 < box.middle < b.x1 + 1 for b in level)


def _apart(box: Box, rulings: Sequence[Ruling]) -> bool:
    """Whether a box touches no line."""
    return not any(
        r.x0 - NEAR < box.x1
        and box.x0 < r.x1 + NEAR
        and r.top - NEAR < box.bottom
        and box.top < r.bottom + NEAR
        for r in rulings
    )


def _alone(box: Box, dark: Pixels, table: Box, letter: float, scale: float) -> bool:
    """Whether nothing but the dash is drawn around it."""
    aside, over = ALONE * letter, ALONE * letter / 2
    wide = Box(box.x0 - aside, box.top - over, box.x1 + aside, box.bottom + over)
    return _drawn(wide, dark, table, scale, 0) - _drawn(box, dark, table, scale, 1) <= SPECKS


def _drawn(box: Box, dark: Pixels, table: Box, scale: float, more: int) -> int:
    """Pixels of ink in a box, and `more` pixels around it."""
    x0, x1 = (int((x - table.x0) * scale) for x in (box.x0, box.x1))
    y0, y1 = (int((y - table.top) * scale) for y in (box.top, box.bottom))
    rows, columns = slice(max(y0 - more, 0), y1 + 1 + more), slice(max(x0 - more, 0), x1 + 1 + more)
    return int(np.count_nonzero(dark[rows, columns]))
