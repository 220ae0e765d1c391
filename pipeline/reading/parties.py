"""Who the agreement names: identities and signature blocks of the same person read together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

from rapidfuzz.fuzz import ratio

from pipeline.reading.blocks import Block
from pipeline.reading.identities import DOUBTED, Identity, value_fact
from pipeline.reading.kinds import position_level
from pipeline.reading.labelled import FIELDS
from pipeline.reading.leaf import Leaf
from pipeline.reading.lines import Line
from pipeline.reading.phrases import fold
from pipeline.reading.seated import seated
from pipeline.reading.tables import Signer
from pipeline.reading.votes import together, weight
from pipeline.rules import Lexicon, TypeRule
from pipeline.schema import Data, Fact, Party

SAME_NAME = 78  # per cent
ONE_NAME = 95  # per cent: the same of two blocks on a page with numbers that differ
SAME_NUMBER = 88  # per cent
INKLESS = ("identity", "table:parties")  # where people are introduced, nobody signs
HAZE = 0.2  # confidence by which a name is read worse than its beginning, where more than the name was read
OTHER_NAME = 45  # per cent: less alike are two people, however badly read
TWO_NAMES = 70  # per cent: less alike are two who introduce themselves on a page
PIECE = 8  # letters from the middle of a name that are no accident
LESS = 0.6  # of the name: a longer piece differs by what was read before it


@dataclass(frozen=True, slots=True)
class Mention:
    """One place where a party's values are printed."""

    role: str | None
    values: dict[str, Fact]
    block: Block | None = None


def parties(
    found: Sequence[Identity],
    blocks: Sequence[Block],
    rows: Sequence[Signer],
    rule: TypeRule,
    leaves: dict[int, Leaf],
    words: Lexicon,
) -> tuple[tuple[Party, ...], tuple[int | None, ...], tuple[int | None, ...]]:
    """The parties, and for each block and each row of a signing table the index of its party.

    The people of a table in which many sign come last; rows that say which party somebody is are of that one.
    A required party that nobody names has empty facts.
    """
    introduced = [Mention(i.role, i.values) for i in found]
    signing = [Mention(b.role, dict(block_facts(b, leaves[b.page], words)), b) for b in blocks]
    listed = tuple(_listed(rows, rule))
    sat = [] if listed else [seated(row, rule) for row in rows]
    seats = [Mention(i.role, i.values) if i else Mention(None, {}) for i in sat]
    groups = _grouped([*introduced, *signing, *seats], rule)
    made = tuple(_party(role, group, rule) for role, group in groups)
    owner = {id(m): n for n, (_, group) in enumerate(groups) for m in group}
    named = {p.role for p in (*made, *listed)}
    missing = tuple(
        _absent(p.role, p.fields, leaves) for p in rule.party if p.required and p.role not in named
    )
    before = len(made) + len(missing)
    of_rows = range(before, before + len(listed)) if listed else [owner.get(id(m)) for m in seats]
    return (*made, *missing, *listed), tuple(owner.get(id(m)) for m in signing), tuple(of_rows)


def _listed(rows: Sequence[Signer], rule: TypeRule) -> Iterator[Party]:
    """The people of a signing table, in the role that many or those listed have."""
    role = next((p.role for p in rule.party if p.many or p.listed), None)
    if role is None:
        return
    for row in rows:
        yield Party(
            role=role, name=row.name, position=row.position, nip=row.nip, rank=row.rank, unit=row.unit
        )


def with_roles(found: Sequence[Identity], rule: TypeRule) -> Iterator[Identity]:
    """Identities whose text names no role take the free roles in the order of the rule.

    Where the type demands nobody, the one who introduces himself alone is the one whose block is dated.
    """
    free = [p.role for p in rule.party if p.role not in {i.role for i in found}]
    if len(found) == 1 and not any(p.required for p in rule.party):
        free = [p.role for p in rule.party if p.dated] or free
    many = next((p.role for p in rule.party if p.many), None)
    for identity in found:
        role = identity.role or many or (free.pop(0) if free else None)
        if role is not None:
            yield Identity(role, identity.values, identity.page, identity.bottom)


