"""Who stands above whom, kept in the registry of a database."""

from __future__ import annotations

import sqlite3

from pipeline.audit.rows import OfficeRow, StaffRow, UnitRow
from pipeline.audit.settings import Settings
from pipeline.audit.spelling import Spelling
from pipeline.audit.superiors import above, placed
from pipeline.rules import Rules
from pipeline.run.rows import put, records

DECIDED = """
    SELECT "row", new FROM decisions WHERE "table" = 'staff' AND field = 'superior' ORDER BY id
"""


def place(connection: sqlite3.Connection, rules: Rules, known: Settings) -> list[StaffRow]:
    """Everybody with their superior, as registry, people or rules say; only what is new is written."""
    staff, units = records(connection, "staff", StaffRow), records(connection, "units", UnitRow)
    offices = records(connection, "offices", OfficeRow)
    decided = dict(connection.execute(DECIDED).fetchall())
    spelling = Spelling(rules.words, known.bands.expand)
    found = list(placed(staff, units, known.superiors, spelling, decided))
    over = list(above(offices, found, rules.words))
    put(connection, "staff", [row for row, was in zip(found, staff, strict=True) if row != was])
    put(connection, "offices", [row for row, was in zip(over, offices, strict=True) if row != was])
    return found
