"""The arms of the invented city, letterheads, bars and frames."""

from typing import Any

from reportlab.lib.colors import HexColor, white
from reportlab.platypus import Flowable, Spacer, Table

from .flow import Cell, style

GREEN, GOLD, SKY, NAVY = HexColor("#1f6b45"), HexColor("#d9a520"), HexColor("#3f7fb5"), HexColor("#17365d")
STREETS = {
    "Dinas Pendidikan": "Jalan Pelajar Nomor 7 Telepon (0999) 555-0107",
    "Kecamatan Lembah Asri": "Jalan Lembah Raya Nomor 21 Telepon (0999) 555-0121",
    "Inspektorat": "Jalan Balai Kota Nomor 3 Telepon (0999) 555-0103",
    "Sekretariat Daerah": "Jalan Balai Kota Nomor 1 Telepon (0999) 555-0101",
}


class Emblem(Flowable):  # type: ignore[misc]  # reportlab carries no types
    """A shield with a hill, a sun and a river: nobody's arms."""

    def __init__(self, height: float, align: str = "CENTER") -> None:
        super().__init__()
        self.height, self.width = height, height * 0.82
        self.hAlign = align

    def draw(self) -> None:
        """Draws the shield in a box of 82 x 100 units."""
        pen = self.canv
        pen.saveState()
        pen.scale(self.height / 100, self.height / 100)
        _shield(pen)
        _inside(pen)
        _ribbon(pen)
        pen.restoreState()


def _shield(pen: Any) -> None:
    path = pen.beginPath()
    path.moveTo(6, 96)
    path.lineTo(76, 96)
    path.lineTo(76, 48)
    path.curveTo(76, 24, 56, 10, 41, 3)
    path.curveTo(26, 10, 6, 24, 6, 48)
    path.close()
    pen.setFillColor(GREEN)
    pen.setStrokeColor(GOLD)
    pen.setLineWidth(3)
    pen.drawPath(path, fill=1, stroke=1)


def _inside(pen: Any) -> None:
    pen.setFillColor(GOLD)
    pen.circle(41, 68, 10, fill=1, stroke=0)
    hill = pen.beginPath()
    hill.moveTo(14, 44)
    hill.curveTo(24, 66, 34, 66, 41, 52)
    hill.curveTo(50, 70, 60, 64, 68, 44)
    hill.close()
    pen.setFillColor(white)
    pen.drawPath(hill, fill=1, stroke=0)
    pen.setStrokeColor(SKY)
    for y in (38, 33, 28):
        pen.bezier(20, y, 32, y + 5, 48, y - 5, 62, y)


def _ribbon(pen: Any) -> None:
    pen.setFillColor(white)
    pen.rect(8, 83, 66, 10, fill=1, stroke=0)
    pen.setFillColor(NAVY)
    pen.setFont("Helvetica-Bold", 8.5)
    pen.drawCentredString(41, 85, "SUKAMAJU")


class Rule(Flowable):  # type: ignore[misc]  # reportlab carries no types
    """A thick and a thin line, as under a letterhead."""

    def __init__(self, width: float) -> None:
        super().__init__()
        self.width, self.height = width, 5

    def draw(self) -> None:
        """Draws both lines."""
        self.canv.setLineWidth(2.2)
        self.canv.line(0, 4, self.width, 4)
        self.canv.setLineWidth(0.6)
        self.canv.line(0, 1, self.width, 1)


class Bar(Flowable):  # type: ignore[misc]  # reportlab carries no types
    """A coloured bar with the name of the office."""

    def __init__(self, width: float, unit: str) -> None:
        super().__init__()
        self.width, self.height, self.unit = width, 46, unit

    def draw(self) -> None:
        """Draws the bar over the whole measure."""
        self.canv.setFillColor(NAVY)
        self.canv.rect(0, 0, self.width, 46, fill=1, stroke=0)
        self.canv.setFillColor(white)
        self.canv.setFont("VeraBd", 10)
        self.canv.drawString(14, 26, "Pemerintah Kota Sukamaju")
        self.canv.setFont("Vera", 9)
        self.canv.drawString(14, 12, self.unit)


def head(kind: str, font: str, unit: str, width: float) -> list[Flowable]:
    """What stands above the title: a letterhead, the arms, a bar, or nothing."""
    if kind == "letterhead":
        return [_letterhead(font, unit, width), Rule(width), Spacer(1, 14)]
    if kind == "bar":
        return [Bar(width, unit), Spacer(1, 16)]
    if kind in ("emblem", "frame"):
        return [Emblem(62), Spacer(1, 12)]
    return [Spacer(1, 6)]


def _letterhead(font: str, unit: str, width: float) -> Table:
    street = STREETS.get(unit, "Jalan Balai Kota Nomor 10 Telepon (0999) 555-0110")
    lines = [
        Cell("PEMERINTAH KOTA SUKAMAJU", style(font, 13, 1.2, "center")),
        Cell(unit.upper(), style(font, 15 if len(unit) < 30 else 12.5, 1.25, "center", bold=True)),
        Cell(f"{street} Kode Pos 99123", style(font, 8.5, 1.3, "center")),
        Cell("Pos-el: surat@sukamaju.example", style(font, 8.5, 1.3, "center")),
    ]
    table = Table([[Emblem(58), lines]], colWidths=[62, width - 62])
    table.setStyle([("VALIGN", (0, 0), (-1, -1), "MIDDLE"), ("BOTTOMPADDING", (0, 0), (-1, -1), 4)])
    return table


def frame(canvas: Any, size: tuple[float, float]) -> None:
    """A border of two lines with small diamonds, as on a certificate."""
    width, height = size
    canvas.setStrokeColor(GOLD)
    for inset, line in ((24, 3), (31, 1)):
        canvas.setLineWidth(line)
        canvas.rect(inset, inset, width - 2 * inset, height - 2 * inset)
    canvas.setFillColor(GREEN)
    for x, y in ((27, 27), (width - 27, 27), (27, height - 27), (width - 27, height - 27)):
        canvas.circle(x, y, 7, fill=1, stroke=0)
