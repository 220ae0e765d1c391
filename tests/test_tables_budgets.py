"""Budgets: rungs, codes, amounts and sums."""

from __future__ import annotations

import pytest
from reportlab.platypus import Paragraph

from tests.ruled import (
    CELL,
    HEAD,
    MONEY,
    PURSE,
    WIDE,
    Rows,
    across,
    found,
    meant,
    money,
    promises,
    read,
    ruled,
    strings,
)


def test_programmes_have_money_and_a_note() -> None:
    said = read(
        ruled(
            [MONEY, ["1", "Program Jalan", "Rp. 1.250.000,-", "APBD"], ["", "JUMLAH", "Rp 1.250.000,-", ""]],
            PURSE,
        )
    )
    assert money(said) == [("program", "Program Jalan", 1250000)]
    assert (meant(said.budgets[0].note), meant(said.total)) == ("APBD", 1250000)


def test_the_sum_of_sums_is_the_one_kept() -> None:
    rows = [
        MONEY,
        ["1", "Program A", "100.000", ""],
        ["", "Jumlah", "100.000", ""],
        ["2", "Program B", "200.000", ""],
    ]
    said = read(ruled([*rows, ["", "Jumlah", "200.000", ""], ["", "TOTAL ANGGARAN", "300.000", ""]], PURSE))
    assert (len(said.budgets), meant(said.total)) == (2, 300000)


def test_under_the_last_sum_stands_no_programme_without_money() -> None:
    """Where those who sign stand in the same lines."""
    rows = [
        MONEY,
        ["1", "Program A", "100.000", ""],
        ["2", "Program B", "", ""],
        ["", "Jumlah", "100.000", ""],
        ["", "PIHAK KEDUA", "", ""],
        ["", "Ratna Kusuma NIP. 19710423 199803 1 011", "", ""],
    ]
    said = read(ruled(rows, PURSE))
    assert [name for _, name, _ in money(said)] == ["Program A", "Program B"]


def test_a_programme_that_only_begins_like_a_sum_is_none() -> None:
    said = read(ruled([MONEY, ["1", "Jumlah Penduduk Terdata di Kelurahan", "100.000", ""]], PURSE))
    assert (len(said.budgets), said.total) == (1, None)


def test_the_sum_in_words_is_no_programme() -> None:
    rows = [MONEY, ["1", "Program A", "100.000", ""], ["Terbilang : seratus ribu rupiah", "", "", ""]]
    assert len(read(ruled(rows, PURSE, across((0, 2), (3, 2)))).budgets) == 1
    assert len(read(ruled([*rows[:2], ["", "Terbilang: seratus ribu", "", ""]], PURSE)).budgets) == 1


def test_an_amount_broken_in_its_cell_is_one_amount() -> None:
    said = read(ruled([MONEY, ["1", "Program A", "Rp. 8.765.432.\n100,-", ""]], PURSE))
    assert money(said) == [("program", "Program A", 8765432100)]


def test_the_currency_may_stand_in_a_column_of_its_own() -> None:
    rows = [["No", "Program", "Anggaran", ""], ["1", "Program A", "Rp", "100.000,00"]]
    assert money(read(ruled(rows, [30, 230, 30, 100], across((2, 0), (3, 0))))) == [
        ("program", "Program A", 100000)
    ]


def test_thousands_of_rupiah_are_rupiah() -> None:
    for title in ("Anggaran (Rp.000)", "Anggaran (dalam ribuan rupiah)"):
        assert money(read(ruled([[*MONEY[:2], title], ["1", "Program A", "1.500"]], PURSE[:3]))) == [
            ("program", "Program A", 1500000)
        ]


def test_amounts_in_millions_may_have_parts() -> None:
    said = read(
        ruled([["Program", "Anggaran (juta Rp)"], ["Program A", "3.771,5"], ["Total", "3.771,5"]], [230, 110])
    )
    assert money(said) == [("program", "Program A", 3771500000)]
    assert meant(said.total) == 3771500000


