"""The pixels of a page: cut, scaled, lifted off the ink, laid level, and searched for ruling lines."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.reading import paper
from pipeline.schema import Box

Pixels = paper.Pixels
Matrix = tuple[
    float, ...
]  # 3 x 3, row by row; maps points of an upright page to points of the page as displayed

POINTS = 72.0  # points an inch
SAME: Matrix = (1.0, 0.0, 0.0, 0.0, 1.0, 0.0, 0.0, 0.0, 1.0)
GLANCE = 800  # pixels of the long side: enough to see lines of text and the edge of the paper
LEAN = 8.0  # degrees: pages lie no more aslant than this
LEVEL = 0.08  # degrees: not worth turning
CREASE = 0.9  # of the width of a picture: a level line so long is a fold, those of a page leave its margins
STREAK = 0.6  # of the height of a picture: what is dark in a column for more is no part of the page
CREASES = 4  # rows or columns that a fold or a torn line may spoil
SIZES = (390.0, 1300.0)  # points: the long side of a page, from A6 to A3
USUAL = 880.0  # points: the long side of a page whose own is anything else, between A4 and F4
EDGE = 0.05  # of the page on each side, where shadows and staples lie
SPECKS = 72.0  # dpi at which dark spots are counted
SPECK = 8  # pixels of that: smaller spots are dirt
FEW = 4  # spots that a blank page may have


@dataclass(frozen=True, slots=True, eq=False)
class Raster:
    """A picture of a page: `pixels` is H x W (grey) or H x W x 3 (RGB), 0 black; `dpi` is pixels an inch.

    Of a part of a page, `at` is the column and the row of the page at which its first pixel lies.
    """

    pixels: Pixels
    dpi: float
    at: tuple[int, int] = (0, 0)

    @property
    def width(self) -> float:
        """Points from left to right."""
        return float(self.pixels.shape[1] * POINTS / self.dpi)

    @property
    def height(self) -> float:
        """Points from top to bottom."""
        return float(self.pixels.shape[0] * POINTS / self.dpi)

    def cut(self, box: Box) -> Raster:
        """The part inside `box` (points), as far as it lies on the picture."""
        scale, (left, upper) = self.dpi / POINTS, self.at
        rows = slice(max(0, round(box.top * scale) - upper), max(0, round(box.bottom * scale) - upper))
        columns = slice(max(0, round(box.x0 * scale) - left), max(0, round(box.x1 * scale) - left))
        at = (columns.start + left, rows.start + upper)
        return Raster(self.pixels[rows, columns], self.dpi, at)


def scaled(raster: Raster, dpi: float) -> Raster:
    """The picture at `dpi`, never enlarged."""
    ratio = dpi / raster.dpi
    return Raster(_resized(raster.pixels, ratio), dpi) if ratio < 1 else raster


def lifted(raster: Raster) -> Raster:
    """Grey with coloured ink made light: the brightest channel of each pixel."""
    return Raster(_grey(raster.pixels), raster.dpi)


def sunk(raster: Raster) -> Raster:
    """Grey with all that is coloured made dark: the darkest channel of each pixel."""
    return Raster(_grey(raster.pixels, cv2.min), raster.dpi)


def _grey(pixels: Pixels, of: Callable[[Pixels, Pixels], Pixels] = cv2.max) -> Pixels:
    return pixels if pixels.ndim == 2 else of(of(pixels[..., 0], pixels[..., 1]), pixels[..., 2])


def _resized(pixels: Pixels, ratio: float) -> Pixels:
    if ratio >= 1:
        return pixels
    size = (max(1, round(pixels.shape[1] * ratio)), max(1, round(pixels.shape[0] * ratio)))
    return cv2.resize(pixels, size, interpolation=cv2.INTER_AREA)


def moved(box: Box, by: Matrix) -> Box:
    """The smallest box around the four corners of `box` after the map `by`."""
    if by == SAME:
        return box
    corners = [(box.x0, box.top), (box.x1, box.top), (box.x1, box.bottom), (box.x0, box.bottom)]
    found = [_moved(x, y, by) for x, y in corners]
    xs, ys = [p[0] for p in found], [p[1] for p in found]
    return Box(min(xs), min(ys), max(xs), max(ys))


def _moved(x: float, y: float, by: Matrix) -> tuple[float, float]:
    a, b, c, d, e, f, g, h, i = by
    depth = g * x + h * y + i
    return (a * x + b * y + c) / depth, (d * x + e * y + f) / depth


def turning(degrees: int, width: float, height: float) -> Matrix:
    """From a page turned clockwise by `degrees` back to the same page of `width` x `height` before."""
    maps: dict[int, Matrix] = {
        0: SAME,
        90: (0, 1, 0, -1, 0, height, 0, 0, 1),
        180: (-1, 0, width, 0, -1, height, 0, 0, 1),
        270: (0, -1, width, 1, 0, 0, 0, 0, 1),
    }
    return maps[degrees]


def joined(*maps: Matrix) -> Matrix:
    """The maps as one; the last of them comes first."""
    whole = np.eye(3)
    for by in maps:
        whole = whole @ np.reshape(by, (3, 3))
    return tuple((whole / whole[2, 2]).ravel().tolist())


def inverse(by: Matrix) -> Matrix:
    """The way back."""
    return tuple(np.linalg.inv(np.reshape(by, (3, 3))).ravel().tolist())


# ---------------------------------------------------------------- how the page lies


@dataclass(frozen=True, slots=True)
class Lie:
    """How a page lies in its picture: `back` maps points of the level page to points of the picture.

    The level page is `width` x `height` points; `scale` of them make a point of the picture.
    """

    back: Matrix
    width: float
    height: float
    scale: float = 1.0
    turned: int = 0  # degrees clockwise from the picture to the level page


def warped(picture: Raster, lie: Lie) -> Raster:
    """The level page out of the picture, at the picture's own resolution; what lay outside is bare."""
    if lie.back == SAME:
        return picture
    dpi = picture.dpi / lie.scale
    matrix = np.linalg.inv(_points(picture.dpi)) @ np.reshape(lie.back, (3, 3)) @ _points(dpi)
    size = (max(1, round(lie.width * dpi / POINTS)), max(1, round(lie.height * dpi / POINTS)))
    flags = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
    outside = np.atleast_1d(np.median(picture.pixels[::16, ::16], axis=(0, 1))).tolist()
    return Raster(cv2.warpPerspective(picture.pixels, matrix, size, flags=flags, borderValue=outside), dpi)


