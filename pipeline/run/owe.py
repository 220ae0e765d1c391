"""Obligations of a database: units linked, what is owed, what is under audit, and what has settled it."""

from __future__ import annotations

import json
import sqlite3
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime

from pipeline.audit.obligations import Book, owed
from pipeline.audit.positions import folds
from pipeline.audit.rows import DutyRow, OfficeRow, StaffRow, TenureRow, UnitRow
from pipeline.audit.scope import Papers, Scope, ids, marked, scope, within
from pipeline.audit.seats import Seat, seats
from pipeline.audit.settings import Settings
from pipeline.audit.settle import HELD, YEAR, settled, signed, years
from pipeline.audit.spelling import Spelling
from pipeline.audit.units import PrintedUnit, UnitIndex, linked, unit_index
from pipeline.rules import Rules
from pipeline.run.rows import put, records, replace
from pipeline.run.runs import Run
from pipeline.store.transaction import transaction
from pipeline.values import folded

EVERY = "*"  # all units are asked for
ALL, AUTOMATIC = {"semua", "all"}, {"otomatis", "auto"}
ASK = """
    INSERT INTO decisions (who, "when", why, "table", "row", field, old, new)
    VALUES (?, ?, '', 'units', '', 'scope', NULL, ?)
"""
PRINTED = """
    SELECT a.id, a.unit, (
        SELECT json_group_array(s.unit_id) FROM parties p JOIN matches m ON m.party_id = p.id
        JOIN staff s ON s.id = m.staff_id
        WHERE p.agreement_id = a.id AND m.verdict = 'match' AND s.unit_id IS NOT NULL
            AND p.role IN ('pihak_pertama', 'pembuat')
    )
    FROM agreements a WHERE a.type <> 'other' ORDER BY a.id
"""
LINK = """
    UPDATE agreements SET unit_id = (
        SELECT l.unit_id FROM unit_links l WHERE l.agreement_id = agreements.id AND l.verdict = 'match'
    )
"""
PAPERS = f"""
    SELECT a.unit_id, {YEAR}, count(*) FROM agreements a
    WHERE a.unit_id IS NOT NULL AND {YEAR} IS NOT NULL AND {HELD} GROUP BY 1, 2
"""  # noqa: S608 - no value in it
APPROVED = "SELECT DISTINCT year, unit, approved_on FROM plans WHERE approved_on IS NOT NULL"
ASKED = """SELECT new FROM decisions WHERE "table" = 'units' AND field = 'scope' ORDER BY id DESC LIMIT 1"""
FIRST_LOAD = "SELECT min(as_of) FROM loads"


def owe(run: Run, staff: list[StaffRow], rules: Rules, known: Settings) -> None:
    """Link units, count obligations, and keep both."""
    connection = run.connection
    units = records(connection, "units", UnitRow)
    spelling = Spelling(rules.words, known.bands.expand)
    index = unit_index(units, spelling, known.units)
    _link(connection, index, rules)
    duties = list(owed(_seats(connection, staff, rules), _book(run, known, index), _years(connection, known)))
    found = _scope(connection, duties, known, index)
    done = settled(within(duties, found), signed(connection), known.obligations, spelling.alike)
    replace(connection, "obligations", filter(_told, done))
    put(connection, "units", marked(units, duties, found))


def _told(row: DutyRow) -> bool:
    """Whether a row is kept: who is outside, owes nothing and signed nothing would only fill the table."""
    return bool(row.scope or row.reason != "level" or row.agreement_id)


def ask(run: Run, units: tuple[str, ...], who: str, rules: Rules, known: Settings) -> None:
    """Keep whose obligations are to be judged: named units, all (semua), or those with papers (otomatis).

    Raises UsageError for a unit that the registry does not have.
    """
    index = unit_index(
        records(run.connection, "units", UnitRow), Spelling(rules.words, known.bands.expand), known.units
    )
    said = {folded(unit) for unit in units}
    names = [EVERY] if said & ALL else [] if said & AUTOMATIC else list(ids(units, index))
    run.begin()
    with transaction(run.connection):
        run.connection.execute(ASK, (who, _now(), json.dumps(names)))


def _link(connection: sqlite3.Connection, index: UnitIndex, rules: Rules) -> None:
    """Which unit each agreement is of; without a registry none is looked for."""
    regions = folds(rules.words.government.region)
    rows = connection.execute(PRINTED).fetchall() if index.words else []
    printed = (
        PrintedUnit(id_, unit, tuple(json.loads(people)), folded(unit or "").startswith(tuple(regions)))
        for id_, unit, people in rows
    )
    replace(connection, "unit_links", linked(printed, index))
    connection.execute(LINK)
    plans = connection.execute("SELECT DISTINCT unit FROM plans WHERE unit IS NOT NULL").fetchall()
    found = linked((PrintedUnit(unit, unit) for (unit,) in plans), index)
    units = [(one.unit_id if one.verdict == "match" else None, one.printed) for one in found]
    connection.executemany("UPDATE plans SET unit_id = ? WHERE trim(unit) = ?", units)


def _seats(connection: sqlite3.Connection, staff: list[StaffRow], rules: Rules) -> Iterable[Seat]:
    offices = {row.id: row for row in records(connection, "offices", OfficeRow)}
    return seats(staff, records(connection, "tenures", TenureRow), offices, rules.words)


def _years(connection: sqlite3.Connection, known: Settings) -> list[int]:
    return years(connection, known.obligations, known.duties.year_share)


def _book(run: Run, known: Settings, index: UnitIndex) -> Book:
    return Book(
        duties=known.obligations,
        settings=known.duties,
        registry=known.registry,
        approved=_approved(run.connection, known, index),
        today=run.today.isoformat(),
        known_since=run.connection.execute(FIRST_LOAD).fetchone()[0],
    )


def _approved(
    connection: sqlite3.Connection, known: Settings, index: UnitIndex
) -> Mapping[tuple[int, str | None], str]:
    """The day of the DPA by year and unit; for all units where plans agree on it, or the rules say it."""
    found: dict[tuple[int, str | None], str] = {
        (int(year), None): day for year, day in known.duties.dpa.items()
    }
    days: dict[int, Counter[str]] = defaultdict(Counter)
    for year, unit, day in connection.execute(APPROVED):
        days[year][day] += 1
        found[year, index.names.get(folded(unit or ""), folded(unit or ""))] = day
    for year, said in days.items():
        if len(said) == 1:
            found[year, None] = next(iter(said))
    return found


def _scope(connection: sqlite3.Connection, duties: list[DutyRow], known: Settings, index: UnitIndex) -> Scope:
    papers = Papers({(unit, year): number for unit, year, number in connection.execute(PAPERS)})
    row = connection.execute(ASKED).fetchone()
    names = json.loads(row[0]) if row else []
    asked = list(index.words) if names == [EVERY] else [name for name in names if name in index.words]
    return scope(duties, papers, known.duties.scope, asked, index)


def _now() -> str:
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
