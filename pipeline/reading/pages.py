"""The pages of a source: words, ruling lines and pictures of each, read from the file itself or by OCR."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

import cv2
from msgspec import structs

from pipeline.errors import SourceError
from pipeline.reading import broken, document, frames, raster
from pipeline.reading.document import DAMAGE, Document
from pipeline.reading.printed import Printed, printed
from pipeline.reading.raster import Lie, Matrix, Raster
from pipeline.reading.scanned import DPI, Draw, Ocr, scanned
from pipeline.schema import Box, Layout, Page, Picture, Word


@dataclass(frozen=True, slots=True)
class Caps:
    """How much of a source is read at most."""

    pages: int = 500
    frames: int = 500  # of an image file
    pixels: int = 25_000_000  # of the picture of a page
    letters: int = 60_000  # of a page
    paths: int = 100_000  # of a page


@dataclass(frozen=True, slots=True, eq=False)
class Sheet:
    """A page as it was read, upright.

    Points of the layout are those of a level, upright page of usual size: a photograph is scaled to one.
    `picture(dpi)` draws it as the layout lies, never enlarged; `picture(dpi).cut(box)` is a part of it, and
    `part(dpi, box)` that part drawn alone, where the file allows that.
    `back` maps points of the layout to points of the page as displayed.
    """

    layout: Layout
    picture: Callable[[float], Raster]
    back: Matrix = raster.SAME
    part: Callable[[float, Box], Raster] | None = None

    def shown(self, box: Box) -> Box:
        """The box of the layout on the page as displayed, in points."""
        return raster.moved(box, self.back)


def _unheard(_: int) -> None:
    """Nobody listens."""


@dataclass(frozen=True, slots=True)
class Watch:
    """Who is told the number of the page in work (0: of none), and the pages that are not to be touched."""

    at: Callable[[int], None] = _unheard
    without: frozenset[int] = frozenset()


NOBODY = Watch()


def sheets(
    data: bytes, media_type: str, *, ocr: Ocr | None, caps: Caps, watch: Watch = NOBODY
) -> Iterator[Sheet]:
    """The pages of a PDF, or the frames of an image file, in order.

    A page that cannot be read has no words and a reason code in `layout.page.problem`; without `ocr` that is
    'ocr-off' for pages that need it, and 'page-fatal' for those that `watch` forbids. Raises SourceError
    where no page of the source can be read.
    """
    read = _document if media_type == "application/pdf" else _frames
    for number, page in enumerate(read(data, ocr, caps), 1):
        yield _watched(number, page, watch)
    watch.at(0)


def _watched(number: int, read: Callable[[], Sheet], watch: Watch) -> Sheet:
    """A page, about which `watch` is told while it is read, and whenever it is drawn."""
    if number in watch.without:
        return _unreadable(number, "page-fatal")
    watch.at(number)
    sheet = _careful(number, read)
    part = sheet.part and partial(_told, watch, number, sheet.part)
    return replace(sheet, picture=partial(_told, watch, number, sheet.picture), part=part)


def _told(watch: Watch, number: int, draw: Callable[..., Raster], *what: Any) -> Raster:
    watch.at(number)
    try:
        return draw(*what)
    finally:
        watch.at(0)


def _document(data: bytes, ocr: Ocr | None, caps: Caps) -> Iterator[Callable[[], Sheet]]:
    source = document.opened(data)
    if len(source.drawn) > caps.pages:
        raise SourceError("too-many-pages", str(len(source.drawn)))
    for number in range(1, len(source.drawn) + 1):
        yield partial(_page, source, number, ocr, caps)


def _frames(data: bytes, ocr: Ocr | None, caps: Caps) -> Iterator[Callable[[], Sheet]]:
    count = frames.count(data)
    if count > caps.frames:
        raise SourceError("too-many-pages", str(count))
    for number in range(1, count + 1):
        yield partial(_frame, data, number, ocr, caps)


def _careful(number: int, read: Callable[[], Sheet]) -> Sheet:
    """One bad page does not lose a document: it becomes a page with a problem."""
    try:
        return read()
    except SourceError as error:
        reason = error.reason
    except (cv2.error, *DAMAGE):
        reason = "page-damaged"
    return _unreadable(number, reason)


def _unreadable(number: int, reason: str) -> Sheet:
    page = Page(number, 0.0, 0.0, problem=reason, quality=0.0)
    return Sheet(Layout(page), partial(_nothing, reason))


def _nothing(reason: str, dpi: float) -> Raster:
    raise SourceError(reason, f"{dpi} dpi")


def _page(source: Document, number: int, ocr: Ocr | None, caps: Caps) -> Sheet:
    found = _printed(source, number, caps)
    if found and found.readable:
        return _text(source, number, found, ocr, caps)
    width, height, rotation = document.size(source, number)
    page = Page(number, width, height, rotation, dpi=found.dpi if found else None, origin="ocr")
    draw = partial(document.drawn, source, number, 0, caps.pixels)
    if found is None or found.turned:
        return _scan(page, draw, ocr, ())
    return _beside(_scan(page, draw, ocr, found.pictures), found.hidden)


def _printed(source: Document, number: int, caps: Caps) -> Printed | None:
    """What the page says of itself; nothing where pdfplumber fails on it."""
    try:
        page = document.plumbed(source, number)
        if page is None:
            return None
        return printed(page, most_letters=caps.letters, most_paths=caps.paths)
    except DAMAGE:
        return None


def _text(source: Document, number: int, found: Printed, ocr: Ocr | None, caps: Caps) -> Sheet:
    width, height = (found.height, found.width) if found.turned % 180 else (found.width, found.height)
    of = (source, number, found.turned, caps.pixels)
    draw = partial(document.drawn, *of)
    words = found.words if ocr is None else broken.mended(found.words, draw, ocr)
    page = Page(
        number,
        width,
        height,
        found.rotation,
        found.turned,
        blank=not words,  # pictures and outlines go to OCR; lines around nothing say nothing
        text="\n".join(filter(None, (text(words), found.across))),
    )
    layout = Layout(page, words, found.rulings, found.pictures, width=found.width, height=found.height)
    back = raster.turning(found.turned, width, height)
    return Sheet(layout, draw, back, partial(document.part, *of))


def _frame(data: bytes, number: int, ocr: Ocr | None, caps: Caps) -> Sheet:
    width, height, dpi = frames.resolution(data, number)
    page = Page(number, width, height, dpi=round(dpi), origin="ocr")
    return _scan(page, partial(frames.drawn, data, number, caps.pixels), ocr, ())


def _scan(page: Page, draw: Draw, ocr: Ocr | None, pictures: tuple[Picture, ...]) -> Sheet:
    """A page read by eye; `draw` and `pictures` are those of the page as displayed."""
    unread = Layout(page, pictures=pictures, width=page.width, height=page.height)
    if ocr is None:
        return Sheet(replace(unread, page=replace(page, problem="ocr-off")), draw)
    native = page.dpi or DPI
    try:
        found = scanned(draw, page.width, page.height, native, ocr)
    except SourceError as error:
        return Sheet(replace(unread, page=replace(page, problem=error.reason)), draw)
    lie = found.lie
    kept = replace(
        page,
        turned=lie.turned,
        dpi=round(native / lie.scale),
        quality=found.quality,
        blank=found.blank,
        text=text(found.words),
    )
    layout = Layout(kept, found.words, found.rulings, _moved(pictures, lie), (), lie.width, lie.height)
    return Sheet(layout, partial(_upright, draw, lie), lie.back)


def _beside(sheet: Sheet, hidden: tuple[Word, ...]) -> Sheet:
    """The page with the text under its picture, where that says other than was read: both are kept."""
    layout = sheet.layout
    said = text(hidden)
    if not said or layout.page.problem or _letters(said) == _letters(layout.page.text):
        return sheet
    there = raster.inverse(sheet.back)
    under = tuple(structs.replace(word, box=raster.moved(word.box, there)) for word in hidden)
    return replace(sheet, layout=replace(layout, page=replace(layout.page, hidden=said), hidden=under))


def _letters(said: str) -> str:
    return "".join(filter(str.isalnum, said)).casefold()


def _upright(draw: Draw, lie: Lie, dpi: float) -> Raster:
    return raster.warped(draw(dpi * lie.scale), lie)


def _moved(pictures: Iterable[Picture], lie: Lie) -> tuple[Picture, ...]:
    there = raster.inverse(lie.back)
    return tuple(replace(picture, box=raster.moved(picture.box, there)) for picture in pictures)


def text(words: Iterable[Word]) -> str:
    """The words as text, a line of the page a line of text, as they follow each other."""
    said: list[str] = []
    last, half = 0.0, 0.0
    for word in words:
        centre = word.box.centre
        if said:
            said.append(" " if abs(centre - last) < half else "\n")
        said.append(word.text)
        last, half = centre, word.box.height / 2
    return "".join(said)