def _points(dpi: float) -> NDArray[Any]:
    """From pixels, whose middles have whole numbers, to points."""
    by = POINTS / dpi
    return np.array([[by, 0, by / 2], [0, by, by / 2], [0, 0, 1]])


def laid(picture: Raster) -> Lie:
    """The page level, its lines of text running across; it may still be upside down."""
    dpi = GLANCE * POINTS / max(picture.width, picture.height)
    glance, low = (scaled(kind(picture), dpi) for kind in (lifted, sunk))
    lie = _paper(low) or Lie(SAME, picture.width, picture.height)
    sheet = warped(glance, lie)
    angle = _skew(_dark(sheet.pixels))
    if abs(angle) > LEVEL:
        lean = Lie(_spin(angle, lie.width, lie.height), lie.width, lie.height)
        lie, sheet = replace(lie, back=joined(lie.back, lean.back)), warped(sheet, lean)
    lie = over(lie, 90) if _sideways(_dark(sheet.pixels)) else lie
    return _usual(lie)


def _usual(lie: Lie) -> Lie:
    """The same page with a usual number of points: a photograph says nothing of the size of its paper."""
    longest = max(lie.width, lie.height)
    if SIZES[0] <= longest <= SIZES[1]:
        return lie
    scale = USUAL / longest
    smaller = (1 / scale, 0, 0, 0, 1 / scale, 0, 0, 0, 1)
    return Lie(joined(lie.back, smaller), lie.width * scale, lie.height * scale, scale, lie.turned)


def over(lie: Lie, degrees: int) -> Lie:
    """The same page turned clockwise by a multiple of 90 degrees more."""
    width, height = (lie.height, lie.width) if degrees % 180 else (lie.width, lie.height)
    back = joined(lie.back, turning(degrees, lie.width, lie.height))
    return Lie(back, width, height, lie.scale, (lie.turned + degrees) % 360)


def _spin(angle: float, width: float, height: float) -> Matrix:
    """Turning by `angle` degrees about the middle of the page."""
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), angle, 1.0)
    return (*matrix.ravel().tolist(), 0.0, 0.0, 1.0)


