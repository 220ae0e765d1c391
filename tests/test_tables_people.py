"""Tables in which people sign."""

from __future__ import annotations

from dataclasses import replace

import pytest
from reportlab.pdfgen.canvas import Canvas

from pipeline.reading import tables
from pipeline.schema import Ruling
from tests.drawn import Paint, agreement, centred, column
from tests.pages import statement
from tests.ruled import WIDE, across, meant, pages, ruled
from tests.shipped import RULES

COMMITMENT = next(t for t in RULES.types if t.id == "komitmen_bersama")
BUDI = ("Budi Sentosa, S.E.", "Lurah Batu", "")
RINA = ("Rina Amalia, S.H.", "Camat Rawa", "")
SIGN = ["No", "Nama", "Jabatan", "Tanda Tangan"]


def placed(rows: list[list[str]], foot: float) -> Paint:
    """Draws a table of these rows whose foot is so high on the page, points."""
    table = ruled(rows, WIDE)

    def paint(canvas: Canvas) -> None:
        table.wrapOn(canvas, 400, 400)
        table.drawOn(canvas, 72, foot)

    return paint


def test_a_signing_table_gives_people_and_the_cells_to_sign_in() -> None:
    rows = [
        SIGN,
        ["1.", "Budi Sentosa, S.E.", "Camat Sungai Batu", "1. ........"],
        ["2.", "Rina Amalia", "Lurah Batu Putih", "2. ........"],
    ]
    found = tables.read(pages(ruled(rows, WIDE)), COMMITMENT.table, RULES.words).people
    assert [(meant(p.name), meant(p.position)) for p in found] == [
        ("Budi Sentosa, S.E.", "Camat Sungai Batu"),
        ("Rina Amalia", "Lurah Batu Putih"),
    ]
    boxes = [p.sign for p in found]
    assert boxes[0] is not None
    assert boxes[1] is not None
    assert boxes[0].bottom <= boxes[1].top + 1


def test_name_and_number_in_one_cell_are_told_apart() -> None:
    rows = [
        ["No", "Nama / NIP", "Jabatan", "Ttd"],
        ["1", "Budi Sentosa, S.E.\nNIP. 19800101 200501 1 001", "Camat", ""],
    ]
    found = tables.read(pages(ruled(rows, WIDE)), COMMITMENT.table, RULES.words).people[0]
    assert (meant(found.name), meant(found.nip)) == ("Budi Sentosa, S.E.", "198001012005011001")


def test_people_who_share_a_cell_to_sign_in_have_a_part_of_it_each() -> None:
    rows = [SIGN, ["1.", "Budi Sentosa", "Camat", "1. ....  2. ...."], ["2.", "Rina Amalia", "Lurah", ""]]
    found = tables.read(
        pages(ruled(rows, WIDE, across((3, 1), (3, 2)))), COMMITMENT.table, RULES.words
    ).people
    boxes = [p.sign for p in found if p.sign is not None]
    assert len(boxes) == 2
    assert boxes[0].bottom <= boxes[1].top + 1


def test_a_table_of_names_in_which_nobody_signs_only_tells_of_them() -> None:
    rows = [
        ["No", "Nama", "Jabatan", "Alamat"],
        ["1.", "Budi Sentosa", "Camat", "Jalan Melati"],
        ["2.", "Rina Amalia", "Lurah", "Jalan Mawar"],
    ]
    told = tables.read(pages(ruled(rows, WIDE)), COMMITMENT.table, RULES.words).people
    assert [(meant(p.name), p.sign) for p in told] == [("Budi Sentosa", None), ("Rina Amalia", None)]
    said: list[tuple[float, float, str]] = [
        centred(80, "KOMITMEN BERSAMA"),
        (72, 110, "Kami berkomitmen membina kampung dengan pemimpin di bawah ini."),
        (330, 182, "Sungai Batu, 20 Januari 2026"),
        *column(380, 200, "Kepala Dinas Sosial", "", "", "", "Dra. Sari Utami, M.Si."),
    ]
    found = agreement(RULES, said, paint=placed(rows, 400))
    assert [meant(p.name) for p in found.parties] == ["Dra. Sari Utami, M.Si."]


def test_several_may_make_one_pact_in_a_table() -> None:
    """Its rows make it, each with a cell to sign in; no block is looked for above them."""
    rows = [
        ["No", "Nama / NIP", "Jabatan", "Tanda Tangan"],
        ["1.", "Budi Sentosa, S.E.\nNIP. 19800101 200501 1 001", "Lurah Batu Putih", ""],
        ["2.", "Rina Amalia, S.H.\nNIP. 19820403 200804 2 031", "Sekretaris Lurah", ""],
    ]
    said: list[tuple[float, float, str]] = [
        *(centred(90 + 16 * n, line) for n, line in enumerate(("PAKTA INTEGRITAS", "KELURAHAN BATU PUTIH"))),
        (72, 130, "Kami yang bertanda tangan di bawah ini menyatakan :"),
        (72, 146, "1. Tidak menerima gratifikasi."),
        (72, 162, "2. Bersikap transparan dan jujur."),
        (330, 182, "Sungai Batu, 20 Januari 2026"),
        (72, 198, "Yang membuat pernyataan :"),
    ]
    found = agreement(RULES, said, paint=placed(rows, 500))
    assert [(p.role, meant(p.name), meant(p.nip)) for p in found.parties] == [
        ("pembuat", "Budi Sentosa, S.E.", "198001012005011001"),
        ("pembuat", "Rina Amalia, S.H.", "198204032008042031"),
    ]
    assert [(s.role, s.state) for s in found.signatures] == [("pembuat", "missing")] * 2


