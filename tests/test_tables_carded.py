"""Indicators in tables without a head: on cards, and in forms whose titles stand beside the values."""

from __future__ import annotations

import pytest
from reportlab.platypus import Spacer

from tests.ruled import across, money, promises, read, ruled

QUALITY, ORDER = "Meningkatnya mutu layanan", "Terwujudnya tertib arsip"


def test_titles_may_stand_beside_what_they_name() -> None:
    """The title of the indicators is that of the rows under it, too; each has its target behind it."""
    first = [
        ["Sasaran 1", QUALITY, ""],
        ["Indikator", "Indeks kepuasan", "88,5"],
        ["", "Jumlah loket", "4 Unit"],
        ["", "Predikat SAKIP", "A"],
    ]
    second = [["Sasaran 2", ORDER, ""], ["Indikator Kinerja", "Persentase arsip digital", ""]]
    wide = [80, 260, 90]
    said = read(
        ruled(first, wide, across((1, 0), (2, 0))),
        Spacer(1, 8),
        ruled(second, wide, across((1, 0), (2, 0))),
    )
    assert promises(said) == [
        (QUALITY, "Indeks kepuasan", "88,5"),
        (QUALITY, "Jumlah loket", "4 Unit"),
        (QUALITY, "Predikat SAKIP", "A"),
        (ORDER, "Persentase arsip digital", None),  # its target is missing, and so it is told
    ]


def test_titles_may_stand_over_what_they_name_in_the_same_cell() -> None:
    rows = [
        ["1", f"SASARAN\n{QUALITY}\nINDIKATOR KINERJA\nIndeks kepuasan", "TARGET 2025\n88,5"],
        ["2", f"SASARAN\n{QUALITY}\nINDIKATOR KINERJA\nJumlah loket", "TARGET 2025\n4 Unit"],
    ]
    said = read(ruled(rows, [25, 300, 105]))
    assert promises(said) == [(QUALITY, "Indeks kepuasan", "88,5"), (QUALITY, "Jumlah loket", "4 Unit")]


def test_a_form_has_a_row_for_each_title() -> None:
    rows = [
        ["Sasaran", f": {QUALITY}"],
        ["Indikator 1", "Indeks kepuasan"],
        ["Target", "88,5"],
        ["Satuan", "Indeks"],
        ["Indikator 2", "Jumlah loket"],
        ["Target", "4"],
        ["Satuan", "Unit"],
    ]
    said = read(ruled(rows, [110, 320]))
    assert [(i.measure and i.measure.data, i.unit and i.unit.text) for i in said.indicators] == [
        ("Indeks kepuasan", "Indeks"),
        ("Jumlah loket", "Unit"),
    ]
    assert {i.objective and i.objective.data for i in said.indicators} == {QUALITY}


@pytest.mark.parametrize(
    "rows",
    [
        [["Sasaran", QUALITY], ["Indikator", "Indeks kepuasan"], ["Target", "88,5"]],  # one alone
        [["Nama", "Arkana"], ["Jabatan", "Kepala Dinas"]],
        [["Sasaran", QUALITY], ["Sasaran", ORDER], ["Realisasi", "12"]],
    ],
)
def test_other_forms_have_no_indicators(rows: list[list[str]]) -> None:
    assert read(ruled(rows, [110, 320])).indicators == ()


def test_money_without_titles_may_have_its_caption_in_a_row() -> None:
    rows = [["Anggaran", ""], ["Program Jalan", "Rp1.432.619.000"], ["Jumlah", "Rp1.432.619.000"]]
    said = read(ruled(rows, [330, 100], across((0, 0), (1, 0))))
    assert money(said) == [("program", "Program Jalan", 1_432_619_000)]


def test_money_may_stand_behind_a_dash() -> None:
    said = read(ruled([["Anggaran\nProgram Jalan – Rp1.432.619.000\nTotal Rp1.432.619.000"], ["x"]], [430]))
    assert money(said) == [("program", "Program Jalan", 1_432_619_000)]
