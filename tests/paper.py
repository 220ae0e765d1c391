"""Sheets of paper for the tests of pages: drawn, changed, scanned and photographed."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import cv2
import numpy as np
import pikepdf
import pypdfium2
from PIL import Image
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from pipeline.reading.pages import Caps, Sheet, sheets
from pipeline.reading.raster import Pixels, Raster
from pipeline.reading.scanned import Ocr
from pipeline.schema import Box, Word

Paint = Callable[[Canvas], None]  # draws with the origin in the lower left corner
SIZE = (400.0, 300.0)  # points of a sheet: small, so that it is read fast
CAPS = Caps()
TEXT = (
    "PERJANJIAN KINERJA TAHUN 2026",
    "Nama : Arkana Halim",
    "Jabatan : Kepala Dinas Pertanian",
    "NIP. 19710423 199803 1 011",
    "Target 85,5 persen senilai Rp 1.250.000.000",
)


def pdf(*paints: Paint, size: tuple[float, float] = SIZE) -> bytes:
    """A PDF with a page for each painting."""
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=size, invariant=True)
    for paint in paints:
        paint(canvas)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def typed(canvas: Canvas) -> None:
    """Some lines of an agreement, larger and bolder first."""
    for at, row in enumerate(TEXT):
        canvas.setFont("Helvetica-Bold" if at == 0 else "Times-Roman", 14 if at == 0 else 11)
        canvas.drawString(40, 250 - 30 * at, row)


def ruled(canvas: Canvas) -> None:
    """A table of two rows and three columns around typed words."""
    for y in (60, 100, 140):
        canvas.line(40, y, 340, y)
    for x in (40, 90, 240, 340):
        canvas.line(x, 60, x, 140)
    canvas.setFont("Helvetica", 11)
    for x, text in ((50, "No"), (100, "Indikator Kinerja"), (250, "Target")):
        canvas.drawString(x, 115, text)
        canvas.drawString(x, 75, {50: "1", 100: "Produksi padi", 250: "85 %"}[x])


def changed(data: bytes, change: Callable[[pikepdf.Page], None]) -> bytes:
    """The PDF with something changed on each of its pages."""
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(data)) as document:
        for page in document.pages:
            change(page)
        document.save(out)
    return out.getvalue()


def picture(data: bytes, dpi: float = 150) -> Pixels:
    """The first page as pixels, RGB."""
    with pypdfium2.PdfDocument(data) as document:
        return np.array(document[0].render(scale=dpi / 72, rev_byteorder=True).to_numpy()[:, :, :3])


def skewed(pixels: Pixels, degrees: float) -> Pixels:
    """A page that lay aslant in the scanner."""
    height, width = pixels.shape[:2]
    by = cv2.getRotationMatrix2D((width / 2, height / 2), degrees, 1.0)
    return cv2.warpAffine(pixels, by, (width, height), borderValue=(255, 255, 255))


def photographed(pixels: Pixels) -> Pixels:
    """A sheet on a dark table, seen from one side."""
    height, width = pixels.shape[:2]
    sheet = np.array([[0, 0], [width, 0], [width, height], [0, height]], np.float32)
    seen = np.array([[70, 60], [width + 20, 90], [width + 60, height + 30], [40, height + 70]], np.float32)
    by = cv2.getPerspectiveTransform(sheet, seen)
    return cv2.warpPerspective(pixels, by, (width + 140, height + 140), borderValue=(40, 45, 50))


def image(pixels: Pixels, kind: str = "PNG", **options: Any) -> bytes:
    """The pixels as an image file."""
    out = io.BytesIO()
    Image.fromarray(pixels).save(out, kind, **options)
    return out.getvalue()


def scan(pixels: Pixels, *, size: tuple[float, float] = SIZE, over: Paint | None = None) -> bytes:
    """A PDF whose page is one image, with something drawn over it."""

    def paint(canvas: Canvas) -> None:
        canvas.drawImage(ImageReader(Image.fromarray(pixels)), 0, 0, *size)
        if over is not None:
            over(canvas)

    return pdf(paint, size=size)


def read(data: bytes, media_type: str = "application/pdf", ocr: Ocr | None = None) -> list[Sheet]:
    """All its pages."""
    return list(sheets(data, media_type, ocr=ocr, caps=CAPS))


def only(data: bytes, media_type: str = "application/pdf", ocr: Ocr | None = None) -> Sheet:
    """Its one page."""
    (sheet,) = read(data, media_type, ocr)
    return sheet


def texts(sheet: Sheet) -> list[str]:
    """The words on it."""
    return [word.text for word in sheet.layout.words]


def word(sheet: Sheet, text: str) -> Word:
    """The one word that says so."""
    (found,) = [w for w in sheet.layout.words if w.text == text]
    return found


def ink(raster: Raster, box: Box) -> float:
    """The share of dark pixels in a box."""
    pixels = raster.cut(box).pixels
    return float((pixels < 128).mean()) if pixels.size else 0.0


def kinds(sheet: Sheet) -> list[str]:
    """What its pictures are."""
    return [p.kind for p in sheet.layout.pictures]
