"""A PDF opened by both its readers: pdfplumber for what it says, pdfium for how it looks."""

from __future__ import annotations

import io
import math
import struct
import zlib
from dataclasses import dataclass, replace

import numpy as np
import pikepdf
import pypdfium2
from pdfminer.pdfpage import PDFPage
from pdfminer.psexceptions import PSException
from pdfplumber.page import Page as PlumberPage
from pdfplumber.pdf import PDF
from pdfplumber.utils.exceptions import MalformedPDFException, PdfminerException

from pipeline.errors import SourceError
from pipeline.reading.raster import POINTS, Raster

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
    page = document.drawn[number - 1]
    try:
        return (*page.get_size(), page.get_rotation())
    finally:
        page.close()


def drawn(document: Document, number: int, turned: int, pixels: int, dpi: float) -> Raster:
    """The page as pdfium draws it, turned clockwise, RGB, of at most so many `pixels`."""
    page = document.drawn[number - 1]
    try:
        inches = page.get_width() * page.get_height() / POINTS**2
        dpi = min(dpi, math.sqrt(pixels / max(inches, 1e-6)))
        bitmap = page.render(scale=dpi / POINTS, rotation=turned, rev_byteorder=True)
        return Raster(np.array(bitmap.to_numpy()[:, :, :3]), dpi)
    finally:
        page.close()
