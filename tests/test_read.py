"""Whole documents, from the bytes of a file to the records of its agreements."""

from __future__ import annotations

import io
from pathlib import Path

import pikepdf
import pytest
from reportlab.pdfgen.canvas import Canvas

from pipeline.errors import SourceError
from pipeline.reading.read import read
from pipeline.rules import load
from pipeline.schema import Agreement, Box, Fact, Reading
from tests.drawn import HEIGHT, PDF, WIDTH, Row, agreement, block, centred, column, pdf, reading
from tests.pages import (
    HEAD,
    LEFT,
    MAYOR,
    OPENING,
    PROMISE,
    RIGHT,
    annex,
    identity,
    letter,
    over,
    pact,
    signatures,
    statement,
    table,
)
from tests.shipped import RULES

CAMAT = ("Budi Prasetyo, S.STP.", "Camat Rawa Indah", "19850401 200312 1 002")
MEASURED = [centred(80, "PENGUKURAN KINERJA TAHUN 2025"), *table()]


def meant(fact: Fact | None) -> object:
    return fact.data if fact is not None else None


def also(found: Agreement, name: str) -> list[object]:
    return [fact.data for key, fact in found.also if key == name]


def slots(found: Agreement) -> list[tuple[str, int, str, str]]:
    return [(s.role, s.page, s.part, s.state) for s in found.signatures]


def test_a_performance_agreement_is_read_whole() -> None:
    found = agreement(RULES, statement(), annex())
    assert (found.type, found.first_page, found.last_page) == ("perjanjian_kinerja", 1, 2)
    assert (meant(found.year), meant(found.signed_on), meant(found.place)) == (
        2026,
        "2026-01-12",
        "Telagabiru",
    )
    assert (meant(found.unit), meant(found.level)) == ("Dinas Pertanian", "II")
    assert [(p.role, meant(p.name), meant(p.position), meant(p.nip)) for p in found.parties] == [
        ("pihak_pertama", HEAD[0], HEAD[1], "197104231998031011"),
        ("pihak_kedua", MAYOR[0], MAYOR[1], None),
    ]
    assert [(meant(i.measure), meant(i.target), i.page, i.party) for i in found.indicators] == [
        ("Produksi padi", "1.200 ton", 2, 0),
        ("Indeks mutu beras", "85 %", 2, 0),
    ]
    assert slots(found) == [
        ("pihak_kedua", 1, "statement", "missing"),
        ("pihak_pertama", 1, "statement", "missing"),
        ("pihak_kedua", 2, "annex", "missing"),
        ("pihak_pertama", 2, "annex", "missing"),
    ]


def test_what_each_of_a_bundle_says_stays_its_own() -> None:
    found = reading(RULES, statement(), annex(), statement(who=CAMAT), pact()).agreements
    assert [(a.type, a.first_page, a.last_page) for a in found] == [
        ("perjanjian_kinerja", 1, 2),
        ("perjanjian_kinerja", 3, 3),
        ("pakta_integritas", 4, 4),
    ]
    assert [meant(a.parties[0].name) for a in found] == [HEAD[0], CAMAT[0], HEAD[0]]
    assert [len(a.indicators) for a in found] == [2, 0, 0]
    assert [meant(a.level) for a in found] == ["II", "III", "II"]


def test_last_years_measurement_is_not_promised() -> None:
    found = agreement(RULES, statement(), annex(), MEASURED)
    assert [i.page for i in found.indicators] == [2, 2]
    assert (found.last_page, also(found, "year_annex")) == (3, [2026])


# ---------------------------------------------------------------- who the agreement names


def named(found: Agreement) -> list[tuple[str, object, object]]:
    return [(p.role, meant(p.name), meant(p.nip)) for p in found.parties]


def test_who_is_called_nothing_has_a_role_by_order() -> None:
    rows = [
        centred(80, "PERJANJIAN KINERJA TAHUN 2026"),
        *OPENING,
        *identity(150, HEAD),
        *identity(210, MAYOR),
        *PROMISE,
    ]
    assert named(agreement(RULES, rows)) == [
        ("pihak_pertama", HEAD[0], None),
        ("pihak_kedua", MAYOR[0], None),
    ]


def test_a_number_under_a_signature_is_of_the_one_who_signs() -> None:
    other = ("Hendra Wijaya, S.H.", "Sekretaris Daerah", "19700101 199503 1 002")
    assert named(agreement(RULES, statement(over_him=other))) == [
        ("pihak_pertama", HEAD[0], "197104231998031011"),
        ("pihak_kedua", other[0], "197001011995031002"),
    ]


