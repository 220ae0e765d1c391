"""Titles of columns against the shipped rules: which are known, and as what."""

from __future__ import annotations

import pytest

from pipeline.reading.tables import glued, header
from pipeline.reading.tables.grid import filled
from pipeline.reading.tables.title import Title
from pipeline.schema import Box, Word
from tests.ruled import AGREEMENT

INDICATORS, BUDGETS = AGREEMENT.table[:2]
NOWHERE = Box(0, 0, 0, 0)


def titles(*texts: str) -> tuple[Title, ...]:
    """Titles from left to right; `Target|Satuan` stands under another."""
    return tuple(Title((n,), tuple(text.split("|")), NOWHERE) for n, text in enumerate(texts))


@pytest.mark.parametrize(
    ("texts", "fields"),
    [
        (
            ["NO", "SASARAN STRATEGIS/PROGRAM", "INDIKATOR KINERJA (OUTCOME)", "TARGET"],
            "number objective measure target",
        ),
        (["No.", "Tujuan", "Sasaran", "Indikator", "Target 2026"], "number - objective measure target"),
        (["Kinerja Utama", "Ukuran", "Target|Satuan", "Target|2026"], "objective measure unit target"),
        (
            ["Rencana Hasil Kerja", "Aspek", "Indikator Kinerja Individu", "Target"],
            "objective - measure target",
        ),
        (
            ["Sasaran", "Indikator", "Baseline 2025", "Target Akhir RPJMD", "Target 2026"],
            "objective measure - - target",
        ),
        (["Tugas/Fungsi", "Indikator", "Output", "Target"], "objective measure - target"),
        (
            ["Sasaran", "Indikator", "Target|Tw.I", "Target|Tw.II", "Target|Tw.III", "Target|Tw.IV"],
            "objective measure q1 q2 q3 q4",
        ),
        (["Sasaran", "Indikator", "I", "II", "III", "IV", "Target"], "objective measure q1 q2 q3 q4 target"),
        (["Sasaran", "Indikator", "Q1", "Q2", "Q3", "Q4", "Y"], "objective measure q1 q2 q3 q4 target"),
        (
            ["Sasaran", "Indikator", "Triwulan|", "Triwulan|II", "Triwulan|Ill", "Triwulan|IV", "Tahunan"],
            "objective measure q1 q2 q3 q4 target",
        ),
        (["lndikator Klnerja", "Targat"], "measure target"),
        (["No", "Sasaran/Rencana Hasil\nKerja", "Indikator", "Target"], "number objective measure target"),
    ],
)
def test_these_are_tables_of_indicators(texts: list[str], fields: str) -> None:
    found = header.head(titles(*texts), INDICATORS)
    assert found is not None
    by_column = {title.columns[0]: field for field, title in found.titles}
    assert [by_column.get(n, "-") for n in range(len(texts))] == fields.split()


@pytest.mark.parametrize(
    ("texts", "fields"),
    [
        (["No", "Uraian", "Jumlah Anggaran (Rp)"], "number program amount"),
        (
            ["Kode Rekening", "Urusan/Bidang Urusan/Program", "Pagu Indikatif (Rp)", "Ket."],
            "code program amount note",
        ),
        (["No", "Kegiatan", "Sub Kegiatan", "Pagu", "Sumber Dana"], "number program program amount note"),
        (["Program", "Anggaran|Murni", "Anggaran|Perubahan"], "program - amount"),
        (
            ["Program", "Anggaran Sebelum Perubahan", "Anggaran Setelah Perubahan", "Bertambah/(Berkurang)"],
            "program - amount -",
        ),
    ],
)
def test_these_are_tables_of_budgets(texts: list[str], fields: str) -> None:
    found = header.head(titles(*texts), BUDGETS)
    assert found is not None
    by_column = {title.columns[0]: field for field, title in found.titles}
    assert [by_column.get(n, "-") for n in range(len(texts))] == fields.split()


@pytest.mark.parametrize(
    "texts",
    [
        ["No", "Nama", "Jabatan", "Tanda Tangan"],
        ["No", "Sasaran", "Indikator Kinerja"],
        ["No", "Indikator Kinerja", "Rencana Aksi", "Jadwal"],
        ["Target"],
        ["Keberhasilan dan kegagalan pencapaian target kinerja menjadi tanggung jawab kami", "Target"],
        ["1", "2", "3", "4"],
    ],
)
def test_these_are_neither(texts: list[str]) -> None:
    assert not any(header.head(titles(*texts), rule) for rule in AGREEMENT.table)


@pytest.mark.parametrize(
    ("text", "is_refused"),
    [
        ("Realisasi", True),
        ("Realisasi 2025", True),
        ("Reallsasi", True),
        ("% Capaian", True),
        ("Rencana Hasil Kerja", False),
        ("Target Capaian", False),
    ],
)
def test_results_are_refused_and_nothing_else(text: str, is_refused: bool) -> None:
    assert header.refused(titles("No", text), [INDICATORS]) is is_refused


@pytest.mark.parametrize(
    ("texts", "is_refused"),
    [
        (["Indikator", "Capaian 2025", "Target"], False),
        (["Indikator", "Realisasi Tahun 2025", "Target 2026"], False),
        (["Indikator", "Target 2025", "Realisasi 2025"], True),
        (["Indikator", "Target", "Realisasi 2025", "Capaian 2025"], True),
        (["Indikator", "Target", "Capaian"], True),
    ],
)
def test_the_result_of_an_earlier_year_may_stand_beside_a_target(texts: list[str], is_refused: bool) -> None:
    assert header.refused(titles(*texts), AGREEMENT.table) is is_refused


