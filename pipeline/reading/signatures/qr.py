"""Codes on the pages (QR and the like): read from the picture itself, on scans from that of the page."""

from __future__ import annotations

import hashlib
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np
import pikepdf
from numpy.typing import NDArray
from PIL import Image

from pipeline.reading.document import DAMAGE
from pipeline.reading.pages import Sheet
from pipeline.reading.raster import POINTS, Raster
from pipeline.reading.signatures.code import mottled, patterned, symbols
from pipeline.schema import Box, Code, Picture

SIDES = (0.7, 1.4)  # width by height of a picture that may be a code
SMALL, LARGE = 14.0, 240.0  # points: the side of a code
HEAD = 0.18  # of the page: what stands above is its emblem
PIXELS = (160, 700, 2400)  # of a code: fewer cannot be read, about so many are best, more are too many
QUIET = 12  # pixels of white around a code
ENLARGED = (0, 1, -1)  # steps by which a picture that cannot be read is enlarged more or less
DPI = 300.0  # at which a page that claims to be signed is looked through
FORMS = 4  # of drawings within drawings
MUCH = 0.5  # of the page: so much of it is looked through as a whole
LINES = 12  # in a place to sign, from which they may be a code
LINK = re.compile(r"https?://\S+", re.IGNORECASE)
SHEETS = 4000  # letters that are kept of a code
Grey = NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class Sighting:
    """A code and where it was seen, in points of the upright page."""

    page: int
    box: Box
    kind: str
    text: str

    def code(self, sheet: Sheet) -> Code:
        """As it is kept: its place on the page as displayed."""
        box = sheet.shown(self.box)
        link = LINK.search(self.text)
        return Code(
            page=self.page,
            x0=round(box.x0, 1),
            top=round(box.top, 1),
            x1=round(box.x1, 1),
            bottom=round(box.bottom, 1),
            kind=self.kind,
            text=self.text,
            link=link[0] if link else None,
        )


def codes(
    data: bytes, sheets: Mapping[int, Sheet], places: Mapping[int, Sequence[Box]], claimed: Sequence[int]
) -> tuple[Sighting, ...]:
    """The codes on the pages of a source, page by page.

    `places` are the places to sign of each page. Pages that say they are signed electronically, `claimed`,
    are looked at as displayed too, and so are those with a place in which something is drawn by lines; a
    picture of any shape in a place of theirs may be a badge with a code.
    """
    wanted = {
        number: [
            picture
            for picture in sheet.layout.pictures
            if _square(picture, sheet) or (number in claimed and _placed(picture, places.get(number, ())))
        ]
        for number, sheet in sheets.items()
        if sheet.layout.page.origin == "text"
    }
    found = list(_pictured(data, wanted)) if any(wanted.values()) else []
    read = {sighting.page for sighting in found}
    drawn = {n for n, boxes in places.items() if any(_drawn_over(sheets[n], box) for box in boxes)}
    for number in sorted({*claimed, *drawn} - read):
        if not sheets[number].layout.page.problem:
            found += _seen(sheets[number], places.get(number, ()))
    return tuple(found)


def _drawn_over(sheet: Sheet, place: Box) -> bool:
    """Whether a place holds so many lines that they may be a code; a cell of a table has a few."""
    inside = (place.holds(Box(line.x0, line.top, line.x1, line.bottom)) for line in sheet.layout.rulings)
    return sheet.layout.page.origin == "text" and sum(inside) >= LINES


def _square(picture: Picture, sheet: Sheet) -> bool:
    """Whether a picture may be a code: about as high as wide, and below the head of the page."""
    box = picture.box
    square = SIDES[0] * box.height <= box.width <= SIDES[1] * box.height and SMALL <= box.width <= LARGE
    return _image(picture) and square and box.top > HEAD * sheet.layout.height


def _placed(picture: Picture, places: Sequence[Box]) -> bool:
    """Whether a picture stands in a place to sign: it may be a badge with a code in it."""
    return _image(picture) and any(place.holds(picture.box) for place in places)


def _image(picture: Picture) -> bool:
    return picture.kind == "image" and bool(picture.digest)


# ---------------------------------------------------------------- pictures of a PDF


def _pictured(data: bytes, wanted: Mapping[int, Sequence[Picture]]) -> Iterator[Sighting]:
    digests = {picture.digest for pictures in wanted.values() for picture in pictures}
    read = {digest: _decoded(image) for digest, image in _images(data, digests)}
    for number, pictures in wanted.items():
        for picture in pictures:
            for kind, text in read.get(picture.digest, ()):
                yield Sighting(number, picture.box, kind, text)


def _images(data: bytes, digests: set[str]) -> Iterator[tuple[str, Grey]]:
    """The pictures of a PDF with these digests, grey; those that cannot be opened are left out."""
    left = set(digests)
    try:
        with pikepdf.open(io.BytesIO(data)) as document:
            for page in document.pages:
                for image in _drawn(page.obj.get("/Resources", {}), FORMS) if left else ():
                    digest = hashlib.sha256(image.read_raw_bytes()).hexdigest()
                    if digest in left:
                        left.discard(digest)
                        yield from _opened(digest, image)
    except DAMAGE:
        return


