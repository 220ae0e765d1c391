"""What scanners, copiers, faxes and telephones make of a drawn block."""

from __future__ import annotations

from functools import cache
from typing import Any

import cv2
import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

Picture = NDArray[Any]  # uint8, H x W x 3; OpenCV answers arrays of any kind
Paint = NDArray[Any]  # float32, H x W x 3, 0 to 255

WAYS = ("digital", "grey", "colour", "bitonal", "phone", "copy")
OFTEN = (0.08, 0.24, 0.21, 0.24, 0.16, 0.07)
GRAIN = 700  # pixels


def captured(rng: Generator, canvas: Paint, way: str | None = None) -> tuple[Picture, str]:
    """The picture of a block, and how it was taken."""
    way = way or str(rng.choice(WAYS, p=OFTEN))
    if way == "digital":
        return _whole(canvas), way
    turned = _aslant(rng, canvas)
    if way == "phone":
        return _phone(rng, turned), way
    if way == "bitonal":
        return _bitonal(rng, turned), way
    return _scanner(rng, turned, way), way


def _whole(canvas: Paint) -> Picture:
    return np.asarray(np.clip(canvas, 0, 255), np.uint8)


def _aslant(rng: Generator, canvas: Paint) -> Paint:
    height, width = canvas.shape[:2]
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), float(rng.normal(0, 0.5)), 1.0)
    return np.asarray(
        cv2.warpAffine(canvas, turn, (width, height), borderMode=cv2.BORDER_REPLICATE), np.float32
    )


def _scanner(rng: Generator, canvas: Paint, way: str) -> Picture:
    seen = _streaked(rng, _blurred(rng, canvas, 0.2, 0.9))
    tint = rng.uniform([225, 225, 205], [255, 254, 252]) / 255 if rng.random() < 0.6 else np.ones(3)
    seen = seen * tint.astype(np.float32) * _slope(rng, seen.shape[:2], 0.1)
    if way == "copy":
        pale = rng.uniform(0.35, 0.7)
        seen = 255 - (255 - seen) * pale
    if way != "colour":
        seen = _greyed(rng, seen)
    return _packed(rng, _whole(_grained(rng, seen, 5.0)))


def _phone(rng: Generator, canvas: Paint) -> Picture:
    seen = _blurred(rng, canvas, 0.5, 1.4)
    light = _slope(rng, seen.shape[:2], 0.45) * _shadow(rng, seen.shape[:2])
    tint = rng.uniform([200, 200, 180], [252, 250, 250]) / 255
    seen = seen * tint.astype(np.float32) * light
    seen = seen if rng.random() < 0.8 else _greyed(rng, seen)
    return _packed(rng, _whole(_grained(rng, seen, 8.0)))


def _bitonal(rng: Generator, canvas: Paint) -> Picture:
    """Black and white only, by a fixed or a local threshold, with pepper."""
    grey = _grained(rng, _greyed(rng, _blurred(rng, canvas, 0.3, 0.8)), float(rng.choice([4, 10, 20])))
    level = float(rng.uniform(110, 215))
    how = rng.random()
    if how < 0.12:
        black = grey[..., 0] < _screen(rng, grey.shape[:2])
    elif how < 0.4:
        near = cv2.blur(grey[..., 0], (31, 31))
        black = grey[..., 0] < np.minimum(near - rng.uniform(8, 18), 235)
    else:
        black = grey[..., 0] < level
    pepper = rng.random(black.shape, np.float32) < rng.choice([0, 0, 0.0005, 0.004])
    made = np.where(black | pepper, 0, 255).astype(np.uint8)
    return np.repeat(made[..., None], 3, axis=2)


