"""Rows of a table as budgets: programmes, activities, sub-activities, and the printed sum."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from pipeline import values
from pipeline.reading.phrases import fold
from pipeline.reading.tables.budget_lines import LEVELS, Line, coarse, lines, marked, named, style
from pipeline.reading.tables.rows import Row
from pipeline.reading.tables.wording import Piece, confidence_of, fact, unmarked
from pipeline.rules import TableRule
from pipeline.schema import Budget, Fact
from pipeline.values import Words

RULE = "table:budgets."
DEPTHS = {3: 0, 5: 1, 6: 2}  # groups of a budget code (Permendagri 90/2019, reported): the rung it stands for

SMALLEST = 1000  # rupiah: a smaller scale is no unit of money
REJOINED = 0.7  # how sure an amount is, at most, whose figures stood apart on a scan
NO_NUMBER = 9  # deeper than any number


_CURRENCY = re.compile(r"^\s*(?:Rp|IDR)[\s.:]*", re.IGNORECASE)
_TORN = re.compile(r"(?<=\d) (?=\d)")
_THOUSANDS = re.compile(r"\(\s*(?:Rp|x)?[\s.,]*(?:1[.,])?000\s*\)", re.IGNORECASE)
_NUMBER = re.compile(r"\(?(?:\d{1,2}|[IVX]{1,4}|[A-Za-z])(?:\.(?:\d{1,2}|[IVX]{1,4}|[a-z]))*[.)]?(?=\s|$)")
_COUNTED = re.compile(r"[A-Za-z]+\s+\d{1,2}\s*:\s*(?=[A-Z])")  # Kegiatan 1 : Program ...
_CODE = re.compile(r"[0-9Xx]{1,2}(?:\.[0-9Xx]{2}){2}(?:\.[0-9]{1,2}(?:\.[0-9]{2,4}){1,2})?\.?(?![\d.])")


def budgets(rows: Iterable[Row], rule: TableRule, words: Words) -> Iterator[Budget]:
    """The budgets of a table's rows, in order."""
    known = list(rows)
    below = max((n for n, row in enumerate(known) if row.kind == "total"), default=len(known))
    parts = known[:below], known[below:]
    above, under = (list(lines([r for r in part if r.kind == "data"], rule)) for part in parts)
    said = marked([*above, *(one for one in under if _priced_at_all(one, rule, words))])
    drafts = [_budget(line, rule, words) for line in said]
    for draft, level in zip(drafts, _levels(said, drafts, rule), strict=True):
        yield replace(draft, level=level)


def _priced_at_all(line: Line, rule: TableRule, words: Words) -> bool:
    """Whether a line has money: under the last sum stands else who signs."""
    amount = line.pieces.get("amount")
    return amount is not None and _money(amount, "amount", rule, words).data is not None


def total(rows: Iterable[Row], rule: TableRule, words: Words) -> Fact | None:
    """The printed sum: the largest one where groups have their own. None where no row sums up."""
    found = [f for row in rows for f in _totals(row, rule, words)]
    return max(reversed(found), key=lambda f: int(f.data or 0), default=None)


def _totals(row: Row, rule: TableRule, words: Words) -> Iterator[Fact]:
    if row.kind == "total":
        amount = row.pieces.get("amount")
        yield _money([amount if amount and amount.words else row.label], "total", rule, words)
    elif row.kind == "data" and row.fresh("total") and not coarse(row, rule):
        yield _money([row.pieces["total"]], "total", rule, words)


# ---------------------------------------------------------------- rows into lines


def _budget(line: Line, rule: TableRule, words: Words) -> Budget:
    name = values.text("\n".join(p.text for p in line.pieces["program"]))
    code, bare = _code(line, name)
    return Budget(
        number=_fact(line, "number"),
        code=code,
        program=fact(
            line.pieces["program"], RULE + "program", bare or None, required="program" in rule.required
        ),
        amount=_money(line.pieces["amount"], "amount", rule, words) if "amount" in line.pieces else None,
        note=_fact(line, "note"),
        page=line.page,
    )


def _code(line: Line, name: str) -> tuple[Fact | None, str]:
    """The budget code from its column, or from before the name; and the name without it."""
    found = _CODE.match(name)
    bare = unmarked(name[found.end() :].strip(" -:") if found else name)
    bare = bare[said.end() :] if (said := _COUNTED.match(bare)) else bare
    own = _fact(line, "code")
    if own and own.text:
        return own, bare
    number = _fact(line, "number")
    if number and number.text and _CODE.fullmatch(number.text):
        return number, bare
    if found is None:
        return own, bare
    whole = fact(line.pieces["program"], RULE + "code", found[0].strip("."))
    return Fact(
        found[0], whole.data, whole.rule, whole.page, whole.box, whole.confidence, origin=whole.origin
    ), bare


