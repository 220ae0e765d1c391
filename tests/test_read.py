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
from tests.drawn import HEIGHT, PDF, WIDTH, Row, agreement, centred, column, pdf, reading
from tests.pages import HEAD, MAYOR, RIGHT, annex, letter, over, pact, signatures, statement, table
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
        ("pihak_pertama", HEAD[0], HEAD[1], "196909211998031011"),
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
