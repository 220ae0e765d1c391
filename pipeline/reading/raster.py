"""The pixels of a page: cut, scaled, lifted off the ink, laid level, and searched for ruling lines."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.schema import Box

Pixels = NDArray[np.uint8]
Matrix = tuple[
    float, ...
]  # 3 x 3, row by row; maps points of an upright page to points of the page as displayed

POINTS = 72.0  # points an inch
SAME: Matrix = (1.0, 0.0, 0.0, 0.0, 1.0, 0.0, 0.0, 0.0, 1.0)
GLANCE = 800  # pixels of the long side: enough to see lines of text and the edge of the paper
LEAN = 8.0  # degrees: pages lie no more aslant than this
LEVEL = 0.08  # degrees: not worth turning
CREASES = 4  # rows or columns that a fold or a torn line may spoil
MARGIN = 0.006  # of the long side: a table seen on three sides of a sheet makes the picture a photograph
EDGE = 0.05  # of the page on each side, where shadows and staples lie
SPECKS = 72.0  # dpi at which dark spots are counted
SPECK = 8  # pixels of that: smaller spots are dirt
FEW = 4  # spots that a blank page may have
PAPER = (0.3, 0.96)  # share of the picture that a sheet photographed on a table covers


@dataclass(frozen=True, slots=True, eq=False)
class Raster:
    """A picture of a page: `pixels` is H x W (grey) or H x W x 3 (RGB), 0 black; `dpi` is pixels an inch."""

    pixels: Pixels
    dpi: float

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
        scale = self.dpi / POINTS
        rows = slice(max(0, round(box.top * scale)), max(0, round(box.bottom * scale)))
        columns = slice(max(0, round(box.x0 * scale)), max(0, round(box.x1 * scale)))
        return Raster(self.pixels[rows, columns], self.dpi)


def scaled(raster: Raster, dpi: float) -> Raster:
    """The picture at `dpi`, never enlarged."""
    ratio = dpi / raster.dpi
    return Raster(_resized(raster.pixels, ratio), dpi) if ratio < 1 else raster


def lifted(raster: Raster) -> Raster:
    """Grey with coloured ink made light: the brightest channel of each pixel."""
    return Raster(_grey(raster.pixels), raster.dpi)


def _grey(pixels: Pixels) -> Pixels:
    return pixels if pixels.ndim == 2 else cv2.max(cv2.max(pixels[..., 0], pixels[..., 1]), pixels[..., 2])


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


def warped(raster: Raster, by: Matrix, width: float, height: float) -> Raster:
    """The page of `width` x `height` points whose points `by` maps to those of `raster`; what lay outside is bare."""
    if by == SAME:
        return raster
    scale = raster.dpi / POINTS
    pixel = np.array([[1 / scale, 0, 0.5 / scale], [0, 1 / scale, 0.5 / scale], [0, 0, 1]])
    matrix = np.linalg.inv(pixel) @ np.reshape(by, (3, 3)) @ pixel
    size = (max(1, round(width * scale)), max(1, round(height * scale)))
    flags = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
    white = (255, 255, 255, 255)
    return Raster(
        cv2.warpPerspective(raster.pixels, matrix, size, flags=flags, borderValue=white), raster.dpi
    )


# ---------------------------------------------------------------- how the page lies


@dataclass(frozen=True, slots=True)
class Lie:
    """How a page lies in its picture: `back` maps points of the level page to points of the picture."""

    back: Matrix
    width: float
    height: float
    turned: int  # degrees clockwise from the picture to the level page


def laid(raster: Raster) -> Lie:
    """The page level, its lines of text running across, as far as pixels tell: it may still be upside down."""
    glance = scaled(lifted(raster), GLANCE * POINTS / max(raster.width, raster.height))
    back, width, height = _paper(glance) or (SAME, raster.width, raster.height)
    sheet = warped(glance, back, width, height)
    angle = _skew(_dark(sheet.pixels))
    if abs(angle) > LEVEL:
        lean = _spin(angle, width, height)
        back, sheet = joined(back, lean), warped(sheet, lean, width, height)
    lie = Lie(back, width, height, 0)
    return over(lie, 90) if _sideways(_dark(sheet.pixels)) else lie


def over(lie: Lie, degrees: int) -> Lie:
    """The same page turned clockwise by a multiple of 90 degrees more."""
    width, height = (lie.height, lie.width) if degrees % 180 else (lie.width, lie.height)
    back = joined(lie.back, turning(degrees, lie.width, lie.height))
    return Lie(back, width, height, (lie.turned + degrees) % 360)


def _spin(angle: float, width: float, height: float) -> Matrix:
    """Turning by `angle` degrees about the middle of the page."""
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), angle, 1.0)
    return (*matrix.ravel().tolist(), 0.0, 0.0, 1.0)


def _dark(grey: Pixels) -> Pixels:
    """255 where a pixel is darker than its surroundings."""
    flat = cv2.adaptiveThreshold(grey, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, 25, 15)
    return np.asarray(flat, np.uint8)


def _skew(dark: Pixels) -> float:
    """Degrees by which lines of text and rulings lie aslant: where their projections are sharpest."""
    angle = max(np.arange(-LEAN, LEAN + 0.1, 0.5), key=lambda a: _sharpness(dark, a))
    return float(max(np.arange(angle - 0.5, angle + 0.55, 0.05), key=lambda a: _sharpness(dark, a)))


def _sharpness(dark: Pixels, angle: float) -> float:
    height, width = dark.shape
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), angle, 1.0)
    level = cv2.warpAffine(dark, matrix, (width, height), flags=cv2.INTER_NEAREST | cv2.WARP_INVERSE_MAP)
    return _steps(level, 1) + _steps(level, 0)


def _steps(dark: Pixels, axis: int, *, but: int = 0) -> float:
    """How strongly sums across the picture change from row (axis 1) or column (axis 0) to the next, `but` the most."""
    sums = cv2.reduce(dark, axis, cv2.REDUCE_SUM, dtype=cv2.CV_32S).ravel().astype(np.float64)
    changes = np.sort(np.square(np.diff(sums)))
    return float(changes[: len(changes) - but].sum())


def _sideways(dark: Pixels) -> bool:
    """Whether the lines of text run up and down; ruling lines do not count."""
    text = dark
    for shape in ((60, 1), (1, 60)):
        text = text & ~cv2.dilate(cv2.morphologyEx(dark, cv2.MORPH_OPEN, np.ones(shape)), np.ones((3, 3)))
    return _steps(text, 0, but=CREASES) / text.shape[1] > _steps(text, 1, but=CREASES) / text.shape[0]


def _paper(grey: Raster) -> tuple[Matrix, float, float] | None:
    """The map from a sheet of paper to the picture in which it lies on something darker; its width and height."""
    quad = _quad(grey.pixels)
    if quad is None:
        return None
    quad = quad * (POINTS / grey.dpi)
    sides = np.linalg.norm(quad - np.roll(quad, -1, axis=0), axis=1)
    width, height = float(sides[0] + sides[2]) / 2, float(sides[1] + sides[3]) / 2
    level = np.array([[0, 0], [width, 0], [width, height], [0, height]], np.float32)
    matrix = cv2.getPerspectiveTransform(level, quad.astype(np.float32))
    return tuple(matrix.ravel().tolist()), width, height


def _quad(grey: Pixels) -> Pixels | None:
    """The corners of the one bright four-sided thing in the picture, clockwise from the upper left."""
    _, bright = cv2.threshold(cv2.GaussianBlur(grey, (5, 5), 0), 0, 255, cv2.THRESH_BINARY + cv2.THRESH_OTSU)
    bright = cv2.morphologyEx(bright, cv2.MORPH_CLOSE, np.ones((15, 15)))
    contours, _ = cv2.findContours(bright, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)
    hull = cv2.convexHull(max(contours, key=cv2.contourArea)) if contours else None
    if hull is None or not PAPER[0] < cv2.contourArea(hull) / grey.size < PAPER[1]:
        return None
    quad = cv2.approxPolyDP(hull, 0.02 * cv2.arcLength(hull, closed=True), closed=True)[:, 0]
    if len(quad) != 4 or cv2.contourArea(quad) < 0.95 * cv2.contourArea(hull):
        return None
    height, width = grey.shape
    (x0, y0), (x1, y1) = quad.min(axis=0), quad.max(axis=0)
    if sum(gap > MARGIN * max(width, height) for gap in (x0, y0, width - x1, height - y1)) < 3:
        return None
    first = int(np.argmin(quad.sum(axis=1)))
    return np.roll(quad, -first, axis=0).astype(np.float32)


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
