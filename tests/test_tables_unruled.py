"""Tables that lack lines, and text that is no table."""

from __future__ import annotations

import pytest

from tests.ruled import (
    BARE,
    HEAD,
    MONEY,
    PURSE,
    WIDE,
    Command,
    Rows,
    found,
    meant,
    money,
    promises,
    read,
    ruled,
    strings,
)


def body(rows: Rows) -> list[list[str]]:
    return [HEAD, *map(list, rows)]


ROWS = [
    [
        "1",
        "Mutu layanan naik dari tahun ke tahun berikutnya",
        "Nilai rata-rata semua layanan yang diberikan oleh kantor",
        "85",
    ],
    ["", "", "Aduan", "3 kali"],
    ["2", "Tertib", "Laporan", "12"],
]
READ = [
    (
        "Mutu layanan naik dari tahun ke tahun berikutnya",
        "Nilai rata-rata semua layanan yang diberikan oleh kantor",
        "85",
    ),
    ("Mutu layanan naik dari tahun ke tahun berikutnya", "Aduan", "3 kali"),
    ("Tertib", "Laporan", "12"),
]


@pytest.mark.parametrize(
    "style",
    [
        pytest.param([("INNERGRID", (0, 0), (-1, -1), 0.6, "black"), BARE], id="no outer border"),
        pytest.param([BARE], id="no line at all"),
        pytest.param([("LINEBELOW", (0, 0), (-1, 0), 0.6, "black")], id="a line under the head"),
        pytest.param(
            [("LINEBELOW", (0, 0), (-1, -1), 0.6, "black"), ("LINEABOVE", (0, 0), (-1, 0), 0.6, "black")],
            id="level lines only",
        ),
        pytest.param(
            [
                ("BOX", (0, 0), (-1, -1), 0.6, "black"),
                ("LINEBELOW", (0, 0), (-1, 0), 0.6, "black"),
                ("LINEAFTER", (0, 0), (-2, -1), 0.6, "black"),
            ],
            id="no lines between rows",
        ),
        pytest.param([("BOX", (0, 0), (-1, -1), 0.6, "black")], id="a frame around it"),
        pytest.param([("GRID", (0, 0), (-1, -1), 0.6, "black", None, None, None, 2, 1.5)], id="double lines"),
        pytest.param([("GRID", (0, 0), (-1, -1), 0.6, "black", None, (1, 1.5))], id="dotted lines"),
    ],
)
def test_the_same_table_is_read_however_it_is_ruled(style: list[Command]) -> None:
    assert promises(read(ruled(body(ROWS), WIDE, *style))) == READ


def test_a_table_under_a_ruled_head_alone_is_read() -> None:
    assert promises(read(ruled(body(ROWS), WIDE, ("GRID", (0, 0), (-1, 0), 0.6, "black")))) == READ


def test_money_without_lines_ends_before_the_signatures() -> None:
    said = found(
        strings(
            (700, [(60, "Program"), (330, "Anggaran"), (450, "Keterangan")]),
            (685, [(60, "1."), (80, "Program Penunjang Urusan"), (330, "Rp. 315.000.000,-"), (450, "APBD")]),
            (673, [(80, "Pemerintahan Daerah")]),
            (661, [(60, "2."), (80, "Program Jalan"), (330, "Rp. 100.000.000,-"), (450, "DAK")]),
            (646, [(80, "JUMLAH"), (330, "Rp. 415.000.000,-")]),
            (635, [(330, "Sungai Batu, 29 Januari 2026")]),
            (624, [(80, "Pihak Kedua,"), (330, "Pihak Pertama,")]),
        )
    )
    assert money(said) == [
        ("program", "Program Penunjang Urusan Pemerintahan Daerah", 315000000),
        ("program", "Program Jalan", 100000000),
    ]
    assert (meant(said.total), [meant(b.note) for b in said.budgets]) == (415000000, ["APBD", "DAK"])


def test_colon_and_sign_of_money_are_of_the_money_and_the_sum_told_below_is_of_no_name() -> None:
    def row(y: float, number: str, name: str, amount: str) -> tuple[float, list[tuple[float, str]]]:
        signs = [(310.0, ":"), (320.0, "Rp."), (345.0, amount), (460.0, "APBD")]
        return (y, [(80.0, number), (100.0, name), *signs])

    said = found(
        strings(
            (700, [(100, "Program"), (345, "Anggaran"), (450, "Keterangan")]),
            row(685, "1.", "Program Jalan", "1.070.333.000,-"),
            row(672, "2.", "Program Penunjang Urusan Pemerintahan", "730.092.000,-"),
            (659, [(100, "Kabupaten")]),
            (642, [(80, "Jumlah Anggaran : Rp. 1.800.425.000,-")]),
            (610, [(330, "Sungai Batu, 29 Januari 2026")]),
        )
    )
    assert money(said) == [
        ("program", "Program Jalan", 1070333000),
        ("program", "Program Penunjang Urusan Pemerintahan Kabupaten", 730092000),
    ]
    assert meant(said.total) == 1800425000


