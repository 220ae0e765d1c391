"""Indicators of ruled tables: columns, merged cells, quarters, staff forms."""

from __future__ import annotations

import pytest
from reportlab.platypus import PageBreak, Paragraph

from pipeline.reading.tables import Tables
from tests.ruled import HEAD, WIDE, across, meant, promises, read, ruled


def test_a_plain_table_gives_a_row_each() -> None:
    said = read(
        ruled(
            [HEAD, ["1", "Mutu naik", "Nilai layanan", "85,5"], ["2", "Desa maju", "Jumlah desa", "12 desa"]],
            WIDE,
        )
    )
    assert promises(said) == [
        ("Mutu naik", "Nilai layanan", "85,5"),
        ("Desa maju", "Jumlah desa", "12 desa"),
    ]
    assert [(meant(i.value), meant(i.unit)) for i in said.indicators] == [(85.5, None), (12.0, "Desa")]
    assert [meant(i.number) for i in said.indicators] == ["1", "2"]


def test_every_value_knows_its_rule_its_page_and_its_words() -> None:
    said = read(ruled([HEAD, ["1", "Mutu naik", "Nilai layanan", "85,5"]], WIDE)).indicators[0]
    assert said.measure is not None
    assert said.measure.box is not None
    assert (said.measure.rule, said.measure.page) == ("table:indicators.measure", 1)
    assert said.measure.required
    assert 0 < said.measure.box.width < 100


def test_a_row_that_numbers_the_columns_is_no_data() -> None:
    for row in (["(1)", "(2)", "(3)", "(4)"], ["1", "2", "3", "4"]):
        assert len(read(ruled([HEAD, row, ["1", "Mutu", "Nilai", "85"]], WIDE)).indicators) == 1


def test_a_merged_objective_comes_down_and_says_so() -> None:
    rows = [HEAD, ["1", "Mutu naik", "Nilai layanan", "85"], ["", "", "Jumlah aduan", "3"]]
    said = read(ruled(rows, WIDE, across((0, 1), (0, 2)), across((1, 1), (1, 2))))
    assert promises(said) == [("Mutu naik", "Nilai layanan", "85"), ("Mutu naik", "Jumlah aduan", "3")]
    assert [[(k, f.data) for k, f in i.also] for i in said.indicators] == [[], [("carried", "objective")]]


def test_an_empty_cell_below_an_objective_repeats_it() -> None:
    said = read(ruled([HEAD, ["1", "Mutu naik", "Nilai layanan", "85"], ["", "", "Jumlah aduan", "3"]], WIDE))
    assert promises(said)[1] == ("Mutu naik", "Jumlah aduan", "3")


def test_a_target_over_several_indicators_is_given_to_each() -> None:
    rows = [HEAD, ["1", "Mutu naik", "Nilai layanan", "100 %"], ["", "", "Jumlah aduan", ""]]
    said = read(ruled(rows, WIDE, across((3, 1), (3, 2))))
    assert [t for _, _, t in promises(said)] == ["100 %", "100 %"]
    assert ("carried", "target") in [(k, f.data) for k, f in said.indicators[1].also]


def test_several_targets_of_an_indicator_make_a_row_each() -> None:
    rows = [HEAD, ["1", "Mutu naik", "Nilai layanan", "85"], ["", "", "", "B"]]
    said = read(ruled(rows, WIDE, *(across((c, 1), (c, 2)) for c in range(3))))
    assert promises(said) == [("Mutu naik", "Nilai layanan", "85"), ("Mutu naik", "Nilai layanan", "B")]


def test_an_empty_target_is_a_value_that_says_where_it_should_be() -> None:
    said = read(ruled([HEAD, ["1", "Mutu naik", "Nilai layanan", ""]], WIDE)).indicators[0]
    assert said.target is not None
    assert said.target.box is not None
    assert (said.target.text, said.target.data) == (None, None)
    assert said.target.box.width == pytest.approx(70, abs=2)


def test_what_has_no_column_was_not_looked_for() -> None:
    said = read(ruled([HEAD, ["1", "Mutu naik", "Nilai layanan", "85"]], WIDE)).indicators[0]
    assert (said.owner, said.q1, said.unit) == (None, None, None)


def test_the_number_before_the_words_is_printed_but_not_meant() -> None:
    said = read(ruled([HEAD, ["1", "1. Mutu naik", "1.1 Nilai layanan", "85"]], WIDE)).indicators[0]
    assert said.measure is not None
    assert (said.measure.text, said.measure.data) == ("1.1 Nilai layanan", "Nilai layanan")
    assert meant(said.objective) == "Mutu naik"


