"""A PDF opened by both its readers: pdfplumber for what it says, pdfium for how it looks."""

from __future__ import annotations

import io
import math
import struct
import zlib
from dataclasses import dataclass, replace
from functools import lru_cache

import pikepdf
import pypdfium2
from pdfminer.pdfpage import PDFPage
from pdfminer.psexceptions import PSException
from pdfplumber.page import Page as PlumberPage
from pdfplumber.pdf import PDF
from pdfplumber.utils.exceptions import MalformedPDFException, PdfminerException

from pipeline.errors import SourceError
from pipeline.reading.raster import POINTS, Raster
from pipeline.schema import Box

LOADED = 8  # pages that pdfium keeps taken apart
HALF = 0.5  # of a pixel: the library counts every pixel that is begun

# What the libraries raise over a damaged page; anything else is our own fault and not caught here.
DAMAGE = (
    PSException, PdfminerException, MalformedPDFException, pikepdf.PdfError, pypdfium2.PdfiumError,
    struct.error, zlib.error, OSError, EOFError, ValueError, TypeError, LookupError, AttributeError,
    AssertionError, ArithmeticError, RecursionError, NotImplementedError,
)  # fmt: skip


@dataclass(frozen=True, slots=True, eq=False)
class Document:
    """An open PDF. `plumbed` is empty where pdfplumber cannot be trusted with its pages."""

    plumber: PDF | None
    plumbed: tuple[PDFPage, ...]
    drawn: pypdfium2.PdfDocument


def opened(data: bytes) -> Document:
    """The document, in which both readers find the same pages.

    Where they do not, a copy written anew is tried; where that fails too, only pdfium is believed.
    Raises SourceError: 'password' where it is locked, 'damaged' where there is no page to be seen.
    """
    found = _opened(data)
    if found is None or len(found.plumbed) != len(found.drawn):
        found = _opened(_rewritten(data)) or found
    if found is None or not len(found.drawn):
        raise SourceError("damaged")
    return found if len(found.plumbed) == len(found.drawn) else replace(found, plumbed=())


def _opened(data: bytes) -> Document | None:
    try:
        drawn = pypdfium2.PdfDocument(data)
        drawn.init_forms()
    except DAMAGE as error:
        if "password" in str(error).lower():
            raise SourceError("password") from error
        return None
    try:
        plumber = PDF.open(io.BytesIO(data))
        return Document(plumber, tuple(PDFPage.create_pages(plumber.doc)), drawn)
    except DAMAGE:
        return Document(None, (), drawn)


def _rewritten(data: bytes) -> bytes:
    """The same document written anew, in memory; nothing where even that fails."""
    fresh = io.BytesIO()
    try:
        with pikepdf.open(io.BytesIO(data)) as document:
            document.save(fresh)
    except DAMAGE:
        return b""
    return fresh.getvalue()


def plumbed(document: Document, number: int) -> PlumberPage | None:
    """A page for pdfplumber, not yet parsed; None where pdfplumber cannot read the document."""
    if document.plumber is None or not document.plumbed:
        return None
    return PlumberPage(document.plumber, document.plumbed[number - 1], number)


def size(document: Document, number: int) -> tuple[float, float, int]:
    """Width and height of a page as displayed, points, and its /Rotate."""
    page = _loaded(document, number)
    return (*page.get_size(), page.get_rotation())


def drawn(document: Document, number: int, turned: int, pixels: int, dpi: float) -> Raster:
    """The page as pdfium draws it, turned clockwise, RGB, of at most so many `pixels`."""
    page = _loaded(document, number)
    dpi = _dpi(page, pixels, dpi)
    bitmap = page.render(scale=dpi / POINTS, rotation=turned, rev_byteorder=True)
    return Raster(bitmap.to_numpy(), dpi)


def part(document: Document, number: int, turned: int, pixels: int, dpi: float, box: Box) -> Raster:
    """The same of the part of the page around `box` (points of the page as turned) alone."""
    page = _loaded(document, number)
    dpi = _dpi(page, pixels, dpi)
    scale = dpi / POINTS
    width, height = (math.ceil(side * scale) for side in page.get_size())
    if turned % 180:
        width, height = height, width
    left, upper = _within(box.x0 * scale - 1, width), _within(box.top * scale - 1, height)
    right = max(left + 1, _within(box.x1 * scale + 2, width + 1))
    lower = max(upper + 1, _within(box.bottom * scale + 2, height + 1))
    crop = (left, height - lower, width - right, upper)
    shown = page.render(
        scale=scale,
        rotation=turned,
        rev_byteorder=True,
        crop=tuple((edge - HALF) / scale if edge else 0.0 for edge in crop),
    )
    return Raster(shown.to_numpy(), dpi, (left, upper))


def _within(edge: float, end: int) -> int:
    """The pixel at an edge, on the page."""
    return min(max(0, math.floor(edge)), end - 1)


def _dpi(page: pypdfium2.PdfPage, pixels: int, dpi: float) -> float:
    inches = page.get_width() * page.get_height() / POINTS**2
    return min(dpi, math.sqrt(pixels / max(inches, 1e-6)))


@lru_cache(maxsize=LOADED)
def _loaded(document: Document, number: int) -> pypdfium2.PdfPage:
    """A page as pdfium has taken it apart, which costs more than to draw some of it."""
    return document.drawn[number - 1]
