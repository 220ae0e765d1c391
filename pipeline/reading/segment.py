"""Which pages make which agreement: bundles are parted, annexes stay with their statement."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import takewhile

from pipeline.reading.identities import identities
from pipeline.reading.leaf import Leaf
from pipeline.reading.phrases import fold
from pipeline.reading.titled import Mark, read_mark, speaks
from pipeline.rules import Lexicon, Rules, TypeRule
from pipeline.values import person

COVER_LINES = 14  # a cover has no more


@dataclass(frozen=True, slots=True)
class Segment:
    """The pages of one agreement. `begun`: with its statement; `aside`: pages with tables not its own.

    `cover`: nothing but a cover yet. `follows`: pages that are no agreement come right before it.
    """

    type: TypeRule
    leaves: tuple[Leaf, ...]
    begun: bool = True
    aside: frozenset[int] = frozenset()
    annex: frozenset[int] = frozenset()
    swapped: bool = False
    cover: bool = False
    follows: bool = False
    confidence: float = 1.0

    @property
    def statement(self) -> tuple[Leaf, ...]:
        """The pages that are not annex."""
        return tuple(leaf for leaf in self.leaves if leaf.number not in self.annex)

    @property
    def own(self) -> tuple[Leaf, ...]:
        """The pages whose tables are its own."""
        return tuple(leaf for leaf in self.leaves if leaf.number not in self.aside)


def segments(leaves: Sequence[Leaf], rules: Rules) -> tuple[Segment, ...]:
    """The agreements of a source in page order; pages that belong to none make segments of type `other`."""
    other = rules.other
    found: list[Segment] = []
    marks = [read_mark(leaf, rules.types) for leaf in leaves]
    for leaf, own, after in zip(leaves, marks, [*marks[1:], Mark()], strict=True):
        mark = replace(own, begins=True, cover=True) if _covers(leaf, own, after) else own
        if _continues(mark, found):
            found[-1] = _extend(found[-1], leaf, mark)
        else:
            follows = bool(found) and not found[-1].type.agreement
            found.append(replace(_open(leaf, mark, other), follows=follows))
    return tuple(_joined(found, rules.words))


def _covers(leaf: Leaf, mark: Mark, after: Mark) -> bool:
    """Whether a page is nothing but a title over the statement that begins on the next."""
    if mark.type is None or mark.begins or mark.annex or mark.aside:
        return False
    few = len(leaf.lines) <= COVER_LINES and all(len(line.runs) == 1 for line in leaf.lines)
    return few and after.begins and after.type is mark.type


def _continues(mark: Mark, found: list[Segment]) -> bool:
    """Whether a page belongs to the segment before it."""
    if not found:
        return False
    last = found[-1]
    if mark.type is None:
        return True
    if mark.type.id != last.type.id:
        return False
    untitled = not mark.titled and _unfinished(last)
    return not mark.begins or not mark.type.agreement or last.cover or untitled


def _unfinished(segment: Segment) -> bool:
    """Whether a statement has begun, and its promise is still to come."""
    said = any(speaks(leaf, segment.type.promise, leaf.similar) for leaf in segment.leaves)
    return segment.begun and not segment.annex and not said


def _open(leaf: Leaf, mark: Mark, other: TypeRule) -> Segment:
    if mark.type is None or mark.aside:
        return Segment(other, (leaf,), confidence=0.5)
    annex = frozenset({leaf.number} if not mark.begins and mark.type.agreement else ())
    return Segment(mark.type, (leaf,), mark.begins, annex=annex, cover=mark.cover, confidence=mark.confidence)


def _extend(segment: Segment, leaf: Leaf, mark: Mark) -> Segment:
    annexed = (mark.type is not None and not mark.begins) or bool(segment.annex)
    return replace(
        segment,
        leaves=(*segment.leaves, leaf),
        cover=False,
        aside=segment.aside
        | ({leaf.number} if mark.aside or _aside_still(segment, leaf, mark) else frozenset()),
        annex=segment.annex | ({leaf.number} if annexed else frozenset()),
    )


def _aside_still(segment: Segment, leaf: Leaf, mark: Mark) -> bool:
    """Whether a page without a title goes on with what lies aside on the page before; nobody signs that."""
    return mark.type is None and segment.leaves[-1].number in segment.aside and not leaf.labelled("dateline")


def _joined(found: Sequence[Segment], words: Lexicon) -> list[Segment]:
    """An annex that lies before its statement belongs to it: the pages were swapped. From the last one up."""
    kept: list[Segment] = []
    for segment in reversed(found):
        early = _early(segment, kept[0], words) if kept else ()
        if early:
            kept[0] = _swap(early, kept[0])
        if len(early) < len(segment.leaves):
            kept.insert(0, _without(segment, early))
    return kept


def _early(segment: Segment, after: Segment, words: Lexicon) -> tuple[Leaf, ...]:
    """The last pages of a segment that are of the next: all where it has no statement, else annexes
    that name the people of the next only. A page of no agreement is one where it names all of them."""
    if not segment.type.agreement and after.type.agreement and after.begun and not after.annex:
        return _unnamed(segment, after, words)
    if segment.type.id != after.type.id or not segment.type.agreement or not after.begun:
        return ()
    if not segment.begun:
        return () if after.annex else segment.leaves
    own, other = _names(segment, words)[:1], _names(after, words)[:1]
    early: list[Leaf] = []
    for leaf in reversed(segment.leaves):
        text = _said(leaf)
        if (
            leaf.number not in segment.annex
            or any(n in text for n in own)
            or not any(n in text for n in other)
        ):
            break
        early.insert(0, leaf)
    return tuple(early)


def _unnamed(segment: Segment, after: Segment, words: Lexicon) -> tuple[Leaf, ...]:
    """The last pages of what is no agreement that are signed by the people of the statement after them."""
    people = _names(after, words)
    leaves = takewhile(
        lambda leaf: leaf.labelled("dateline") and all(name in _said(leaf) for name in people),
        reversed(segment.leaves) if len(people) > 1 else (),
    )
    return tuple(leaves)[::-1]


def _said(leaf: Leaf) -> str:
    return fold(" ".join(line.text for line in leaf.lines))


def _names(segment: Segment, words: Lexicon) -> list[str]:
    """The folded names of those who introduce themselves in the statement, in order, without titles."""
    found = (identities(leaf, segment.type, words) for leaf in segment.statement)
    names = [i.values["name"].data for group in found for i in group if "name" in i.values]
    parsed = (person(str(name), words=words) for name in names if name)
    return [fold(p.name) for p in parsed if p is not None]


def _swap(early: tuple[Leaf, ...], after: Segment) -> Segment:
    numbers = frozenset(leaf.number for leaf in early)
    return replace(after, leaves=(*early, *after.leaves), annex=after.annex | numbers, swapped=True)


def _without(segment: Segment, early: tuple[Leaf, ...]) -> Segment:
    kept = tuple(leaf for leaf in segment.leaves if leaf not in early)
    return replace(segment, leaves=kept, annex=segment.annex - {leaf.number for leaf in early})
