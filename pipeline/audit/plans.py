"""Plans out of a spreadsheet: indicators with their targets, and programmes with their budgets."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from pipeline.audit.headings import Entry, Headings, Needed, understand
from pipeline.errors import InputError
from pipeline.rules import Lexicon, Strict
from pipeline.values import day, folded, money, year


class PlanHeadings(Headings, frozen=True):
    """Headings by column."""

    year: tuple[str, ...] = ()
    objective: tuple[str, ...] = ()
    measure: tuple[str, ...] = ()
    unit_of_measure: tuple[str, ...] = ()
    target: tuple[str, ...] = ()
    amount: tuple[str, ...] = ()
    origin: tuple[str, ...] = ()
    approved_on: tuple[str, ...] = ()


class PlanKind(Strict, frozen=True):
    """What a row plans, and the words that say so."""

    name: str
    words: tuple[str, ...]


class PlanRule(Strict, frozen=True):
    """The file plan.toml."""

    columns: PlanHeadings
    needed: Needed
    kind: tuple[PlanKind, ...]


@dataclass(frozen=True, slots=True)
class PlanRow:
    """A planned indicator or budget: a row of the table plans."""

    year: int | None
    unit: str | None
    kind: str
    objective: str | None
    measure: str
    target: str | None
    unit_of_measure: str | None
    amount: int | None
    origin: str | None
    approved_on: str | None = None


@dataclass(frozen=True, slots=True)
class Plans:
    """Planned rows, and how the spreadsheet was understood: our name and its heading of each column."""

    rows: tuple[PlanRow, ...]
    columns: tuple[tuple[str, str], ...]
    unread: tuple[str, ...]


def read_plans(path: Path, words: Lexicon, rule: PlanRule) -> Plans:
    """The plans in a CSV or XLSX file. An objective is carried down over the rows that leave it empty.

    Raises InputError for a file that is none, lacks needed columns, or has an amount or year that is no
    number.
    """
    found = understand(path, rule.columns, rule.needed)
    rows = tuple(_rows(path, found.entries, words, rule))
    if not rows:
        raise InputError(f"{path}: tidak ada baris rencana / there are no planned rows")
    return Plans(rows, found.columns, found.unread)


def _rows(path: Path, entries: tuple[Entry, ...], words: Lexicon, rule: PlanRule) -> Iterator[PlanRow]:
    objective = None
    for entry in entries:
        objective = entry.get("objective") or objective
        if entry.get("measure"):
            yield _row(path, entry, objective, words, rule)


def _row(path: Path, entry: Entry, objective: str | None, words: Lexicon, rule: PlanRule) -> PlanRow:
    kind = _kind(entry, rule)
    return PlanRow(
        year=_number(path, entry, "year", year(entry.get("year"))),
        unit=entry.get("unit") or None,
        kind=kind,
        objective=objective if kind == "indicator" else None,
        measure=entry.get("measure"),
        target=entry.get("target") or None,
        unit_of_measure=entry.get("unit_of_measure") or None,
        amount=_number(path, entry, "amount", money(entry.get("amount"), words=words)),
        origin=entry.get("origin") or None,
        approved_on=_day(path, entry, words),
    )


def _day(path: Path, entry: Entry, words: Lexicon) -> str | None:
    raw = entry.get("approved_on")
    found = day(raw, words=words) if raw else None
    if raw and found is None:
        raise InputError(
            f"{path}, baris / row {entry.number}: '{raw}' bukan tanggal, tulis 2026-01-02 / is not a date"
        )
    return found.isoformat() if found else None


def _kind(entry: Entry, rule: PlanRule) -> str:
    said = folded(entry.get("kind"))
    for kind in rule.kind:
        if said in {folded(word) for word in kind.words}:
            return kind.name
    return "budget" if entry.get("amount") else "indicator"


def _number(path: Path, entry: Entry, column: str, value: int | None) -> int | None:
    raw = entry.get(column)
    if raw and value is None:
        raise InputError(
            f"{path}, baris / row {entry.number}: {column} '{raw}' bukan angka / is not a number"
        )
    return value
