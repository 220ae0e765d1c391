"""The benchmark counts what it says, its peers do honest work, its pages are made of its numbers."""

import json
import re
import shutil
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from benchmarks import accuracy, scans
from benchmarks.compare import Comparison, Runner, compared
from benchmarks.measure import ROOT, Cost, cost, family, least, python
from benchmarks.page import page
from benchmarks.parts import Part, Source, parts, some

DOCUMENTS = ROOT / "samples" / "documents"
MIB = 1 << 20
BUSY = "import time\nwhile time.process_time() < 0.3: pass"
FULL = "import time; held = bytearray(b'x') * (150 << 20); time.sleep(0.6)"
FORKED = "import os\nif os.fork() == 0:\n    exec({!r})\n    os._exit(0)\nos.wait()"


# ---------------------------------------------------------------- what a command costs


@pytest.mark.parametrize("said", [BUSY, FORKED.format(BUSY)])
def test_processor_time_is_that_of_the_command_and_of_its_children(said: str) -> None:
    assert 0.3 <= cost(python("-c", said)).cpu < 3


def test_who_waits_uses_no_processor_time() -> None:
    assert cost(python("-S", "-c", "import time; time.sleep(0.5)")).cpu < 0.3


@pytest.mark.parametrize("said", [FULL, FORKED.format(FULL)])
def test_memory_is_that_of_the_command_and_of_its_children(said: str) -> None:
    found = cost(python("-S", "-c", said))
    assert 150 * MIB < found.largest < 200 * MIB
    assert 150 * MIB < found.together < 200 * MIB


def test_memory_that_two_hold_at_once_is_added_up() -> None:
    both = f"import os\nif os.fork() == 0:\n    {FULL}\n    os._exit(0)\n{FULL}\nos.wait()"
    found = cost(python("-S", "-c", both))
    assert found.largest < 200 * MIB
    assert found.together > 290 * MIB


def test_a_command_that_fails_is_not_measured() -> None:
    with pytest.raises(RuntimeError, match="3\nno paper"):
        cost(python("-c", "import sys; print('no paper', flush=True); sys.exit(3)"))


def test_an_exit_code_that_means_done_is_none() -> None:
    assert cost(python("-c", "import sys; sys.exit(1)"), done=(0, 1)).cpu > 0


def test_of_several_runs_the_least_time_and_the_most_memory_count() -> None:
    assert least([Cost(2.0, 10, 30), Cost(1.0, 20, 20)]) == Cost(1.0, 20, 30)


@pytest.mark.parametrize(
    ("pid", "found"),
    [(1, {1, 2, 3, 4}), (2, {2, 3}), (3, {3}), (9, {9})],
)
def test_a_family_is_a_process_and_all_below_it(pid: int, found: set[int]) -> None:
    assert family(pid, {1: 0, 2: 1, 3: 2, 4: 1, 7: 0}) == found