def test_one_person_may_have_two_roles() -> None:
    assert [n for _, n, _ in named(agreement(RULES, statement(over_him=HEAD)))] == [HEAD[0], HEAD[0]]


def test_another_person_with_another_number_under_the_annex_is_another_party() -> None:
    other = ("Hendra Wijaya, S.H.", HEAD[1], "19700101 199503 1 002")
    found = named(agreement(RULES, statement(), annex(who=other)))
    assert [n for r, n, _ in found if r == "pihak_pertama"] == [HEAD[0], other[0]]


@pytest.mark.parametrize("again", [HEAD[0], HEAD[0].upper(), "Drs. Arkana Halirn, M.Si."])
def test_one_person_printed_twice_is_one_party(again: str) -> None:
    found = named(agreement(RULES, statement(), annex(who=(again, HEAD[1], HEAD[2]))))
    assert [r for r, _, _ in found] == ["pihak_pertama", "pihak_kedua"]


@pytest.mark.parametrize(
    ("text", "units"),
    [
        ("Mencegah korupsi di lingkungan Dinas Pertanian secara konsisten;", ["Dinas Pertanian"]),
        ("Mencegah korupsi secara konsisten;", []),
    ],
)
def test_the_unit_that_a_pledge_names_is_kept(text: str, units: list[object]) -> None:
    rows = [(x, foot, text if said.startswith("Tidak akan") else said) for x, foot, said in pact()]
    assert also(agreement(RULES, rows), "pledge_unit") == units


def test_two_witnesses_are_two_people() -> None:
    rows = [
        *[row for row in pact() if row[1] < 290],
        *column(110, 300, "Menyaksikan,", "Wali Kota", "", "", "", MAYOR[0]),
        *column(297, 300, "Mengetahui,", "Sekretaris Daerah", "", "", "", "Hendra Wijaya, S.H."),
        *column(480, 300, "Yang menyatakan,", "", "", "", "", HEAD[0]),
    ]
    found = agreement(RULES, rows)
    assert {(r, n) for r, n, _ in named(found)} == {
        ("pembuat", HEAD[0]),
        ("saksi", MAYOR[0]),
        ("saksi", "Hendra Wijaya, S.H."),
    }
    assert [s.name for s in found.signatures] == [MAYOR[0], "Hendra Wijaya, S.H.", HEAD[0]]


def test_a_party_that_must_be_named_and_is_not_has_empty_facts() -> None:
    rows = [row for row in statement() if row[1] < 140 or 270 < row[1] < 330]
    found = agreement(RULES, rows)
    assert named(found) == [("pihak_pertama", None, None)]
    assert [f.required for p in found.parties for f in (p.name, p.position, p.nip) if f is not None] == [
        True
    ] * 3
    assert found.signatures == ()


def test_many_sign_a_commitment_in_columns() -> None:
    def signer(middle: float, foot: float, position: str, name: str) -> list[Row]:
        return column(middle, foot, position, "", "", "", "", name)

    rows = [
        centred(80, "PERNYATAAN KOMITMEN BERSAMA"),
        (72, 120, "Kami yang bertanda tangan di bawah ini berkomitmen mendukung penurunan stunting."),
        centred(160, "Telagabiru, 12 Januari 2026"),
        *signer(LEFT, 190, "Kepala Dinas Pertanian", "Drs. Arkana Halim, M.Si."),
        *signer(RIGHT, 190, "Camat Rawa Indah", "Budi Prasetyo, S.STP."),
        *signer(LEFT, 320, "Lurah Kenanga", "Sri Lestari, S.E."),
        *signer(RIGHT, 320, "Direktur RSUD", "dr. Hasan Basri"),
        *column(297, 460, "Mengetahui,", "Wali Kota Telagabiru", "", "", "", "", "Ratna Kusuma"),
    ]
    found = agreement(RULES, rows)
    assert {(p.role, meant(p.name), meant(p.position)) for p in found.parties} == {
        ("penandatangan", "Drs. Arkana Halim, M.Si.", "Kepala Dinas Pertanian"),
        ("penandatangan", "Budi Prasetyo, S.STP.", "Camat Rawa Indah"),
        ("penandatangan", "Sri Lestari, S.E.", "Lurah Kenanga"),
        ("penandatangan", "dr. Hasan Basri", "Direktur RSUD"),
        ("mengetahui", "Ratna Kusuma", "Wali Kota Telagabiru"),
    }
    assert [s.state for s in found.signatures] == ["missing"] * 5