@pytest.mark.parametrize(
    ("title", "field"),
    [
        ("Satuan", "unit"),
        ("Penanggung Jawab", "owner"),
        ("PENANGGUNG\nJAWAB", "owner"),
        ("Penanggungjawab Kegiatan", "owner"),
    ],
)
def test_further_columns_have_their_fields(title: str, field: str) -> None:
    said = read(ruled([[*HEAD, title], ["1", "Mutu naik", "Nilai layanan", "85", "Kabid Umum"]], [*WIDE, 80]))
    value = getattr(said.indicators[0], field)
    assert value is not None
    assert value.text == "Kabid Umum"


@pytest.mark.parametrize(
    ("measure", "target"),
    [
        ("INDIKATOR KINERJA UTAMA (IKU)", "TARGET TAHUN 2026"),
        ("Indikator Sasaran", "TARGE T"),
        ("lndikator Kinerja", "Targel"),
        ("Ukuran Keberhasilan", "Target (%)"),
        ("Indikator Kinerja Program (Outcome)/ Kegiatan (Output)", "Target Kinerja"),
    ],
)
def test_titles_are_known_by_other_names_and_misread(measure: str, target: str) -> None:
    said = read(ruled([["NO", "SASARAN PROGRAM", measure, target], ["1", "Mutu", "Nilai", "85"]], WIDE))
    assert promises(said) == [("Mutu", "Nilai", "85")]


@pytest.mark.parametrize("title", ["Realisasi", "Capaian (%)", "Persentase Hasil Capaian"])
def test_a_table_of_results_is_not_the_agreements(title: str) -> None:
    said = read(ruled([[*HEAD, title], ["1", "Mutu naik", "Nilai layanan", "85", "80"]], [*WIDE, 80]))
    assert said.indicators == ()
    assert len(said.areas) == 1


def test_an_action_plan_is_read_where_nothing_else_says_what_is_promised() -> None:
    plan = ruled([[*HEAD, "Rencana Aksi"], ["1", "Mutu naik", "Nilai layanan", "85", "Survei"]], [*WIDE, 80])
    table = ruled([HEAD, ["1", "Mutu naik", "Nilai layanan", "85,5"]], WIDE)
    assert promises(read(plan)) == [("Mutu naik", "Nilai layanan", "85")]
    assert promises(read(table, PageBreak(), plan)) == [("Mutu naik", "Nilai layanan", "85,5")]


@pytest.mark.parametrize("head", [["No", "Nama", "Jabatan", "Ket"], ["No", "Uraian Tugas", "Hasil", "Waktu"]])
def test_other_tables_are_left_alone(head: list[str]) -> None:
    said = read(ruled([head, ["1", "Mutu naik", "Nilai layanan", "85"]], WIDE))
    assert (said.indicators, said.budgets, said.areas) == ((), (), ())


def test_a_title_that_no_rule_knows_is_told() -> None:
    said = read(ruled([[*HEAD, "Pohon Rindang"], ["1", "Mutu naik", "Nilai", "85", "jati"]], [*WIDE, 80]))
    assert [f.text for f in said.unread] == ["Pohon Rindang"]
    assert len(said.indicators) == 1


def test_rows_over_all_columns_head_a_group_and_are_no_data() -> None:
    rows = [
        HEAD,
        ["Sasaran Khusus", "", "", ""],
        ["1", "Mutu naik", "Nilai", "85"],
        ["A", "Sasaran Operasional", "", ""],
    ]
    said = read(
        ruled(
            [*rows, ["1", "Tertib", "Laporan", "12"]],
            WIDE,
            across((0, 1), (3, 1)),
            across((1, 3), (3, 3)),
        )
    )
    assert promises(said) == [("Mutu naik", "Nilai", "85"), ("Tertib", "Laporan", "12")]


def test_a_column_that_only_numbers_its_words_belongs_to_them() -> None:
    rows = [
        ["No", "Sasaran", "", "Indikator Kinerja", "", "Target"],
        ["1", "1.", "Mutu naik", "a.", "Nilai", "85"],
    ]
    said = read(ruled(rows, [25, 25, 140, 25, 150, 60], across((1, 0), (2, 0)), across((3, 0), (4, 0))))
    assert promises(said) == [("Mutu naik", "Nilai", "85")]


def test_a_unit_in_a_column_of_its_own_under_the_target_is_the_unit() -> None:
    rows = [
        ["No", "Sasaran", "Indikator", "Target", ""],
        ["", "", "", "Jumlah", "Satuan"],
        ["1", "Tertib", "Laporan", "12", "Dokumen"],
    ]
    spans = [across((c, 0), (c, 1)) for c in range(3)]
    said = read(ruled(rows, [25, 140, 150, 50, 70], *spans, across((3, 0), (4, 0)))).indicators[0]
    assert (said.target and said.target.text, meant(said.unit), meant(said.value)) == (
        "12",
        "Dokumen",
        12.0,
    )


