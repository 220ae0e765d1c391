"""Indonesian dates, whole and in parts."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.values import DateParts, date_parts, day, year
from tests.shipped import WORDS

NAMES = [month[0].title() for month in WORDS.months.names]


@pytest.mark.parametrize(
    ("raw", "printed"),
    [
        ("30 Januari 2026", date(2026, 1, 30)),
        ("Palembang, 30 Januari 2026", date(2026, 1, 30)),
        ("2 Januari2026", date(2026, 1, 2)),
        ("2Januari 2026", date(2026, 1, 2)),
        ("30 JANUARI 2026", date(2026, 1, 30)),
        ("30  J A N U A R I  2026", date(2026, 1, 30)),
        ("Ditetapkan di Palembang pada tanggal 5 Januari 2026", date(2026, 1, 5)),
        ("Tanggal : 5 Januari Tahun 2026", date(2026, 1, 5)),
        ("..... 30 ..... Januari ..... 2026", date(2026, 1, 30)),
        ("tanggal dua puluh lima bulan Januari tahun dua ribu dua puluh enam", date(2026, 1, 25)),
        (
            "Jumat, tanggal Tiga Puluh bulan Januari tahun Dua Ribu Dua Puluh Enam (30-01-2026)",
            date(2026, 1, 30),
        ),
        ("30 (tiga puluh) Januari 2026", date(2026, 1, 30)),
        ("02-01-2026", date(2026, 1, 2)),
        ("2/1/2026", date(2026, 1, 2)),
        ("2.1.2026", date(2026, 1, 2)),
        ("2-1-26", date(2026, 1, 2)),
        ("2026-01-30", date(2026, 1, 30)),
        ("5 Pebruari 2026", date(2026, 2, 5)),
        ("30 Nopember 2026", date(2026, 11, 30)),
        ("15 Ags 2025", date(2025, 8, 15)),
        ("30 January 2026", date(2026, 1, 30)),
        ("January 30, 2026", date(2026, 1, 30)),
        ("29 Februari 2024", date(2024, 2, 29)),
        ("17 Agustus 2O24", date(2024, 8, 17)),
        ("l7 Agustus 2024", date(2024, 8, 17)),
        ("3O April 2025", date(2025, 4, 30)),
        ("Telagabiru, 2 6Januari 2026", date(2026, 1, 26)),
        ("30 Januarl 2026", date(2026, 1, 30)),
        ("30 Jan uari 2026", date(2026, 1, 30)),
        ("30 Januari 2 0 2 6", date(2026, 1, 30)),
        ("15 Desernber 2025", date(2025, 12, 15)),
        ("2 Junl 2026", date(2026, 6, 2)),
        ("30 Januari 2026 pukul 10.00 WIB", date(2026, 1, 30)),
    ],
)
def test_a_whole_date_is_read(raw: str, printed: date) -> None:
    assert day(raw, words=WORDS) == printed


@pytest.mark.parametrize(
    ("raw", "parts"),
    [
        ("", DateParts()),
        (".........................", DateParts()),
        ("Palembang,", DateParts()),
        ("Palembang,      Januari 2026", DateParts(None, 1, 2026)),
        ("Palembang, ....... Januari 2026", DateParts(None, 1, 2026)),
        ("Palembang, ___ Januari 2026", DateParts(None, 1, 2026)),
        ("Palembang, … Januari 2026", DateParts(None, 1, 2026)),
        ("Palembang, .......... 2026", DateParts(None, None, 2026)),
        ("30 Januari", DateParts(30, 1, None)),
        ("30 Januari 20...", DateParts(30, 1, None)),
        ("30 Januari 202", DateParts(30, 1, None)),
        ("30 Januari 0026", DateParts(30, 1, None)),
        ("Januari", DateParts(None, 1, None)),
        ("2026", DateParts(None, None, 2026)),
        ("31 Februari 2026", DateParts(31, 2, 2026)),
        ("29 Februari 2025", DateParts(29, 2, 2025)),
        ("32 Januari 2026", DateParts(None, 1, 2026)),
        ("0 Januari 2026", DateParts(None, 1, 2026)),
        ("01/30/2026", DateParts(1, None, 2026)),
        ("1 s.d. 31 Januari 2026", DateParts(None, 1, 2026)),
        ("1 - 31 Januari 2026", DateParts(None, 1, 2026)),
        ("1 dan 2 Januari 2026", DateParts(None, 1, 2026)),
        ("1 Januari s.d. 31 Desember 2026", DateParts(None, None, 2026)),
        ("30 Januari 2026 dan 2 Februari 2026", DateParts(None, None, 2026)),
        ("30 Januari 2025 (30-01-2026)", DateParts(30, 1, None)),
        ("Nomor 12/II/2026", DateParts(None, None, 2026)),
        ("Nomor 800/12/01/2026/XI", DateParts(None, None, 2026)),
        ("Jumlah 8.412.906", DateParts()),
        ("30 Junuli 2026", DateParts(None, None, 2026)),
        ("19720817 199703 1 004", DateParts()),
    ],
)
def test_a_date_with_a_part_missing_or_impossible_is_none(raw: str, parts: DateParts) -> None:
    assert date_parts(raw, words=WORDS) == parts
    assert day(raw, words=WORDS) is None


@pytest.mark.parametrize(
    ("raw", "printed"),
    [
        ("2026", 2026),
        ("TAHUN 2026", 2026),
        ("TA. 2026", 2026),
        ("T.A.2026", 2026),
        ("TAHUN ANGGARAN 2O26", 2026),
        ("Perjanjian Kinerja Tahun 2026 (Perubahan 2026)", 2026),
        ("2 0 2 6", 2026),
        ("31.12.2026", 2026),
        ("1990", 1990),
        ("2100", 2100),
    ],
)
def test_a_year_is_read(raw: str, printed: int) -> None:
    assert year(raw) == printed


@pytest.mark.parametrize(
    "raw",
    [
        "",
        "TAHUN",
        "TAHUN ....",
        "TAHUN 20...",
        "2025/2026",
        "2025-2026",
        "1989",
        "2101",
        "20265",
        "12026",
        "197208171997031004",
        "2.026",
        "2026.500",
        "Rp 2.026.000",
        "202",
        "2 0 2",
        "dua ribu dua puluh enam",
    ],
)
def test_no_year_or_two_years_are_none(raw: str) -> None:
    assert year(raw) is None


def in_words(number: int) -> str:
    """A number below ten thousand in Indonesian words."""
    ones = [
        "-",
        "satu",
        "dua",
        "tiga",
        "empat",
        "lima",
        "enam",
        "tujuh",
        "delapan",
        "sembilan",
        "sepuluh",
        "sebelas",
    ]
    if number < 12:
        return ones[number]
    for size, name in ((1000, "ribu"), (100, "ratus"), (20, ""), (12, "belas")):
        if number >= size and name:
            above, rest = (number - 10, 0) if size == 12 else divmod(number, size)
            return f"{in_words(above)} {name} {in_words(rest) if rest else ''}".replace(
                "satu r", "ser"
            ).strip()
        if number >= size:
            return f"{ones[number // 10]} puluh {ones[number % 10] if number % 10 else ''}".strip()
    raise ValueError(number)


@given(st.dates(date(1990, 1, 1), date(2099, 12, 31)))
def test_every_printed_date_is_read_back(printed: date) -> None:
    name = NAMES[printed.month - 1]
    for raw in (
        f"{printed.day} {name} {printed.year}",
        f"Kota, {printed.day:02}  {name.upper()}{printed.year}",
        f"{printed:%d-%m-%Y}",
        f"{printed:%d/%m/%Y}",
        f"tanggal {in_words(printed.day)} bulan {name} tahun {in_words(printed.year)}",
    ):
        assert day(raw, words=WORDS) == printed, raw


@given(
    st.dates(date(1990, 1, 1), date(2099, 12, 31)),
    st.sampled_from(["......", "____", "  ", "…", " : ", " . . . . "]),
)
def test_a_day_never_filled_in_is_never_found(printed: date, blank: str) -> None:
    raw = f"Palembang,{blank} {NAMES[printed.month - 1]} {printed.year}"
    assert date_parts(raw, words=WORDS) == DateParts(None, printed.month, printed.year)


@given(st.text(), st.text("0123456789lO/-. JanuriMetsbD"))
def test_any_text_has_an_answer(raw: str, alike: str) -> None:
    for each in (raw, alike):
        assert year(each) in (None, *range(1990, 2101))
        assert date_parts(each, words=WORDS).month in (None, *range(1, 13))
        assert day(each, words=WORDS) is None or 1900 <= (day(each, words=WORDS) or date.min).year <= 2100
