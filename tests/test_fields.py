"""Year, date, place, unit and number of an agreement, and whether promise and annex are there."""

from __future__ import annotations

import pytest

from pipeline.reading.fields import fields
from pipeline.reading.segment import segments
from pipeline.schema import Fact
from tests.drawn import Row, agreement, block, centred, column, leaves
from tests.pages import HEAD, LEFT, MAYOR, OPENING, PROMISE, RIGHT, identity, numbered, table
from tests.shipped import RULES, WORDS

TITLE = "PERJANJIAN KINERJA TAHUN 2026"
DATE = "Telagabiru, 12 Januari 2026"


def page(*rows: Row, title: str = TITLE, date: str = DATE) -> list[Row]:
    """A statement with this title and this line over its signatures, and more rows."""
    return [
        *([centred(80, title)] if title else []),
        *OPENING,
        *PROMISE,
        *([(350, 340, date)] if date else []),
        *column(LEFT, 360, "Pihak Kedua,", "", "", "", "", MAYOR[0]),
        *column(RIGHT, 360, "Pihak Pertama,", "", "", "", "", HEAD[0]),
        *rows,
    ]


def annex(*rows: Row, title: str = "LAMPIRAN PERJANJIAN KINERJA", date: str = "") -> list[Row]:
    return [centred(80, title), *table(140), *([(350, 340, date)] if date else []), *rows]


def facts(*pages: list[Row]) -> dict[str, Fact]:
    (segment,) = segments(leaves(RULES, *pages), RULES)
    return fields(segment, WORDS)


def meant(name: str, *pages: list[Row]) -> object:
    found = facts(*pages).get(name)
    return found.data if found is not None else None


# ---------------------------------------------------------------- date and place


@pytest.mark.parametrize(
    ("rows", "day", "place"),
    [
        ([(350, 340, DATE)], "2026-01-12", "Telagabiru"),
        ([(350, 340, "TELAGABIRU, 12 JANUARI 2026")], "2026-01-12", "Telagabiru"),
        ([(350, 340, "Kota Telagabiru, 2 Mei 2026")], "2026-05-02", "Kota Telagabiru"),
        ([(350, 340, "Telagabiru,12 Januari 2026")], "2026-01-12", "Telagabiru"),
        ([(350, 340, "Telagabiru, 12 - 01 - 2026")], None, None),
        ([(350, 340, "Telagabiru, 12-01-2026")], "2026-01-12", "Telagabiru"),
        ([centred(340, DATE)], "2026-01-12", "Telagabiru"),
        # no place
        (
            [(72, 300, "Ditetapkan dalam dokumen perencanaan"), (350, 340, "Pada tanggal 12 Januari 2026")],
            "2026-01-12",
            None,
        ),
        # beside words of another column
        ([(90, 340, "Mengetahui"), (350, 340, DATE)], "2026-01-12", "Telagabiru"),
        ([(90, 340, "Mengetahui,"), (350, 340, DATE)], "2026-01-12", "Telagabiru"),
        # in other words
        (
            [(350, 326, "Dibuat di Telagabiru"), (350, 340, "Pada tanggal 12 Januari 2026")],
            "2026-01-12",
            "Telagabiru",
        ),
        (
            [(350, 326, "Dibuat di : Telagabiru"), (350, 340, "Pada tanggal : 12 Januari 2026")],
            "2026-01-12",
            "Telagabiru",
        ),
        # a label over two lines
        (
            [
                (320, 326, "Dibuat di"),
                (400, 326, "Telagabiru"),
                (320, 340, "Pada"),
                (400, 340, "12 Januari 2026"),
                (320, 354, "tanggal"),
            ],
            "2026-01-12",
            "Telagabiru",
        ),
        (
            [(350, 326, "Ditetapkan di Telagabiru"), (350, 340, "pada tanggal 12 Januari 2026")],
            "2026-01-12",
            "Telagabiru",
        ),
        (
            [
                (
                    72,
                    190,
                    "Pada hari ini Senin tanggal dua belas bulan Januari tahun dua ribu dua puluh enam",
                ),
                (72, 204, "bertempat di Telagabiru, kami yang bertanda tangan:"),
            ],
            "2026-01-12",
            "Telagabiru",
        ),
        # not filled in
        ([(350, 340, "Telagabiru,            Januari 2026")], None, "Telagabiru"),
        ([(350, 340, "Telagabiru, ........ Januari 2026")], None, "Telagabiru"),
        ([(350, 340, "Telagabiru, ...................... 2026")], None, "Telagabiru"),
        ([(350, 340, "Telagabiru, 2026")], None, "Telagabiru"),
        ([(350, 340, ".................., 12 Januari 2026")], None, None),
        (
            [(350, 326, "Dibuat di Telagabiru"), (350, 340, "Pada tanggal .... Januari 2026")],
            None,
            "Telagabiru",
        ),
        # told in a sentence
        (
            [
                (
                    72,
                    320,
                    "Kontrak dibuat rangkap dua, bermeterai, dan ditandatangani di Bukit Kenanga, 4 Maret",
                ),
                (72, 333, "2026."),
            ],
            "2026-03-04",
            "Bukit Kenanga",
        ),
        # no date of the agreement
        ([], None, None),
        (
            [
                (
                    72,
                    320,
                    "Peraturan ini berlaku sejak ditetapkan di Telagabiru, 12 Januari 2020 dan diubah lagi",
                )
            ],
            None,
            None,
        ),
        ([(72, 100, "Tanggal Lahir : 21 September 1969")], None, None),
        ([(72, 100, "Tempat/Tanggal Lahir : Telagabiru, 21 September 1969")], None, None),
        (
            [(72, 100, "Tempat, Tanggal"), (190, 100, ": Telagabiru, 4 Mei 1994"), (72, 113, "Lahir")],
            None,
            None,
        ),
    ],
)
def test_date_and_place_are_those_over_the_signatures(
    rows: list[Row], day: str | None, place: str | None
) -> None:
    found = facts(page(*rows, date=""))
    assert (found["signed_on"].data, found["place"].data) == (day, place)


