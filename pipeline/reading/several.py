"""Signature blocks of roles that several people have: in lists, in columns, side by side under one line."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import combinations

from rapidfuzz.process import extractOne

from pipeline.reading.blocks import Block
from pipeline.reading.captions import titled
from pipeline.reading.celled import celled
from pipeline.reading.datelines import datelines
from pipeline.reading.enumerated import enumerated
from pipeline.reading.grid import grid, names_role, printed
from pipeline.reading.identities import Identity
from pipeline.reading.leaf import Leaf
from pipeline.reading.lines import Run
from pipeline.reading.part import Part
from pipeline.reading.phrases import fold
from pipeline.rules import Lexicon, PartyRule, Rules

BESIDE = 40.0  # points: so far over or under place and date may a block begin that stands beside the signers
LEAST = 2  # who are several
CROWD = 3  # who sign unannounced
SAME_NAME = 78  # per cent


def with_several(
    part: Part, found: Sequence[Block], introduced: Sequence[Identity], rules: Rules
) -> list[Block]:
    """The blocks, and those of everybody else who has a role that several have."""
    made = _with_many(part, found, rules)
    for party in part.segment.type.party:
        if party.listed and not party.many:
            made = _with_makers(part, made, party, introduced, rules.words)
        if party.several:
            abreast = _abreast(part, made, party, rules.words)
            made = _replaced(made, party, abreast or _under(part, party, rules.words))
    return made


def printed_name(block: Block) -> str:
    """The lines of a name as one text."""
    return " ".join(line.text for line in block.name)


def is_among(name: str, names: Iterable[str]) -> bool:
    """Whether a name is one of several, perhaps misread."""
    return extractOne(fold(name), [fold(one) for one in names], score_cutoff=SAME_NAME) is not None


def on_page(leaf: Leaf, found: Iterable[Block]) -> list[Block]:
    """The blocks on a page."""
    return [block for block in found if block.page == leaf.number]


def _replaced(found: list[Block], party: PartyRule, by: Sequence[Block]) -> list[Block]:
    """The blocks, those of a role given by others where there are some."""
    pages = {block.page for block in by}
    return [*(b for b in found if b.role != party.role or b.page not in pages), *by]


def _with_makers(
    part: Part, made: list[Block], party: PartyRule, introduced: Sequence[Identity], words: Lexicon
) -> list[Block]:
    """The blocks, and those of several who have a role that one may have: counted off, known by name, or a
    crowd that nobody introduces."""
    others = [p for p in part.segment.type.party if p.several and p is not party]
    announced = [run for p in others for run in _announced(part, p)]
    names = [fact for i in introduced if i.role == party.role and (fact := i.values.get("name"))]
    known = _known(part, made, party, [str(fact.data) for fact in names], words)
    made = [b for b in made if not any(_is_of(b, one) for one in known)]
    made = _replaced(made, party, _enumerated(part, party, announced, words) or known)
    if introduced or announced:
        return made
    return _replaced(made, party, _crowd(part, made, party, words))


def _with_many(part: Part, found: Sequence[Block], rules: Rules) -> list[Block]:
    """The blocks, with those of a role that many have; where a line with that role stands over more of them
    than it makes blocks, it is the line of all."""
    many = {p.role for p in part.segment.type.party if p.many}
    others = [block for block in found if block.role not in many]
    under = len(found) - len(others)
    listed = _grids(part, others, rules.words) if under else []
    if sum(bool(block.name) for block in listed) > max(under, LEAST - 1):
        return [*others, *listed]
    return [*found, *(_grids(part, found, rules.words) or _framed(part, rules.words))]


def _grids(part: Part, found: Sequence[Block], words: Lexicon) -> list[Block]:
    """Blocks of a role that many have: from the date down to the next role line, page after page."""
    many = next((p for p in part.segment.type.party if p.many), None)
    dated = _dated(part, words)
    if many is None or dated is None:
        return []
    start, date = dated
    made: list[Block] = []
    before = 0  # who are counted off on earlier pages
    for leaf in (x for x in part.segment.leaves if x.number >= start.number):
        top = date if leaf is start else 0.0
        others = [b for b in on_page(leaf, found) if b.head.top > top - BESIDE]
        level = [b for b in others if leaf is start and b.head.top < top + BESIDE]
        bottom = min((b.head.top for b in others if b not in level), default=leaf.layout.height + 1)
        areas = [*part.areas.get(leaf.number, []), *(b.box for b in level)]
        counted = enumerated(leaf, many, (top, bottom), words, before=before) if not areas else ()
        listed = len(counted) > LEAST and all(block.position for block in counted)
        made += counted if listed else grid(leaf, many, (top, bottom), words, areas)
        before += len(counted) if listed else 0
    return made


def _framed(part: Part, words: Lexicon) -> list[Block]:
    """Blocks of a role that many have in frames with a cell each, where nobody signs under place and date:
    that may stand on the next page, over who knows of them."""
    many = next((p for p in part.segment.type.party if p.many), None)
    if many is None or part.signing:
        return []
    return [
        block
        for leaf in part.segment.own
        for block in celled(leaf, many.role, list(printed(leaf.layout.words)), words)
    ]


def _dated(part: Part, words: Lexicon) -> tuple[Leaf, float] | None:
    """The page with place and date, and where they end, points; None where a table under them is signed."""
    found = next(datelines(part.segment.leaves, words), None)
    if found is None:
        return None
    leaf, span = found
    signed = [row.page for row in part.signing]
    tables = [area.bottom for area in part.areas.get(leaf.number, [])]
    over = bool(tables) and span.box.top > max(tables) and leaf.number >= max(signed, default=0)
    return (leaf, span.box.bottom) if not signed or over else None


def _enumerated(
    part: Part, party: PartyRule, others: Sequence[tuple[Leaf, Run]], words: Lexicon
) -> list[Block]:
    """Who is counted off under place and date, above the words that announce `others`."""
    dated = _dated(part, words)
    if dated is None:
        return []
    leaf, date = dated
    here = [run.box.top for page, run in others if page is leaf]
    until = min((top for top in here if top > date), default=0.0 if here else leaf.layout.height + 1)
    return list(enumerated(leaf, party, (date, until), words))


def _known(
    part: Part, found: Sequence[Block], party: PartyRule, names: Sequence[str], words: Lexicon
) -> list[Block]:
    """Who signs under place and date of several who have been introduced by their `names`, in columns."""
    dated = _dated(part, words) if len(names) >= LEAST else None
    if dated is None:
        return []
    leaf, date = dated
    others = [b.head.top for b in on_page(leaf, found) if b.role != party.role and b.head.top > date + BESIDE]
    between = (date, min(others, default=leaf.layout.height + 1))
    blocks = grid(leaf, party, between, words, part.areas.get(leaf.number, []))
    signing = [b for b in blocks if b.name and is_among(printed_name(b), names)]
    return signing if len(signing) >= LEAST else []


def _crowd(part: Part, found: Sequence[Block], party: PartyRule, words: Lexicon) -> list[Block]:
    """Who signs under place and date where nobody was introduced: several in columns, each with what they are
    and a number or titles."""
    dated = _dated(part, words) if len({block.role for block in found}) == 1 else None
    if dated is None:
        return []
    leaf, date = dated
    areas = part.areas.get(leaf.number, [])
    blocks = list(grid(leaf, party, (date, leaf.layout.height + 1), words, areas))
    sure = sum(block.nip is not None or titled(block.name, words) for block in blocks)
    return blocks if len(blocks) >= CROWD and sure == len(blocks) and all(map(_whole, blocks)) else []


def _is_of(block: Block, one: Block) -> bool:
    """Whether a block has the same lines of a name as another."""
    boxes = [line.box for line in block.name] if block.page == one.page else []
    return any(own.box.holds(box) or box.holds(own.box) for box in boxes for own in one.name)


def _announced(part: Part, party: PartyRule) -> list[tuple[Leaf, Run]]:
    """The words that are nothing but the role of several: 'Saksi-saksi :', perhaps beside place and date."""
    runs = ((leaf, run) for leaf in part.segment.own for line in leaf.lines for run in line.runs)
    return [(leaf, run) for leaf, run in runs if names_role(run.text, party)]


def _under(part: Part, party: PartyRule, words: Lexicon) -> list[Block]:
    """Who is counted off under words with nothing but the role."""
    return [
        block
        for leaf, run in _announced(part, party)
        for block in enumerated(leaf, party, (run.box.bottom, leaf.layout.height + 1), words)
    ]


def _abreast(part: Part, found: Sequence[Block], party: PartyRule, words: Lexicon) -> list[Block]:
    """Several side by side under one line with their role: 'Menyaksikan,'."""
    made: list[Block] = []
    for leaf in part.segment.own:
        own = [block for block in on_page(leaf, found) if block.role == party.role]
        if len(own) != 1:
            continue
        (one,) = own
        below = [b.head.top for b in on_page(leaf, found) if b is not one and b.box.bottom > one.head.bottom]
        top, bottom = one.head.bottom, min(below, default=leaf.layout.height + 1)
        row = list(grid(leaf, party, (top, bottom), words, part.areas.get(leaf.number, [])))
        if len(row) >= LEAST and bottom > one.box.bottom and all(map(_whole, row)) and _apart(row):
            made += row
    return made


def _whole(block: Block) -> bool:
    return bool(block.name and block.position)


def _apart(row: Sequence[Block]) -> bool:
    """Whether blocks stand side by side."""
    return all(a.box.x1 <= b.box.x0 or b.box.x1 <= a.box.x0 for a, b in combinations(row, 2))
