"""A new document type is one TOML file: no Python."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from pipeline import rules
from pipeline.reading.read import read
from pipeline.schema import Agreement

SURAT_PERNYATAAN = """
name = "Surat Pernyataan"
name_en = "Declaration"

[recognise]
title = ["Surat Pernyataan"]

[[field]]
name = "signed_on"
span = "dateline"
type = "date"
required = true

[[field]]
name = "subject"
label = ["Perihal"]
required = true

[[party]]
role = "pembuat"
anchors = ["Yang membuat pernyataan"]
required = true

[[signature]]
role = "pembuat"
"""

LINES = (
    (760, 220, "SURAT PERNYATAAN"),
    (730, 70, "Yang bertanda tangan di bawah ini:"),
    (712, 70, "Nama"),
    (712, 150, ": Sekar Wulandari, S.E."),
    (694, 70, "Jabatan"),
    (694, 150, ": Bendahara Pengeluaran"),
    (670, 70, "Perihal : Kesediaan mengembalikan uang muka"),
    (640, 70, "menyatakan bersedia mengembalikan uang muka kerja yang belum dipertanggungjawabkan."),
    (600, 340, "Telagabiru, 5 Februari 2026"),
    (586, 340, "Yang membuat pernyataan,"),
    (516, 340, "Sekar Wulandari, S.E."),
    (502, 340, "NIP. 198807122012012003"),
)


def drawn(lines: tuple[tuple[int, int, str], ...]) -> bytes:
    """A one-page PDF with these lines, as (points from the bottom, points from the left, text)."""
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=A4, invariant=True)
    canvas.setFont("Helvetica", 11)
    for y, x, text in lines:
        canvas.drawString(x, y, text)
    canvas.save()
    return out.getvalue()


@pytest.fixture
def agreement(tmp_path: Path) -> Agreement:
    """The declaration, read with the shipped rules and one file more."""
    (tmp_path / "types").mkdir()
    (tmp_path / "types" / "surat_pernyataan.toml").write_text(SURAT_PERNYATAAN, encoding="utf-8")
    found = read(drawn(LINES), "application/pdf", "0" * 64, rules.load(tmp_path), None).agreements
    assert len(found) == 1
    return found[0]


def test_one_file_makes_a_type(agreement: Agreement) -> None:
    assert agreement.type == "surat_pernyataan"
    assert agreement.signed_on is not None
    assert agreement.signed_on.data == "2026-02-05"
    assert dict(agreement.also)["subject"].data == "Kesediaan mengembalikan uang muka"


def test_its_party_and_its_empty_slot_are_found(agreement: Agreement) -> None:
    assert [(p.role, p.name and p.name.data) for p in agreement.parties] == [("pembuat", "Sekar Wulandari, S.E.")]
    assert [(s.role, s.state) for s in agreement.signatures] == [("pembuat", "missing")]


def test_without_the_file_it_is_an_agreement_of_another_kind() -> None:
    found = read(drawn(LINES), "application/pdf", "0" * 64, rules.load(), None).agreements
    assert [a.type for a in found] == ["perjanjian_lain"]
