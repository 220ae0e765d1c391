"""Coverage as a picture: a row a unit, a column a document type and year, told by colour, number and sign."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape
from typing import BinaryIO

# From none to all, of the colour scale cividis: told apart also by who does not see red and green.
COLOURS = ("#fde9c8", "#f2d0a0", "#c9c27a", "#8fae8b", "#4f8f9d", "#1f6f9c")
NOTHING = "#f4f4f4"
DARK = 4  # from this colour on, letters are white
ROW, COLUMN, LEFT, TOP, SIZE = 26, 110, 380, 90, 13  # pixels
LETTERS = 50  # of a unit's name
SIGNS = "○◔◑◕●"


@dataclass(frozen=True, slots=True)
class Cell:
    """How much of what a unit owes is there."""

    owed: int
    done: int

    @property
    def share(self) -> float | None:
        """0 to 1; None where nothing is owed."""
        return self.done / self.owed if self.owed else None

    @property
    def sign(self) -> str:
        """A circle, filled as far as it goes; a dot where nothing is owed."""
        if self.share is None:
            return "·"
        inner = 1 + int(self.share * (len(SIGNS) - 2)) if 0 < self.share < 1 else 0
        return SIGNS[-1] if self.share == 1 else SIGNS[inner]

    @property
    def text(self) -> str:
        """Done and owed, with the sign."""
        return self.sign if self.share is None else f"{self.sign} {self.done}/{self.owed}"


@dataclass(frozen=True, slots=True)
class Map:
    """Names of rows and columns, and the cells by both."""

    title: str
    rows: tuple[str, ...]
    columns: tuple[str, ...]
    cells: tuple[tuple[Cell, ...], ...]


def heatmap(title: str, counted: Iterable[tuple[str, str, int, int]]) -> Map:
    """A map of (row, column, owed, done); the rows with the least done first."""
    found: dict[str, dict[str, Cell]] = {}
    columns: dict[str, None] = {}
    for row, column, owed, done in counted:
        found.setdefault(row, {})[column] = Cell(owed, done)
        columns[column] = None
    names = sorted(found, key=lambda row: (_share(found[row].values()), row))
    order = sorted(columns)
    cells = tuple(tuple(found[row].get(column, Cell(0, 0)) for column in order) for row in names)
    return Map(title, tuple(names), tuple(order), cells)


def _share(cells: Iterable[Cell]) -> float:
    kept = list(cells)
    owed = sum(cell.owed for cell in kept)
    return sum(cell.done for cell in kept) / owed if owed else 2.0


def colour(cell: Cell) -> str:
    """The colour of a cell."""
    return NOTHING if cell.share is None else COLOURS[round(cell.share * (len(COLOURS) - 1))]


def _ink(cell: Cell) -> str:
    dark = cell.share is not None and round(cell.share * (len(COLOURS) - 1)) >= DARK
    return "#ffffff" if dark else "#222222"


def _size(made: Map) -> tuple[int, int]:
    return LEFT + COLUMN * len(made.columns) + 20, TOP + ROW * len(made.rows) + 20


def _short(name: str) -> str:
    return name if len(name) <= LETTERS else f"{name[: LETTERS - 1]}…"


# ---------------------------------------------------------------- SVG


def svg(made: Map, out: BinaryIO) -> None:
    """Write the map as SVG; every cell says row, column and numbers to whoever points at it."""
    width, height = _size(made)
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" '
        f'viewBox="0 0 {width} {height}" font-family="sans-serif" font-size="{SIZE}" role="img">'
    )
    parts = [
        head,
        f"<title>{escape(made.title)}</title>",
        '<rect width="100%" height="100%" fill="#ffffff"/>',
    ]
    parts.append(_text(10, 28, made.title, size=SIZE + 4))
    parts += [_text(LEFT + COLUMN * at, TOP - 12, name) for at, name in enumerate(made.columns)]
    for at, (name, cells) in enumerate(zip(made.rows, made.cells, strict=True)):
        parts.append(_text(10, TOP + ROW * at + 18, _short(name)))
        parts += _cells(name, at, cells, made.columns)
    out.write("\n".join([*parts, "</svg>", ""]).encode())


def _cells(name: str, at: int, cells: Sequence[Cell], columns: Sequence[str]) -> list[str]:
    found = []
    for place, (cell, column) in enumerate(zip(cells, columns, strict=True)):
        x, y = LEFT + COLUMN * place, TOP + ROW * at
        label = escape(f"{name}, {column}: {cell.done}/{cell.owed}")
        found.append(
            f'<g><title>{label}</title><rect x="{x}" y="{y}" width="{COLUMN - 3}" height="{ROW - 3}" '
            f'fill="{colour(cell)}"/>{_text(x + 10, y + 17, cell.text, fill=_ink(cell))}</g>'
        )
    return found


def _text(x: int, y: int, text: str, *, size: int = SIZE, fill: str = "#222222") -> str:
    return f'<text x="{x}" y="{y}" font-size="{size}" fill="{fill}">{escape(text)}</text>'


# ---------------------------------------------------------------- PNG


def png(made: Map, out: BinaryIO) -> None:
    """Write the map as PNG; the sign is left out, since the font may not have it."""
    from PIL import Image, ImageDraw, ImageFont

    image = Image.new("RGB", _size(made), "#ffffff")
    draw, font = ImageDraw.Draw(image), ImageFont.load_default(SIZE)
    draw.text((10, 14), made.title, "#222222", ImageFont.load_default(SIZE + 4))
    for at, name in enumerate(made.columns):
        draw.text((LEFT + COLUMN * at, TOP - 24), name, "#222222", font)
    for at, (name, cells) in enumerate(zip(made.rows, made.cells, strict=True)):
        top = TOP + ROW * at
        draw.text((10, top + 4), _short(name).replace("…", "..."), "#222222", font)
        for place, cell in enumerate(cells):
            left = LEFT + COLUMN * place
            draw.rectangle((left, top, left + COLUMN - 4, top + ROW - 4), colour(cell))
            text = "-" if cell.share is None else f"{cell.done}/{cell.owed}"
            draw.text((left + 10, top + 4), text, _ink(cell), font)
    image.save(out, "PNG")
