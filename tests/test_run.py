"""Whatever happens on the way, a run ends with the same database, and nothing found goes unmentioned."""

import hashlib
import io
import os
import signal
import sqlite3
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from pipeline.errors import EmptyError, InputError, LockedError, OwnError, RuleError, SourceError
from pipeline.isolate.task import Desk
from pipeline.reading.ingest import content
from pipeline.run.ingest import Outcome, Progress, ingest
from pipeline.run.order import Order
from pipeline.run.registry import Load, load_registry
from pipeline.schema import APPLICATION_ID, SCHEMA_VERSION, Agreement, Entry, Fact, Page, Party, Reading
from pipeline.store.sqlite import open_store
from tests.children import children

REGISTRY = "nama,nip,jabatan,unit kerja\nBudi Santoso,197001011995031001,Kepala Dinas Contoh,Dinas Contoh\n"


def reader(entry: Entry, desk: Desk) -> Reading:
    """Stands in for the reading room: a document says itself what is to be done with it."""
    said = content(desk.descriptor, entry).decode("utf-8", "surrogatepass")
    if "slow" in said:
        time.sleep(0.3)
    if "abort" in said:
        os.abort()
    if "locked" in said:
        raise SourceError("password")
    if "ours" in said:
        raise ImportError("cv2")
    problem = (
        "ocr-off" if "scan" in said and desk.lent is None else "page-damaged" if "torn" in said else None
    )
    page = Page(1, 595.0, 842.0, text=said, problem=problem)
    party = Party(role="pihak_pertama", name=Fact("Budi", "Budi", "stand-in", 1))
    year = Fact("2026", 2026, "stand-in", 1)
    agreement = Agreement(type="perjanjian_kinerja", year=year, parties=(party,))
    problems = (problem,) if problem else ()
    return Reading(entry.sha256 or "", entry.kind, (page,), (agreement,), problems)


def put(folder: Path, **documents: str) -> Path:
    """A folder of PDF files that say these words."""
    for name, said in documents.items():
        path = folder / f"{name.replace('__', '/')}.pdf"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"%PDF-1.4\n" + said.encode("utf-8", "surrogatepass"))
    return folder


def take_in(folder: Path, db: Path, **more: object) -> Outcome:
    order = replace(Order((folder,), db, jobs=2, ocr=False), **more)  # type: ignore[arg-type] # as they are named
    return ingest(order, reader=reader)


def dump(db: Path) -> dict[str, list[tuple[object, ...]]]:
    """All that stands in a database, row numbers and all, but for the table of runs."""
    with closing(sqlite3.connect(db)) as connection:
        names = connection.execute(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE '%fts%'"
        )
        tables = [name for (name,) in names if name not in {"runs", "sqlite_sequence"}]
        return {name: connection.execute(f'SELECT rowid, * FROM "{name}"').fetchall() for name in tables}  # noqa: S608


def files(db: Path) -> dict[str, tuple[str, str | None]]:
    with closing(sqlite3.connect(db)) as connection:
        return {row[0]: row[1:] for row in connection.execute("SELECT path, status, reason FROM files")}


def runs(db: Path) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(db)) as connection:
        return connection.execute("SELECT id, command, ended IS NOT NULL FROM runs").fetchall()


def sums(outcome: Outcome) -> dict[str, int]:
    return {status: number for status, number in outcome.balance.statuses.items() if number}


# ---------------------------------------------------------------- the balance


def test_found_is_the_sum_of_what_became_of_it(tmp_path: Path) -> None:
    folder = put(tmp_path / "in", a="one", b="one", c="locked", d="abort", e="scan", f="torn")
    (folder / "note.txt").write_text("hi", encoding="utf-8")
    outcome = take_in(folder, tmp_path / "x.db")
    assert files(tmp_path / "x.db") == {
        "a.pdf": ("loaded", None),
        "b.pdf": ("duplicate", "same-content"),
        "c.pdf": ("failed", "password"),
        "d.pdf": ("failed", "crashed"),
        "e.pdf": ("held", "ocr-off"),
        "f.pdf": ("failed", "page-damaged"),
        "note.txt": ("skipped", "unsupported-type"),
    }
    assert sums(outcome) == {"loaded": 1, "duplicate": 1, "skipped": 1, "failed": 3, "held": 1}
    assert outcome.balance.found == 7
    assert [entry.path for entry in outcome.balance.trouble] == ["c.pdf", "d.pdf", "e.pdf", "f.pdf"]


