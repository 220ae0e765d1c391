"""Numbered promises, their themes, and the unit they name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from pipeline.reading.pledges import named_unit, pledges
from pipeline.schema import Box, Pledge
from tests.drawn import Row, block, centred, leaves
from tests.pages import HEAD, identity, numbered
from tests.shipped import RULES, WORDS

PACT = next(rule for rule in RULES.types if rule.id == "pakta_integritas")
SAID = [
    "Tidak akan melakukan praktik korupsi, kolusi dan nepotisme;",
    "Bersikap transparan, jujur, obyektif dan akuntabel dalam tugas;",
    "Menghindari pertentangan kepentingan dalam melaksanakan tugas;",
    "Bersedia menerima sanksi bila melanggar hal-hal tersebut di atas.",
]
BEFORE = [centred(80, "PAKTA INTEGRITAS"), *identity(110, HEAD), (72, 160, "menyatakan bahwa saya:")]
AFTER = [(350, 300, "Telagabiru, 12 Januari 2026"), *block(350, 314, "Yang menyatakan,", "", "", "", HEAD[0])]


def read(*pages: Sequence[Row], areas: dict[int, list[Box]] | None = None) -> list[Pledge]:
    assert PACT.pledges is not None
    return list(pledges(leaves(RULES, *pages), PACT.pledges, WORDS, areas or {}))


def numbers(*pages: Sequence[Row]) -> list[object]:
    return [p.number.data if p.number else None for p in read(*pages)]


def texts(*pages: Sequence[Row]) -> list[object]:
    return [p.text.data if p.text else None for p in read(*pages)]


def listed(marks: str | Sequence[str], said: Sequence[str] = SAID, foot: float = 180) -> list[Row]:
    """The promises behind these marks."""
    return [
        row
        for n, (mark, text) in enumerate(zip(marks, said, strict=False))
        for row in ((72, foot + 16 * n, mark), (94, foot + 16 * n, text))
    ]


@pytest.mark.parametrize(
    "marks",
    [
        ["1.", "2.", "3.", "4."],
        ["1)", "2)", "3)", "4)"],
        ["1-", "2-", "3-", "4-"],
        ["(1)", "(2)", "(3)", "(4)"],
        ["1", "2", "3", "4"],
        ["a.", "b.", "c.", "d."],
        ["a)", "b)", "c)", "d)"],
        ["I.", "II.", "III.", "IV."],
        ["l.", "2.", "3.", "4."],
        ["a.", "b.", "C.", "d."],
        ["A.", "B.", "C.", "D."],
        ["i.", "ii.", "iii.", "iv."],
        ["•", "•", "•", "•"],
        ["-", "-", "-", "-"],
    ],
)
def test_a_list_may_be_numbered_in_many_ways(marks: list[str]) -> None:
    assert numbers([*BEFORE, *listed(marks), *AFTER]) == [1, 2, 3, 4]
    assert texts([*BEFORE, *listed(marks), *AFTER]) == SAID


def test_a_list_may_be_counted_in_words() -> None:
    rows = [
        (72, 180 + 16 * n, f"{word}, {text}")
        for n, (word, text) in enumerate(zip(["Pertama", "Kedua", "Ketiga", "Keempat"], SAID, strict=True))
    ]
    assert texts([*BEFORE, *rows, *AFTER]) == SAID


@pytest.mark.parametrize(
    ("marks", "expected"),
    [
        (["", "2.", "3.", "4."], [1, 2, 3, 4]),
        (["", "", "c.", "d."], [1, 2, 3, 4]),
        (["", "", "", "4."], [1, 2, 3, 4]),
        (["", "", "d.", "e."], []),  # three are lost, two stand there
    ],
)
def test_the_first_of_a_list_whose_numbers_were_not_read_are_counted(
    marks: list[str], expected: list[int]
) -> None:
    assert numbers([row for row in listed(marks) if row[2]]) == expected


def test_an_ordinal_in_a_sentence_over_bullets_begins_no_list() -> None:
    rows = [(72, 150, "Pertama, berjanji akan:"), *listed(["•", "•", "•", "•"])]
    assert (numbers(rows), texts(rows)) == ([1, 2, 3, 4], SAID)


def test_bullets_within_a_numbered_promise_are_no_promises() -> None:
    rows = [*listed(["1.", "2."]), (94, 212, "-"), (106, 212, "suap;"), (94, 228, "•"), (106, 228, "hadiah;")]
    assert numbers([*BEFORE, *rows, *AFTER]) == [1, 2]


def test_a_number_may_be_glued_to_its_text() -> None:
    rows = [(72, 180 + 16 * n, f"{n + 1}.{text}") for n, text in enumerate(SAID)]
    assert texts([*BEFORE, *rows, *AFTER]) == SAID


def test_a_promise_goes_on_over_lines() -> None:
    rows = [
        (72, 180, "1."),
        (94, 180, "Tidak akan melakukan praktik korupsi,"),
        (94, 194, "kolusi dan nepotisme;"),
        (72, 210, "2."),
        (94, 210, "Jujur."),
    ]
    assert texts([*BEFORE, *rows, *AFTER]) == [
        "Tidak akan melakukan praktik korupsi, kolusi dan nepotisme;",
        "Jujur.",
    ]


def test_a_list_goes_on_over_the_page() -> None:
    found = read([*BEFORE, *listed(["1.", "2."])], [*listed(["3.", "4."], SAID[2:], foot=80), *AFTER])
    assert [(p.number.data, p.number.page) for p in found if p.number] == [(1, 1), (2, 1), (3, 2), (4, 2)]


def test_a_page_number_between_two_pages_is_no_promise() -> None:
    first = [*BEFORE, *listed(["1.", "2."]), (297, 810, "1")]
    assert numbers(first, [*listed(["3.", "4."], SAID[2:], foot=80), *AFTER]) == [1, 2, 3, 4]


def test_a_running_foot_is_no_promise() -> None:
    first = [*BEFORE, *listed(["1.", "2."]), (72, 800, "Pakta Integritas Dinas Pertanian")]
    assert texts(first, [*listed(["3.", "4."], SAID[2:], foot=80), *AFTER]) == SAID


def test_a_number_that_is_left_out_stays_out() -> None:
    assert numbers([*BEFORE, *listed(["1.", "3.", "4."]), *AFTER]) == [1, 3, 4]


def test_a_number_that_is_left_out_stays_out_after_two_sentences() -> None:
    rows = [
        (72, 180, "1."),
        (94, 180, "Berperan aktif dalam mencegah korupsi."),
        (94, 194, "Tidak melibatkan diri."),
        *listed(["3.", "4."], SAID[2:], foot=210),
    ]
    assert numbers([*BEFORE, *rows, *AFTER]) == [1, 3, 4]


@pytest.mark.parametrize(
    "closing",
    [
        "Demikian pernyataan ini saya buat dengan sebenarnya.",
        "DEMIKIAN PAKTA INTEGRITAS INI DIBUAT",
        "Demikianlah pernyataan ini.",
        "Pakta Integritas ini dibuat dalam dua rangkap.",
    ],
)
def test_a_list_ends_with_a_closing_sentence(closing: str) -> None:
    assert texts([*BEFORE, *listed(["1.", "2.", "3.", "4."]), (72, 244, closing), *AFTER]) == SAID


def test_a_list_ends_before_place_and_date() -> None:
    near = [
        (350, 246, "Telagabiru, 12 Januari 2026"),
        *block(350, 260, "Yang menyatakan,", "", "", "", HEAD[0]),
    ]
    assert texts([*BEFORE, *listed(["1.", "2.", "3.", "4."]), *near]) == SAID


def test_numbered_labels_are_no_promises() -> None:
    rows = [
        centred(80, "PAKTA INTEGRITAS"),
        (72, 110, "1. Nama"),
        (172, 110, f": {HEAD[0]}"),
        (72, 126, "2. Jabatan"),
        (172, 126, f": {HEAD[1]}"),
        (72, 150, "dengan ini menyatakan bahwa saya:"),
        *listed(["1.", "2.", "3.", "4."]),
        *AFTER,
    ]
    assert texts(rows) == SAID


def test_two_lists_side_by_side_may_begin_and_end_at_different_lines() -> None:
    rows = [
        (72, 180, "1."),
        (94, 180, "Tidak meminta dan tidak menerima apa"),
        (290, 180, "4."),
        (310, 180, "Memberi contoh kepada pegawai"),
        (94, 196, "pemberian dari siapa pun;"),
        (310, 196, "di lingkungan kerja saya;"),
        (290, 214, "5."),
        (310, 214, "Menyampaikan setiap penyimpangan;"),
        (72, 216, "3."),
        (94, 216, "Menghindari pertentangan"),
        (94, 232, "kepentingan;"),
    ]
    assert numbers([*BEFORE, *rows, *AFTER]) == [1, 3, 4, 5]


def test_numbers_under_a_second_list_are_of_the_first() -> None:
    rows = [
        (72, 180, "1."),
        (94, 180, "Tidak akan melakukan:"),
        (110, 196, "a."),
        (130, 196, "korupsi;"),
        (110, 212, "b."),
        (130, 212, "nepotisme;"),
        (72, 228, "2."),
        (94, 228, "Jujur."),
    ]
    assert numbers([*BEFORE, *rows, *AFTER]) == [1, 2]


@pytest.mark.parametrize(
    "rows",
    [
        [],
        [(72, 180, "Saya berjanji tidak akan melakukan korupsi.")],
        [(72, 180, "7."), (94, 180, "Ayat ini dikutip dari peraturan lain.")],
        [(72, 180, "12 Januari 2026 adalah hari Senin")],
    ],
)
def test_without_a_list_there_are_no_promises(rows: list[Row]) -> None:
    assert numbers([*BEFORE, *rows, *AFTER]) == []


def test_a_table_holds_no_promises() -> None:
    rows = [*BEFORE, *listed(["1.", "2.", "3.", "4."]), *AFTER]
    assert read(rows, areas={1: [Box(50, 165, 550, 240)]}) == []
    assert read(rows, areas={2: [Box(50, 165, 550, 240)]}) != []


# ---------------------------------------------------------------- themes


@pytest.mark.parametrize(
    ("text", "theme"),
    [
        (SAID[0], "antikorupsi"),
        ("Tidak meminta atau menerima suap, hadiah atau gratifikasi;", "gratifikasi"),
        (SAID[1], "transparansi"),
        (SAID[2], "konflik"),
        ("Memberi contoh dalam kepatuhan terhadap peraturan;", "teladan"),
        ("Menyampaikan informasi penyimpangan integritas;", "pelaporan"),
        (SAID[3], "sanksi"),
        ("Hadir tepat waktu;", None),
    ],
)
def test_a_promise_has_the_theme_it_speaks_of(text: str, theme: str | None) -> None:
    assert [p.theme for p in read([*BEFORE, *numbered(180, text), *AFTER])] == [theme]


# ---------------------------------------------------------------- the unit that is named


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("Mencegah korupsi di lingkungan Dinas Pertanian secara konsisten;", "Dinas Pertanian"),
        ("Mencegah korupsi dilingkungan Dinas Pertanian Kota Telagabiru;", "Dinas Pertanian Kota Telagabiru"),
        (
            "Mencegah korupsi di lingkungan kerja Badan Pendapatan Daerah dan jajarannya;",
            "Badan Pendapatan Daerah",
        ),
        ("di lingkungan Dinas Koperasi dan Usaha Kecil;", "Dinas Koperasi dan Usaha Kecil"),
        ("Mencegah korupsi di lingkungan kerja saya;", None),
        ("Mencegah korupsi bersama Dinas Pertanian;", None),
        ("Menjaga lingkungan hidup;", None),
    ],
)
def test_a_copied_form_names_its_unit(text: str, unit: str | None) -> None:
    found = named_unit(read([*BEFORE, *numbered(180, text), *AFTER]), WORDS)
    assert (found.data if found else None) == unit
    assert found is None or (found.rule, found.page) == ("pledge:unit", 1)


def test_a_promise_knows_where_it_stands() -> None:
    (found,) = read([*BEFORE, *numbered(180, SAID[0]), *AFTER])
    assert found.text is not None
    assert found.text.box is not None
    assert (found.text.page, round(found.text.box.x0), found.text.origin) == (1, 92, "text")


# ---------------------------------------------------------------- two columns, and numbers that OCR lost


def test_a_list_in_two_columns_is_read_down_each() -> None:
    left, right = ["Tidak korupsi;", "Tidak menerima suap;"], ["Jujur dan terbuka;", "Siap menerima sanksi."]
    rows = [
        row
        for x, first, texts_ in ((72, 1, left), (320, 3, right))
        for n, text in enumerate(texts_)
        for row in ((x, 180 + 16 * n, f"{first + n}."), (x + 20, 180 + 16 * n, text))
    ]
    found = read([*BEFORE, *rows, *AFTER])
    assert [(p.number.data, p.text.data) for p in found if p.number and p.text] == [
        (n, text) for n, text in enumerate([*left, *right], 1)
    ]


def by_eye(*pages: Sequence[Row]) -> list[object]:
    """The numbers of the promises on pages that OCR has read."""
    seen = [
        replace(x, layout=replace(x.layout, page=replace(x.layout.page, origin="ocr")))
        for x in leaves(RULES, *pages)
    ]
    assert PACT.pledges is not None
    return [p.number.data for p in pledges(seen, PACT.pledges, WORDS, {}) if p.number]


def test_a_number_that_was_not_read_is_known_by_the_end_of_the_sentence() -> None:
    rows = [
        (72, 180, "1."),
        (94, 180, SAID[0]),
        (94, 196, SAID[1]),
        *listed(["3.", "4."], SAID[2:], foot=212),
    ]
    assert by_eye([*BEFORE, *rows, *AFTER]) == [1, 2, 3, 4]
    assert numbers([*BEFORE, *rows, *AFTER]) == [1, 3, 4]


def test_a_last_number_that_was_not_read_is_known_by_the_space_over_it() -> None:
    rows = [
        *listed(["1."], SAID[:1], foot=180),
        (94, 194, "di lingkungan kerja saya;"),
        *listed(["2.", "3."], SAID[1:3], foot=214),
        (94, 250, SAID[3]),
        (94, 264, "Demikian pula bila saya lalai."),
    ]
    after = [(x, foot + 40, text) for x, foot, text in AFTER]
    assert by_eye([*BEFORE, *rows, *after]) == [1, 2, 3, 4]
    assert numbers([*BEFORE, *rows, *after]) == [1, 2, 3]


def test_a_first_number_that_was_not_read_is_known_by_its_indent() -> None:
    rows = [(94, 180, SAID[0]), *listed(["2.", "3."], SAID[1:], foot=196)]
    assert by_eye([*BEFORE, *rows, *AFTER]) == [1, 2, 3]


def test_a_list_counted_in_words_needs_no_sign_after_them() -> None:
    rows = [
        row
        for n, (word, text) in enumerate(zip(["Pertama", "Kedua", "Ketiga", "Keempat"], SAID, strict=True))
        for row in [(72, 180 + 16 * n, word), (150, 180 + 16 * n, text)]
    ]
    assert texts([*BEFORE, *rows, *AFTER]) == SAID


def test_as_many_numbers_as_sentences_may_have_been_lost() -> None:
    rows = [
        (72, 180, "1."),
        *[(94, 180 + 16 * n, text) for n, text in enumerate(SAID[:3])],
        *listed(["4."], SAID[3:4], foot=228),
    ]
    assert by_eye([*BEFORE, *rows, *AFTER]) == [1, 2, 3, 4]
    assert numbers([*BEFORE, *rows, *AFTER]) == [1, 4]
