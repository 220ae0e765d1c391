"""What the span patterns find on a page, and what they leave alone."""

from __future__ import annotations

import pytest

from pipeline.reading.spans import find, pieces
from tests.drawn import Row, leaves
from tests.shipped import RULES


def found(label: str, *rows: Row) -> list[str]:
    return [span.text for span in leaves(RULES, rows)[0].labelled(label)]


@pytest.mark.parametrize(
    ("word", "parts"),
    [
        ("Telagabiru,", ["Telagabiru", ","]),
        ("Telagabiru,14", ["Telagabiru", ",", "14"]),
        ("2026.", ["2026", "."]),
        ("Januari.", ["Januari", "."]),
        ("Nomor:", ["Nomor", ":"]),
        (":005/12", [":", "005/12"]),
        # kept whole
        ("85,5", ["85,5"]),
        ("1.000,50", ["1.000,50"]),
        ("10:30", ["10:30"]),
        ("S.E.", ["S.E."]),
        ("Kab.", ["Kab."]),
        ("005/12/2026", ["005/12/2026"]),
    ],
)
def test_punctuation_hangs_on_no_word(word: str, parts: list[str]) -> None:
    assert list(pieces(word)) == parts
    assert "".join(pieces(word)) == word


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Telagabiru, 12 Januari 2026", "Telagabiru, 12 Januari 2026"),
        ("TELAGABIRU, 12 JANUARI 2026", "TELAGABIRU, 12 JANUARI 2026"),
        ("Kota Telaga Biru, 2 Mei 2026", "Kota Telaga Biru, 2 Mei 2026"),
        ("Telagabiru,12 Januari 2026", "Telagabiru,12 Januari 2026"),
        ("Telagabiru, tanggal 12 Januari 2026", "Telagabiru, tanggal 12 Januari 2026"),
        ("Telagabiru, 12 Janvari 2026", "Telagabiru, 12 Janvari 2026"),
        ("Telagabiru, l2 Januari 2O26", "Telagabiru, l2 Januari 2O26"),
        ("Telagabiru, 12. Januar 2026", "Telagabiru, 12. Januar 2026"),
        ("Telagabiru, 2. Mei 2026", "Telagabiru, 2. Mei 2026"),
        ("Telagabiru, 12-01-2026", "Telagabiru, 12-01-2026"),
        ("Telagabiru, 12Januari2026", "Telagabiru, 12Januari2026"),
        ("Telagabiru, Januari 2026", "Telagabiru, Januari 2026"),
        ("Telagabiru, ....... Januari 2026", "Telagabiru, ....... Januari 2026"),
        ("Telagabiru, .................. 2026", "Telagabiru, .................. 2026"),
        ("Telagabiru, ......... 20....", "Telagabiru, ......... 20...."),
        ("Telagabiru, 2026", "Telagabiru, 2026"),
        # no place and date
        ("12 Januari 2026", None),
        ("Telagabiru 12 Januari 2026", None),
        ("pada tanggal 12 Januari 2026", None),
        ("Peraturan Nomor 5 Tahun 2026", None),
        ("sebesar 12 Januari 2026", None),
        ("Telagabiru, Senin", None),
        ("S.E., M.M.", None),
    ],
)
def test_a_dateline_is_a_place_and_a_date(text: str, expected: str | None) -> None:
    assert found("dateline", (72, 100, text)) == ([expected] if expected else [])


def test_no_span_runs_over_the_end_of_a_line() -> None:
    assert found("dateline", (72, 100, "Telagabiru,"), (72, 114, "12 Januari 2026")) == []
    assert found("year", (72, 100, "TAHUN"), (72, 114, "2026")) == []


def test_a_span_knows_its_line_and_its_box() -> None:
    page = leaves(RULES, [(72, 100, "Surat"), (72, 120, "Tahun 2026 ini")])[0]
    (span,) = page.labelled("year")
    year = page.lines[1].words
    assert (span.line, span.id) == (1, "tahun")
    assert (span.box.x0, span.box.x1) == (year[0].box.x0, year[1].box.x1)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("TAHUN 2026", ["TAHUN 2026"]),
        ("Tahun Anggaran 2026", ["Tahun Anggaran 2026"]),
        ("TA. 2026", ["TA. 2026"]),
        ("TAHUN : 2026", ["TAHUN : 2026"]),
        ("T.A. 2026", ["T.A. 2026"]),
        ("Thn. 2026", ["Thn. 2026"]),
        ("TAHUN2026", ["TAHUN2026"]),
        ("TAHUN 2O26", ["TAHUN 2O26"]),
        ("Tahun 2026 dan Tahun 2027", ["Tahun 2026", "Tahun 2027"]),
        ("2026", []),
        ("tahun ini", []),
        ("TAHUN 26", []),
        ("TAHUN 3026", []),
    ],
)
def test_a_year_is_said_to_be_one(text: str, expected: list[str]) -> None:
    assert found("year", (72, 100, text)) == expected


@pytest.mark.parametrize(
    ("label", "text", "expected"),
    [
        ("number", "NOMOR : 800/12/PK/2026", ["NOMOR : 800/12/PK/2026"]),
        ("number", "Nomor: 005.1/7", ["Nomor: 005.1/7"]),
        ("number", "Nomor 18 Tahun 2026", []),
        ("number", "Nomor Induk Pegawai", []),
        ("revision", "PERJANJIAN KINERJA PERUBAHAN", ["PERJANJIAN KINERJA PERUBAHAN"]),
        ("revision", "PERUBAHAN PERJANJIAN KINERJA TAHUN 2026", ["PERUBAHAN PERJANJIAN KINERJA"]),
        ("revision", "PERJANJIAN KINERJA", []),
        ("revision", "perubahan iklim", []),
        ("watermark", "DRAFT", ["DRAFT"]),
        ("watermark", "Draft", []),
    ],
)
def test_other_marks(label: str, text: str, expected: list[str]) -> None:
    assert found(label, (72, 100, text)) == expected


def test_an_empty_page_has_no_spans() -> None:
    assert find((), RULES.patterns) == ()


def test_a_phrase_is_a_pattern_too() -> None:
    patterns: tuple[dict[str, object], ...] = ({"label": "cap", "pattern": "cap basah, asli"},)
    page = leaves(RULES, [(72, 100, "dengan cap basah, asli"), (72, 120, "cap kering")])[0]
    assert [span.text for span in find(page.lines, patterns)] == ["cap basah, asli"]


def test_the_year_of_a_law_is_a_citation_also_over_two_lines() -> None:
    rows: list[Row] = [
        (72, 100, "Peraturan Nomor 53"),
        (72, 114, "Tahun 2014 tentang"),
        (72, 128, "Tahun 2026"),
    ]
    assert found("year", *rows) == ["Tahun 2026"]
    assert found("citation", *rows) == ["Nomor 53 Tahun 2014"]