def test_an_empty_date_is_looked_for_and_knows_its_place() -> None:
    found = facts(page(date="Telagabiru,            Januari 2026"))["signed_on"]
    assert (found.data, found.text, found.required, found.page) == (None, "Telagabiru, Januari 2026", True, 1)
    assert found.box is not None


def test_a_date_that_is_nowhere_is_looked_for() -> None:
    found = facts(page(date=""))["signed_on"]
    assert (found.data, found.text, found.rule, found.required) == (None, None, "field:signed_on", True)


def test_a_date_may_stand_on_the_line_under_its_place() -> None:
    found = facts(page((350, 330, "Telagabiru,"), (350, 343, "12 Januari 2026"), date=""))
    assert (found["signed_on"].data, found["place"].data) == ("2026-01-12", "Telagabiru")


def test_a_date_under_another_column_is_none_of_that_place() -> None:
    found = facts(page((90, 330, "Telagabiru,"), (350, 343, "12 Januari 2026"), date=""))
    assert found["signed_on"].data is None


def test_the_date_printed_most_counts() -> None:
    assert (
        meant("signed_on", page(), annex(date="Telagabiru, 13 Januari 2026"), annex(date=DATE))
        == "2026-01-12"
    )


def test_an_empty_date_on_one_page_is_filled_by_another() -> None:
    assert meant("signed_on", page(date="Telagabiru,        Januari 2026"), annex(date=DATE)) == "2026-01-12"


# ---------------------------------------------------------------- year


@pytest.mark.parametrize(
    ("pages", "year", "rule"),
    [
        ([page()], 2026, "year:statement"),
        ([page(centred(94, "TAHUN 2026"), title="PERJANJIAN KINERJA")], 2026, "year:statement"),
        (
            [
                page(
                    centred(94, "DINAS PERTANIAN"),
                    centred(104, "TAHUN ANGGARAN 2026"),
                    title="PERJANJIAN KINERJA",
                )
            ],
            2026,
            "year:statement",
        ),
        ([page(title="PERJANJIAN KINERJA 2026")], 2026, "year:statement"),
        (
            [page(title="PERJANJIAN KINERJA"), annex(title="LAMPIRAN PERJANJIAN KINERJA TAHUN 2026")],
            2026,
            "year:annex",
        ),
        ([page((72, 610, "Target tahun 2026 terlampir."), title="PERJANJIAN KINERJA")], 2026, "year:named"),
        ([page(title="PERJANJIAN KINERJA")], 2026, "year:date"),
        ([page(title="PERJANJIAN KINERJA", date="Telagabiru,      Januari 2026")], 2026, "year:date"),
        ([page(centred(94, "NOMOR 12 TAHUN 2026"), title="PERJANJIAN KINERJA")], 2026, "year:statement"),
        # the year of a law is not that of the agreement
        (
            [page((72, 310, "Undang-Undang Nomor 28 Tahun 1999 tentang"), title="PERJANJIAN KINERJA")],
            2026,
            "year:date",
        ),
        (
            [page((72, 310, "Peraturan Menteri No. 53 Tahun 2014"), title="PERJANJIAN KINERJA")],
            2026,
            "year:date",
        ),
        (
            [
                page(
                    (72, 310, "berdasarkan Peraturan Menteri Nomor 53"),
                    (72, 324, "Tahun 2014 tentang"),
                    title="PERJANJIAN KINERJA",
                )
            ],
            2026,
            "year:date",
        ),
        # nothing is said
        ([page(title="PERJANJIAN KINERJA", date="")], None, "field:year"),
        ([page(title="PERJANJIAN KINERJA", date="Telagabiru, ..............")], None, "field:year"),
    ],
)
def test_the_year_is_that_of_the_nearest_title(pages: list[list[Row]], year: int | None, rule: str) -> None:
    found = facts(*pages)["year"]
    assert (found.data, found.rule, found.required) == (year, rule, True)