def test_titles_that_no_rule_knows_are_told_and_known_ones_passed_over() -> None:
    found = titles("No", "Sasaran", "Indikator", "Formulasi Pengukuran", "Pohon Rindang", "Target")
    heads = [head for rule in AGREEMENT.table if (head := header.head(found, rule)) is not None]
    assert [t.text for t in header.unknown(found, heads, AGREEMENT.table)] == ["Pohon Rindang"]


@pytest.mark.parametrize(
    ("texts", "numbers"),
    [
        (["1", "2", "3", "4"], True),
        (["(1)", "(2)", "(3)", "(4)", "(5)=(3)/(4)"], True),
        (["(l)", "(2)", "(3)"], True),
        (["1", "Meningkatnya mutu layanan", "Nilai", "85"], False),
        (["12", "3", "7"], False),
        (["1"], False),
    ],
)
def test_a_row_of_rising_numbers_numbers_the_columns(texts: list[str], numbers: bool) -> None:
    assert header.numbers_columns(texts) is numbers


def test_of_targets_for_several_years_that_of_the_agreement_counts() -> None:
    found = titles("Sasaran", "Indikator Kinerja", "Target 2024", "Target 2025", "Target 2026")
    kept = header.of_year(found, "2025")
    assert [t.text for t in kept] == ["Sasaran", "Indikator Kinerja", "Target 2025"]
    assert header.of_year(found, "2030") == header.of_year(found, "") == found


def test_the_year_of_one_column_alone_changes_nothing() -> None:
    found = titles("Indikator Kinerja", "Capaian 2024", "Target 2025")
    assert header.of_year(found, "2025") == found


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        (["INDIKATOR", "", "TARGETSATUAN"], ["INDIKATOR", "TARGET", "SATUAN"]),
        (["INDIKATOR", "TARGETSATUAN", ""], ["INDIKATOR", "TARGET", "SATUAN"]),
        (["INDIKATOR", "TARGET", "SATUAN"], ["INDIKATOR", "TARGET", "SATUAN"]),
        (["INDIKATOR", "", "TARGETNYA"], ["INDIKATOR", "", "TARGETNYA"]),
    ],
)
def test_a_word_that_is_two_titles_is_those_of_two_columns(texts: list[str], expected: list[str]) -> None:
    found = tuple(
        Title((n,), (text,) if text else (), NOWHERE, (Word(text, NOWHERE, 9.0),) if text else ())
        for n, text in enumerate(texts)
    )
    assert [title.text for title in glued.parted(found, AGREEMENT.table)] == expected


@pytest.mark.parametrize(
    ("words", "expected"),
    [  # a streak runs through a head without its borders: titles are parted there, but none in itself
        (["Indikator", "Kinerja", "Target"], ["Indikator Kinerja", "Target"]),
        (["Sasaran", "Indikator", "Target"], ["Sasaran", "Indikator", "Target"]),
    ],
)
def test_a_title_over_several_columns_of_a_scan_stays_whole(words: list[str], expected: list[str]) -> None:
    xs = [50.0 * n for n in range(len(words) + 1)]
    ends = {"Indikator": (5, 47), "Kinerja": (2, 40)}
    said = [
        Word(text, Box(x + a, 5, x + z, 15), 10)
        for x, text in zip(xs, words, strict=False)
        for a, z in [ends.get(text, (8, 38))]
    ]
    grid = filled(1, "ocr", xs, [0, 20], [(0, 0, 1, len(words))], said, ruled=True)
    assert [title.text for title in header.titles(grid, 0, 1, AGREEMENT.table)] == expected


@pytest.mark.parametrize(
    ("texts", "refused", "second"),
    [
        (
            ["Indikator", "Target", *(f"Rencana Aksi (kumulatif)|{b}" for b in ("B03", "B06", "B09", "B12"))],
            False,
            False,
        ),
        (["Indikator", "Target", "Rencana Aksi", "TW I", "TW II", "TW III", "TW IV"], False, True),
        (
            ["Indikator", "Target", "Realisasi|I", "Realisasi|II", "Realisasi|III", "Realisasi|IV"],
            True,
            False,
        ),
    ],
)
def test_what_is_planned_for_each_quarter_may_stand_over_four_columns(
    texts: list[str], refused: bool, second: bool
) -> None:
    found = titles(*texts)
    assert (header.refused(found, AGREEMENT.table), header.is_second(found, AGREEMENT.table)) == (
        refused,
        second,
    )


def test_quarters_whose_numerals_are_lost_are_told_by_their_order() -> None:
    """White letters on a dark ground: a lone "I" is missed, and what stands over the numerals is torn."""
    texts = ["Sasaran", "Indikator", "Target 2025", "", "Target III", "Triwulan III", "IV"]
    found = header.head(titles(*texts), INDICATORS)
    assert found is not None
    by_column = {title.columns[0]: field for field, title in found.titles}
    assert [by_column.get(n) for n in range(2, 7)] == ["target", "q1", "q2", "q3", "q4"]
