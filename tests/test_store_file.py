"""The database as a file: made whole, written by one, refused where it is not ours."""

import os
import signal
import sqlite3
import stat
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from pipeline.errors import InputError, LockedError, OwnError, StorageError
from pipeline.schema import APPLICATION_ID, SCHEMA_VERSION, Entry
from pipeline.store.sqlite import begin_run, entries_seen, open_store, put_entry
from pipeline.store.transaction import transaction

ENTRY = Entry("arsip/a.pdf", "arsip/a.pdf", "application/pdf", 7, status="failed", reason="empty")


def value(connection: sqlite3.Connection, sql: str) -> object:
    return connection.execute(sql).fetchone()[0]


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


# ---------------------------------------------------------------- a new one


def test_a_new_database_says_whose_it_is_and_is_closed_to_others(tmp_path: Path) -> None:
    path = tmp_path / "pakta.db"
    with open_store(path, write=True) as connection:
        assert value(connection, "PRAGMA application_id") == APPLICATION_ID
        assert value(connection, "PRAGMA user_version") == SCHEMA_VERSION
        begin_run(connection, "ingest", "0", "r")
        modes = {name: stat.S_IMODE((tmp_path / name).stat().st_mode) for name in names(tmp_path)}
    assert modes == dict.fromkeys(("pakta.db", "pakta.db-wal", "pakta.db-shm", "pakta.db.lock"), 0o600)
    assert names(tmp_path) == {"pakta.db", "pakta.db.lock"}


def test_a_writer_keeps_what_it_was_told_is_kept(tmp_path: Path) -> None:
    with open_store(tmp_path / "pakta.db", write=True) as connection:
        assert value(connection, "PRAGMA journal_mode") == "wal"
        assert value(connection, "PRAGMA synchronous") == 2
        assert value(connection, "PRAGMA foreign_keys") == 1
        assert value(connection, "PRAGMA secure_delete") == 1


def test_an_empty_file_becomes_a_database(tmp_path: Path) -> None:
    path = tmp_path / "pakta.db"
    path.touch(mode=0o644)
    with open_store(path, write=True) as connection:
        assert entries_seen(connection) == {}
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_what_a_crash_left_beside_a_new_database_is_not_taken_for_its_own(tmp_path: Path) -> None:
    old, path = tmp_path / "old.db", tmp_path / "pakta.db"
    with open_store(old, write=True) as connection:
        put_entry(connection, ENTRY, begin_run(connection, "ingest", "0", "r"))
        (tmp_path / "pakta.db-wal").write_bytes((tmp_path / "old.db-wal").read_bytes())
    (tmp_path / "pakta.db.new").write_bytes(b"half a database")
    with open_store(path, write=True) as connection:
        assert entries_seen(connection) == {}
    assert names(tmp_path) == {"old.db", "old.db.lock", "pakta.db", "pakta.db.lock"}


def test_a_link_leads_to_the_database(tmp_path: Path) -> None:
    (tmp_path / "there").mkdir()
    (tmp_path / "pakta.db").symlink_to(tmp_path / "there" / "real.db")
    with open_store(tmp_path / "pakta.db", write=True):
        pass
    assert names(tmp_path / "there") == {"real.db", "real.db.lock"}
    assert (tmp_path / "pakta.db").is_symlink()


def test_a_path_with_signs_of_uris_is_a_path(tmp_path: Path) -> None:
    path = tmp_path / "a?mode=ro#100%.db"
    with open_store(path, write=True) as connection:
        begin_run(connection, "ingest", "0", "r")
    with open_store(path, write=False) as connection:
        assert value(connection, "SELECT count(*) FROM runs") == 1


# ---------------------------------------------------------------- refused


def letter(path: Path) -> None:
    path.write_text("Perjanjian kinerja, bukan basis data. " * 9)


def stub(path: Path) -> None:
    path.write_bytes(b"SQLite format 3\0")