@pytest.mark.parametrize(
    ("rows", "levels"),
    [
        (
            [["1", "PROGRAM A"], ["", "Kegiatan B"], ["", "Sub Kegiatan C"]],
            ["program", "kegiatan", "sub_kegiatan"],
        ),
        (
            [["1", "Program A"], ["1.1", "Tata Usaha"], ["1.1.1", "Gaji"], ["1.2", "Arsip"]],
            ["program", "kegiatan", "sub_kegiatan", "kegiatan"],
        ),
        (
            [["2.13.01", "Urusan"], ["2.13.01.2.01", "Tata Usaha"], ["2.13.01.2.01.0001", "Gaji"]],
            ["program", "kegiatan", "sub_kegiatan"],
        ),
        ([["I", "Program A"], ["", "Tata Usaha"], ["II", "Program B"]], ["program", "kegiatan", "program"]),
    ],
)
def test_the_rung_is_said_by_words_numbers_or_codes(rows: Rows, levels: list[str]) -> None:
    said = read(
        ruled([["No", "Program/Kegiatan", "Anggaran"], *([*r, "100.000"] for r in rows)], [80, 200, 100])
    )
    assert [b.level for b in said.budgets] == levels


def test_a_code_is_known_in_its_column_and_before_the_name() -> None:
    own = read(ruled([["Kode", "Program", "Anggaran"], ["2.13.01", "Program A", "100.000"]], [80, 200, 100]))
    before = read(ruled([["Program", "Anggaran"], ["2.13.01 Program A", "100.000"]], [200, 100]))
    assert [meant(f.budgets[0].code) for f in (own, before)] == ["2.13.01", "2.13.01"]
    assert money(before) == [("program", "Program A", 100000)]


def test_rungs_in_columns_give_the_finest_its_money() -> None:
    rows = [
        ["Program", "Kegiatan", "Sub Kegiatan", "Anggaran"],
        ["A", "B", "C", "100.000"],
        ["", "", "D", "200.000"],
    ]
    said = read(ruled(rows, [100, 100, 100, 90], across((0, 1), (0, 2)), across((1, 1), (1, 2))))
    assert money(said) == [("sub_kegiatan", "C", 100000), ("sub_kegiatan", "D", 200000)]


def test_a_sum_beside_the_money_is_that_of_the_coarser_rung() -> None:
    rows = [
        ["Program", "Kegiatan", "Anggaran", "Total"],
        ["A", "B", "100.000", "300.000"],
        ["", "C", "200.000", ""],
    ]
    said = read(ruled(rows, [100, 100, 100, 90], across((0, 1), (0, 2)), across((3, 1), (3, 2))))
    assert money(said) == [("program", "A", 300000), ("kegiatan", "B", 100000), ("kegiatan", "C", 200000)]


def test_a_row_without_its_own_money_keeps_its_place() -> None:
    said = read(ruled([MONEY, ["1", "Program A", "100.000", ""], ["", "Kegiatan B", "", ""]], PURSE))
    assert money(said) == [("program", "Program A", 100000), ("kegiatan", "Kegiatan B", None)]
    assert said.budgets[1].amount is not None


def test_one_table_may_hold_both_promises_and_money() -> None:
    rows = [
        ["Sasaran", "Indikator", "Target", "Program", "Anggaran"],
        ["1", "2", "3", "4", "5"],
        ["Mutu naik", "Nilai", "85", "Program A", "100.000"],
        ["", "Aduan", "3", "Program B", "200.000"],
        ["JUMLAH", "", "", "", "300.000"],
    ]
    said = read(ruled(rows, [100, 110, 50, 110, 80], across((0, 2), (0, 3)), across((0, 4), (3, 4))))
    assert promises(said) == [("Mutu naik", "Nilai", "85"), ("Mutu naik", "Aduan", "3")]
    assert money(said) == [("program", "Program A", 100000), ("program", "Program B", 200000)]
    assert meant(said.total) == 300000


def test_a_second_head_in_the_same_lines_begins_another_table() -> None:
    rows = [
        HEAD,
        ["1", "Mutu naik", "Nilai", "85"],
        ["No", "Program", "Anggaran", "Ket"],
        ["1", "Program A", "100.000", "APBD"],
    ]
    said = read(ruled(rows, WIDE))
    assert (len(said.indicators), money(said)) == (1, [("program", "Program A", 100000)])


def test_names_without_the_word_are_of_the_programme_over_them_where_the_title_speaks_of_both() -> None:
    rows = [["Program A", "300"], ["Gaji", "100"], ["Arsip", "200"], ["Program B", "50"], ["Jalan", "50"]]
    for title, below in (("Program / Kegiatan", "kegiatan"), ("Program", "program")):
        said = read(ruled([[title, "Anggaran (ribu)"], *rows], [230, 110]))
        assert [b.level for b in said.budgets] == ["program", below, below, "program", below]