def test_names_of_a_list_are_signed_beside() -> None:
    """A number stands halfway down beside a name of two lines; the line over the list is no block."""
    rows = [
        centred(80, "IKRAR KOMITMEN BERSAMA"),
        (72, 120, "Kami, seluruh jajaran, berkomitmen untuk menegakkan disiplin."),
        (72, 150, "Telagabiru, 16 Januari 2026"),
        (72, 170, "Yang berkomitmen :"),
        *((x, foot, f"{n}.") for n, x, foot in ((1, 72, 207), (2, 310, 207), (3, 72, 247), (4, 310, 247))),
        *block(92, 200, "Arkana Wira Halim, S.IP.,", "M.H."),
        (332, 207, "Ratna Kusuma, S.T."),
        (92, 247, "Sri Lestari, S.E."),
        (332, 247, "dr. Hasan Basri"),
    ]
    found = agreement(RULES, rows)
    assert {meant(p.name) for p in found.parties} == {
        "Arkana Wira Halim, S.IP., M.H.",
        "Ratna Kusuma, S.T.",
        "Sri Lestari, S.E.",
        "dr. Hasan Basri",
    }
    places = {s.name: (s.x0, s.top) for s in found.signatures}
    assert all(x0 is not None and top is not None for x0, top in places.values())
    assert places["Sri Lestari, S.E."][0] == pytest.approx(places["Arkana Wira Halim, S.IP., M.H."][0])


def test_labels_may_stand_over_their_values() -> None:
    def person(left: float, role: str, *told: str) -> list[Row]:
        return block(left, 130, role, "Nama", told[0], "NIP", told[1], "Nama Jabatan", told[2])

    rows = [
        centred(80, "PERJANJIAN KINERJA TAHUN 2026"),
        *person(72, "PIHAK PERTAMA", HEAD[0], HEAD[2], HEAD[1]),
        *person(310, "PIHAK KEDUA", "Budi Prasetyo, S.STP.", "19850401 200312 1 002", "Camat Rawa Indah"),
        *PROMISE,
        *signatures(
            340, over("Pihak Kedua,", ("Budi Prasetyo, S.STP.", "", "")), over("Pihak Pertama,", HEAD)
        ),
    ]
    found = agreement(RULES, rows)
    assert {(p.role, meant(p.name), meant(p.position), meant(p.nip)) for p in found.parties} == {
        ("pihak_pertama", HEAD[0], HEAD[1], "197104231998031011"),
        ("pihak_kedua", "Budi Prasetyo, S.STP.", "Camat Rawa Indah", "198504012003121002"),
    }


def test_a_heading_over_an_identity_is_no_place_to_sign() -> None:
    heads = [(72, 140, "PIHAK PERTAMA"), (72, 200, "PIHAK KEDUA")]
    people = [*identity(156, HEAD), *identity(216, MAYOR)]
    blocks = signatures(340, over("Pihak Kedua,", MAYOR), over("Pihak Pertama,", HEAD), date="")
    rows = [centred(80, "PERJANJIAN KINERJA TAHUN 2026"), *OPENING, *heads, *people, *PROMISE, *blocks]
    assert [s.role for s in agreement(RULES, rows).signatures] == ["pihak_kedua", "pihak_pertama"]


# ---------------------------------------------------------------- the annex


@pytest.mark.parametrize(
    ("pages", "present", "parts"),
    [
        ([statement(), annex()], True, ["statement", "annex"]),
        ([statement(), annex(title="")], True, ["statement", "annex"]),
        ([statement(), table()], True, ["statement"]),
        ([annex(), statement()], True, ["annex", "statement"]),
        ([statement(), [centred(80, "LAMPIRAN PERJANJIAN KINERJA")]], True, ["statement"]),
        ([statement()], False, ["statement"]),
        (
            [statement(), signatures(80, over("Pihak Kedua,", MAYOR), over("Pihak Pertama,", HEAD))],
            False,
            ["statement"],
        ),
        ([statement(), [centred(80, "Catatan tambahan")]], False, ["statement"]),
    ],
)
def test_an_annex_is_told_by_its_title_or_its_table(
    pages: list[list[Row]], parts: list[str], *, present: bool
) -> None:
    found = agreement(RULES, *pages)
    assert also(found, "annex") == ["present" if present else None]
    assert list(dict.fromkeys(s.part for s in found.signatures)) == parts


def test_a_table_on_the_page_of_the_statement_is_its_annex() -> None:
    whole = [row for row in statement() if row[1] < 300] + table(320)
    found = agreement(
        RULES, [*whole, *signatures(420, over("Pihak Kedua,", MAYOR), over("Pihak Pertama,", HEAD))]
    )
    assert (len(found.indicators), also(found, "annex")) == (2, ["present"])
    assert {s.part for s in found.signatures} == {"statement"}


