"""An older database led on to the schema of this program: forward only, in one transaction, no row lost.

What is only added (tables, columns, allowed values, indexes, full text, views) follows from schema.py.
What is not, stands in UPGRADES as statements.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from pipeline.errors import InputError, OwnError
from pipeline.schema import SCHEMA_VERSION, TABLES
from pipeline.store import views
from pipeline.store.build import database
from pipeline.store.layout import Layout, Part, complete, fresh, layout
from pipeline.store.tables import SEARCHED, key
from pipeline.store.transaction import transaction

Steps = Mapping[int, tuple[str, ...]]

# From a version to the next: only what schema.py cannot say, such as a column that takes another name.
UPGRADES: Steps = {}

APART = "_led_on"  # after the name of a table while it is made again
SEARCHES = {f"{table}_fts" for table, _ in SEARCHED}


def version(connection: sqlite3.Connection) -> int:
    """The schema version that a database says it has."""
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def upgrade(connection: sqlite3.Connection, steps: Steps = UPGRADES, target: int = SCHEMA_VERSION) -> None:
    """Lead the database to version `target`; nothing is done where it is there already.

    Raises InputError for a column that no version has had, OwnError where rows do not fit; the database is
    then as it was.
    """
    before = version(connection)
    if before >= target and complete(connection):
        return
    with _loose(connection), transaction(connection):
        for step in range(before, target):
            for statement in steps.get(step, ()):
                connection.execute(statement)
        _lead(connection, fresh())
        views.create(database(connection))
        _sound(connection)
        connection.execute(f"PRAGMA user_version = {target}")


@contextmanager
def _loose(connection: sqlite3.Connection) -> Iterator[None]:
    """While a table is made again, nothing that refers to it follows its old self.

    The way of https://sqlite.org/lang_altertable.html, 7; neither pragma works inside a transaction.
    """
    connection.execute("PRAGMA foreign_keys = OFF")
    connection.execute("PRAGMA legacy_alter_table = ON")
    try:
        yield
    finally:
        connection.execute("PRAGMA legacy_alter_table = OFF")
        connection.execute("PRAGMA foreign_keys = ON")


def _lead(connection: sqlite3.Connection, wanted: Layout) -> None:
    names = {table.name for table in TABLES}
    for part in wanted.values():
        if part.name in names:
            _table(connection, part, layout(connection).get(part.name))
    for part in wanted.values():
        if part.name not in names and part.kind != "view":
            _other(connection, part, layout(connection).get(part.name))


def _table(connection: sqlite3.Connection, wanted: Part, there: Part | None) -> None:
    if there is None:
        connection.execute(wanted.sql)
    elif not wanted.like(there):
        _made_again(connection, wanted)


def _made_again(connection: sqlite3.Connection, wanted: Part) -> None:
    """The table as it is to be, with its rows under their old numbers, its indexes and its triggers."""
    name, apart = wanted.name, wanted.name + APART
    kept = [p for p in layout(connection).values() if p.table == name and p.kind in {"index", "trigger"}]
    columns = _columns(connection, name)
    connection.execute(wanted.sql.replace(f'"{name}"', f'"{apart}"', 1))
    strange = sorted(set(columns) - set(_columns(connection, apart)))
    if strange:
        raise InputError(
            f"kolom {name}.{strange[0]} tidak dikenal program ini; pindahkan ke tabel lain / "
            f"this program does not know the column {name}.{strange[0]}; move it to another table"
        )
    cells = ", ".join(f'"{column}"' for column in (*_row_number(name), *columns))
    connection.execute(f'INSERT INTO "{apart}" ({cells}) SELECT {cells} FROM "{name}"')  # noqa: S608 - our names
    connection.execute(f'DROP TABLE "{name}"')
    connection.execute(f'ALTER TABLE "{apart}" RENAME TO "{name}"')
    for part in kept:
        connection.execute(part.sql)


def _row_number(name: str) -> tuple[str, ...]:
    """Full text points at rows by number; a table whose key is a counter has that for its number."""
    table = next(table for table in TABLES if table.name == name)
    counted = any(column.name == key(table) and column.sql == "INTEGER" for column in table.columns)
    return () if counted else ("rowid",)


def _columns(connection: sqlite3.Connection, name: str) -> list[str]:
    return [row[0] for row in connection.execute("SELECT name FROM pragma_table_info(?)", (name,))]


def _other(connection: sqlite3.Connection, wanted: Part, there: Part | None) -> None:
    """An index, a full-text index or a trigger, as it is to be."""
    if wanted.like(there):
        return
    if there is not None:
        connection.execute(f'DROP {there.kind} "{there.name}"')
    connection.execute(wanted.sql)
    if wanted.name in SEARCHES:
        connection.execute(f'INSERT INTO "{wanted.name}" ("{wanted.name}") VALUES (\'rebuild\')')  # noqa: S608


def _sound(connection: sqlite3.Connection) -> None:
    astray = connection.execute("PRAGMA foreign_key_check").fetchone()
    if astray:
        raise OwnError(
            f"baris di {astray[0]} menunjuk ke yang tidak ada / a row of {astray[0]} points nowhere"
        )
