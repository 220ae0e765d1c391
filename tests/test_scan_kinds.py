"""Whatever machine made the scan, the page says what its paper says."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

import cv2
import numpy as np
import pikepdf
import pytest
from rapidfuzz.distance import Levenshtein
from reportlab.pdfgen.canvas import Canvas

from pipeline.reading.raster import Pixels
from tests import rasters
from tests.eyes import eyes
from tests.paper import SIZE, TEXT, changed, image, only, pdf, photographed, picture, scan, skewed, typed


@cache
def page(dpi: int = 200) -> Pixels:
    return picture(pdf(typed), dpi)


def stamped(canvas: Canvas) -> None:
    """A stamp and a pen stroke that a viewer drew over the picture, as lines."""
    canvas.setStrokeColorRGB(0.4, 0.3, 0.85)
    canvas.setLineWidth(2)
    canvas.circle(120, 200, 34)
    canvas.circle(120, 200, 28)
    canvas.bezier(90, 180, 130, 260, 160, 150, 230, 210)


def sideways(clockwise: int) -> bytes:
    """A page that lies in its picture, and is turned upright by /Rotate."""
    lay = np.ascontiguousarray(np.rot90(page(), clockwise // 90))
    size = SIZE[::-1] if clockwise % 180 else SIZE

    def turn(one: pikepdf.Page) -> None:
        one.Rotate = clockwise

    return changed(scan(lay, size=size), turn)


def photo() -> bytes:
    """A telephone's picture: from one side, not sharp, darker towards a corner, as JPEG."""
    seen = photographed(page(300))
    seen = cv2.GaussianBlur(seen, (5, 5), 0)
    height, width = seen.shape[:2]
    light = np.linspace(1.0, 0.6, width)[None, :, None] * np.linspace(1.0, 0.8, height)[:, None, None]
    return image((seen * light).astype(np.uint8), "JPEG", quality=60)


def shadowed() -> Pixels:
    """A page darker towards all its edges, as an open lid or a curled sheet leaves it."""
    height, width = page(150).shape[:2]
    y, x = np.mgrid[0:height, 0:width]
    far = np.maximum(abs(x / width - 0.5), abs(y / height - 0.5)) * 2
    shaded: Pixels = np.clip(page(150) * (1 - 0.5 * far**4)[..., None], 0, 255).astype(np.uint8)
    return shaded


KINDS: dict[str, Callable[[], bytes]] = {
    "ccitt": lambda: rasters.ccitt(page()),
    "jbig2": lambda: rasters.jbig2(page()),
    "strips": lambda: rasters.strips(page(150)),
    "stamp drawn over": lambda: scan(page(150), over=stamped),
    "rotate 90": lambda: sideways(90),
    "rotate 180": lambda: sideways(180),
    "fax": lambda: scan(rasters.fax(page())),
    "fax, sideways": lambda: scan(np.ascontiguousarray(np.rot90(rasters.fax(page()))), size=SIZE[::-1]),
    "fax, aslant": lambda: scan(rasters.fax(skewed(page(), 1.5))),
    "faint": lambda: scan(rasters.faint(page(150))),
    "shadow at the edges": lambda: scan(shadowed()),
    "photograph": photo,
}


@pytest.mark.parametrize("kind", KINDS)
def test_a_page_is_read_whatever_made_it(kind: str) -> None:
    data = KINDS[kind]()
    sheet = only(data, "image/jpeg" if kind == "photograph" else "application/pdf", eyes)
    assert sheet.layout.page.origin == "ocr"
    read = sheet.layout.page.text
    assert Levenshtein.normalized_similarity(read, "\n".join(TEXT)) > 0.97, read
