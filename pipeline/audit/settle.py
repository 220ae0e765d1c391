"""What settles an obligation: the agreements of a person, shared out among what they owe."""

from __future__ import annotations

import sqlite3
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from pipeline.audit.duties import Duty
from pipeline.audit.rows import DutyRow

FAR = "9999"


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
    revision: bool = False
    position: str | None = None


Alike = Callable[[str | None, str | None], float]


def settled(
    duties: Iterable[DutyRow], signed: Iterable[Signed], rules: Iterable[Duty], alike: Alike
) -> Iterator[DutyRow]:
    """The duties with the agreement that meets each, and how: met, late or incomplete; else missing.

    A complete agreement counts before an incomplete one, an earlier before a later one; a revision replaces
    what it revises and is then the one in force. Who owes for two offices has each agreement counted for the
    office that it names; `alike` says how alike two positions are, 0 to 1. Who is not due stays so.
    """
    rows = list(duties)
    roles = _roles(rules)
    made = defaultdict[tuple[str | None, str, int], list[Signed]](list)
    for one in signed:
        if one.role in roles.get(one.type, ()):
            made[one.staff_id, one.type, one.year].append(one)
    share = _shared(rows, made, alike)
    for row in rows:
        found = share.get(row.id, [])
        yield _met(row, found) if found else row


def _roles(rules: Iterable[Duty]) -> Mapping[str, set[str]]:
    roles: dict[str, set[str]] = defaultdict(set)
    for rule in rules:
        roles[rule.type] |= set(rule.roles)
    return roles


def _shared(
    rows: Sequence[DutyRow], made: Mapping[tuple[str | None, str, int], list[Signed]], alike: Alike
) -> Mapping[str, list[Signed]]:
    owing = defaultdict[tuple[str | None, str, int], list[DutyRow]](list)
    for row in rows:
        owing[row.staff_id, row.type, row.year].append(row)
    share: dict[str, list[Signed]] = defaultdict(list)
    for key, duties in owing.items():
        for one in made.get(key, ()):
            best = max(duties, key=lambda row: (alike(row.position, one.position), row.state != "not_due"))
            share[best.id].append(one)
    return share


def _met(duty: DutyRow, found: Sequence[Signed]) -> DutyRow:
    best = min(found, key=_order)
    valid = [one for one in found if one.revision and one.complete and best.complete]
    force = max(valid, key=lambda one: (one.signed_on or "", one.agreement_id), default=best)
    state = duty.state if duty.state == "not_due" else _state(duty, best)
    reason = duty.reason if duty.state == "not_due" else None
    return replace(
        duty, agreement_id=best.agreement_id, in_force_id=force.agreement_id, state=state, reason=reason
    )


def _order(one: Signed) -> tuple[bool, bool, str, str]:
    return (not one.complete, one.revision, one.signed_on or FAR, one.agreement_id)


def _state(duty: DutyRow, best: Signed) -> str:
    if not best.complete:
        return "incomplete"
    late = duty.due_on is not None and (best.signed_on or "") > duty.due_on
    return "late" if late and not best.revision else "met"


# ---------------------------------------------------------------- read from the database


def signed(connection: sqlite3.Connection) -> Iterator[Signed]:
    """Agreements of people surely recognised. Complete: no demanded signature, date or annex missing.

    The certificate of somebody else is no signature of the person, and one that is broken is none at all.
    """
    for agreement_id, staff_id, role, type_, year, signed_on, complete, *more in connection.execute(SIGNED):
        revision, position = more
        yield Signed(
            agreement_id, staff_id, role, type_, year, signed_on, bool(complete), bool(revision), position
        )


def years(connection: sqlite3.Connection, rules: Iterable[Duty], year_share: float) -> list[int]:
    """The years under audit: those that enough agreements of the owed types are for."""
    types = {rule.type for rule in rules}
    count = Counter(int(year) for kind, year in connection.execute(YEARS) if kind in types)
    least = year_share * max(count.values(), default=0)
    return sorted(year for year, number in count.items() if number >= least)


YEAR = "coalesce(a.year, cast(substr(a.signed_on, 1, 4) as integer))"

# Papers that no longer lie in the folder settle nothing; what was read from them is kept.
HELD = """
(not exists (select 1 from files f where f.sha256 = a.sha256)
 or exists (select 1 from files f where f.sha256 = a.sha256 and f.gone_run is null))
"""

YEARS = f"select a.type, {YEAR} from agreements a where {YEAR} is not null and {HELD}"  # noqa: S608 - no value in it

SIGNED = f"""
select a.id, m.staff_id, p.role, a.type, {YEAR}, a.signed_on,
       not exists (select 1 from signatures s
                   where s.agreement_id = a.id and s.required = 1
                     and (s.state = 'missing' or s.own = 0 or s.intact = 'broken'))
       and not exists (select 1 from facts f
                       where f.agreement_id = a.id and f.record = 'agreements' and f.data is null and (
                         f.field in ('annex', 'promise')
                         or f.field = 'signed_on' and f.required = 1 and a.signed_on is null)),
       coalesce(a.revision, 0), p.position
from matches m join parties p on p.id = m.party_id join agreements a on a.id = p.agreement_id
where m.verdict = 'match' and {YEAR} is not null and {HELD}
"""  # noqa: S608 - no value in it stands in it
