"""An older database becomes one of today, with all its rows; what cannot be done is not begun."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from pipeline import schema
from pipeline.errors import InputError, OwnError
from pipeline.schema import SCHEMA_VERSION, TABLES, Column, Table
from pipeline.store.build import build
from pipeline.store.layout import complete, differences, layout
from pipeline.store.sqlite import open_store
from pipeline.store.upgrade import upgrade

FIRST = Path(__file__).with_name("schema_1.sql")
Rows = dict[str, list[tuple[object, ...]]]


@pytest.fixture
def old(tmp_path: Path) -> Path:
    """A database of version 1 with two rows in every table."""
    path = tmp_path / "pakta.db"
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(FIRST.read_text(encoding="utf-8"))
        for name in tables(connection):
            for number in (1, 2):
                fill(connection, name, number)
        connection.execute("DELETE FROM pages WHERE number = 1")  # so that row numbers have a gap
        connection.commit()
        assert not connection.execute("PRAGMA foreign_key_check").fetchall()
    return path


def tables(connection: sqlite3.Connection) -> list[str]:
    return [
        part.name for part in layout(connection).values() if part.kind == "table" and "fts" not in part.name
    ]


def fill(connection: sqlite3.Connection, name: str, number: int) -> None:
    """A row whose every reference is to row `number` of the other table."""
    allowed = {
        column.name: column.one_of for table in TABLES if table.name == name for column in table.columns
    }
    row = {}
    for column, kind in connection.execute("SELECT name, type FROM pragma_table_info(?)", (name,)):
        text = allowed[column][0] if allowed[column] else str(number)
        row[column] = text if kind == "TEXT" else number
    places = ", ".join(f'"{column}"' for column in row)
    marks = ", ".join("?" * len(row))
    sql = f'INSERT INTO "{name}" ({places}) VALUES ({marks})'  # noqa: S608 - names of the schema
    connection.execute(sql, tuple(row.values()))


def rows(connection: sqlite3.Connection, columns: dict[str, list[str]]) -> Rows:
    def select(name: str, found: list[str]) -> str:
        cells = ", ".join(f'"{c}"' for c in found)
        return f'SELECT rowid, {cells} FROM "{name}" ORDER BY rowid'  # noqa: S608 - names of the schema

    return {name: connection.execute(select(name, found)).fetchall() for name, found in columns.items()}


def columns(connection: sqlite3.Connection) -> dict[str, list[str]]:
    return {
        name: [row[0] for row in connection.execute("SELECT name FROM pragma_table_info(?)", (name,))]
        for name in tables(connection)
    }


def alike(one: sqlite3.Connection, other: sqlite3.Connection) -> bool:
    here, there = layout(one), layout(other)
    return here.keys() == there.keys() and all(part.like(there[name]) for name, part in here.items())


def test_version_1_becomes_a_database_of_today_and_keeps_its_rows(old: Path, tmp_path: Path) -> None:
    with closing(sqlite3.connect(old)) as connection:
        known = columns(connection)
        before = rows(connection, known)
    with open_store(old, write=True) as connection, open_store(tmp_path / "new.db", write=True) as new:
        assert alike(connection, new)
        assert connection.execute("PRAGMA user_version").fetchone() == (SCHEMA_VERSION,)
        assert rows(connection, known) == before
        assert all(before.values())
        assert connection.execute("PRAGMA foreign_keys").fetchone() == (1,)
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        connection.execute("INSERT INTO pages_fts (pages_fts, rank) VALUES ('integrity-check', 1)")
        assert connection.execute("SELECT rowid FROM pages_fts WHERE text MATCH '2'").fetchall() == [(2,)]
        assert list(differences(connection)) == []


def test_a_database_of_today_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "pakta.db"
    with open_store(path, write=True) as connection:
        written = connection.total_changes
        upgrade(connection)
        assert connection.total_changes == written


# ---------------------------------------------------------------- what schema.py says more


def grown(name: str, *more: Column, widen: str = "") -> tuple[Table, ...]:
    """The published tables, one with more columns in its middle and more values allowed in one of them."""
    table = next(table for table in TABLES if table.name == name)
    mine = tuple(
        replace(c, one_of=(*c.one_of, "new")) if c.name == widen else replace(c, doc="Other words.")
        for c in table.columns
    )
    larger = replace(table, columns=(*mine[:2], *more, *mine[2:]), record=None)
    return tuple(larger if t is table else t for t in TABLES)


@pytest.fixture
def said(monkeypatch: pytest.MonkeyPatch) -> Iterator[pytest.MonkeyPatch]:
    """What schema.py says, for a moment."""
    for module in ("layout", "tables", "upgrade"):
        monkeypatch.setattr(f"pipeline.store.{module}.TABLES", TABLES)
    yield monkeypatch
    assert schema.TABLES is TABLES


def say(said: pytest.MonkeyPatch, found: tuple[Table, ...]) -> None:
    for module in ("layout", "tables", "upgrade"):
        said.setattr(f"pipeline.store.{module}.TABLES", found)


def test_a_column_a_value_and_a_table_more_need_no_statement(old: Path, said: pytest.MonkeyPatch) -> None:
    mood = Column("mood", "TEXT", "How.", one_of=("good", "bad"))
    boss = Column("boss_id", "TEXT", "Whose.", references="staff")
    say(
        said,
        (*grown("parties", mood, boss, widen="role"), Table("moods", "All.", (Column("a", "TEXT", "A."),))),
    )
    said.setattr("pipeline.store.tables.LOOKUPS", (("moods", ("a",)),))
    with open_store(old, write=True) as connection:
        names = [row[1] for row in connection.execute("PRAGMA table_info(parties)")]
        assert names[2:4] == ["mood", "boss_id"]
        connection.execute("UPDATE parties SET mood = 'good', boss_id = '1', role = 'new' WHERE id = '1'")
        connection.execute("INSERT INTO moods VALUES ('x')")
        with pytest.raises(sqlite3.IntegrityError):
            connection.execute("UPDATE parties SET mood = 'other'")
        with pytest.raises(sqlite3.IntegrityError):
            connection.execute("UPDATE parties SET boss_id = 'nobody'")
        assert {"idx_moods_a", "idx_parties_boss_id"} <= set(layout(connection))
        assert connection.execute("SELECT rowid FROM parties_fts WHERE name MATCH '2'").fetchall() == [(2,)]
        assert connection.execute("SELECT count(*) FROM findings WHERE party_id IS NOT NULL").fetchone() == (
            2,
        )


def test_a_column_more_without_a_new_version_is_there_at_the_next_opening(
    tmp_path: Path, said: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "pakta.db"
    with open_store(path, write=True):
        pass
    say(said, grown("runs", Column("mood", "TEXT", "How.")))
    with open_store(path, write=True) as connection:
        assert complete(connection)
        connection.execute("INSERT INTO runs (mood) VALUES ('good')")


def test_what_others_laid_on_a_table_stays(old: Path) -> None:
    with closing(sqlite3.connect(old)) as connection:
        connection.executescript(
            "CREATE INDEX mine ON agreements (place); CREATE VIEW my_view AS SELECT place FROM agreements;"
            "CREATE TABLE my_table (a); INSERT INTO my_table VALUES (1);"
        )
    with open_store(old, write=True) as connection:
        assert {"mine", "my_view", "my_table"} <= set(layout(connection))
        assert connection.execute("SELECT place FROM my_view").fetchall() == [("1",), ("2",)]


# ---------------------------------------------------------------- steps, and what is refused


def test_steps_are_taken_before_what_is_added(old: Path) -> None:
    with closing(sqlite3.connect(old, isolation_level=None)) as connection:
        upgrade(connection, {1: ("UPDATE agreements SET place = 'moved'",)}, SCHEMA_VERSION)
        assert connection.execute("SELECT place FROM agreements").fetchall() == [("moved",), ("moved",)]
        upgrade(connection, {1: ("UPDATE nothing SET a = 1",)}, SCHEMA_VERSION)  # behind us


@pytest.mark.parametrize(
    ("before", "steps", "error"),
    [
        ("ALTER TABLE agreements ADD COLUMN strange TEXT", {}, InputError),
        ("", {1: ("UPDATE agreements SET place = 'x'", "UPDATE nothing SET a = 1")}, OwnError),
        ("INSERT INTO parties (id, agreement_id) VALUES ('9', 'nowhere')", {}, OwnError),
    ],
)
def test_what_cannot_be_led_on_is_as_it_was(
    old: Path, before: str, steps: dict[int, tuple[str, ...]], error: type[Exception]
) -> None:
    with closing(sqlite3.connect(old, isolation_level=None)) as connection:
        connection.execute(before)
        dump = list(connection.iterdump())
        with pytest.raises(error):
            upgrade(connection, steps, SCHEMA_VERSION)
        assert list(connection.iterdump()) == dump
        assert connection.execute("PRAGMA user_version").fetchone() == (1,)


def test_two_new_databases_are_alike() -> None:
    with (
        closing(sqlite3.connect(":memory:", isolation_level=None)) as one,
        closing(sqlite3.connect(":memory:", isolation_level=None)) as two,
    ):
        build(one)
        build(two)
        assert layout(one) == layout(two)
