"""What is in the database against the registry, the duties and the checks; reads no paper."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from pathlib import Path

from pipeline import rules as rulebook
from pipeline.audit.check import run_checks, run_doubts, settle
from pipeline.audit.match import index, match
from pipeline.audit.obligations import owed, settled, signed, years
from pipeline.audit.rows import FindingRow, PartyRow, StaffRow
from pipeline.audit.settings import Settings
from pipeline.rules import Rules
from pipeline.run.rows import records, replace
from pipeline.run.runs import Run
from pipeline.run.settings import settings
from pipeline.run.tree import place
from pipeline.store import file
from pipeline.store.sqlite import open_store
from pipeline.store.transaction import transaction

OPEN = """
    SELECT severity, check_id, count(*) FROM findings WHERE state = 'open' GROUP BY severity, check_id
    ORDER BY CASE severity WHEN 'error' THEN 0 WHEN 'warning' THEN 1 ELSE 2 END, count(*) DESC, check_id
"""


@dataclass(frozen=True, slots=True)
class Audited:
    """What the database holds after an audit: agreements, and open findings by severity and check."""

    agreements: int
    findings: tuple[tuple[str, str, int], ...]

    @property
    def errors(self) -> int:
        """Open findings of severity error."""
        return sum(number for severity, _, number in self.findings if severity == "error")


def audited(connection: sqlite3.Connection) -> Audited:
    """What the database holds now."""
    agreements = connection.execute("SELECT count(*) FROM agreements WHERE type <> 'other'").fetchone()[0]
    return Audited(agreements, tuple(connection.execute(OPEN).fetchall()))


def again(db: Path, overlay: Path | None) -> Audited:
    """Audit a database once more. Raises InputError, RuleError, LockedError, StorageError."""
    rules = rulebook.load(overlay)
    known = settings(rules, overlay)
    with open_store(existing(db), write=True) as connection:
        run = Run(connection, "check", rules)
        audit(run, rules, known)
        run.end({})
        return audited(connection)


def existing(db: Path) -> Path:
    """A database that is there already; a new one is not made. Raises InputError."""
    file.examine(file.place(db), write=False)
    return db


def audit(run: Run, rules: Rules, known: Settings) -> None:
    """Matches, obligations, findings and doubts, worked out anew and kept in one transaction."""
    number, connection = run.id, run.connection
    with transaction(connection):
        staff = place(connection, rules, known)
        _match(connection, staff, rules, known)
        _owe(connection, staff, known)
        found = list(run_checks(connection, rules.checks, known.glossary))
        before = records(connection, "findings", FindingRow)
        replace(connection, "findings", settle(before, found, number))
        replace(connection, "doubts", run_doubts(connection, rules.checks, known.glossary))


def _match(connection: sqlite3.Connection, staff: list[StaffRow], rules: Rules, known: Settings) -> None:
    """Which person of the registry each party is; without a registry nobody is looked for."""
    parties = records(connection, "parties", PartyRow) if staff else []
    replace(connection, "matches", match(parties, index(staff, rules.words, known.bands)))


def _owe(connection: sqlite3.Connection, staff: list[StaffRow], known: Settings) -> None:
    """Who owes what for the years under audit, and what has settled it."""
    wanted = years(connection, known.duties)
    duties = owed(staff, known.duties, wanted, known.registry)
    replace(connection, "obligations", settled(duties, signed(connection), known.duties))
