"""The people of an agreement: as they introduce themselves, and as they sign."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from rapidfuzz.fuzz import ratio

from pipeline.reading.beside import beside, right_of_roles
from pipeline.reading.blocks import Block, blocks
from pipeline.reading.celled import roled
from pipeline.reading.formed import formed
from pipeline.reading.identities import Identity, identities
from pipeline.reading.part import Part
from pipeline.reading.parties import OTHER_NAME, parties, with_roles
from pipeline.reading.phrases import fold
from pipeline.reading.prose import introductions
from pipeline.reading.seated import introduced as introduced_by
from pipeline.reading.seated import seated
from pipeline.reading.several import is_among, on_page, printed_name, with_several
from pipeline.reading.stacked import stacked
from pipeline.reading.tables import Signer
from pipeline.rules import Rules, TypeRule
from pipeline.schema import Party

TABLED = "table:parties"  # the rule of a value that stands in a table


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
    known, numbers = _by_role(introduced, "name"), _by_role(introduced, "nip")
    found = [
        block
        for leaf in segment.own
        for block in right_of_roles(
            leaf,
            blocks(leaf, kind, rules.words, part.areas.get(leaf.number, []), known),
            known,
            rules.words,
        )
    ]
    found += [
        block
        for leaf in segment.own
        for block in beside(leaf, on_page(leaf, found), known, numbers, rules.words)
    ]
    boxed = [
        block
        for leaf in segment.own
        for block in roled(leaf, (g for g in part.tables.grids if g.page == leaf.number), kind, rules.words)
    ]
    found = [*boxed, *(b for b in found if (b.page, b.role) not in {(x.page, x.role) for x in boxed})]
    introduced = _as_makers(introduced, found, kind)
    found, rows = with_several(part, found, introduced, rules), part.signing
    introduced = _who_sign(introduced, found, kind)
    seats = {(row.page, i.role) for row in rows if (i := seated(row, kind)) is not None}
    found = [block for block in found if (block.page, block.role) not in seats]
    leaves = {leaf.number: leaf for leaf in segment.leaves}
    people, owners, seated_as = parties(introduced, found, rows, kind, leaves, rules.words)
    return People(people, tuple(found), rows, owners, seated_as)


def _introduced(part: Part, rules: Rules) -> list[Identity]:
    """Labelled identities of the statement; where there are none, those of a table, a form or a sentence."""
    segment, words = part.segment, rules.words
    leaves = segment.statement or segment.leaves
    areas = part.areas
    found = [i for x in leaves for i in identities(x, segment.type, words, areas.get(x.number, []))]
    if not any(fact.data is not None for i in found for fact in i.values.values()):  # nothing beside labels
        found = [i for x in leaves for i in stacked(x, segment.type, words)] or found
    seat = seated if part.signing else introduced_by
    found = found or [i for p in part.sitting if (i := seat(p, segment.type)) is not None]
    found = found or [i for x in leaves for i in formed(x, segment.type, words)]
    found = found or [
        i for x in leaves for i in introductions(x, segment.type, words, areas.get(x.number, []))
    ]
    return list(with_roles(found, segment.type))


def _as_makers(introduced: Sequence[Identity], found: Sequence[Block], kind: TypeRule) -> list[Identity]:
    """Who is introduced; as one of several makers, who took the role of somebody else who signs in it."""
    maker = next((p.role for p in kind.party if p.listed), None)
    if maker is None:
        return list(introduced)
    return [replace(i, role=maker) if _signed_by_another(i, found) else i for i in introduced]


def _signed_by_another(one: Identity, found: Sequence[Block]) -> bool:
    """Whether under the role of somebody another name is printed, of two words at least, and none like it."""
    name = one.values.get("name")
    signing = [printed_name(block) for block in found if block.role == one.role and block.name]
    if name is None or name.data is None or not signing or any(" " not in said for said in signing):
        return False
    return all(ratio(fold(str(name.data)), fold(other)) < OTHER_NAME for other in signing)


def _who_sign(introduced: Sequence[Identity], found: Iterable[Block], kind: TypeRule) -> list[Identity]:
    """Who is introduced, without the people of a table of names most of whom do not sign: it only tells of
    them."""
    signing = [printed_name(block) for block in found if block.name]
    several = {p.role for p in kind.party if p.many or p.listed}
    listed = [i for i in introduced if i.role in several and _of_table(i)]
    seen = [i for i in listed if is_among(str(i.values["name"].data), signing)]
    return [i for i in introduced if i not in listed or 2 * len(seen) > len(listed)]


def _of_table(identity: Identity) -> bool:
    name = identity.values.get("name")
    return name is not None and name.rule.startswith(TABLED)


def _by_role(introduced: Iterable[Identity], field: str) -> dict[str, str]:
    """What was read in a field of those who have a role, by that role."""
    said = ((one.role, one.values.get(field)) for one in introduced)
    return {role: str(fact.data) for role, fact in said if role and fact and fact.data is not None}
