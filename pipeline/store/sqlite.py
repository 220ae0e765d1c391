"""The store: a database file opened by one writer, to which every document is added in one transaction."""

from __future__ import annotations

import json
import os
import sqlite3
from collections import defaultdict
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path

from pipeline.errors import InputError, OwnError
from pipeline.schema import SCHEMA_VERSION, Cell, Entry, Reading, Table
from pipeline.store import file, tables, views
from pipeline.store.build import build, database
from pipeline.store.transaction import spoken, transaction
from pipeline.store.upgrade import upgrade, version

WAL_BYTES = 64 * 1024 * 1024
WRITER = (
    "PRAGMA journal_mode = WAL",
    "PRAGMA synchronous = FULL",
    "PRAGMA foreign_keys = ON",
    "PRAGMA secure_delete = ON",
    f"PRAGMA wal_autocheckpoint = {WAL_BYTES // 4096}",  # in pages
    f"PRAGMA journal_size_limit = {WAL_BYTES}",
)
READER = ("PRAGMA query_only = ON",)

NAMES = {table.name: [column.name for column in table.columns] for table in tables.ordered()}
# Findings point at these: what is read again stays the same row.
UPDATED = ("sources", "agreements", "parties")
SHARED = ("crops",)  # the same picture may stand in several slots

PUT_SOURCE = "INSERT OR IGNORE INTO sources (sha256, media_type, bytes) VALUES (:sha256, :kind, :bytes)"
PUT_FILE = """
    INSERT INTO files (path, shown, kind, bytes, sha256, status, reason, run_id)
    VALUES (:path, :shown, :kind, :bytes, :sha256, :status, :reason, :run_id)
    ON CONFLICT (path) DO UPDATE SET
        shown = excluded.shown, kind = excluded.kind, bytes = excluded.bytes, sha256 = excluded.sha256,
        status = excluded.status, reason = excluded.reason, run_id = excluded.run_id
"""
DROP_UNHELD = """
    DELETE FROM sources WHERE sha256 = :sha256 AND NOT EXISTS (SELECT 1 FROM files WHERE sha256 = :sha256)
"""
DROP_CROPS = "DELETE FROM crops WHERE NOT EXISTS (SELECT 1 FROM signatures WHERE crop = crops.id)"
CLEAR = (
    "DELETE FROM pages WHERE sha256 = :sha256",
    "DELETE FROM facts WHERE agreement_id IN (SELECT id FROM agreements WHERE sha256 = :sha256)",
    "DELETE FROM indicators WHERE agreement_id IN (SELECT id FROM agreements WHERE sha256 = :sha256)",
    "DELETE FROM budgets WHERE agreement_id IN (SELECT id FROM agreements WHERE sha256 = :sha256)",
    "DELETE FROM pledges WHERE agreement_id IN (SELECT id FROM agreements WHERE sha256 = :sha256)",
    "DELETE FROM signatures WHERE agreement_id IN (SELECT id FROM agreements WHERE sha256 = :sha256)",
    "DELETE FROM certificates WHERE sha256 = :sha256",
    "DELETE FROM codes WHERE sha256 = :sha256",
    """
    DELETE FROM matches WHERE party_id IN (
        SELECT p.id FROM parties p JOIN agreements a ON a.id = p.agreement_id WHERE a.sha256 = :sha256
    )
    """,
    """
    DELETE FROM parties WHERE agreement_id IN (SELECT id FROM agreements WHERE sha256 = :sha256)
        AND id NOT IN (SELECT value FROM json_each(:parties))
    """,
    "DELETE FROM agreements WHERE sha256 = :sha256 AND id NOT IN (SELECT value FROM json_each(:agreements))",
)


# ---------------------------------------------------------------- opening


@contextmanager
def open_store(path: Path, *, write: bool) -> Iterator[sqlite3.Connection]:
    """The database at `path`, made where it is missing and `write` is asked for; closed at the end.

    Raises InputError for a missing folder and for a file of another program or a newer version (it stays
    untouched), LockedError while another run writes it, StorageError where the disk does not let us.
    """
    target = file.place(path)
    file.examine(target, write=write)
    if write:
        with file.lock(target), spoken(target), closing(_writer(target)) as connection:
            yield connection
    else:
        with spoken(target), closing(_reader(target)) as connection:
            yield connection


def _writer(path: Path) -> sqlite3.Connection:
    if not file.exists(path):
        file.make(path, build)
    connection = _prepared(file.connect(path, "mode=rw"), WRITER)
    try:
        file.not_newer(path, version(connection))
        upgrade(connection)
        with transaction(connection):
            views.create(database(connection))
    except BaseException:
        connection.close()
        raise
    return connection


def _reader(path: Path) -> sqlite3.Connection:
    connection = _prepared(file.connect(path, "immutable=1" if _at_rest(path) else "mode=rw"), READER)
    found = version(connection)
    if found != SCHEMA_VERSION:
        connection.close()
        file.not_newer(path, found)
        raise InputError(
            f"{path}: skema lama ({found}), jalankan dahulu perintah yang menulis, misalnya ingest / "
            f"an older schema ({found}), first run a command that writes, such as ingest"
        )
    return connection


def _at_rest(path: Path) -> bool:
    """Whether nothing waits beside the database and nothing can be put there: it is then read as it lies."""
    wal = path.with_name(path.name + "-wal")
    return not os.access(path.parent, os.W_OK) and not (wal.exists() and wal.stat().st_size)


