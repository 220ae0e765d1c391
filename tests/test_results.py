"""Reported results are read row by row or quarter by quarter, and held against what was signed."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from pipeline.audit.results import ResultRow, read_results
from pipeline.cli.root import run
from pipeline.errors import InputError
from pipeline.rules import load
from pipeline.run.settings import result_rule

SAMPLES = Path(__file__).parents[1] / "samples"
WORDS = load().words
LONG = "Tahun;Triwulan;OPD;Indikator Kinerja;Satuan;Target;Realisasi\n"
WIDE = "Tahun;OPD;Indikator Kinerja;Target;TW I;TW II;Realisasi TW III;Triwulan IV;Ket\n"


def rows(folder: Path, text: str) -> tuple[ResultRow, ...]:
    (folder / "hasil.csv").write_text(text, encoding="utf-8")
    return read_results(folder / "hasil.csv", WORDS, result_rule(None)).rows


def test_a_row_a_quarter_and_a_year_at_its_end(tmp_path: Path) -> None:
    text = LONG + "2026;Triwulan II;Dinas Contoh;Nilai SAKIP;Nilai;82,5;80,1\n2026;;;Opini BPK;;WTP;WTP\n"
    assert rows(tmp_path, text) == (
        ResultRow(2026, 2, "Dinas Contoh", "Nilai SAKIP", "82,5", "80,1", 80.1),
        ResultRow(2026, 4, None, "Opini BPK", "WTP", "WTP", None),
    )


def test_a_column_a_quarter_and_what_is_not_reported_yet_is_left_out(tmp_path: Path) -> None:
    found = rows(tmp_path, WIDE + "2026;Dinas Contoh;Panjang jalan;36,4 km;8,4;17,9;;;\n")
    assert [(row.quarter, row.value) for row in found] == [(1, 8.4), (2, 17.9)]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("2026;V;;A;;1;1\n", "triwulan 'V'"),
        ("duaribu;I;;A;;1;1\n", "duaribu"),
        ("2026;I;;A;;1;\n", "tidak ada realisasi"),
    ],
)
def test_a_quarter_or_year_that_is_none_is_refused(tmp_path: Path, text: str, told: str) -> None:
    with pytest.raises(InputError, match=told):
        rows(tmp_path, LONG + text)


def test_results_loaded_again_replace_those_of_their_quarter(tmp_path: Path) -> None:
    db = tmp_path / "x.db"
    for text in (
        "2026;I;Dinas Contoh;A;;1;1\n2026;II;Dinas Contoh;A;;1;2\n",
        "2026;II;Dinas Contoh;A;;1;3\n",
    ):
        (tmp_path / "hasil.csv").write_text(LONG + text, encoding="utf-8")
        assert run(["result", "load", str(tmp_path / "hasil.csv"), "--db", str(db)]) == 0
    with closing(sqlite3.connect(db)) as connection:
        kept = connection.execute("SELECT quarter, result FROM results ORDER BY quarter").fetchall()
    assert kept == [(1, "1"), (2, "3")]


def test_the_samples_are_measured_once_against_another_target(tmp_path: Path) -> None:
    """Of the signed copy of one agreement, as it is read."""
    folder, db = tmp_path / "in", tmp_path / "x.db"
    folder.mkdir()
    signed = SAMPLES / "documents" / "Dinas PUPR" / "PK Kepala Dinas PUPR 2026.pdf"
    (folder / signed.name).write_bytes(signed.read_bytes())
    registry = str(SAMPLES / "registry.csv")
    assert run(["ingest", str(folder), "--registry", registry, "--db", str(db), "--jobs", "1"]) in {0, 1}
    assert run(["result", "load", str(SAMPLES / "results.csv"), "--db", str(db)]) == 1
    with closing(sqlite3.connect(db)) as connection:
        found = connection.execute(
            "SELECT message FROM findings WHERE check_id = 'target-changed-after-signing'"
        ).fetchall()
    assert len(found) == 1
    assert "Jumlah jembatan yang direhabilitasi" in found[0][0]
