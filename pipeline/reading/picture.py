"""Pages as displayed, as pictures, with boxes drawn over them: what a rule found, to be seen."""

from __future__ import annotations

import io
import math
from collections.abc import Sequence
from dataclasses import dataclass

import pypdfium2
from PIL import Image, ImageDraw, ImageFont

from pipeline.reading.raster import POINTS
from pipeline.schema import Box

DPI = 110.0
PIXELS = 8_000_000  # of a picture, at most
COLOURS = ("#d62728", "#1f77b4", "#2ca02c", "#9467bd", "#e67e00", "#008b8b")
LETTERS = 12  # pixels
ROOM = 3  # pixels between a box and its frame


@dataclass(frozen=True, slots=True)
class Mark:
    """A box on a page, in points as displayed, and what to write beside it."""

    page: int
    box: Box
    label: str


@dataclass(frozen=True, slots=True)
class Shot:
    """A page as a PNG file."""

    page: int
    png: bytes


def shots(data: bytes, media_type: str, marks: Sequence[Mark]) -> tuple[Shot, ...]:
    """A picture of each page that has marks, with the marks drawn over it, each label in its own colour."""
    return tuple(
        Shot(number, _drawn_over(*_page(data, media_type, number), _labelled(marks, number)))
        for number in sorted({mark.page for mark in marks})
    )


def _labelled(marks: Sequence[Mark], page: int) -> dict[Box, str]:
    """What stands beside each box of a page, where several marks lie on one place all of them."""
    found: dict[Box, str] = {}
    for mark in marks:
        if mark.page == page and mark.label not in found.get(mark.box, "").split(", "):
            found[mark.box] = f"{found[mark.box]}, {mark.label}" if mark.box in found else mark.label
    return found


def _page(data: bytes, media_type: str, number: int) -> tuple[Image.Image, float]:
    """The picture of a page and its pixels to the point."""
    if media_type == "application/pdf":
        with pypdfium2.PdfDocument(data) as document:
            page = document[number - 1]
            scale = _scale(page.get_width(), page.get_height(), DPI / POINTS)
            return page.render(scale=scale).to_pil().convert("RGB"), scale
    image = Image.open(io.BytesIO(data))
    image.seek(number - 1)
    points = float(image.info.get("dpi", (POINTS, POINTS))[0] or POINTS) / POINTS
    scale = _scale(image.width / points, image.height / points, min(points, DPI / POINTS))
    size = (max(1, round(image.width * scale / points)), max(1, round(image.height * scale / points)))
    return image.convert("RGB").resize(size), scale


def _scale(width: float, height: float, wanted: float) -> float:
    return min(wanted, math.sqrt(PIXELS / max(width * height, 1.0)))


def _drawn_over(picture: Image.Image, scale: float, labels: dict[Box, str]) -> bytes:
    colours = {label: COLOURS[at % len(COLOURS)] for at, label in enumerate(dict.fromkeys(labels.values()))}
    pen, letters = ImageDraw.Draw(picture), ImageFont.load_default(LETTERS)
    for box, label in labels.items():
        x0, top, x1, bottom = (edge * scale for edge in _edges(box))
        pen.rectangle((x0 - ROOM, top - ROOM, x1 + ROOM, bottom + ROOM), outline=colours[label], width=2)
        start = (x0, max(0.0, top - LETTERS - ROOM))
        pen.rectangle(pen.textbbox(start, label, font=letters), fill="white")
        pen.text(start, label, fill=colours[label], font=letters)
    made = io.BytesIO()
    picture.save(made, "PNG")
    return made.getvalue()


def _edges(box: Box) -> tuple[float, float, float, float]:
    return min(box.x0, box.x1), min(box.top, box.bottom), max(box.x0, box.x1), max(box.top, box.bottom)
