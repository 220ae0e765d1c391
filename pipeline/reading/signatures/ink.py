"""Marks in a slot that are not print: how much ink, how far it reaches, whether it is round like a stamp."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.reading.raster import POINTS, Raster
from pipeline.schema import Box, Ruling

CODED = 0.02  # share of a slot that a code inks at least
AROUND = 45.0  # points around a slot in which a stamp's rim is looked for
MARGIN = 1.5  # points around print that are print too
UNDERLINE = 0.22  # of the height of a word: so far under it may its underline lie
COLOURED = 3  # axes of a picture in colour
SPECK = 3.0  # points: smaller marks are dirt
PALE = 38  # grey levels under the paper from which a mark counts as ink

RULED = 2.5  # points: a flatter long mark is a line to sign on
RIM = 0.55  # share of a circle that must be inked to be a stamp's rim
OUTER = 0.42  # share of a wider circle around the same centre that makes it the outer rim
DARKER = 45  # grey levels: ink so much darker than a stamp is not its
SQUARE = 0.75  # how much shorter than another a side or diagonal of a code may look
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
    wide = _within(slot, picture, scale)  # a stamp reaches over the slot: its rim is looked for around it too
    crop = _crop(picture, wide, scale)
    if crop.size == 0:
        return Ink(0.0, 0.0, 0.0, 0.0, 0.0)
    plain = np.ones(crop.shape[:2], np.uint8)  # where no print stands
    for box in (*printed, *(Box(r.x0, r.top, r.x1, r.bottom) for r in rulings)):
        _blank(plain, box, wide, scale)
    pieces = _pieces(_marks(crop, scale) & plain, scale)
    ring = _ring(pieces, plain, scale)
    own = _part(slot, wide, scale)
    beside = _extent(_beside(pieces, crop, ring)[own])
    share = _share(pieces[own])
    code = float(share > CODED and _coded(np.ascontiguousarray(crop[own])))
    return Ink(share, _extent(pieces[own]), float(ring is not None), beside, code)


def _within(slot: Box, picture: Raster, scale: float) -> Box:
    """The slot and `AROUND` points on every side, inside the picture."""
    height, width = picture.pixels.shape[:2]
    return Box(
        max(0.0, slot.x0 - AROUND),
        max(0.0, slot.top - AROUND),
        min(width / scale, slot.x1 + AROUND),
        min(height / scale, slot.bottom + AROUND),
    )


def _part(slot: Box, wide: Box, scale: float) -> tuple[slice, slice]:
    """Where the slot lies in the crop of `wide`, pixels."""
    top, left = round((slot.top - wide.top) * scale), round((slot.x0 - wide.x0) * scale)
    bottom, right = round((slot.bottom - wide.top) * scale), round((slot.x1 - wide.x0) * scale)
    return slice(max(0, top), max(1, bottom)), slice(max(0, left), max(1, right))


def _crop(picture: Raster, slot: Box, scale: float) -> NDArray[np.uint8]:
    height, width = picture.pixels.shape[:2]
    x0, x1 = max(0, round(slot.x0 * scale)), min(width, round(slot.x1 * scale))
    top, bottom = max(0, round(slot.top * scale)), min(height, round(slot.bottom * scale))
    part = picture.pixels[top:bottom, x0:x1]
    coloured = part[:, :, :3] if part.ndim == COLOURED else np.repeat(part[:, :, None], 3, axis=2)
    return np.ascontiguousarray(coloured)


def _marks(crop: NDArray[np.uint8], scale: float) -> Mask:
    """1 where a pixel is clearly darker than the paper around it, in any colour."""
    darkest = _of_channels(crop, cv2.min)
    size = max(3, round(28 * scale)) | 1
    paper = cv2.morphologyEx(cv2.medianBlur(darkest, 3), cv2.MORPH_CLOSE, np.ones((size, size), np.uint8))
    inked: Mask = ((paper.astype(np.int16) - darkest) > PALE).astype(np.uint8)
    return inked


def _of_channels(crop: NDArray[np.uint8], pick: Callable[[Any, Any], Any]) -> NDArray[np.uint8]:
    """The lowest or highest of the three channels of each pixel."""
    red, green, blue = cv2.split(crop)
    picked: NDArray[np.uint8] = pick(pick(red, green), blue)
    return picked


def _blank(plain: Mask, box: Box, slot: Box, scale: float) -> None:
    """Print is no ink, nor is the line that underlines it."""
    x0, x1 = round((box.x0 - slot.x0 - MARGIN) * scale), round((box.x1 - slot.x0 + MARGIN) * scale)
    top = round((box.top - slot.top - MARGIN) * scale)
    bottom = round((box.bottom - slot.top + MARGIN + UNDERLINE * box.height) * scale)
    plain[max(0, top) : max(0, bottom), max(0, x0) : max(0, x1)] = 0


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


def _ring(pieces: Mask, plain: Mask, scale: float) -> tuple[int, int, int] | None:
    """Centre and radius of the outer rim of a round stamp, in pixels of the crop; None for none."""
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
    best = max(((_rim(pieces, plain, *c), c) for c in np.round(found[0]).astype(int)[:6]), key=lambda r: r[0])
    if best[0] <= RIM:
        return None
    x, y, radius = (int(v) for v in best[1])
    outer = [r for r in range(radius, most + 1) if _rim(pieces, plain, x, y, r) > OUTER]
    return x, y, max([radius, *outer])


def _rim(pieces: Mask, plain: Mask, x: int, y: int, radius: int) -> float:
    """Share of a circle's visible rim that is inked; what print covers is not visible."""
    angles = np.linspace(0, 2 * np.pi, 180, endpoint=False)
    xs, ys = (x + radius * np.cos(angles)).astype(int), (y + radius * np.sin(angles)).astype(int)
    seen = (xs >= 2) & (ys >= 2) & (xs < pieces.shape[1] - 2) & (ys < pieces.shape[0] - 2)
    seen[seen] = plain[ys[seen], xs[seen]] > 0
    if seen.mean() < SEEN:
        return 0.0
    near = cv2.dilate(pieces, np.ones((5, 5), np.uint8))
    return float(near[ys[seen], xs[seen]].mean())


def _beside(pieces: Mask, crop: NDArray[np.uint8], ring: tuple[int, int, int] | None) -> Mask:
    """What is left when the stamp is taken away: ink outside its rim, or clearly darker than it."""
    if ring is None:
        return pieces
    x, y, radius = ring
    inside = np.zeros_like(pieces)
    cv2.circle(inside, (x, y), radius + 6, 1, -1)
    lightest = _of_channels(crop, cv2.max)
    stamped = lightest[(pieces & inside) > 0]
    dark = lightest < (np.median(stamped) if stamped.size else 0) - DARKER
    left: Mask = (pieces & ((inside == 0) | dark)).astype(np.uint8)
    return left


def _coded(crop: NDArray[np.uint8]) -> bool:
    """Whether a QR code is in the crop: its three corner squares are found, read or not."""
    found, corners = cv2.QRCodeDetector().detect(cv2.cvtColor(crop, cv2.COLOR_RGB2GRAY))
    return bool(found) and square(np.asarray(corners, np.float64).reshape(-1, 2))


def square(corners: NDArray[np.float64]) -> bool:
    """Whether four corners are about a square, as a code is; loops of handwriting are found as any shape."""
    around = np.linalg.norm(corners - np.roll(corners, -1, axis=0), axis=1)
    across = np.linalg.norm(corners[:2] - corners[2:], axis=1)
    return all(float(sides.min()) > SQUARE * float(sides.max()) for sides in (around, across))