def test_a_name_in_a_list_may_go_on_under_its_money() -> None:
    said = found(
        strings(
            (700, [(72, "1."), (94, "Program Penyelenggaraan Jalan"), (380, "Rp."), (450, "772.347.000")]),
            (680, [(94, "Program Pemenuhan Upaya Kesehatan Perorangan dan")]),
            (676, [(72, "2."), (380, "Rp."), (450, "196.542.000")]),
            (670, [(94, "Masyarakat")]),
            (655, [(94, "Jumlah Anggaran"), (380, "Rp."), (450, "968.889.000")]),
        )
    )
    assert money(said) == [
        ("program", "Program Penyelenggaraan Jalan", 772347000),
        ("program", "Program Pemenuhan Upaya Kesehatan Perorangan dan Masyarakat", 196542000),
    ]
    assert meant(said.total) == 968889000


def test_money_in_a_list_may_stand_between_two_lines_of_its_name_and_be_short() -> None:
    said = found(
        strings(
            (700, [(94, "Program Pemenuhan Upaya Kesehatan Perorangan dan")]),
            (693, [(72, "1."), (380, "1.352,5 juta")]),
            (686, [(94, "Masyarakat")]),
            (670, [(72, "2."), (94, "1"), (104, "Program Pendaftaran Penduduk"), (380, "63,2 juta")]),
            (655, [(94, "Jumlah"), (380, "1.415,7 juta")]),
        )
    )
    assert money(said) == [
        ("program", "Program Pemenuhan Upaya Kesehatan Perorangan dan Masyarakat", 1352500000),
        ("program", "Program Pendaftaran Penduduk", 63200000),
    ]
    assert meant(said.total) == 1415700000


def test_what_stands_under_an_entry_of_a_list_with_money_under_its_money_is_one_too() -> None:
    """Also without its bullet, and whatever it names."""
    said = found(
        strings(
            (700, [(69, "-"), (82, "Program Penunjang Urusan Pemerintahan"), (430, "Rp. 901.901.000,-")]),
            (687, [(91, "Perencanaan dan Evaluasi Kinerja"), (430, "Rp. 501.901.000,-")]),
            (674, [(69, "-"), (91, "Administrasi Umum"), (430, "Rp. 400.000.000,-")]),
            (650, [(69, "Jumlah seluruhnya Rp901.901.000,00")]),
        )
    )
    assert [(name, rupiah) for _, name, rupiah in money(said)] == [
        ("Program Penunjang Urusan Pemerintahan", 901901000),
        ("Perencanaan dan Evaluasi Kinerja", 501901000),
        ("Administrasi Umum", 400000000),
    ]
    assert meant(said.total) == 901901000


def test_a_remark_on_the_money_is_no_part_of_the_name_beside_it() -> None:
    said = found(
        strings(
            (700, [(72, "a."), (94, "Program Penyelenggaraan Pemilu"), (400, ": Rp5.410.109.000,00")]),
            (688, [(94, "Konsolidasi Demokrasi"), (406, "(APBN)")]),
        )
    )
    assert money(said) == [("program", "Program Penyelenggaraan Pemilu Konsolidasi Demokrasi", 5410109000)]


def test_the_sign_of_money_that_its_figures_left_behind_is_no_part_of_a_name() -> None:
    said = found(
        strings(
            (700, [(72, "1."), (94, "Program Dukungan Manajemen"), (420, "Rp.")]),
            (688, [(380, "5.354.480.000,-")]),
        )
    )
    assert money(said) == [("program", "Program Dukungan Manajemen", 5354480000)]


def test_what_is_bulleted_under_a_caption_of_budgets_is_one_whatever_it_names() -> None:
    """Remarks and sums in words, in brackets, are no part of an amount."""
    said = found(
        strings(
            (700, [(72, "Dukungan anggaran :")]),
            (686, [(90, "• Penyelenggaraan Layanan Akademik sebesar Rp4.841.760.000 (BOPTN)")]),
            (672, [(90, "• Layanan Perkantoran sebesar Rp2.670.218.000 (APBN)")]),
            (656, [(72, "Total pagu Rp7.511.978.000 (tujuh miliar lima ratus sebelas juta rupiah).")]),
        )
    )
    assert [(name, rupiah) for _, name, rupiah in money(said)] == [
        ("Penyelenggaraan Layanan Akademik", 4841760000),
        ("Layanan Perkantoran", 2670218000),
    ]
    assert meant(said.total) == 7511978000


