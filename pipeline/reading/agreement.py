"""The pages of one agreement into its record: tables, identities, blocks, parties, fields, pledges, slots."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from pipeline.reading import tables
from pipeline.reading.blocks import blocks
from pipeline.reading.fields import fields
from pipeline.reading.forms import blank_form
from pipeline.reading.headings import unit_of_position
from pipeline.reading.kinds import position_level
from pipeline.reading.pages import Sheet
from pipeline.reading.part import Part
from pipeline.reading.people import People, people_of
from pipeline.reading.pledges import named_unit, pledges
from pipeline.reading.segment import Segment
from pipeline.reading.signatures.slots import Signing, signatures
from pipeline.reading.years import years
from pipeline.rules import Pledges, Rules, TypeRule
from pipeline.schema import Agreement, Box, Fact, Party, Pledge, Signature

COLUMNS = ("number", "year", "signed_on", "place", "unit", "revision")  # fields with a column of their own


def agreement(segment: Segment, sheets: Mapping[int, Sheet], rules: Rules) -> Agreement:
    """The record of a segment; a form that nobody filled in is no agreement."""
    if not segment.type.agreement:
        return _nothing(segment, segment.type, segment.confidence)
    part = _part(segment, rules)
    segment, people = part.segment, people_of(part, rules)
    if blank_form(segment.leaves, rules.words, named=people.named) or _only_mentioned(part, people):
        return _nothing(segment, rules.other, 0.8)
    signing = Signing(segment, people.parties, sheets, rules.words)
    slots = signatures(signing, (people.blocks, people.owners), (people.rows, people.seats))
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
        pledges=_pledges(part, people, promised, rules) if promised else (),
    )


def _pledges(part: Part, people: People, rule: Pledges, rules: Rules) -> tuple[Pledge, ...]:
    """What is promised; tables hold no pledges, and neither does the list of those who sign."""
    areas = {number: list(boxes) for number, boxes in part.areas.items()}
    wide = {leaf.number: leaf.layout.width for leaf in part.segment.leaves}
    for block in people.blocks:
        named = [Box(0, line.box.top, wide[block.page], line.box.bottom) for line in block.name]
        areas.setdefault(block.page, []).extend(named)
    return pledges(part.segment.statement or part.segment.leaves, rule, rules.words, areas)


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
    found = _tables(segment, rules)
    if segment.aside and not (found.indicators or found.budgets):
        segment, found = _instead(segment, found, rules)
    areas: dict[int, list[Box]] = {}
    for number, box in found.areas:
        areas.setdefault(number, []).append(box)
    return Part(_annexed(segment, found), found, areas)


def _tables(segment: Segment, rules: Rules) -> tables.Tables:
    year = next((str(fact.data) for _, fact in years(segment) if fact.data), "")
    return tables.read([leaf.layout for leaf in segment.own], segment.type.table, rules.words, year)


def _instead(segment: Segment, found: tables.Tables, rules: Rules) -> tuple[Segment, tables.Tables]:
    """The segment with pages that lay aside, an action plan, where these are signed and have all tables."""
    aside = [leaf for leaf in segment.leaves if leaf.number in segment.aside]
    if not any(blocks(leaf, segment.type, rules.words, [], {}) for leaf in aside):
        return segment, found
    whole = replace(segment, aside=frozenset())
    more = _tables(whole, rules)
    return (whole, more) if more.indicators else (segment, found)


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
