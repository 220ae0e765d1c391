"""Marks in a slot that are not print: how much ink, how far it reaches, whether it is round like a stamp."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.reading.raster import POINTS, Raster
from pipeline.schema import Box, Ruling

SPECK = 3.0  # points: smaller marks are dirt
PALE = 38  # grey levels under the paper from which a mark counts as ink

RULED = 2.5  # points: a flatter long mark is a line to sign on
RIM = 0.55  # share of a circle that must be inked to be a stamp's rim
SEEN = 0.45  # share of the rim that must lie in the slot to be judged

Mask = NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class Ink:
    """Measures of ink as shares of the slot: `beside` is the extent of the ink no stamp explains."""

    share: float
    extent: float
    round: float
    beside: float
    code: float


def ink(picture: Raster, slot: Box, printed: Sequence[Box], rulings: Sequence[Ruling]) -> Ink:
    """The ink in `slot` (points) of the picture of a page, print and ruling lines left out."""
    scale = picture.dpi / POINTS
    crop = _crop(picture, slot, scale)
    if crop.size == 0:
        return Ink(0.0, 0.0, 0.0, 0.0, 0.0)
    code = float(_coded(crop))
    marks = _marks(crop, scale)
    for box in printed:
        _blank(marks, box, slot, scale, 1.5)
    for line in rulings:
        _blank(marks, Box(line.x0, line.top, line.x1, line.bottom), slot, scale, 1.5)
    pieces = _pieces(marks, scale)
    ring = _ring(pieces, scale)
    return Ink(_share(pieces), _extent(pieces), float(ring is not None), _beside(pieces, crop, ring), code)


def _crop(picture: Raster, slot: Box, scale: float) -> NDArray[np.uint8]:
    height, width = picture.pixels.shape[:2]
    x0, x1 = max(0, round(slot.x0 * scale)), min(width, round(slot.x1 * scale))
    top, bottom = max(0, round(slot.top * scale)), min(height, round(slot.bottom * scale))
    return np.ascontiguousarray(picture.pixels[top:bottom, x0:x1, :3])


def _marks(crop: NDArray[np.uint8], scale: float) -> Mask:
    """1 where a pixel is clearly darker than the paper around it, in any colour."""
    darkest = crop.min(axis=2)
    size = max(3, round(28 * scale)) | 1
    paper = cv2.morphologyEx(cv2.medianBlur(darkest, 3), cv2.MORPH_CLOSE, np.ones((size, size), np.uint8))
    inked: Mask = ((paper.astype(np.int16) - darkest) > PALE).astype(np.uint8)
    return inked


def _blank(marks: Mask, box: Box, slot: Box, scale: float, margin: float) -> None:
    x0, x1 = round((box.x0 - slot.x0 - margin) * scale), round((box.x1 - slot.x0 + margin) * scale)
    top, bottom = (
        round((box.top - slot.top - margin) * scale),
        round((box.bottom - slot.top + margin) * scale),
    )
    marks[max(0, top) : max(0, bottom), max(0, x0) : max(0, x1)] = 0


def _pieces(marks: Mask, scale: float) -> Mask:
    """The marks without specks and without thin long lines (dotted or ruled lines to sign on)."""
    joined = cv2.morphologyEx(marks, cv2.MORPH_CLOSE, np.ones((3, 3), np.uint8))
    count, labels, stats, _ = cv2.connectedComponentsWithStats(joined, connectivity=8)
    kept = np.zeros(count, np.uint8)
    for n in range(1, count):
        width, height = stats[n, cv2.CC_STAT_WIDTH] / scale, stats[n, cv2.CC_STAT_HEIGHT] / scale
        ruled = height < RULED and width > 8 * height
        kept[n] = not ruled and max(width, height) > SPECK
    clean: Mask = kept[labels] * marks
    return clean


def _share(pieces: Mask) -> float:
    return round(float(pieces.mean()), 4)


def _extent(pieces: Mask) -> float:
    """Width of the widest joined mark as a share of the slot's width; letters far apart do not add up."""
    thick = cv2.dilate(pieces, np.ones((5, 5), np.uint8))
    count, _, stats, _ = cv2.connectedComponentsWithStats(thick, connectivity=8)
    widest = max((int(stats[n, cv2.CC_STAT_WIDTH]) for n in range(1, count)), default=0)
    return round(float(widest / pieces.shape[1]), 3)


def _ring(pieces: Mask, scale: float) -> tuple[int, int, int] | None:
    """Centre and radius of the rim of a round stamp, in pixels of the crop; None for none."""
    least, most = round(24 * scale), round(75 * scale)
    found = cv2.HoughCircles(
        pieces * 255,
        cv2.HOUGH_GRADIENT,
        dp=2,
        minDist=least,
        param1=120,
        param2=60,
        minRadius=least,
        maxRadius=most,
    )
    if found is None:
        return None
    best = max(((_rim(pieces, *c), c) for c in np.round(found[0]).astype(int)[:6]), key=lambda r: r[0])
    x, y, radius = (int(v) for v in best[1])
    return (x, y, radius) if best[0] > RIM else None


def _rim(pieces: Mask, x: int, y: int, radius: int) -> float:
    """Share of a circle's visible rim that is inked."""
    angles = np.linspace(0, 2 * np.pi, 180, endpoint=False)
    xs, ys = (x + radius * np.cos(angles)).astype(int), (y + radius * np.sin(angles)).astype(int)
    seen = (xs >= 2) & (ys >= 2) & (xs < pieces.shape[1] - 2) & (ys < pieces.shape[0] - 2)
    if seen.mean() < SEEN:
        return 0.0
    near = cv2.dilate(pieces, np.ones((5, 5), np.uint8))
    return float(near[ys[seen], xs[seen]].mean())


def _beside(pieces: Mask, crop: NDArray[np.uint8], ring: tuple[int, int, int] | None) -> float:
    """Extent of what is left when the stamp is taken away: ink outside its rim, or clearly darker than it."""
    if ring is None:
        return _extent(pieces)
    x, y, radius = ring
    inside = np.zeros_like(pieces)
    cv2.circle(inside, (x, y), radius + 4, 1, -1)
    dark = (
        crop.max(axis=2) < np.median(crop.max(axis=2)[(pieces & inside) > 0]) - 45
        if (pieces & inside).any()
        else np.zeros_like(pieces, bool)
    )
    return _extent((pieces & ((inside == 0) | dark)).astype(np.uint8))


def _coded(crop: NDArray[np.uint8]) -> bool:
    """Whether a QR code is in the crop: its three corner squares are found, read or not."""
    found, _ = cv2.QRCodeDetector().detect(cv2.cvtColor(crop, cv2.COLOR_RGB2GRAY))
    return bool(found)
