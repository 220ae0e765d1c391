"""The corners of sheets photographed on a table, in shadow and on wood."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from pipeline.reading import raster
from pipeline.reading.paper import corners
from pipeline.reading.raster import Pixels, Raster

CORNERS = np.array([[40, 30], [520, 45], [500, 760], [25, 745]], np.float32)
DARK, WOOD, WHITE = (50, 52, 55), (150, 120, 85), (225, 226, 228)
Shadow = tuple[tuple[float, float], float, float]  # its middle, the light left there, how soft it is


def photo(table: tuple[int, int, int], shadow: Shadow | None = None, noise: float = 3.0) -> Pixels:
    """A white sheet on a table, 560 x 800 pixels, RGB; a soft shadow falls on both."""
    sheet = np.zeros((800, 560), np.uint8)
    cv2.fillPoly(sheet, [CORNERS.astype(np.int32)], 255, lineType=cv2.LINE_AA)
    share = (sheet / 255.0)[..., None]
    seen = share * np.array(WHITE) + (1 - share) * np.array(table)
    if shadow is not None:
        (x, y), least, soft = shadow
        columns, rows = np.meshgrid(np.arange(560), np.arange(800))
        away = np.hypot(columns - x, rows - y)
        seen *= (least + (1 - least) / (1 + np.exp(-(away - 420) / soft)))[..., None]
    grain = np.random.default_rng(1).normal(0, noise, seen.shape)
    taken: Pixels = np.clip(seen + grain, 0, 255).astype(np.uint8)
    return taken


@pytest.mark.parametrize("table", [DARK, WOOD])
@pytest.mark.parametrize(
    "shadow",
    [
        None,
        ((0, 800), 0.45, 25),  # over the lower left corner
        ((560, 800), 0.4, 25),
        ((280, 900), 0.4, 20),  # over the whole lower side
    ],
)
def test_the_corners_of_a_sheet_are_found_also_in_the_shade(
    table: tuple[int, int, int], shadow: Shadow | None
) -> None:
    found = corners(raster.sunk(Raster(photo(table, shadow), 72)).pixels)
    assert found is not None
    assert float(np.abs(found - CORNERS).max()) < 9


def test_a_sheet_that_reaches_out_of_the_picture_ends_with_it() -> None:
    found = corners(raster.sunk(Raster(photo(DARK)[:700], 72)).pixels)
    assert found is not None
    assert found[:2] == pytest.approx(CORNERS[:2], abs=4)
    assert found[2:, 1] == pytest.approx([699, 699], abs=3)


def test_a_scan_with_a_shadow_is_no_photograph() -> None:
    page = np.full((800, 560), 235, np.uint8)
    page[:, :200] = np.linspace(90, 235, 200).astype(np.uint8)
    assert corners(page) is None