def test_a_list_with_dots_up_to_the_money_is_read_too() -> None:
    said = found(
        strings(
            (700, [(60, "1. Program Jalan ................. Rp. 100.000.000,-")]),
            (685, [(60, "2. Program Jembatan"), (330, "Rp. 200.000.000,-")]),
            (670, [(60, "Jumlah Anggaran : Rp. 300.000.000,-")]),
        )
    )
    assert money(said) == [
        ("program", "Program Jalan", 100000000),
        ("program", "Program Jembatan", 200000000),
    ]
    assert meant(said.total) == 300000000


@pytest.mark.parametrize(
    "text",
    [
        "Program kerja ini menghabiskan dana sebesar Rp. 100.000.000,-",
        "Target kinerja tersebut menjadi tanggung jawab kami.",
        "1. Program ini dibiayai APBD dengan pagu Rp. 100.000.000,-",
        "Keberhasilan dan kegagalan pencapaian target kinerja menjadi tanggung jawab kami.",
    ],
)
def test_prose_is_no_table(text: str) -> None:
    said = found(strings((700, [(60, text)])))
    assert (said.indicators, said.budgets, said.total, said.areas) == ((), (), None, ())


def test_marked_indicators_without_lines_are_rows() -> None:
    rows = [
        HEAD,
        ["1", "Mutu naik", "1. Nilai layanan yang diberikan kepada semua warga", "85"],
        ["", "", "2. Mutu kantor", "Baik"],
        ["", "", "3. Jumlah aduan", "3"],
    ]
    assert [t for _, _, t in promises(read(ruled(rows, WIDE, BARE)))] == ["85", "Baik", "3"]


def test_quarters_without_lines_keep_their_places() -> None:
    rows = [[*HEAD, "TW I", "TW II", "TW III", "TW IV"], ["1", "Mutu", "Nilai", "85", "20", "40", "60", "85"]]
    said = read(ruled(rows, [25, 100, 110, 50, 40, 40, 40, 40], BARE)).indicators[0]
    assert [q and q.text for q in (said.q1, said.q2, said.q3, said.q4)] == ["20", "40", "60", "85"]


def test_a_second_table_without_lines_ends_the_first() -> None:
    said = read(
        ruled([HEAD, ["1", "Mutu", "Nilai", "85"]], WIDE, BARE),
        ruled([MONEY, ["1", "Program A", "100.000", "APBD"]], PURSE, BARE),
    )
    assert (promises(said), money(said)) == ([("Mutu", "Nilai", "85")], [("program", "Program A", 100000)])


def test_objectives_and_indicators_in_one_column_are_told_apart() -> None:
    titles = [(60, "No"), (90, "Sasaran / Indikator Kinerja"), (380, "Satuan"), (480, "Target")]
    said = found(
        strings(
            (740, titles),
            (720, [(60, "I"), (90, "Jalan terpelihara")]),
            (706, [(66, "1."), (90, "Panjang jalan mantap"), (380, "Meter"), (480, "90.878")]),
            (692, [(66, "2."), (90, "Lampu yang dipasang"), (380, "Titik"), (480, "4")]),
            (672, [(60, "II"), (90, "Pangan tersedia")]),
            (658, [(66, "1."), (90, "Skor pola pangan"), (380, "Skor")]),
            (636, [(60, "Program dan Anggaran Tahun 2026 (dalam rupiah)")]),
            (622, [(60, "1."), (80, "Program Penyelenggaraan Jalan"), (380, ": Rp819.802.000,-")]),
        )
    )
    assert promises(said) == [
        ("Jalan terpelihara", "Panjang jalan mantap", "90.878"),
        ("Jalan terpelihara", "Lampu yang dipasang", "4"),
        ("Pangan tersedia", "Skor pola pangan", None),
    ]
    assert money(said) == [("program", "Program Penyelenggaraan Jalan", 819802000)]


