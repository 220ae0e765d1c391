"""Targets of indicators, and their units."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.values import Target, measure, target
from tests.shipped import WORDS


@pytest.mark.parametrize(
    ("raw", "value", "unit"),
    [
        ("100", 100, None),
        ("100 %", 100, "%"),
        ("100%", 100, "%"),
        ("100,00 Persen", 100, "%"),
        ("95 persen dari total", 95, "%"),
        ("100 % (12 dokumen)", 100, "%"),
        ("10 %/tahun", 10, "%"),
        ("87.%", 87, "%"),
        ("90 号", 90, "%"),
        ("85,5", 85.5, None),
        ("78.5", 78.5, None),
        ("1.384", 1384, None),
        ("-0,5", -0.5, None),
        ("± 100", 100, None),
        ("0", 0, None),
        ("0,9 Angka", 0.9, "Angka"),
        ("12 dokumen", 12, "Dokumen"),
        ("12 DOK.", 12, "Dokumen"),
        ("12 (dua belas) bulan", 12, "Bulan"),
        ("3.000 Orang/bulan", 3000, "Orang/Bulan"),
        ("1.234 m2", 1234, "m²"),
        ("10Orang", 10, "Orang"),
        ("10l", 10, "Liter"),
        ("1OO %", 100, "%"),
        ("5 tangkai", 5, "tangkai"),
        ("24 per 1.000 KH", 24, "per 1.000 KH"),
        ("1,9 Jam/100 Km", 1.9, "Jam/100 Km"),
        ("10 kasus/1.000 penduduk", 10, "kasus/1.000 penduduk"),
        ("Level 3", 3, "Level"),
        ("Nilai : 85,5", 85.5, "Nilai"),
        ("1:1000", 0.001, "Rasio"),
        ("1 : 1.000", 0.001, "Rasio"),
        ("3,5 (skala 5)", 3.5, None),
    ],
)
def test_a_number_is_read_with_its_unit(raw: str, value: float, unit: str | None) -> None:
    assert target(raw, words=WORDS) == Target("number", value, unit)


@pytest.mark.parametrize(
    ("raw", "value", "direction"),
    [
        ("< 5 %", 5, "<"),
        ("≤ 3,1", 3.1, "<="),
        ("=< 3", 3, "<="),
        ("≥90", 90, ">="),
        ("> = 90", 90, ">="),
        ("> 90", 90, ">"),
        ("= 90", 90, "="),
        ("minimal 90 %", 90, ">="),
        ("Min. 90", 90, ">="),
        ("90 % ke atas", 90, ">="),
        ("maks. 3 hari", 3, "<="),
        ("paling lama 3 hari", 3, "<="),
        ("s.d. 90", 90, "<="),
        ("lebih dari 75", 75, ">"),
        ("kurang dari 75", 75, "<"),
    ],
)
def test_a_number_binds_in_a_direction(raw: str, value: float, direction: str) -> None:
    found = target(raw, words=WORDS)
    assert (found.kind, found.value, found.direction) == ("number", value, direction)


@pytest.mark.parametrize(
    ("raw", "low", "high", "unit"),
    [
        ("85-90", 85, 90, None),
        ("80 – 90 %", 80, 90, "%"),
        ("85% - 90%", 85, 90, "%"),
        ("80 s.d. 90", 80, 90, None),
        ("80 s/d 90 persen", 80, 90, "%"),
        ("3,5 sampai dengan 4,0", 3.5, 4.0, None),
        ("5-10 menit", 5, 10, "Menit"),
        ("90-85", 85, 90, None),
    ],
)
def test_a_range_has_two_ends_and_no_value(raw: str, low: float, high: float, unit: str | None) -> None:
    assert target(raw, words=WORDS) == Target("number", None, unit, "range", low, high)


@pytest.mark.parametrize(
    ("raw", "grade", "value"),
    [
        ("A", "A", None),
        ("BB", "BB", None),
        ("BB (75)", "BB", 75),
        ("BB/75", "BB", 75),
        ("75 (BB)", "BB", 75),
        ("≥ 80,01 (A)", "A", 80.01),
        ("Predikat A", "A", None),
        ("Nilai B+", "B+", None),
        ("A (Sangat Baik)", "A", None),
        ("SANGAT BAIK", "Sangat Baik", None),
        ("WTP", "WTP", None),
        ("Opini WTP", "WTP", None),
        ("wajar tanpa pengecualian", "Wajar Tanpa Pengecualian", None),
        ("A Predikat", "A", None),
        ("Sangat Baik Predikat", "Sangat Baik", None),
    ],
)
def test_a_grade_is_read_with_its_score(raw: str, grade: str, value: float | None) -> None:
    found = target(raw, words=WORDS)
    assert (found.kind, found.grade, found.value) == ("grade", grade, value)


@pytest.mark.parametrize(
    ("raw", "unit", "value"),
    [
        ("Rp 1.250.000.000,00", None, 1_250_000_000),
        ("Rp. 2,5 Milyar", None, 2_500_000_000),
        ("≥ Rp 1.000.000", None, 1_000_000),
        ("365.000.000", "Rupiah", 365_000_000),
        ("365.000.000", "(Rp)", 365_000_000),
    ],
)
def test_money_is_whole_rupiah(raw: str, unit: str | None, value: float) -> None:
    found = target(raw, unit, words=WORDS)
    assert (found.kind, found.value, found.unit) == ("money", value, "Rupiah")


@pytest.mark.parametrize(
    ("raw", "kind"),
    [
        ("", "missing"),
        ("   ", "missing"),
        ("......", "missing"),
        ("____", "missing"),
        ("…", "missing"),
        ("Rp.", "missing"),
        ("Rp. ..........", "missing"),
        ("-", "placeholder"),
        ("–", "placeholder"),
        ("Rp -", "placeholder"),
        ("N/A", "placeholder"),
        ("n.a.", "placeholder"),
        ("Tidak ada data", "placeholder"),
        ("Belum ditetapkan", "placeholder"),
        ("#N/A", "placeholder"),
        ("31 Desember 2026", "date"),
        ("Desember 2026", "date"),
        ("Juli", "date"),
        ("paling lambat 31 Maret 2026", "date"),
        ("tepat waktu", "text"),
        ("Terlaksananya kegiatan sesuai jadwal", "text"),
        ("Target tercapai 100%", "text"),
        ("3 dokumen dan 2 laporan", "text"),
        ("1 Dokumen, 2 Laporan", "text"),
        ("A/B", "text"),
        ("b", "text"),
        ("- 0,5", "text"),
        ("TW I", "text"),
        ("Rp 1.00.000", "text"),
        ("1.25.000", "text"),
    ],
)
def test_a_target_without_one_clear_number_has_none(raw: str, kind: str) -> None:
    found = target(raw, words=WORDS)
    assert (found.kind, found.value, found.low, found.high) == (kind, None, None, None)


@pytest.mark.parametrize(
    ("raw", "column", "unit"),
    [
        ("85,5", "Nilai", "Nilai"),
        ("12", "DOKUMEN", "Dokumen"),
        ("100", "( % )", "%"),
        ("100 %", "Angka", "%"),
        ("12", "-", None),
        ("12", "....", None),
        ("12", "", None),
        ("", "Dokumen", "Dokumen"),
        ("A", "Predikat", "Predikat"),
        ("tepat waktu", "Laporan", "Laporan"),
    ],
)
def test_the_unit_of_the_column_stands_in_where_none_is_printed(
    raw: str, column: str, unit: str | None
) -> None:
    assert target(raw, column, words=WORDS).unit == unit


@pytest.mark.parametrize(
    ("raw", "unit"),
    [
        ("persen", "%"),
        ("Prosentase", "%"),
        ("Persen (%)", "%"),
        ("(Dokumen)", "Dokumen"),
        ("m2", "m²"),
        ("ORG", "Orang"),
        ("Per 1.000 KH", "Per 1.000 KH"),
        ("tangkai bunga", "tangkai bunga"),
        ("", None),
        ("-", None),
        ("_____", None),
        ("n/a", None),
    ],
)
def test_a_unit_is_spelt_as_in_the_list(raw: str, unit: str | None) -> None:
    assert measure(raw, words=WORDS) == unit


@given(
    st.integers(0, 10**9),
    st.integers(0, 99),
    st.sampled_from(["", " %", " dokumen", " per 1.000 KH", " (seratus)"]),
)
def test_every_printed_number_is_read_back(whole: int, cents: int, tail: str) -> None:
    raw = f"{whole:,}".replace(",", ".") + f",{cents:02}" + tail
    assert target(raw, words=WORDS).value == pytest.approx(whole + cents / 100)


@given(st.text(), st.text("0123456789.,-<≥%RpABs/d: ()"), st.text(max_size=8))
def test_any_text_has_an_answer(raw: str, alike: str, unit: str) -> None:
    for each in (raw, alike):
        found = target(each, unit, words=WORDS)
        assert (found.direction == "range") == (found.low is not None) == (found.high is not None)
        assert found.kind in ("number", "grade", "money") or found.value is None
