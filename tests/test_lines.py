"""Words into runs and lines, and what of a page is running text."""

from __future__ import annotations

import pytest

from pipeline.reading.lines import Line, closed, lines
from pipeline.schema import Box, Word
from tests.drawn import Row, block, leaves
from tests.shipped import RULES

PROSE = "Dalam rangka mewujudkan manajemen pemerintahan yang efektif, transparan dan akuntabel kami"


def word(text: str, left: float, top: float, height: float = 10, width: float | None = None) -> Word:
    return Word(
        text, Box(left, top, left + (5.0 * len(text) if width is None else width), top + height), height
    )


def texts(found: tuple[Line, ...]) -> list[list[str]]:
    """The runs of each line."""
    return [[run.text for run in line.runs] for line in found]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ([word("Dinas", 100, 50), word("Sosial", 130, 50)], [["Dinas Sosial"]]),
        ([word("Sosial", 130, 50), word("Dinas", 100, 50)], [["Dinas Sosial"]]),
        ([word("Dinas", 100, 50), word("Sosial", 140, 50)], [["Dinas", "Sosial"]]),
        ([word("Dinas", 100, 50), word("Sosial", 130, 53)], [["Dinas Sosial"]]),
        ([word("Dinas", 100, 50), word("Sosial", 130, 56)], [["Dinas"], ["Sosial"]]),
        ([word("Dinas", 100, 62), word("Badan", 100, 50)], [["Badan"], ["Dinas"]]),
        # a page that leans a little is still lines
        (
            [word("satu", 100, 50), word("dua", 125, 51.5), word("tiga", 145, 53), word("empat", 300, 54)],
            [["satu dua tiga", "empat"]],
        ),
        # but a staircase is none
        ([word("a", 100 + 6 * n, 50 + 4 * n) for n in range(6)], [["a a a"], ["a a a"]]),
        ([], []),
    ],
)
def test_words_stand_on_lines(words: list[Word], expected: list[list[str]]) -> None:
    assert texts(lines(words)) == expected


def test_what_parts_runs_is_said_in_letter_heights() -> None:
    words = [word("Dinas", 100, 50), word("Sosial", 140, 50)]
    assert texts(lines(words, gap=3)) == [["Dinas Sosial"]]
    assert texts(lines([word("Dinas", 100, 50, height=20), word("Sosial", 140, 50, height=20)])) == [
        ["Dinas Sosial"]
    ]


def test_a_line_is_bounded_by_its_words() -> None:
    line = lines([word("Dinas", 100, 50), word("Sosial", 140, 52)])[0]
    assert (line.box, line.text, line.size) == (Box(100, 50, 170, 62), "Dinas Sosial", 10)
    assert [w.text for w in line.words] == ["Dinas", "Sosial"]


def test_a_run_is_as_sure_as_its_least_word() -> None:
    sure, unsure = word("Dinas", 100, 50), Word("Sosial", Box(130, 50, 160, 60), 10, 0.4)
    assert lines([sure, unsure])[0].runs[0].confidence == 0.4


# ---------------------------------------------------------------- running text


@pytest.mark.parametrize(
    ("rows", "prose"),
    [
        ([(72, 100, PROSE)], True),
        ([(72, 100, PROSE), (72, 120, "Nama")], True),
        ([(72, 100, PROSE.upper())], False),
        ([(72, 100, "kami yang bertanda tangan di sini")], False),
        ([(72, 100, "Nama kami yang di sini a b c"), (72, 120, PROSE)], False),
        (
            [
                (40, 100, "No Sasaran"),
                (160, 100, "Indikator kinerja"),
                (320, 100, "Target"),
                (420, 100, "Pagu anggaran"),
            ],
            False,
        ),
    ],
)
def test_running_text_is_long_and_not_in_capitals(rows: list[Row], *, prose: bool) -> None:
    page = leaves(RULES, rows)[0]
    assert page.prose(page.lines[0]) is prose


def test_a_leaf_is_bounded_by_its_text() -> None:
    page = leaves(RULES, block(80, 100, "Nama", "Jabatan lengkap"))[0]
    assert (page.number, round(page.left), len(page.lines)) == (1, 80, 2)
    assert page.right == max(line.box.x1 for line in page.lines)


def test_an_empty_page_has_no_lines() -> None:
    page = leaves(RULES, [])[0]
    assert (page.lines, page.spans, page.left, page.right) == ((), (), 0.0, page.layout.width)


def apart(text: str) -> list[Word]:
    """A heading set letter by letter, with a wider space after each word."""
    places = [(letter, 100 + 9.0 * place) for place, letter in enumerate(text) if letter != " "]
    return [word(letter, left, 50) for letter, left in places]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (apart("PAKTA INTEGRITAS"), "PAKTA INTEGRITAS"),
        (apart("KINERJA 2026"), "KINERJA 2026"),
        ([word("Dinas", 100, 50), word("Sosial", 130, 50)], "Dinas Sosial"),
        ([word(letter, 100 + 9 * place, 50) for place, letter in enumerate("abcd")], "a b c d"),
    ],
)
def test_a_heading_set_letter_by_letter_is_words(words: list[Word], expected: str) -> None:
    (line,) = lines(words, gap=3)
    assert closed(line) == expected
