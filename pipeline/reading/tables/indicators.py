"""Rows of a table as indicators: objectives carried down, targets shared, cut rows made whole."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from pipeline import values
from pipeline.reading.tables.periods import MONTHS, QUARTERS
from pipeline.reading.tables.rows import Row
from pipeline.reading.tables.wording import Piece, confidence_of, fact, unmarked
from pipeline.rules import TableRule
from pipeline.schema import Fact, Indicator
from pipeline.values import Words

RULE = "table:indicators."
ASIDE = ("quality", "time", "note", *MONTHS)  # fields without a column of their own
KEYS = (
    "number",
    "target",
    "quantity",
    *QUARTERS,
)  # what a row cut by a page's end does not have a second time


FIGURES = ("target", "quantity", *QUARTERS, *MONTHS)


_BRACKETED = re.compile(r"\(([^()]+)\)\s*$")  # "Jumlah kunjungan (orang)"
_BULLET = re.compile(r"^[-•▪*]\s+(?=\S)")  # before a target of several in a cell


@dataclass(slots=True)
class Draft:
    """An indicator in the making: its pieces by field, and which of them came down from a row above."""

    page: int
    pieces: dict[str, list[Piece]]
    carried: set[str] = field(default_factory=set)


def indicators(rows: Iterable[Row], rule: TableRule, words: Words) -> Iterator[Indicator]:
    """The indicators of a table's rows, in order."""
    for draft in _drafts([r for r in rows if r.kind == "data"]):
        yield _indicator(draft, rule, words)


# ---------------------------------------------------------------- rows into drafts


def _drafts(rows: Sequence[Row]) -> list[Draft]:
    drafts: list[Draft] = []
    for row in rows:
        last = drafts[-1] if drafts else None
        if last and goes_on(row, last):
            _extend(last, row)
        elif row.fresh("measure") or row.fresh("target") or row.fresh("quantity") or row.fresh("objective"):
            drafts.append(_draft(row, last))
    return drafts


def goes_on(row: Row, last: Draft) -> bool:
    """Whether a row is the rest of the row before it: it brings no number and no target, only more words."""
    if not (row.after_cut or row.parted):
        return False
    if any(row.words(f) for f in KEYS if f in row.pieces):
        return _cut_before_target(row, last)
    measure = row.pieces.get("measure")
    if measure is None or not measure.words:
        return not row.words("objective") or "number" in row.pieces or _small(row, "objective")
    return row.after_cut or _small(row, "measure")


def _cut_before_target(row: Row, last: Draft) -> bool:
    """The target may stand in the second half of a row, where none is in the first and the words go on."""
    missing = not any(p.words for f in ("target", "quantity") for p in last.pieces.get(f, ()))
    return row.after_cut and missing and not row.words("number") and _small(row, "measure")


def _small(row: Row, name: str) -> bool:
    """Whether the words of a field begin with a small letter."""
    piece = row.pieces.get(name)
    return bool(piece and piece.words and piece.words[0].text[:1].islower())


def _extend(draft: Draft, row: Row) -> None:
    for name, piece in row.pieces.items():
        if piece.words and name not in draft.carried:
            draft.pieces[name] = [p for p in draft.pieces.get(name, []) if p.words] + [piece]
        elif piece.words:
            draft.pieces[name].append(
                piece
            )  # the list is that of the rows it is carried over: all of them get it


def _draft(row: Row, last: Draft | None) -> Draft:
    draft = Draft(row.page, {})
    for name, piece in row.pieces.items():
        above = last.pieces.get(name) if last else None
        if above is not None and _carries(name, piece, row):
            draft.pieces[name] = above
            draft.carried.add(name)
            if _continues(name, piece, row):
                above.append(piece)
        else:
            draft.pieces[name] = [piece]
    return draft


def _carries(name: str, piece: Piece, row: Row) -> bool:
    """Whether a field takes what stands above: its cell comes down, or is an empty one of a group."""
    if not piece.fresh and not row.after_cut:
        return True
    if _continues(name, piece, row):
        return True
    if name == "measure":
        return not piece.words and not row.words("objective")
    return name == "objective" and not piece.words


def _continues(name: str, piece: Piece, row: Row) -> bool:
    """Whether an objective goes on beside the next indicator: over a page's end, or where no lines are."""
    if name != "objective" or not piece.words or not piece.fresh or not (row.after_cut or row.parted):
        return False
    return piece.words[0].text[:1].islower() or ("number" in row.pieces and not row.words("number"))


# ---------------------------------------------------------------- drafts into indicators


