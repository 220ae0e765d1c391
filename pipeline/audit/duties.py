"""Rules of who owes what: a file of rules/obligations each, and coverage.toml: how it is counted."""

from __future__ import annotations

import calendar
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Literal

import msgspec

from pipeline.audit.rows import StaffRow
from pipeline.errors import RuleError
from pipeline.rules import Message, Strict, TypeRule, decode
from pipeline.rules.strict import unknown
from pipeline.schema import CAPACITIES, ROLES

FAR = "9999-12-31"
Why = Literal["level", "left", "leave", "elected", "not_asn", "new", "not_yet", "acting"]


class Who(Strict, frozen=True):
    """Who owes it: heads of units, positions or levels; and of which kinds, and acting in which ways."""

    heads: bool = False
    levels: tuple[str, ...] = ()
    positions: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    not_kinds: tuple[str, ...] = ()
    acting: tuple[str, ...] = ()


class Countersigned(Strict, frozen=True):
    """In which role the countersigner signs, and who that is."""

    role: str
    by: Literal["superior", "nobody"] = "superior"


class Due(Strict, frozen=True):
    """Until when: so many months after the approval of the budget, or until a day (MM-DD)."""

    after: Literal["dpa", "day", "appointment", "none"] = "none"
    months: int = 0
    day: str = ""


class New(Strict, frozen=True):
    """How long somebody has who takes office from a day of the year (MM-DD) on, or after the due date."""

    since: str = "02-01"
    months: int = 1


class Example(Strict, frozen=True):
    """A person, and what they owe for a year; `none`: the rule says nothing about them."""

    person: dict[str, str | int]
    year: int
    state: Literal["missing", "not_due", "none"]
    reason: Why | None = None


class Duty(Strict, frozen=True):
    """A document that somebody owes each year: a file of rules/obligations."""

    id: str
    name: Message
    type: str
    roles: tuple[str, ...]
    who: Who
    countersigned: Countersigned
    due: Due
    basis: str
    each: Literal["office", "person"] = "office"
    valid_from: str = ""
    valid_to: str = ""
    later: dict[Literal["kepala_daerah", "II", "III", "IV", "staf"], str] = msgspec.field(
        default_factory=dict
    )
    new: New = New()
    example: tuple[Example, ...] = ()


class ScopeRule(Strict, frozen=True):
    """Which units are under audit."""

    units: tuple[str, ...]
    unit_share: float
    whole: float


class Duties(Strict, frozen=True):
    """The file coverage.toml."""

    year_share: float
    undated_years: int
    scope: ScopeRule
    dpa: dict[str, str] = msgspec.field(default_factory=dict)


def read_duty(path: Path, types: tuple[TypeRule, ...]) -> Duty:
    """A rule of rules/obligations. Raises RuleError naming file, key and what would be right."""
    duty = decode(path, Duty)
    fault = next(_faults(duty, path.stem, {rule.id for rule in types}), None)
    if fault is not None:
        raise RuleError(f"obligations/{path.name}: {fault}")
    return duty


def _faults(duty: Duty, name: str, types: set[str]) -> Iterator[str]:
    if duty.id != name:
        yield f"id is '{duty.id}'; it must be the file name, '{name}'"
    yield from unknown("type", [duty.type], sorted(types))
    yield from unknown("roles", [*duty.roles, duty.countersigned.role], ROLES)
    yield from unknown("who.acting", duty.who.acting, CAPACITIES)
    for key, day in _days(duty):
        try:
            date.fromisoformat(day)
        except ValueError:
            yield f"{key}: '{day}' is no day; write YYYY-MM-DD, and MM-DD in due.day"


def _days(duty: Duty) -> list[tuple[str, str]]:
    """The days of a rule by key; those left empty are not there."""
    days = [("valid_from", duty.valid_from), ("valid_to", duty.valid_to)]
    days += [(f"later.{level}", day) for level, day in duty.later.items()]
    days += [("due.day", f"2000-{duty.due.day}")] if duty.due.day else []
    return [(key, day) for key, day in days if day]


def later(day: str, months: int) -> str:
    """The same day so many months on, or the last of a shorter month.

    >>> later("2026-01-31", 1)
    '2026-02-28'
    """
    start = date.fromisoformat(day)
    count = start.year * 12 + start.month - 1 + months
    year, month = divmod(count, 12)
    last = calendar.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(start.day, last)).isoformat()


def example_person(example: Example) -> StaffRow:
    """The person of an example. Raises RuleError for a column that people do not have."""
    try:
        return StaffRow(**{"id": "x", "nip": None, "name": "X"} | example.person)  # type: ignore[arg-type] # as said
    except TypeError as error:
        raise RuleError(f"obligations: example: person: {error}") from error