def _dark(grey: Pixels) -> Pixels:
    """255 where a pixel is darker than its surroundings."""
    flat = cv2.adaptiveThreshold(grey, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, 25, 15)
    return np.asarray(flat, np.uint8)


def _skew(dark: Pixels) -> float:
    """Degrees by which lines of text and rulings lie aslant: where their projections are sharpest.

    What a scanner draws down the whole picture is upright however the page lies, and a fold may be level.
    """
    dark, across = dark.copy(), dark.mean(axis=1)
    dark[:, dark.mean(axis=0) > STREAK * 255] = 0
    dark[across > CREASE * 255] = 0
    angle = max(np.arange(-LEAN, LEAN + 0.1, 0.5), key=lambda a: _sharpness(dark, a))
    return float(max(np.arange(angle - 0.5, angle + 0.55, 0.05), key=lambda a: _sharpness(dark, a)))


def _sharpness(dark: Pixels, angle: float) -> float:
    height, width = dark.shape
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), angle, 1.0)
    level = cv2.warpAffine(dark, matrix, (width, height), flags=cv2.INTER_NEAREST | cv2.WARP_INVERSE_MAP)
    return _steps(level, 1) + _steps(level, 0)


def _steps(dark: Pixels, axis: int, *, but: int = 0) -> float:
    """How strongly sums along rows (axis 1) or columns change from one to the next, `but` so many changes."""
    sums = cv2.reduce(dark, axis, cv2.REDUCE_SUM, dtype=cv2.CV_32S).ravel().astype(np.float64)
    changes = np.sort(np.square(np.diff(sums)))
    return float(changes[: len(changes) - but].sum())


def _sideways(dark: Pixels) -> bool:
    """Whether the lines of text run up and down; ruling lines do not count."""
    text: Pixels = dark
    for shape in ((60, 1), (1, 60)):
        lines = cv2.dilate(cv2.morphologyEx(dark, cv2.MORPH_OPEN, np.ones(shape)), np.ones((3, 3)))
        text = cv2.subtract(text, lines)
    across, down = _steps(text, 1, but=CREASES), _steps(text, 0, but=CREASES)
    return bool(down * text.shape[0] > across * text.shape[1])


def _paper(low: Raster) -> Lie | None:
    """A sheet of paper in a picture in which it lies on something darker."""
    quad = paper.corners(low.pixels)
    if quad is None:
        return None
    quad = quad * (POINTS / low.dpi)
    sides = np.linalg.norm(quad - np.roll(quad, -1, axis=0), axis=1)
    width, height = float(sides[0] + sides[2]) / 2, float(sides[1] + sides[3]) / 2
    level = np.array([[0, 0], [width, 0], [width, height], [0, height]], np.float32)
    matrix = cv2.getPerspectiveTransform(level, quad.astype(np.float32))
    return Lie(tuple(matrix.ravel().tolist()), width, height)


# ---------------------------------------------------------------- what is dark on it


def bare(page: Raster) -> bool:
    """Whether nothing stands on the page but specks; its edges do not count."""
    height, width = page.pixels.shape[:2]
    rows, columns = round(EDGE * height), round(EDGE * width)
    inner = Raster(page.pixels[rows : height - rows, columns : width - columns], page.dpi)
    dark = _dark(scaled(inner, SPECKS).pixels)
    _, _, found, _ = cv2.connectedComponentsWithStats(dark, connectivity=8)
    return int((found[1:, cv2.CC_STAT_AREA] >= SPECK).sum()) < FEW


def busiest(page: Raster, width: float, height: float) -> Raster:
    """The part of the page, a share of its width and height, with most dark in it."""
    dark = (_dark(page.pixels) // 255).astype(np.float32)
    size = (max(1, int(dark.shape[1] * width)), max(1, int(dark.shape[0] * height)))
    sums = cv2.boxFilter(dark, -1, size, anchor=(0, 0), normalize=False, borderType=cv2.BORDER_CONSTANT)
    inside = sums[: dark.shape[0] - size[1] + 1, : dark.shape[1] - size[0] + 1]
    y, x = np.unravel_index(int(inside.argmax()), inside.shape)
    return Raster(page.pixels[y : y + size[1], x : x + size[0]], page.dpi)