def _screen(rng: Generator, shape: tuple[int, ...]) -> Paint:
    """A screen of dots, by which copiers make grey out of black and white."""
    steps = np.array([[0, 8, 2, 10], [12, 4, 14, 6], [3, 11, 1, 9], [15, 7, 13, 5]], np.float32)
    tile = steps if rng.random() < 0.5 else np.kron(steps[:2, :2], np.ones((2, 2), np.float32)) * 1.5
    times = (shape[0] // 4 + 1, shape[1] // 4 + 1)
    levels = np.minimum(tile * 13 + 6, rng.uniform(170, 215))
    return np.asarray(np.tile(levels, times)[: shape[0], : shape[1]], np.float32)


def _blurred(rng: Generator, seen: Paint, least: float, most: float) -> Paint:
    """Out of focus, or scanned with fewer dots and drawn larger again."""
    if rng.random() < 0.25:
        height, width = seen.shape[:2]
        share = rng.uniform(0.5, 0.9)
        small = cv2.resize(seen, (round(width * share), round(height * share)), interpolation=cv2.INTER_AREA)
        return np.asarray(cv2.resize(small, (width, height), interpolation=cv2.INTER_LINEAR), np.float32)
    return np.asarray(cv2.GaussianBlur(seen, (0, 0), rng.uniform(least, most)), np.float32)


def _greyed(rng: Generator, seen: Paint) -> Paint:
    weights = np.array([0.3, 0.59, 0.11]) if rng.random() < 0.7 else rng.dirichlet([2, 2, 2])
    grey = cv2.transform(seen, weights.astype(np.float32)[None])
    return np.asarray(np.repeat(grey[..., None], 3, axis=2), np.float32)


def _along(rng: Generator, shape: tuple[int, ...]) -> Paint:
    """How far each pixel lies in some direction, about -0.7 to 0.7."""
    angle = rng.uniform(0, 2 * np.pi)
    xs = np.linspace(-0.5, 0.5, shape[1], dtype=np.float32) * np.float32(np.cos(angle))
    ys = np.linspace(-0.5, 0.5, shape[0], dtype=np.float32) * np.float32(np.sin(angle))
    return np.asarray((ys[:, None] + xs[None])[..., None], np.float32)


def _slope(rng: Generator, shape: tuple[int, ...], most: float) -> Paint:
    """Light that fades towards one side."""
    return 1 - np.float32(rng.uniform(0, most)) * (0.5 + 0.7 * _along(rng, shape))


def _shadow(rng: Generator, shape: tuple[int, ...]) -> Paint:
    """The shadow of a hand or a telephone: one side of a soft edge is darker."""
    if rng.random() < 0.4:
        return np.ones((*shape, 1), np.float32)
    along = _along(rng, shape) - np.float32(rng.uniform(-0.4, 0.4))
    soft = rng.uniform(0.02, 0.2)
    share = 1 / (1 + np.exp(np.clip(-along / soft * 4, -30, 30)))
    return np.asarray(1 - rng.uniform(0.1, 0.5) * share, np.float32)


def _streaked(rng: Generator, seen: Paint) -> Paint:
    """Lines of dust on the glass, folds of the paper, the dark edge of a sheet."""
    height, width = seen.shape[:2]
    for _ in range(int(rng.choice([0, 0, 0, 1, 2]))):
        x, wide = int(rng.integers(0, width)), int(rng.integers(1, 3))
        seen[:, x : x + wide] *= rng.uniform(0.3, 0.9)
    if rng.random() < 0.12:
        y, soft = int(rng.integers(0, height)), int(rng.integers(2, 8))
        seen[y : y + soft] *= rng.uniform(0.75, 0.95)
    if rng.random() < 0.08:
        x = int(rng.integers(0, width))
        seen[:, :x] *= rng.uniform(0.85, 0.97)
    return seen


def _grained(rng: Generator, seen: Paint, most: float) -> Paint:
    height, width = seen.shape[:2]
    top, left = int(rng.integers(GRAIN - height % GRAIN)), int(rng.integers(GRAIN - width % GRAIN))
    grain = _grain()[top : top + height, left : left + width] * np.float32(rng.uniform(0.3, most))
    return np.asarray(seen + grain[..., None], np.float32)


@cache
def _grain() -> Paint:
    """Noise of which each picture takes a part: to draw it anew for each takes as long as all else."""
    return np.random.default_rng(0).standard_normal((3 * GRAIN, 3 * GRAIN), np.float32)


def _packed(rng: Generator, made: Picture) -> Picture:
    """Through a JPEG file and back, most of the time."""
    if rng.random() < 0.25:
        return made
    _, data = cv2.imencode(".jpg", made, [cv2.IMWRITE_JPEG_QUALITY, int(rng.integers(22, 90))])
    return np.asarray(cv2.imdecode(data, cv2.IMREAD_COLOR), np.uint8)
