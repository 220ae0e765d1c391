"""What is put right on scans: written days, years, figures, borders that are none, whom to believe."""

from dataclasses import replace

import cv2
import numpy as np
import pytest
from msgspec import structs

from pipeline.reading.datelines import place, signed_on
from pipeline.reading.handwritten import UNREAD, filled_in
from pipeline.reading.leaf import Leaf, leaf
from pipeline.reading.pages import Sheet
from pipeline.reading.parties import agreed, choose
from pipeline.reading.raster import Raster
from pipeline.reading.tables.lattice import strikes
from pipeline.reading.years import year_settled
from pipeline.schema import Box, Fact, Layout, Page, Ruling, Word
from pipeline.values import decimal_comma
from tests.drawn import leaves
from tests.shipped import RULES, WORDS

DPI = 150.0


def word(text: str, x0: float, x1: float, *, sure: float = 1.0) -> Word:
    return Word(text, Box(x0, 100, x1, 112), 12, sure)


def sheet(*said: Word, figures: int) -> Sheet:
    """A page by eye with a line of words, and so many figures written between 80 and 110 points."""
    pixels = np.full((400, 600), 250, np.uint8)
    for n in range(figures):
        x = round((86 + 10 * n) * DPI / 72)
        cv2.line(pixels, (x, round(101 * DPI / 72)), (x + 3, round(111 * DPI / 72)), 20, 3)
    page = Page(1, 288, 192, origin="ocr")
    return Sheet(Layout(page, said, width=288, height=192), lambda _: Raster(pixels, DPI))


def days(read: str, seen: Sheet) -> list[str]:
    """The words of a page, where everything alone on a crop reads as `read`."""
    found = filled_in(seen, WORDS, lambda _: (Word(read, Box(0, 0, 9, 9), 9),) if read else ())
    return [w.text for w in found.words]


LINE = (word("Sukamaju,", 20, 80), word("Januari", 120, 160), word("2026", 165, 190))


def test_a_day_that_was_not_seen_in_its_line_is_read_alone() -> None:
    assert days("16", sheet(*LINE, figures=2)) == ["Sukamaju,", "16", "Januari", "2026"]
    assert days("27", sheet(LINE[0], word("2", 84, 90), *LINE[1:], figures=2))[1] == "27"
    assert days("16", sheet(LINE[0], word("(6", 84, 96), *LINE[1:], figures=2))[1] == "16"


def test_a_day_that_nobody_wrote_stays_missing() -> None:
    assert days("16", sheet(*LINE, figures=0)) == ["Sukamaju,", "Januari", "2026"]


@pytest.mark.parametrize("read", ["", "45", "ab", "0"])
def test_a_day_that_is_written_and_cannot_be_read_is_neither_missing_nor_known(read: str) -> None:
    seen = filled_in(
        sheet(*LINE, figures=2), WORDS, lambda _: (Word(read, Box(0, 0, 9, 9), 9),) if read else ()
    )
    assert [w.text for w in seen.words] == ["Sukamaju,", UNREAD, "Januari", "2026"]
    said = signed_on([leaf(seen, RULES)], WORDS)
    assert said is not None
    assert (said.data, said.text) == (None, f"Sukamaju, {UNREAD} Januari 2026")


def test_two_figures_that_came_apart_are_one_day() -> None:
    torn = (LINE[0], word("1", 84, 90), word("9", 96, 102), *LINE[1:])
    assert days("", sheet(*torn, figures=2)) == ["Sukamaju,", "19", "Januari", "2026"]
    much = (LINE[0], word("4", 84, 90), word("9", 96, 102), *LINE[1:])
    assert "49" not in days("", sheet(*much, figures=2))


def test_a_figure_that_could_not_be_read_makes_the_day_doubtful() -> None:
    seen = sheet(LINE[0], word("2", 84, 90), *LINE[1:], figures=2)
    (day,) = [w for w in filled_in(seen, WORDS, lambda _: ()).words if w.text == "2"]
    assert day.confidence < 0.5


