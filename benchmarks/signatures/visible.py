"""Pictures in which the signer's ink can be seen: a block of which nobody could tell proves nothing."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from benchmarks.signatures.canvas import SCALE, Canvas
from benchmarks.signatures.capture import Paint, Picture
from pipeline.schema import Box

Capture = Callable[[Generator, Paint, str | None], tuple[Picture, str]]
HARDER = 4  # times that the pen is pressed harder, before the block is given up
LEVEL = 24  # of 255: smaller differences of light are not seen
SHARE = 0.4  # of the middle of its strokes that must be seen
WITHIN = 0.5  # of the ink that is seen: less of it in the slot is the ink of a neighbour
LEAST = 60  # pixels of it that must be seen in the slot, where no word is read
PRESSED = 0.2  # of the ink of a stamp that must be seen: of a paler one nobody knows
STRONG = 0.35  # how much ink of a stamp counts


@dataclass(frozen=True, slots=True)
class Shot:
    """A picture, how it was taken, where the signer's ink is seen in it, and whether a stamp is."""

    picture: Picture
    way: str
    seen: NDArray[np.bool_]
    stamped: bool = False


def taken(rng: Generator, canvas: Canvas, capture: Capture, way: str | None) -> Shot | None:
    """The picture of a canvas; None where the signer's ink stays hidden, or lies outside the slot.

    The same picture is taken twice by the same chance, with that ink and without it.
    """
    paint, asked = canvas.paint, way
    for _ in range(HARDER):
        before = rng.bit_generator.state
        picture, way = capture(rng, paint, asked)
        stamped = _pressed(picture, canvas)
        if not canvas.signed:
            return Shot(picture, way, np.zeros(picture.shape[:2], bool), stamped=stamped)
        after, rng.bit_generator.state = rng.bit_generator.state, before
        bare, _ = capture(rng, canvas.paint / canvas.own, asked)
        rng.bit_generator.state = after
        seen = _largest(cv2.absdiff(picture, bare)) > LEVEL
        dark = 1 + _largest(-canvas.own)
        if seen.sum() >= SHARE * int((dark > dark.max() / 2).sum()):
            inside = int(seen[_part(canvas.slot)].sum())
            return Shot(picture, way, seen, stamped) if inside >= WITHIN * seen.sum() else None
        paint, asked = paint * canvas.own, way
    return None


def told(shot: Shot, slot: Box, printed: Sequence[Box]) -> bool:
    """Whether enough of the signer's ink is seen in the slot, also where no printed word was read."""
    seen = np.zeros_like(shot.seen)
    seen[_part(slot)] = shot.seen[_part(slot)]
    for word in printed:
        seen[_part(word)] = False
    return int(seen.sum()) >= LEAST


def _pressed(picture: Picture, canvas: Canvas) -> bool:
    """Whether a stamp is seen where it was pressed."""
    there = canvas.pressed > STRONG
    if not there.any():
        return False
    light = _largest(picture.astype(np.float32))
    seen = light < float(np.median(light)) - LEVEL
    near = cv2.dilate(seen.astype(np.uint8), np.ones((3, 3), np.uint8)) > 0
    return float(near[there].mean()) >= PRESSED + float(near.mean())


def _part(box: Box) -> tuple[slice, slice]:
    """The pixels of a box in points."""
    x0, top, x1, bottom = (max(0, round(edge * SCALE)) for edge in (box.x0, box.top, box.x1, box.bottom))
    return slice(top, bottom), slice(x0, x1)


def _largest(of: Any) -> Paint:
    """The largest of the three colours of each pixel."""
    return np.asarray(np.maximum(np.maximum(of[..., 0], of[..., 1]), of[..., 2]))