def _drawn(resources: Any, depth: int) -> Iterator[Any]:
    """The images among what a page draws, also within drawings."""
    for drawing in resources.get("/XObject", {}).values():
        if drawing.get("/Subtype") == "/Image":
            yield drawing
        elif depth and drawing.get("/Subtype") == "/Form":
            yield from _drawn(drawing.get("/Resources", {}), depth - 1)


def _opened(digest: str, image: Any) -> Iterator[tuple[str, Grey]]:
    try:
        if int(image.get("/Width", 0)) * int(image.get("/Height", 0)) <= PIXELS[2] ** 2:
            yield digest, _on_white(image)
    except (*DAMAGE, pikepdf.UnsupportedImageTypeError):
        return


def _on_white(image: Any) -> Grey:
    """A picture in grey, as it looks on white paper: what its mask leaves out is white."""
    picture = pikepdf.PdfImage(image).as_pil_image().convert("L")
    if "/SMask" in image:
        mask = pikepdf.PdfImage(image["/SMask"]).as_pil_image().convert("L").resize(picture.size)
        picture = Image.composite(picture, Image.new("L", picture.size, 255), mask)
    return np.asarray(picture)


def _decoded(image: Grey) -> list[tuple[str, str]]:
    """What the codes in a picture say: in about the size in which they are read best, with white around."""
    if not patterned(image):
        return []
    best = max(1, round(PIXELS[1] / max(1, min(image.shape))))
    white = cv2.copyMakeBorder(image, QUIET, QUIET, QUIET, QUIET, cv2.BORDER_CONSTANT, value=[255])
    for times in dict.fromkeys(max(1, best + step) for step in ENLARGED):
        larger = cv2.resize(white, None, fx=times, fy=times, interpolation=cv2.INTER_CUBIC)
        found = [(kind, text) for kind, text, _ in _read(np.asarray(larger, np.uint8))]
        if found:
            return found
    return []


def _read(image: Grey) -> list[tuple[str, str, Box]]:
    """Kind, text and place (pixels) of each code in a picture."""
    found = symbols(image)
    return [(one.format.name, one.text[:SHEETS], _corners(one.position)) for one in found if one.text]


def _corners(position: Any) -> Box:
    points = [position.top_left, position.top_right, position.bottom_right, position.bottom_left]
    return Box(
        float(min(p.x for p in points)),
        float(min(p.y for p in points)),
        float(max(p.x for p in points)),
        float(max(p.y for p in points)),
    )


# ---------------------------------------------------------------- pages as they look


def _seen(sheet: Sheet, places: Sequence[Box]) -> Iterator[Sighting]:
    """The codes on the picture of a page; then closer in the places to sign where none was seen."""
    pictures = list(_pictures(sheet))
    found = [
        (kind, text, _points(box, picture))
        for picture in pictures
        for kind, text, box in _read(_grey(picture.pixels))
    ]
    for place in places:
        if not any(place.holds(box) for _, _, box in found):
            picture = sheet.part(DPI, place) if sheet.part else pictures[0]
            part = _grey(picture.cut(place).pixels)
            found += [(kind, text, place) for kind, text in (_decoded(part) if part.size else ())]
    for kind, text, box in found:
        yield Sighting(sheet.layout.page.number, box, kind, text)


def _pictures(sheet: Sheet) -> Iterator[Raster]:
    """The page, or those parts of it alone that look at a glance as if a code may stand there."""
    boxes = list(_patterned(sheet.picture(POINTS))) if sheet.part else []
    covered = sum(box.width * box.height for box in boxes)
    if sheet.part is None or covered > MUCH * sheet.layout.width * sheet.layout.height:
        yield sheet.picture(DPI)
    else:
        yield from (sheet.part(DPI, box) for box in boxes)


def _patterned(glance: Raster) -> Iterator[Box]:
    """The parts of a page, points, that are as dark and as light as a code, with white around them."""
    marked = mottled(_grey(glance.pixels), round(SMALL)).astype(np.uint8)
    room = round(2 * SMALL)
    _, _, found, _ = cv2.connectedComponentsWithStats(cv2.dilate(marked, np.ones((room, room), np.uint8)))
    for x, y, width, height, _ in found[1:].tolist():
        yield _points(Box(x, y, x + width, y + height), glance)


def _grey(pixels: Any) -> Grey:
    return np.asarray(cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY) if pixels.ndim > 2 else pixels, np.uint8)


def _points(box: Box, picture: Raster) -> Box:
    by, (left, upper) = POINTS / picture.dpi, picture.at
    return Box((box.x0 + left) * by, (box.top + upper) * by, (box.x1 + left) * by, (box.bottom + upper) * by)
