"""Corrections that people make to who stands above whom; they outlive every load of the registry."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from pipeline import rules as rulebook
from pipeline.audit.rows import StaffRow
from pipeline.errors import UsageError
from pipeline.run.audit import audit
from pipeline.run.rows import records
from pipeline.run.runs import Run
from pipeline.run.settings import settings
from pipeline.store import file
from pipeline.store.sqlite import open_store
from pipeline.store.transaction import transaction
from pipeline.values import folded

DECIDE = """
    INSERT INTO decisions (who, "when", why, "table", "row", field, old, new)
    VALUES (?, ?, ?, 'staff', ?, 'superior', ?, ?)
"""


@dataclass(frozen=True, slots=True)
class Correction:
    """Somebody decides who stands above a person; None for nobody here."""

    person: str  # NIP, name or position
    superior: str | None
    who: str
    why: str


def correct(correction: Correction, db: Path, overlay: Path | None) -> tuple[StaffRow, StaffRow | None]:
    """Keep a correction and audit; answers the person and the superior.

    Raises UsageError where nobody, or several people, are meant.
    """
    rules = rulebook.load(overlay)
    known = settings(rules, overlay)
    file.examine(file.place(db), write=False)
    with open_store(db, write=True) as connection:
        staff = records(connection, "staff", StaffRow)
        person = one_of(staff, correction.person)
        superior = one_of(staff, correction.superior) if correction.superior else None
        run = Run(connection, "registry under", rules)
        run.begin()
        new = superior.id if superior else None
        row = (correction.who, _now(), correction.why, person.id, person.superior, new)
        with transaction(connection):
            connection.execute(DECIDE, row)
        audit(run, rules, known)
        run.end({})
        return person, superior


def one_of(staff: list[StaffRow], said: str) -> StaffRow:
    """The one listed person with this NIP, name or position. Raises UsageError for nobody or several."""
    plain = folded(said)
    found = [
        row
        for row in staff
        if row.listed and plain in (row.nip, folded(row.name), folded(row.position or ""), folded(row.id))
    ]
    if len(found) == 1:
        return found[0]
    what = f"{len(found)} orang / people" if found else "tidak ada / nobody"
    raise UsageError(
        f"'{said}': {what}; sebutkan NIP, nama, atau jabatan lengkap / give a NIP, a name or a whole position"
    )


def _now() -> str:
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