def _prepared(connection: sqlite3.Connection, pragmas: tuple[str, ...]) -> sqlite3.Connection:
    try:
        for pragma in pragmas:
            connection.execute(pragma)
    except BaseException:
        connection.close()
        raise
    return connection


# ---------------------------------------------------------------- runs


@spoken()
def begin_run(connection: sqlite3.Connection, command: str, version: str, rules_digest: str) -> int:
    """The id of a new run."""
    row = {"command": command, "started": _now(), "version": version, "rules": rules_digest}
    return int(str(database(connection).table("runs").insert(row).last_pk))


@spoken()
def end_run(connection: sqlite3.Connection, run_id: int, counts: Mapping[str, int]) -> None:
    """Note the end of a run and its balance."""
    row = {"ended": _now(), "counts": json.dumps(counts, sort_keys=True)}
    database(connection).table("runs").update(run_id, row)


def _now() -> str:
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


# ---------------------------------------------------------------- entries


def put_entry(connection: sqlite3.Connection, entry: Entry, run_id: int) -> None:
    """Note what became of an entry, in place of what was noted for its path."""
    with transaction(connection):
        _put_file(connection, entry, entry.status, run_id)


@spoken()
def entries_seen(connection: sqlite3.Connection) -> dict[str, Entry]:
    """Every entry ever noted, by path, with what became of it."""
    sql = "SELECT path, shown, kind, bytes, sha256, status, reason FROM files ORDER BY path"
    return {row[0]: Entry(*row) for row in connection.execute(sql)}


def _put_file(connection: sqlite3.Connection, entry: Entry, status: str | None, run_id: int) -> None:
    """The row of a path. Where other content stands under it now, what was read from the old one goes."""
    row = asdict(entry) | {"status": status, "run_id": run_id}
    before = connection.execute("SELECT sha256 FROM files WHERE path = :path", row).fetchone()
    if entry.sha256 is not None:
        connection.execute(PUT_SOURCE, row)
    connection.execute(PUT_FILE, row)
    if before and entry.sha256 not in {None, before[0]}:
        connection.execute(DROP_UNHELD, {"sha256": before[0]})


# ---------------------------------------------------------------- readings


def drop_crops(connection: sqlite3.Connection) -> None:
    """Pictures of slots that no signature points at any more go."""
    connection.execute(DROP_CROPS)


@spoken()
def has(connection: sqlite3.Connection, sha256: str, reading_key: str) -> bool:
    """Whether this content is kept as read under this key."""
    sql = "SELECT 1 FROM sources WHERE sha256 = ? AND reading_key = ?"
    return connection.execute(sql, (sha256, reading_key)).fetchone() is not None


def put_reading(
    connection: sqlite3.Connection, entry: Entry, reading: Reading, reading_key: str, run_id: int
) -> None:
    """Keep a reading in place of all that was read from the same content before, in one transaction.

    Findings and decisions stay: agreements and parties that are read again keep their ids and rows.
    Raises OwnError for a reading that does not fit the entry or the schema.
    """
    if entry.sha256 != reading.sha256:
        raise OwnError(f"{entry.shown}: bacaan dari isi lain / the reading is of other content")
    found = _by_table(reading)
    with transaction(connection):
        _put_file(connection, entry, "loaded", run_id)
        _clear(connection, reading.sha256, found)
        _write(connection, found)
        key = "UPDATE sources SET bytes = ?, reading_key = ? WHERE sha256 = ?"
        connection.execute(key, (entry.bytes, reading_key, reading.sha256))


def _by_table(reading: Reading) -> dict[str, list[tuple[Cell, ...]]]:
    """The rows of a reading by table, as tuples in the order of its columns."""
    found: dict[str, list[tuple[Cell, ...]]] = defaultdict(list)
    for table, row in tables.rows(reading):
        found[table].append(tuple(map(row.get, NAMES[table])))
    return found


def _clear(connection: sqlite3.Connection, sha256: str, found: Mapping[str, list[tuple[Cell, ...]]]) -> None:
    """Take away what was read before, but for agreements and parties that are read again."""
    again = {table: json.dumps([row[0] for row in found.get(table, ())]) for table in UPDATED}
    for statement in CLEAR:
        connection.execute(statement, again | {"sha256": sha256})


def _write(connection: sqlite3.Connection, found: Mapping[str, list[tuple[Cell, ...]]]) -> None:
    """The rows of a reading into their tables, each after those that it refers to."""
    for table, statement in PUT.items():
        if table in found:
            connection.executemany(statement, found[table])


def _put(table: Table) -> str:
    """The INSERT of a table; where a row may be there already, it is changed in place."""
    names = [f'"{column.name}"' for column in table.columns]
    insert = f'INSERT INTO "{table.name}" ({", ".join(names)}) VALUES ({", ".join("?" for _ in names)})'  # noqa: S608 - our own names
    if table.name not in (*UPDATED, *SHARED):
        return insert
    changed = ", ".join(f"{name} = excluded.{name}" for name in names if name != f'"{tables.key(table)}"')
    return f'{insert} ON CONFLICT ("{tables.key(table)}") DO UPDATE SET {changed}'


PUT = {table.name: _put(table) for table in tables.ordered()}
