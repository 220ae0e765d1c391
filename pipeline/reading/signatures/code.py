"""Whether a code stands in a slot, read or not: in pictures of a file, and on scans by its corner squares."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import cv2
import numpy as np
import zxingcpp
from numpy.typing import NDArray

from pipeline.reading.raster import Raster
from pipeline.reading.signatures.view import cut
from pipeline.schema import Box

SQUARE = 0.75  # how much shorter than another a side or diagonal of a code may look
FEW, ENLARGED = 300, 3  # pixels of a side from which a picture is large enough; else so many times as large
COARSE = 64  # pixels: the side of a picture that is judged at a glance
SHADES = (0.25, 0.72)  # mean brightness of a code: about half of it is dark


def coded(page: Raster, box: Box) -> bool:
    """Whether a code is found in `box` (points)."""
    grey = _grey(page, box)
    found, corners = cv2.QRCodeDetector().detect(grey)
    if not found:
        return False
    four = np.asarray(corners, np.float64).reshape(-1, 2)
    return square(four) and dense(grey, four)


def pictured(page: Raster, boxes: Iterable[Box]) -> bool:
    """Whether one of the pictures in `boxes` (points) is or holds a code; most cannot, as a glance tells."""
    greys = (_grey(page, box) for box in boxes)
    return any(patterned(grey) and symbols(_larger(grey), broken=True) for grey in greys)


def symbols(grey: NDArray[np.uint8], *, broken: bool = False) -> list[Any]:
    """The codes in a picture as zxing-cpp answers them; with `broken`, also those that cannot be read."""
    kind = zxingcpp.BarcodeFormat
    kinds = zxingcpp.BarcodeFormats([kind.QRCode, kind.MicroQRCode, kind.Aztec, kind.DataMatrix])
    return list(
        zxingcpp.read_barcodes(
            np.ascontiguousarray(grey),
            formats=kinds,
            try_rotate=False,
            try_invert=False,
            return_errors=broken,
        )
    )


def _larger(grey: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """A small picture larger: squares of one or two pixels are too small to be told apart."""
    times = ENLARGED if max(grey.shape) < FEW else 1
    return np.asarray(cv2.resize(grey, None, fx=times, fy=times, interpolation=cv2.INTER_CUBIC), np.uint8)


def _grey(page: Raster, box: Box) -> NDArray[np.uint8]:
    return np.asarray(cv2.cvtColor(cut(page, box), cv2.COLOR_RGB2GRAY), np.uint8)


def patterned(image: NDArray[np.uint8]) -> bool:
    """Whether some part of a picture is as dark and as light as a code: strokes of a pen are lighter."""
    scale = COARSE / min(image.shape)
    small = cv2.resize(image, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA) if scale < 1 else image
    return bool(mottled(np.asarray(small, np.uint8), max(3, min(small.shape) // 2)).any())


def mottled(grey: NDArray[np.uint8], side: int) -> NDArray[np.bool_]:
    """Around which pixels a square of `side` pixels is as dark and as light as a code."""
    light = cv2.boxFilter(grey, cv2.CV_32F, (side, side), borderType=cv2.BORDER_REFLECT) / 255
    return np.asarray((light > SHADES[0]) & (light < SHADES[1]))


def dense(grey: NDArray[np.uint8], corners: NDArray[np.float64]) -> bool:
    """Whether about half of what lies between four corners is dark: the thin lines of a stamp are lighter."""
    (left, top), (right, bottom) = corners.min(axis=0).astype(int), corners.max(axis=0).astype(int)
    inside = grey[max(0, top) : bottom + 1, max(0, left) : right + 1]
    darkest, paper = np.percentile(grey, (1, 95))
    light = (float(inside.mean()) - darkest) / max(1.0, paper - darkest) if inside.size else 1.0
    return light < SHADES[1]


def square(corners: NDArray[np.float64]) -> bool:
    """Whether four corners are about a square, as a code is; loops of handwriting are found as any shape."""
    around = np.linalg.norm(corners - np.roll(corners, -1, axis=0), axis=1)
    across = np.linalg.norm(corners[:2] - corners[2:], axis=1)
    return all(float(sides.min()) > SQUARE * float(sides.max()) for sides in (around, across))