def block_facts(block: Block, leaf: Leaf, words: Lexicon) -> Iterator[tuple[str, Fact]]:
    """The values printed in a signature block."""
    for name, found in (
        ("name", block.name),
        ("position", _own_office(block.position, words)),
        ("rank", _one(block.rank)),
        ("nip", _one(block.nip)),
    ):
        if found:
            printed = [w for line in found for w in line.words]
            yield name, value_fact(name, printed, f"block:{name}", leaf, words)


def _own_office(position: tuple[Line, ...], words: Lexicon) -> tuple[Line, ...]:
    """Of who signs for another, 'a.n. Bupati', their own office: under that one, or after the last 'u.b.'."""
    begun = position[0].text.casefold() if position else ""
    if not begun.startswith(words.labels.on_behalf):
        return position
    through = [n for n, line in enumerate(position) if line.text.casefold().strip() in words.labels.through]
    under = (n for n, line in enumerate(position) if n and position_level(line.text, words) is not None)
    start = through[-1] + 1 if through else next(under, 0)
    return position[start:] or position


def _one(line: Line | None) -> tuple[Line, ...]:
    return () if line is None else (line,)


def _grouped(readings: Sequence[Mention], rule: TypeRule) -> list[tuple[str, list[Mention]]]:
    """Readings of one person in one role. A role that many have is parted by name."""
    many = {p.role for p in rule.party if p.many or (p.listed and _several(readings, p.role))}
    groups: list[tuple[str, list[Mention]]] = []
    for reading in readings:
        if reading.role is None:
            continue
        group = next(
            (g for role, g in groups if role == reading.role and _joins(g, reading, many=role in many)),
            None,
        )
        if group is None:
            groups.append((reading.role, [reading]))
        else:
            group.append(reading)
    return groups


def _several(readings: Iterable[Mention], role: str) -> bool:
    """Whether several are introduced in a role, in a table or one after the other."""
    names = [m.values["name"] for m in readings if m.role == role and m.block is None and "name" in m.values]
    listed = sum(name.rule.startswith("table:parties") for name in names) > 1
    said = [(name.page, fold(str(name.data))) for name in names if name.data is not None]
    return listed or any(
        here == there and ratio(one, two) < TWO_NAMES for (here, one), (there, two) in combinations(said, 2)
    )


def _joins(group: list[Mention], reading: Mention, *, many: bool) -> bool:
    """Whether a mention is of a group's person: in a role that one has, unless name and number are others."""
    if many:
        return _same(group, reading)
    known = [m for m in group if _comparable(m, reading)]
    return not known or any(_alike(m, reading) for m in known)


def _comparable(one: Mention, two: Mention) -> bool:
    """Whether two mentions can be told apart: two named blocks side by side, or with numbers on any page."""
    if one.block is None or two.block is None or not (_said(one, "name") and _said(two, "name")):
        return False
    return _on_one_page(one, two) or bool(_said(one, "nip") and _said(two, "nip"))


def _said(mention: Mention, name: str) -> str:
    fact = mention.values.get(name)
    return fold(str(fact.data)) if fact is not None and fact.data is not None else ""


def _alike(one: Mention, two: Mention) -> bool:
    """Whether two mentions may be of one person: a number or a name much the same; on one page, the same."""
    numbers = _said(one, "nip"), _said(two, "nip")
    if all(numbers) and ratio(*numbers) >= SAME_NUMBER:
        return True
    beside = _on_one_page(one, two)
    if beside and all(numbers):  # brothers
        return ratio(_said(one, "name"), _said(two, "name")) >= ONE_NAME
    return ratio(_said(one, "name"), _said(two, "name")) >= (SAME_NAME if beside else OTHER_NAME)


