"""Who owes which document for which year, from the registry down, and what settles it."""

from __future__ import annotations

import sqlite3
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from pipeline.audit.registry import RegistryRule, left
from pipeline.audit.rows import DutyRow, StaffRow
from pipeline.rules import Strict


class Duty(Strict, frozen=True):
    """A document that somebody owes each year, and in which role the debtor signs it."""

    type: str
    roles: tuple[str, ...]
    who: Literal["heads", "everybody"] = "heads"
    basis: str = ""
    due: str = ""


class Duties(Strict, frozen=True):
    """The file obligations.toml."""

    year_share: float
    duty: tuple[Duty, ...]


@dataclass(frozen=True, slots=True)
class Signed:
    """An agreement that a person of the registry has made, in one role."""

    agreement_id: str
    staff_id: str
    role: str
    type: str
    year: int
    signed_on: str | None
    complete: bool


@dataclass(frozen=True, slots=True)
class Coverage:
    """How many documents a unit owes for a year, and what became of them. Not due ones are not owed."""

    unit: str | None
    type: str
    year: int
    owed: int
    met: int
    incomplete: int
    late: int
    missing: int
    not_due: int


def owed(
    staff: Iterable[StaffRow],
    duties: Duties,
    years: Iterable[int],
    rule: RegistryRule,
    *,
    everybody: bool = False,
) -> Iterator[DutyRow]:
    """What each person owes for each year, nothing of it settled yet. People who left owe nothing: not_due.

    With `everybody`, all of the registry, whatever the duties say.
    """
    wanted = tuple(years)
    for row in staff:
        for duty in duties.duty:
            if row.head or everybody or duty.who == "everybody":
                yield from (_duty(row, duty, year, gone=left(row.status, rule)) for year in wanted)


def _duty(row: StaffRow, duty: Duty, year: int, *, gone: bool) -> DutyRow:
    before, after = row.valid_from or "", row.valid_to or "9999"
    away = gone or before > f"{year}-12-31" or after < f"{year}-01-01"
    return DutyRow(
        id=f"{row.id}/{duty.type}/{year}",
        staff_id=row.id,
        position=row.position,
        unit=row.unit,
        type=duty.type,
        year=year,
        due_on=f"{year}-{duty.due}" if duty.due else None,
        state="not_due" if away else "missing",
    )


def settled(duties: Iterable[DutyRow], signed: Iterable[Signed], rules: Duties) -> Iterator[DutyRow]:
    """The duties with the agreement that meets each, and how: met, late or incomplete; else missing.

    A complete agreement counts before an incomplete one, and an earlier before a later one.
    """
    roles = {duty.type: duty.roles for duty in rules.duty}
    made = defaultdict[tuple[str | None, str, int], list[Signed]](list)
    for one in signed:
        if one.role in roles.get(one.type, ()):
            made[one.staff_id, one.type, one.year].append(one)
    for duty in duties:
        found = made.get((duty.staff_id, duty.type, duty.year), [])
        yield _met(duty, found) if found else duty


def _met(duty: DutyRow, found: Sequence[Signed]) -> DutyRow:
    best = min(found, key=lambda one: (not one.complete, one.signed_on or "9999", one.agreement_id))
    late = best.complete and duty.due_on is not None and (best.signed_on or "") > duty.due_on
    state = "late" if late else "met" if best.complete else "incomplete"
    return replace(duty, agreement_id=best.agreement_id, state=state)


# ---------------------------------------------------------------- read from the database


def signed(connection: sqlite3.Connection) -> Iterator[Signed]:
    """Agreements of people surely recognised. Complete: no demanded signature, date or annex missing."""
    for agreement_id, staff_id, role, type_, year, signed_on, complete in connection.execute(SIGNED):
        yield Signed(agreement_id, staff_id, role, type_, year, signed_on, bool(complete))


def years(connection: sqlite3.Connection, duties: Duties) -> list[int]:
    """The years under audit: those that enough agreements of the owed types are for."""
    types = {duty.type for duty in duties.duty}
    count = Counter(int(year) for kind, year in connection.execute(YEARS) if kind in types)
    least = duties.year_share * max(count.values(), default=0)
    return sorted(year for year, number in count.items() if number >= least)


def coverage(connection: sqlite3.Connection) -> Iterator[Coverage]:
    """How far each unit has got, by document type and year, from the table of obligations."""
    yield from (Coverage(*row) for row in connection.execute(COVERAGE))


YEAR = "coalesce(a.year, cast(substr(a.signed_on, 1, 4) as integer))"

YEARS = f"select a.type, {YEAR} from agreements a where {YEAR} is not null"  # noqa: S608 - no value in it

SIGNED = f"""
select a.id, m.staff_id, p.role, a.type, {YEAR}, a.signed_on,
       not exists (select 1 from signatures s
                   where s.agreement_id = a.id and s.required = 1 and s.state = 'missing')
       and not exists (select 1 from facts f
                       where f.agreement_id = a.id and f.record = 'agreements' and f.data is null and (
                         f.field in ('annex', 'promise')
                         or f.field = 'signed_on' and f.required = 1 and a.signed_on is null))
from matches m join parties p on p.id = m.party_id join agreements a on a.id = p.agreement_id
where m.verdict = 'match' and {YEAR} is not null
"""  # noqa: S608 - no value in it stands in it

COVERAGE = """
select unit, type, year, sum(state <> 'not_due'), sum(state = 'met'), sum(state = 'incomplete'),
       sum(state = 'late'), sum(state = 'missing'), sum(state = 'not_due')
from obligations group by unit, type, year order by unit, type, year
"""
