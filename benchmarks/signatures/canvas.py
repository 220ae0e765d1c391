"""Paper on its way to a picture: ink is laid on it, and what the ink covers is remembered."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from benchmarks.signatures.capture import Paint
from benchmarks.signatures.pen import Mask
from pipeline.reading.raster import POINTS
from pipeline.schema import Box, Ruling

DPI = 150
SCALE = DPI / POINTS
EDGE = 32.0  # points of page around the slot


@dataclass(slots=True)
class Canvas:
    """The paper; `ink` is what covers it, `own` how much light the signer's ink lets through, 0 to 1, and
    `pressed` how much ink of an office stamp lies there.

    `words` and `rulings` are printed, points.
    """

    paint: Paint
    ink: Mask
    own: Paint
    pressed: Mask
    slot: Box
    words: list[Box] = field(default_factory=list)
    rulings: list[Ruling] = field(default_factory=list)
    signed: bool = False
    glued: Box | None = None  # a duty stamp

    def sign(self, mask: Mask, x: float, y: float, colour: tuple[int, ...], strength: float) -> None:
        """Lay the signer's own ink around a point, points."""
        self.signed = True
        self._lay((self.paint, self.own), mask, (x, y), colour, strength, covers=True)

    def put(self, mask: Mask, x: float, y: float, colour: tuple[int, ...], strength: float) -> None:
        """Lay other ink around a point, points."""
        self._lay((self.paint,), mask, (x, y), colour, strength, covers=True)

    def press(self, mask: Mask, x: float, y: float, colour: tuple[int, ...], strength: float) -> None:
        """Lay an office stamp around a point, points."""
        before, self.ink = self.ink, np.zeros_like(self.ink)
        self.put(mask, x, y, colour, strength)
        self.pressed = np.maximum(self.pressed, self.ink)
        self.ink = np.maximum(self.ink, before)

    def print(self, mask: Mask, x: float, y: float, grey: int) -> None:
        """Print around a point, points: it covers nothing."""
        self._lay((self.paint,), mask, (x, y), (grey, grey, grey), 1.0, covers=False)

    def _lay(
        self,
        on: tuple[Paint, ...],
        mask: Mask,
        where: tuple[float, float],
        colour: tuple[int, ...],
        strength: float,
        *,
        covers: bool,
    ) -> None:
        (x, y), (height, width) = where, self.ink.shape
        left, top = round(x * SCALE - mask.shape[1] / 2), round(y * SCALE - mask.shape[0] / 2)
        rows = slice(min(max(0, top), height), min(max(0, top + mask.shape[0]), height))
        columns = slice(min(max(0, left), width), min(max(0, left + mask.shape[1]), width))
        part = mask[rows.start - top :, columns.start - left :]
        part = part[: rows.stop - rows.start, : columns.stop - columns.start] * strength
        if part.size:
            dark = (1 - np.asarray(colour, np.float32) / 255)[None, None]
            for layer in on:
                layer[rows, columns] *= 1 - part[..., None] * dark
            if covers:
                self.ink[rows, columns] = np.maximum(self.ink[rows, columns], part)


def blank(slot_width: float, slot_height: float) -> Canvas:
    """White paper with a slot of this size in the middle, points."""
    slot = Box(EDGE, EDGE, EDGE + slot_width, EDGE + slot_height)
    size = (round((slot_height + 2 * EDGE) * SCALE), round((slot_width + 2 * EDGE) * SCALE))
    white, clear = np.full((*size, 3), 255, np.float32), np.ones((*size, 3), np.float32)
    return Canvas(white, np.zeros(size, np.float32), clear, np.zeros(size, np.float32), slot)
