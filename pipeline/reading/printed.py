"""What a PDF page says of itself: words, ruling lines, pictures, and whether it has to be read by eye."""

from __future__ import annotations

import copy
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pdfminer.layout import LTCurve, LTImage, LTRect
from pdfplumber.page import Page as PlumberPage

from pipeline.reading import broken, letters, marks
from pipeline.reading.drawing import Drawing
from pipeline.reading.letters import Place
from pipeline.schema import Box, Picture, Ruling, Word

WIDE = 0.7  # share of the page from which its images are the page
BANDS = 20  # strips of a page, top to bottom
WRITTEN = 0.4  # share of those strips that text over a page-wide image must reach to be the page's own text
OUTLINES = 150  # small curves from which a page without letters is text drawn as outlines
SMALL = 30.0  # points: no letter is drawn larger
WIDEST = 400.0  # points: no signature or emblem is drawn larger
Paths = Sequence[tuple[LTCurve, Box]]


@dataclass(frozen=True, slots=True)
class Printed:
    """A page by its own word. `readable` is false where OCR has to read it; `dpi` is that of a scan."""

    width: float
    height: float
    rotation: int
    turned: int
    words: tuple[Word, ...]
    rulings: tuple[Ruling, ...]
    pictures: tuple[Picture, ...]
    across: str
    readable: bool
    dpi: int | None
    hidden: tuple[
        Word, ...
    ] = ()  # written where nobody sees it; asked for only where the page is not readable


def printed(page: PlumberPage, *, most_letters: int, most_paths: int) -> Printed:
    """The page, turned so that its letters stand upright. Raises SourceError for too much on it."""
    drawing = Drawing(page, letters=most_letters, paths=most_paths)
    turned = letters.turn(drawing.letters)
    if turned:
        page = _rotated(page, turned)
        drawing = Drawing(page, letters=most_letters, paths=most_paths)
    return _printed(page, drawing, turned)


def _rotated(page: PlumberPage, degrees: int) -> PlumberPage:
    turned = copy.copy(page.page_obj)
    turned.rotate = (page.rotation + degrees) % 360
    turned.attrs = {**turned.attrs, "Rotate": turned.rotate}
    return PlumberPage(page.pdf, turned, page.page_number)


def _printed(page: PlumberPage, drawing: Drawing, turned: int) -> Printed:
    place = _place(page)
    paths = [(p, place.box(p)) for p in drawing.paths if marks.visible(p)]
    images = [(i, place.box(i)) for i in drawing.images]
    grounds = [box for path, box in paths if path.fill] + [box for _, box in images]
    chars = list(letters.seen(drawing.letters, place, grounds))
    words = letters.words(chars)
    scan = _covered([box for _, box in images], place)
    outlined = _outlined(words, paths)
    readable = not (outlined or _unreadable(words, paths, images, scan=scan, height=place.height))
    return Printed(
        place.width,
        place.height,
        (page.rotation - turned) % 360,
        turned,
        words,
        marks.rulings(_lines(paths, place)),
        tuple(_pictures(images, place)) + (() if outlined else _strokes(paths)),
        letters.slanted(chars),
        readable,
        max((_dpi(i.srcsize[0], box) for i, box in images), default=None) if scan else None,
        () if readable else letters.words(letters.seen(drawing.hidden, place, [place.whole])),
    )


def _place(page: PlumberPage) -> Place:
    """The crop box as displayed, after /Rotate, in the coordinates of the media box turned likewise."""
    mx0, my0, mx1, my1 = (float(v) for v in page.page_obj.mediabox)
    cx0, cy0, cx1, cy1 = (float(v) for v in page.page_obj.cropbox)
    sides = [max(0.0, v) for v in (my1 - cy1, mx1 - cx1, cy0 - my0, cx0 - mx0)]  # above, right, below, left
    turns = page.rotation // 90 % 4
    above, right, below, left = sides[4 - turns :] + sides[: 4 - turns]
    width, height = float(page.width), float(page.height)
    return Place(left, height - above, width - left - right, height - above - below)


def _lines(paths: Paths, place: Place) -> Iterator[marks.Line]:
    for x0, y0, x1, y1 in marks.drawn(path for path, _ in paths):
        yield (x0 - place.left, place.upper - y1, x1 - place.left, place.upper - y0)


def _pictures(images: Sequence[tuple[LTImage, Box]], place: Place) -> Iterator[Picture]:
    """The images on the page; one that is the page itself is said to be so, and masks are parts of others."""
    for image, box in images:
        if box.width * box.height > WIDE * place.width * place.height:
            yield Picture(box, kind="page")
        elif not image.imagemask:
            yield marks.picture(image, box)


def _strokes(paths: Paths) -> tuple[Picture, ...]:
    pens = ((path, box) for path, box in paths if _bent(path) or (marks.pen(path) and not _boxed(path)))
    return marks.strokes((box, len(path.pts)) for path, box in pens if box.width < WIDEST)


def _bent(path: LTCurve) -> bool:
    return not _boxed(path) and not any(True for _ in marks.lines(path))


def _boxed(path: LTCurve) -> bool:
    return isinstance(path, LTRect)


def _unreadable(
    words: Sequence[Word], paths: Paths, images: Sequence[object], *, scan: bool, height: float
) -> bool:
    if not words:
        return bool(images) or any(_bent(path) for path, _ in paths)
    if scan:
        return len({int(w.box.centre * BANDS / height) for w in words}) < WRITTEN * BANDS
    return letters.garbled(words) or broken.many(words)


def _outlined(words: Sequence[Word], paths: Paths) -> bool:
    small = sum(box.height < SMALL and box.width < SMALL and _bent(path) for path, box in paths)
    return small > max(OUTLINES, 2 * sum(len(w.text) for w in words))


def _covered(boxes: Sequence[Box], place: Place) -> bool:
    """Whether images, one or in strips, cover most of the page."""
    if not boxes:
        return False
    steps = [(i + 0.5) / BANDS for i in range(BANDS)]
    points = [(place.width * x, place.height * y) for x in steps for y in steps]
    hit = sum(any(b.x0 <= x <= b.x1 and b.top <= y <= b.bottom for b in boxes) for x, y in points)
    return hit > WIDE * len(points)


def _dpi(pixels: int, box: Box) -> int:
    return round(pixels * 72 / max(1.0, box.width))