def test_what_counts_a_programme_and_the_word_before_its_money_are_no_part_of_its_name() -> None:
    said = found(
        strings(
            (700, [(72, "Kegiatan 1 : Program Dukungan Manajemen")]),
            (686, [(72, "Anggaran : Rp3.797.307.000,00")]),
        )
    )
    assert money(said) == [("program", "Program Dukungan Manajemen", 3797307000)]


def test_a_budget_may_be_said_in_a_sentence() -> None:
    said = found(
        strings(
            (700, [(72, "Jumlah anggaran tersedia :")]),
            (684, [(72, "- Program Penyelenggaraan Pemerintahan dan Pelayanan Publik sebesar Rp")]),
            (670, [(80, "1.257.619.000,- (satu miliar dua ratus lima puluh tujuh juta enam ratus")]),
            (656, [(80, "sembilan belas ribu rupiah)")]),
        )
    )
    assert money(said) == [
        ("program", "Program Penyelenggaraan Pemerintahan dan Pelayanan Publik", 1257619000)
    ]


def test_the_budget_of_a_village_is_parted_by_fields() -> None:
    rows = [["BIDANG", "ANGGARAN (Rp)", "SUMBER"], ["Bidang Pembangunan Desa", "51.519.000,-", "ADD"]]
    assert money(read(ruled(rows, [230, 110, 60]))) == [("program", "Bidang Pembangunan Desa", 51519000)]


def test_objectives_may_stand_over_programmes_in_one_column() -> None:
    rows = [
        ["Kode", "Sasaran / Program / Kegiatan / Sub Kegiatan", "Indikator", "Target", "Anggaran (Rp)"],
        ["", "Sasaran 1 : Meningkatnya produksi", "Produksi padi", "398 ton", ""],
        ["3.27.02", "Program Sarana Pertanian", "Cakupan sarana", "100 %", "480.980.750"],
        ["3.27.02.2.01", "Pengawasan Sarana", "Jumlah dokumen", "6 Dokumen", "406.630.500"],
    ]
    assert money(read(ruled(rows, [60, 150, 110, 60, 80]))) == [
        ("program", "Program Sarana Pertanian", 480_980_750),
        ("kegiatan", "Pengawasan Sarana", 406_630_500),
    ]


def test_marks_before_names_are_their_numbers_where_the_column_counts_indicators() -> None:
    rows = [
        ["No", "Sasaran", "Indikator", "Target", "Program/Kegiatan/Sub Kegiatan", "Anggaran (Rp)"],
        ["1", "Mutu udara", "Indeks udara", "86", "A. Program Penunjang Urusan", "3.000.000"],
        ["2", "", "Indeks lahan", "60", "1. Perencanaan Kinerja", "2.000.000"],
        ["3", "", "Jumlah bank sampah", "4 Unit", "a. Penyusunan Dokumen", "2.000.000"],
        ["4", "", "Luas taman", "12 Ha", "2. Administrasi Umum", "1.000.000"],
    ]
    said = read(ruled(rows, [25, 70, 90, 45, 170, 80]))
    assert money(said) == [
        ("program", "Program Penunjang Urusan", 3_000_000),
        ("kegiatan", "Perencanaan Kinerja", 2_000_000),
        ("sub_kegiatan", "Penyusunan Dokumen", 2_000_000),
        ("kegiatan", "Administrasi Umum", 1_000_000),
    ]


def test_a_programme_with_its_money_is_no_head() -> None:
    """'Program PAUD dan ...' is nearly 'Program dan Anggaran'."""
    names = [
        "Program Pendidikan Tinggi",
        "Program PAUD dan Wajib Belajar 12 Tahun",
        "Program Dukungan Manajemen",
    ]
    rows = [
        (700 - 16 * n, [(72, f"{n + 1}."), (94, name), (380, ":"), (400, f"Rp{n + 1}.619.139.000,-")])
        for n, name in enumerate(names)
    ]
    assert money(found(strings((720, [(72, "PROGRAM")]), *rows))) == [
        ("program", name, (n + 1) * 10**9 + 619_139_000) for n, name in enumerate(names)
    ]


