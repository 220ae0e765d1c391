"""Signature blocks whose name stands beside another's, its role hidden by a stamp, or beside its role."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from rapidfuzz.fuzz import ratio

from pipeline.reading.blocks import Block
from pipeline.reading.kinds import is_nip, is_rank
from pipeline.reading.leaf import Leaf
from pipeline.reading.lines import Line, Run
from pipeline.reading.lines import line as joined
from pipeline.reading.phrases import fold
from pipeline.rules import Lexicon
from pipeline.schema import Box
from pipeline.values.texts import digits

SAME = 85  # per cent: how alike a name must be to one read elsewhere
LEVEL = 2.5  # letter heights between names that stand side by side
UNDER = 1.6  # letter heights: rank and number follow a name no farther below
REACH = 12.0  # letter heights under a role, within which its name stands beside it
HALF = 70.0  # points: half of the width of a place to sign, at least


def beside(
    leaf: Leaf, found: Sequence[Block], known: Mapping[str, str], numbers: Mapping[str, str], words: Lexicon
) -> Iterator[Block]:
    """The blocks on a page that `found` lacks: of `known` roles and names, level with another block.

    Where the name cannot be read either, the number of the role under it says whose place it is.
    """
    there = {block.role for block in found}
    named = [block for block in found if block.name and block.page == leaf.number]
    for role in dict.fromkeys((*known, *numbers)):
        if role in there:
            continue
        pairs = [(run, block) for block in named for run in _runs(leaf)]
        name, number = known.get(role, ""), numbers.get(role, "")
        pair = next(((run, block) for run, block in pairs if name and _level(run, block, name)), None)
        under = next(((run, block) for run, block in pairs if number and _numbered(run, block, number)), None)
        if pair is not None:
            yield _block(role, *pair, leaf, words)
        elif under is not None:
            yield _nameless(role, *under, leaf)


def right_of_roles(
    leaf: Leaf, found: Sequence[Block], known: Mapping[str, str], words: Lexicon
) -> Iterator[Block]:
    """The blocks on a page; one with its role and position on the left gets the name that stands right of
    them, and the place over that name."""
    for block in found:
        name = "" if block.name else known.get(block.role or "", "")
        run = next((r for r in _runs(leaf) if name and _right_of(r, block, found, name)), None)
        yield _with_name(block, run, leaf, words) if run is not None else block


def _right_of(run: Run, block: Block, found: Sequence[Block], name: str) -> bool:
    """Whether a run is the name, right of a block and over the next."""
    under = [b.head.top for b in found if b.head.top > block.head.bottom]
    end = min([*under, block.head.bottom + REACH * run.size])
    apart = run.box.x0 > max([block.head.x1, *(line.box.x1 for line in block.position)])
    return apart and block.head.top < run.box.top < end and ratio(fold(run.text), fold(name)) >= SAME


def _with_name(block: Block, run: Run, leaf: Leaf, words: Lexicon) -> Block:
    rank, nip = _rank_and_nip(run, leaf, words)
    left, right = _sides(run, leaf)
    gap = Box(left, min(block.head.top, run.box.top - 1), right, run.box.top)
    return replace(block, name=(joined([run]),), rank=rank, nip=nip or block.nip, gap=gap)


def _runs(leaf: Leaf) -> Iterator[Run]:
    yield from (run for line in leaf.lines if ":" not in line.text for run in line.runs)


def _level(run: Run, block: Block, name: str) -> bool:
    """Whether a run is the name, level with the name of a block and not part of it."""
    own = block.name[0].box
    apart = run.box.x0 > own.x1 or run.box.x1 < own.x0
    return (
        apart and abs(run.box.top - own.top) < LEVEL * run.size and ratio(fold(run.text), fold(name)) >= SAME
    )


def _numbered(run: Run, block: Block, number: str) -> bool:
    """Whether a run is the number, beside a block and about level with the number or name of that."""
    own = block.nip.box if block.nip is not None else block.name[-1].box
    apart = run.box.x0 > own.x1 or run.box.x1 < own.x0
    read = "".join(filter(str.isdigit, digits(run.text)))
    return apart and abs(run.box.top - own.top) < LEVEL * run.size and read.endswith(number)


def _nameless(role: str, run: Run, block: Block, leaf: Leaf) -> Block:
    """The block over a number: its place to sign is as high as that of the block beside it."""
    head = Box(run.box.x0, block.head.top, run.box.x1, block.head.bottom)
    own = _gap(run, block, leaf)
    gap = Box(own.x0, own.top, own.x1, max(own.top + 1, min(block.gap.bottom, run.box.top - run.size)))
    return Block(role, leaf.number, head, (), (), None, joined([run]), gap)


def _block(role: str, run: Run, block: Block, leaf: Leaf, words: Lexicon) -> Block:
    """The block of a name: its place to sign is as high as that of the block beside it."""
    name = joined([run])
    head = Box(run.box.x0, block.head.top, run.box.x1, block.head.bottom)
    rank, nip = _rank_and_nip(run, leaf, words)
    return Block(role, leaf.number, head, (), (name,), rank, nip, _gap(run, block, leaf))


def _gap(run: Run, block: Block, leaf: Leaf) -> Box:
    own, (left, right) = block.name[0].box, _sides(run, leaf)
    between = (run.box.middle + own.middle) / 2
    left, right = (max(left, between), right) if own.middle < run.box.middle else (left, min(right, between))
    return Box(left, min(block.gap.top, run.box.top - 1), right, run.box.top)


def _sides(run: Run, leaf: Leaf) -> tuple[float, float]:
    """Where a place to sign over a name begins and ends, points: as wide as the name, or wider."""
    half = max(run.box.width / 2, HALF)
    return max(0.0, run.box.middle - half), min(leaf.layout.width, run.box.middle + half)


def _rank_and_nip(run: Run, leaf: Leaf, words: Lexicon) -> tuple[Line | None, Line | None]:
    below = list(_below(run, leaf))
    rank = next((line for line in below if is_rank(line, words)), None)
    return rank, next((line for line in below if is_nip(line)), None)


def _below(run: Run, leaf: Leaf) -> Iterator[Line]:
    """The lines right under a name, in its column, up to the first space."""
    last = run.box.bottom
    for line in leaf.lines:
        parts = [r for r in line.runs if min(r.box.x1, run.box.x1) > max(r.box.x0, run.box.x0)]
        if not parts or parts[0].box.top < run.box.bottom - 0.4 * run.size:
            continue
        if parts[0].box.top - last > UNDER * run.size:
            return
        last = parts[0].box.bottom
        yield joined([parts[0]])