def test_a_second_run_does_nothing(tmp_path: Path) -> None:
    folder = put(tmp_path / "in", a="one", b="one", c="locked", d="abort", e="scan")
    first = take_in(folder, tmp_path / "x.db")
    before = (tmp_path / "x.db").read_bytes()
    second = take_in(folder, tmp_path / "x.db")
    assert (first.changed, second.changed) == (True, False)
    assert second.balance == replace(first.balance, read=0)
    assert (tmp_path / "x.db").read_bytes() == before
    assert second.audited == first.audited


def test_the_run_keeps_its_balance(tmp_path: Path) -> None:
    take_in(put(tmp_path / "in", a="one", c="locked"), tmp_path / "x.db")
    with closing(sqlite3.connect(tmp_path / "x.db")) as connection:
        counts = connection.execute("SELECT counts FROM runs").fetchone()[0]
    assert '"found": 2' in counts
    assert '"failed": 1' in counts


def test_progress_reaches_the_total(tmp_path: Path) -> None:
    folder, told = put(tmp_path / "in", a="one", b="two", c="two"), list[Progress]()
    ingest(Order((folder,), tmp_path / "x.db", jobs=1, ocr=False), told.append, reader)
    assert {step.total for step in told} == {3}
    assert {step.name for step in told} >= {"a.pdf", "b.pdf", "c.pdf"}
    assert [step.done for step in told] == sorted(step.done for step in told)


# ---------------------------------------------------------------- the same database


MANY = {f"d{n:02}": f"document {n} {'slow' if n % 4 == 0 else ''}" for n in range(12)} | {"z": "document 3 "}


@pytest.mark.parametrize("jobs", [1, 3, 8])
def test_the_number_of_jobs_changes_nothing(tmp_path: Path, jobs: int) -> None:
    folder = put(tmp_path / "in", **MANY)
    take_in(folder, tmp_path / "two.db", jobs=2)
    take_in(folder, tmp_path / "other.db", jobs=jobs)
    assert dump(tmp_path / "two.db") == dump(tmp_path / "other.db")


def test_the_order_of_a_folder_changes_nothing(tmp_path: Path) -> None:
    take_in(put(tmp_path / "in", **MANY), tmp_path / "one.db")
    take_in(put(tmp_path / "elsewhere", **dict(reversed(MANY.items()))), tmp_path / "other.db")
    assert dump(tmp_path / "one.db") == dump(tmp_path / "other.db")


KILLED = """
import sys
from pathlib import Path
sys.path.insert(0, {tests!r})
from test_run import take_in
take_in(Path({folder!r}), Path({db!r}))
"""


def test_a_killed_run_goes_on_as_if_nothing_had_happened(tmp_path: Path) -> None:
    folder, db = put(tmp_path / "in", **MANY), tmp_path / "x.db"
    take_in(folder, tmp_path / "whole.db")
    script = KILLED.format(tests=str(Path(__file__).parent), folder=str(folder), db=str(db))
    for _ in range(2):
        cut = subprocess.Popen([sys.executable, "-c", script])
        wait_for(db, lambda seen: len(seen) > 2)
        cut.kill()
        cut.wait()
    take_in(folder, db)
    assert dump(db) == dump(tmp_path / "whole.db")
    assert len(runs(db)) == 1


def wait_for(db: Path, enough: Callable[[dict[str, tuple[str, str | None]]], bool]) -> None:
    until = time.monotonic() + 60
    while time.monotonic() < until:
        if db.exists() and enough(files(db)):
            return
        time.sleep(0.02)
    pytest.fail("the run keeps nothing")


def test_an_interrupt_keeps_what_has_been_read(tmp_path: Path) -> None:
    folder, db = put(tmp_path / "in", a="slow one", b="two", c="three", d="slow four"), tmp_path / "x.db"

    def interrupted(step: Progress) -> None:
        if step.name == "d.pdf":
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        ingest(Order((folder,), db, jobs=1, ocr=False), interrupted, reader)
    assert set(files(db)) == {"a.pdf", "b.pdf", "c.pdf"}
    take_in(folder, db)
    take_in(folder, tmp_path / "whole.db")
    assert dump(db) == dump(tmp_path / "whole.db")


# ---------------------------------------------------------------- again, later


def test_what_failed_is_read_again_only_on_demand(tmp_path: Path) -> None:
    folder, db = put(tmp_path / "in", a="locked", b="locked", c="one"), tmp_path / "x.db"
    take_in(folder, db)
    assert take_in(folder, db).changed is False
    again = take_in(folder, db, retry=True)
    assert (again.changed, again.balance.read) == (True, 0)
    assert files(db)["b.pdf"] == ("failed", "password")


