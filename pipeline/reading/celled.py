"""Many signers with a cell each: name and position in it, and the rest of the cell to sign in."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec import structs

from pipeline.reading.blocks import Block, is_nip, is_rank, position_level
from pipeline.reading.captions import NUMBER, ROOM, Caption, titled, unnumbered
from pipeline.reading.captions import read as captions_in
from pipeline.reading.leaf import Leaf
from pipeline.reading.lines import Line, lines
from pipeline.reading.tables.grid import Cell, grids
from pipeline.rules import Lexicon
from pipeline.schema import Word
from pipeline.values import person

LEAST = 3  # cells with a name
MOST = 3  # lines of a name
WHOLE = 99  # letter heights: a line of a cell is not parted


def celled(leaf: Leaf, role: str, words: Sequence[Word], lexicon: Lexicon) -> Iterator[Block]:
    """The blocks in the cells of frames where most cells begin with a name; `words` are printed."""
    for frame in grids(leaf.layout):
        cells = list(dict.fromkeys(cell for row in frame.cells for cell in row))
        held = [(cell, _lines(cell, words)) for cell in cells]
        filled = [(cell, text) for cell, text in held if text]
        named = [(cell, text) for cell, text in filled if _named(text, lexicon)]
        if len(named) >= LEAST and 2 * len(named) > len(filled):
            for cell, text in named:
                yield from _blocks(cell, text, leaf, role, lexicon)


def _lines(cell: Cell, words: Sequence[Word]) -> Sequence[Line]:
    return lines([w for w in words if cell.box.holds(w.box)], gap=WHOLE)


def _named(text: Sequence[Line], lexicon: Lexicon) -> bool:
    """Whether a cell begins with a name, which has titles or is counted."""
    first = text[0].text
    counted = NUMBER.match(first) is not None and person(NUMBER.sub("", first), words=lexicon) is not None
    return counted or any(titled(text[:n], lexicon) for n in range(1, MOST))


def _blocks(cell: Cell, text: Sequence[Line], leaf: Leaf, role: str, lexicon: Lexicon) -> Iterator[Block]:
    """The signer of a cell, who signs in its widest white: there must be room in it."""
    read = _read(cell, text, lexicon)
    edges = [cell.box.top, *(y for line in text for y in (line.box.top, line.box.bottom)), cell.box.bottom]
    upper, lower = max(zip(edges[::2], edges[1::2], strict=True), key=lambda white: white[1] - white[0])
    if lower - upper < ROOM * text[0].size or not read.name:
        return
    gap = structs.replace(cell.box, top=upper, bottom=lower)
    yield Block(role, leaf.number, gap, tuple(read.position), tuple(read.name), read.rank, read.nip, gap)


def _read(cell: Cell, text: Sequence[Line], lexicon: Lexicon) -> Caption:
    """Name and position in a cell: the name ends where a line begins like a position, however far apart."""
    level = (n for n, line in enumerate(text) if position_level(line.text, lexicon) is not None)
    place = next(level, len(text))
    if not 0 < place < min(len(text), MOST + 1):
        return next(captions_in(text, cell.box.top, lexicon))
    rest = [ln for ln in text[place:] if not is_nip(ln) and not is_rank(ln, lexicon)]
    rank = next((ln for ln in text if is_rank(ln, lexicon)), None)
    nip = next((ln for ln in text if is_nip(ln)), None)
    name = [unnumbered(text[0]), *(ln for ln in text[1:place] if not is_nip(ln) and not is_rank(ln, lexicon))]
    return Caption(cell.box.top, name, rest, rank, nip)
