"""The pages of a source: words, ruling lines and pictures of each, read from the file itself or by OCR."""

from __future__ import annotations

import io
import math
import struct
import zlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import partial

import numpy as np
import pdfplumber
import pikepdf
import pypdfium2
from pdfminer.pdfpage import PDFPage
from pdfminer.psexceptions import PSException
from pdfplumber.page import Page as PlumberPage
from pdfplumber.utils.exceptions import PdfminerException
from PIL import Image, UnidentifiedImageError

from pipeline.errors import SourceError
from pipeline.reading import raster
from pipeline.reading.printed import Printed, printed
from pipeline.reading.raster import POINTS, Lie, Raster
from pipeline.reading.scanned import Draw, Ocr, scanned
from pipeline.schema import Box, Layout, Page, Word

# What a PDF library raises over a damaged page; anything else is our own fault and is not caught here.
DAMAGE = (
    PSException, PdfminerException, pypdfium2.PdfiumError, ValueError, TypeError, LookupError, AttributeError,
    AssertionError, ArithmeticError, RecursionError, struct.error, zlib.error, NotImplementedError,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Caps:
    """How much of a source is read at most."""

    pages: int = 500
    frames: int = 500  # of an image file
    pixels: int = 25_000_000  # of a rendered page
    letters: int = 60_000  # of a page
    paths: int = 100_000  # of a page


@dataclass(frozen=True, slots=True, eq=False)
class Sheet:
    """A page as it was read. `picture(dpi)` draws it upright, as the boxes of the layout lie; never enlarged.

    `back` is the 3 x 3 matrix from upright points to points of the page as displayed.
    """

    layout: Layout
    picture: Callable[[float], Raster]
    back: raster.Matrix = raster.SAME

    def shown(self, box: Box) -> Box:
        """The same box on the page as displayed, in points."""
        return raster.moved(box, self.back)


def sheets(data: bytes, media_type: str, *, ocr: Ocr | None, caps: Caps) -> Iterator[Sheet]:
    """The pages of a PDF, or the frames of an image file, in order.

    A page that cannot be read has no words and a reason code in `layout.page.problem`; without `ocr` that is
    'ocr-off' for pages that need it. Raises SourceError where no page of the source can be read.
    """
    if media_type == "application/pdf":
        yield from _document(data, ocr, caps)
    else:
        yield from _frames(data, ocr, caps)


# ---------------------------------------------------------------- PDF


@dataclass(frozen=True, slots=True, eq=False)
class _Source:
    """A PDF, opened by both readers. `plumbed` is empty where pdfplumber cannot be trusted with its pages."""

    plumber: pdfplumber.PDF | None
    plumbed: tuple[PDFPage, ...]
    drawn: pypdfium2.PdfDocument


def _document(data: bytes, ocr: Ocr | None, caps: Caps) -> Iterator[Sheet]:
    source = _agreed(data)
    if len(source.drawn) > caps.pages:
        raise SourceError("too-many-pages", str(len(source.drawn)))
    for number in range(1, len(source.drawn) + 1):
        yield _sheet(source, number, ocr, caps)


def _agreed(data: bytes) -> _Source:
    """Both readers must find the same pages; a rewritten copy helps damaged files; else only pdfium is believed."""
    source = _opened(data)
    if source is None or len(source.plumbed) != len(source.drawn):
        source = _opened(_rewritten(data)) or source
    if source is None or not len(source.drawn):
        raise SourceError("damaged")
    return source if len(source.plumbed) == len(source.drawn) else replace(source, plumbed=())


def _opened(data: bytes) -> _Source | None:
    try:
        drawn = pypdfium2.PdfDocument(data)
        drawn.init_forms()
    except DAMAGE as error:
        if "password" in str(error).lower():
            raise SourceError("password") from error
        return None
    try:
        plumber = pdfplumber.open(io.BytesIO(data))
        return _Source(plumber, tuple(PDFPage.create_pages(plumber.doc)), drawn)
    except DAMAGE:
        return _Source(None, (), drawn)


def _rewritten(data: bytes) -> bytes:
    """The same document written anew, in memory; nothing where even that fails."""
    fresh = io.BytesIO()
    try:
        with pikepdf.open(io.BytesIO(data)) as document:
            document.save(fresh)
    except (pikepdf.PdfError, *DAMAGE):
        return b""
    return fresh.getvalue()


def _sheet(source: _Source, number: int, ocr: Ocr | None, caps: Caps) -> Sheet:
    try:
        found = _printed(source, number, caps)
    except SourceError as error:
        return _unread(source, number, error.reason)
    except DAMAGE:
        found = None
    if found and found.readable:
        return _text(source, number, found, caps)
    try:
        return _scan(source, number, found, ocr, caps)
    except DAMAGE:
        return _unread(source, number, "page-damaged")


def _printed(source: _Source, number: int, caps: Caps) -> Printed | None:
    if source.plumber is None or not source.plumbed:
        return None
    page = PlumberPage(source.plumber, source.plumbed[number - 1], number)
    return printed(page, most_letters=caps.letters, most_paths=caps.paths)


def _unread(source: _Source, number: int, reason: str) -> Sheet:
    page = Page(number, 0.0, 0.0, problem=reason, quality=0.0)
    return Sheet(Layout(page), partial(_nothing, reason))


def _nothing(reason: str, dpi: int) -> Raster:
    raise SourceError(reason, f"{dpi} dpi")


def _text(source: _Source, number: int, found: Printed, caps: Caps) -> Sheet:
    width, height = (found.height, found.width) if found.turned % 180 else (found.width, found.height)
    back = raster.turning(found.turned, width, height)
    page = Page(
        number,
        width,
        height,
        found.rotation,
        found.turned,
        blank=not (found.words or found.rulings or found.pictures),
        text="\n".join(filter(None, (lines(found.words), found.across))),
    )
    layout = Layout(page, found.words, found.rulings, found.pictures, width=found.width, height=found.height)
    return Sheet(layout, partial(_drawn, source.drawn, number, found.turned, caps.pixels), back)


def lines(words: Iterable[Word]) -> str:
    """The words as text, a line of the page a line of text, as they follow each other."""
    text, last = "", None
    for word in words:
        if last:
            text += " " if abs(word.box.centre - last.box.centre) < last.box.height / 2 else "\n"
        text, last = text + word.text, word
    return text


def _drawn(document: pypdfium2.PdfDocument, number: int, turned: int, most: int, dpi: float) -> Raster:
    """The page as pdfium draws it, at most of `most` pixels, turned clockwise."""
    page = document[number - 1]
    try:
        inches = page.get_width() * page.get_height() / POINTS**2
        dpi = min(dpi, math.sqrt(most / max(inches, 1e-6)))
        bitmap = page.render(scale=dpi / POINTS, rotation=turned, rev_byteorder=True, prefer_bgrx=False)
        return Raster(bitmap.to_numpy()[:, :, :3].copy(), dpi)
    finally:
        page.close()


def _scan(source: _Source, number: int, found: Printed | None, ocr: Ocr | None, caps: Caps) -> Sheet:
    page = source.drawn[number - 1]
    width, height = page.get_size()
    native = found.dpi if found and found.dpi else 200
    rotation = found.rotation if found else page.get_rotation()
    page.close()
    draw = partial(_drawn, source.drawn, number, 0, caps.pixels)
    kept = Page(number, width, height, rotation, dpi=native, origin="ocr")
    return _read(kept, draw, ocr)


def _read(page: Page, draw: Draw, ocr: Ocr | None) -> Sheet:
    """A page read by eye."""
    plain = Layout(page, width=page.width, height=page.height)
    if ocr is None:
        return Sheet(replace(plain, page=replace(page, problem="ocr-off")), draw)
    try:
        found = scanned(draw, page.width, page.height, ocr)
    except SourceError as error:
        return Sheet(replace(plain, page=replace(page, problem=error.reason)), draw)
    lie = found.lie
    kept = replace(page, turned=lie.turned, quality=found.quality, blank=found.blank, text=lines(found.words))
    layout = Layout(kept, found.words, found.rulings, width=lie.width, height=lie.height)
    return Sheet(layout, partial(_upright, draw, lie), lie.back)


def _upright(draw: Draw, lie: Lie, dpi: float) -> Raster:
    return raster.warped(draw(dpi), lie.back, lie.width, lie.height)


# ---------------------------------------------------------------- image files


def _frames(data: bytes, ocr: Ocr | None, caps: Caps) -> Iterator[Sheet]:
    try:
        image = Image.open(io.BytesIO(data))
    except (UnidentifiedImageError, OSError, *DAMAGE) as error:
        raise SourceError("damaged") from error
    count = getattr(image, "n_frames", 1)
    if count > caps.frames:
        raise SourceError("too-many-pages", str(count))
    for number in range(1, count + 1):
        yield _frame(image, number, ocr, caps)


def _frame(image: Image.Image, number: int, ocr: Ocr | None, caps: Caps) -> Sheet:
    try:
        image.seek(number - 1)
        dpi = float(image.info.get("dpi", (72, 72))[0]) or 72.0
        width, height = (v * POINTS / dpi for v in image.size)
        page = Page(number, width, height, dpi=round(dpi), origin="ocr")
        pixels = np.asarray(image.convert("RGB"))
    except (OSError, *DAMAGE):
        page = Page(number, 0.0, 0.0, problem="page-damaged", quality=0.0)
        return Sheet(Layout(page), partial(_nothing, "page-damaged"))
    return _read(page, partial(raster.scaled, Raster(pixels, dpi)), ocr)