def _indicator(draft: Draft, rule: TableRule, words: Words) -> Indicator:
    target, unit, value, direction = _target(draft, rule, words)
    q1, q2, q3, q4 = (_plain(draft, name, rule, words) for name in QUARTERS)
    return Indicator(
        number=_plain(draft, "number", rule, words),
        objective=_wording(draft, "objective", rule),
        measure=_wording(draft, "measure", rule),
        target=target,
        value=value,
        unit=unit,
        direction=direction,
        q1=q1,
        q2=q2,
        q3=q3,
        q4=q4,
        owner=_plain(draft, "owner", rule, words),
        page=draft.page,
        also=tuple(_also(draft, rule, words)),
    )


def _also(draft: Draft, rule: TableRule, words: Words) -> Iterator[tuple[str, Fact]]:
    for name in ASIDE:
        found = _plain(draft, name, rule, words)
        if found is not None and found.text:
            yield name, found
    for name in sorted(draft.carried & {"objective", "measure", "target", "quantity"}):
        if any(p.words for p in draft.pieces[name]):
            yield "carried", replace(fact(draft.pieces[name], f"{RULE}carried", name), text=None)


def _plain(draft: Draft, name: str, rule: TableRule, words: Words) -> Fact | None:
    pieces = draft.pieces.get(name)
    if pieces is None:
        return None
    text = _figured(pieces, words) if name in FIGURES else _text(pieces)
    return fact(pieces, RULE + name, text or None, required=name in rule.required)


def _figured(pieces: Sequence[Piece], words: Words) -> str:
    """Figures as they must have been printed: read by eye, a comma before decimals may come as a dot."""
    text = _text(pieces)
    if not any(p.origin == "ocr" for p in pieces):
        return text
    return dict(words.placeholders.misread).get(text) or values.decimal_comma(text)


def _wording(draft: Draft, name: str, rule: TableRule) -> Fact | None:
    """A field of words: the number before them is printed, but no part of what they mean."""
    pieces = draft.pieces.get(name)
    if pieces is None:
        return None
    return fact(pieces, RULE + name, unmarked(_text(pieces)) or None, required=name in rule.required)


def _text(pieces: Sequence[Piece]) -> str:
    return values.text("\n".join(p.text for p in pieces if p.words))


def _remarked(draft: Draft, rule: TableRule, words: Words) -> Fact | None:
    """A remark that is nothing but a unit, or one in brackets behind the indicator, listed or counted by it
    ('Jumlah bayi yang lahir (bayi)'): in a table without a column for units."""
    remark, measured = _plain(draft, "note", rule, words), _plain(draft, "measure", rule, words)
    listed = {name.casefold() for unit in words.units.unit for name in (unit.name, *unit.spellings)}
    if remark and remark.text and remark.text.casefold() in listed:
        return remark
    said = _BRACKETED.search(measured.text or "") if measured else None
    if measured is None or said is None:
        return None
    counted = re.findall(r"\w+", (measured.text or "")[: said.start()].casefold())
    if said[1].casefold() not in {*listed, *counted}:
        return None
    return replace(measured, text=said[1], data=said[1], rule=RULE + "unit", required=False)


Goal = tuple[Fact | None, Fact | None, Fact | None, Fact | None]


def _target(draft: Draft, rule: TableRule, words: Words) -> Goal:
    """Target, unit, value and direction. Of quantity, quality and time the quantity is the target."""
    name = "target" if "target" in draft.pieces or "quantity" not in draft.pieces else "quantity"
    pieces = draft.pieces.get(name)
    beside = _plain(draft, "unit", rule, words) or _remarked(draft, rule, words)
    if pieces is None:
        return None, beside, None, None
    text = _BULLET.sub("", _figured(pieces, words))
    meant = values.target(text, _unit_said(beside, pieces[0].title), words=words)
    sure = min((confidence_of(p.words) for p in pieces), default=1.0)
    required = "target" in rule.required
    target = fact(pieces, RULE + "target", text or None, required=required, sure=sure)
    value, direction = _part(target, "value", meant.value), _part(target, "direction", meant.direction)
    if beside is not None and beside.text:
        return target, replace(beside, data=values.measure(beside.text, words=words)), value, direction
    return target, _part(target, "unit", meant.unit, meant.unit) or beside, value, direction


def _unit_said(beside: Fact | None, title: str) -> str | None:
    """The unit of its own column, or in brackets in the title of the targets: `Target (%)`."""
    if beside is not None:
        return beside.text
    found = re.search(r"\(([^()\d]+)\)", title)
    return found[1] if found else None


def _part(target: Fact, of: str, data: str | float | None, text: str | None = None) -> Fact | None:
    """A value that stands within the target."""
    if data is None:
        return None
    return replace(target, rule=RULE + of, data=data, required=False, text=text or target.text)
