"""What is in the database against the registry, the duties and the checks; reads no paper."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from pathlib import Path

from pipeline import rules as rulebook
from pipeline.audit.check import run_checks, run_doubts, settle
from pipeline.audit.likeness import OutlineRow, likenesses
from pipeline.audit.match import index, learned, match, parties
from pipeline.audit.rows import FindingRow, StaffRow, TenureRow
from pipeline.audit.settings import Settings
from pipeline.rules import Rules
from pipeline.run.owe import ask, owe
from pipeline.run.rows import records, replace
from pipeline.run.runs import Run
from pipeline.run.settings import settings
from pipeline.run.tree import place
from pipeline.store import file
from pipeline.store.sqlite import drop_crops, open_store
from pipeline.store.transaction import transaction

OUTLINES = """
    SELECT s.id, s.shape, a.sha256,
        a.type || '|' || coalesce(a.year, '') || '|' || coalesce(a.signed_on, '') || '|'
        || coalesce(a.number, '') || (
            SELECT coalesce(group_concat(who, '|'), '') FROM (
                SELECT coalesce(p.nip, p.name) AS who FROM parties p
                WHERE p.agreement_id = a.id ORDER BY p.rowid
            )
        )
    FROM signatures s JOIN agreements a ON a.id = s.agreement_id
    WHERE s.state = 'signed' AND s.shape IS NOT NULL ORDER BY s.rowid
"""
OPEN = """
    SELECT severity, check_id, count(*) FROM findings WHERE state = 'open' GROUP BY severity, check_id
    ORDER BY CASE severity WHEN 'error' THEN 0 WHEN 'warning' THEN 1 ELSE 2 END, count(*) DESC, check_id
"""

# Agreements whose paper no longer lies in any folder: what was read is kept, and nothing is held against it.
GONE = """
    SELECT a.id FROM agreements a
    WHERE EXISTS (SELECT 1 FROM files f WHERE f.sha256 = a.sha256)
        AND NOT EXISTS (SELECT 1 FROM files f WHERE f.sha256 = a.sha256 AND f.gone_run IS NULL)
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


def again(db: Path, overlay: Path | None, units: tuple[str, ...] = (), who: str = "") -> Audited:
    """Audit a database once more; `units`, where there are any, are from now on those under audit.

    Raises InputError, RuleError, LockedError, StorageError, and UsageError for a unit that is none.
    """
    rules = rulebook.load(overlay)
    known = settings(rules, overlay)
    with open_store(existing(db), write=True) as connection:
        run = Run(connection, "check", rules)
        if units:
            ask(run, units, who, rules, known)
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
        owe(run, staff, rules, known)
        drop_crops(connection)
        alike = likenesses(OutlineRow(*row) for row in connection.execute(OUTLINES))
        replace(connection, "likenesses", alike)
        gone = {row[0] for row in connection.execute(GONE)}
        found = [row for row in run_checks(connection, rules.checks, known.glossary) if _there(row, gone)]
        before = records(connection, "findings", FindingRow)
        replace(connection, "findings", settle(before, found, number))
        doubts = run_doubts(connection, rules.checks, known.glossary, laid=True)
        replace(connection, "doubts", [row for row in doubts if _there(row, gone)])


def _there(row: FindingRow, gone: set[str]) -> bool:
    """Whether a finding is of a paper that still lies in its folder, or of none at all."""
    return row.agreement_id not in gone


def _match(connection: sqlite3.Connection, staff: list[StaffRow], rules: Rules, known: Settings) -> None:
    """Which person of the registry each party is; without a registry nobody is looked for."""
    people = index(staff, rules.words, known.bands, records(connection, "tenures", TenureRow))
    printed = list(parties(connection)) if staff else []
    replace(connection, "matches", match(printed, people, learned(connection, rules.words)))
