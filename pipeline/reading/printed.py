"""What a PDF page says of itself: its words, ruling lines and pictures, and whether it has to be read by eye."""

from __future__ import annotations

import copy
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pdfminer.layout import LTComponent, LTCurve, LTImage, LTRect
from pdfplumber.page import Page as PlumberPage

from pipeline.reading import letters, marks
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
    """A page by its own word. `readable` is false where OCR has to read it; `dpi` is that of its largest image."""

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
    crop = _crop(page)
    place = _place(crop, float(page.height))
    sight = Box(0, 0, crop.width, crop.height)
    paths = [(p, place(p)) for p in drawing.paths if marks.visible(p)]
    images = [(i, place(i)) for i in drawing.images]
    grounds = [box for path, box in paths if path.fill] + [box for _, box in images]
    found = letters.seen(drawing.letters, place, sight, grounds)
    words = letters.words([c for c in found if letters.direction(c) >= 0], place)
    scan = _covered([box for _, box in images], sight)
    return Printed(
        sight.width,
        sight.height,
        (page.rotation - turned) % 360,
        turned,
        words,
        marks.rulings(_lines(paths, crop, float(page.height))),
        _pictures(paths, images),
        letters.slanted(c for c in found if letters.direction(c) < 0),
        not _unreadable(words, paths, images, scan=scan, height=sight.height),
        max((_dpi(i.srcsize[0], box) for i, box in images), default=None),
    )


def _crop(page: PlumberPage) -> Box:
    """What is displayed of the media box: points from its upper left corner, after /Rotate."""
    mx0, my0, mx1, my1 = (float(v) for v in page.page_obj.mediabox)
    cx0, cy0, cx1, cy1 = (float(v) for v in page.page_obj.cropbox)
    left, right = max(0.0, cx0 - mx0), max(0.0, mx1 - cx1)
    above, below = max(0.0, my1 - cy1), max(0.0, cy0 - my0)
    sides = [above, right, below, left]
    turns = page.rotation // 90
    top, right, bottom, left = sides[-turns:] + sides[:-turns] if turns else sides
    return Box(left, top, float(page.width) - right, float(page.height) - bottom)


def _place(crop: Box, height: float) -> Place:
    def place(item: LTComponent) -> Box:
        top, bottom = height - item.y1, height - item.y0
        return Box(item.x0 - crop.x0, top - crop.top, item.x1 - crop.x0, bottom - crop.top)

    return place


def _lines(paths: Paths, crop: Box, height: float) -> Iterator[marks.Line]:
    for path, _ in paths:
        for x0, y0, x1, y1 in marks.lines(path):
            yield (x0 - crop.x0, height - y1 - crop.top, x1 - crop.x0, height - y0 - crop.top)


def _pictures(paths: Paths, images: Sequence[tuple[LTImage, Box]]) -> tuple[Picture, ...]:
    curves = [(box, len(path.pts)) for path, box in paths if _bent(path) and box.width < WIDEST]
    return tuple(marks.picture(image, box) for image, box in images) + marks.strokes(curves)


def _bent(path: LTCurve) -> bool:
    return not isinstance(path, LTRect) and not any(True for _ in marks.lines(path))


def _unreadable(
    words: Sequence[Word], paths: Paths, images: Sequence[object], *, scan: bool, height: float
) -> bool:
    if not words:
        return bool(images) or any(_bent(path) for path, _ in paths)
    if scan:
        return len({int(w.box.centre * BANDS / height) for w in words}) < WRITTEN * BANDS
    return letters.garbled(words) or _outlined(words, paths)


def _outlined(words: Sequence[Word], paths: Paths) -> bool:
    small = sum(box.height < SMALL and box.width < SMALL and _bent(path) for path, box in paths)
    return small > max(OUTLINES, 2 * sum(len(w.text) for w in words))


def _covered(boxes: Sequence[Box], page: Box) -> bool:
    steps = [(i + 0.5) / BANDS for i in range(BANDS)]
    points = [(page.width * x, page.height * y) for x in steps for y in steps]
    hit = sum(any(b.x0 <= x <= b.x1 and b.top <= y <= b.bottom for b in boxes) for x, y in points)
    return hit > WIDE * len(points)


def _dpi(pixels: int, box: Box) -> int:
    return round(pixels * 72 / max(1.0, box.width))
