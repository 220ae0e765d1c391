"""Signature blocks: role, position, a gap to sign in, name, rank and NIP, wherever on the page they stand."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from pipeline.reading.columns import Column, columns, handwritten
from pipeline.reading.heads import Head, heads
from pipeline.reading.kinds import is_nip, is_rank, position_level, repeats
from pipeline.reading.labelled import label
from pipeline.reading.leaf import Leaf
from pipeline.reading.lines import GAP, Line, Run, lines
from pipeline.reading.nameline import alike, name_lines, name_start
from pipeline.reading.phrases import same, says, starts
from pipeline.rules import Lexicon, TypeRule
from pipeline.schema import Box, Word, around

UNDER_NAME = 7  # lines: position, rank and number, where they stand under it
INK = 4  # letters: a small word alone on a line of a scan
UNREAD = 7  # letter heights in which a name that cannot be read is supposed to stand
SAME = 0.88  # how alike a name must be to make a block by itself
CLOSE = 1.8  # letter heights between the lines of a position
ROOM = 1.7  # letter heights to sign in
FLUSH = 240.0  # points from the left edge of a block set flush left, within which people sign
BADGE = 0.7  # of the size of the role line: what is smaller belongs to the badge of an electronic signature
HAZY = 0.55  # the same on a scan, where the size of letters is guessed from their ink


@dataclass(frozen=True, slots=True)
class Block:
    """One signer's block. The lists are lines of the page; `gap` is where the signature goes, points."""

    role: str | None
    page: int
    head: Box
    position: tuple[Line, ...]
    name: tuple[Line, ...]
    rank: Line | None
    nip: Line | None
    gap: Box

    @property
    def box(self) -> Box:
        """All of it, points."""
        lines = [*self.position, *self.name, *filter(None, (self.rank, self.nip))]
        return around([self.head, self.gap, *(line.box for line in lines)]) or self.head


def blocks(
    leaf: Leaf, rule: TypeRule, words: Lexicon, areas: Sequence[Box], known: dict[str, str]
) -> tuple[Block, ...]:
    """The signature blocks on a page, those on the left first. `known`: names by role read elsewhere.

    `areas` are tables, whose words are no signer's.
    """
    free = tuple(w for w in leaf.layout.words if not any(a.holds(w.box) for a in areas))
    found_heads = heads(leaf, rule, words, areas)
    found = [
        block
        for column in columns(found_heads, free, leaf)
        if (block := _block(column, leaf, words, known)) is not None
    ]
    found = list(_as_introduced(found, known))
    return (*found, *_unannounced(leaf, words, free, known, {b.role for b in found}))


def _as_introduced(found: Sequence[Block], known: dict[str, str]) -> Iterator[Block]:
    """The blocks; one with the name of somebody introduced in another role, who has none, is theirs.

    The second party may sign under "Menyetujui".
    """
    roles = {block.role for block in found}
    for block in found:
        name = " ".join(line.text for line in block.name)
        own = max((alike(name, known[r]), r) for r in known) if name and known else (0.0, None)
        free = own[1] not in roles and block.role not in known
        yield replace(block, role=own[1]) if own[0] >= SAME and free else block


def _unannounced(
    leaf: Leaf, words: Lexicon, free: Sequence[Word], known: dict[str, str], roles: set[str | None]
) -> Iterator[Block]:
    """Blocks without a role line: a name read elsewhere, a place to sign over it, over that a position."""
    for role, name in known.items():
        for line, run in ((ln, r) for ln in leaf.lines if ":" not in ln.text for r in ln.runs):
            if role in roles or alike(run.text, name) < SAME or label(line, words.labels) is not None:
                continue  # labelled, it is introduced there
            head = _position_over(leaf, run, words)
            if head is not None:
                left, right = min(head.box.x0, run.box.x0) - 10, max(head.box.x1, run.box.x1) + 10
                under = [
                    w for w in free if left < w.box.middle < right and head.box.bottom - 1 < w.box.centre
                ]
                others = [w for r in line.runs if r is not run for w in r.words]  # of the name beside it
                own = [w for w in under if not handwritten(w, head) and w not in others]
                column = Column(
                    replace(head, role=role), lines(own, gap=4 * GAP), left, right, leaf.layout.height
                )
                block = _block(column, leaf, words, {role: name})
                if block is not None:
                    roles = {*roles, role}
                    yield block


def _position_over(leaf: Leaf, name: Run, words: Lexicon) -> Head | None:
    """The position over a name, with room to sign between the two."""
    over = [r for line in leaf.lines for r in line.runs if _over(r, name)]
    nearest = max(over, key=lambda r: r.box.bottom, default=None)
    if nearest is None or name.box.top - nearest.box.bottom < ROOM * name.size:
        return None
    first = next((r for r in over if position_level(r.text, words) is not None), None)
    return Head(None, first.box, first.size, first.text) if first is not None else None


