"""Whether a database is whole: its pages, its references, its schema, its full text."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator

from pipeline.store.layout import differences
from pipeline.store.tables import SEARCHED

MOST = 20  # faults of a kind that are told
COUNTS = 'SELECT (SELECT count(*) FROM "{table}"), (SELECT count(*) FROM "{table}_fts_docsize")'


def faults(connection: sqlite3.Connection) -> Iterator[str]:
    """A sentence for each fault, in both languages; none where the database is sound. Changes nothing."""
    yield from _pages(connection)
    yield from _references(connection)
    for name in differences(connection):
        yield f"skema: {name} lain atau tidak ada / schema: {name} is other or missing"
    for table, _ in SEARCHED:
        rows, known = connection.execute(COUNTS.format(table=table)).fetchone()
        if rows != known:
            yield f"pencarian: {table} {known} dari {rows} / full text: {table} {known} of {rows}"


def _pages(connection: sqlite3.Connection) -> Iterator[str]:
    for (sentence,) in connection.execute(f"PRAGMA integrity_check({MOST})"):
        if sentence != "ok":
            yield f"integritas / integrity: {sentence}"


def _references(connection: sqlite3.Connection) -> Iterator[str]:
    for count, row in enumerate(connection.execute("PRAGMA foreign_key_check")):
        if count == MOST:
            return
        yield f"rujukan / reference: {row[0]} {row[1]} -> {row[2]}"