def test_columns_and_titles_so_close_that_they_read_as_one_are_parted() -> None:
    said = found(
        strings(
            (700, [(60, "Sasaran"), (200, "Indikator"), (348, "Cara Hitung"), (402, "Target")]),
            (680, [(60, "Naiknya mutu semua layanan kita"), (200, "Nilai"), (348, "Rata-rata"), (402, "85")]),
            (660, [(60, "Tertib"), (200, "Laporan"), (348, "Jumlah"), (402, "12")]),
        )
    )
    assert promises(said) == [("Naiknya mutu semua layanan kita", "Nilai", "85"), ("Tertib", "Laporan", "12")]


def test_codes_count_rows_and_an_objective_may_be_as_wide_as_the_table() -> None:
    said = found(
        strings(
            (
                700,
                [
                    (72, "Kode"),
                    (106, "Sasaran Kegiatan / Indikator Kinerja"),
                    (400, "Target"),
                    (470, "Satuan"),
                ],
            ),
            (
                680,
                [
                    (72, "SK.1"),
                    (
                        106,
                        "Meningkatnya mutu lingkungan hidup di seluruh wilayah yang terjangkau dinas",
                    ),
                ],
            ),
            (664, [(76, "1.1"), (112, "Persentase sampah yang"), (400, "77,10"), (470, "%")]),
            (652, [(112, "terkelola")]),
            (636, [(76, "1.2"), (112, "Jumlah titik pantau"), (400, "4"), (470, "Titik")]),
            (619, [(72, "SK.2"), (106, "Terwujudnya arsip yang tertib")]),
            (604, [(76, "2.1"), (112, "Jumlah arsip"), (400, "12"), (470, "Boks")]),
        )
    )
    wide = "Meningkatnya mutu lingkungan hidup di seluruh wilayah yang terjangkau dinas"
    assert promises(said) == [
        (wide, "Persentase sampah yang terkelola", "77,10"),
        (wide, "Jumlah titik pantau", "4"),
        ("Terwujudnya arsip yang tertib", "Jumlah arsip", "12"),
    ]


def test_a_sentence_that_announces_a_list_ends_a_table() -> None:
    said = found(
        strings(
            (700, [(60, "Sasaran"), (200, "Indikator"), (420, "Target")]),
            (686, [(60, "Mutu naik"), (200, "Nilai layanan"), (420, "85")]),
            (672, [(200, "Jumlah aduan"), (420, "4 Aduan")]),
            (656, [(60, "Anggaran yang disediakan untuk mendukung pencapaian target:")]),
            (642, [(60, "a."), (74, "PROGRAM KAWASAN PERMUKIMAN"), (420, "Rp. 370.866.000,-")]),
            (628, [(60, "b."), (74, "PROGRAM PELAYANAN"), (420, "Rp. 583.019.000,-")]),
        )
    )
    assert [(m, t) for _, m, t in promises(said)] == [("Nilai layanan", "85"), ("Jumlah aduan", "4 Aduan")]
    assert [rupiah for _, _, rupiah in money(said)] == [370866000, 583019000]


def test_objectives_may_be_announced_over_a_head_each() -> None:
    said = found(
        strings(
            (700, [(72, "1. Sasaran : Terwujudnya perencanaan yang selaras")]),
            (682, [(94, "Indikator"), (420, "Target")]),
            (666, [(72, "a."), (94, "Persentase keselarasan rencana"), (420, "60,50%")]),
            (640, [(72, "2. Sasaran : Meningkatnya derajat kesehatan")]),
            (622, [(94, "Indikator"), (420, "Target")]),
            (606, [(72, "a."), (94, "Jumlah balita yang dirawat"), (420, "2 Balita")]),
            (590, [(72, "b."), (94, "Angka kematian bayi"), (420, "4,60 Rasio")]),
        )
    )
    assert [(o, t) for o, _, t in promises(said)] == [
        ("Terwujudnya perencanaan yang selaras", "60,50%"),
        ("Meningkatnya derajat kesehatan", "2 Balita"),
        ("Meningkatnya derajat kesehatan", "4,60 Rasio"),
    ]


