"""One digit of a budget read by eye, settled by the printed total and a second look at it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from pipeline.reading.again import Again
from pipeline.rules import Lexicon
from pipeline.schema import Agreement, Budget, Fact
from pipeline.values import money

SURE = 0.985  # confidence from which an amount is not doubted
SEN = 1  # rupiah: sums may differ by so much where sen were cut off
LEVELS = ("program", "kegiatan", "sub_kegiatan")


@dataclass(frozen=True, slots=True)
class Change:
    """An amount that would make the sum right with one other digit: of a row, or of the total (row None)."""

    row: int | None
    fact: Fact
    amount: int


def settled(agreement: Agreement, again: Again, words: Lexicon) -> Agreement:
    """The agreement; where its budget does not add up for one misread digit, with that digit as it must be.

    The change is made only if it is the only one that makes the sum right and that a second look reads so
    too. `text` keeps what was read first.
    """
    total = agreement.budget_total
    if total is None or total.data is None or not _apart(agreement.budgets, int(total.data)):
        return agreement
    ways = [way for way in _ways(agreement.budgets, total) if _doubtful(way.fact)]
    seen = [way for way in ways if _seen(way, again, words)]
    return _with(agreement, seen[0]) if len(seen) == 1 else agreement


def _apart(rows: Sequence[Budget], total: int) -> bool:
    """Whether all amounts are there, and neither all of them nor one rung of them makes the total."""
    if not rows or any(row.amount is None or row.amount.data is None for row in rows):
        return False
    sums = [sum(_amount(row) for row in rows)]
    sums += [sum(_amount(row) for row in rows if row.level == level) for level in LEVELS]
    return all(abs(one - total) > SEN for one in sums)


def _amount(row: Budget) -> int:
    return int(row.amount.data) if row.amount is not None and row.amount.data is not None else 0


def _ways(rows: Sequence[Budget], total: Fact) -> Iterator[Change]:
    """All changes of one digit that make the coarsest rung, or all rows, add up to the total."""
    top = [n for n, row in enumerate(rows) if row.level == LEVELS[0]] or [*range(len(rows))]
    missing = int(total.data or 0) - sum(_amount(rows[n]) for n in top)
    for n in top:
        fact = rows[n].amount
        if fact is not None and _one_digit(_amount(rows[n]), _amount(rows[n]) + missing):
            yield Change(n, fact, _amount(rows[n]) + missing)
    if _one_digit(int(total.data or 0), int(total.data or 0) - missing):
        yield Change(None, total, int(total.data or 0) - missing)


def _one_digit(one: int, other: int) -> bool:
    """Whether two amounts differ in one digit.

    >>> _one_digit(1250, 1850), _one_digit(1250, 1340), _one_digit(950, 1050)
    (True, False, False)
    """
    a, b = str(one), str(other)
    return other > 0 and len(a) == len(b) and sum(x != y for x, y in zip(a, b, strict=True)) == 1


def _doubtful(fact: Fact) -> bool:
    return fact.origin == "ocr" and fact.box is not None and fact.confidence < SURE


def _seen(way: Change, again: Again, words: Lexicon) -> bool:
    """Whether a second look at the amount reads it as it must be."""
    fact = way.fact
    if fact.page is None or fact.box is None:
        return False
    printed = money(fact.text or "", words=words)
    unit = int(fact.data or 0) // printed if printed else 1
    found = (money(look.text, words=words) for look in again.looks(fact.page, fact.box))
    return any(amount is not None and amount * unit == way.amount for amount in found)


def _with(agreement: Agreement, way: Change) -> Agreement:
    made = replace(way.fact, data=way.amount, reason="total")
    if way.row is None:
        return replace(agreement, budget_total=made)
    rows = list(agreement.budgets)
    rows[way.row] = replace(rows[way.row], amount=made)
    return replace(agreement, budgets=tuple(rows))
