"""From signature blocks to slots: where each signer has to sign, and what is seen there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import msgspec

from pipeline.reading.blocks import Block
from pipeline.reading.kinds import position_level
from pipeline.reading.pages import Sheet
from pipeline.reading.phrases import says
from pipeline.reading.segment import Segment
from pipeline.reading.signatures.verdict import clear, initialled, verdict
from pipeline.reading.tables import Signer
from pipeline.rules import Lexicon
from pipeline.schema import Box, Party, Signature

REACH = 1.7  # line heights under the gap that ink may run over
OVER = 0.3  # line heights over the gap that belong to it
ROOM = 0.8  # line heights: a wider space over a line of the position is room to sign
MISREAD = 88  # per cent that a misread label is like the printed one
LEAST = 1.5  # line heights: in less room nobody signs, the place was misread
VAST = 300.0  # points: in a wider place beside a name a signature is too small to be told from nothing
ASIDE = 150.0  # points beside a slot in which a signature that missed it is looked for
APART = 30.0  # points between the middles of blocks that stand side by side


@dataclass(frozen=True, slots=True)
class Signing:
    """What the slots of an agreement are judged by."""

    segment: Segment
    people: Sequence[Party]
    sheets: Mapping[int, Sheet]
    words: Lexicon


def signatures(
    signing: Signing,
    blocks: tuple[Sequence[Block], Sequence[int | None]],
    rows: tuple[Sequence[Signer], Sequence[int | None]],
) -> tuple[Signature, ...]:
    """A signature per block and per row of a signing table; a signer with no place at all has an unclear one.

    Both come with the index of the party of each.
    """
    found = [*_of_blocks(signing, *blocks), *_of_rows(signing, *rows)]
    return (*_initialled(signing, found), *_nowhere(signing, found))


def _of_blocks(
    signing: Signing, blocks: Sequence[Block], owners: Sequence[int | None]
) -> Iterator[Signature]:
    demanded = {rule.role: rule for rule in signing.segment.type.signature}
    for block, owner in zip(blocks, owners, strict=True):
        part = "annex" if block.page in signing.segment.annex else "statement"
        rule = demanded.get(block.role or "")
        if rule is not None and part in rule.on:
            blank = Signature(role=rule.role, name=_name(signing.people, owner, block), page=block.page)
            slot = _close(_bounded(_slot(block, signing.words), block, blocks), block)
            gap = Box(slot.x0, slot.top, slot.x1, max(slot.top, block.gap.bottom))
            seen = _judged(signing, _with(blank, part, owner, required=rule.required), slot, gap)
            sure = _certain(seen, block) and not (
                seen.state == "missing" and _signed_aside(signing, slot, block, blocks)
            )
            yield seen if sure else replace(seen, state="unclear")


def _signed_aside(signing: Signing, slot: Box, block: Block, blocks: Sequence[Block]) -> bool:
    """Whether somebody signed beside an empty slot: on a side of it where nobody else signs, or before the
    place of who does."""
    sheet, own = signing.sheets[block.page], _middle(block)
    others = [other for other in blocks if other is not block and _level(slot, block, other)]
    after = [other.gap.x0 for other in others if _middle(other) > own]
    before = [other.gap.x1 for other in others if _middle(other) < own]
    right, left = min(after, default=sheet.layout.width), max(before, default=0.0)
    sides = (
        (Box(slot.x1, slot.top, min(slot.x1 + ASIDE, right), slot.bottom), bool(after), False),
        (Box(max(slot.x0 - ASIDE, left), slot.top, slot.x0, slot.bottom), bool(before), True),
    )
    rooms = [(box, shared, edge) for box, shared, edge in sides if box.width > APART]
    boxes = [clear(sheet, box, left=edge) if shared else box for box, shared, edge in rooms]
    seen = (verdict(sheet, box, signing.words, gap=box) for box in boxes if box.width > APART)
    return any(one.state == "signed" for one in seen)


def _level(slot: Box, block: Block, other: Block) -> bool:
    """Whether the place to sign of another block is at the height of a slot."""
    return other.page == block.page and min(slot.bottom, other.gap.bottom) > max(slot.top, other.gap.top)


def _certain(seen: Signature, block: Block) -> bool:
    """Whether nobody is accused by guess: a name was read, and the room to sign is neither low nor vast."""
    if seen.state != "missing":
        return True
    return not (_beside(block) and block.gap.width > VAST) and (
        bool(block.name) and seen.top is not None and block.gap.bottom - seen.top > LEAST * block.name[0].size
    )


def _of_rows(signing: Signing, rows: Sequence[Signer], owners: Sequence[int | None]) -> Iterator[Signature]:
    kind = signing.segment.type
    demanded = {rule.role: rule for rule in kind.signature}
    several = {rule.role for rule in kind.party if rule.many or rule.listed}
    for row, owner in zip(rows, owners, strict=True):
        if owner is None or row.sign is None:
            continue
        party = signing.people[owner]
        annexed = row.page in signing.segment.annex and party.role not in several
        part, rule = "annex" if annexed else "statement", demanded.get(party.role)
        if rule is not None and part in rule.on:
            blank = Signature(role=party.role, name=_printed(party), page=row.page)
            yield _judged(signing, _with(blank, part, owner, required=rule.required), row.sign, row.sign)


def _with(blank: Signature, part: str, party: int | None, *, required: bool) -> Signature:
    return Signature(
        role=blank.role, name=blank.name, page=blank.page, part=part, party=party, required=int(required)
    )


def _judged(signing: Signing, blank: Signature, box: Box, gap: Box) -> Signature:
    """The signature with what is seen in its slot; `gap` is the room to sign in it."""
    sheet = signing.sheets[blank.page]
    seen = verdict(sheet, box, signing.words, gap=gap)
    return Signature(
        role=blank.role,
        name=blank.name,
        page=blank.page,
        x0=box.x0,
        top=box.top,
        x1=box.x1,
        bottom=box.bottom,
        state=seen.state,
        method=seen.method,
        confidence=seen.confidence,
        part=blank.part,
        stamp=int(seen.stamp),
        initials=int(seen.initials),
        meterai=int(seen.meterai),
        required=blank.required,
        evidence=msgspec.json.encode(dict(seen.measured)).decode(),
        crop=seen.crop.id if seen.crop else None,
        masked=seen.crop.masked if seen.crop else None,
        picture=seen.crop.picture if seen.crop else None,
        shape=seen.shape,
        party=blank.party,
    )


def _initialled(signing: Signing, found: Sequence[Signature]) -> Iterator[Signature]:
    """The signatures; where one of the statement is missing, and only a paraf in the margin, it says so."""
    for one in found:
        alone = (
            one.state == "missing" and one.part == "statement" and not one.initials and one.method == "none"
        )
        mark = _margin(signing, one, found) if alone and one.x0 is not None else None
        yield replace(one, initials=1, evidence=_also(one.evidence, mark)) if mark is not None else one


def _margin(signing: Signing, one: Signature, found: Sequence[Signature]) -> Box | None:
    """A paraf on the page of a slot that is the only one there: where several sign, it may be anybody's, and
    pages are initialled at their foot."""
    here = [s for s in found if s.page == one.page]
    boxes = [box for s in here if (box := _place(s)) is not None]
    return initialled(signing.sheets[one.page], boxes, signing.words) if len(here) == 1 else None


def _place(of: Signature) -> Box | None:
    if of.x0 is None or of.top is None or of.x1 is None or of.bottom is None:
        return None
    return Box(of.x0, of.top, of.x1, of.bottom)


def _also(evidence: str | None, mark: Box) -> str:
    """What was measured, and where the paraf stands."""
    known = msgspec.json.decode(evidence or "{}", type=dict[str, float])
    edges = {"paraf_x0": mark.x0, "paraf_top": mark.top, "paraf_x1": mark.x1, "paraf_bottom": mark.bottom}
    return msgspec.json.encode({**known, **{name: round(edge, 1) for name, edge in edges.items()}}).decode()


def _printed(party: Party) -> str | None:
    return str(party.name.data) if party.name is not None and party.name.data else None


def _name(people: Sequence[Party], owner: int | None, block: Block) -> str | None:
    named = _printed(people[owner]) if owner is not None else None
    return named or " ".join(line.text for line in block.name) or None


def _slot(block: Block, words: Lexicon) -> Box:
    """The gap, and the lines over and under it that ink runs across."""
    line = max((ln.size for ln in block.name), default=10.0)
    lower = max([block.gap.bottom, *(ln.box.bottom for ln in block.name)])
    upper = max(0.0, _upper(block, words) - OVER * line)
    return Box(block.gap.x0, upper, block.gap.x1, min(lower, block.gap.bottom + REACH * line))


def _upper(block: Block, words: Lexicon) -> float:
    """Where the room to sign begins: at a wide space over a line; what stands lower is ink or a stamp."""
    last, before = block.head.bottom, 0.0
    for line in (ln for ln in block.position if _over(ln.box, block.gap)):
        space = line.box.top - last
        begins = last == block.head.bottom and position_level(line.text, words) is not None
        apart = space > ROOM * line.size and space > 2 * before and not begins
        if apart or says(line.text, words.labels.meterai, MISREAD) is not None:
            return last
        last, before = line.box.bottom, max(space, 0.0)
    return block.gap.top


def _over(line: Box, gap: Box) -> bool:
    """Whether a line stands over the room to sign, not under or beside it."""
    return line.top < gap.bottom and line.x1 > gap.x0


def _bounded(slot: Box, block: Block, blocks: Sequence[Block]) -> Box:
    """The slot, kept on its side of the middle between its block and those beside it."""
    x0, x1, own = slot.x0, slot.x1, _middle(block)
    for other in blocks:
        if other is block or not _level(slot, block, other) or abs(_middle(other) - own) < APART:
            continue
        between = (own + _middle(other)) / 2
        x0, x1 = (max(x0, between), x1) if between < own else (x0, min(x1, between))
    return Box(x0, slot.top, x1, slot.bottom) if x1 - x0 > APART else slot


def _close(slot: Box, block: Block) -> Box:
    """Of a vast slot over a name, under a long position, the part around the name: there people sign."""
    if slot.width <= VAST or _beside(block):
        return slot
    left, right = _middle(block) - VAST / 2, _middle(block) + VAST / 2
    return Box(max(slot.x0, left), slot.top, min(slot.x1, right), slot.bottom)


def _middle(block: Block) -> float:
    """The middle of a block's name; of the room to sign, where that is beside it."""
    if not block.name:
        return block.head.middle
    return block.gap.middle if _beside(block) else block.name[0].box.middle


def _beside(block: Block) -> bool:
    """Whether the room to sign is right of the name, not over it."""
    return bool(block.name) and block.gap.x0 >= block.name[0].box.x1


def _nowhere(signing: Signing, found: Sequence[Signature]) -> Iterator[Signature]:
    """Who has to sign the statement and has no place there: nobody can tell from this page."""
    segment = signing.segment
    demanded = {rule.role: rule for rule in segment.type.signature if "statement" in rule.on}
    once = {rule.role for rule in demanded.values() if rule.once}
    placed = {s.party for s in found if s.part == "statement" or s.role in once}
    page = (segment.statement or segment.leaves)[-1].number
    for place, party in enumerate(signing.people):
        rule = demanded.get(party.role)
        if segment.begun and rule is not None and place not in placed and _printed(party):
            blank = Signature(role=party.role, name=_printed(party), page=page)
            yield _with(blank, "statement", place, required=rule.required)
