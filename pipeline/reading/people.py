"""The people of an agreement: as they introduce themselves, and as they sign."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.reading.beside import beside
from pipeline.reading.blocks import Block, blocks
from pipeline.reading.celled import roled
from pipeline.reading.counted import is_counted
from pipeline.reading.datelines import datelines
from pipeline.reading.formed import formed
from pipeline.reading.grid import grid
from pipeline.reading.identities import Identity, identities
from pipeline.reading.leaf import Leaf
from pipeline.reading.parties import parties, with_roles
from pipeline.reading.prose import introductions
from pipeline.reading.seated import seated
from pipeline.reading.segment import Segment
from pipeline.reading.stacked import stacked
from pipeline.reading.tables import Signer, Tables
from pipeline.rules import Rules
from pipeline.schema import Box, Party

BESIDE = 40.0  # points: so far over or under place and date may a block begin that stands beside the signers


@dataclass(frozen=True, slots=True)
class Part:
    """One agreement on its way: its pages, its tables and where they stand, page by page."""

    segment: Segment
    tables: Tables
    areas: dict[int, list[Box]]


@dataclass(frozen=True, slots=True)
class People:
    """The parties, the signature blocks and the rows of signing tables, and which party each of these is."""

    parties: tuple[Party, ...]
    blocks: tuple[Block, ...]
    rows: tuple[Signer, ...]
    owners: tuple[int | None, ...]
    seats: tuple[int | None, ...]

    @property
    def named(self) -> bool:
        """Whether anybody is named at all."""
        return any(p.name is not None and p.name.data for p in self.parties)


def people_of(part: Part, rules: Rules) -> People:
    """Who is introduced in an agreement, who signs it, and what makes them the same people."""
    segment, kind = part.segment, part.segment.type
    introduced = _introduced(part, rules)
    known = {i.role: str(i.values["name"].data) for i in introduced if i.role and _filled(i)}
    found = [
        block
        for leaf in segment.own
        for block in blocks(leaf, kind, rules.words, part.areas.get(leaf.number, []), known)
    ]
    found += [block for leaf in segment.own for block in beside(leaf, _on(leaf, found), known, rules.words)]
    boxed = [
        block
        for leaf in segment.own
        for block in roled(leaf, (g for g in part.tables.grids if g.page == leaf.number), kind, rules.words)
    ]
    found = [*boxed, *(b for b in found if (b.page, b.role) not in {(x.page, x.role) for x in boxed})]
    found, rows = _with_grids(part, found, rules), _signing(part)
    seats = {(row.page, i.role) for row in rows if (i := seated(row, kind)) is not None}
    found = [block for block in found if (block.page, block.role) not in seats]
    leaves = {leaf.number: leaf for leaf in segment.leaves}
    people, owners, seated_as = parties(introduced, found, rows, kind, leaves, rules.words)
    return People(people, tuple(found), rows, owners, seated_as)


def _on(leaf: Leaf, found: Sequence[Block]) -> list[Block]:
    """The blocks on a page."""
    return [block for block in found if block.page == leaf.number]


def _introduced(part: Part, rules: Rules) -> list[Identity]:
    """Labelled identities of the statement; where there are none, those of a table, a form or a sentence."""
    segment, words = part.segment, rules.words
    leaves = segment.statement or segment.leaves
    areas = part.areas
    found = [i for x in leaves for i in identities(x, segment.type, words, areas.get(x.number, []))]
    if not any(fact.data is not None for i in found for fact in i.values.values()):  # nothing beside labels
        found = [i for x in leaves for i in stacked(x, segment.type, words)] or found
    found = found or [i for p in _sitting(part) if (i := seated(p, segment.type)) is not None]
    found = found or [i for x in leaves for i in formed(x, segment.type, words)]
    found = found or [
        i for x in leaves for i in introductions(x, segment.type, words, areas.get(x.number, []))
    ]
    return list(with_roles(found, segment.type))


def _signing(part: Part) -> tuple[Signer, ...]:
    """The people of tables in which they sign."""
    return tuple(person for person in part.tables.people if person.sign is not None)


def _sitting(part: Part) -> tuple[Signer, ...]:
    """The people of tables in which nobody signs."""
    return tuple(person for person in part.tables.people if person.sign is None)


def _filled(identity: Identity) -> bool:
    return "name" in identity.values and identity.values["name"].data is not None


def _with_grids(part: Part, found: Sequence[Block], rules: Rules) -> list[Block]:
    """The blocks, with those of a role that many have; where these are a list of names, the line over it is
    no block of one of them."""
    many = {p.role for p in part.segment.type.party if p.many}
    others = [block for block in found if block.role not in many]
    listed = _grids(part, others, rules) if len(others) < len(found) else []
    if sum(map(is_counted, listed)) > 1:
        return [*others, *listed]
    return [*found, *_grids(part, found, rules)]


def _grids(part: Part, found: Sequence[Block], rules: Rules) -> list[Block]:
    """Blocks of a role that many have: from the date down to the next role line, page after page."""
    many = next((p for p in part.segment.type.party if p.many), None)
    dated = next(datelines(part.segment.leaves, rules.words), None)
    if many is None or dated is None or _signing(part):
        return []
    start, span = dated
    made: list[Block] = []
    for leaf in (x for x in part.segment.leaves if x.number >= start.number):
        top = span.box.bottom if leaf is start else 0.0
        others = [b for b in _on(leaf, found) if b.head.top > top - BESIDE]
        level = [b for b in others if leaf is start and b.head.top < top + BESIDE]
        bottom = min((b.head.top for b in others if b not in level), default=leaf.layout.height + 1)
        areas = [*part.areas.get(leaf.number, []), *(b.box for b in level)]
        made += grid(leaf, many.role, (top, bottom), rules.words, areas)
    return made
