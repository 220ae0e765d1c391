"""A database with rows written straight into its tables."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from pipeline.store.sqlite import open_store
from pipeline.store.transaction import transaction


def filled(path: Path, tables: Mapping[str, Sequence[Mapping[str, object]]]) -> Path:
    """The database at `path`, made anew, with these rows by table."""
    with open_store(path, write=True) as connection, transaction(connection):
        for table, rows in tables.items():
            for row in rows:
                names, marks = ", ".join(row), ", ".join("?" for _ in row)
                connection.execute(f"INSERT INTO {table} ({names}) VALUES ({marks})", tuple(row.values()))  # noqa: S608 - our own
    return path
