"""What is typed and what is shown: every command, every refusal, and the exit code that says how it went."""

import csv
import io
import json
import re
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from urllib.parse import unquote_to_bytes

import openpyxl
import pytest
from PIL import Image

from pipeline.cli.root import COMMANDS, run, told
from pipeline.cli.words import harmless, masked
from pipeline.errors import OwnError, SourceError
from pipeline.run.reasons import reasons
from pipeline.schema import APPLICATION_ID, FILE_STATUS, REASONS, SCHEMA_VERSION

SAMPLES = Path(__file__).parents[1] / "samples"
HOSTILE = Path(__file__).parents[2] / "shared" / "robust" / "make_hostile.py"
PAKTA = [sys.executable, "-c", "from pipeline.cli import main; main()"]
DOCUMENTS = ("Dinas Pendidikan/PK Kasi Kurikulum 2026.pdf", "Wali Kota/PK Wali Kota Sukamaju 2026.pdf")
HEAVY = (
    "spacy",
    "numpy",
    "cv2",
    "pdfplumber",
    "pypdfium2",
    "rapidocr",
    "onnxruntime",
    "sqlite_utils",
    "rich",
)
NIP = re.compile(r"(?<!\d)(19|20)\d{16}(?!\d)")


@pytest.fixture(scope="module")
def read(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a few samples that have been read, with the registry, into x.db."""
    folder = tmp_path_factory.mktemp("read")
    for name in DOCUMENTS:
        (folder / "in").mkdir(exist_ok=True)
        shutil.copy(SAMPLES / "documents" / name, folder / "in")
    (folder / "in" / "kosong.pdf").touch()
    registry = ["--registry", str(SAMPLES / "registry.csv")]
    assert run(["ingest", str(folder / "in"), "--db", str(folder / "x.db"), "--no-ocr", *registry]) == 1
    return folder


def said(capsys: pytest.CaptureFixture[str], *arguments: object) -> tuple[int, str, str]:
    """The exit code of a command line and what it has to say."""
    code = run([str(argument) for argument in arguments])
    out, err = capsys.readouterr()
    return code, out, err


# ---------------------------------------------------------------- help


def test_help_is_instant() -> None:
    script = "import sys; from pipeline.cli.root import run; run(['--help'])"
    script += f"; print(set({HEAVY}) & set(sys.modules))"
    began = time.monotonic()
    shown = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stdout
    assert time.monotonic() - began < 2.0  # 0.1 on a machine with nothing else to do
    assert shown.splitlines()[-1] == "set()"
    assert all(name in shown for name in COMMANDS)


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_help_in_both_languages(capsys: pytest.CaptureFixture[str], name: str) -> None:
    code, out, err = said(capsys, name, "--help")
    assert (code, err) == (0, "")
    assert " / " in out.splitlines()[2]


def test_the_version_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    from pipeline import __version__

    assert said(capsys, "--version") == (0, f"pakta {__version__}\n", "")


# ---------------------------------------------------------------- ingest


def test_a_run_ends_with_its_balance(capsys: pytest.CaptureFixture[str], read: Path) -> None:
    code, out, err = said(capsys, "ingest", read / "in", "--db", read / "x.db", "--no-ocr")
    numbers = dict(re.findall(r"^ \W?\s?(\w+) / \w+\s+(\d+)\s*$", out, re.MULTILINE))
    assert numbers == {
        "ditemukan": "3",
        "dimuat": "2",
        "ganda": "0",
        "dilewati": "0",
        "gagal": "1",
        "ditahan": "0",
    }
    assert "berkas kosong (0 byte)" in out
    assert "kosong.pdf" in out
    assert "signature-missing" in out
    assert "Tidak ada yang baru" in out
    assert (code, err) == (1, "")


def test_a_clean_run_is_zero(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    shutil.copy(SAMPLES / "documents/Wali Kota/Undangan Penandatanganan PK 2026.pdf", tmp_path / "in")
    code, out, _ = said(capsys, "ingest", tmp_path / "in", "--db", tmp_path / "x.db", "--no-ocr")
    assert code == 0
    assert "1 documents read now" in out


def test_progress_is_told_in_lines_without_a_terminal(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    for number in range(501):
        (tmp_path / "in" / f"{number}.txt").write_text("x", encoding="utf-8")
    command = [*PAKTA, "ingest", "in", "--no-ocr"]
    shown = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=True)
    lines = [line for line in shown.stderr.splitlines(keepends=True) if not line.startswith("pakta: ")]
    assert re.fullmatch(r"500/501 berkas, [\d.]+/s, sisa 0 s, \d+\.txt\n", "".join(lines))


# ---------------------------------------------------------------- looking further


def test_findings_are_shown_by_severity(capsys: pytest.CaptureFixture[str], read: Path) -> None:
    code, out, _ = said(capsys, "findings", "--db", read / "x.db", "--severity", "error")
    assert code == 0
    assert "belum menandatangani" in out
    assert "warning" not in out


def test_findings_of_one_check_in_english(capsys: pytest.CaptureFixture[str], read: Path) -> None:
    _, out, _ = said(capsys, "findings", "--db", read / "x.db", "--check", "signature-missing", "--en")
    assert "has not signed" in out
    assert "never-signed" not in out


PARSED: dict[str, Callable[[str], list[dict[str, str]]]] = {
    "csv": lambda text: list(csv.DictReader(io.StringIO(text))),
    "json": json.loads,
    "jsonl": lambda text: [json.loads(line) for line in text.splitlines()],
}


@pytest.mark.parametrize("form", PARSED)
def test_findings_for_programs(capsys: pytest.CaptureFixture[str], read: Path, form: str) -> None:
    _, out, _ = said(capsys, "findings", "--db", read / "x.db", "--format", form)
    rows = PARSED[form](out)
    assert {"signature-missing", "never-signed"} <= {row["check_id"] for row in rows}


def test_findings_as_a_spreadsheet(capsys: pytest.CaptureFixture[str], read: Path, tmp_path: Path) -> None:
    target = tmp_path / "f.xlsx"
    code, out, _ = said(capsys, "findings", "--db", read / "x.db", "--format", "xlsx", "--out", target)
    assert (code, out) == (0, "")
    assert openpyxl.load_workbook(target).active["B1"].value == "check_id"  # type: ignore[index] # it has one


def test_coverage_counts_what_is_owed(capsys: pytest.CaptureFixture[str], read: Path) -> None:
    _, out, _ = said(capsys, "coverage", "--db", read / "x.db", "--year", "2026")
    totals = [line.split() for line in out.splitlines() if "TOTAL" in line]
    owed, met, incomplete, late, missing, _ = (int(cell) for cell in totals[0][-6:])
    assert owed == met + incomplete + late + missing > 0


def test_coverage_without_a_registry_says_what_to_do(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    (tmp_path / "in").mkdir()
    shutil.copy(SAMPLES / "documents" / DOCUMENTS[1], tmp_path / "in")
    said(capsys, "ingest", tmp_path / "in", "--db", tmp_path / "x.db", "--no-ocr")
    code, out, _ = said(capsys, "coverage", "--db", tmp_path / "x.db")
    assert (code, "pakta registry load" in out) == (0, True)


def test_employee_numbers_are_masked(capsys: pytest.CaptureFixture[str], read: Path) -> None:
    for arguments in (
        ["export", "parties"],
        ["export", "staff"],
        ["export", "facts"],
        ["findings"],
        ["coverage"],
    ):
        _, out, err = said(capsys, *arguments, "--db", read / "x.db")
        assert not NIP.search(out + err)
    _, out, _ = said(capsys, "export", "parties", "--db", read / "x.db")
    assert re.search(r"\*{14}\d{4}", out)
    _, out, _ = said(capsys, "export", "parties", "--db", read / "x.db", "--with-nip")
    assert NIP.search(out)


def test_a_table_is_exported(capsys: pytest.CaptureFixture[str], read: Path) -> None:
    _, out, _ = said(capsys, "export", "agreements", "--db", read / "x.db")
    assert {row["type"] for row in csv.DictReader(io.StringIO(out))} == {"perjanjian_kinerja"}


def test_a_table_is_shown(capsys: pytest.CaptureFixture[str], read: Path) -> None:
    code, out, _ = said(capsys, "export", "overview", "--db", read / "x.db", "--format", "table")
    assert (code, "perjanjian_kinerja" in out) == (0, True)
    code, _, err = said(capsys, "export", "nothing", "--db", read / "x.db", "--format", "table")
    assert (code, "nothing" in err) == (2, True)


def test_the_description_for_datasette_is_written(read: Path, tmp_path: Path) -> None:
    target = tmp_path / "metadata.json"
    assert run(["export", "--db", str(read / "x.db"), "--datasette-metadata", str(target)]) == 0
    described = json.loads(target.read_text(encoding="utf-8"))["databases"]["x"]
    assert {"overview", "missing_signatures"} <= set(described["tables"])
    assert described["queries"]


def test_checking_again_changes_no_finding(capsys: pytest.CaptureFixture[str], read: Path) -> None:
    _, before, _ = said(capsys, "findings", "--db", read / "x.db", "--format", "csv")
    code, out, _ = said(capsys, "check", "--db", read / "x.db")
    _, after, _ = said(capsys, "findings", "--db", read / "x.db", "--format", "csv")
    assert code == 1
    assert "signature-missing" in out
    without = re.compile(r",open,\d+,\d+,")
    assert without.sub("", before) == without.sub("", after)


def test_a_registry_is_loaded_and_shown(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    code, out, _ = said(capsys, "registry", "load", SAMPLES / "registry.csv", "--db", tmp_path / "x.db")
    assert code == 0
    assert "jabatan" in out
    assert re.search(r"\d+ people", out)


def test_a_plan_is_loaded_once(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    for _ in range(2):
        code, out, _ = said(capsys, "plan", "load", SAMPLES / "plan.csv", "--db", tmp_path / "x.db")
        assert code == 0
    with closing(sqlite3.connect(tmp_path / "x.db")) as connection:
        count = connection.execute("SELECT kind, count(*) FROM plans GROUP BY kind").fetchall()
        unit = connection.execute(
            "SELECT count(*) FROM plans WHERE amount > 0 AND kind = 'budget'"
        ).fetchone()[0]
    lines = (SAMPLES / "plan.csv").read_text(encoding="utf-8").splitlines()
    assert f"{len(lines) - 1} planned rows" in out
    assert sum(number for _, number in count) == len(lines) - 1
    assert {kind for kind, _ in count} == {"indicator", "budget"}
    assert unit == dict(count)["budget"]


# ---------------------------------------------------------------- rules and samples


def test_the_examples_of_all_rules_hold(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = said(capsys, "rules", "test")
    assert (code, err) == (0, ""), out
    assert "0 faults" in out


def test_a_rule_that_breaks_its_example_is_told(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    (tmp_path / "types").mkdir()
    (tmp_path / "types" / "surat_tugas.toml").write_text(
        'name = "Surat tugas"\n[recognise]\ntitle = ["Surat Tugas"]\n[[example]]\nlines = ["SURAT LAIN"]\n',
        encoding="utf-8",
    )
    code, out, _ = said(capsys, "rules", "test", "surat_tugas", "--rules", tmp_path)
    assert code == 1
    assert "surat_tugas, contoh / example 1" in out


def test_a_rule_shows_what_it_finds(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    document = SAMPLES / "documents" / DOCUMENTS[0]
    code, out, _ = said(capsys, "rules", "try", "dateline", document, "--no-ocr", "--out", tmp_path / "o")
    assert code == 0
    assert "signed_on" in out
    with Image.open(tmp_path / "o" / "page-001.png") as picture:
        assert min(picture.size) > 500


def test_a_check_shows_what_it_finds(capsys: pytest.CaptureFixture[str]) -> None:
    document = SAMPLES / "documents" / DOCUMENTS[0]
    code, out, _ = said(capsys, "rules", "try", "signature-missing", document, "--no-ocr")
    assert (code, "belum menandatangani" in out) == (0, True)
    code, out, _ = said(capsys, "rules", "try", "date-missing", document, "--no-ocr")
    assert (code, "belum" in out) == (1, False)


def test_a_rule_of_an_office_is_tried_by_its_file(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    (tmp_path / "types").mkdir()
    rule = tmp_path / "types" / "surat_undangan.toml"
    rule.write_text('name = "Undangan"\n[recognise]\ntitle = ["Undangan"]\n', encoding="utf-8")
    document = SAMPLES / "documents" / DOCUMENTS[0]
    code, out, _ = said(capsys, "rules", "try", rule, document, "--no-ocr")
    assert (code, "surat_undangan" in out) == (1, True)


def test_samples_are_copied_to_play_with(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    code, out, _ = said(capsys, "samples", "copy", tmp_path / "s")
    assert (code, len(out.splitlines())) == (0, 4)
    assert len(list((tmp_path / "s" / "documents").rglob("*.pdf"))) > 24
    code, _, err = said(capsys, "samples", "copy", tmp_path / "s")
    assert (code, "sudah ada isinya" in err) == (66, True)


# ---------------------------------------------------------------- refusals


@pytest.mark.parametrize(
    ("arguments", "code", "told_"),
    [
        (["ingest"], 2, "cara pakai"),
        (["ingest", "in", "--jobs", "0x"], 2, "--jobs"),
        (["ingest", "in", "--colour", "red"], 2, "--colour"),
        (["inges", "in"], 2, "inges"),
        (["ingest", "none"], 66, "folder tidak ada"),
        (["ingest", "empty"], 1, "kosong"),
        (["ingest", "file.txt"], 66, "bukan folder"),
        (["ingest", "in", "--registry", "none.csv"], 66, "none.csv"),
        (["ingest", "in", "--registry", "file.txt"], 66, "file.txt"),
        (["ingest", "in", "--rules", "none"], 2, "none"),
        (["ingest", "in", "--rules", "in"], 2, "note.txt"),
        (["ingest", "in", "--db", "foreign.db"], 66, "program lain"),
        (["ingest", "in", "--db", "newer.db"], 66, "versi yang lebih baru"),
        (["ingest", "in", "--db", "file.txt"], 66, "bukan basis data"),
        (["ingest", "in", "--db", "none/x.db"], 66, "folder tidak ada"),
        (["check", "--db", "none.db"], 66, "tidak ada"),
        (["findings", "--db", "none.db"], 66, "tidak ada"),
        (["findings", "--db", "foreign.db"], 66, "program lain"),
        (["findings", "--check", "a' OR 1"], 2, "--check"),
        (["coverage", "--db", "newer.db"], 66, "versi yang lebih baru"),
        (["export", "--db", "none.db"], 2, "sebutkan tabelnya"),
        (["registry", "load", "none.csv"], 66, "none.csv"),
        (["registry", "load", "file.txt"], 66, "file.txt"),
        (["plan", "load", "file.txt"], 66, "file.txt"),
        (["rules", "test", "nothing"], 2, "nothing"),
        (["rules", "try", "year", "none.pdf"], 66, "none.pdf"),
        (["rules", "try", "year", "file.txt"], 66, "file.txt"),
        (["rules", "try", "none.toml", "file.txt"], 2, "none.toml"),
    ],
)
def test_a_refusal_is_one_sentence_and_writes_nothing(
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    arguments: list[str],
    code: int,
    told_: str,
) -> None:
    monkeypatch.chdir(corpus(tmp_path))
    before = snapshot(tmp_path)
    found, out, err = said(capsys, *arguments)
    assert (found, out) == (code, "")
    assert told_ in err
    assert err.count("\n") == 1
    assert err.startswith("pakta: ")
    assert " / " in err or "(" in err or "rules" in arguments or "--rules" in arguments  # both languages
    assert snapshot(tmp_path) == before


def corpus(folder: Path) -> Path:
    """One of everything that may be refused."""
    (folder / "in").mkdir()
    (folder / "in" / "note.txt").write_text("hi", encoding="utf-8")
    (folder / "empty").mkdir()
    (folder / "file.txt").write_text("warna;ukuran\nmerah;5\n", encoding="utf-8")
    for name, application, version in (("foreign", 7, 1), ("newer", APPLICATION_ID, SCHEMA_VERSION + 1)):
        with closing(sqlite3.connect(folder / f"{name}.db")) as connection:
            connection.executescript(
                f"PRAGMA application_id = {application}; PRAGMA user_version = {version}; CREATE TABLE t (x);"
            )
    return folder


def snapshot(folder: Path) -> dict[str, bytes]:
    """Everything in a folder, but for locks, which hold nothing."""
    paths = (path for path in folder.rglob("*") if path.is_file() and path.suffix != ".lock")
    return {str(path.relative_to(folder)): path.read_bytes() for path in paths}


class UnknownError(Exception):
    """Nothing that anybody foresaw."""


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (OwnError("x / y"), 70),
        (SourceError("password"), 1),
        (UnknownError("secret text"), 70),
        (MemoryError(), 70),
        (OSError(28, "No space left on device"), 74),
        (OSError(5, "Input/output error"), 74),
        (KeyboardInterrupt(), 130),
        (BrokenPipeError(), 141),
    ],
)
def test_every_error_has_its_exit_code_and_no_traceback(
    capsys: pytest.CaptureFixture[str], error: BaseException, code: int
) -> None:
    assert told(error) == code
    out, err = capsys.readouterr()
    assert out == ""
    assert "Traceback" not in err
    assert "secret text" not in err


# ---------------------------------------------------------------- from outside


@pytest.fixture
def slow(tmp_path: Path) -> Path:
    """A folder that takes some seconds to read."""
    source = SAMPLES / "documents" / DOCUMENTS[0]
    (tmp_path / "in").mkdir()
    for number in range(30):
        (tmp_path / "in" / f"{number:02}.pdf").write_bytes(source.read_bytes() + b"%" * number)
    return tmp_path


@pytest.mark.parametrize(("sent", "code"), [(signal.SIGTERM, 143), (signal.SIGINT, 130)])
def test_a_stopped_run_says_so_and_goes_on_later(slow: Path, sent: signal.Signals, code: int) -> None:
    command = [*PAKTA, "ingest", "in", "--db", "x.db", "--no-ocr"]
    before = signal.signal(sent, signal.default_int_handler)  # what is ignored stays so in a new process
    running = subprocess.Popen(command, cwd=slow, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    signal.signal(sent, before)
    until = time.monotonic() + 60
    while kept(slow / "x.db") < 2 and time.monotonic() < until:
        time.sleep(0.01)
    running.send_signal(sent)
    out, err = running.communicate(timeout=30)
    assert (running.returncode, out) == (code, ""), err
    assert re.fullmatch(r"pakta: dihentikan; .*", err.splitlines()[-1])
    assert 2 <= kept(slow / "x.db") < 30
    subprocess.run(command, cwd=slow, check=False, capture_output=True)
    assert kept(slow / "x.db") == 30


def kept(db: Path) -> int:
    """How many files a database tells of."""
    if not db.exists():
        return 0
    with closing(sqlite3.connect(db)) as connection:
        return int(connection.execute("SELECT count(*) FROM files").fetchone()[0])


@pytest.mark.parametrize("closing_", ["<&-", ">&-", "2>&-", ">&- 2>&-", "<&- >&- 2>&-"])
def test_closed_streams_are_no_trouble(read: Path, closing_: str) -> None:
    command = f'"$0" -c "from pipeline.cli import main; main()" findings --db x.db {closing_}'
    shown = subprocess.run(
        ["/bin/sh", "-c", command, sys.executable], cwd=read, capture_output=True, text=True, check=False
    )
    assert (shown.returncode, shown.stderr) == (0, "")


def test_a_reader_that_goes_away_is_no_trouble(read: Path) -> None:
    command = '"$0" -c "from pipeline.cli import main; main()" export facts --db x.db | head -1'
    shown = subprocess.run(
        ["/bin/sh", "-c", command, sys.executable], cwd=read, capture_output=True, text=True, check=False
    )
    assert shown.stdout.startswith("id,")
    assert shown.stderr == ""


@pytest.mark.skipif(not HOSTILE.exists(), reason="the hostile samples are not part of the project")
def test_the_oddest_entries_are_all_accounted_for(tmp_path: Path) -> None:
    make = [sys.executable, str(HOSTILE), "none", "--only-nodes", "--nodes", "nodes"]
    subprocess.run(make, cwd=tmp_path, check=True, capture_output=True)
    found = subprocess.run(
        ["/usr/bin/find", ".", "!", "-type", "d", "-printf", "%P\\0"],
        cwd=tmp_path / "nodes",
        capture_output=True,
        check=True,
    )
    shown = subprocess.run(
        [*PAKTA, "ingest", "nodes", "--no-ocr"], cwd=tmp_path, capture_output=True, check=False
    )
    assert shown.returncode == 1
    assert b"Traceback" not in shown.stdout + shown.stderr
    assert not re.search(rb"[\x00-\x08\x0b-\x1f\x7f]", shown.stdout + shown.stderr)
    assert not NIP.search((shown.stdout + shown.stderr).decode())
    with closing(sqlite3.connect(tmp_path / "pakta.db")) as connection:
        rows = connection.execute(
            "SELECT path, status, reason FROM files WHERE path NOT LIKE '%!/%'"
        ).fetchall()
    assert all(reason for _, status, reason in rows if status != "loaded")
    assert len(rows) == len({row[0] for row in rows})
    paths = {unquote_to_bytes(row[0]) for row in rows if "!/" not in row[0]}
    assert paths == set(found.stdout.split(b"\0")) - {b""}


# ---------------------------------------------------------------- words


@pytest.mark.parametrize(
    ("raw", "shown"),
    [
        ("PK 2026.pdf", "PK 2026.pdf"),
        ("\x1b[31mred\x07", "\\x1b[31mred\\x07"),
        ("a\nb\tc", "a\\nb\\tc"),
        ("BUDI \u202eX", "BUDI \\u202eX"),
        ("\u200b\u2028", "\\u200b\\u2028"),
        ("\ud800", "\\ud800"),
        ("[bold]x[/]", "[bold]x[/]"),
    ],
)
def test_text_from_outside_is_harmless(raw: str, shown: str) -> None:
    assert harmless(raw) == shown


def test_a_number_in_a_name_is_masked() -> None:
    assert masked("NIP 197001011995031001.pdf") == "NIP **************1001.pdf"
    assert masked("NIP 197001011995031001.pdf", with_nip=True) == "NIP 197001011995031001.pdf"


def test_every_reason_of_the_code_is_put_into_words() -> None:
    known = reasons()
    package = Path(__file__).parents[1] / "pipeline"
    texts = [path.read_text(encoding="utf-8") for path in package.rglob("*.py")]
    codes = {code for text in texts for code in re.findall(r'SourceError\(\s*"([a-z-]+)"', text)}
    codes |= {code for text in texts for code in re.findall(r'(?:reason|problem)="([a-z-]+)"', text)}
    codes |= {
        code for text in texts for code in re.findall(r'"(?:failed|held|skipped)", "([a-z-]+)"', text)
    } - set(FILE_STATUS)
    assert len(codes) > 20
    assert codes - set(known) - set(REASONS) == set()


def test_reasons_that_need_a_person_say_what_to_do() -> None:
    for reason in reasons().values():
        assert reason.id
        assert reason.en
        assert bool(reason.do_id) == bool(reason.do_en)
