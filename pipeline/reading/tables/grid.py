"""Cells: a lattice of the drawn lines, and a cell wherever no line parts it."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from msgspec import structs

from pipeline.reading.tables import striped
from pipeline.reading.tables.lattice import Matrix, lattice, strikes
from pipeline.reading.tables.strokes import Frame, frames, level
from pipeline.schema import Box, Layout, Word

CUT = 0.5  # letters that a word must reach over a border, on both sides, to be two words
SEAM = 2.0  # letters: how far from the border such a word may be parted
SHARE = 0.35  # of the letters of such a word: the same, where that is more


@dataclass(frozen=True, slots=True, eq=False)
class Cell:
    """A cell: its first row and column, how many of each it takes, and the words in it."""

    row: int
    col: int
    rows: int
    cols: int
    box: Box
    words: tuple[Word, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Grid:
    """Rows and columns of a table. `cells[row][col]` is the cell there; a merged one is in many."""

    page: int
    origin: str
    xs: tuple[float, ...]
    ys: tuple[float, ...]
    cells: tuple[tuple[Cell, ...], ...]
    ruled: bool = True  # false: rows were parted by what is printed, not by lines

    @property
    def box(self) -> Box:
        """All of the table, points."""
        return Box(self.xs[0], self.ys[0], self.xs[-1], self.ys[-1])

    def band(self, row: int) -> tuple[Cell, ...]:
        """The different cells that lie in a row, left to right."""
        return tuple(dict.fromkeys(self.cells[row]))


def grids(layout: Layout) -> list[Grid]:
    """The ruled tables of a page, from top to bottom; boxes of a single cell are left out."""
    scan = layout.page.origin == "ocr"
    drawn = [r for r in layout.rulings if not (scan and strikes(r, layout.words, layout.rulings))]
    framed = frames(drawn, scan=scan)
    framed = framed if scan else striped.whole(framed, level(drawn), layout.words)
    found = [_grid(layout, frame) for frame in framed]
    return sorted((g for g in found if g is not None), key=lambda g: g.ys[0])


def _grid(layout: Layout, frame: Frame) -> Grid | None:
    found = lattice(frame, layout.words, scan=layout.page.origin == "ocr")
    if found is None:
        return None
    number, origin = layout.page.number, layout.page.origin
    parts = spans(found.right, found.below)
    return filled(number, origin, found.xs, found.ys, parts, layout.words, ruled=not found.torn)


Span = tuple[int, int, int, int]  # row, column, rows, columns


def spans(right: Matrix, below: Matrix) -> list[Span]:
    """Rectangles of lattice places without borders in them. Broken borders, which make an L, are mended."""
    for mend in (None, right, below):
        if mend is not None:
            _mended(right, below, upright=mend is right)
        parts = _parts(right, below)
        if all(_is_whole(part) for part in parts):
            break
    return [_span(part) for part in parts]


def _parts(right: Matrix, below: Matrix) -> list[set[tuple[int, int]]]:
    seen: set[tuple[int, int]] = set()
    parts = []
    for row in range(len(right)):
        for col in range(len(right[0]) - 1):
            if (row, col) not in seen:
                part = _part(row, col, right, below)
                seen |= part
                parts.append(part)
    return parts


def _part(row: int, col: int, right: Matrix, below: Matrix) -> set[tuple[int, int]]:
    part, todo = {(row, col)}, [(row, col)]
    while todo:
        for place in _next(*todo.pop(), right, below):
            if place not in part:
                part.add(place)
                todo.append(place)
    return part


def _next(row: int, col: int, right: Matrix, below: Matrix) -> Iterator[tuple[int, int]]:
    if not right[row][col + 1]:
        yield row, col + 1
    if not right[row][col]:
        yield row, col - 1
    if not below[row + 1][col]:
        yield row + 1, col
    if not below[row][col]:
        yield row - 1, col


def _span(part: set[tuple[int, int]]) -> Span:
    rows, cols = [r for r, _ in part], [c for _, c in part]
    return min(rows), min(cols), max(rows) - min(rows) + 1, max(cols) - min(cols) + 1


def _is_whole(part: set[tuple[int, int]]) -> bool:
    _, _, rows, cols = _span(part)
    return len(part) == rows * cols


def _mended(right: Matrix, below: Matrix, *, upright: bool) -> None:
    """Draw the inner borders of every part that is no rectangle."""
    for part in _parts(right, below):
        if _is_whole(part):
            continue
        for row, col in part:
            if upright and (row, col + 1) in part:
                right[row][col + 1] = True
            if not upright and (row + 1, col) in part:
                below[row + 1][col] = True


# ---------------------------------------------------------------- words into cells


def filled(
    page: int,
    origin: str,
    xs: Sequence[float],
    ys: Sequence[float],
    shapes: Sequence[Span],
    words: Iterable[Word],
    *,
    ruled: bool = True,
) -> Grid:
    """A grid with each of `words` in its cell; a word that reaches over a border is cut at it."""
    places: dict[tuple[int, int], int] = {}
    for index, (row, col, rows, cols) in enumerate(shapes):
        places.update({(r, c): index for r in range(row, row + rows) for c in range(col, col + cols)})
    content: list[list[Word]] = [[] for _ in shapes]
    for word in _within(words, xs, ys):
        row = bisect_right(ys, word.box.centre) - 1
        for col, part in _cut(word, row, xs, places):
            content[places[row, col]].append(part)
    cells = [_cell(shape, xs, ys, held) for shape, held in zip(shapes, content, strict=True)]
    table = tuple(tuple(cells[places[r, c]] for c in range(len(xs) - 1)) for r in range(len(ys) - 1))
    return Grid(page, origin, tuple(xs), tuple(ys), table, ruled)


def _within(words: Iterable[Word], xs: Sequence[float], ys: Sequence[float]) -> Iterator[Word]:
    for word in words:
        if ys[0] <= word.box.centre < ys[-1] and xs[0] <= word.box.middle < xs[-1]:
            yield word


def _cell(shape: Span, xs: Sequence[float], ys: Sequence[float], words: list[Word]) -> Cell:
    row, col, rows, cols = shape
    return Cell(row, col, rows, cols, Box(xs[col], ys[row], xs[col + cols], ys[row + rows]), tuple(words))


def _cut(
    word: Word, row: int, xs: Sequence[float], places: dict[tuple[int, int], int]
) -> Iterator[tuple[int, Word]]:
    """The parts of a word by column; whole where it stays in a cell, or runs over by less than a letter."""
    letter = word.box.width / max(len(word.text), 1)
    inner = range(bisect_right(xs, word.box.x0 + CUT * letter), bisect_right(xs, word.box.x1 - CUT * letter))
    lines = [j for j in inner if 0 < j < len(xs) - 1 and places[row, j - 1] != places[row, j]]
    rest = word
    for line in lines:
        left, right = _halves(rest, xs[line])
        if left is not None and right is not None:
            yield line - 1, left
            rest = right
    col = bisect_right(xs, rest.box.middle) - 1
    yield min(max(col, 0), len(xs) - 2), rest


def _halves(word: Word, x: float) -> tuple[Word | None, Word | None]:
    """A word parted near `x` where letters meet digits, or a small letter a capital; None where none do."""
    text = word.text
    near = (x - word.box.x0) / max(word.box.width, 0.1) * len(text)
    far = max(SEAM, SHARE * len(text))
    seams = [i for i in range(1, len(text)) if abs(i - near) <= far and _seam(text[i - 1], text[i])]
    if not seams:
        return None, None
    at = min(seams, key=lambda i: abs(i - near))
    here = structs.replace(word, text=text[:at], box=structs.replace(word.box, x1=x))
    return here, structs.replace(word, text=text[at:], box=structs.replace(word.box, x0=x))


def _seam(left: str, right: str) -> bool:
    return left.isalpha() != right.isalpha() or (left.islower() and right.isupper())
