"""Tables that are parted by shadings, and not by lines."""

from __future__ import annotations

import pytest

from tests.ruled import (
    BARE,
    MONEY,
    PURSE,
    Command,
    Rows,
    across,
    canvas,
    found,
    meant,
    money,
    promises,
    read,
    ruled,
)

WIDE = [150, 100, 70, 60, 80]
ROWS = [
    ["Indikator", "Formula", "Satuan", "Bobot", "Target"],
    ["Ekonomi dan Sosial", "", "", "", ""],
    ["Laba sebelum pajak", "Sesuai standar", "Rp Miliar", "20", "38,75"],
    ["Pengembalian modal yang ditanamkan", "Jumlah terealisasi : jumlah seluruhnya", "%", "20", "7,1"],
    ["Gabah petani yang terserap", "Penjumlahan hasil", "Ton", "20", "8.200"],
    ["Pengembangan Talenta", "", "", "", ""],
    ["Kecelakaan kerja", "Sesuai standar", "Kejadian", "20", "2"],
    ["Pegawai muda dalam jabatan", "Penjumlahan hasil", "Orang", "20", "25"],
]
READ = [
    ("Ekonomi dan Sosial", "Laba sebelum pajak", "38,75"),
    ("Ekonomi dan Sosial", "Pengembalian modal yang ditanamkan", "7,1"),
    ("Ekonomi dan Sosial", "Gabah petani yang terserap", "8.200"),
    ("Pengembangan Talenta", "Kecelakaan kerja", "2"),
    ("Pengembangan Talenta", "Pegawai muda dalam jabatan", "25"),
]


def shaded(*rows: int, columns: int) -> list[Command]:
    return [("BACKGROUND", (c, r), (c, r), "lightblue") for r in rows for c in range(columns)]


def band(*rows: int) -> list[Command]:
    return [("BACKGROUND", (0, r), (-1, r), "lightblue") for r in rows]


def test_rows_without_a_shading_stand_between_those_with_one() -> None:
    """Rows 3 and 7 have none; the last ends the table."""
    headings = [c for r in (1, 5) for c in (across((0, r), (-1, r)), *band(r))]
    said = read(ruled(ROWS, WIDE, BARE, *headings, *shaded(0, 2, 4, 6, columns=5)))
    assert promises(said) == READ
    assert [meant(i.unit) for i in said.indicators] == ["Rp Miliar", "%", "Ton", "Kejadian", "Orang"]


def test_shadings_as_wide_as_the_table_part_its_rows() -> None:
    assert promises(read(ruled(ROWS, WIDE, BARE, *band(0, 2, 4, 6)))) == READ


def test_a_row_with_nothing_but_words_over_a_full_one_heads_a_group() -> None:
    assert promises(read(ruled(ROWS, WIDE))) == READ


def test_the_indicator_without_unit_and_target_in_a_small_table_is_none_the_less_one() -> None:
    rows: Rows = [["Indikator", "Satuan", "Target"], ["Laba", "", ""], ["Gabah", "Ton", "20"]]
    assert promises(read(ruled(rows, [200, 100, 100]))) == [(None, "Laba", None), (None, "Gabah", "20")]


def test_two_shaded_tables_with_a_line_of_words_between_them_stay_two() -> None:
    budgets: Rows = [MONEY, ["1", "Program Perizinan", "20.000.000", "APBD"]]
    one = ruled([*ROWS[:1], *ROWS[2:5]], WIDE, BARE, *shaded(0, 2, columns=5))
    other = ruled(budgets, [w * sum(WIDE) / sum(PURSE) for w in PURSE], BARE, *shaded(0, columns=4))
    said = read(one, other)
    assert [m for _, m, _ in promises(said)] == [m for _, m, _ in READ[:3]]
    assert money(said) == [("program", "Program Perizinan", 20_000_000)]


@pytest.mark.parametrize("groups", [(0,), (0, 4)])
def test_lines_that_part_only_groups_do_not_part_their_rows(groups: tuple[int, ...]) -> None:
    """Short bold lines over and under the headings of groups, as a scan keeps of their shadings."""

    def draw(paper: object) -> None:
        places = [60, 240, 330, 400, 460]
        for n, row in enumerate(ROWS):
            for x, text in zip(places, row, strict=True):
                paper.drawString(x, 700 - 20 * n, text[:30])  # type: ignore[attr-defined]
        for n in groups:
            for y in (694 - 20 * n, 674 - 20 * n):
                paper.line(160, y, 500, y)  # type: ignore[attr-defined]

    said = found(canvas(draw))
    assert next((m, t) for _, m, t in promises(said)) == ("Laba sebelum pajak", "38,75")
    assert [t for _, _, t in promises(said)] == ["38,75", "7,1", "8.200", "2", "25"]


def test_a_head_alone_may_have_columns_over_rows_that_level_lines_part() -> None:
    """Only the head is parted into columns; the headings of groups lie across."""
    level = [("LINEBELOW", (0, 0), (-1, -1), 0.5, "grey")]
    headings = [across((0, r), (-1, r)) for r in (1, 5)]
    said = read(ruled(ROWS, WIDE, *level, *headings, *shaded(0, columns=5)))
    assert promises(said) == READ
