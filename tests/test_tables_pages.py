"""Tables that run over pages."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from reportlab.platypus import PageBreak, Table

from pipeline.reading.tables import Tables
from tests.ruled import (
    BARE,
    GRID,
    HEAD,
    MONEY,
    PURSE,
    WIDE,
    Command,
    Rows,
    across,
    meant,
    money,
    promises,
    read,
    ruled,
)

LONG = [HEAD, *([str(n), f"Sasaran ke {n}", f"Indikator ke {n}", str(n)] for n in range(1, 61))]


@pytest.mark.parametrize("repeat", [0, 1])
def test_a_table_over_pages_is_one_table(repeat: int) -> None:
    table = Table(LONG, WIDE, style=[GRID], repeatRows=repeat)
    said = read(table)
    assert [meant(i.number) for i in said.indicators] == [str(n) for n in range(1, 61)]
    assert {i.page for i in said.indicators} == {1, 2}


def parts(first: Rows, second: Rows, widths: Sequence[float] = WIDE, *style: Command) -> Tables:
    """Two pages of one table; the second has no head."""
    return read(ruled(first, widths, *style), PageBreak(), ruled(second, widths, *style))


def test_a_row_cut_by_the_end_of_a_page_is_one_row() -> None:
    said = parts(
        [HEAD, ["1", "Mutu layanan", "Nilai rata-rata dari", "85"]],
        [["", "makin naik", "semua layanan", ""], ["2", "Tertib", "Laporan", "12"]],
    )
    assert promises(said) == [
        ("Mutu layanan makin naik", "Nilai rata-rata dari semua layanan", "85"),
        ("Tertib", "Laporan", "12"),
    ]


def test_an_objective_that_goes_on_over_the_page_is_whole_on_both() -> None:
    said = parts([HEAD, ["1", "Mutu layanan", "Nilai", "85"]], [["", "makin naik", "Aduan", "3"]])
    assert promises(said) == [
        ("Mutu layanan makin naik", "Nilai", "85"),
        ("Mutu layanan makin naik", "Aduan", "3"),
    ]


def test_the_target_may_stand_in_the_second_half_of_a_row() -> None:
    said = parts(
        [HEAD, ["1", "Mutu", "Nilai rata-rata", ""]],
        [["", "", "dari layanan", "85"], ["2", "Tertib", "Laporan", "12"]],
    )
    assert promises(said) == [("Mutu", "Nilai rata-rata dari layanan", "85"), ("Tertib", "Laporan", "12")]


def test_a_new_row_on_a_new_page_stays_a_row() -> None:
    said = parts(
        [HEAD, ["1", "Mutu", "Nilai", "85"]], [["", "", "Aduan", "3"], ["2", "Tertib", "Laporan", "12"]]
    )
    assert promises(said) == [("Mutu", "Nilai", "85"), ("Mutu", "Aduan", "3"), ("Tertib", "Laporan", "12")]


def test_a_budget_cut_by_the_end_of_a_page_is_one() -> None:
    said = parts(
        [MONEY, ["1", "Program Pemeliharaan", "100.000", "APBD"]], [["", "Jalan Desa", "", ""]], PURSE
    )
    assert money(said) == [("program", "Program Pemeliharaan Jalan Desa", 100000)]


def test_a_budget_close_under_a_wider_table_goes_on_over_the_page() -> None:
    wide = [[*HEAD, "Penanggung Jawab"], ["1", "Mutu", "Nilai", "85", "Sekretaris"]]
    narrow = [["Program", "Pagu (Rp)"], ["Program Jalan", "100.000"]]
    rows = [*wide, *([name, "", "", amount, ""] for name, amount in narrow)]
    spans = [across((0, n), (2, n)) for n in (2, 3)]
    lines = [("GRID", (0, 0), (-1, 1), 0.6, "black"), ("GRID", (0, 2), (3, 3), 0.6, "black")]
    rest = [["Program Air", "200.000"], ["TOTAL", "300.000"]]
    said = read(
        ruled(rows, [30, 100, 110, 70, 90], *lines, *spans),
        PageBreak(),
        Table(rest, [240, 70], style=[GRID], hAlign="LEFT"),
    )
    assert money(said) == [("program", "Program Jalan", 100000), ("program", "Program Air", 200000)]
    assert meant(said.total) == 300000


def test_a_table_of_other_columns_on_the_next_page_does_not_go_on() -> None:
    said = read(
        ruled([HEAD, ["1", "Mutu", "Nilai", "85"]], WIDE),
        PageBreak(),
        ruled([["3", "Nama", "Lima", "7", "8", "9"]], [40, 60, 60, 60, 100, 120]),
    )
    assert len(said.indicators) == 1


def test_signatures_in_a_frame_on_the_next_page_are_no_budgets() -> None:
    said = read(
        ruled([["Program", "Anggaran"], ["Program A", "100.000"]], [220, 220]),
        PageBreak(),
        ruled([["Pihak Kedua", "Pihak Pertama"], ["Budi Sentosa", "Rina Amalia"]], [220, 220]),
    )
    assert money(said) == [("program", "Program A", 100000)]


def test_a_head_alone_at_the_foot_of_a_page_is_the_head_of_the_next() -> None:
    assert promises(parts([HEAD], [["1", "Mutu", "Nilai", "85"]])) == [("Mutu", "Nilai", "85")]


def test_a_table_ends_and_another_begins_within_the_same_lines_on_the_next_page() -> None:
    second = [
        ["2", "Tertib", "Laporan", "12"],
        ["No", "Program", "Anggaran", "Ket"],
        ["1", "Program A", "100.000", "APBD"],
    ]
    said = parts([HEAD, ["1", "Mutu", "Nilai", "85"]], second)
    assert (len(said.indicators), money(said)) == (2, [("program", "Program A", 100000)])


def test_money_without_lines_goes_on_over_the_page() -> None:
    first = [
        MONEY,
        ["1", "Program Jalan", "100.000.000", "APBD"],
        ["2", "Program Jembatan", "200.000.000", "APBD"],
    ]
    said = parts(
        first, [["3", "Program Taman", "300.000.000", "APBD"], ["", "JUMLAH", "600.000.000", ""]], PURSE, BARE
    )
    assert [name for _, name, _ in money(said)] == ["Program Jalan", "Program Jembatan", "Program Taman"]
    assert meant(said.total) == 600000000


def test_a_table_of_results_stays_another_on_its_next_page() -> None:
    head = [*HEAD, "Realisasi"]
    said = parts(
        [head, ["1", "Mutu", "Nilai", "85", "80"]], [["2", "Tertib", "Laporan", "12", "11"]], [*WIDE, 60]
    )
    assert said.indicators == ()