def test_who_is_which_party_may_be_said_in_a_table() -> None:
    rows = [
        ["No", "Nama / NIP / Pangkat", "Jabatan", "Kedudukan"],
        [
            "1",
            "Budi Sentosa, S.E.\nNIP. 19800101 200501 1 001\nPenata (III/c)",
            "Lurah Batu",
            "PIHAK PERTAMA",
        ],
        ["2", "Rina Amalia, S.H.", "Ketua Komisi Rawa", "PIHAK KEDUA"],
    ]
    table = ruled(rows, [30, 190, 110, 110])

    def paint(canvas: Canvas) -> None:
        table.wrapOn(canvas, 440, 400)
        table.drawOn(canvas, 72, 580)

    said: list[tuple[float, float, str]] = [
        centred(90, "PERJANJIAN KINERJA"),
        centred(106, "TAHUN 2026"),
        (72, 130, "Dalam rangka mewujudkan manajemen yang akuntabel, kami yang bertanda tangan :"),
        (72, 300, "PIHAK PERTAMA berjanji akan mewujudkan target kinerja yang seharusnya."),
    ]
    found = agreement(RULES, said, paint=paint)
    assert [
        (p.role, meant(p.name), meant(p.position), p.nip and p.nip.text, meant(p.rank)) for p in found.parties
    ] == [
        ("pihak_pertama", "Budi Sentosa, S.E.", "Lurah Batu", "19800101 200501 1 001", "Penata (III/c)"),
        ("pihak_kedua", "Rina Amalia, S.H.", "Ketua Komisi Rawa", None, None),
    ]
    assert [s.x0 for s in found.signatures] == [None, None]  # nobody signs in that table


def test_parties_may_sign_in_a_table_that_says_which_they_are() -> None:
    rows = [
        ["Pihak", "Nama / NIP", "Tanda Tangan"],
        ["Pihak Pertama", "Budi Sentosa, S.E.\nNIP 19800101 200501 1 001", ""],
        ["Pihak Kedua", "Rina Amalia, S.H.\nNIP 19820403 200804 2 031", ""],
    ]
    table = ruled(rows, [120, 170, 150])

    def paint(canvas: Canvas) -> None:
        table.wrapOn(canvas, 440, 400)
        table.drawOn(canvas, 72, 400)

    said = [row for row in statement(who=BUDI, over_him=RINA) if row[1] < 320]
    found = agreement(RULES, [*said, (72, 340, "Sungai Batu, 8 Januari 2026")], paint=paint)
    assert [(p.role, meant(p.name), meant(p.nip)) for p in found.parties] == [
        ("pihak_pertama", BUDI[0], "198001012005011001"),
        ("pihak_kedua", RINA[0], "198204032008042031"),
    ]
    assert [(s.role, s.state) for s in found.signatures] == [
        ("pihak_pertama", "missing"),
        ("pihak_kedua", "missing"),
    ]
    assert all(s.x0 is not None and s.x0 > 350 for s in found.signatures)


def test_a_number_may_stand_under_a_name_with_dots_and_no_label() -> None:
    rows = [SIGN, ["1", "Budi Sentosa, S.E.\n19800101.200501.1.001", "Camat", ""]]
    found = tables.read(pages(ruled(rows, WIDE)), COMMITMENT.table, RULES.words).people[0]
    assert (meant(found.name), meant(found.nip)) == ("Budi Sentosa, S.E.", "198001012005011001")


@pytest.mark.parametrize("length", [40, 60])
def test_a_pen_stroke_does_not_cut_the_place_to_sign(length: float) -> None:
    """The stroke is as level as a border, and takes half of its cell, or nearly all."""
    (layout,) = pages(
        ruled([SIGN, ["1.", "Budi Sentosa\nLurah\nLurah\nLurah", "Camat", ""], ["2.", "Rina", "", ""]], WIDE)
    )
    cell = tables.read([layout], COMMITMENT.table, RULES.words).people[0].sign
    assert cell is not None
    stroke = Ruling(cell.x0 + 4, cell.top + 15, cell.x0 + 4 + length, cell.top + 15)
    ends = [Ruling(x, cell.top + 5, x, cell.top + 24) for x in (stroke.x0, stroke.x1)]
    scan = replace(layout, page=replace(layout.page, origin="ocr"), rulings=(*layout.rulings, stroke, *ends))
    sign = tables.read([scan], COMMITMENT.table, RULES.words).people[0].sign
    assert sign is not None
    assert (sign.top, sign.bottom) == pytest.approx((cell.top, cell.bottom), abs=1)


def test_a_list_of_people_may_go_on_beside_itself() -> None:
    rows = [
        ["No", "Nama", "Tanda Tangan", "No", "Nama", "Tanda Tangan"],
        ["1", "Budi Sentosa, S.E.", "", "3", "Citra Lestari, S.Pd.", ""],
        ["2", "Rina Amalia, S.H.", "", "4", "Dodi Pratama", ""],
    ]
    found = tables.read(pages(ruled(rows, [28, 120, 80] * 2)), COMMITMENT.table, RULES.words).people
    assert [meant(p.name) for p in found] == [
        "Budi Sentosa, S.E.",
        "Rina Amalia, S.H.",
        "Citra Lestari, S.Pd.",
        "Dodi Pratama",
    ]
    assert all(p.sign is not None for p in found)
