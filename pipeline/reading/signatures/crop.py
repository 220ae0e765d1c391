"""The picture of a slot as it is kept: what was looked at, and what in it was taken for print."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass

import cv2
import numpy as np

from pipeline.reading.raster import POINTS, Raster
from pipeline.reading.signatures.view import cut, frame
from pipeline.schema import Box

QUALITY = 80  # of the JPEG
ID = 32  # digits


@dataclass(frozen=True, slots=True)
class Masked:
    """A word or line near a slot, and what was done with it and why."""

    box: Box
    why: str


@dataclass(frozen=True, slots=True)
class Crop:
    """A picture, named by its bytes, and a note of what was masked in it: JSON."""

    id: str
    picture: bytes
    masked: str


def crop(page: Raster, slot: Box, masked: Iterable[Masked]) -> Crop:
    """The surroundings of `slot` (points) as a JPEG of the resolution of `page`."""
    where, scale = frame(slot).box, page.dpi / POINTS
    pixels = cut(page, where)
    turned = cv2.cvtColor(pixels, cv2.COLOR_RGB2BGR)
    _, data = cv2.imencode(".jpg", turned, [cv2.IMWRITE_JPEG_QUALITY, QUALITY])
    found = data.tobytes()
    told = [[*_inside(m.box, where, scale), m.why] for m in masked]
    return Crop(hashlib.sha256(found).hexdigest()[:ID], found, json.dumps(told))


def _inside(box: Box, where: Box, scale: float) -> tuple[int, ...]:
    edges = (box.x0 - where.x0, box.top - where.top, box.x1 - where.x0, box.bottom - where.top)
    return tuple(int(np.rint(edge * scale)) for edge in edges)
