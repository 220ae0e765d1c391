"""A run that dies at any write, or whose log is torn, goes on later to the same database.

A sample of the points is tried each time; PAKTA_LONG=1 tries all of them.
"""

import os
import random
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from pipeline.isolate.task import Desk
from pipeline.reading.ingest import content
from pipeline.run.ingest import ingest
from pipeline.run.order import Order
from pipeline.schema import Agreement, Entry, Fact, Page, Party, Reading
from pipeline.store import file

LONG = bool(os.environ.get("PAKTA_LONG"))
POINTS = 400 if LONG else 8
TEARS = 60 if LONG else 6
WRITES = ("INSERT", "UPDATE", "DELETE", "BEGIN", "COMMIT", "CREATE", "DROP", "PRAGMA")


def reader(entry: Entry, desk: Desk) -> Reading:
    """Stands in for the reading room: one agreement with one party."""
    said = content(desk.descriptor, entry).decode()
    party = Party(role="pihak_pertama", name=Fact("Budi", "Budi", "stand-in", 1))
    agreement = Agreement(type="perjanjian_kinerja", year=Fact("2026", 2026, "stand-in", 1), parties=(party,))
    return Reading(entry.sha256 or "", entry.kind, (Page(1, 595.0, 842.0, text=said),), (agreement,))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "in"
    made.mkdir()
    for number in range(4):
        (made / f"{number}.pdf").write_bytes(f"%PDF-1.4\ndokumen {number}".encode())
    (made / "kosong.pdf").touch()
    return made


def take_in(folder: Path, db: Path) -> None:
    ingest(Order((folder,), db, jobs=2, ocr=False), reader=reader)


def in_child(folder: Path, db: Path, at: int) -> bool:
    """Take the folder in, in a process that is killed at its write number `at`; whether it came to that."""
    pid = os.fork()
    if pid == 0:
        try:
            _die_at(at)
            take_in(folder, db)
        finally:
            os._exit(0)
    return os.waitpid(pid, 0)[1] == signal.SIGKILL


def _die_at(at: int) -> None:
    """From now on every statement that writes is counted, before it is run."""
    count = 0
    connect = file.connect

    def traced(path: Path, query: str) -> sqlite3.Connection:
        connection = connect(path, query)

        def met(statement: str) -> None:
            nonlocal count
            count += statement.lstrip().upper().startswith(WRITES)
            if count == at:
                os.kill(os.getpid(), signal.SIGKILL)

        connection.set_trace_callback(met)
        return connection

    file.connect = traced


def dump(db: Path) -> dict[str, list[tuple[object, ...]]]:
    """All that stands in a database but for its runs, and which of them set a row."""
    with closing(sqlite3.connect(db)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
        names = connection.execute(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE '%fts%' ORDER BY name"
        ).fetchall()
        kept = {}
        for (name,) in names:
            columns = connection.execute("SELECT name FROM pragma_table_info(?)", (name,)).fetchall()
            wanted = ", ".join(
                f'"{c}"' for (c,) in columns if not c.endswith(("run", "run_id")) and c != "id"
            )
            if name not in {"runs", "sqlite_sequence"} and wanted:
                sql = f'SELECT {wanted} FROM "{name}"'  # noqa: S608 - names of the schema
                kept[name] = sorted(connection.execute(sql).fetchall(), key=repr)
        return kept


@pytest.fixture
def whole(folder: Path, tmp_path: Path) -> dict[str, list[tuple[object, ...]]]:
    """What an undisturbed run keeps."""
    take_in(folder, tmp_path / "whole.db")
    return dump(tmp_path / "whole.db")


def test_dying_at_any_write_costs_nothing(
    folder: Path, tmp_path: Path, whole: dict[str, list[tuple[object, ...]]]
) -> None:
    spread = random.Random(3)  # noqa: S311 - which points are tried, the same each time
    died = 0
    for turn in range(POINTS):
        db = tmp_path / f"{turn}.db"
        at = turn + 1 if LONG else spread.randint(1, 300)
        died += in_child(folder, db, at)
        take_in(folder, db)
        assert dump(db) == whole, at
    assert died >= min(POINTS, 100) // 2


def test_a_torn_log_costs_no_more_than_its_last_writes(
    folder: Path, tmp_path: Path, whole: dict[str, list[tuple[object, ...]]]
) -> None:
    spread = random.Random(5)  # noqa: S311 - as above
    torn = 0
    for turn in range(TEARS):
        db = tmp_path / f"torn{turn}.db"
        in_child(folder, db, spread.randint(150, 300))
        log = db.with_name(db.name + "-wal")
        if log.exists() and (size := log.stat().st_size):
            torn += 1
            tear(log, spread, size)
        take_in(folder, db)
        assert dump(db) == whole
    assert torn


def tear(log: Path, spread: random.Random, size: int) -> None:
    """Cut off, or scribbled over, somewhere: what a power cut leaves of what had not reached the disk."""
    at = spread.randrange(size)
    if spread.random() < 0.5:
        os.truncate(log, at)
        return
    with log.open("r+b") as written:
        written.seek(at)
        written.write(spread.randbytes(min(4096, size - at)))


@pytest.mark.parametrize(
    "around",
    [
        {"LC_ALL": "C", "TZ": "Pacific/Kiritimati", "PYTHONHASHSEED": "7"},
        {"LC_ALL": "id_ID.UTF-8", "TZ": "America/Adak", "PYTHONUTF8": "0"},
    ],
)
def test_locale_and_time_zone_change_nothing(
    folder: Path, tmp_path: Path, whole: dict[str, list[tuple[object, ...]]], around: dict[str, str]
) -> None:
    script = f"""
import importlib.util, pathlib
spec = importlib.util.spec_from_file_location("crash", {str(Path(__file__))!r})
crash = importlib.util.module_from_spec(spec)
spec.loader.exec_module(crash)
crash.take_in(pathlib.Path({str(folder)!r}), pathlib.Path({str(tmp_path / "there.db")!r}))
"""
    subprocess.run([sys.executable, "-c", script], env={**os.environ, **around}, check=True)
    assert dump(tmp_path / "there.db") == whole
