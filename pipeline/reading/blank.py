"""Targets of which nothing was read on a scan: where ink stands in a cell, nobody knows that it is empty."""

from __future__ import annotations

from dataclasses import replace

import cv2
import numpy as np

from pipeline.reading.again import Again
from pipeline.reading.raster import POINTS, Raster
from pipeline.schema import Agreement, Box, Fact, Indicator

INSET, LOOSE = 2.5, 1.0  # points off the sides of a cell, where its borders are, and over and under it
DARK = 0.6  # of the lightness of the paper: ink
LETTER = (4.0, 18.0)  # points: how high a letter or figure is; dots, dashes and specks are lower
NARROW = 0.8  # points: no letter is narrower
UNREAD = 0.5  # how sure it is that such a cell is empty


def looked_at(agreement: Agreement, again: Again) -> Agreement:
    """The agreement, its empty targets less sure where something stands in their cells."""
    rows = tuple(_looked_at(row, again) for row in agreement.indicators)
    return agreement if rows == agreement.indicators else replace(agreement, indicators=rows)


def _looked_at(row: Indicator, again: Again) -> Indicator:
    target = row.target
    if target is None or not _empty(target) or target.box is None:
        return row
    written = lettered(again.page(target.page or row.page), target.box)
    return replace(row, target=replace(target, confidence=UNREAD)) if written else row


def _empty(fact: Fact) -> bool:
    return fact.origin == "ocr" and fact.text is None and fact.data is None


def lettered(page: Raster, box: Box) -> bool:
    """Whether something as high as a letter stands in `box` (points); a border reaches down through it."""
    pixels = page.cut(Box(box.x0 + INSET, box.top - LOOSE, box.x1 - INSET, box.bottom + LOOSE)).pixels
    if min(pixels.shape[:2]) < LETTER[0]:
        return False
    dark = (pixels < DARK * float(np.percentile(pixels, 90))).astype(np.uint8)
    _, _, found, _ = cv2.connectedComponentsWithStats(dark, connectivity=8)
    scale, (rows, columns) = page.dpi / POINTS, pixels.shape[:2]
    return any(
        LETTER[0] * scale <= height <= LETTER[1] * scale and width >= NARROW * scale
        for x, y, width, height, _ in found[1:].tolist()
        if x > 0 and y > 0 and x + width < columns and y + height < rows
    )
