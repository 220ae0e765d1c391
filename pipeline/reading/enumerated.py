"""Signers counted off, position, name and number under each other, with the place to sign right of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from pipeline.reading.blocks import Block
from pipeline.reading.captions import BESIDE, ROOM, unnumbered
from pipeline.reading.counts import COUNT
from pipeline.reading.grid import Draft, beginning, columns, drafts, printed
from pipeline.reading.leaf import Leaf
from pipeline.reading.lines import Line, lines
from pipeline.rules import Lexicon, PartyRule
from pipeline.schema import Box, Word

LEAST = 2  # of them
RAISED = 0.5  # letter heights: a line begins no higher over its number
GAP = 9.0  # letter heights: the words of a line are of one run


def enumerated(
    leaf: Leaf, party: PartyRule, between: tuple[float, float], words: Lexicon
) -> tuple[Block, ...]:
    """The blocks of a party `between` two heights of a page (points); none where no such list is there."""
    top, bottom = between
    inside = list(printed([w for w in leaf.layout.words if top < w.box.centre < bottom]))
    for left, right in columns(inside):
        own = [w for w in inside if left <= w.box.middle < right]
        end = beginning(right, inside, leaf)
        items = list(_items(own, bottom))
        found = [_named(item, words) for _, _, item in items]
        if len(items) >= LEAST and all(found) and end - right >= BESIDE:
            return tuple(
                _block(draft, leaf, party.role, Box(right, upper, end, _foot(draft, lower)))
                for draft, (upper, lower, _) in zip(found, items, strict=True)
                if draft is not None
            )
    return ()


def _items(own: Sequence[Word], bottom: float) -> Iterator[tuple[float, float, Sequence[Line]]]:
    """Where each item begins and ends, and its lines: numbers that follow each other stand left of all."""
    numbers = sorted((w for w in own if COUNT.fullmatch(w.text)), key=lambda w: w.box.top)
    rest = [w for w in own if w not in numbers]
    follow = [int("".join(filter(str.isdigit, w.text))) for w in numbers] == [*range(1, len(numbers) + 1)]
    if not rest or not follow or max((w.box.x1 for w in numbers), default=0.0) > min(w.box.x0 for w in rest):
        return
    edges = [*(w.box.top - RAISED * w.size for w in numbers), bottom]
    for upper, lower in pairwise(edges):
        item = lines([w for w in rest if upper <= w.box.centre < lower], gap=GAP)
        if item:
            yield upper, lower, item


def _named(item: Sequence[Line], words: Lexicon) -> Draft | None:
    """Whoever an item names, once."""
    found = [draft for draft in drafts([unnumbered(line) for line in item], words) if draft.name]
    return found[0] if len(found) == 1 else None


def _foot(draft: Draft, lower: float) -> float:
    """Down to where somebody signs: the line to sign on stands over the name, or level with it."""
    first, last = draft.name[0], draft.name[-1]
    over = draft.heads and first.box.top - draft.heads[-1].box.bottom > ROOM * first.size
    return first.box.top if over else min(lower, last.box.bottom + last.size)


def _block(draft: Draft, leaf: Leaf, role: str, gap: Box) -> Block:
    return Block(role, leaf.number, gap, tuple(draft.heads), tuple(draft.name), draft.rank, draft.nip, gap)
