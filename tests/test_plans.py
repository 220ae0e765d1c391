"""A plan is read row by row, and refused where a number is none."""

from pathlib import Path

import pytest

from pipeline.audit.plans import PlanRow, read_plans
from pipeline.errors import InputError
from pipeline.rules import load
from pipeline.run.settings import plan_rule

WORDS = load().words
HEAD = "Tahun;OPD;Jenis;Sasaran;Indikator Kinerja;Satuan;Target;Pagu (Rp);Sumber;Warna\n"


def rows(folder: Path, text: str) -> tuple[PlanRow, ...]:
    (folder / "plan.csv").write_text(HEAD + text, encoding="utf-8")
    return read_plans(folder / "plan.csv", WORDS, plan_rule(None)).rows


def test_indicators_and_budgets_are_told_apart(tmp_path: Path) -> None:
    found = rows(
        tmp_path,
        "2026;Dinas Contoh;IKU;Mutu naik;Nilai SAKIP;Nilai;82,5;;Renstra;\n"
        "2026;Dinas Contoh;Sub Kegiatan;;Rapat koordinasi;;;1.250.000;DPA;\n"
        "2026;Dinas Contoh;;;Program penunjang;;;Rp 9.000,-;;\n",
    )
    assert found == (
        PlanRow(
            2026, "Dinas Contoh", "indicator", "Mutu naik", "Nilai SAKIP", "82,5", "Nilai", None, "Renstra"
        ),
        PlanRow(2026, "Dinas Contoh", "budget", None, "Rapat koordinasi", None, None, 1_250_000, "DPA"),
        PlanRow(2026, "Dinas Contoh", "budget", None, "Program penunjang", None, None, 9_000, None),
    )


def test_an_objective_is_carried_down(tmp_path: Path) -> None:
    found = rows(tmp_path, ";;;Mutu naik;A;;1;;;\n;;;;B;;2;;;\n;;;Lain;C;;3;;;\n;;;;;;;;;merah\n")
    assert [(row.objective, row.measure) for row in found] == [
        ("Mutu naik", "A"),
        ("Mutu naik", "B"),
        ("Lain", "C"),
    ]


def test_headings_that_nobody_knows_are_named(tmp_path: Path) -> None:
    (tmp_path / "plan.csv").write_text(HEAD + ";;;;A;;1;;;merah\n", encoding="utf-8")
    assert "Warna" in read_plans(tmp_path / "plan.csv", WORDS, plan_rule(None)).unread


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("duaribu;;;;A;;1;;;\n", "duaribu"),
        ("2026;;;;A;;;banyak;;\n", "banyak"),
        ("2026;;;;;;;;;\n", "tidak ada baris"),
    ],
)
def test_a_number_that_is_none_is_refused(tmp_path: Path, text: str, told: str) -> None:
    with pytest.raises(InputError, match=told):
        rows(tmp_path, text)


def test_a_spreadsheet_of_something_else_is_refused(tmp_path: Path) -> None:
    (tmp_path / "plan.csv").write_text("warna;ukuran\nmerah;5\n", encoding="utf-8")
    with pytest.raises(InputError, match="kolom"):
        read_plans(tmp_path / "plan.csv", WORDS, plan_rule(None))


def test_the_day_of_the_budget_document_is_read_and_a_day_that_is_none_refused(tmp_path: Path) -> None:
    path = tmp_path / "dpa.csv"
    text = "tahun,unit,program,anggaran,tanggal dpa\n2026,Dinas Sosial,Program A,100,{}\n"
    path.write_text(text.format("2 Januari 2026"), encoding="utf-8")
    assert [row.approved_on for row in read_plans(path, WORDS, plan_rule(None)).rows] == ["2026-01-02"]
    path.write_text(text.format("awal tahun"), encoding="utf-8")
    with pytest.raises(InputError, match="baris / row 2: 'awal tahun' bukan tanggal"):
        read_plans(path, WORDS, plan_rule(None))
