"""Records of the audit out of their tables and into them."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import fields
from typing import Any, TypeVar

R = TypeVar("R")


def records(connection: sqlite3.Connection, table: str, kind: type[R]) -> list[R]:
    """All rows of a table as records whose fields are its columns, in the order of the table."""
    names = ", ".join(f'"{field.name}"' for field in fields(kind))  # type: ignore[arg-type] # a dataclass
    rows = connection.execute(f'SELECT {names} FROM "{table}" ORDER BY rowid')  # noqa: S608 - our own names
    return [kind(*row) for row in rows]


def replace(connection: sqlite3.Connection, table: str, rows: Iterable[Any]) -> None:
    """The table holds `rows`, dataclasses whose fields it has as columns, and no others.

    A row that stays, by its id, is changed in place: others point at it.
    """
    kept = list(rows)
    names = _columns(connection, table)
    if "id" in names:
        ids = {row.id for row in kept}
        gone = [row for row in connection.execute(f'SELECT id FROM "{table}"') if row[0] not in ids]  # noqa: S608
        connection.executemany(f'DELETE FROM "{table}" WHERE id = ?', gone)  # noqa: S608 - our own names
    else:
        connection.execute(f'DELETE FROM "{table}"')  # noqa: S608 - our own names
    put(connection, table, kept)


def put(connection: sqlite3.Connection, table: str, rows: Iterable[Any]) -> None:
    """Rows that come to those of the table, or take the place of those with the same id."""
    kept = list(rows)
    if kept:
        names = [name for name in _columns(connection, table) if hasattr(kept[0], name)]
        values = ([getattr(row, name) for name in names] for row in kept)
        connection.executemany(_upsert(table, names), values)


def _columns(connection: sqlite3.Connection, table: str) -> list[str]:
    return [row[0] for row in connection.execute("SELECT name FROM pragma_table_info(?)", (table,))]


def _upsert(table: str, names: Sequence[str]) -> str:
    columns = ", ".join(f'"{name}"' for name in names)
    marks = ", ".join("?" for _ in names)
    changed = ", ".join(f'"{name}" = excluded."{name}"' for name in names if name != "id")
    again = f" ON CONFLICT (id) DO UPDATE SET {changed}" if "id" in names else ""
    return f'INSERT INTO "{table}" ({columns}) VALUES ({marks}){again}'  # noqa: S608 - our own names
