"""Tables as scans show them: lines torn or lost, dirt that looks like lines, words across borders."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

import pytest
from msgspec import structs

from pipeline.reading.tables.lattice import lattice
from pipeline.reading.tables.strokes import Frame, Stroke
from pipeline.schema import Box, Layout, Ruling, Word
from tests.ruled import HEAD, MONEY, PURSE, WIDE, across, found, meant, money, pages, promises, ruled

ROWS = [
    [*HEAD, "Satuan"],
    ["1", "Mutu layanan naik dari tahun ke tahun", "Nilai rata-rata semua layanan kantor", "85", "Nilai"],
    ["", "", "Jumlah aduan yang diselesaikan", "3", "Aduan"],
    ["2", "Tertib administrasi", "Jumlah laporan yang disusun", "12", "Laporan"],
    ["3", "Desa maju", "Jumlah desa yang maju dan mandiri", "7", "Desa"],
]
READ = [
    ("Mutu layanan naik dari tahun ke tahun", "Nilai rata-rata semua layanan kantor", "85"),
    ("Mutu layanan naik dari tahun ke tahun", "Jumlah aduan yang diselesaikan", "3"),
    ("Tertib administrasi", "Jumlah laporan yang disusun", "12"),
    ("Desa maju", "Jumlah desa yang maju dan mandiri", "7"),
]


def scan(*changes: Callable[[Layout], Layout]) -> list[Layout]:
    """The page of ROWS as a scan, with its words and lines changed."""
    (layout,) = pages(ruled(ROWS, [*WIDE[:2], 150, 60, 60], across((0, 1), (0, 2)), across((1, 1), (1, 2))))
    layout = replace(layout, page=replace(layout.page, origin="ocr"))
    for change in changes:
        layout = change(layout)
    return [layout]


def lines(change: Callable[[Sequence[Ruling]], Sequence[Ruling]]) -> Callable[[Layout], Layout]:
    return lambda layout: replace(layout, rulings=tuple(change(layout.rulings)))


def is_level(line: Ruling) -> bool:
    return line.x1 - line.x0 > line.bottom - line.top


def torn(rulings: Sequence[Ruling]) -> list[Ruling]:
    """Every line in pieces of 20 points, of which each fourth is lost."""
    pieces = []
    for line in rulings:
        start, end = (line.x0, line.x1) if is_level(line) else (line.top, line.bottom)
        for n in range(int((end - start) // 20) + 1):
            a, z = start + 20 * n, min(start + 20 * (n + 1), end)
            if n % 4 != 1:
                pieces.append(replace(line, x0=a, x1=z) if is_level(line) else replace(line, top=a, bottom=z))
    return pieces


def test_whole_lines_read_as_on_a_digital_page() -> None:
    assert promises(found(scan())) == READ


def test_torn_lines_are_helped_by_the_words() -> None:
    assert promises(found(scan(lines(torn)))) == READ


@pytest.mark.parametrize("lost", range(4))
def test_a_line_between_columns_may_be_lost(lost: int) -> None:
    def without(rulings: Sequence[Ruling]) -> list[Ruling]:
        places = sorted({round(r.x0) for r in rulings if not is_level(r)})
        return [r for r in rulings if is_level(r) or round(r.x0) != places[1 + lost]]

    assert promises(found(scan(lines(without)))) == READ


def test_lines_between_rows_may_be_lost() -> None:
    def without(rulings: Sequence[Ruling]) -> list[Ruling]:
        heights = sorted({round(r.top) for r in rulings if is_level(r)})
        return [r for r in rulings if not is_level(r) or round(r.top) not in heights[2:5]]

    assert promises(found(scan(lines(without)))) == READ


def test_a_streak_down_the_page_is_no_border() -> None:
    assert promises(found(scan(lines(lambda rulings: [*rulings, Ruling(190, 0, 190, 800)])))) == READ


def test_a_fold_close_beside_a_border_is_none() -> None:
    """No word stands between the two, and the border is drawn farther."""
    down = [Stroke(x, 0, 120) for x in (0, 100, 200)] + [Stroke(106, 0, 80)]
    frame = Frame(tuple(Stroke(y, 0, 200) for y in (0, 40, 80, 120)), tuple(down))
    words = [Word("85", Box(x, y, x + 20, y + 10), 10) for x in (20, 140) for y in (15, 55, 95)]
    seen = lattice(frame, words, scan=True)
    assert seen is not None
    assert seen.xs == [0, 100, 200]


def test_what_stands_under_a_table_down_to_a_line_is_no_row_of_it() -> None:
    """A streak goes on there, the outer borders do not."""
    down = [Stroke(x, 0, 82) for x in (0, 100, 200)] + [Stroke(100, 80, 120)]
    frame = Frame(tuple(Stroke(y, 0, 200) for y in (0, 40, 80, 120)), tuple(down))
    seen = lattice(frame, [], scan=True)
    assert seen is not None
    assert seen.ys == [0, 40, 80]


def test_columns_that_run_out_of_the_page_above_and_below_are_no_streaks() -> None:
    """The first and the last row of a table are cut by the ends of the page: no line closes them."""

    def cut(rulings: Sequence[Ruling]) -> list[Ruling]:
        level, tall = [r for r in rulings if is_level(r)], [r for r in rulings if not is_level(r)]
        ends = min(r.top for r in level), max(r.top for r in level)
        inner = [r for r in level if r.top not in ends]
        return [*inner, *tall]

    assert len(found(scan(lines(cut))).areas) == 1


def test_a_line_through_letters_is_no_border() -> None:
    def struck(layout: Layout) -> Layout:
        words = [w.box for w in layout.words if w.text in {"Mutu", "layanan", "naik"}]
        height = max(b.bottom for b in words) - 0.25 * words[0].height
        line = Ruling(min(b.x0 for b in words), height, max(b.x1 for b in words), height)
        return replace(layout, rulings=(*layout.rulings, line))

    assert promises(found(scan(struck))) == READ


def test_words_read_as_one_over_a_border_are_parted() -> None:
    def joined(layout: Layout) -> Layout:
        one, other = (next(w for w in layout.words if w.text == t) for t in ("12", "Laporan"))
        border = other.box.x0 - 6  # the padding of the cell
        box = Box(border - 10, one.box.top, border + 35, one.box.bottom)
        rest = (w for w in layout.words if w not in (one, other))
        return replace(layout, words=(*rest, Word(one.text + other.text, box, one.size, 0.9)))

    row = found(scan(joined)).indicators[2]
    assert (row.target and row.target.text, meant(row.unit)) == ("12", "Laporan")


def test_a_value_is_no_surer_than_its_words() -> None:
    def unsure(layout: Layout) -> Layout:
        return replace(
            layout,
            words=tuple(structs.replace(w, confidence=0.6 if w.text == "85" else 0.9) for w in layout.words),
        )

    row = found(scan(unsure)).indicators[0]
    assert row.target is not None
    assert row.measure is not None
    assert (row.target.confidence, row.target.origin) == (0.6, "ocr")
    assert row.measure.confidence == pytest.approx(0.9)


def test_money_on_a_scan_without_lines_ends_before_place_and_date() -> None:
    (layout,) = pages(
        ruled(
            [
                MONEY,
                ["1", "Program Jalan", "100.000.000", "APBD"],
                ["", "Sungai Batu, 2 Januari 2026", "", ""],
            ],
            PURSE,
        )
    )
    layout = replace(layout, rulings=(), page=replace(layout.page, origin="ocr"))
    assert money(found([layout])) == [("program", "Program Jalan", 100000000)]


def test_figures_of_an_amount_that_stand_apart_on_a_scan_are_one_amount_of_which_nobody_is_sure() -> None:
    (layout,) = pages(ruled([MONEY, ["1", "Program Jalan", "21 1.057.000,00", "APBD"]], PURSE))
    scanned = replace(layout, page=replace(layout.page, origin="ocr"))
    amount = found([scanned]).budgets[0].amount
    assert amount is not None
    assert (amount.data, amount.confidence) == (211057000, 0.7)
    assert meant(found([layout]).budgets[0].amount) is None


def test_a_fold_that_runs_out_of_the_table_is_no_border() -> None:
    def folded(rulings: Sequence[Ruling]) -> list[Ruling]:
        level = sorted(r.top for r in rulings if is_level(r))
        middle = (level[1] + level[2]) / 2
        return [*rulings, Ruling(120, middle, max(r.x1 for r in rulings) + 70, middle)]

    assert promises(found(scan(lines(folded)))) == READ


def test_cells_centred_beside_each_other_are_rows_though_their_lines_stand_apart() -> None:
    """No line of the table has more than two runs but the head, the first row and the last."""
    rows: list[tuple[str, float, float, float]] = [
        *[("No", 75, 87, 117), ("Sasaran", 125, 208, 116), ("Indikator", 292, 367, 116)],
        *[("Satuan", 429, 460, 117), ("Target", 485, 514, 117)],
        *[("Nilai-evaluasi", 247, 408, 134), ("Nilai", 435, 453, 134), ("78,00", 484, 512, 134)],
        *[("Meningkatnya", 98, 191, 143), ("1", 79, 82, 149)],
        *[("pelaporan", 98, 216, 154), ("Persentase-laporan", 247, 406, 152)],
        *[("%", 440, 449, 158), ("100", 493, 507, 158), ("tepat", 247, 271, 163)],
        *[("Persentase-aset", 247, 396, 181), ("%", 440, 448, 181), ("88,5", 491, 509, 181)],
    ]
    words = [Word(t, Box(a, y, z, y + 10), 10, 0.98) for t, a, z, y in rows]
    page = replace(scan()[0], words=tuple(words), rulings=())
    assert [(i[1], i[2]) for i in promises(found([page]))] == [
        ("Nilai-evaluasi", "78,00"),
        ("Persentase-laporan tepat", "100"),
        ("Persentase-aset", "88,5"),
    ]


@pytest.mark.parametrize(("second", "borders"), [(104, 3), (140, 4)])
def test_a_line_that_words_of_most_rows_run_over_parts_no_title(second: float, borders: int) -> None:
    """A streak that is seen in the head alone stands between two words, a border in more than a space."""
    down = [Stroke(x, 0, 200) for x in (0, 60, 200)] + [Stroke(101, 0, 80)]
    frame = Frame(tuple(Stroke(y, 0, 200) for y in (0, 40, 80, 120, 160, 200)), tuple(down))
    title = [Word("TW", Box(85, 15, 99, 25), 10), Word("4", Box(second, 15, second + 5, 25), 10)]
    rows = [Word("93,45", Box(80, y, 125, y + 10), 10) for y in (55, 95, 135, 175)]
    seen = lattice(frame, [*title, *rows], scan=True)
    assert seen is not None
    assert len(seen.xs) == borders
