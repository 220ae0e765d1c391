"""Many signers with a cell each: name and position in it, and the rest of the cell to sign in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from msgspec import structs

from pipeline.reading.blocks import Block
from pipeline.reading.captions import NUMBER, ROOM, Caption, titled, unnumbered
from pipeline.reading.captions import read as captions_in
from pipeline.reading.columns import TALL
from pipeline.reading.kinds import is_nip, is_rank, position_level
from pipeline.reading.leaf import Leaf
from pipeline.reading.lines import Line, lines
from pipeline.reading.phrases import says
from pipeline.reading.tables.grid import Cell, Grid, grids
from pipeline.rules import Lexicon, TypeRule
from pipeline.schema import Word
from pipeline.values import person

LEAST = 3  # cells with a name
MOST = 3  # lines of a name
ROLE_WORDS = 8  # of a cell that says a role
HARDLY = 0.5  # confidence under which a word is ink
WHOLE = 99  # letter heights: a line of a cell is not parted


def celled(leaf: Leaf, role: str, words: Sequence[Word], lexicon: Lexicon) -> Iterator[Block]:
    """The blocks in the cells of frames where most cells begin with a name; `words` are printed. The
    underline of a name may have cut the number under it off."""
    for frame in grids(leaf.layout):
        cells = list(dict.fromkeys(cell for row in frame.cells for cell in row))
        held = [(cell, _lines(cell, words)) for cell in cells]
        filled = [(cell, text) for cell, text in held if text]
        named = [(cell, text) for cell, text in filled if _named(text, lexicon)]
        free = {(cell.row, cell.col): cell for cell, text in held if not text}
        cut = {(cell.row, cell.col): text[0] for cell, text in filled if is_nip(text[0])}
        boxed = [
            block if block.nip else replace(block, nip=cut.get((cell.row + cell.rows, cell.col)))
            for cell, text in filled
            for block in _boxed(cell, text, leaf, role, lexicon)
        ]
        if len(boxed) >= LEAST and 2 * len(boxed) > len(filled) - len(cut):
            yield from boxed
        elif len(named) >= LEAST and 2 * len(named) > len(filled):
            for cell, text in named:
                yield from _blocks(
                    cell, text, free.get((cell.row, cell.col + cell.cols)), leaf, role, lexicon
                )


def roled(leaf: Leaf, frames: Iterable[Grid], rule: TypeRule, lexicon: Lexicon) -> Iterator[Block]:
    """The blocks of rows in frames where a cell says a role, and the next is signed over a name in it."""
    for frame in frames:
        for row in range(len(frame.cells)):
            band = [cell for cell in frame.band(row) if cell.row == row]
            for role_cell, cell in pairwise(band):
                role = _role(role_cell, rule)
                text = _lines(cell, [w for w in cell.words if w.confidence >= HARDLY]) if role else ()
                if role is not None and text and _role(cell, rule) is None:
                    yield from _under_white(cell, text, leaf, role, lexicon)


def _role(cell: Cell, rule: TypeRule) -> str | None:
    """The role that the few words of a cell say, of several the one said at most length."""
    text = " ".join(w.text for w in cell.words)
    if not text or len(cell.words) > ROLE_WORDS:
        return None
    said = [(len(phrase), p.role) for p in rule.party if (phrase := says(text, p.anchors, 100)) is not None]
    return max(said)[1] if said else None


def _under_white(
    cell: Cell, text: Sequence[Line], leaf: Leaf, role: str, lexicon: Lexicon
) -> Iterator[Block]:
    """The signer whose name stands in a cell under the room to sign."""
    starts = [n for n in range(len(text)) if any(titled(text[n : n + k], lexicon) for k in (1, 2))]
    bare = [n for n, line in enumerate(text) if _is_bare_name(line, lexicon)]
    begin = next(iter((*starts, *bare)), None)
    if begin is None:
        return
    own = text[begin:]
    over = max([cell.box.top, *(line.box.bottom for line in text[:begin] if line.size < TALL * own[0].size)])
    if own[0].box.top - over >= ROOM * own[0].size:
        read = _read(cell, own, lexicon)
        gap = structs.replace(cell.box, top=over, bottom=own[0].box.top)
        yield Block(role, leaf.number, gap, tuple(read.position), tuple(read.name), read.rank, read.nip, gap)


def _boxed(cell: Cell, text: Sequence[Line], leaf: Leaf, role: str, lexicon: Lexicon) -> Iterator[Block]:
    """The signer of a cell with a position on top and a name below the room to sign."""
    whites = [(b.box.top - a.box.bottom, n) for n, (a, b) in enumerate(pairwise(text), 1)]
    white, place = max(whites, default=(0.0, 0))
    upper, lower = text[:place], text[place:]
    if not upper or white < ROOM * lower[0].size or position_level(upper[0].text, lexicon) is None:
        return
    read = _read(cell, lower, lexicon)
    if read.name and person(" ".join(line.text for line in read.name), words=lexicon) is not None:
        gap = structs.replace(cell.box, top=upper[-1].box.bottom, bottom=lower[0].box.top)
        yield Block(role, leaf.number, gap, tuple(upper), tuple(read.name), read.rank, read.nip, gap)


def _is_bare_name(line: Line, lexicon: Lexicon) -> bool:
    """Whether a line may be a name without titles."""
    other = is_nip(line) or is_rank(line, lexicon) or position_level(line.text, lexicon) is not None
    return len(line.words) > 1 and not other and person(line.text, words=lexicon) is not None


def _lines(cell: Cell, words: Sequence[Word]) -> Sequence[Line]:
    return lines([w for w in words if cell.box.holds(w.box)], gap=WHOLE)


def _named(text: Sequence[Line], lexicon: Lexicon) -> bool:
    """Whether a cell begins with a name, which has titles or is counted."""
    first = text[0].text
    counted = NUMBER.match(first) is not None and person(NUMBER.sub("", first), words=lexicon) is not None
    return counted or any(titled(text[:n], lexicon) for n in range(1, MOST))


def _blocks(
    cell: Cell, text: Sequence[Line], aside: Cell | None, leaf: Leaf, role: str, lexicon: Lexicon
) -> Iterator[Block]:
    """The signer of a cell, who signs in its widest white, or else in the empty cell beside it."""
    read = _read(cell, text, lexicon)
    edges = [cell.box.top, *(y for line in text for y in (line.box.top, line.box.bottom)), cell.box.bottom]
    upper, lower = max(zip(edges[::2], edges[1::2], strict=True), key=lambda white: white[1] - white[0])
    gap = structs.replace(cell.box, top=upper, bottom=lower)
    if aside is not None:
        gap = aside.box
    elif lower - upper < ROOM * text[0].size:
        return
    if read.name:
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
