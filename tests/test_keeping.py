"""What is kept: verified, tried again, forgotten, and listed where it was not read."""

import json
import os
import re
import shutil
import sqlite3
import zipfile
from contextlib import closing
from pathlib import Path

import pytest

from pipeline.cli import root
from pipeline.cli.root import run
from pipeline.reading.paths import encoded
from pipeline.store.sqlite import open_store

SAMPLES = Path(__file__).parents[1] / "samples"
DIGITAL = SAMPLES / "documents" / "Dinas Pendidikan" / "PK Kasi Kurikulum 2026.pdf"
OTHER = SAMPLES / "documents" / "Wali Kota" / "PK Wali Kota Sukamaju 2026.pdf"
WHO = ("--who", "Petugas Arsip", "--why", "permintaan pemilik data", "--yes")


@pytest.fixture(scope="module")
def once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder `in` that has been read into x.db: two agreements, one also in a zip; an empty file."""
    home = tmp_path_factory.mktemp("once")
    folder = home / "in"
    folder.mkdir()
    shutil.copy(DIGITAL, folder / "a.pdf")
    shutil.copy(OTHER, folder / "b.pdf")
    (folder / "kosong.pdf").touch()
    with zipfile.ZipFile(folder / "c.zip", "w") as packed:
        packed.write(OTHER, "di dalam/b.pdf")
    assert ingest(home) == 1
    return home


@pytest.fixture
def archive(once: Path, tmp_path: Path) -> Path:
    """A copy of that, as if it had been read where it lies."""
    for name in ("in", "x.db"):
        (shutil.copytree if name == "in" else shutil.copy)(once / name, tmp_path / name)
    with closing(sqlite3.connect(tmp_path / "x.db", isolation_level=None)) as connection:
        connection.execute("UPDATE runs SET command = ?", (f"ingest {encoded(str(tmp_path / 'in'))}",))
    return tmp_path


def ingest(folder: Path) -> int:
    registry = SAMPLES / "registry.csv"
    return run(
        ["ingest", str(folder / "in"), "--db", str(folder / "x.db"), "--no-ocr", "--registry", str(registry)]
    )


def said(capsys: pytest.CaptureFixture[str], *arguments: object) -> tuple[int, str]:
    capsys.readouterr()
    code = run([str(argument) for argument in arguments])
    out, err = capsys.readouterr()
    return code, out + err


def ask(archive: Path, sql: str) -> list[tuple[object, ...]]:
    with open_store(archive / "x.db", write=False) as connection:
        return connection.execute(sql).fetchall()


# ---------------------------------------------------------------- verify


def test_what_is_as_it_was_is_sound(archive: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = (archive / "x.db").read_bytes()
    code, out = said(capsys, "verify", "--db", archive / "x.db")
    assert code == 0
    assert "3 files compared, 0 changed; faults of the database: 0." in out
    assert (archive / "x.db").read_bytes() == before


def test_a_changed_a_missing_and_a_replaced_file_are_told(
    archive: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with (archive / "in" / "a.pdf").open("ab") as file:
        file.write(b"%")
    (archive / "in" / "b.pdf").unlink()
    with zipfile.ZipFile(archive / "in" / "c.zip", "w") as packed:
        packed.write(DIGITAL, "di dalam/b.pdf")
    code, out = said(capsys, "verify", "--db", archive / "x.db")
    assert code == 1
    assert out.count("its content is no longer what was read") == 2
    assert "no longer where it was" in out
    assert "3 files compared, 3 changed" in out


def test_an_archive_that_was_moved_is_found_where_it_lies_now(
    archive: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (archive / "in").rename(archive / "moved")
    assert said(capsys, "verify", "--db", archive / "x.db")[0] == 66
    assert said(capsys, "verify", archive / "moved", "--db", archive / "x.db")[0] == 0


@pytest.mark.parametrize(
    ("damage", "told"),
    [
        ("DROP INDEX idx_parties_nip", "idx_parties_nip"),
        ("DROP VIEW overview", "overview"),
        ("INSERT INTO parties (id, agreement_id) VALUES ('x', 'nowhere')", "parties"),
        ("DELETE FROM pages_fts_docsize", "pages"),
    ],
)
def test_faults_of_the_database_are_told(
    archive: Path, capsys: pytest.CaptureFixture[str], damage: str, told: str
) -> None:
    with closing(sqlite3.connect(archive / "x.db", isolation_level=None)) as connection:
        connection.execute(damage)
    code, out = said(capsys, "verify", "--db", archive / "x.db")
    assert code == 1
    assert told in next(line for line in out.splitlines() if line.startswith("!"))


# ---------------------------------------------------------------- files


def test_files_that_were_not_read_are_listed_with_what_to_do(
    archive: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, out = said(capsys, "files", "--db", archive / "x.db")
    assert code == 0
    assert "kosong.pdf" in out
    assert "Salin ulang dari aslinya." in out
    assert "a.pdf" not in out
    _, out = said(
        capsys, "files", "--db", archive / "x.db", "--status", "loaded", "--status", "skipped", "--en"
    )
    assert "a.pdf" in out
    assert "a zip archive; its members are read one by one" in out


def test_files_for_programs_carry_code_and_sentence(
    archive: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    _, out = said(capsys, "files", "--db", archive / "x.db", "--format", "json")
    (row,) = json.loads(out)
    assert (row["status"], row["reason"], row["reason_en"]) == (
        "failed",
        "empty-file",
        "an empty file (0 bytes)",
    )


@pytest.mark.parametrize("command", ["files", "retry"])
def test_a_reason_that_there_is_not_is_refused_with_the_nearest(
    archive: Path, capsys: pytest.CaptureFixture[str], command: str
) -> None:
    code, out = said(capsys, command, "--db", archive / "x.db", "--reason", "time-out")
    assert code == 2
    assert "timed-out" in out


# ---------------------------------------------------------------- retry


def test_only_what_failed_is_tried_again(archive: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shutil.copy(
        SAMPLES / "documents" / "Dinas Pendidikan" / "PK Kasi Kurikulum 2026.pdf", archive / "in" / "new.pdf"
    )
    (archive / "in" / "kosong.pdf").write_bytes(DIGITAL.read_bytes() + b"\n%")
    assert said(capsys, "retry", "--db", archive / "x.db", "--reason", "timed-out", "--no-ocr")[0] == 1
    assert ask(archive, "SELECT status FROM files WHERE shown = 'kosong.pdf'") == [("failed",)]
    said(capsys, "retry", "--db", archive / "x.db", "--no-ocr")
    assert ask(archive, "SELECT status, reason FROM files WHERE shown = 'kosong.pdf'") == [("loaded", None)]
    assert ask(archive, "SELECT count(*) FROM files WHERE shown = 'new.pdf'") == [(0,)]
    assert ask(archive, "SELECT command FROM runs ORDER BY id DESC LIMIT 1") == [("retry",)]


def test_what_failed_and_is_gone_is_said_to_be_gone(
    archive: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (archive / "in" / "kosong.pdf").unlink()
    said(capsys, "retry", "--db", archive / "x.db", "--no-ocr")
    assert ask(archive, "SELECT status, reason FROM files WHERE shown = 'kosong.pdf'") == [("failed", "gone")]


def test_a_database_without_a_folder_cannot_try_again(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with open_store(tmp_path / "x.db", write=True):
        pass
    code, out = said(capsys, "retry", "--db", tmp_path / "x.db")
    assert code == 66
    assert "no folder has been read" in out


# ---------------------------------------------------------------- forget


def words_of(archive: Path) -> set[bytes]:
    """Words that only b.pdf holds: in no other document and not in the registry."""
    mine = ask(archive, "SELECT p.text FROM pages p JOIN files f USING (sha256) WHERE f.shown = 'b.pdf'")
    others = ask(archive, "SELECT p.text FROM pages p JOIN files f USING (sha256) WHERE f.shown = 'a.pdf'")
    known = " ".join(str(row) for row in others) + (SAMPLES / "registry.csv").read_text(encoding="utf-8")
    found = set(re.findall(r"[A-Za-z]{9,}", " ".join(str(row[0]) for row in mine)))
    rules = " ".join(p.read_text(encoding="utf-8") for p in (SAMPLES.parent / "rules").rglob("*.toml"))
    return {word.encode() for word in found if word.lower() not in (known + rules).lower()}


def test_a_document_is_forgotten_everywhere(archive: Path, capsys: pytest.CaptureFixture[str]) -> None:
    words = words_of(archive)
    ((sha256,),) = ask(archive, "SELECT sha256 FROM files WHERE shown = 'b.pdf'")
    with open_store(archive / "x.db", write=True) as connection:
        (one,) = connection.execute("SELECT id FROM agreements WHERE sha256 = ?", (sha256,)).fetchone()
        connection.execute("INSERT INTO decisions (\"row\", new) VALUES (?, 'Rahasia Sekali')", (one,))
    (archive / "x.db.cache" / "ab").mkdir(parents=True)
    (archive / "x.db.cache" / "ab" / "x.json").write_text("{}", encoding="utf-8")
    code, out = said(capsys, "forget", str(sha256)[:16], "--db", archive / "x.db", *WHO)
    assert (code, "b.pdf" in out) == (0, True)
    left = b"".join(
        path.read_bytes() for path in archive.iterdir() if path.name.startswith("x.db") and path.is_file()
    )
    assert not [word for word in (*words, b"Rahasia Sekali") if word in left]
    assert not list((archive / "x.db.cache").rglob("*.json"))
    for table in ("files", "sources", "pages", "agreements"):
        assert (sha256,) not in ask(archive, f"SELECT sha256 FROM {table}")  # noqa: S608 - our names
    assert ask(archive, "PRAGMA foreign_key_check") == []
    assert ask(archive, "SELECT who, why, sha256 FROM erasures") == [(WHO[1], WHO[3], sha256)]
    assert said(capsys, "verify", "--db", archive / "x.db")[0] == 0
    assert ask(archive, "SELECT count(*) FROM pages_fts WHERE text MATCH 'kurikulum'") != [(0,)]


OF_THE_OFFICE = {  # tables that hold what no document says: the registry, plans, logs
    "staff", "units", "offices", "tenures", "loads", "changes", "plans", "results", "runs", "erasures",
    "files", "obligations", "findings", "doubts", "sqlite_sequence",
}  # fmt: skip


def test_nothing_is_left_of_documents_when_all_are_forgotten(
    archive: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("a.pdf", "b.pdf"):
        assert said(capsys, "forget", archive / "in" / name, "--db", archive / "x.db", *WHO)[0] == 0
    tables = ask(archive, "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE '%fts%'")
    left = {
        str(name): rows
        for (name,) in tables
        if name not in OF_THE_OFFICE and (rows := ask(archive, f'SELECT * FROM "{name}"'))  # noqa: S608
    }
    assert left == {}
    assert ask(archive, "SELECT * FROM files WHERE sha256 IS NOT NULL") == []
    # of people who signed nothing, as the registry knows them
    assert ask(archive, "SELECT * FROM findings WHERE agreement_id IS NOT NULL OR party_id IS NOT NULL") == []
    assert ask(archive, "SELECT * FROM doubts WHERE agreement_id IS NOT NULL OR party_id IS NOT NULL") == []


def test_what_was_forgotten_is_not_read_again(archive: Path, capsys: pytest.CaptureFixture[str]) -> None:
    said(capsys, "forget", "in/../b.pdf", "--db", archive / "x.db", *WHO)
    ((sha256,),) = ask(archive, "SELECT sha256 FROM files WHERE shown = 'b.pdf'")
    said(capsys, "forget", sha256, "--db", archive / "x.db", *WHO)
    ingest(archive)
    assert ask(
        archive, "SELECT shown, status, reason, sha256 FROM files WHERE reason = 'forgotten' ORDER BY 1"
    ) == [
        ("b.pdf", "skipped", "forgotten", None),
        ("c.zip!/di dalam/b.pdf", "skipped", "forgotten", None),
    ]
    assert (sha256,) not in ask(archive, "SELECT sha256 FROM sources")


def test_the_log_of_erasures_can_only_grow(archive: Path, capsys: pytest.CaptureFixture[str]) -> None:
    said(capsys, "forget", "a.pdf", "--db", archive / "x.db", *WHO)
    with open_store(archive / "x.db", write=True) as connection:
        for sql in ("DELETE FROM erasures", "UPDATE erasures SET why = 'x'"):
            with pytest.raises(sqlite3.IntegrityError, match="append-only"):
                connection.execute(sql)


@pytest.mark.parametrize("name", ["nothing.pdf", "00000000", "%", "_.pdf"])
def test_what_is_not_there_cannot_be_forgotten(
    archive: Path, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    before = ask(archive, "SELECT count(*) FROM sources")
    assert said(capsys, "forget", name, "--db", archive / "x.db", *WHO)[0] == 66
    assert ask(archive, "SELECT count(*) FROM sources") == before


def test_a_file_is_named_from_where_the_user_stands(
    archive: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(archive)
    for name in ("in/b.pdf", str(archive / "in" / "a.pdf")):
        assert said(capsys, "forget", name, "--db", "x.db", *WHO)[0] == 0
    assert ask(archive, "SELECT count(*) FROM erasures") == [(2,)]


def test_who_and_why_have_to_be_said(archive: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert said(capsys, "forget", "a.pdf", "--db", archive / "x.db", "--yes")[0] == 2
    assert (
        said(capsys, "forget", "a.pdf", "--db", archive / "x.db", "--who", " ", "--why", "x", "--yes")[0] == 2
    )


# ---------------------------------------------------------------- findings


def test_a_check_that_there_is_not_is_refused_with_the_nearest(
    archive: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, out = said(capsys, "findings", "--db", archive / "x.db", "--check", "signature-mising")
    assert code == 2
    assert "signature-missing" in out
    assert said(capsys, "findings", "--db", archive / "x.db", "--check", "signature-missing")[0] == 0


def test_doubts_are_shown_with_the_page_to_look_at(archive: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with open_store(archive / "x.db", write=True) as connection:
        connection.execute(
            "INSERT INTO doubts (id, check_id, severity, agreement_id, message, page, x0, top, x1, bottom)"
            " SELECT 'd', 'signature-missing', 'error', id, 'Tidak jelas', 1, 60, 60, 200, 90"
            " FROM agreements LIMIT 1"
        )
    code, out = said(capsys, "findings", "--db", archive / "x.db", "--doubts", "--pictures", archive / "look")
    assert code == 0
    assert "Tidak jelas" in out
    drawn = sorted(path.name for path in (archive / "look").iterdir())
    assert drawn
    assert drawn[0] in out
    assert (archive / "look" / drawn[0]).read_bytes().startswith(b"\x89PNG")


def test_a_refused_document_is_refused_in_words(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "kosong.pdf").touch()
    code, out = said(capsys, "rules", "try", "name", tmp_path / "kosong.pdf", "--no-ocr")
    assert code == 66
    assert "an empty file (0 bytes)" in out
    assert "empty-file" not in out


def test_the_folder_is_as_it_was(archive: Path, capsys: pytest.CaptureFixture[str]) -> None:
    def tree() -> list[tuple[str, int, int, int, bytes]]:
        found = sorted((archive / "in").rglob("*"))
        return [(str(p), (s := os.lstat(p)).st_mode, s.st_mtime_ns, s.st_ino, p.read_bytes()) for p in found]

    before = tree()
    for command in (["verify"], ["retry", "--no-ocr"], ["files"], ["forget", "a.pdf", *WHO], ["check"]):
        said(capsys, *command, "--db", archive / "x.db")
    ingest(archive)
    assert tree() == before


@pytest.mark.parametrize(("user", "warned"), [(0, True), (1000, False)])
def test_reading_as_root_is_warned_of(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], user: int, warned: bool
) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: user)
    root._warn(["ingest", "x"])
    assert ("as root" in capsys.readouterr().err) == warned
    root._warn(["findings"])
    assert capsys.readouterr().err == ""