TWO_TIERS = [
    ["No", "Sasaran", "Indikator Kinerja", "Target", "Target Triwulan", "", "", ""],
    ["", "", "", "", "I", "II", "III", "IV"],
    ["1", "Mutu naik", "Nilai", "85", "20", "40", "60", "85"],
]
QUARTERS = [25, 110, 120, 50, 40, 40, 40, 40]


def quarters(said: Tables) -> list[str | None]:
    row = said.indicators[0]
    return [None if q is None else q.text for q in (row.q1, row.q2, row.q3, row.q4)]


def test_quarters_stand_under_one_title() -> None:
    spans = [*(across((c, 0), (c, 1)) for c in range(4)), across((4, 0), (7, 0))]
    said = read(ruled(TWO_TIERS, QUARTERS, *spans))
    assert (quarters(said), said.indicators[0].target and said.indicators[0].target.text) == (
        ["20", "40", "60", "85"],
        "85",
    )


def test_quarters_are_known_by_their_order_where_their_numerals_are_misread() -> None:
    rows = [TWO_TIERS[0], ["", "", "", "", "l", "Il", "lll", "lV"], TWO_TIERS[2]]
    spans = [*(across((c, 0), (c, 1)) for c in range(4)), across((4, 0), (7, 0))]
    assert quarters(read(ruled(rows, QUARTERS, *spans))) == ["20", "40", "60", "85"]


@pytest.mark.parametrize(
    "names", [["TW I", "TW II", "TW III", "TW IV"], ["Triwulan 1", "Triwulan 2", "Triwulan 3", "Triwulan 4"]]
)
def test_quarters_may_have_a_title_each(names: list[str]) -> None:
    rows = [[*TWO_TIERS[0][:4], *names], TWO_TIERS[2]]
    assert quarters(read(ruled(rows, QUARTERS))) == ["20", "40", "60", "85"]


def test_the_target_of_the_year_may_stand_among_the_quarters() -> None:
    rows = [
        ["No", "Sasaran", "Indikator Kinerja", "Target", "", "", "", ""],
        ["", "", "", "TW I", "TW II", "TW III", "TW IV", "Tahunan"],
        ["1", "Mutu naik", "Nilai", "20", "40", "60", "85", "90"],
    ]
    spans = [*(across((c, 0), (c, 1)) for c in range(3)), across((3, 0), (7, 0))]
    said = read(ruled(rows, QUARTERS, *spans))
    assert (quarters(said), promises(said)[0][2]) == (["20", "40", "60", "85"], "90")


def test_twelve_months_are_kept_beside_the_row() -> None:
    rows = [
        ["No", "Sasaran", "Indikator", "Target", "Bulan", *[""] * 11],
        ["", "", "", "", *map(str, range(1, 13))],
        ["1", "Tertib", "Laporan", "12", *["1"] * 12],
    ]
    spans = [*(across((c, 0), (c, 1)) for c in range(4)), across((4, 0), (15, 0))]
    said = read(ruled(rows, [20, 70, 80, 40, *[22] * 12], *spans)).indicators[0]
    assert (meant(said.measure), said.q1) == ("Laporan", None)
    assert [k for k, _ in said.also] == [f"m{n:02}" for n in range(1, 13)]


def test_a_staff_form_has_its_target_in_the_quantity() -> None:
    rows = [
        ["No", "Rencana Kinerja", "Indikator Kinerja", "Target", "", ""],
        ["", "", "", "Kuantitas/ Output", "Kualitas/ Mutu", "Waktu"],
        ["1", "Tertib", "Jumlah laporan", "5 Dokumen", "100 %", "12 bulan"],
    ]
    spans = [*(across((c, 0), (c, 1)) for c in range(3)), across((3, 0), (5, 0))]
    said = read(ruled(rows, [25, 110, 120, 70, 60, 60], *spans)).indicators[0]
    assert (said.target and said.target.text, meant(said.unit), meant(said.value)) == (
        "5 Dokumen",
        "Dokumen",
        5.0,
    )
    assert [(k, f.text) for k, f in said.also] == [("quality", "100 %"), ("time", "12 bulan")]


# ---------------------------------------------------------------- what stands elsewhere


