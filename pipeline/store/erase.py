"""A source and everything read from it, gone for good: also from full text, log of writes and free pages."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping
from datetime import UTC, datetime

from pipeline.store.tables import CHILDREN, SEARCHED
from pipeline.store.transaction import spoken, transaction

AGREEMENTS = "SELECT id FROM agreements WHERE sha256 = :sha256"
WITHIN = f"agreement_id IN ({AGREEMENTS})"
PARTIES = f"SELECT id FROM parties WHERE {WITHIN}"  # noqa: S608 - our own text
RECORDS = " UNION ".join(
    (AGREEMENTS, *(f"SELECT id FROM {table} WHERE {WITHIN}" for table in ("findings", *dict(CHILDREN))))  # noqa: S608
)
# In this order: what only refers to the source would otherwise stay, with its reference emptied.
GOES: Mapping[str, str] = {
    "decisions": f'"row" IN ({RECORDS}) OR "row" = :sha256',
    "findings": f"{WITHIN} OR party_id IN ({PARTIES})",
    "doubts": f"{WITHIN} OR party_id IN ({PARTIES})",
    "matches": f"party_id IN ({PARTIES})",
    "facts": WITHIN,
    "signatures": WITHIN,
    "pledges": WITHIN,
    "budgets": WITHIN,
    "indicators": WITHIN,
    "parties": WITHIN,
    "agreements": "sha256 = :sha256",
    "pages": "sha256 = :sha256",
    "files": "sha256 = :sha256",
    "sources": "sha256 = :sha256",
}
NOTE = """
    INSERT INTO erasures (sha256, who, "when", why, removed) VALUES (:sha256, :who, :now, :why, :removed)
"""
REBUILD = 'INSERT INTO "{table}_fts" ("{table}_fts") VALUES (\'rebuild\')'


def erase(connection: sqlite3.Connection, sha256: str, who: str, why: str) -> dict[str, int]:
    """Take a source out, and note who wanted that and why; the number of rows that went, by table.

    One transaction. What the deleted rows leave in the file goes with `scrub`.
    """
    gone: dict[str, int] = {}
    with transaction(connection):
        for table, condition in GOES.items():
            sql = f'DELETE FROM "{table}" WHERE {condition}'  # noqa: S608 - our own text
            gone[table] = connection.execute(sql, {"sha256": sha256}).rowcount
        removed = json.dumps({table: number for table, number in gone.items() if number})
        now = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        note = {"sha256": sha256, "who": who, "now": now, "why": why, "removed": removed}
        connection.execute(NOTE, note)
    return gone


@spoken()
def scrub(connection: sqlite3.Connection) -> None:
    """Nothing of deleted rows is left: full text made anew, free pages and the log of writes gone.

    Twice anew: VACUUM may number the rows of a table otherwise, and the first time drops the old words.
    """
    _searches(connection)
    connection.execute("VACUUM")
    _searches(connection)
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _searches(connection: sqlite3.Connection) -> None:
    with transaction(connection):
        for table, _ in SEARCHED:
            connection.execute(REBUILD.format(table=table))
