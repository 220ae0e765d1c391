"""A new document type is one TOML file: no Python."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline import rules
from pipeline.schema import Agreement
from tests import drawn
from tests.shipped import RULES

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

ROWS = (
    (220, 82, "SURAT PERNYATAAN"),
    (70, 112, "Yang bertanda tangan di bawah ini:"),
    (70, 130, "Nama"),
    (150, 130, ": Sekar Wulandari, S.E."),
    (70, 148, "Jabatan"),
    (150, 148, ": Bendahara Pengeluaran"),
    (70, 172, "Perihal : Kesediaan mengembalikan uang muka"),
    (70, 202, "menyatakan bersedia mengembalikan uang muka kerja yang belum dipertanggungjawabkan."),
    (340, 242, "Telagabiru, 5 Februari 2026"),
    (340, 256, "Yang membuat pernyataan,"),
    (340, 326, "Sekar Wulandari, S.E."),
    (340, 340, "NIP. 198807122012012003"),
)


@pytest.fixture
def agreement(tmp_path: Path) -> Agreement:
    """The declaration, read with the shipped rules and one file more."""
    (tmp_path / "types").mkdir()
    (tmp_path / "types" / "surat_pernyataan.toml").write_text(SURAT_PERNYATAAN, encoding="utf-8")
    return drawn.agreement(rules.load(tmp_path), ROWS)


def test_one_file_makes_a_type(agreement: Agreement) -> None:
    assert agreement.type == "surat_pernyataan"
    assert agreement.signed_on is not None
    assert agreement.signed_on.data == "2026-02-05"
    assert dict(agreement.also)["subject"].data == "Kesediaan mengembalikan uang muka"


def test_its_party_and_its_empty_slot_are_found(agreement: Agreement) -> None:
    named = [(p.role, p.name and p.name.data) for p in agreement.parties]
    assert named == [("pembuat", "Sekar Wulandari, S.E.")]
    assert [(s.role, s.state) for s in agreement.signatures] == [("pembuat", "missing")]


def test_without_the_file_it_is_an_agreement_of_another_kind() -> None:
    assert drawn.agreement(RULES, ROWS).type == "perjanjian_lain"