def test_the_sum_may_stand_under_a_table_without_lines() -> None:
    said = found(
        strings(
            (720, [(72, "Program"), (430, "Anggaran")]),
            (704, [(72, "1. Program Rehabilitasi Sosial"), (420, "Rp. 3.912.333.000,-")]),
            (688, [(72, "2. Program Penanganan Bencana"), (420, "Rp. 7.941.196.769,-")]),
            (666, [(70, "Jumlah Anggaran :  Rp. 11.853.529.769,-")]),
        )
    )
    assert money(said) == [
        ("program", "Program Rehabilitasi Sosial", 3_912_333_000),
        ("program", "Program Penanganan Bencana", 7_941_196_769),
    ]
    assert meant(said.total) == 11_853_529_769


def test_a_sum_under_a_table_in_thousands_is_in_thousands() -> None:
    said = found(
        strings(
            (720, [(72, "Program"), (420, "Anggaran (Rp 000)")]),
            (704, [(72, "1. Program Rehabilitasi Sosial"), (440, "3.912.333")]),
            (688, [(72, "2. Program Penanganan Bencana"), (440, "7.941.196")]),
            (660, [(170, "Jumlah"), (434, "11.853.529")]),
        )
    )
    assert [amount for _, _, amount in money(said)] == [3_912_333_000, 7_941_196_000]
    assert meant(said.total) == 11_853_529_000


def test_a_caption_over_names_with_their_money_is_no_column() -> None:
    rows = [["Program dan Anggaran (dalam juta rupiah)", ""], ["1. Program Jalan", "469,1 juta"]]
    assert money(read(ruled(rows, (330, 110), across((0, 0), (1, 0))))) == [
        ("program", "Program Jalan", 469100000)
    ]


@pytest.mark.parametrize(
    ("cell", "name", "rupiah"),
    [
        ("PROGRAM PENATAAN BANGUNAN\nRp 1.034.599.000", "PROGRAM PENATAAN BANGUNAN", 1034599000),
        ("Program Jalan Rp. 1.250.000,-", "Program Jalan", 1250000),
        ("Program Jalan\n(Rp1.250.000,00)", "Program Jalan", 1250000),
        ("Program Jalan\n714.270.000", "Program Jalan", 714270000),
        ("Program Kelurahan 3.000", "Program Kelurahan", 3000),
        # nothing that is money
        ("Program 100-0-100", "Program 100-0-100", None),
        ("Program Satu Data 2026", "Program Satu Data 2026", None),
        ("Program Rp", "Program Rp", None),
    ],
)
def test_a_name_and_its_money_may_share_a_cell(cell: str, name: str, rupiah: int | None) -> None:
    head = ["Program dan Anggaran", "Sasaran", "Indikator", "Target"]
    said = read(ruled([head, [cell, "Tertatanya jalan", "Panjang jalan", "12 km"]], (170, 110, 110, 60)))
    assert money(said) == [("program", name, rupiah)]
    assert [meant(i.measure) for i in said.indicators] == ["Panjang jalan"]


CODED = [
    ["033.FC", "Program Ketahanan Air", "36.430.164"],
    ["033.FC.2.01", "Pengembangan Bendungan", "36.430.164"],
    ["033.WA", "Program Dukungan Manajemen", "8.889.024"],
    ["", "Jumlah Anggaran", "45.319.188"],
]


def test_a_table_without_titles_is_what_its_caption_says() -> None:
    """Its codes say what stands under what, and the caption in what the money is counted."""
    said = read(Paragraph("Lampiran 2. Anggaran (ribu rupiah)", CELL), ruled(CODED, [80, 250, 90]))
    assert money(said) == [
        ("program", "Program Ketahanan Air", 36_430_164_000),
        ("kegiatan", "Pengembangan Bendungan", 36_430_164_000),
        ("program", "Program Dukungan Manajemen", 8_889_024_000),
    ]
    assert [meant(b.code) for b in said.budgets] == ["033.FC", "033.FC.2.01", "033.WA"]
    assert meant(said.total) == 45_319_188_000


@pytest.mark.parametrize("caption", ["Daftar Pegawai", ""])
def test_a_table_without_titles_and_such_a_caption_is_none_of_ours(caption: str) -> None:
    said = read(Paragraph(caption, CELL), ruled(CODED, [80, 250, 90]))
    assert said.budgets == ()


