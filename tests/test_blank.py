"""Cells of scans of which nothing was read."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from pipeline.reading.blank import lettered
from pipeline.reading.raster import Pixels, Raster
from pipeline.schema import Box

DPI = 220
CELL = Box(30, 20, 90, 44)  # points


def cell(*, says: str = "", grain: int = 0) -> Pixels:
    """A cell with its borders, in pixels, and what is written in it."""
    rng = np.random.default_rng(7)
    page = np.full((200, 400), 235, np.int16) + rng.integers(-grain, grain + 1, (200, 400))
    pixels: Pixels = np.clip(page, 0, 255).astype(np.uint8)
    left, top, right, bottom = (round(v * DPI / 72) for v in (CELL.x0, CELL.top, CELL.x1, CELL.bottom))
    cv2.rectangle(pixels, (left, top), (right, bottom), 40, 3)
    cv2.putText(pixels, says, (left + 60, bottom - 25), cv2.FONT_HERSHEY_SIMPLEX, 0.9, 40, 2)
    return pixels


@pytest.mark.parametrize("grain", [0, 25])
@pytest.mark.parametrize(
    ("says", "expected"), [("B", True), ("7", True), ("", False), ("...", False), ("-", False)]
)
def test_a_letter_stands_in_a_cell_and_dots_say_that_it_is_empty(
    says: str, grain: int, *, expected: bool
) -> None:
    assert lettered(Raster(cell(says=says, grain=grain), DPI), CELL) is expected
