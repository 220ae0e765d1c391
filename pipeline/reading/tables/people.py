"""Rows of a table as people: their names and positions, and where they sign or what they are called."""

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
_DIGITS = re.compile(r"[\d\s.\-]{5,}")
_NIP = re.compile(r"\bN\s?I\s?[PK]\s?[.:]?\s*|(?=\b\d{8}[\s.\-]?\d{6}[\s.\-]?\d)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Signer:
    """A person named in a table, and the cell in which to sign, or the role that stands there."""

    page: int
    number: Fact | None = None
    name: Fact | None = None
    position: Fact | None = None
    nip: Fact | None = None
    rank: Fact | None = None
    unit: Fact | None = None
    sign: Box | None = None
    role: str = ""


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
    name, nip, rank = _named(row, rest, rule, words)
    sign = row.pieces.get("sign")
    return Signer(
        row.page,
        _fact("number", row, rest, rule),
        _as_printed(name, words),
        _fact("position", row, rest, rule),
        nip,
        rank,
        _fact("party_unit", row, rest, rule),
        _beside(sign.box, row) if sign else None,
        " ".join(p.text for p in _pieces("role", row, rest)),
    )


def _as_printed(name: Fact | None, words: Words) -> Fact | None:
    """A name read by eye, with the titles that must have been printed; what was read stays beside it."""
    if name is None or name.origin != "ocr" or name.data is None:
        return name
    return replace(name, data=values.mended_name(str(name.data), words=words))


def _beside(sign: Box, row: Row) -> Box:
    """The part of a cell to sign in that lies beside the row: several rows may share one.

    It is as high as the cell of the name, also where a pen stroke parts it.
    """
    name = row.pieces.get("name")
    own = name.box if name is not None and name.words and name.fresh else row.label.box
    if own.top <= sign.top and sign.bottom <= own.bottom:
        return structs.replace(sign, top=own.top, bottom=own.bottom)
    return structs.replace(sign, top=max(sign.top, own.top), bottom=min(sign.bottom, own.bottom))


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


def _named(
    row: Row, rest: Sequence[Row], rule: TableRule, words: Words
) -> tuple[Fact | None, Fact | None, Fact | None]:
    """Name, number and rank, also where all stand in one cell."""
    name, nip, rank = (_fact(field, row, rest, rule) for field in ("name", "nip", "rank"))
    if name is None or not name.text or (nip and nip.text):
        return name, nip, rank
    found = values.nip(name.text)
    at = _NIP.search(name.text)
    if found is None or at is None or not at.start():
        return name, nip, rank
    said = name.text[: at.start()].strip(" /")
    number = _DIGITS.match(name.text, at.end())
    printed, after = name.text[at.end() :], ""
    if number is not None:
        printed, after = number[0].strip(), name.text[number.end() :].strip(" ,/")
    if rank is None and after and values.rank(after, words=words) is not None:
        rank = replace(name, text=after, data=after, rule=f"{RULE}rank", required=False)
    own = replace(name, text=printed, data=found.digits, rule=f"{RULE}nip", required=False)
    return replace(name, text=said, data=said), own, rank