@pytest.mark.parametrize(
    ("statement", "annexed", "years"),
    [
        ("PERJANJIAN KINERJA TAHUN 2026", "LAMPIRAN PERJANJIAN KINERJA TAHUN 2026", (2026, 2026)),
        ("PERJANJIAN KINERJA TAHUN 2026", "LAMPIRAN PERJANJIAN KINERJA TAHUN 2025", (2026, 2025)),
        ("PERJANJIAN KINERJA TAHUN 2026", "LAMPIRAN PERJANJIAN KINERJA", (2026, None)),
        ("PERJANJIAN KINERJA", "LAMPIRAN PERJANJIAN KINERJA TAHUN 2026", (None, 2026)),
    ],
)
def test_the_years_of_both_parts_are_kept(
    statement: str, annexed: str, years: tuple[int | None, int | None]
) -> None:
    found = facts(page(title=statement), annex(title=annexed))
    assert tuple(found[k].data if k in found else None for k in ("year_statement", "year_annex")) == years


def test_the_year_of_a_page_aside_says_nothing() -> None:
    aside = [centred(80, "PENGUKURAN KINERJA TAHUN 2025"), *table(140)]
    found = facts(page(title="PERJANJIAN KINERJA", date=""), annex(), aside)
    assert found["year"].data is None
    assert "year_annex" not in found


# ---------------------------------------------------------------- unit


@pytest.mark.parametrize(
    ("pages", "unit", "rule"),
    [
        (
            [page(), annex((72, 110, "Unit Kerja"), (160, 110, ": Dinas Pertanian"))],
            "Dinas Pertanian",
            "unit:label",
        ),
        ([page(), annex((72, 110, "Perangkat Daerah : Dinas Pertanian"))], "Dinas Pertanian", "unit:label"),
        (
            [page(centred(94, "DINAS PERTANIAN KOTA TELAGABIRU"))],
            "DINAS PERTANIAN KOTA TELAGABIRU",
            "unit:heading",
        ),
        (
            [page(centred(93, "DINAS PERTANIAN DAN"), centred(104, "KETAHANAN PANGAN"))],
            "DINAS PERTANIAN DAN KETAHANAN PANGAN",
            "unit:heading",
        ),
        (
            [page(centred(40, "PEMERINTAH KOTA TELAGABIRU"), centred(56, "DINAS PERTANIAN"))],
            "DINAS PERTANIAN",
            "unit:heading",
        ),
        (
            [page(centred(40, "STASIUN METEOROLOGI TELAGA"), centred(52, "Bandar Udara Telaga, Biru 99614"))],
            "STASIUN METEOROLOGI TELAGA",
            "unit:heading",
        ),
        (
            [page(centred(40, "PEMERINTAH DESA BATU"), centred(56, "KECAMATAN RAWA KABUPATEN TELAGA"))],
            "PEMERINTAH DESA BATU",
            "unit:heading",
        ),
        (
            [
                page(
                    centred(40, "BADAN KARANTINA"),
                    centred(56, "Balai Karantina Hewan, Ikan, dan Tumbuhan Rawa Hulu"),
                )
            ],
            "Balai Karantina Hewan, Ikan, dan Tumbuhan Rawa Hulu",
            "unit:heading",
        ),
        (
            [page(centred(40, "DINAS PERTANIAN"), centred(56, "Jalan Melati 4 Telagabiru"))],
            "DINAS PERTANIAN",
            "unit:heading",
        ),
        ([page(title="PERJANJIAN KINERJA DINAS PERTANIAN TAHUN 2026")], "DINAS PERTANIAN", "unit:heading"),
        (
            [page(centred(96, "DINAS PERTANIAN KOTA TELAGABIRU PERIODE JANUARI - DESEMBER 2026"))],
            "DINAS PERTANIAN KOTA TELAGABIRU",
            "unit:heading",
        ),
        (  # the title names who heads the unit, and what stands over that
            [
                page(
                    centred(96, "KEPALA KANTOR PELAYANAN PAJAK RAWA HULU"),
                    centred(112, "KANTOR WILAYAH DJP TELAGABIRU"),
                )
            ],
            "KANTOR PELAYANAN PAJAK RAWA HULU",
            "unit:heading",
        ),
        (
            [
                page(
                    (72, 40, "Unit Kerja"),
                    (162, 40, ": Badan Kepegawaian dan Pengembangan Sumber Daya"),
                    (168, 54, "Manusia"),
                )
            ],
            "Badan Kepegawaian dan Pengembangan Sumber Daya Manusia",
            "unit:label",
        ),
        # none is printed
        ([page()], None, ""),
        (
            [
                page(
                    (
                        72,
                        310,
                        "Dinas Pertanian akan menerima salinan perjanjian ini setelah ditandatangani.",
                    )
                )
            ],
            None,
            "",
        ),
    ],
)
def test_the_unit_stands_after_its_label_or_in_the_headings(
    pages: list[list[Row]], unit: str | None, rule: str
) -> None:
    found = facts(*pages).get("unit")
    assert (found.data if found else None, found.rule if found else "") == (unit, rule)