def test_what_waited_for_ocr_is_read_with_it(tmp_path: Path) -> None:
    folder, db = put(tmp_path / "in", a="scan", b="digital"), tmp_path / "x.db"
    take_in(folder, db)
    second = take_in(folder, db, ocr=True)
    assert (second.balance.read, files(db)["a.pdf"]) == (1, ("loaded", None))
    assert take_in(folder, db, ocr=False).changed is False


def test_a_changed_file_is_read_again_and_the_old_content_goes(tmp_path: Path) -> None:
    folder, db = put(tmp_path / "in", a="one", b="two"), tmp_path / "x.db"
    take_in(folder, db)
    take_in(put(folder, a="other"), db)
    assert sorted(str(row[-1]) for row in dump(db)["pages"]) == ["%PDF-1.4\nother", "%PDF-1.4\ntwo"]


def test_another_folder_does_not_replace_the_first(tmp_path: Path) -> None:
    put(tmp_path / "2024", a="one")
    put(tmp_path / "2025", a="two")
    take_in(tmp_path / "2024", tmp_path / "x.db")
    take_in(tmp_path / "2025", tmp_path / "x.db")
    assert set(files(tmp_path / "x.db")) == {"a.pdf", "../2025/a.pdf"}
    assert len(dump(tmp_path / "x.db")["agreements"]) == 2
    assert take_in(tmp_path, tmp_path / "x.db").balance.of("loaded") == 2
    assert len(dump(tmp_path / "x.db")["agreements"]) == 2


def test_the_same_content_in_another_folder_is_a_duplicate(tmp_path: Path) -> None:
    put(tmp_path / "in", a="one")
    put(tmp_path / "more", b="one")
    take_in(tmp_path / "in", tmp_path / "x.db")
    second = take_in(tmp_path / "more", tmp_path / "x.db")
    assert (sums(second), second.balance.read) == ({"duplicate": 1}, 0)


def test_members_of_archives_are_read(tmp_path: Path) -> None:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr("x/a.pdf", b"%PDF-1.4\none")
        archive.writestr("b.pdf", b"%PDF-1.4\nlocked")
    folder = put(tmp_path / "in", z="one")
    (folder / "all.zip").write_bytes(made.getvalue())
    take_in(folder, tmp_path / "x.db")
    assert files(tmp_path / "x.db") == {
        "all.zip": ("skipped", "archive-opened"),
        "all.zip!/x/a.pdf": ("loaded", None),
        "all.zip!/b.pdf": ("failed", "password"),
        "z.pdf": ("duplicate", "same-content"),
    }


def test_characters_that_no_text_may_hold_are_noted(tmp_path: Path) -> None:
    take_in(put(tmp_path / "in", a="BU\x00DI \x1b[2J"), tmp_path / "x.db")
    held = dump(tmp_path / "x.db")
    assert held["pages"][0][-1] == "%PDF-1.4\nBUDI [2J"
    assert '["control-characters"]' in held["sources"][0]


def test_database_and_registry_in_the_folder_are_left_alone(tmp_path: Path) -> None:
    folder = put(tmp_path / "in", a="one")
    staff = folder / "staff.csv"
    staff.write_text(REGISTRY, encoding="utf-8")
    take_in(folder, folder / "x.db", registry=staff)
    assert {status for path, status in files(folder / "x.db").items() if path != "a.pdf"} == {
        ("skipped", "own-file")
    }
    assert take_in(folder, folder / "x.db", registry=staff).changed is False


# ---------------------------------------------------------------- audit


def test_a_registry_is_matched_at_once_and_only_once(tmp_path: Path) -> None:
    folder, staff = put(tmp_path / "in", a="one"), tmp_path / "staff.csv"
    staff.write_text(REGISTRY, encoding="utf-8")
    first = take_in(folder, tmp_path / "x.db", registry=staff)
    assert first.registry is not None
    assert len(dump(tmp_path / "x.db")["staff"]) == 1
    assert dump(tmp_path / "x.db")["obligations"]
    assert take_in(folder, tmp_path / "x.db", registry=staff).changed is False
    staff.write_text(REGISTRY.replace("Budi", "Badu"), encoding="utf-8")
    assert take_in(folder, tmp_path / "x.db", registry=staff).changed is True


def test_a_registry_may_come_before_any_document(tmp_path: Path) -> None:
    staff = tmp_path / "staff.csv"
    staff.write_text(REGISTRY, encoding="utf-8")
    registry = load_registry(Load(staff, date(2026, 3, 1)), tmp_path / "x.db", None).registry
    assert [row.name for row in registry.staff] == ["Budi Santoso"]
    assert take_in(put(tmp_path / "in", a="one"), tmp_path / "x.db").audited.findings


