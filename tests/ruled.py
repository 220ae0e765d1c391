"""Tables drawn as offices draw them, and what is read from them."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from typing import Any

from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable, Paragraph, SimpleDocTemplate, Table

from pipeline.reading import tables
from pipeline.reading.pages import Caps, sheets
from pipeline.reading.tables import Tables
from pipeline.schema import Fact, Layout
from tests.shipped import RULES

AGREEMENT = next(t for t in RULES.types if t.id == "perjanjian_kinerja")
GRID = ("GRID", (0, 0), (-1, -1), 0.6, "black")
BARE = ("BARE",)  # no line at all
LINES = ("GRID", "INNERGRID", "BOX", "LINEBELOW", "BARE")
CELL = ParagraphStyle("cell", fontName="Helvetica", fontSize=9, leading=11)

HEAD = ["No", "Sasaran Strategis", "Indikator Kinerja", "Target"]
WIDE = [30, 150, 190, 70]
MONEY = ["No", "Program", "Anggaran (Rp)", "Keterangan"]
PURSE = [30, 230, 110, 70]

Rows = Sequence[Sequence[str]]
Command = tuple[Any, ...]


def ruled(rows: Rows, widths: Sequence[float], *style: Command) -> Table:
    """A table of wrapped cells with every border drawn, unless `style` says which."""
    cells = [[Paragraph(text.replace("\n", "<br/>"), CELL) for text in row] for row in rows]
    lines = style if any(command[0] in LINES for command in style) else (GRID, *style)
    drawn = [command for command in lines if command != BARE]
    return Table(cells, widths, style=[*drawn, ("VALIGN", (0, 0), (-1, -1), "TOP")])


def across(first: tuple[int, int], last: tuple[int, int]) -> Command:
    """Cells merged from the first column and row to the last."""
    return ("SPAN", first, last)


def pages(*story: Flowable) -> list[Layout]:
    """The pages that the flowables make."""
    out = io.BytesIO()
    SimpleDocTemplate(out, pagesize=A4, invariant=1).build(list(story))
    return layouts(out.getvalue())


def canvas(draw: Callable[[Canvas], None]) -> list[Layout]:
    """A page on which `draw` draws; the origin lies below left."""
    out = io.BytesIO()
    paper = Canvas(out, pagesize=A4, invariant=1)
    paper.setFont("Helvetica", 9)
    draw(paper)
    paper.save()
    return layouts(out.getvalue())


def strings(*rows: tuple[float, Sequence[tuple[float, str]]]) -> list[Layout]:
    """A page with strings at these heights and places."""

    def draw(paper: Canvas) -> None:
        for y, texts in rows:
            for x, text in texts:
                paper.drawString(x, y, text)

    return canvas(draw)


def layouts(data: bytes) -> list[Layout]:
    """The pages of a PDF as they are read."""
    return [sheet.layout for sheet in sheets(data, "application/pdf", ocr=None, caps=Caps())]


def read(*story: Flowable) -> Tables:
    """What the tables of an agreement say that is drawn so."""
    return found(pages(*story))


def found(on: Sequence[Layout]) -> Tables:
    """What the tables of an agreement on these pages say."""
    return tables.read(on, AGREEMENT.table, RULES.words)


def meant(fact: Fact | None) -> Any:
    """What a fact means; None also where there is none."""
    return None if fact is None else fact.data


def promises(said: Tables) -> list[tuple[Any, Any, Any]]:
    """Objective, indicator and printed target of every row."""
    return [(meant(i.objective), meant(i.measure), i.target and i.target.text) for i in said.indicators]


def money(said: Tables) -> list[tuple[str | None, Any, Any]]:
    """Rung, name and amount of every budget."""
    return [(b.level, meant(b.program), meant(b.amount)) for b in said.budgets]
