"""Handwriting as moving pens make it: scribbles, capitals, flourishes; no real hand was ever looked at."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import cv2
import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

Line = NDArray[np.float64]  # n x 2 points in a unit box
Mask = NDArray[Any]  # float32: how much ink lies on a pixel, 0 to 1; OpenCV answers arrays of any kind
PARTS = 64  # pixels of a fraction, of OpenCV
SHIFT = 6  # the same as bits
LETTERS = "ABDEFGHIJKLMNPRSTUWYZ"
SOFT = "aeiourntshlmdkwyg"


def scribble(rng: Generator) -> Line:
    """A pen that swings to and fro while the hand moves on: waves, loops or spikes."""
    beats = rng.uniform(3, 11)
    t = np.linspace(0, 1, int(30 * beats))
    turn = 2 * np.pi * beats * t + np.cumsum(rng.normal(0, 0.05, t.size))
    tall = _wandering(rng, t, 0.15, 1.0) * rng.choice([1.0, 1.0, 0.6]) * np.exp(-t * rng.uniform(-0.3, 1.4))
    wide = rng.uniform(0.0, 1.6) / beats
    x = t * rng.uniform(0.6, 1.0) + wide * np.cos(turn + rng.uniform(0, 6)) * _wandering(rng, t, 0.3, 1.0)
    y = 0.5 * tall * np.sin(turn) + rng.uniform(-0.25, 0.25) * t
    if rng.random() < 0.3:  # spikes
        y = np.sign(y) * np.abs(y) ** rng.uniform(1.0, 2.2)
    return np.stack([x, y], axis=1)


def _wandering(rng: Generator, t: Line, low: float, high: float) -> Line:
    """A level that changes a few times along the way."""
    knots = rng.uniform(low, high, rng.integers(3, 9))
    return np.asarray(np.interp(t, np.linspace(0, 1, knots.size), knots))


def angular(rng: Generator) -> Line:
    """A line thrown through a few places, as quick hands do."""
    count = int(rng.integers(4, 10))
    xs = np.sort(rng.uniform(0, 1, count)) + rng.normal(0, rng.choice([0.03, 0.15]), count)
    return _smooth(np.stack([xs, rng.uniform(-0.5, 0.5, count)], axis=1))


def _smooth(knots: Line) -> Line:
    """A Catmull-Rom curve through the knots."""
    padded = np.concatenate([knots[:1], knots, knots[-1:]])
    t = np.linspace(0, 1, 14, endpoint=False)[:, None]
    pieces = []
    for a, b, c, d in zip(padded, padded[1:], padded[2:], padded[3:], strict=False):
        pieces.append(
            0.5 * (2 * b + (c - a) * t + (2 * a - 5 * b + 4 * c - d) * t**2 + (3 * b - a - 3 * c + d) * t**3)
        )
    return np.concatenate(pieces)


def capital(rng: Generator) -> Line:
    """A large first letter: bows and stems at the left of the box."""
    count = int(rng.integers(4, 8))
    angles = np.cumsum(rng.uniform(0.5, 2.2, count)) * rng.choice([-1, 1]) + rng.uniform(0, 6)
    reach = rng.uniform(0.2, 0.55, count)
    knots = np.stack(
        [0.15 + 0.35 * reach * np.cos(angles), rng.uniform(0.7, 1.2) * reach * np.sin(angles)], axis=1
    )
    return _smooth(knots)


def flourish(rng: Generator) -> Line:
    """A line under, through or around what is written."""
    kind = rng.integers(4)
    if kind == 0:
        y = rng.uniform(0.2, 0.6)
        return _smooth(
            np.array(
                [
                    [rng.uniform(-0.1, 0.3), y],
                    [0.5, y + rng.normal(0, 0.05)],
                    [rng.uniform(0.8, 1.25), y + rng.normal(0, 0.1)],
                ]
            )
        )
    if kind == 1:
        angles = np.linspace(0, 2 * np.pi * rng.uniform(0.9, 2.2), 60) + rng.uniform(0, 6)
        a, b = rng.uniform(0.3, 0.65), rng.uniform(0.3, 0.6)
        return np.stack([0.5 + a * np.cos(angles), b * np.sin(angles)], axis=1)
    if kind == 2:
        return _smooth(rng.uniform([0.5, -0.6], [1.3, 0.7], (int(rng.integers(3, 6)), 2)))
    return _smooth(
        np.array(
            [
                [0.9, 0.1],
                [rng.uniform(0.2, 0.8), rng.uniform(0.3, 0.7)],
                [rng.uniform(0, 0.3), rng.uniform(0.3, 0.7)],
                [rng.uniform(0.7, 1.3), 0.45],
            ]
        )
    )


FONTS = (
    cv2.FONT_HERSHEY_SCRIPT_SIMPLEX,
    cv2.FONT_HERSHEY_SCRIPT_COMPLEX,
    cv2.FONT_HERSHEY_SIMPLEX,
    cv2.FONT_HERSHEY_PLAIN,
)


def lettered(rng: Generator, width: int, height: int, pen: float) -> Mask:
    """A name or a few letters written out, bent and slanted."""
    count = int(rng.choice([2, 3, 4, 5, 6, 7]))
    text = rng.choice(list(LETTERS)) + "".join(rng.choice(list(SOFT), count - 1))
    font = int(rng.choice(FONTS))
    text = text.upper() if rng.random() < 0.25 and font >= 2 else text
    return _put(rng, text, font, (width, height), pen)


def dated(rng: Generator, height: int, pen: float) -> Mask:
    """A day, a month and a year written by hand, so many pixels high."""
    month = str(rng.choice(["Jan", "Januari", "Pebruari", "Maret", "1", "02", "Juli", "Okt"]))
    text = str(rng.choice([" ", " ", "-", "/"])).join(
        [str(rng.integers(1, 31)), month, f"20{rng.integers(18, 28)}"][: int(rng.integers(1, 4))]
    )
    width = max(12, round(height * len(text) * rng.uniform(0.45, 0.75)))
    return _put(rng, text, int(rng.choice(FONTS)), (width, height), pen)


def _put(rng: Generator, text: str, font: int, size: tuple[int, int], pen: float) -> Mask:
    """Letters as a hand writes them: bent and slanted, `size` pixels wide and high."""
    width, height = size
    (wide, tall), under = cv2.getTextSize(text, font, 2.0, 1)
    canvas = np.zeros((tall + under + 20, wide + 20), np.uint8)
    weight = max(1, round(2.2 * pen * canvas.shape[1] / max(width, 1) / 2))
    cv2.putText(canvas, text, (8, tall + 6), font, 2.0, 255, weight, cv2.LINE_AA)
    shear = np.array([[1, -rng.uniform(-0.1, 0.4), 10], [rng.uniform(-0.12, 0.06), 1, 5]], np.float32)
    bent = cv2.warpAffine(canvas, shear, (canvas.shape[1], canvas.shape[0]), flags=cv2.INTER_AREA)
    return (
        cv2.resize(_bent(rng, bent), (width, height), interpolation=cv2.INTER_AREA).astype(np.float32) / 255
    )


def _bent(rng: Generator, canvas: NDArray[Any]) -> NDArray[np.uint8]:
    """The picture as on cloth that is not flat."""
    height, width = canvas.shape
    coarse = rng.normal(0, 3.2, (2, 4, 7)).astype(np.float32)
    dx, dy = (cv2.resize(c, (width, height), interpolation=cv2.INTER_CUBIC) for c in coarse)
    ys, xs = np.mgrid[0:height, 0:width].astype(np.float32)
    return np.asarray(cv2.remap(canvas, xs + dx, ys + dy, cv2.INTER_LINEAR), np.uint8)


def drawn(rng: Generator, lines: list[Line], width: int, height: int, pen: float) -> Mask:
    """Lines as ink in a box of so many pixels: thin where the pen is fast, thick where it is slow."""
    whole = np.concatenate(lines)
    low, high = whole.min(axis=0), whole.max(axis=0)
    scale = np.array([width - 2 * pen - 2, height - 2 * pen - 2]) / np.maximum(high - low, 1e-6)
    mask = np.zeros((height, width), np.uint8)
    steady = rng.random() < 0.5
    for line in lines:
        points = (line - low) * scale + pen + 1
        fixed = np.round(points * PARTS).astype(np.int32)
        speed = np.linalg.norm(np.diff(points, axis=0), axis=1)
        usual = max(float(np.median(speed)), 1e-6)
        step = 6
        for at in range(0, len(fixed) - 1, step):
            fast = 1.0 if steady else float(np.clip(usual / max(speed[at], 1e-6), 0.6, 1.5))
            piece = fixed[at : at + step + 1][None]
            cv2.polylines(mask, piece, False, 255, max(1, round(pen * fast)), cv2.LINE_AA, SHIFT)
    return mask.astype(np.float32) / 255


def signature(rng: Generator, width: int, height: int, pen: float) -> Mask:
    """A signature that fills a box of so many pixels."""
    kind = rng.random()
    if kind < 0.3:
        mask = lettered(rng, width, height, pen)
        if rng.random() < 0.5:
            mask = np.maximum(mask, drawn(rng, [flourish(rng)], width, height, pen))
        return mask
    if kind < 0.4:
        return _slanted(rng, drawn(rng, list(_circled(rng)), width, height, pen))
    body: Callable[[Generator], Line] = scribble if kind < 0.78 else angular
    lines = [body(rng)]
    lines += [capital(rng)] if rng.random() < 0.5 else []
    lines += [flourish(rng) for _ in range(int(rng.choice([0, 1, 1, 2])))]
    return _slanted(rng, drawn(rng, lines, width, height, pen))


def _circled(rng: Generator) -> Iterator[Line]:
    """A few strokes with a loop around them, drawn by hand: it does not close where it began."""
    turns = np.linspace(0, 2 * np.pi * rng.uniform(0.92, 1.6), 70) + rng.uniform(0, 6)
    wobble = 1 + np.interp(turns, np.linspace(turns[0], turns[-1], 7), rng.normal(0, 0.07, 7))
    drift = np.linspace(0, rng.normal(0, 0.08), turns.size)
    tall = rng.uniform(0.45, 0.9)
    yield np.stack([0.5 + (0.5 + drift) * wobble * np.cos(turns), tall * wobble * np.sin(turns) / 2], axis=1)
    for _ in range(int(rng.integers(1, 4))):
        inner = (scribble, angular, capital)[int(rng.integers(3))](rng)
        low, high = inner.min(axis=0), inner.max(axis=0)
        size, place = rng.uniform(0.25, 0.65, 2) * (1, tall), rng.normal(0, 0.08, 2)
        yield (inner - (low + high) / 2) / np.maximum(high - low, 1e-6) * size + (0.5, 0) + place


def _slanted(rng: Generator, mask: Mask) -> Mask:
    height, width = mask.shape
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), rng.uniform(-4, 14), rng.uniform(0.85, 1.0))
    return np.asarray(cv2.warpAffine(mask, turn, (width, height), flags=cv2.INTER_LINEAR), np.float32)


def initials(rng: Generator, width: int, height: int, pen: float) -> Mask:
    """A paraf: one short movement, or two or three letters."""
    if rng.random() < 0.35:
        return lettered(rng, width, height, pen)
    count = int(rng.integers(3, 7))
    knots = np.stack(
        [np.linspace(0, 1, count) + rng.normal(0, 0.2, count), rng.uniform(-0.5, 0.5, count)], axis=1
    )
    return drawn(rng, [_smooth(knots)], width, height, pen)


def fine(rng: Generator, width: int, height: int, pen: float) -> Mask:
    """A signature by a thinner pen, often smaller, slower or broken into pieces."""
    thin = pen * rng.uniform(0.4, 0.9)
    share = rng.uniform(0.7, 1.0)
    small = signature(rng, max(14, round(width * share)), max(12, round(height * share)), thin)
    placed = np.zeros((height, width), np.float32)
    top = int(rng.integers(0, max(1, height - small.shape[0] + 1)))
    left = int(rng.integers(0, max(1, width - small.shape[1] + 1)))
    placed[top : top + small.shape[0], left : left + small.shape[1]] = small
    return placed * _pressure(rng, width) if rng.random() < 0.5 else placed


def either(rng: Generator, width: int, height: int, pen: float) -> Mask:
    """A signature by a usual or a thinner pen."""
    return (signature if rng.random() < 0.5 else fine)(rng, width, height, pen)


def _pressure(rng: Generator, width: int) -> Mask:
    """Where the pen hardly touched the paper, from left to right."""
    knots = rng.uniform(0.35, 1.2, 6)
    across = np.interp(np.linspace(0, 5, width), np.arange(6), knots)
    return np.clip(across, 0, 1).astype(np.float32)[None]
