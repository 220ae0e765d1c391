"""Reported results out of a spreadsheet: what was measured for an indicator, quarter by quarter."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from pipeline.audit.headings import Entry, Headings, Needed, understand
from pipeline.errors import InputError
from pipeline.rules import Lexicon, Strict
from pipeline.values import folded, target, year

QUARTERS = ("q1", "q2", "q3", "q4")
WHOLE = 4  # the quarter at whose end a whole year is reported


class ResultHeadings(Headings, frozen=True):
    """Headings by column."""

    year: tuple[str, ...] = ()
    quarter: tuple[str, ...] = ()
    measure: tuple[str, ...] = ()
    unit_of_measure: tuple[str, ...] = ()
    target: tuple[str, ...] = ()
    result: tuple[str, ...] = ()
    q1: tuple[str, ...] = ()
    q2: tuple[str, ...] = ()
    q3: tuple[str, ...] = ()
    q4: tuple[str, ...] = ()


class Quarter(Strict, frozen=True):
    """A quarter of the year, and how it is written."""

    number: int
    words: tuple[str, ...]


class ResultRule(Strict, frozen=True):
    """The file result.toml."""

    columns: ResultHeadings
    needed: Needed
    quarter: tuple[Quarter, ...]


@dataclass(frozen=True, slots=True)
class ResultRow:
    """What was reported for an indicator at the end of a quarter: a row of the table results."""

    year: int
    quarter: int
    unit: str | None
    measure: str
    target: str | None
    result: str
    value: float | None


@dataclass(frozen=True, slots=True)
class Results:
    """Reported rows, and how the spreadsheet was understood: our name and its heading of each column."""

    rows: tuple[ResultRow, ...]
    columns: tuple[tuple[str, str], ...]
    unread: tuple[str, ...]


def read_results(path: Path, words: Lexicon, rule: ResultRule) -> Results:
    """The results in a CSV or XLSX file. A quarter that reports nothing is left out.

    Raises InputError for a file that is none, lacks needed columns, or has a year or quarter that is none.
    """
    found = understand(path, rule.columns, rule.needed)
    rows = tuple(
        row for entry in found.entries if entry.get("measure") for row in _rows(path, entry, words, rule)
    )
    if not rows:
        raise InputError(f"{path}: tidak ada realisasi / no results are reported")
    return Results(rows, found.columns, found.unread)


def _rows(path: Path, entry: Entry, words: Lexicon, rule: ResultRule) -> Iterator[ResultRow]:
    for quarter, result in _reported(path, entry, rule):
        yield ResultRow(
            year=_year(path, entry),
            quarter=quarter,
            unit=entry.get("unit") or None,
            measure=entry.get("measure"),
            target=entry.get("target") or None,
            result=result,
            value=target(result, entry.get("unit_of_measure") or None, words=words).value,
        )


def _reported(path: Path, entry: Entry, rule: ResultRule) -> Iterator[tuple[int, str]]:
    """The quarters that a row reports, each with its result."""
    for number, column in enumerate(QUARTERS, start=1):
        if entry.get(column):
            yield number, entry.get(column)
    if entry.get("result"):
        yield _quarter(path, entry, rule), entry.get("result")


def _year(path: Path, entry: Entry) -> int:
    found = year(entry.get("year"))
    if found is None:
        raise InputError(
            f"{path}, baris / row {entry.number}: tahun '{entry.get('year')}', tulis 2026 / is not a year"
        )
    return found


def _quarter(path: Path, entry: Entry, rule: ResultRule) -> int:
    raw = entry.get("quarter")
    said = folded(raw)
    for quarter in rule.quarter:
        if said in {folded(word) for word in quarter.words}:
            return quarter.number
    if said:
        raise InputError(
            f"{path}, baris / row {entry.number}: triwulan '{raw}', tulis 1 sampai 4 / write 1 to 4"
        )
    return WHOLE
