"""What a database is made of, beside what this program would make: what is missing, other, or of nobody."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass

from pipeline.schema import TABLES
from pipeline.store.build import build
from pipeline.store.tables import SEARCHED

REMARK = re.compile(r"\s*-- .*$", re.MULTILINE)
OBJECTS = "SELECT type, name, tbl_name, sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY rowid"
COLUMNS = """
    SELECT m.name, c.name FROM sqlite_master m, pragma_table_info(m.name) c WHERE m.type = 'table'
"""
OF_SEARCH = tuple(f"{table}_fts_" for table, _ in SEARCHED)  # FTS5 makes these tables itself


@dataclass(frozen=True, slots=True)
class Part:
    """A table, index, trigger or view of a database, and the SQL that makes it."""

    kind: str
    name: str
    table: str
    sql: str

    def like(self, other: Part | None) -> bool:
        """Whether it is made as `other` is; remarks and line breaks aside."""
        return other is not None and _bare(self.sql) == _bare(other.sql)


Layout = Mapping[str, Part]


def layout(connection: sqlite3.Connection) -> Layout:
    """The parts of a database by name, each after those that it needs."""
    found = (Part(*row) for row in connection.execute(OBJECTS))
    return {part.name: part for part in found if not part.name.startswith(OF_SEARCH)}


def fresh() -> Layout:
    """The parts of a database made now."""
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        build(connection)
        return layout(connection)


def complete(connection: sqlite3.Connection) -> bool:
    """Whether every published table and column is there; a quick look, no more."""
    there = set(connection.execute(COLUMNS))
    return all((table.name, column.name) in there for table in TABLES for column in table.columns)


def differences(connection: sqlite3.Connection) -> Iterator[str]:
    """The names of parts that are missing or made otherwise than this program would make them."""
    there = layout(connection)
    yield from (name for name, part in fresh().items() if not part.like(there.get(name)))


def _bare(sql: str) -> str:
    return "".join(REMARK.sub("", sql).split())
