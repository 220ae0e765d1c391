"""Pieces of a page that note where they were drawn, so that the truth comes from the drawing itself."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import reportlab
from reportlab import rl_config
from reportlab.graphics import renderPDF
from reportlab.graphics.barcode.qr import QrCodeWidget
from reportlab.graphics.shapes import Drawing
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase.pdfmetrics import registerFont, registerFontFamily
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import Flowable, Paragraph, Table

from . import place

Box = tuple[float, float, float, float]
ALIGN = {"left": 0, "center": 1, "right": 2, "justify": 4}
FACES = {
    "Times": ("Times-Roman", "Times-Bold", "Times-Italic"),
    "Helvetica": ("Helvetica", "Helvetica-Bold", "Helvetica-Oblique"),
    "Courier": ("Courier", "Courier-Bold", "Courier-Oblique"),
    "Vera": ("Vera", "VeraBd", "VeraIt"),
}


def register() -> None:
    """Makes the Vera faces that come with reportlab known; the others are built into every PDF reader."""
    for name in ("Vera", "VeraBd", "VeraIt", "VeraBI"):
        registerFont(TTFont(name, str(Path(reportlab.__file__).parent / "fonts" / f"{name}.ttf")))
    rl_config.useA85 = 0  # binary streams: a fifth smaller
    registerFontFamily("Vera", "Vera", "VeraBd", "VeraIt", "VeraBI")


@dataclass(frozen=True, slots=True)
class Mark:
    """Something of interest, its page, and its box in points of the page as displayed, from the top left."""

    key: tuple[Any, ...]
    page: int
    box: Box


def style(font: str, size: float, leading: float = 1.25, align: str = "left", **more: Any) -> ParagraphStyle:
    """A paragraph style; `font` is a family such as Times."""
    bold = more.pop("bold", False)
    face = FACES[font][1 if bold else 0]
    return ParagraphStyle(
        "", fontName=face, fontSize=size, leading=size * leading, alignment=ALIGN[align], **more
    )


def box(canvas: Any, width: float, height: float) -> Box:
    """Where a rectangle at the origin stands on the page as displayed, also on pages with /Rotate 90."""
    (x0, y0), (x1, y1) = canvas.absolutePosition(0, 0), canvas.absolutePosition(width, height)
    if canvas._pageRotation:
        xs, tops = sorted((y0, y1)), sorted((x0, x1))
    else:
        xs, tops = sorted((x0, x1)), sorted(canvas._pagesize[1] - y for y in (y0, y1))
    return (round(xs[0], 1), round(tops[0], 1), round(xs[1], 1), round(tops[1], 1))


class Cell(Paragraph):  # type: ignore[misc]  # reportlab carries no types
    """A paragraph that notes where it was drawn; cut in two, each piece notes its own."""

    marks: list[Mark] | None = None
    key: tuple[Any, ...] = ()

    @classmethod
    def noted(cls, text: str, look: ParagraphStyle, marks: list[Mark], key: tuple[Any, ...]) -> "Cell":
        """A paragraph whose place goes to `marks` under `key`."""
        cell = cls(text, look)
        cell.marks, cell.key = marks, key
        return cell

    def split(self, width: float, height: float) -> list[Any]:
        """The pieces, with the same key."""
        pieces: list[Any] = super().split(width, height)
        for piece in pieces:
            piece.marks, piece.key = self.marks, self.key
        return pieces

    def draw(self) -> None:
        """Draws the text and notes the place."""
        if self.marks is not None:
            self.marks.append(
                Mark(self.key, self.canv.getPageNumber(), box(self.canv, self.width, self.height))
            )
        super().draw()


def cells(texts: Iterable[str], look: ParagraphStyle) -> list[Cell]:
    """One paragraph for each text."""
    return [Cell(text, look) for text in texts]


def ruled(rows: list[list[Any]], widths: list[float], *more: tuple[Any, ...], line: float = 0.6) -> Table:
    """A table with lines around every cell."""
    table = Table(rows, colWidths=widths)
    table.setStyle([("GRID", (0, 0), (-1, -1), line, "black"), ("VALIGN", (0, 0), (-1, -1), "MIDDLE"), *more])
    return table


def bare(rows: list[list[Any]], widths: list[float], *more: tuple[Any, ...]) -> Table:
    """A table that only sets things beside each other."""
    table = Table(rows, colWidths=widths, hAlign="LEFT")
    close = [(f"{side}PADDING", (0, 0), (-1, -1), 1) for side in ("TOP", "BOTTOM")]
    table.setStyle([("VALIGN", (0, 0), (-1, -1), "TOP"), *close, *more])
    return table


class Spot(Flowable):  # type: ignore[misc]  # reportlab carries no types
    """Nothing to see: notes on which page it came to stand."""

    def __init__(self, marks: list[Mark], key: tuple[Any, ...]) -> None:
        super().__init__()
        self.marks, self.key = marks, key
        self.width = self.height = 0

    def draw(self) -> None:
        """Notes the place."""
        self.marks.append(Mark(self.key, self.canv.getPageNumber(), box(self.canv, 1, 1)))


class Slot(Flowable):  # type: ignore[misc]  # reportlab carries no types
    """The room for a signature: empty on paper that is signed by hand, drawn over when `seen`."""

    def __init__(
        self,
        marks: list[Mark],
        key: tuple[Any, ...],
        size: tuple[float, float],
        signing: place.Signing,
        *,
        seen: bool,
    ) -> None:
        super().__init__()
        self.marks, self.key, self.signing, self.seen = marks, key, signing, seen
        self.width, self.height = size
        self.hAlign = "CENTER"

    def draw(self) -> None:
        """Notes the place; draws what a digital paper carries."""
        self.marks.append(Mark(self.key, self.canv.getPageNumber(), box(self.canv, self.width, self.height)))
        if self.signing.mark in ("qr", "esign"):
            self._badge()
        elif self.seen:
            for piece in place.placed(self.signing, self.width, self.height):
                x, y, width, height = piece.box
                self.canv.drawImage(ImageReader(piece.picture), x, y, width, height, mask="auto")

    def _badge(self) -> None:
        self.canv.setStrokeGray(0.6)
        left = (self.width - 150) / 2
        self.canv.roundRect(left, 2, 150, self.height - 4, 4)
        lines = (
            "Ditandatangani secara elektronik oleh:",
            *place.wrapped(self.signing.office, 34),
            self.signing.name,
        )
        text_left = left + 6
        if self.signing.mark == "qr":
            self._code(left + 3)
            text_left = left + self.height - 6
        for i, line in enumerate(lines):
            self.canv.setFont("Helvetica", 5)
            self.canv.drawString(text_left, self.height - 14 - i * 7, line)

    def _code(self, left: float) -> None:
        side = self.height - 10
        drawing = Drawing(side, side)
        drawing.add(
            QrCodeWidget(
                f"https://tte.sukamaju.example/v/{self.signing.person}",
                barWidth=side,
                barHeight=side,
                barBorder=1,
            )
        )
        renderPDF.draw(drawing, self.canv, left, 5)