def foreign(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE agreements (id TEXT)")


def newer(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION + 1}")
        connection.execute("CREATE TABLE agreements (id TEXT)")


def folder(path: Path) -> None:
    path.mkdir()


def pipe(path: Path) -> None:
    os.mkfifo(path)


def circle(path: Path) -> None:
    path.symlink_to(path)


REFUSED: tuple[tuple[Callable[[Path], None], str], ...] = (
    (letter, "bukan basis data SQLite / not an SQLite database"),
    (stub, "milik program lain / a database of another program"),
    (foreign, "milik program lain / a database of another program"),
    (newer, f"dibuat oleh versi yang lebih baru (skema {SCHEMA_VERSION + 1}, program ini {SCHEMA_VERSION})"),
    (folder, "bukan berkas biasa / not a regular file"),
    (pipe, "bukan berkas biasa / not a regular file"),
    (circle, "tautan berputar / links lead in a circle"),
)


@pytest.mark.parametrize("write", [True, False])
@pytest.mark.parametrize(("lay", "sentence"), REFUSED)
def test_what_is_not_ours_is_refused_and_not_touched(
    tmp_path: Path, lay: Callable[[Path], None], sentence: str, write: bool
) -> None:
    path = tmp_path / "pakta.db"
    lay(path)
    before = (path.read_bytes() if path.is_file() else None, path.lstat().st_mtime_ns, names(tmp_path))
    with pytest.raises(InputError) as refusal, open_store(path, write=write):
        pass
    assert sentence in str(refusal.value)
    assert refusal.value.exit_code == 66
    assert (
        path.read_bytes() if path.is_file() else None,
        path.lstat().st_mtime_ns,
        names(tmp_path),
    ) == before


def test_no_folder_no_database(tmp_path: Path) -> None:
    with (
        pytest.raises(InputError, match="there is no such folder"),
        open_store(tmp_path / "no" / "pakta.db", write=True),
    ):
        pass
    assert names(tmp_path) == set()


def test_nothing_is_made_by_looking(tmp_path: Path) -> None:
    path = tmp_path / "pakta.db"
    with pytest.raises(InputError, match="there is no such database"), open_store(path, write=False):
        pass
    assert names(tmp_path) == set()


def test_a_folder_that_takes_no_files_is_for_the_administrator() -> None:
    with (
        pytest.raises(StorageError, match="cannot be written") as refusal,
        open_store(Path("/proc/pakta.db"), write=True),
    ):
        pass
    assert refusal.value.exit_code == 74


def test_a_damaged_database_is_named_so(tmp_path: Path) -> None:
    path = tmp_path / "pakta.db"
    with open_store(path, write=True):
        pass
    whole = path.read_bytes()
    path.write_bytes(whole[:4096] + b"\x07" * (len(whole) - 4096))
    with (
        pytest.raises(InputError, match="the database is damaged"),
        open_store(path, write=False) as connection,
    ):
        entries_seen(connection)


# ---------------------------------------------------------------- one writer


def test_a_second_writer_is_told_to_wait_and_a_reader_is_not(tmp_path: Path) -> None:
    path = tmp_path / "pakta.db"
    with open_store(path, write=True) as connection:
        put_entry(connection, ENTRY, begin_run(connection, "ingest", "0", "r"))
        with pytest.raises(LockedError) as refusal, open_store(path, write=True):
            pass
        with open_store(path, write=False) as reader:
            assert list(entries_seen(reader)) == [ENTRY.path]
    assert refusal.value.exit_code == 75
    with open_store(path, write=True) as connection:
        assert list(entries_seen(connection)) == [ENTRY.path]


DIES = """
import os, signal, sys
from pathlib import Path
from pipeline.schema import Entry
from pipeline.store.sqlite import begin_run, open_store, put_entry
from pipeline.store.transaction import transaction
with open_store(Path(sys.argv[1]), write=True) as connection:
    run = begin_run(connection, "ingest", "0", "r")
    put_entry(connection, Entry("kept", "kept", "fifo", status="skipped"), run)
    with transaction(connection):
        connection.execute("INSERT INTO files (path) VALUES ('lost')")
        os.kill(os.getpid(), signal.SIGKILL)
"""


def test_a_killed_writer_leaves_what_was_kept_and_no_lock(tmp_path: Path) -> None:
    path = tmp_path / "pakta.db"
    died = subprocess.run([sys.executable, "-c", DIES, str(path)], check=False)
    assert died.returncode == -signal.SIGKILL
    with open_store(path, write=True) as connection:
        assert list(entries_seen(connection)) == ["kept"]
        assert value(connection, "SELECT ended FROM runs") is None


def test_a_reader_cannot_write(tmp_path: Path) -> None:
    path = tmp_path / "pakta.db"
    with open_store(path, write=True):
        pass
    with pytest.raises(StorageError), open_store(path, write=False) as connection:
        connection.execute("DELETE FROM files")
    assert names(tmp_path) == {"pakta.db", "pakta.db.lock"}


# ---------------------------------------------------------------- errors


def fill(connection: sqlite3.Connection, run: int, kept: list[str]) -> None:
    for number in range(10_000):
        put_entry(connection, Entry(f"{number:05}", "x" * 2000, "fifo", status="skipped"), run)
        kept.append(f"{number:05}")


def test_a_full_disk_takes_nothing_away(tmp_path: Path) -> None:
    kept: list[str] = []
    with open_store(tmp_path / "pakta.db", write=True) as connection:
        run = begin_run(connection, "ingest", "0", "r")
        pages = int(str(value(connection, "PRAGMA page_count")))
        connection.execute(f"PRAGMA max_page_count = {pages + 9}")
        with pytest.raises(StorageError) as refusal:
            fill(connection, run, kept)
        assert list(entries_seen(connection)) == kept
        connection.execute(f"PRAGMA max_page_count = {pages + 99}")
        put_entry(connection, ENTRY, run)
        assert list(entries_seen(connection)) == [*kept, ENTRY.path]
    assert kept
    assert refusal.value.exit_code == 74


def test_another_program_in_the_database_is_named_so(tmp_path: Path) -> None:
    path = tmp_path / "pakta.db"
    with open_store(path, write=True) as connection, closing(sqlite3.connect(path)) as other:
        connection.execute("PRAGMA busy_timeout = 0")
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(LockedError, match="in use by another program"):
            begin_run_in_transaction(connection)


def begin_run_in_transaction(connection: sqlite3.Connection) -> None:
    with transaction(connection):
        begin_run(connection, "ingest", "0", "r")


def test_a_transaction_is_kept_whole_or_not_at_all(tmp_path: Path) -> None:
    with open_store(tmp_path / "pakta.db", write=True) as connection:
        with pytest.raises(OwnError), transaction(connection):
            connection.executemany("INSERT INTO units (id) VALUES (?)", [("a",), ("b",), ("a",)])
        assert value(connection, "SELECT count(*) FROM units") == 0
        begin_run_in_transaction(connection)
        assert value(connection, "SELECT count(*) FROM runs") == 1


# ---------------------------------------------------------------- versions


def test_an_older_database_is_not_read_before_it_is_led_on(tmp_path: Path) -> None:
    path = tmp_path / "pakta.db"
    with open_store(path, write=True) as connection:
        connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION - 1}")
    with pytest.raises(InputError, match="an older schema"), open_store(path, write=False):
        pass