def test_a_cell_may_hold_a_name_beside_each_of_its_amounts() -> None:
    rows = [
        ["No", "Indikator", "Target", "Program / Kegiatan", "Anggaran (Rp)"],
        [
            "1",
            "Populasi sapi",
            "6 Ekor",
            "Program Pertanian<br/>Penggunaan Sarana",
            "1.019.680.000<br/>1.019.680.000",
        ],
        ["", "Produksi kakao", "5 Kg", "", ""],
    ]
    merged = [across((col, 1), (col, 2)) for col in (0, 3, 4)]
    assert money(read(ruled(rows, [30, 120, 70, 150, 90], *merged))) == [
        ("program", "Program Pertanian", 1_019_680_000),
        ("kegiatan", "Penggunaan Sarana", 1_019_680_000),
    ]


def test_of_money_before_and_after_a_change_the_latter_counts() -> None:
    head = ["Kode", "Program/Kegiatan", "Pagu Murni (Rp)", "Pagu Perubahan (Rp)"]
    said = read(ruled([head, ["1.05", "Program A", "100.000", "120.000"]], [60, 170, 100, 110]))
    assert money(said) == [("program", "Program A", 120_000)]


def test_the_sum_of_a_programme_is_no_programme() -> None:
    rows = [["1", "Program A", "100.000", ""], ["", "Sub total program 1", "100.000", ""]]
    said = read(ruled([MONEY, *rows, ["2", "Program B", "50.000", ""], ["", "Total", "150.000", ""]], PURSE))
    assert [name for _, name, _ in money(said)] == ["Program A", "Program B"]
    assert meant(said.total) == 150_000


@pytest.mark.parametrize("total", ["Total Alokasi Anggaran", "Seluruhnya"])
def test_a_sum_goes_by_several_names(total: str) -> None:
    said = read(ruled([MONEY, ["1", "Program A", "100.000", ""], ["", total, "100.000", ""]], PURSE))
    assert (len(said.budgets), meant(said.total)) == (1, 100_000)


def test_rows_counted_in_two_ways_by_turns_stand_under_each_other() -> None:
    rows = [
        MONEY,
        ["I.", "Program Meteorologi", "300.000", ""],
        ["A.", "Pengamatan", "100.000", ""],
        ["B.", "Peringatan", "200.000", ""],
        ["II.", "Program Dukungan", "50.000", ""],
        ["A.", "Perkantoran", "50.000", ""],
    ]
    assert [level for level, _, _ in money(read(ruled(rows, PURSE)))] == [
        "program", "kegiatan", "kegiatan", "program", "kegiatan",
    ]  # fmt: skip


def test_parts_of_millions_may_have_the_sign_of_money_before_them() -> None:
    rows = [["No", "Program", "Anggaran (juta)"], ["1", "Program Pajak", "Rp 3.338,5"]]
    assert money(read(ruled(rows, [30, 200, 120]))) == [("program", "Program Pajak", 3_338_500_000)]


def test_budgets_may_be_told_in_running_text() -> None:
    text = [
        "Untuk mencapai target tersebut disediakan anggaran sejumlah Rp1.749.000,- (satu juta",
        "rupiah), yang terdiri atas Program Pembinaan Pemasyarakatan sebesar Rp1.523.000,-",
        "dan Program Dukungan Manajemen sebesar Rp 226.000,-.",
    ]
    said = found(strings(*((700 - 14 * n, [(60, line)]) for n, line in enumerate(text))))
    assert money(said) == [
        ("program", "Program Pembinaan Pemasyarakatan", 1_523_000),
        ("program", "Program Dukungan Manajemen", 226_000),
    ]
    assert meant(said.total) == 1_749_000


def test_a_list_is_in_the_unit_of_its_caption() -> None:
    for caption, scale in (("Anggaran (dalam ribu rupiah)", 1000), ("Anggaran :", 1)):
        said = found(
            strings(
                (720, [(62, caption)]),
                (700, [(65, "1."), (95, "Program Penyelenggaraan Jalan"), (380, "Rp"), (450, "6.792.637")]),
                (682, [(65, "2."), (95, "Program Perekonomian"), (380, "Rp"), (450, "17.672.096")]),
                (664, [(95, "Total Anggaran"), (380, "Rp"), (450, "24.464.733")]),
            )
        )
        assert [amount for _, _, amount in money(said)] == [6_792_637 * scale, 17_672_096 * scale]
        assert meant(said.total) == 24_464_733 * scale