def _same(group: list[Mention], reading: Mention) -> bool:
    """Whether a mention is of a group's person by name; of two who sign on one page, by the very name."""
    name = _said(reading, "name")
    others = [(m, _said(m, "name")) for m in group]
    return any(
        name and other and ratio(other, name) >= (ONE_NAME if _on_one_page(m, reading) else SAME_NAME)
        for m, other in others
    )


def _on_one_page(one: Mention, two: Mention) -> bool:
    return one.block is not None and two.block is not None and one.block.page == two.block.page


def _party(role: str, group: list[Mention], rule: TypeRule) -> Party:
    wanted = next(p.fields for p in rule.party if p.role == role)
    chosen: dict[str, Fact | None] = {}
    also: list[tuple[str, Fact]] = []
    for name in FIELDS:
        facts = [r.values[name] for r in group if name in r.values]
        best = choose(name, facts)
        chosen[name] = agreed(best, facts)
        also += [(name, f) for f in facts if f is not best]
    return Party(
        role=role, also=tuple(also), **{k: _required(v, wanted=k in wanted) for k, v in chosen.items()}
    )


def agreed(fact: Fact | None, facts: Sequence[Fact]) -> Fact | None:
    """The fact, marked where another place on the paper was read as the same.

    What was doubted because it says something impossible is the surer to stand there, the more places say it.
    """
    if fact is None or fact.origin != "ocr" or fact.data is None:
        return fact
    same = [f.confidence for f in facts if f.data == fact.data]
    if len(same) < 2:
        return fact
    sure = together(same) if fact.confidence <= DOUBTED else fact.confidence
    return replace(fact, reason="agreement", confidence=round(sure, 3))


def _required(fact: Fact | None, *, wanted: bool) -> Fact | None:
    return replace(fact, required=True) if fact is not None and wanted else fact


def choose(name: str, facts: Sequence[Fact]) -> Fact | None:
    """The reading to trust: filled in before empty, said more often, surer, and earlier on the page."""
    filled = [f for f in facts if f.data is not None]
    if not filled:
        return facts[0] if facts else None
    if name == "nip":
        return max(
            filled,
            key=lambda f: (len(str(f.data)) == 18, _weight(f.data, filled), f.confidence),
        )
    if name in {"position", "unit"}:
        return max(filled, key=lambda f: (f.rule.startswith(INKLESS), _support(f, filled), f.confidence))
    return max(filled, key=lambda f: (_support(f, filled), _sure(f)))


def _weight(data: Data, facts: Sequence[Fact]) -> float:
    """What the readings that say exactly this count for together."""
    return round(sum(weight(f) for f in facts if f.data == data), 2)


def _support(fact: Fact, facts: Sequence[Fact]) -> float:
    """What the readings that say the same count for, or a part of it: names are cut off, and ink hides their
    ends. They are drawn out only by the letters of a stamp, which are read badly."""
    said = fold(str(fact.data))
    alike = (f for f in facts if _part(fold(str(f.data)), said))
    return round(
        sum(weight(f) for f in alike if f.data == fact.data or f.confidence - fact.confidence < HAZE), 2
    )


def _part(read: str, said: str) -> bool:
    """Whether what was read is the beginning of what is said, or a piece from its middle."""
    piece = len(read) >= PIECE and len(read) < LESS * len(said) and read in said
    return piece or said.startswith(read)


def _sure(fact: Fact) -> float:
    """Identities are free of ink: they win unless clearly worse read."""
    return fact.confidence + (0.2 if fact.rule.startswith(INKLESS) else 0.0)


def _absent(role: str, wanted: tuple[str, ...], leaves: dict[int, Leaf]) -> Party:
    page = min(leaves) if leaves else None
    empty = {k: Fact(None, None, f"party:{k}", page, required=True) for k in wanted if k in FIELDS}
    return Party(role=role, **empty)  # type: ignore[arg-type]  # the keys are fields
