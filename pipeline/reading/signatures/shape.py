"""The outline of the ink in a slot, small and level: the same picture pasted twice has the same one."""

from __future__ import annotations

from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

WIDTH, HEIGHT = 96, 48  # bits
INKED = 0.3  # darkness from which a pixel is ink
LEAST = 150  # pixels of ink under which there is nothing to compare
CLOSE = 9  # pixels over which strokes are still of one hand
SHARE = 0.3  # of a bit that ink must cover
MAIN = 0.15  # of the ink of the largest group: smaller ones are not of it


def main(dark: NDArray[np.float32]) -> NDArray[np.uint8]:
    """Where the ink is in a picture of darkness, 0 to 1, without what lies far from most of it: 1, else 0."""
    ink = (dark > INKED).astype(np.uint8)
    near = cv2.dilate(ink, np.ones((CLOSE, CLOSE), np.uint8))
    count, labels = cv2.connectedComponents(near)
    sizes = np.bincount(labels[ink > 0], minlength=count)
    kept = sizes >= MAIN * max(1, int(sizes.max()))
    kept[0] = False
    found: NDArray[Any] = (kept[labels] & (ink > 0)).astype(np.uint8)
    return found


def shape(ink: NDArray[np.uint8]) -> str | None:
    """The bits of such ink as hex; None where there is hardly any.

    They are those of the box around the ink, so that place and size do not matter.
    """
    if int(ink.sum()) < LEAST:
        return None
    rows, columns = np.flatnonzero(ink.any(axis=1)), np.flatnonzero(ink.any(axis=0))
    part = ink[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1].astype(np.float32)
    small = cv2.resize(part, (WIDTH, HEIGHT), interpolation=cv2.INTER_AREA)
    return np.packbits(small > SHARE).tobytes().hex()


def width(ink: NDArray[np.uint8]) -> int:
    """How far such ink reaches from left to right, pixels; 0 where there is none."""
    columns = np.flatnonzero(ink.any(axis=0))
    return int(columns[-1] - columns[0] + 1) if columns.size else 0
