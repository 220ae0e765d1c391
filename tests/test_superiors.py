"""Who stands above whom: by rules, and where no rule can tell."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.audit.registry import read_registry
from pipeline.audit.rows import StaffRow
from pipeline.audit.spelling import Spelling
from pipeline.audit.superiors import above, placed
from pipeline.run.settings import settings
from tests.shipped import RULES, WORDS

KNOWN = settings(RULES, None)
CITY = """Wali Kota Asri,Pemerintah Kota Asri
Wakil Wali Kota Asri,Pemerintah Kota Asri
Kepala Dinas Kesehatan,Dinas Kesehatan
Sekretaris Dinas Kesehatan,Dinas Kesehatan
Kasubbag Keuangan,Dinas Kesehatan
Kepala Bidang Pelayanan Kesehatan,Dinas Kesehatan
Kepala Bidang Sumber Daya Kesehatan,Dinas Kesehatan
Kepala Seksi Farmasi Komunitas,Dinas Kesehatan
Pengelola Obat Seksi Farmasi Komunitas,Dinas Kesehatan
Bendahara,Dinas Kesehatan
Kepala UPT Puskesmas Seruni,UPT Puskesmas Seruni
Bidan Terampil,UPT Puskesmas Seruni
Camat Asri Timur,Kecamatan Asri Timur
Lurah Seruni,Kelurahan Seruni
"""


def people(folder: Path, text: str = CITY) -> dict[str, StaffRow]:
    """Everybody by position, with their superior."""
    path = folder / "pegawai.csv"
    rows = (f"Orang {chr(65 + at)}wan,{row}" for at, row in enumerate(text.splitlines()))
    path.write_text("nama,jabatan,unit\n" + "\n".join(rows), encoding="utf-8")
    found = read_registry(path, WORDS, KNOWN.registry)
    spelling = Spelling(WORDS, KNOWN.bands.expand)
    rows_ = placed(found.staff, found.units, KNOWN.superiors, spelling, {})
    return {row.position or "": row for row in rows_}


@pytest.mark.parametrize(
    ("position", "superior", "rule"),
    [
        ("Kepala Dinas Kesehatan", "Wali Kota Asri", "region"),
        ("Camat Asri Timur", "Wali Kota Asri", "region"),
        ("Sekretaris Dinas Kesehatan", "Kepala Dinas Kesehatan", "head-of-unit"),
        ("Kepala Bidang Pelayanan Kesehatan", "Kepala Dinas Kesehatan", "head-of-unit"),
        ("Kasubbag Keuangan", "Sekretaris Dinas Kesehatan", "sub-bagian"),
        ("Kepala Seksi Farmasi Komunitas", "Kepala Dinas Kesehatan", "head-of-unit"),  # of two bidang
        ("Pengelola Obat Seksi Farmasi Komunitas", "Kepala Seksi Farmasi Komunitas", "named"),
        ("Bendahara", "Kepala Dinas Kesehatan", "head-of-unit"),
        ("Kepala UPT Puskesmas Seruni", "Kepala Dinas Kesehatan", "puskesmas"),
        ("Bidan Terampil", "Kepala UPT Puskesmas Seruni", "head-of-unit"),
        ("Lurah Seruni", "Camat Asri Timur", "kelurahan"),
        ("Wali Kota Asri", None, None),
    ],
)
def test_a_superior_follows_from_position_and_unit(
    tmp_path: Path, position: str, superior: str | None, rule: str | None
) -> None:
    found = people(tmp_path)
    assert found[position].superior == (found[superior].id if superior else None)
    assert found[position].superior_by == rule


def test_the_only_bidang_is_above_its_seksi(tmp_path: Path) -> None:
    text = CITY.replace("Kepala Bidang Sumber Daya Kesehatan,Dinas Kesehatan\n", "")
    found = people(tmp_path, text)
    assert found["Kepala Seksi Farmasi Komunitas"].superior_by == "only-bidang"


def test_of_two_kecamatan_no_rule_guesses_one(tmp_path: Path) -> None:
    found = people(tmp_path, CITY + "Camat Asri Barat,Kecamatan Asri Barat\n")
    assert found["Lurah Seruni"].superior is None


def test_without_a_mayor_in_the_registry_the_heads_have_no_superior(tmp_path: Path) -> None:
    found = people(tmp_path, "\n".join(CITY.splitlines()[2:]))
    assert found["Kepala Dinas Kesehatan"].superior is None


def test_the_column_comes_before_every_rule_and_a_person_before_the_column(tmp_path: Path) -> None:
    path = tmp_path / "pegawai.csv"
    path.write_text(
        "nama,jabatan,unit,atasan_nip,nip\n"
        "Sulastri Wibowo,Kepala Dinas Sosial,Dinas Sosial,,197503031999032007\n"
        "Tono Subagyo,Kepala Bidang Bantuan,Dinas Sosial,,197811032003121008\n"
        "Rudi Hartanto,Bendahara,Dinas Sosial,197811032003121008,198001012005011003\n",
        encoding="utf-8",
    )
    found = read_registry(path, WORDS, KNOWN.registry)
    spelling = Spelling(WORDS, KNOWN.bands.expand)
    said = list(placed(found.staff, found.units, KNOWN.superiors, spelling, {}))
    assert (said[2].superior, said[2].superior_by) == ("197811032003121008", "registry")
    decided = {"198001012005011003": "197503031999032007"}
    again = list(placed(found.staff, found.units, KNOWN.superiors, spelling, decided))
    assert (again[2].superior, again[2].superior_by) == ("197503031999032007", "decision")
    offices = {row.position: row for row in above(found.offices, said, WORDS)}
    assert offices["Bendahara"].superior_id == offices["Kepala Bidang Bantuan"].id
