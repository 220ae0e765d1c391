"""Parafs in the margin of a page: small ink away from print and from every place to sign."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from statistics import median
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.reading.raster import POINTS, Raster, scaled
from pipeline.reading.signatures.crop import Masked
from pipeline.reading.signatures.masks import masks
from pipeline.reading.signatures.model import Model, chances
from pipeline.reading.signatures.view import inked, inks, view
from pipeline.rules import Lexicon
from pipeline.schema import Box, Layout, Ruling

DPI = 75.0  # enough to see where ink is
UPPER = 0.45  # of the page: over it stand letterheads, emblems and numbers
EDGE = 14.0  # points at the border of the paper, where shadows lie
AWAY = (45.0, 14.0)  # points beside, and over and under a place to sign: ink there is judged with it
CLEAR = 3.0  # points around print
DARK = 0.35  # darkness of ink
NEAR = 5.0  # points between the strokes of one mark
LEAST, MOST = (8.0, 6.0), (60.0, 40.0)  # points: width and height of a paraf
HOLE = 1.2  # of its height: wider or narrower a hole that a punch made is not seen
SECTORS, RIM = 16, 0.8  # parts of a circle in all of which a hole has its rim, and from which radius on
TRIED = 4  # marks that are looked at, the largest first
ROOM = (26.0, 12.0)  # points around a mark that are shown with it
SURE = 0.7  # chance that a mark is writing
LARGE = (
    1.3  # of the usual height of words: a larger one that stands alone may be writing that OCR took for it
)
ALONE = 30.0  # points around such a word in which nothing else is printed


def paraf(page: Raster, layout: Layout, slots: Sequence[Box], words: Lexicon, by: Model) -> Box | None:
    """Where initials stand on a page (points) outside its places to sign; None where none are seen."""
    whole = Box(0.0, 0.0, page.width, page.height)
    masked = tuple(_doubted(tuple(masks(layout, whole, Box(0.0, 0.0, 0.0, 0.0), words))))
    for mark in list(_marks(page, masked, slots))[:TRIED]:
        if _written(page, mark, masked, by):
            return mark
    return None


def _doubted(masked: Sequence[Masked]) -> Iterator[Masked]:
    """What is masked; of a large word that stands alone it is not sure that it is print."""
    printed = [m.box for m in masked if m.why == "print"]
    usual = median([box.height for box in printed] or [0.0])
    for one in masked:
        large = one.why == "print" and one.box.height >= LARGE * usual
        yield replace(one, why="loose") if large and _alone(one.box, printed) else one


def _alone(word: Box, printed: Sequence[Box]) -> bool:
    return not any(_apart(word, other) < ALONE for other in printed if other is not word)


def _apart(box: Box, other: Box) -> float:
    """Points between two boxes, across or down, whichever is more; negative where they overlap."""
    across = max(box.x0, other.x0) - min(box.x1, other.x1)
    return max(across, max(box.top, other.top) - min(box.bottom, other.bottom))


def _written(page: Raster, mark: Box, masked: Sequence[Masked], by: Model) -> bool:
    """Whether a mark is writing, and no stamp or dirt."""
    around = Box(mark.x0 - ROOM[0], mark.top - ROOM[1], mark.x1 + ROOM[0], mark.bottom + ROOM[1])
    printed = [m.box for m in masked if m.why == "print"]
    lines = [Ruling(m.box.x0, m.box.top, m.box.x1, m.box.bottom) for m in masked if m.why == "ruling"]
    found = chances(view(inked(page, around, printed, lines)), by)
    return found.stamp < SURE <= max(found.signature, found.initials)


def _marks(page: Raster, masked: Sequence[Masked], slots: Sequence[Box]) -> Iterator[Box]:
    """Small groups of strokes where nothing is printed and nobody signs, those with the most ink first."""
    small = scaled(page, DPI)
    sharp = small.dpi / POINTS
    pixels = small.pixels if small.pixels.ndim == 3 else cv2.cvtColor(small.pixels, cv2.COLOR_GRAY2RGB)
    dark = (inks(np.ascontiguousarray(pixels), sharp)[..., 0] > DARK).astype(np.uint8)
    _emptied(dark, masked, slots, sharp)
    reach = np.ones((max(1, round(NEAR * sharp)) | 1,) * 2, np.uint8)
    count, labels = cv2.connectedComponents(cv2.dilate(dark, reach))
    ink = np.bincount(labels[dark > 0], minlength=count)
    for at in np.argsort(-ink, kind="stable"):
        rows, columns = np.nonzero((labels == at) & (dark > 0)) if at and ink[at] else (None, None)
        if rows is None or columns is None:
            continue
        box = Box(*(float(v) / sharp for v in (columns.min(), rows.min(), columns.max() + 1, rows.max() + 1)))
        fits = LEAST[0] <= box.width <= MOST[0] and LEAST[1] <= box.height <= MOST[1]
        if fits and not _punched(rows, columns):
            yield box


def _punched(rows: NDArray[Any], columns: NDArray[Any]) -> bool:
    """Whether pixels are the shadow of a hole for a binder: a circle without a gap and without corners."""
    down, across = rows - (rows.min() + rows.max()) / 2, columns - (columns.min() + columns.max()) / 2
    half, wide = float(down.max()) + 0.5, float(across.max()) + 0.5
    if not 1 / HOLE <= wide / half <= HOLE:
        return False
    reach = np.hypot(down / half, across / wide)
    around = np.floor((np.arctan2(down, across) / (2 * np.pi) + 0.5) * SECTORS).astype(int) % SECTORS
    return reach.max() < 1 / RIM and len(set(around[reach >= RIM].tolist())) == SECTORS


def _emptied(dark: NDArray[Any], masked: Sequence[Masked], slots: Sequence[Box], sharp: float) -> None:
    """Take out of a picture what is no mark in the margin: the upper part, the border, print and slots."""
    height, width = dark.shape
    border = round(EDGE * sharp)
    dark[: round(UPPER * height)] = dark[height - border :] = 0
    dark[:, :border] = dark[:, width - border :] = 0
    kept = [(m.box, CLEAR, CLEAR) for m in masked if m.why not in {"unsure", "tall", "loose"}]
    for box, beside, over in (*kept, *((slot, *AWAY) for slot in slots)):
        rows = slice(max(0, round((box.top - over) * sharp)), max(0, round((box.bottom + over) * sharp)))
        dark[rows, max(0, round((box.x0 - beside) * sharp)) : max(0, round((box.x1 + beside) * sharp))] = 0
