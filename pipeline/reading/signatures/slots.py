"""From signature blocks to slots: where each signer has to sign, and what is seen there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import msgspec

from pipeline.reading.blocks import Block
from pipeline.reading.pages import Sheet
from pipeline.reading.segment import Segment
from pipeline.reading.signatures.verdict import verdict
from pipeline.reading.tables import Signer
from pipeline.rules import Lexicon
from pipeline.schema import Box, Party, Signature

REACH = 1.7  # line heights above and below the gap that ink may run over


@dataclass(frozen=True, slots=True)
class Signing:
    """What the slots of an agreement are judged by. `electronic`: the file holds a certificate."""

    segment: Segment
    people: Sequence[Party]
    sheets: Mapping[int, Sheet]
    words: Lexicon
    electronic: bool


def signatures(
    signing: Signing, blocks: Sequence[Block], owners: Sequence[int | None], rows: Sequence[Signer]
) -> tuple[Signature, ...]:
    """A signature per block and per row of a signing table; a signer with no place at all has an unclear one.

    `owners` gives for each block the index of its party; the people of `rows` are the last of the parties.
    """
    found = [*_of_blocks(signing, blocks, owners), *_of_rows(signing, rows)]
    return (*found, *_nowhere(signing, found))


def _of_blocks(
    signing: Signing, blocks: Sequence[Block], owners: Sequence[int | None]
) -> Iterator[Signature]:
    demanded = {rule.role: rule for rule in signing.segment.type.signature}
    for block, owner in zip(blocks, owners, strict=True):
        part = "annex" if block.page in signing.segment.annex else "statement"
        rule = demanded.get(block.role or "")
        if rule is not None and part in rule.on:
            blank = Signature(role=rule.role, name=_name(signing.people, owner, block), page=block.page)
            seen = _judged(signing, _with(blank, part, owner, required=rule.required), _slot(block))
            yield seen if block.name or seen.state != "missing" else replace(seen, state="unclear")


def _of_rows(signing: Signing, rows: Sequence[Signer]) -> Iterator[Signature]:
    first = len(signing.people) - len(rows)
    for place, row in enumerate(rows, first):
        party = signing.people[place]
        if row.sign is not None:
            blank = Signature(role=party.role, name=_printed(party), page=row.page)
            yield _judged(signing, _with(blank, "statement", place, required=True), row.sign)


def _with(blank: Signature, part: str, party: int | None, *, required: bool) -> Signature:
    return Signature(
        role=blank.role, name=blank.name, page=blank.page, part=part, party=party, required=int(required)
    )


def _judged(signing: Signing, blank: Signature, box: Box) -> Signature:
    """The signature with what is seen in its slot."""
    sheet = signing.sheets[blank.page]
    seen = verdict(sheet, box, signing.words, electronic=signing.electronic)
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
        meterai=int(seen.meterai),
        required=blank.required,
        evidence=msgspec.json.encode(dict(seen.measured)).decode(),
        party=blank.party,
    )


def _printed(party: Party) -> str | None:
    return str(party.name.data) if party.name is not None and party.name.data else None


def _name(people: Sequence[Party], owner: int | None, block: Block) -> str | None:
    named = _printed(people[owner]) if owner is not None else None
    return named or " ".join(line.text for line in block.name) or None


def _slot(block: Block) -> Box:
    """The gap, and the lines over and under it that ink runs across."""
    line = max((ln.size for ln in block.name), default=10.0)
    lower = max((ln.box.bottom for ln in block.name), default=block.gap.bottom)
    upper = max(0.0, block.gap.top - 0.3 * line)
    return Box(block.gap.x0, upper, block.gap.x1, min(lower, block.gap.bottom + REACH * line))


def _nowhere(signing: Signing, found: Sequence[Signature]) -> Iterator[Signature]:
    """Who has to sign the statement and has no place there: nobody can tell from this page."""
    segment = signing.segment
    placed = {s.party for s in found if s.part == "statement"}
    demanded = {rule.role: rule for rule in segment.type.signature if "statement" in rule.on}
    page = (segment.statement or segment.leaves)[-1].number
    for place, party in enumerate(signing.people):
        rule = demanded.get(party.role)
        if segment.begun and rule is not None and place not in placed and _printed(party):
            blank = Signature(role=party.role, name=_printed(party), page=page)
            yield _with(blank, "statement", place, required=rule.required)