# ---------------------------------------------------------------- what is measured


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A digital file with its copy, a scan of two pages, a letter and a broken file."""
    made = tmp_path_factory.mktemp("archive")
    for name in (
        "Dinas Pendidikan/Pakta Integritas Kepala Dinas Pendidikan.pdf",
        "Dinas Kesehatan/PK Puskesmas Tegal Melati.tif",
        "Kiriman/catatan.txt",
        "Kiriman/kosong.pdf",
    ):
        shutil.copy(DOCUMENTS / name, made)
    shutil.copy(made / "Pakta Integritas Kepala Dinas Pendidikan.pdf", made / "salinan.pdf")
    return made


@pytest.fixture(scope="module")
def parted(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Part]:
    return {part.name: part for part in parts(folder, tmp_path_factory.mktemp("parts"), 5)}


def test_digital_and_scanned_files_are_parted_and_the_rest_stays_out(parted: dict[str, Part]) -> None:
    assert {name: (part.files, part.pages) for name, part in parted.items()} == {
        "digital": (1, 1),
        "scanned": (1, 2),
    }
    assert [path.suffix for part in parted.values() for path in part.folder.iterdir()] == [".pdf", ".tif"]


@pytest.mark.parametrize(
    ("most", "kept"), [(0, []), (1, ["b"]), (2, ["a"]), (3, ["a", "b"]), (9, ["a", "b", "c"])]
)
def test_scans_are_taken_in_order_up_to_a_number_of_pages(most: int, kept: list[str]) -> None:
    files = [Source(Path(name), pages, pages, ".pdf") for name, pages in (("a", 2), ("b", 1), ("c", 4))]
    assert [str(one.path) for one in some(files, most)] == kept


def test_the_plain_script_reads_words_and_tables(
    parted: dict[str, Part], capfd: pytest.CaptureFixture[str]
) -> None:
    from benchmarks.peers.plain_pdfplumber import main

    main(parted["digital"].start)
    assert capfd.readouterr().out == "12 words, 0 cells\n"


def apart(*command: str) -> str:
    """What a command of this interpreter says: ours loads the engine without what the bare one needs."""
    return subprocess.run(
        [sys.executable, *command], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout


def test_the_bare_engine_reads_the_page_it_starts_on(parted: dict[str, Part]) -> None:
    said = apart("-m", "benchmarks.peers.bare_rapidocr", str(parted["scanned"].start))
    assert said.startswith("3 lines, ")


def test_the_program_without_isolation_reads_the_page_it_starts_on(
    parted: dict[str, Part], tmp_path: Path
) -> None:
    db, folder = str(tmp_path / "x.db"), str(parted["digital"].start)
    said = apart("-m", "benchmarks.peers.bare_ingest", "ingest", folder, "--db", db, "--jobs", "1")
    assert re.search(r"dimuat / loaded +1\b", said)


def test_the_bare_engine_has_our_settings() -> None:
    from pipeline.reading import scanned
    from pipeline.reading.engines import rapid

    ours, theirs = settings(rapid.Rapid().rapid.cfg), json.loads(apart("-c", THEIRS))
    assert theirs.pop("sizes") == [scanned.DPI, scanned.PIXELS, rapid.READ]
    own = {"Global.max_side_len", "Global.return_word_box", "Det.model_path", "Rec.model_path"}
    differ = {key for key, value in ours.items() if theirs[key] != str(value)}
    assert {key for key in differ if ".openvino." not in key} <= own


THEIRS = """
import json
import re
from rapidocr import RapidOCR
from benchmarks.peers import bare_rapidocr as peer
from tests.test_benchmarks import settings
found = {key: str(value) for key, value in settings(RapidOCR(params=peer.SETTINGS).cfg).items()}
print(json.dumps({**found, "sizes": [peer.DPI, peer.LARGEST, peer.SIDE]}))
"""


def settings(found: Any, before: str = "") -> dict[str, Any]:
    """The settings of an engine by their whole names, those that a loaded model adds left out."""
    if not hasattr(found, "items"):
        return {before[:-1]: found}
    return {
        key: value
        for name, inner in found.items()
        if name not in {"engine_cfg", "model_root_dir", "font_path"}
        for key, value in settings(inner, f"{before}{name}.").items()
    }


# ---------------------------------------------------------------- what is said


def comparison(part: str = "digital", ours: float = 3.0) -> Comparison:
    peer = Runner(Cost(2.5, 50 * MIB, 40 * MIB), Cost(0.5, 0, 0))
    return Comparison("archive", part, 4, 10, peer, Runner(Cost(ours, 150 * MIB, 160 * MIB), Cost(1.0, 0, 0)))


def test_ratios_are_of_the_whole_and_of_the_work_alone() -> None:
    assert comparison().ratio == pytest.approx(1.2)
    assert comparison().ratio_of_work == pytest.approx(1.0)


@pytest.mark.parametrize(
    ("part", "ours", "met"),
    [
        ("digital", 3.0, "met"),
        ("digital", 3.1, "not met"),
        ("scanned", 3.7, "met"),
        ("scanned", 3.8, "not met"),
    ],
)
def test_the_page_says_whether_the_target_is_met(part: str, ours: float, met: str) -> None:
    text = page([comparison(part, ours)], repeat=3, most=12, day=date(2026, 1, 5))
    assert f": {met}.\n" in text


def test_the_page_shows_both_and_the_ratio() -> None:
    text = page([comparison()], repeat=3, most=12, day=date(2026, 1, 5))
    assert "| digital, 4 files, 10 pages | plain pdfplumber | 2.50 | 0.50 | 200 | 50 MiB | 40 MiB |" in text
    assert "|  | pakta | 3.00 | 1.00 | 200 | 150 MiB | 160 MiB |" in text
    assert "| | ratio | **1.20** | | **1.00** | 3.00 | 4.00 |" in text
    assert "2026-01-05" in text


def test_a_folder_is_compared_in_turns(folder: Path) -> None:
    told: list[str] = []
    found = {one.part: one for one in compared(folder, 0, 1, told.append)}
    assert list(found) == ["digital"]  # no page of the scan was wanted
    assert len(told) == 2
    assert found["digital"].peer.whole.cpu > 0
    assert found["digital"].ours.whole.cpu > found["digital"].peer.whole.cpu


# ---------------------------------------------------------------- accuracy

SCORES = {
    "doc type accuracy": {
        "all": {"rate": 0.9, "n": 3},
        "digital": {"rate": 1.0, "n": 2},
        "scan": {"rate": 0.5, "n": 1},
    },
    "indicator row F1 (text+target)": {"digital": {"precision": 1.0, "recall": 0.5, "f1": 0.66667, "n": 8}},
    "place": {"digital": {"rate": 0.1, "n": 2}},
}


def test_rates_and_f1_become_figures_and_the_rest_stays_out() -> None:
    found = accuracy.figures(SCORES)
    assert found["type"] == {"digital": {"value": 1.0, "n": 2}, "scan": {"value": 0.5, "n": 1}}
    assert found["indicators"] == {"digital": {"value": 0.6667, "n": 8}}
    assert [name for name, by in found.items() if by] == ["type", "indicators"]


ENGLISH = (
    "| the 3 samples with a truth | digital | scanned |",
    "| Type of document | 100.0 % (2) | 50.0 % (1) |",
)
INDONESIAN = (
    "| 3 contoh yang isinya diketahui | digital | pindaian |",
    "| Jenis dokumen | 100,0 % (2) | 50,0 % (1) |",
)


@pytest.mark.parametrize(("language", "lines"), [("en", ENGLISH), ("id", INDONESIAN)])
def test_the_table_speaks_both_languages(language: str, lines: tuple[str, str]) -> None:
    known = {"corpora": {"samples": {"files": 3, "measures": accuracy.figures(SCORES)}}}
    head, row = lines
    found = accuracy.table(language, known).splitlines()
    assert found[0] == head
    assert row in found


def test_a_third_language_is_refused() -> None:
    with pytest.raises(KeyError):
        accuracy.table("nl")


def test_what_was_measured_is_whole() -> None:
    known = json.loads(accuracy.RESULT.read_text(encoding="utf-8"))
    assert list(known["corpora"]) == ["devset", "samples"]
    names = [one.name for one in accuracy.WORDS.measures]
    for corpus in known["corpora"].values():
        assert list(corpus["measures"]) == names
        assert all(
            0 <= f["value"] <= 1 and f["n"] > 0 for by in corpus["measures"].values() for f in by.values()
        )
        assert {"digital", "scan"} <= {source for by in corpus["measures"].values() for source in by}


# ---------------------------------------------------------------- scans


def test_a_reader_of_scans_is_shown_beside_the_bare_engine() -> None:
    bare = scans.Line("bare", Cost(10.0, 600 * MIB, 700 * MIB), Cost(2.0, 0, 0), 4)
    ours = scans.Line("ours", Cost(13.0, 500 * MIB, 800 * MIB), Cost(5.0, 0, 0), 4)
    assert bare.text(bare) == "| bare | 10.0 | 1.00 | 2000 | 600 MiB | 700 MiB |"
    assert ours.text(bare) == "| ours | 13.0 | 1.30 | 2000 | 500 MiB | 800 MiB |"
