"""A slot as the model sees it: ink apart from paper and print, at one scale."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.reading.raster import POINTS, Raster
from pipeline.schema import Box, Ruling

WIDTH, HEIGHT = 256, 112  # pixels that the model sees
LAYERS = 5  # darkness, two colours, print, slot
FINEST = 1.5  # pixels to the point at most: a small slot is not enlarged
AROUND = (20.0, 14.0)  # points beside, and over and under the slot: where its ink comes from or goes to
PAPER = 26.0  # points: no ink is as broad, so that what is left is paper
MARGIN = 1.2  # points around print that are print too
UNDERLINE = 0.22  # of the height of a word: so far under it may its underline lie
RULED = 1.4  # points on both sides of a ruling line
PALEST = 0.3  # how dark print is shown at least, so that it is known where print is
FAINT = 0.3  # of the darkness of ink: paler marks are not made darker than that allows
MOST = 0.995  # share of the pixels that are not the darkest
LIGHTEST = 255
COARSE = 6  # pixels that are one where the paper is looked for
COLOURED = 3  # axes of a picture in colour

View = NDArray[np.float32]  # LAYERS x HEIGHT x WIDTH


@dataclass(frozen=True, slots=True)
class Frame:
    """Where a view looks: the part of the page, and pixels of the view to the point."""

    box: Box
    scale: float


def frame(slot: Box) -> Frame:
    """The part of the page around `slot` (points) that is looked at."""
    beside, over = AROUND
    box = Box(slot.x0 - beside, slot.top - over, slot.x1 + beside, slot.bottom + over)
    return Frame(box, min(WIDTH / max(box.width, 1.0), HEIGHT / max(box.height, 1.0), FINEST))


@dataclass(frozen=True, slots=True, eq=False)
class Inked:
    """All around a slot: `ink` is darkness and two colours of each pixel, -1 to 1, none where print is.

    `print_` is how dark the print is, 0 where there is none.
    """

    ink: NDArray[np.float32]
    print_: NDArray[np.float32]
    slot: Box
    frame: Frame


def inked(picture: Raster, slot: Box, printed: Sequence[Box], rulings: Iterable[Ruling]) -> Inked:
    """The ink in and around `slot` (points), without `printed` words, what underlines them, and `rulings`.

    The colours are blue over red and green over both, all measured against the paper around them.
    """
    where, sharp = frame(slot), picture.dpi / POINTS
    pixels = cut(picture, where.box)
    covered = np.zeros(pixels.shape[:2], np.float32)
    for box in (*map(_word, printed), *map(_line, rulings)):
        _fill(covered, box, where.box, sharp)
    ink = inks(pixels, sharp, covered)
    print_ = covered * (PALEST + (1 - PALEST) * ink[..., 0])
    ink *= (1 - covered)[..., None]
    return Inked(ink, print_, slot, where)


def _word(box: Box) -> Box:
    under = MARGIN + UNDERLINE * box.height
    return Box(box.x0 - MARGIN, box.top - MARGIN, box.x1 + MARGIN, box.bottom + under)


def _line(line: Ruling) -> Box:
    return Box(line.x0 - RULED, line.top - RULED, line.x1 + RULED, line.bottom + RULED)


def view(of: Inked) -> View:
    """What the model sees: darkness, two colours, print, and the slot, whose height says how many pixels make
    a point."""
    where = of.frame
    size = (max(1, round(where.box.width * where.scale)), max(1, round(where.box.height * where.scale)))
    return _placed(_small(of.ink, size), _small(of.print_, size), of.slot, where)


def inside(of: Inked) -> NDArray[np.float32]:
    """The darkness in the slot alone, all of its pixels."""
    scale = of.ink.shape[1] / max(of.frame.box.width, 1e-6)
    within = np.zeros(of.print_.shape, np.float32)
    _fill(within, of.slot, of.frame.box, scale)
    dark: NDArray[np.float32] = of.ink[..., 0] * within
    return dark


def _placed(ink: NDArray[Any], print_: NDArray[Any], slot: Box, where: Frame) -> View:
    seen = np.zeros((LAYERS, HEIGHT, WIDTH), np.float32)
    height, width = print_.shape[:2]
    top, left = (HEIGHT - height) // 2, (WIDTH - width) // 2
    seen[:3, top : top + height, left : left + width] = ink.transpose(2, 0, 1)
    seen[3, top : top + height, left : left + width] = print_
    inner = np.zeros((height, width), np.float32)
    _fill(inner, slot, where.box, where.scale)
    seen[4, top : top + height, left : left + width] = inner * where.scale / FINEST
    return seen


def cut(picture: Raster, box: Box) -> NDArray[np.uint8]:
    """The pixels inside `box`, in colour; white where it reaches over the edge of the page."""
    scale, (left, upper) = picture.dpi / POINTS, picture.at
    x0, top = round(box.x0 * scale) - left, round(box.top * scale) - upper
    x1, bottom = max(x0 + 1, round(box.x1 * scale) - left), max(top + 1, round(box.bottom * scale) - upper)
    height, width = picture.pixels.shape[:2]
    part = picture.pixels[min(max(0, top), height) : max(0, bottom), min(max(0, x0), width) : max(0, x1)]
    coloured = part[:, :, :3] if part.ndim == COLOURED else np.repeat(part[:, :, None], 3, axis=2)
    if coloured.size == 0:
        return np.full((bottom - top, x1 - x0, 3), 255, np.uint8)
    over = (max(0, -top), max(0, bottom - max(top, 0) - coloured.shape[0]))
    beside = (max(0, -x0), max(0, x1 - max(x0, 0) - coloured.shape[1]))
    if any((*over, *beside)):
        coloured = cv2.copyMakeBorder(np.ascontiguousarray(coloured), *over, *beside, cv2.BORDER_REPLICATE)
    return np.ascontiguousarray(coloured)


def inks(
    pixels: NDArray[np.uint8], sharp: float, covered: NDArray[np.float32] | None = None
) -> NDArray[np.float32]:
    """Darkness and two colours of each pixel (RGB), measured against the paper around it.

    `sharp` is pixels to the point. The darkest ink is full darkness: of what is not `covered`, so that pale
    ink is not paler for the print beside it.
    """
    light = cv2.divide(pixels, _paper(pixels, sharp), scale=LIGHTEST)
    red, green, blue = cv2.split(light)
    dark = cv2.bitwise_not(cv2.min(cv2.min(red, green), blue))
    darker = cv2.convertScaleAbs(
        dark, alpha=1 / max(FAINT, _strongest(dark if covered is None else dark[covered == 0]))
    )
    mixed = cv2.addWeighted(red, 0.5, blue, 0.5, 0, dtype=cv2.CV_32F)
    layers = (
        darker.astype(np.float32),
        cv2.subtract(blue, red, dtype=cv2.CV_32F),
        cv2.subtract(green, mixed, dtype=cv2.CV_32F),
    )
    return np.asarray(cv2.merge(layers) * np.float32(1 / LIGHTEST), np.float32)


def _strongest(dark: NDArray[Any]) -> float:
    """The darkness, 0 to 1, that all but the darkest few pixels keep below."""
    counts = np.cumsum(np.bincount(dark.ravel(), minlength=LIGHTEST + 1))
    return float(np.searchsorted(counts, MOST * counts[-1])) / LIGHTEST


def _paper(pixels: NDArray[np.uint8], sharp: float) -> NDArray[Any]:
    """The paper under the ink, from a picture small enough that this costs next to nothing."""
    height, width = pixels.shape[:2]
    size = (max(1, width // COARSE), max(1, height // COARSE))
    small = cv2.resize(cv2.medianBlur(pixels, 3), size, interpolation=cv2.INTER_AREA)
    reach = max(3, round(PAPER * sharp / COARSE)) | 1
    closed = cv2.blur(cv2.morphologyEx(small, cv2.MORPH_CLOSE, np.ones((reach, reach), np.uint8)), (5, 5))
    return np.asarray(cv2.resize(np.maximum(closed, 1), (width, height)))


def _small(layer: NDArray[np.float32], size: tuple[int, int]) -> NDArray[np.float32]:
    return np.asarray(cv2.resize(layer, size, interpolation=cv2.INTER_AREA), np.float32)


def _fill(layer: NDArray[np.float32], box: Box, whole: Box, scale: float) -> None:
    """Ones where `box` lies in the picture of `whole`."""
    x0, x1 = round((box.x0 - whole.x0) * scale), round((box.x1 - whole.x0) * scale)
    top, bottom = round((box.top - whole.top) * scale), round((box.bottom - whole.top) * scale)
    layer[max(0, top) : max(0, bottom), max(0, x0) : max(0, x1)] = 1.0