def _over(run: Run, name: Run) -> bool:
    across = min(run.box.x1, name.box.x1) - max(run.box.x0, name.box.x0)
    return across > 0 and 0 < name.box.top - run.box.bottom < 12 * name.size


# ---------------------------------------------------------------- one block


def _block(column: Column, leaf: Leaf, words: Lexicon, known: dict[str, str]) -> Block | None:
    least = (HAZY if leaf.layout.page.origin == "ocr" else BADGE) * column.head.size
    found = [ln for ln in column.lines if ln.size > least and not _stuck(ln, words)]
    start = name_start(found, column, words, known)
    if start is None:
        return _nameless(found, column, leaf, words) if column.head.role in known else None
    name, place = name_lines(found, start, words)
    below = list(_close(found, place))
    rank_line = next((ln for ln in (*below, *found[start - 1 : start]) if is_rank(ln, words)), None)
    nip_line = next((ln for ln in (*below, *found[:start]) if is_nip(ln)), None)
    position = _position([ln for ln in found[:start] if not is_nip(ln)], column, words)
    gap = _gap(found, start, position, below, column)
    position = position or tuple(_under(below, words))
    return Block(column.head.role, leaf.number, column.head.box, position, name, rank_line, nip_line, gap)


def _stuck(line: Line, words: Lexicon) -> bool:
    """Whether a line is of what is stuck or stamped there, or ink: a duty stamp, a badge, 'vmn'."""
    labels, first = words.labels, line.words[0]
    if first.text == line.text and first.text.islower() and len(line.text) <= INK and first.confidence < 1:
        return True
    return bool(says(line.text, labels.electronic, 85) or same(line.text, labels.meterai, 85))


def _nameless(found: Sequence[Line], column: Column, leaf: Leaf, words: Lexicon) -> Block:
    """A block whose name cannot be read, under ink or cut off: the place to sign is still there."""
    position = _position(found, column, words)
    last = position[-1].box if position else column.head.box
    nip_line = next((ln for ln in found if is_nip(ln)), None)
    bottom = nip_line.box.top if nip_line is not None else last.bottom + UNREAD * column.head.size
    half = max(column.head.box.width / 2, 70.0)
    left, right = column.head.box.middle - half, column.head.box.middle + half
    gap = Box(max(column.left, left), last.bottom, min(column.right, right), max(bottom, last.bottom + 1))
    head = column.head
    return Block(head.role, leaf.number, head.box, position, (), None, nip_line, gap)


def _close(found: Sequence[Line], place: int) -> Iterator[Line]:
    """The lines right under the name, up to the first space."""
    for above, line in pairwise(found[place - 1 : place + UNDER_NAME]):
        if line.box.top - above.box.bottom > 1.5 * line.size:
            return
        yield line


def _under(below: Sequence[Line], words: Lexicon) -> Iterator[Line]:
    """The position where it stands under name and number, to the end of the lines there."""
    begun = False
    for line in below:
        begun = begun or position_level(line.text, words) is not None
        if begun and (is_nip(line) or is_rank(line, words)):
            return
        if begun:
            yield line


def _flush(lines: Sequence[Box], size: float) -> bool:
    """Whether a block is set flush left: its signature may stand anywhere right of where the lines begin."""
    lefts, widths = [box.x0 for box in lines], [box.width for box in lines]
    return max(lefts) - min(lefts) < size < (max(widths) - min(widths)) / 2


def _position(above: Sequence[Line], column: Column, words: Lexicon) -> tuple[Line, ...]:
    """The lines between role and gap that say the position; place and date are not among them."""
    taken: list[Line] = []
    for line in above:
        last = taken[-1].box.bottom if taken else column.head.box.bottom
        apart = line.box.top - last > CLOSE * line.size
        if apart and (taken or position_level(line.text, words) is None):
            break
        if starts(line.text, words.labels.made_on, 90) or same(line.text, words.labels.fill, 90):
            continue
        if taken and repeats(line, taken):
            break
        taken.append(line)
    return tuple(taken)


def _gap(
    found: Sequence[Line], start: int, position: Sequence[Line], below: Sequence[Line], column: Column
) -> Box:
    """The place between position and name, as wide as the block, kept inside its column."""
    upper = position[-1].box.bottom if position else column.head.box.bottom
    name = found[start].box
    whole = around([name, *(ln.box for ln in position)]) or name
    half = max(whole.width / 2, 70.0)
    left, right = max(column.left, name.middle - half), min(column.right, name.middle + half)
    above, under = [column.head.box, *(ln.box for ln in position), name], [ln.box for ln in below]
    if any(_flush(boxes, column.head.size) for boxes in (above, [*above, *under])):
        whole = around([whole, *under]) or whole
        right = max(right, min(column.right, max(whole.x1, whole.x0 + FLUSH)))
    return Box(round(left, 1), round(min(upper, name.top), 1), round(right, 1), round(name.top, 1))