@pytest.mark.parametrize(
    ("seen", "read"),
    [
        ("...24-0.1-2025...", "24-01-2025"),
        ("..2.4-0.6÷2.025...", "24-06-2025"),
        (".......5/1/2026", "5/1/2026"),
        ("..24-0.7-2.0..", UNREAD),  # figures that are no date
        ("..........", ".........."),
        ("1..........", "1.........."),  # a place to sign
        ("....../12/2026", "....../12/2026"),  # a number that nobody filled in
    ],
)
def test_a_date_may_be_written_on_dots(seen: str, read: str) -> None:
    assert days("", sheet(LINE[0], word(seen, 90, 160), figures=0)) == ["Sukamaju,", read]


def test_place_and_date_are_known_on_dots_too() -> None:
    for seen, date in (("...24-0.1-2026...", "2026-01-24"), ("..............", None)):
        line = (LINE[0], word("tanggal", 84, 110), word(seen, 114, 190))
        told = [leaf(filled_in(sheet(*line, figures=0), WORDS, lambda _: ()), RULES)]
        said, where = signed_on(told, WORDS), place(told, WORDS)
        assert (said and said.data, where and where.data) == (date, "Sukamaju")


def test_a_digital_page_is_not_looked_at_again() -> None:
    seen = sheet(*LINE, figures=2)
    digital = replace(seen, layout=replace(seen.layout, page=replace(seen.layout.page, origin="text")))
    assert filled_in(digital, WORDS, lambda _: (Word("16", Box(0, 0, 9, 9), 9),)) is digital.layout


def dated(sure: float, title: int) -> object:
    signed = Fact("x", "2021-01-25", "dateline", 1, confidence=sure, origin="ocr")
    named = Fact("x", title, "year:statement", 1, origin="ocr")
    return year_settled({"signed_on": signed, "year": named})["signed_on"].data


def test_a_year_hardly_read_is_that_of_the_title_if_one_figure_is_other() -> None:
    assert dated(0.9, 2024) == "2024-01-25"


def test_a_year_that_is_clearly_printed_stays_though_the_title_says_another() -> None:
    assert dated(0.999, 2024) == "2021-01-25"
    assert dated(0.9, 2034) == "2021-01-25"


def read_by_eye(said: str, sure: float) -> Leaf:
    (drawn,) = leaves(RULES, [(300, 500, said)])
    seen = tuple(structs.replace(w, confidence=sure) for w in drawn.layout.words)
    page = replace(drawn.layout.page, origin="ocr")
    return leaf(replace(drawn.layout, page=page, words=seen), RULES)


@pytest.mark.parametrize(
    ("second", "sure"),
    [("Telagabiru, 7 Februari 2023", 0.99), ("Telagabiru, 7 Februari 2028", 0.9), ("Nihil", 0.9)],
)
def test_a_date_is_surer_where_two_pages_say_it(second: str, sure: float) -> None:
    found = signed_on([read_by_eye("Telagabiru, 7 Februari 2023", 0.9), read_by_eye(second, 0.9)], WORDS)
    assert found is not None
    assert found.data == "2023-02-07"
    assert found.confidence == pytest.approx(sure)


def test_an_agreement_may_be_signed_in_the_year_before() -> None:
    assert dated(0.9, 2022) == "2021-01-25"


@pytest.mark.parametrize(
    ("read", "printed"),
    [
        ("76.72", "76,72"),
        ("99.0 %", "99,0 %"),
        ("87.%", "87 %"),
        ("0.900", "0,900"),
        ("1.250", "1.250"),
        ("1.250.000", "1.250.000"),
    ],
)
def test_a_dot_not_before_three_figures_is_a_comma(read: str, printed: str) -> None:
    assert decimal_comma(read) == printed


@pytest.mark.parametrize("text", ["12.06.2024", "2.322", "Level 3.", "1.2.3", "Rp1.250.000,00"])
def test_other_dots_stay(text: str) -> None:
    assert decimal_comma(text) == text


def named(text: str, sure: float, rule: str = "block:name") -> Fact:
    return Fact(text, text, rule, 1, confidence=sure, origin="ocr")


