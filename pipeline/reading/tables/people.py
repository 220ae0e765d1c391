"""Rows of a table as people: the names, positions and places to sign of a commitment."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from msgspec import structs

from pipeline import values
from pipeline.reading.tables.rows import Row
from pipeline.reading.tables.wording import Piece, fact
from pipeline.rules import TableRule
from pipeline.schema import Box, Fact
from pipeline.values import Words

RULE = "table:parties."
_NIP = re.compile(r"\bN\s?I\s?[PK]\s?[.:]?\s*|(?=\b\d{8}\s?\d{6})", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Signer:
    """A person named in a table, and the cell in which to sign."""

    page: int
    number: Fact | None = None
    name: Fact | None = None
    position: Fact | None = None
    nip: Fact | None = None
    rank: Fact | None = None
    unit: Fact | None = None
    sign: Box | None = None


def signers(rows: Iterable[Row], rule: TableRule, words: Words) -> Iterator[Signer]:
    """The people of a table's rows, in order; a name in two rows cut by a page's end is one."""
    for row, rest in _whole([r for r in rows if r.kind == "data"]):
        if row.words("name") or row.words("position"):
            yield _signer(row, rest, rule, words)


def _whole(rows: Sequence[Row]) -> Iterator[tuple[Row, list[Row]]]:
    held: tuple[Row, list[Row]] | None = None
    for row in rows:
        if held and (row.after_cut or row.parted) and not row.words("number") and "number" in row.pieces:
            held[1].append(row)
            continue
        if held:
            yield held
        held = (row, [])
    if held:
        yield held


def _signer(row: Row, rest: Sequence[Row], rule: TableRule, words: Words) -> Signer:
    name, nip = _named(row, rest, rule)
    sign = row.pieces.get("sign")
    return Signer(
        row.page,
        _fact("number", row, rest, rule),
        _as_printed(name, words),
        _fact("position", row, rest, rule),
        nip,
        _fact("rank", row, rest, rule),
        _fact("party_unit", row, rest, rule),
        _beside(sign.box, row.label.box) if sign else None,
    )


def _as_printed(name: Fact | None, words: Words) -> Fact | None:
    """A name read by eye, with the titles that must have been printed; what was read stays beside it."""
    if name is None or name.origin != "ocr" or name.data is None:
        return name
    return replace(name, data=values.mended_name(str(name.data), words=words))


def _beside(sign: Box, row: Box) -> Box:
    """The part of a cell to sign in that lies beside the row: several rows may share one."""
    return structs.replace(sign, top=max(sign.top, row.top), bottom=min(sign.bottom, row.bottom))


def _pieces(name: str, row: Row, rest: Sequence[Row]) -> list[Piece]:
    return [p for r in (row, *rest) if (p := r.pieces.get(name)) is not None and (p.words or r is row)]


def _fact(name: str, row: Row, rest: Sequence[Row], rule: TableRule) -> Fact | None:
    pieces = _pieces(name, row, rest)
    if not pieces:
        return None
    text = values.text("\n".join(p.text for p in pieces if p.words))
    found = values.nip(text) if name == "nip" else None
    data = (found.digits if found else None) if name == "nip" else text or None
    return fact(pieces, RULE + name, data, required=name in rule.required)


def _named(row: Row, rest: Sequence[Row], rule: TableRule) -> tuple[Fact | None, Fact | None]:
    """Name and number, also where both stand in one cell."""
    name, nip = _fact("name", row, rest, rule), _fact("nip", row, rest, rule)
    if name is None or not name.text or (nip and nip.text):
        return name, nip
    found = values.nip(name.text)
    at = _NIP.search(name.text)
    if found is None or at is None or not at.start():
        return name, nip
    text = name.text[: at.start()].strip(" /")
    whole = Fact(text, text, name.rule, name.page, name.box, name.confidence, name.required, name.origin)
    rule_id, printed = f"{RULE}nip", name.text[at.end() :]
    return whole, Fact(
        printed, found.digits, rule_id, name.page, name.box, name.confidence, origin=name.origin
    )