@pytest.mark.parametrize(
    ("position", "unit"),
    [
        ("Kepala Dinas Pertanian", "Dinas Pertanian"),
        ("Kepala Bidang Tanaman Dinas Pertanian", "Dinas Pertanian"),
        ("Camat Rawa Indah", "Kecamatan Rawa Indah"),
        ("Lurah Bukit Kenanga", "Kelurahan Bukit Kenanga"),
        ("Inspektur Pembantu Wilayah I", None),
        ("Sekretaris Daerah Kota Telagabiru", "Sekretariat Daerah Kota Telagabiru"),
        ("Bupati Rawa Indah", "Pemerintah Kabupaten Rawa Indah"),
        ("Kepala KPP Pratama Telagabiru", "KPP Pratama Telagabiru"),
        ("Ketua Mahkamah Syar'iyah Telagabiru", "Mahkamah Syar'iyah Telagabiru"),
        ("Arsiparis Ahli Muda", None),
    ],
)
def test_where_no_unit_is_printed_the_position_tells(position: str, unit: str | None) -> None:
    found = agreement(RULES, page(*identity(150, (HEAD[0], position, ""), "pihak pertama"))).unit
    assert (found.data if found else None) == unit
    assert found is None or (found.rule, found.confidence) == ("unit:position", 0.8)


# ---------------------------------------------------------------- the rest


@pytest.mark.parametrize(
    ("name", "pages", "expected"),
    [
        ("number", [page(centred(94, "NOMOR : 800/12/PK/2026"))], "800/12/PK/2026"),
        ("number", [page()], None),
        ("revision", [page(title="PERUBAHAN PERJANJIAN KINERJA TAHUN 2026")], 1),
        ("revision", [page()], None),
        ("watermark", [page((200, 600, "DRAFT"))], "DRAFT"),
        ("watermark", [page()], None),
        ("promise", [page()], "present"),
        ("promise", [[row for row in page() if row not in PROMISE]], None),
        ("annex", [page(), annex()], "present"),
        ("annex", [page()], None),
        ("page_order", [annex(), page()], "swapped"),
        ("page_order", [page(), annex()], None),
    ],
)
def test_other_fields(name: str, pages: list[list[Row]], expected: object) -> None:
    assert meant(name, *pages) == expected


@pytest.mark.parametrize(
    "promise",
    [
        "Pihak Kesatu pada tahun ini akan mewujudkan target kinerja:",
        "sepakat menetapkan kontrak kinerja yang harus dicapai Pihak Pertama :",
        "(Pihak Kedua), menyepakati target kinerja sebagai berikut :",
        "Pernyataan Kesanggupan",
    ],
)
def test_a_promise_may_be_worded_otherwise(promise: str) -> None:
    rows = [row for row in page() if row not in PROMISE]
    assert meant("promise", [*rows, (72, 280, promise)]) == "present"


def test_a_missing_promise_and_annex_are_facts_without_data() -> None:
    found = facts([row for row in page() if row not in PROMISE])
    assert (found["promise"].page, found["annex"].page) == (1, 1)


def test_a_pact_has_neither_annex_nor_required_year() -> None:
    rows = [
        centred(80, "PAKTA INTEGRITAS"),
        *identity(110, HEAD),
        *numbered(170, "Tidak korupsi;", "Jujur."),
        *block(350, 300, DATE, "Yang menyatakan,", "", "", "", HEAD[0]),
    ]
    found = facts(rows)
    assert ("annex" in found, found["year"].required) == (False, False)