def _fact(line: Line, name: str) -> Fact | None:
    pieces = line.pieces.get(name)
    if pieces is None:
        return None
    return fact(pieces, RULE + name, values.text("\n".join(p.text for p in pieces if p.words)) or None)


def _money(pieces: Sequence[Piece], name: str, rule: TableRule, words: Words) -> Fact:
    text = "\n".join(p.text for p in pieces if p.words)
    sure = min((confidence_of(p.words) for p in pieces if p.words), default=1.0)
    data = values.money(text, words=words)
    if data is None and pieces[0].origin == "ocr":
        data, sure = values.money(_TORN.sub("", text), words=words), min(sure, REJOINED)
    scale = _scale(pieces[0].title, words)
    whole = _parts(text, scale) if data is None else data * scale
    return fact(pieces, RULE + name, whole, required=name in rule.required, sure=sure)


def _parts(text: str, scale: int) -> int | None:
    """Rupiah of an amount with parts of a unit of money: 3.771,5 in a column of millions."""
    number = values.number(_CURRENCY.sub("", text)) if scale > 1 else None
    return None if number is None else round(number * scale)


def _scale(title: str, words: Words) -> int:
    """Rupiah in one of the column's units: its title may say `dalam ribuan`, or `Rp.000`."""
    if _THOUSANDS.search(title):
        return 1000
    named = [size for name, size in words.numerals.scales if name in title.casefold() and size >= SMALLEST]
    return max(named, default=1)


def _levels(lines: Sequence[Line], drafts: Sequence[Budget], rule: TableRule) -> Iterator[str | None]:
    """The rung of each.

    Name or code say it; else it is one below the row it is numbered under; else the column's title says it.
    """
    said = [_said(draft, rule) for draft in drafts]
    depths = _outlined([_depth(draft, line) for line, draft in zip(lines, drafts, strict=True)], drafts)
    above: list[tuple[int, int]] = []  # depth and rung of the rows over the present one
    for line, level, depth in zip(lines, said, depths, strict=True):
        unsaid = level is None and depth == NO_NUMBER and _several(line.title, rule)
        while above and above[-1][0] >= depth + unsaid:  # without the word, under one that has it
            above.pop()
        below = above[-1][1] + 1 if above else None
        titled = named(line.title, rule)
        rung = (
            LEVELS.index(level)
            if level
            else below
            if below is not None
            else LEVELS.index(titled)
            if titled
            else None
        )
        if rung is not None:
            above.append((depth + unsaid, min(rung, 2)))
        yield LEVELS[min(rung, 2)] if rung is not None else None


def _several(title: str, rule: TableRule) -> bool:
    """Whether the title of a column speaks of several rungs: 'Program / Kegiatan'."""
    folded = fold(title)
    rungs = (rule.levels.program, rule.levels.kegiatan)
    return all(any(fold(phrase) in folded for phrase in rung) for rung in rungs)


def _said(draft: Budget, rule: TableRule) -> str | None:
    name = str(draft.program.data) if draft.program and draft.program.data else ""
    groups = len(str(draft.code.data).strip(".").split(".")) if draft.code and draft.code.data else 0
    return named(name, rule) or (LEVELS[DEPTHS[groups]] if groups in DEPTHS else None)


def _depth(draft: Budget, line: Line) -> int:
    """How deep a row is numbered: 1 is 1, 1.1 is 2; a row without a number or a code is deepest."""
    number = str(draft.number.data or "") if draft.number else ""
    if not number and draft.code and draft.code.data:
        return len(str(draft.code.data).strip(".").split("."))
    name = " ".join(p.text for p in line.pieces["program"])
    found = _NUMBER.match(number or name)
    return len(re.findall(r"[\dA-Za-z]+", found[0])) if found else NO_NUMBER


def _outlined(depths: Sequence[int], drafts: Sequence[Budget]) -> list[int]:
    """The depths; where rows are counted I, A, B, II, A by turns, what is counted another way is deeper."""
    styles = [style(str(draft.number.data)) if draft.number and draft.number.data else "" for draft in drafts]
    order = list(dict.fromkeys(style for style in styles if style))
    turns = (order.index(style) for style in styles if style)
    if not any(deeper > other for deeper, other in pairwise(turns)):
        return list(depths)
    return [
        depth + order.index(style) if depth == 1 and style else depth
        for depth, style in zip(depths, styles, strict=True)
    ]
