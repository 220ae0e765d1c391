"""The pages of one agreement into its record: tables, identities, blocks, parties, fields, pledges, slots."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from pipeline.reading import tables
from pipeline.reading.beside import beside
from pipeline.reading.blocks import Block, blocks, position_level
from pipeline.reading.counted import is_counted
from pipeline.reading.datelines import datelines
from pipeline.reading.fields import fields
from pipeline.reading.formed import formed
from pipeline.reading.forms import blank_form
from pipeline.reading.grid import grid
from pipeline.reading.headings import unit_of_position
from pipeline.reading.identities import Identity, identities
from pipeline.reading.leaf import Leaf
from pipeline.reading.pages import Sheet
from pipeline.reading.parties import parties, with_roles
from pipeline.reading.pledges import named_unit, pledges
from pipeline.reading.prose import introductions
from pipeline.reading.seated import seated
from pipeline.reading.segment import Segment
from pipeline.reading.signatures.slots import Signing, signatures
from pipeline.reading.stacked import stacked
from pipeline.reading.tables import Signer
from pipeline.rules import Pledges, Rules, TypeRule
from pipeline.schema import Agreement, Box, Fact, Party, Pledge, Signature

BESIDE = 40.0  # points: so far over or under place and date may a block begin that stands beside the signers
COLUMNS = ("number", "year", "signed_on", "place", "unit", "revision")  # fields with a column of their own


@dataclass(frozen=True, slots=True)
class Part:
    """One agreement on its way: its pages, its tables and where they stand, page by page."""

    segment: Segment
    tables: tables.Tables
    areas: dict[int, list[Box]]


@dataclass(frozen=True, slots=True)
class People:
    """The parties, the signature blocks, and whose each of these is, and each row of a signing table."""

    parties: tuple[Party, ...]
    blocks: tuple[Block, ...]
    owners: tuple[int | None, ...]
    seats: tuple[int | None, ...]

    @property
    def named(self) -> bool:
        """Whether anybody is named at all."""
        return any(p.name is not None and p.name.data for p in self.parties)


def agreement(segment: Segment, sheets: Mapping[int, Sheet], rules: Rules) -> Agreement:
    """The record of a segment; a form that nobody filled in is no agreement."""
    if not segment.type.agreement:
        return _nothing(segment, segment.type, segment.confidence)
    part = _part(segment, rules)
    segment, people = part.segment, _people(part, rules)
    if blank_form(segment.leaves, rules.words, named=people.named) or _only_mentioned(part, people):
        return _nothing(segment, rules.other, 0.8)
    signing = Signing(segment, people.parties, sheets, rules.words)
    slots = signatures(signing, (people.blocks, people.owners), (_signing(part), people.seats))
    return _with_fields(_record(part, people, rules), part, people, rules, slots)


def _only_mentioned(part: Part, people: People) -> bool:
    """Whether a title alone makes the agreement: no statement under it, no table, nobody who signs.

    Among the pages of a report a table is not enough: it only tells of an agreement.
    """
    found, segment = part.tables, part.segment
    tabled = bool(found.indicators or found.budgets) and not segment.follows
    return not (segment.begun or tabled or people.blocks)


def _nothing(segment: Segment, kind: TypeRule, confidence: float) -> Agreement:
    first, last = segment.leaves[0].number, segment.leaves[-1].number
    return Agreement(type=kind.id, first_page=first, last_page=last, confidence=confidence)


def _record(part: Part, people: People, rules: Rules) -> Agreement:
    segment, found = part.segment, part.tables
    promiser = next((n for n, p in enumerate(people.parties) if p.role == segment.type.party[0].role), None)
    promised = segment.type.pledges
    return replace(
        _nothing(segment, segment.type, segment.confidence),
        level=_level(people.parties, segment.type, rules),
        budget_total=found.total,
        parties=people.parties,
        indicators=tuple(replace(row, party=promiser) for row in found.indicators),
        budgets=found.budgets,
        pledges=_pledges(part, promised, rules) if promised else (),
    )


def _pledges(part: Part, rule: Pledges, rules: Rules) -> tuple[Pledge, ...]:
    return pledges(part.segment.statement or part.segment.leaves, rule, rules.words, part.areas)


def _with_fields(
    record: Agreement, part: Part, people: People, rules: Rules, slots: tuple[Signature, ...]
) -> Agreement:
    named = named_unit(record.pledges, rules.words)
    found = _with_unit(_with_annex(part, rules), named, people.parties, rules)
    own = {name: fact for name, fact in found.items() if name in COLUMNS}
    also = [(name, fact) for name, fact in found.items() if name not in COLUMNS]
    also += [("pledge_unit", named)] if named is not None else []
    also += [("unread", fact) for fact in part.tables.unread]
    return replace(record, signatures=slots, also=tuple(also), **own)  # type: ignore[arg-type]  # keys are fields


def _part(segment: Segment, rules: Rules) -> Part:
    found = tables.read([leaf.layout for leaf in segment.own], segment.type.table, rules.words)
    areas: dict[int, list[Box]] = {}
    for number, box in found.areas:
        areas.setdefault(number, []).append(box)
    return Part(_annexed(segment, found), found, areas)


def _annexed(segment: Segment, found: tables.Tables) -> Segment:
    """The segment; an annex that has no title is known by its tables, on a page after the first."""
    pages = [*(row.page for row in found.indicators), *(row.page for row in found.budgets)]
    begin = min(pages, default=None)
    if begin is None or segment.annex or begin == segment.leaves[0].number:
        return segment
    return replace(segment, annex=frozenset(x.number for x in segment.leaves if x.number >= begin))


def _with_annex(part: Part, rules: Rules) -> dict[str, Fact]:
    """The fields of the agreement; a table on the page of the statement itself is as good as an annex."""
    found = fields(part.segment, rules.words)
    if "annex" not in found or not (part.tables.indicators or part.tables.budgets):
        return found
    return {**found, "annex": replace(found["annex"], data="present")}


# ---------------------------------------------------------------- people


def _people(part: Part, rules: Rules) -> People:
    segment, kind = part.segment, part.segment.type
    introduced = _introduced(part, rules)
    known = {i.role: str(i.values["name"].data) for i in introduced if i.role and _filled(i)}
    found = [
        block
        for leaf in segment.own
        for block in blocks(leaf, kind, rules.words, part.areas.get(leaf.number, []), known)
    ]
    found += [block for leaf in segment.own for block in beside(leaf, _on(leaf, found), known, rules.words)]
    found = _with_grids(part, found, rules)
    seats = {(row.page, i.role) for row in _signing(part) if (i := seated(row, kind)) is not None}
    found = [block for block in found if (block.page, block.role) not in seats]
    leaves = {leaf.number: leaf for leaf in segment.leaves}
    made = parties(introduced, found, _signing(part), kind, leaves, rules.words)
    return People(made[0], tuple(found), *made[1:])


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
    found = found or [i for x in leaves for i in introductions(x, segment.type, words)]
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


def _with_unit(
    found: dict[str, Fact], pledged: Fact | None, people: Sequence[Party], rules: Rules
) -> dict[str, Fact]:
    """Where no unit is printed for the agreement, that of the pledges, or of the first party's position."""
    if found.get("unit") is not None:
        return found
    printed = (p.unit for p in people if p.unit is not None and p.unit.data)
    positions = (p.position for p in people if p.position is not None and p.position.data)
    told = (unit_of_position(position, rules.words) for position in positions)
    unit = next(printed, None) or pledged or next(told, None)
    return {**found, "unit": replace(unit, required=False)} if unit is not None else found


def _level(people: Sequence[Party], kind: TypeRule, rules: Rules) -> Fact | None:
    """The level of the one who promises, told from the beginning of the position."""
    promiser = next((p for p in people if p.role == kind.party[0].role), None)
    if promiser is None or promiser.position is None or not promiser.position.data:
        return None
    level = position_level(str(promiser.position.data), rules.words)
    return replace(promiser.position, data=level, rule="level", required=False) if level else None
