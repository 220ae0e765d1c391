"""Published tables and views for other programs, personal numbers masked."""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from typing import BinaryIO

from pipeline.errors import UsageError
from pipeline.schema import TABLES, Cell
from pipeline.store import mask
from pipeline.store.formats import Sheet, sql_type, write
from pipeline.store.transaction import spoken
from pipeline.store.views import views

KINDS = {"integer": int, "real": float, "text": str, "null": type(None), "blob": str}  # of SQLite, and ours


def known() -> tuple[str, ...]:
    """The names of all published tables and views."""
    return (*(table.name for table in TABLES), *(view.name for view in views()))


@spoken()
def export(
    connection: sqlite3.Connection,
    what: str,
    format: str,
    out: BinaryIO,
    *,
    with_nip: bool = False,
    bom: bool = False,
) -> None:
    """Write the table or view `what` to `out`.

    Employee numbers are masked but for their last four digits, unless `with_nip`; `bom` marks csv as UTF-8
    for spreadsheets. Raises UsageError for an unknown name or format and for what the format cannot hold.
    """
    if what not in known():
        raise UsageError(f"tabel '{what}' tidak ada / no such table; {', '.join(known())}")
    sheet = query(connection, what, f'SELECT * FROM "{what}"', with_nip=with_nip)  # noqa: S608 - a known name
    types = _types(connection, what, sheet.columns) if format == "parquet" else ()
    write(replace(sheet, types=types), format, out, bom=bom)


def query(connection: sqlite3.Connection, name: str, sql: str, *, with_nip: bool = False) -> Sheet:
    """What a SELECT returns, as a sheet; employee numbers masked unless `with_nip`."""
    cursor = connection.execute(sql)
    columns = tuple(column[0] for column in cursor.description)
    rows = map(_printable, cursor)
    return Sheet(name, columns, rows if with_nip else map(mask.rows(connection, columns), rows))


def _printable(row: tuple[Cell, ...]) -> tuple[Cell, ...]:
    """A row in which pictures are said by their size: `findings --crops` writes them as files."""
    return tuple(f"{len(cell)} bytes" if isinstance(cell, bytes) else cell for cell in row)


def _types(connection: sqlite3.Connection, what: str, columns: tuple[str, ...]) -> tuple[str, ...]:
    """The SQL types of the columns: as declared, else of a view's expressions as found in the rows."""
    declared = dict(connection.execute("SELECT name, type FROM pragma_table_info(?)", (what,)).fetchall())
    kinds = ", ".join(f'group_concat(DISTINCT typeof("{c}"))' for c in columns)
    found = connection.execute(f'SELECT {kinds} FROM "{what}"').fetchone()  # noqa: S608 - known names
    seen = ([KINDS[kind] for kind in (text or "null").split(",")] for text in found)
    return tuple(declared[c] or sql_type(kinds) for c, kinds in zip(columns, seen, strict=True))