def test_findings_of_an_unfinished_run_are_made_up_for(tmp_path: Path) -> None:
    folder, db = put(tmp_path / "in", a="one"), tmp_path / "x.db"
    whole = take_in(folder, db)
    with closing(sqlite3.connect(db)) as connection:
        connection.executescript("DELETE FROM findings; UPDATE runs SET ended = NULL;")
    second = take_in(folder, db)
    assert (second.changed, second.audited) == (True, whole.audited)


# ---------------------------------------------------------------- refusals: nothing is written


def test_an_empty_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "in" / "empty").mkdir(parents=True)
    with pytest.raises(EmptyError, match="kosong"):
        take_in(tmp_path / "in", tmp_path / "x.db")
    assert not (tmp_path / "x.db").exists()


def test_a_missing_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="folder tidak ada"):
        take_in(tmp_path / "none", tmp_path / "x.db")
    assert not (tmp_path / "x.db").exists()


def test_a_registry_with_wrong_columns_is_refused(tmp_path: Path) -> None:
    (tmp_path / "staff.csv").write_text("warna,ukuran\nmerah,5\n", encoding="utf-8")
    with pytest.raises(InputError, match=r"staff\.csv"):
        take_in(put(tmp_path / "in", a="one"), tmp_path / "x.db", registry=tmp_path / "staff.csv")
    assert not (tmp_path / "x.db").exists()


@pytest.mark.parametrize(
    ("path", "text", "told"),
    [
        ("types/perjanjian_kinerja.toml", 'nam = "x"', "nam"),
        ("type/x.toml", "", "type"),
        ("mach.toml", "", "mach.toml"),
        ("checks/x.toml", "id = ", "x.toml"),
    ],
)
def test_a_rules_folder_with_a_slip_is_refused(tmp_path: Path, path: str, text: str, told: str) -> None:
    (tmp_path / "rules" / path).parent.mkdir(parents=True)
    (tmp_path / "rules" / path).write_text(text, encoding="utf-8")
    with pytest.raises(RuleError, match=told):
        take_in(put(tmp_path / "in", a="one"), tmp_path / "x.db", rules=tmp_path / "rules")
    assert not (tmp_path / "x.db").exists()


def foreign(path: Path, application: int, version: int) -> str:
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(
            f"PRAGMA application_id = {application}; PRAGMA user_version = {version}; CREATE TABLE t (x);"
        )
    return hashlib.sha256(path.read_bytes()).hexdigest()


@pytest.mark.parametrize(
    ("application", "version", "told"),
    [(7, 1, "program lain"), (APPLICATION_ID, SCHEMA_VERSION + 1, "versi yang lebih baru")],
)
def test_a_database_that_is_not_ours_stays_as_it_is(
    tmp_path: Path, application: int, version: int, told: str
) -> None:
    before = foreign(tmp_path / "x.db", application, version)
    with pytest.raises(InputError, match=told):
        take_in(put(tmp_path / "in", a="one"), tmp_path / "x.db")
    assert hashlib.sha256((tmp_path / "x.db").read_bytes()).hexdigest() == before


def test_a_database_that_is_being_written_is_left_alone(tmp_path: Path) -> None:
    folder = put(tmp_path / "in", a="one")
    with open_store(tmp_path / "x.db", write=True), pytest.raises(LockedError):
        take_in(folder, tmp_path / "x.db")


def test_our_own_fault_stops_the_run_and_blames_nobody(tmp_path: Path) -> None:
    with pytest.raises(OwnError):
        take_in(put(tmp_path / "in", a="one", b="ours", c="three"), tmp_path / "x.db", jobs=1)
    assert "b.pdf" not in files(tmp_path / "x.db")
    assert runs(tmp_path / "x.db")[0][2] == 0


def test_an_answer_about_another_document_is_our_fault(tmp_path: Path) -> None:
    def confused(entry: Entry, desk: Desk) -> Reading:
        return replace(reader(entry, desk), sha256="0" * 64)

    with pytest.raises(OwnError, match="dokumen lain"):
        ingest(Order((put(tmp_path / "in", a="one"),), tmp_path / "x.db", ocr=False), reader=confused)


def test_a_run_leaves_no_process_behind(tmp_path: Path) -> None:
    before = children()
    take_in(put(tmp_path / "in", a="one", b="abort", c="scan"), tmp_path / "x.db", ocr=True)
    assert children() == before


def test_the_reader_is_restored_to_its_signals(tmp_path: Path) -> None:
    before = signal.getsignal(signal.SIGINT)
    take_in(put(tmp_path / "in", a="one"), tmp_path / "x.db")
    assert signal.getsignal(signal.SIGINT) == before
    assert signal.pthread_sigmask(signal.SIG_BLOCK, ()) == set()