def test_duties_with_quantities_are_the_measures_where_there_are_no_others() -> None:
    rows = [
        ["No", "Uraian Tugas", "Kuantitas", "Kualitas", "Waktu"],
        ["1", "Menyusun programa penyuluhan", "2 Dokumen", "95 %", "12 bulan"],
    ]
    assert promises(read(ruled(rows, [30, 200, 80, 60, 70]))) == [
        (None, "Menyusun programa penyuluhan", "2 Dokumen")
    ]


def test_an_objective_over_its_indicators_is_theirs_where_it_has_no_column() -> None:
    rows = [
        ["No", "Indikator Kinerja", "Target"],
        ["Sasaran 1: Mutu naik", "", ""],
        ["1", "Nilai", "85"],
        ["2", "Aduan", "3"],
    ]
    said = read(
        ruled(
            [*rows, ["Sasaran 2: Tertib", "", ""], ["3", "Laporan", "12"]],
            [30, 250, 90],
            across((0, 1), (2, 1)),
            across((0, 4), (2, 4)),
        )
    )
    assert [o for o, _, _ in promises(said)] == [
        "Mutu naik",
        "Mutu naik",
        "Tertib",
    ]


def test_a_unit_in_the_title_of_the_targets_is_theirs() -> None:
    said = read(
        ruled([[*HEAD[:3], "Target (%)"], ["1", "Mutu naik", "Nilai layanan", "85"]], WIDE)
    ).indicators[0]
    assert (said.target and said.target.text, meant(said.unit)) == ("85", "%")


def test_a_remark_that_is_a_unit_is_the_unit() -> None:
    rows = [
        [*HEAD, "Keterangan"],
        ["1", "Mutu naik", "Nilai layanan", "85", "Persen"],
        ["2", "Tertib", "Laporan", "12", "wajib"],
    ]
    said = read(ruled(rows, [*WIDE, 70]))
    assert [meant(i.unit) for i in said.indicators] == ["%", None]


def test_of_two_columns_of_indicators_the_one_beside_the_target_counts() -> None:
    rows = [
        ["Sasaran Program", "Indikator Program", "Sasaran Kegiatan", "Indikator Kegiatan", "Target"],
        ["A", "B", "C", "D", "85"],
    ]
    assert promises(read(ruled(rows, [90, 90, 90, 90, 60]))) == [("C", "D", "85")]


def test_of_an_old_and_a_new_target_the_new_one_counts() -> None:
    rows = [
        [*HEAD[:3], "Target Sebelum Perubahan", "Target Setelah Perubahan"],
        ["1", "Mutu", "Nilai", "80", "85"],
    ]
    assert promises(read(ruled(rows, [30, 130, 130, 80, 80]))) == [("Mutu", "Nilai", "85")]


def test_a_word_parted_by_a_hyphen_at_the_line_end_closes_up() -> None:
    said = read(ruled([HEAD, ["1", "Mutu", "Layanan e-\nGovernment kabupaten/\nkota", "85"]], WIDE))
    assert promises(said) == [("Mutu", "Layanan e-Government kabupaten/kota", "85")]


def test_a_grade_over_its_score_is_one_target() -> None:
    said = read(
        ruled([HEAD, ["1", "Mutu naik di semua bidang layanan dan di semua desa", "Nilai", "BB\n(75)"]], WIDE)
    )
    assert [i.target and i.target.text for i in said.indicators] == ["BB (75)"]


def test_indicators_listed_in_one_cell_with_a_target_each_are_rows() -> None:
    said = read(
        ruled(
            [
                HEAD,
                ["1", "Mutu", "a. Nilai layanan\nb. Jumlah aduan", "85\n3"],
                ["2", "Tertib", "Laporan", "12"],
            ],
            WIDE,
        )
    )
    assert promises(said) == [
        ("Mutu", "Nilai layanan", "85"),
        ("Mutu", "Jumlah aduan", "3"),
        ("Tertib", "Laporan", "12"),
    ]


def test_a_list_in_an_indicator_with_one_target_stays_one_indicator() -> None:
    said = read(
        ruled(
            [
                HEAD,
                ["1", "Mutu", "a. Nilai layanan\nb. Jumlah aduan", "85"],
                ["2", "Tertib", "Laporan", "12"],
            ],
            WIDE,
        )
    )
    assert len(said.indicators) == 2


def test_bullets_in_a_cell_part_its_indicators_and_are_no_part_of_their_targets() -> None:
    said = read(ruled([HEAD, ["1", "Mutu", "- Nilai SKM\n- Aduan selesai", "- 88\n- 100 %"]], WIDE))
    assert [(meant(i.measure), meant(i.target)) for i in said.indicators] == [
        ("Nilai SKM", "88"),
        ("Aduan selesai", "100 %"),
    ]


