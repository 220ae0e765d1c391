"""What people decide about who somebody is: kept, never changed, and obeyed by every audit from then on."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from pipeline import rules as rulebook
from pipeline.audit.rows import StaffRow
from pipeline.errors import UsageError
from pipeline.run.audit import audit, existing
from pipeline.run.correct import one_of
from pipeline.run.rows import records
from pipeline.run.runs import Run
from pipeline.run.settings import settings
from pipeline.store.sqlite import open_store
from pipeline.store.transaction import transaction

TAKEN_BACK = ""  # as the new value: the decision before no longer holds
PARTY = """
    SELECT p.id, p.name, m.staff_id FROM parties p LEFT JOIN matches m ON m.party_id = p.id WHERE p.id = ?
"""
LAST = """
    SELECT new FROM decisions WHERE "table" = 'matches' AND field = 'staff_id' AND "row" = ?
    ORDER BY id DESC LIMIT 1
"""
KEEP = """
    INSERT INTO decisions (who, "when", why, "table", "row", field, old, new) VALUES (?, ?, ?, ?, ?, ?, ?, ?)
"""
MATCHES = "SELECT party_id, staff_id, verdict FROM matches"


@dataclass(frozen=True, slots=True)
class Note:
    """Who decides, and why."""

    who: str
    why: str


@dataclass(frozen=True, slots=True)
class Subject:
    """A party as it stands: the printed name, and whom it is taken for."""

    id: str
    name: str
    staff_id: str | None


@dataclass(frozen=True, slots=True)
class Decision:
    """What was decided: the printed name, the person or nobody, and how many other parties it changed."""

    name: str
    person: str | None
    others: int


Choice = Callable[[sqlite3.Connection, Subject], str | None]


def confirm(party: str, person: str | None, note: Note, db: Path, overlay: Path | None) -> Decision:
    """A party is this person (NIP, name or position), or, where none is given, whom it is taken for.

    Its name is known again wherever it is printed. Raises UsageError where nobody, or several, are meant.
    """

    def chosen(connection: sqlite3.Connection, subject: Subject) -> str | None:
        if person:
            return one_of(records(connection, "staff", StaffRow), person).id
        if subject.staff_id is None:
            raise UsageError(
                f"{subject.name}: belum ada calonnya, sebutkan orangnya / nobody is proposed, give the person"
            )
        return subject.staff_id

    return _decide(party, chosen, note, db, overlay)


def reject(party: str, note: Note, db: Path, overlay: Path | None) -> Decision:
    """A party is nobody of the registry. Raises UsageError for a party that is none."""
    return _decide(party, lambda _, __: None, note, db, overlay)


def undo(party: str, note: Note, db: Path, overlay: Path | None) -> Decision:
    """Take the last decision about a party back. Raises UsageError where none holds."""

    def back(connection: sqlite3.Connection, subject: Subject) -> str:
        row = connection.execute(LAST, (subject.id,)).fetchone()
        if row is None or row[0] == TAKEN_BACK:
            raise UsageError(
                f"{subject.name}: tidak ada keputusan yang berlaku / no decision is in force; pakta match log"
            )
        return TAKEN_BACK

    return _decide(party, back, note, db, overlay)


def _decide(party: str, choice: Choice, note: Note, db: Path, overlay: Path | None) -> Decision:
    rules = rulebook.load(overlay)
    known = settings(rules, overlay)
    with open_store(existing(db), write=True) as connection:
        subject = _subject(connection, party)
        new = choice(connection, subject)
        before = set(connection.execute(MATCHES))
        run = Run(connection, "match", rules)
        run.begin()
        with transaction(connection):
            _keep(connection, subject, new, note)
        audit(run, rules, known)
        run.end({})
        changed = {row[0] for row in before ^ set(connection.execute(MATCHES))}
        return Decision(subject.name, _named(connection, subject.id), len(changed - {subject.id}))


def _subject(connection: sqlite3.Connection, party: str) -> Subject:
    row = connection.execute(PARTY, (party,)).fetchone()
    if row is None or row[1] is None:
        raise UsageError(
            f"'{party}': tidak ada pihak bernama dengan kode itu / no party with a name has this code;"
            " pakta match list"
        )
    return Subject(*row)


def _keep(connection: sqlite3.Connection, subject: Subject, new: str | None, note: Note) -> None:
    """Two rows: the decision, and the printed name that it was made upon."""
    now = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    given = (note.who, now, note.why)
    connection.execute(KEEP, (*given, "parties", subject.id, "name", subject.name, subject.name))
    connection.execute(KEEP, (*given, "matches", subject.id, "staff_id", subject.staff_id, new))


def _named(connection: sqlite3.Connection, party: str) -> str | None:
    """The person whom a party is now surely taken for."""
    sql = """
        SELECT s.name FROM matches m JOIN staff s ON s.id = m.staff_id
        WHERE m.party_id = ? AND m.verdict = 'match'
    """
    row = connection.execute(sql, (party,)).fetchone()
    return str(row[0]) if row else None
