"""Small pages drawn from rows of text, and what is read from them."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence

from reportlab.lib.pagesizes import A4
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas

from pipeline.reading.leaf import Leaf, leaf
from pipeline.reading.pages import Caps, Sheet, sheets
from pipeline.reading.read import read
from pipeline.reading.scanned import Ocr
from pipeline.rules import Rules
from pipeline.schema import Agreement, Reading

Row = tuple[
    float, float, str
]  # points from the left, points from the top to the foot of the letters, the text
Paint = Callable[[Canvas], None]  # draws with the origin in the lower left corner, as PDF does

PDF = "application/pdf"
SIZE = 11.0
WIDTH, HEIGHT = A4


def pdf(*pages: Sequence[Row], paint: Paint | None = None, size: float = SIZE) -> bytes:
    """A PDF of A4 pages with these rows; `paint` adds to each of them."""
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=A4, invariant=True)
    for rows in pages:
        canvas.setFont("Helvetica", size)
        for left, foot, text in rows:
            canvas.drawString(left, HEIGHT - foot, text)
        if paint is not None:
            paint(canvas)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def centred(foot: float, text: str, middle: float = WIDTH / 2) -> Row:
    """A row around `middle`, points from the left."""
    return middle - stringWidth(text, "Helvetica", SIZE) / 2, foot, text


def column(middle: float, foot: float, *texts: str, step: float = 14) -> list[Row]:
    """Rows under each other around `middle`; an empty text leaves its row free."""
    return [centred(foot + step * n, text, middle) for n, text in enumerate(texts) if text]


def block(left: float, foot: float, *texts: str, step: float = 14) -> list[Row]:
    """Rows under each other that begin at `left`; an empty text leaves its row free."""
    return [(left, foot + step * n, text) for n, text in enumerate(texts) if text]


def opened(data: bytes, ocr: Ocr | None = None) -> dict[int, Sheet]:
    """The pages of a PDF by their number."""
    return {sheet.layout.page.number: sheet for sheet in sheets(data, PDF, ocr=ocr, caps=Caps())}


def leaves(rules: Rules, *pages: Sequence[Row], paint: Paint | None = None) -> list[Leaf]:
    """These pages, drawn and made ready for reading."""
    return [leaf(sheet.layout, rules) for sheet in opened(pdf(*pages, paint=paint)).values()]


def reading(rules: Rules, *pages: Sequence[Row], paint: Paint | None = None) -> Reading:
    """All that is read from these pages."""
    return read(pdf(*pages, paint=paint), PDF, "0" * 64, rules, None)


def agreement(rules: Rules, *pages: Sequence[Row], paint: Paint | None = None) -> Agreement:
    """The one agreement that these pages make."""
    found = reading(rules, *pages, paint=paint).agreements
    assert len(found) == 1, [a.type for a in found]
    return found[0]


def signers_of(found: Agreement) -> set[tuple[object, object, object]]:
    """Role, name and position of each party."""
    return {(p.role, p.name and p.name.data, p.position and p.position.data) for p in found.parties}