@pytest.mark.parametrize(
    "said", ["SASARAN III : Mutu naik", "Sasaran 3. Mutu naik", "Sasaran Strategis 3) Mutu naik"]
)
def test_an_objective_over_its_indicators_loses_its_title_and_number(said: str) -> None:
    rows = [["No", "Indikator Kinerja", "Target"], [said, "", ""], ["1", "Nilai", "85"]]
    assert promises(read(ruled(rows, [30, 250, 90], across((0, 1), (2, 1))))) == [
        ("Mutu naik", "Nilai", "85")
    ]


def test_objectives_in_lettered_rows_of_their_own_hold_over_the_end_of_a_page() -> None:
    head = ["No", "Indikator Kinerja", "Target", "Satuan"]
    first = [head, ["A", "Sasaran : Mutu naik", "", ""], ["1", "Nilai layanan", "85", "Poin"]]
    second = [
        head,
        ["2", "Jumlah aduan", "3", "Kali"],
        ["B", "Desa maju", "", ""],
        ["3", "Desa", "7", "Desa"],
    ]
    wide = [30, 190, 150, 70]
    said = read(
        ruled(first, wide, across((1, 1), (3, 1))),
        PageBreak(),
        Paragraph("Lampiran Perjanjian Kinerja, lanjutan"),  # announces nothing
        ruled(second, wide, across((1, 2), (3, 2))),
    )
    assert promises(said) == [
        ("Mutu naik", "Nilai layanan", "85"),
        ("Mutu naik", "Jumlah aduan", "3"),
        ("Desa maju", "Desa", "7"),
    ]


def test_a_shade_under_each_row_of_the_head_parts_no_cells() -> None:
    head = [["No", "Sasaran", "Indikator", "Target 2026", "Target Triwulan", "", "", ""]]
    head += [["", "", "", "", "TW I", "TW II", "TW III", "TW IV"]]
    shades = [("BACKGROUND", (0, n), (-1, n), "#e9ebf3") for n in (0, 1)]
    merged = [across((n, 0), (n, 1)) for n in range(4)] + [across((4, 0), (7, 0))]
    row = ["1", "Mutu", "Nilai", "100", "25", "50", "75", "100"]
    said = read(ruled([*head, row], [30, 90, 110, 50, 40, 40, 40, 40], *merged, *shades))
    assert promises(said) == [("Mutu", "Nilai", "100")]
    assert quarters(said) == ["25", "50", "75", "100"]


def test_an_indicator_may_be_short_and_begin_like_a_sum() -> None:
    said = read(ruled([HEAD, ["1", "Mutu", "Jumlah siswa", "207"], ["", "", "Jumlah", "207"]], WIDE))
    assert promises(said) == [("Mutu", "Jumlah siswa", "207")]


@pytest.mark.parametrize(
    ("measure", "unit"),
    [
        ("Jumlah kunjungan rawat jalan (orang)", "Orang"),
        ("Jumlah bayi yang diimunisasi (bayi)", "bayi"),
        ("Jumlah desa maju (Kategori A)", None),
    ],
)
def test_a_unit_may_stand_in_brackets_behind_the_indicator(measure: str, unit: str | None) -> None:
    (found,) = read(ruled([HEAD, ["1", "Mutu naik", measure, "85"]], WIDE)).indicators
    assert meant(found.unit) == unit
    assert meant(found.measure) == measure


def test_what_a_numeral_counts_over_rows_counted_otherwise_is_an_objective() -> None:
    head = ["Kode", "Indikator Kinerja", "Target", "Satuan"]
    rows = [
        ["I.", "Meningkatnya pendapatan daerah", "", ""],
        ["S1.1", "Realisasi pajak", "7,5", "%"],
        ["S1.2", "Jumlah gerai", "", "Gerai"],
        ["II.", "Meningkatnya layanan", "", ""],
        ["S2.1", "Nilai layanan", "85", "Indeks"],
    ]
    assert promises(read(ruled([head, *rows], WIDE))) == [
        ("Meningkatnya pendapatan daerah", "Realisasi pajak", "7,5"),
        ("Meningkatnya pendapatan daerah", "Jumlah gerai", None),
        ("Meningkatnya layanan", "Nilai layanan", "85"),
    ]
    same_way = [["I.", "Jumlah desa maju", "", ""], ["II.", "Jumlah gerai", "12", "Gerai"]]
    assert [m for _, m, _ in promises(read(ruled([head, *same_way], WIDE)))] == [
        "Jumlah desa maju",
        "Jumlah gerai",
    ]