def test_rows_counted_anew_stand_under_an_objective_whose_number_is_unread() -> None:
    said = found(
        strings(
            (700, [(72, "No"), (106, "Sasaran / Indikator Kinerja"), (400, "Satuan"), (470, "Target")]),
            (680, [(106, "Berkembangnya usaha mikro")]),
            (664, [(76, "1."), (112, "Persentase koperasi yang melaksanakan"), (400, "%"), (470, "100")]),
            (652, [(112, "rapat anggota")]),
            (636, [(76, "2."), (112, "Jumlah wirausaha baru"), (400, "Orang"), (470, "4")]),
            (619, [(106, "Terkelolanya persampahan")]),
            (604, [(76, "1."), (112, "Persentase sampah yang tertangani"), (400, "%"), (470, "90")]),
        )
    )
    assert promises(said) == [
        ("Berkembangnya usaha mikro", "Persentase koperasi yang melaksanakan rapat anggota", "100"),
        ("Berkembangnya usaha mikro", "Jumlah wirausaha baru", "4"),
        ("Terkelolanya persampahan", "Persentase sampah yang tertangani", "90"),
    ]


def test_indicators_may_be_told_in_sentences() -> None:
    """Each is counted off under its objective; a promise that speaks of targets is none."""
    rows = [
        (720, [(60, "1. Pihak Pertama mencapai target kinerja tahunan.")]),
        (700, [(60, "Sasaran 1: Meningkatnya mutu penelitian;")]),
        (686, [(60, "Indikator:")]),
        (670, [(70, "a. Persentase rekomendasi yang digunakan, target 91,5%;")]),
        (656, [(70, "b. Opini atas laporan yang disusun oleh badan pemeriksa,")]),
        (642, [(80, "target WTP.")]),
        (626, [(60, "Sasaran 2: Terlaksananya pembimbingan; Indikator:")]),
        (610, [(70, "a. Jumlah griya yang aktif, target 2 Griya.")]),
        (580, [(60, "II. Anggaran")]),
        (566, [(60, "Untuk mencapai target tersebut disediakan anggaran sejumlah Rp1.000.000,-.")]),
    ]
    assert promises(found(strings(*rows))) == [
        ("Meningkatnya mutu penelitian", "Persentase rekomendasi yang digunakan", "91,5%"),
        ("Meningkatnya mutu penelitian", "Opini atas laporan yang disusun oleh badan pemeriksa", "WTP"),
        ("Terlaksananya pembimbingan", "Jumlah griya yang aktif", "2 Griya"),
    ]


@pytest.mark.parametrize("mark", ["1.", "-"])
def test_a_list_of_money_under_a_table_is_no_row_of_it(mark: str) -> None:
    """Nothing announces it, and its sum ends it."""
    said = found(
        strings(
            (700, [(60, "Sasaran"), (200, "Indikator"), (420, "Target"), (480, "Satuan")]),
            (686, [(60, "Mutu naik"), (200, "Nilai layanan"), (420, "85"), (480, "Nilai")]),
            (672, [(200, "Jumlah aduan"), (420, "4"), (480, "Aduan")]),
            (656, [(60, mark), (74, "Pemberdayaan Kelurahan"), (420, "Rp"), (460, "77.091.000")]),
            (642, [(60, mark), (74, "Administrasi Umum"), (420, "Rp"), (460, "317.072.000")]),
            (628, [(74, "Jumlah"), (420, "Rp"), (460, "394.163.000")]),
        )
    )
    assert [(m, t) for _, m, t in promises(said)] == [("Nilai layanan", "85"), ("Jumlah aduan", "4")]
    assert [rupiah for _, _, rupiah in money(said)] == [77091000, 317072000]


def test_indicators_may_be_told_in_an_outline() -> None:
    """Under each objective, lettered, with dots up to the target; a long one begins over its letter."""
    said = found(
        strings(
            (700, [(60, "TARGET KINERJA")]),
            (686, [(60, "Sasaran 1. Meningkatnya layanan pemadaman")]),
            (672, [(84, "Persentase kejadian yang ditangani sesuai")]),
            (660, [(64, "a."), (84, "waktu tanggap"), (330, "......"), (420, "81,89 %")]),
            (646, [(64, "b."), (84, "Rata-rata waktu tanggap"), (330, "......"), (420, "12 menit")]),
            (632, [(60, "Sasaran 2. Meningkatnya akuntabilitas")]),
            (618, [(64, "c."), (84, "Nilai SAKIP"), (420, "70,14")]),
            (600, [(100, "Pihak Kedua,"), (400, "Pihak Pertama,")]),
        )
    )
    assert promises(said) == [
        (
            "Meningkatnya layanan pemadaman",
            "Persentase kejadian yang ditangani sesuai waktu tanggap",
            "81,89 %",
        ),
        ("Meningkatnya layanan pemadaman", "Rata-rata waktu tanggap", "12 menit"),
        ("Meningkatnya akuntabilitas", "Nilai SAKIP", "70,14"),
    ]