def test_one_clear_reading_outweighs_two_doubtful_ones_that_agree() -> None:
    clear = named("Arkana Wijanarko", 0.999, "identity:name")
    assert choose("name", [named("ARKANA WLIANARKO", 0.93), named("ARKANA WLIANARKO", 0.9), clear]) is clear


def test_two_clear_readings_outweigh_one() -> None:
    pair = [named("ARKANA HALIM", 0.999), named("ARKANA HALIM", 0.999)]
    assert choose("name", [named("ARKANA HALIN", 0.95, "identity:name"), *pair]) in pair


def test_a_name_drawn_out_by_the_letters_of_a_stamp_is_not_believed() -> None:
    clear = named("ARKANA HALIM, M.H", 0.99)
    drawn = named("ARKANA HALIM, M.HERH PISUDIAN", 0.7)
    assert choose("name", [clear, drawn, named("ARKANA HALIM, M.H", 0.97)]) is clear
    longer = named("ARKANA HALIM, M.HUM.", 0.95)  # cut off elsewhere
    assert choose("name", [clear, longer, named("ARKANA HALIM, M.H", 0.97)]) is longer


def test_a_piece_from_the_middle_of_a_name_speaks_for_the_whole() -> None:
    piece, whole = named("HJ. KUSTINA", 0.99), named("DR. HJ. KUSTINA WIDARTI, S.IP., M.Si.", 0.98)
    assert choose("name", [piece, whole]) is whole
    longer = named("Nama H. KUSTINA WIDARTI, S.IP.", 0.98)  # what was read before it is no part of it
    clear = named("H. KUSTINA WIDARTI, S.IP.", 0.99)
    assert choose("name", [clear, longer]) is clear


def numbered(sure: float, digits: str = "198119112003121043") -> Fact:
    return Fact(digits, digits, "block:nip", 1, confidence=sure, origin="ocr")


@pytest.mark.parametrize(
    ("readings", "sure"),
    [
        ([numbered(0.6)], 0.6),
        ([numbered(0.6), numbered(0.6)], 0.84),
        ([numbered(0.6), numbered(0.6), numbered(0.6)], 0.936),
        ([numbered(0.6), numbered(0.95, "198103112003121043")], 0.6),
        ([numbered(0.97), numbered(0.9)], 0.97),  # nothing impossible: as sure as it was read
    ],
)
def test_a_number_that_cannot_be_is_surer_where_more_places_say_it(readings: list[Fact], sure: float) -> None:
    found = agreed(readings[0], readings)
    assert found is not None
    assert found.confidence == pytest.approx(sure)


UPRIGHTS = (Ruling(10, 50, 10, 200), Ruling(210, 50, 210, 200))
WORDS_ON_A_LINE = (word("perencanaan", 20, 100), word("pelaporan", 104, 180))


def test_a_line_under_words_that_reaches_no_column_line_is_no_border() -> None:
    assert strikes(Ruling(22, 113, 178, 113), WORDS_ON_A_LINE, UPRIGHTS)


def test_a_border_right_under_words_stays() -> None:
    assert not strikes(Ruling(10, 113, 210, 113), WORDS_ON_A_LINE, UPRIGHTS)
    assert not strikes(Ruling(22, 125, 178, 125), WORDS_ON_A_LINE, UPRIGHTS)


def test_the_boxes_of_words_that_lean_reach_up_over_a_border() -> None:
    leaning = [word(w.text, w.box.x0, w.box.x1) for w in WORDS_ON_A_LINE]
    top, tall = leaning[0].box.top, leaning[0].box.height
    assert not strikes(Ruling(10, top + 0.2 * tall, 210, top + 0.2 * tall), leaning, UPRIGHTS)
    assert strikes(Ruling(22, top + 0.2 * tall, 178, top + 0.2 * tall), leaning, UPRIGHTS)
    assert strikes(Ruling(10, top + 0.5 * tall, 210, top + 0.5 * tall), leaning, UPRIGHTS)
