"""Where the signature fields of a PDF are shown: page and box of each, by the number of its object."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

import pikepdf

from pipeline.reading.document import DAMAGE
from pipeline.schema import Box

Places = dict[tuple[int, int], tuple[int, Box]]  # object number and generation: page, box as displayed
HIDDEN = 2  # bit of an annotation that is not shown
LEAST = 2.0  # points: what is smaller is not shown
PAGES = 500  # of a file, that are looked at


def places(data: bytes) -> Places:
    """The signature fields that can be seen on a page; none for a file that cannot be read."""
    try:
        with pikepdf.open(io.BytesIO(data)) as document:
            return {part.objgen: (number, box) for number, part, box in _shown(document)}
    except DAMAGE:
        return {}


def _shown(document: pikepdf.Pdf) -> Iterator[tuple[int, Any, Box]]:
    for number, page in enumerate(document.pages[:PAGES], 1):
        for part in page.obj.get("/Annots", []):
            if not isinstance(part, pikepdf.Dictionary) or part.get("/Subtype") != "/Widget":
                continue
            rect = [float(edge) for edge in part.get("/Rect", [])]
            kind = part.get("/FT", part.get("/Parent", pikepdf.Dictionary()).get("/FT"))
            if kind == "/Sig" and len(rect) == 4 and not int(part.get("/F", 0)) & HIDDEN:
                box = _displayed(rect, page)
                if box.width >= LEAST and box.height >= LEAST:
                    yield number, part, box


def _displayed(rect: list[float], page: pikepdf.Page) -> Box:
    """A rectangle of the page's own coordinates as it is displayed: cropped, turned, from the top left."""
    left, low, right, high = (float(edge) for edge in page.cropbox)
    x0, x1 = sorted((rect[0] - left, rect[2] - left))
    y0, y1 = sorted((rect[1] - low, rect[3] - low))
    width, height = right - left, high - low
    turns = {
        0: Box(x0, height - y1, x1, height - y0),
        90: Box(y0, x0, y1, x1),
        180: Box(width - x1, y0, width - x0, y1),
        270: Box(height - y1, width - x1, height - y0, width - x0),
    }
    return turns[_turned(page)]


def _turned(page: pikepdf.Page) -> int:
    """Degrees clockwise, of the page or of what it stands in."""
    node: Any = page.obj
    for _ in range(16):
        if "/Rotate" in node:
            return int(node["/Rotate"]) % 360 // 90 * 90
        node = node.get("/Parent")
        if node is None:
            break
    return 0