def test_swapped_pages_are_a_fact() -> None:
    assert also(agreement(RULES, annex(), statement()), "page_order") == ["swapped"]
    assert also(agreement(RULES, statement(), annex()), "page_order") == []


# ---------------------------------------------------------------- what is no agreement


def test_a_letter_has_neither_parties_nor_slots() -> None:
    rows = column(RIGHT, 400, "Telagabiru, 12 Januari 2026", "Kepala Dinas Pertanian", "", "", "", HEAD[0])
    found = agreement(RULES, letter(*rows))
    assert (found.type, found.parties, found.signatures, found.also) == ("other", (), (), ())


def test_an_agreement_behind_a_letter_is_found() -> None:
    assert [a.type for a in reading(RULES, letter(), statement()).agreements] == [
        "other",
        "perjanjian_kinerja",
    ]


# ---------------------------------------------------------------- types that offices write


TINY = """
name = "Berita Acara Sumpah"
[recognise]
title = ["Berita Acara Sumpah"]
[[field]]
name = "signed_on"
span = "dateline"
type = "date"
"""


def test_a_type_without_parties_has_fields_alone(tmp_path: Path) -> None:
    (tmp_path / "types").mkdir()
    (tmp_path / "types" / "sumpah.toml").write_text(TINY, encoding="utf-8")
    page = [
        centred(80, "BERITA ACARA SUMPAH"),
        (350, 300, "Telagabiru, 12 Januari 2026"),
        (350, 316, "Ratna Kusuma"),
    ]
    found = agreement(load(tmp_path), page)
    assert (found.type, found.parties, found.signatures, found.level) == ("sumpah", (), (), None)
    assert meant(found.signed_on) == "2026-01-12"


# ---------------------------------------------------------------- pages as displayed


def turned(data: bytes, degrees: int) -> bytes:
    """The same file, its pages turned clockwise for display."""
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(data)) as document:
        for page in document.pages:
            page.Rotate = degrees
        document.save(out)
    return out.getvalue()


def box_of(found: Reading) -> Box:
    fact = found.agreements[0].parties[0].name
    assert fact is not None
    assert fact.box is not None
    return fact.box


def test_boxes_are_of_the_page_as_displayed() -> None:
    upright = box_of(reading(RULES, pact()))
    shown = {
        degrees: box_of(read(turned(pdf(pact()), degrees), PDF, "0" * 64, RULES, None))
        for degrees in (90, 180, 270)
    }
    # turned clockwise by 90 degrees, what was at the foot is at the left
    assert shown[90].x0 == pytest.approx(HEIGHT - upright.bottom, abs=0.2)
    assert shown[90].top == pytest.approx(upright.x0, abs=0.2)
    assert shown[180].x0 == pytest.approx(WIDTH - upright.x1, abs=0.2)
    assert shown[180].top == pytest.approx(HEIGHT - upright.bottom, abs=0.2)
    assert shown[270].x0 == pytest.approx(upright.top, abs=0.2)
    assert shown[270].bottom == pytest.approx(WIDTH - upright.x0, abs=0.2)


def test_slots_are_of_the_page_as_displayed() -> None:
    upright = reading(RULES, pact()).agreements[0].signatures[0]
    shown = read(turned(pdf(pact()), 90), PDF, "0" * 64, RULES, None).agreements[0].signatures[0]
    assert upright.bottom is not None
    assert shown.x0 == pytest.approx(HEIGHT - upright.bottom, abs=0.2)
    assert shown.top == pytest.approx(upright.x0, abs=0.2)


# ---------------------------------------------------------------- what cannot be read


def test_a_page_that_must_be_read_by_eye_says_so() -> None:
    def outlines(canvas: Canvas) -> None:
        for n in range(40):
            canvas.bezier(72, 700 - 10 * n, 90, 720 - 10 * n, 110, 680 - 10 * n, 130, 700 - 10 * n)

    found = reading(RULES, [], paint=outlines)
    assert (found.problems, [a.type for a in found.agreements]) == (("ocr-off",), ["other"])


def test_a_readable_file_has_no_problems() -> None:
    assert reading(RULES, pact()).problems == ()


@pytest.mark.parametrize(("data", "reason"), [(b"%PDF-1.7\nnothing", "damaged"), (b"", "damaged")])
def test_what_is_no_document_is_refused(data: bytes, reason: str) -> None:
    with pytest.raises(SourceError) as refused:
        read(data, PDF, "0" * 64, RULES, None)
    assert refused.value.reason == reason
