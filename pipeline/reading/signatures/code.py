"""Whether a QR code stands in a slot: its three corner squares are found, read or not."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.reading.raster import Raster
from pipeline.reading.signatures.view import cut
from pipeline.schema import Box

SQUARE = 0.75  # how much shorter than another a side or diagonal of a code may look


def coded(page: Raster, slot: Box) -> bool:
    """Whether a code is found in `slot` (points)."""
    found, corners = cv2.QRCodeDetector().detect(cv2.cvtColor(cut(page, slot), cv2.COLOR_RGB2GRAY))
    return bool(found) and square(np.asarray(corners, np.float64).reshape(-1, 2))


def square(corners: NDArray[np.float64]) -> bool:
    """Whether four corners are about a square, as a code is; loops of handwriting are found as any shape."""
    around = np.linalg.norm(corners - np.roll(corners, -1, axis=0), axis=1)
    across = np.linalg.norm(corners[:2] - corners[2:], axis=1)
    return all(float(sides.min()) > SQUARE * float(sides.max()) for sides in (around, across))
