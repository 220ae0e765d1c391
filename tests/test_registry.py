"""The registry of staff: how a spreadsheet is understood, and what is refused."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import openpyxl
import pytest

from pipeline.audit.registry import Registry, left, read_registry
from pipeline.errors import InputError
from pipeline.run.settings import settings
from tests.shipped import RULES, WORDS

RULE = settings(RULES, None).registry
TABLE = """nip,nama,jabatan,unit_kerja
197503031999032007,"Dra. Sulastri Wibowo, M.Si.",Kepala Dinas Sosial,Dinas Sosial
198001012005011003,Rudi Hartanto,Pengelola Keuangan,Dinas Sosial
199212242023212021,Desti Purnamawati,Bidan Terampil,Puskesmas Tegal Melati
"""


def read(path: Path) -> Registry:
    return read_registry(path, WORDS, RULE)


def written(folder: Path, text: str, *, encoding: str = "utf-8", name: str = "pegawai.csv") -> Path:
    path = folder / name
    path.write_bytes(text.encode(encoding))
    return path


def workbook(folder: Path, rows: list[list[object]]) -> Path:
    book = openpyxl.Workbook()
    assert book.active is not None
    for row in rows:
        book.active.append(row)
    book.save(folder / "pegawai.xlsx")
    return folder / "pegawai.xlsx"


def with_numbers(folder: Path, *numbers: str) -> Path:
    names = ["Agus", "Bambang", "Citra", "Dewi", "Endang", "Farid"]
    rows = [f'"{number}",{name} Wibowo,Staf' for number, name in zip(numbers, names, strict=False)]
    return written(folder, "\n".join(["nip,nama,jabatan", *rows]))


# ---------------------------------------------------------------- files


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (TABLE, "utf-8"),
        (TABLE, "utf-8-sig"),
        (TABLE, "utf-16"),
        (TABLE.replace(",", ";").replace("Wibowo;", "Wibowo,"), "cp1252"),
        ("sep=,\n" + TABLE, "utf-8"),
        (TABLE.replace(",", "\t").replace("Wibowo\t", "Wibowo,"), "utf-8"),
    ],
    ids=["plain", "byte order mark", "utf-16", "semicolons", "sep line", "tabs"],
)
def test_a_csv_is_read_whatever_office_wrote_it(tmp_path: Path, text: str, encoding: str) -> None:
    found = read(written(tmp_path, text, encoding=encoding))
    assert [row.name for row in found.staff] == ["Sulastri Wibowo", "Rudi Hartanto", "Desti Purnamawati"]


def test_letters_of_an_old_windows_stay_letters(tmp_path: Path) -> None:
    path = written(tmp_path, "nama;jabatan\nRené Lumban;Staf\n", encoding="cp1252")
    assert read(path).staff[0].name == "René Lumban"


def test_a_workbook_is_read_like_a_csv_of_the_same_rows(tmp_path: Path) -> None:
    rows: list[list[object]] = [
        ["NIP", "Nama", "Jabatan", "TMT"],
        ["197503031999032007", "Sulastri Wibowo", "Camat Lembah Asri", date(2024, 2, 1)],
    ]
    same = "NIP,Nama,Jabatan,TMT\n197503031999032007,Sulastri Wibowo,Camat Lembah Asri,2024-02-01\n"
    assert read(workbook(tmp_path, rows)).staff == read(written(tmp_path, same)).staff


def test_the_headings_may_stand_under_a_title_and_over_a_row_of_column_numbers(tmp_path: Path) -> None:
    text = f"DAFTAR PEGAWAI,,,\nKota Sukamaju,,,\n{TABLE}".replace("unit_kerja\n", "unit_kerja\n1,2,3,4\n")
    found = read(written(tmp_path, text))
    assert len(found.staff) == 3
    assert found.warnings == ()


@pytest.mark.parametrize(
    ("headings", "columns"),
    [
        (("NIP", "Nama Lengkap", "OPD", "Jabatan"), ["nip", "name", "unit", "position"]),
        (("employee number", "Full Name", "Department", "Job Title"), ["nip", "name", "unit", "position"]),
        (
            ("Nip Baru", "NAMA PEGAWAI", "Unit Organisasi", "Nama_Jabatan"),
            ["nip", "name", "unit", "position"],
        ),
        (("N.I.P", "Nama (tanpa gelar)", "Atasan", "Pangkat/Gol."), ["nip", "name", "superior", "rank"]),
    ],
)
def test_columns_are_guessed_from_their_headings_and_shown(
    tmp_path: Path, headings: tuple[str, ...], columns: list[str]
) -> None:
    path = written(tmp_path, f"{';'.join(headings)};Warna\n197503031999032007;Sulastri Wibowo;;Staf;biru\n")
    found = read(path)
    assert sorted(found.columns) == sorted(zip(columns, headings, strict=True))
    assert found.unread == ("Warna",)


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "Excel 97"),
        (b"%PDF-1.7 ...", "PDF"),
        (b"<html><table>", "HTML"),
        (b"PK\x03\x04 not a workbook", "XLSX rusak"),
        (b"", "kolom tidak dikenali"),
        (b"apel,pisang\n1,2\n", "Ditemukan: apel, pisang"),
        (b"nama,unit_kerja\nRudi,Dinas Sosial\n", "Diperlukan: nama, dan nip / jabatan"),
        (b"nip,jabatan\n197503031999032007,Camat\n", "Diperlukan: nama"),
        (b"nip,nama,jabatan\n", "tidak ada seorang pun"),
    ],
)
def test_a_file_that_is_no_registry_is_refused(tmp_path: Path, content: bytes, says: str) -> None:
    path = tmp_path / "pegawai.csv"
    path.write_bytes(content)
    with pytest.raises(InputError, match=says) as refused:
        read(path)
    assert refused.value.exit_code == 66
    assert "pegawai.csv" in str(refused.value)


def test_a_missing_file_and_a_folder_are_refused(tmp_path: Path) -> None:
    for path in (tmp_path / "tidak-ada.csv", tmp_path):
        with pytest.raises(InputError, match="tidak bisa dibuka"):
            read(path)


# ---------------------------------------------------------------- damaged numbers


@pytest.mark.parametrize(
    ("numbers", "says"),
    [
        (["197503031999032007", "1,98E+17"], "baris 3.*ilmiah"),
        (["1.98001E+17"], "baris 2.*ilmiah"),
        (["1.98001012005011e+17"], "ilmiah"),
        (["198001012005011003.0"], "dibulatkan"),
        (["198001012005011000", "197503031999032000", "199212242023212021"], "2 dari 3.*000"),
        (["198001012005011008", "197503031999032000", "199212242023212016"], "000|dibulatkan"),
        (["198001012005011008", "197503031999032016", "199212242023212016"], "3 dari 3.*dibulatkan"),
        (["19800101200501100", "197503031999032007"], "1 dari 2.*kurang dari 18"),
    ],
)
def test_a_column_that_a_spreadsheet_has_damaged_is_refused_with_the_cure(
    tmp_path: Path, numbers: list[str], says: str
) -> None:
    with pytest.raises(InputError, match=says) as refused:
        read(with_numbers(tmp_path, *numbers))
    assert "Teks" in str(refused.value)
    assert "as Text" in str(refused.value)


def test_numbers_kept_as_numbers_by_a_workbook_are_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="NIP"):
        read(workbook(tmp_path, [["NIP", "Nama"], [198001012005011003.0, "Rudi Hartanto"]]))


@pytest.mark.parametrize(
    "numbers",
    [
        ["197503031999032007", "198001012005011003", "199212242023212021"],
        ["19750303 199903 2 007", "'198001012005011003", "NIP. 199212242023212021"],
        ["20190412", "198001012005011003"],
        ["", "198001012005011003"],
    ],
    ids=["plain", "spaced and quoted", "a city company", "elected"],
)
def test_sound_numbers_are_kept(tmp_path: Path, numbers: list[str]) -> None:
    found = read(with_numbers(tmp_path, *numbers))
    assert [row.nip for row in found.staff] == [
        "".join(sign for sign in number if sign.isdigit()) or None for number in numbers
    ]


def test_one_odd_number_among_many_is_a_warning_and_no_refusal(tmp_path: Path) -> None:
    text = "nip,nama\n" + "".join(f"1980010120050110{n:02},Pegawai {chr(65 + n)}a\n" for n in range(1, 21))
    found = read(written(tmp_path, text + "198013012005011021,Rudi Hartanto\n"))
    assert len(found.staff) == 21
    assert any("22 (198013012005011021)" in warning for warning in found.warnings)


# ---------------------------------------------------------------- people


def test_titles_in_the_name_and_in_their_own_columns_come_to_the_same(tmp_path: Path) -> None:
    one = read(written(tmp_path, 'nama,jabatan\n"Dra. Sulastri Wibowo, M.Si.",Camat\n')).staff[0]
    two = read(
        written(tmp_path, "gelar depan,nama,gelar belakang,jabatan\nDra.,Sulastri Wibowo,M.Si.,Camat\n")
    ).staff[0]
    assert one == two
    assert (one.front_titles, one.name, one.back_titles) == ("Dra.", "Sulastri Wibowo", "M.Si.")


@pytest.mark.parametrize(
    ("number", "status", "position", "kind"),
    [
        ("197503031999032007", "PNS", "Camat", "PNS"),
        ("197503031999032007", "", "Camat", "PNS"),
        ("199212242023212021", "", "Bidan", "PPPK"),
        ("199503032025032007", "CPNS", "Staf", "CPNS"),
        ("20190412", "", "Direktur", "BUMD"),
        ("", "", "Wali Kota Sukamaju", "elected"),
        ("", "honorer", "Pramusaji", "non-asn"),
        ("", "", "Pramusaji", None),
    ],
)
def test_the_kind_of_person_is_what_the_registry_says_or_the_number_shows(
    tmp_path: Path, number: str, status: str, position: str, kind: str | None
) -> None:
    text = f"nip,nama,jabatan,status\n{number},Sulastri Wibowo,{position},{status}\n"
    assert read(written(tmp_path, text)).staff[0].kind == kind


@pytest.mark.parametrize(
    ("position", "unit", "head"),
    [
        ("Kepala Dinas Sosial", "Dinas Sosial", 1),
        ("Plt. Kepala Dinas Sosial", "Dinas Sosial", 1),
        ("Camat Lembah Asri", "Kecamatan Lembah Asri", 1),
        ("Lurah Seruni", "Kelurahan Seruni", 1),
        ("Direktur RSUD Waluya", "RSUD Waluya", 1),
        ("Sekretaris Daerah", "Sekretariat Daerah", 1),
        ("Kepala SMP Negeri 6", "SMP Negeri 6", 1),
        ("Kepala Bagian Hukum", "Bagian Hukum", 1),
        ("Inspektur", "Inspektorat", 1),
        ("Inspektur Pembantu Wilayah I", "Inspektorat", 0),
        ("Sekretaris Dinas Sosial", "Dinas Sosial", 0),
        ("Sekretaris Camat Lembah Asri", "Kecamatan Lembah Asri", 0),
        ("Kepala Bidang Rehabilitasi", "Dinas Sosial", 0),
        ("Kepala Bagian Hukum", "Sekretariat Daerah", 0),
        ("Wakil Direktur Umum", "RSUD Waluya", 0),
        ("Pengelola Keuangan", "Dinas Sosial", 0),
    ],
)
def test_heads_of_units_are_known_by_their_position(
    tmp_path: Path, position: str, unit: str, head: int
) -> None:
    found = read(written(tmp_path, f"nama,jabatan,unit\nSulastri Wibowo,{position},{unit}\n"))
    assert (found.staff[0].head, found.offices[0].head) == (head, head)


def test_who_has_left_leads_nothing(tmp_path: Path) -> None:
    text = "nama,jabatan,unit,status\nSulastri Wibowo,Camat Asri,Kecamatan Asri,Pensiun\n"
    row = read(written(tmp_path, text)).staff[0]
    assert row.head == 0
    assert left(row.status, RULE)
    assert not left("PNS", RULE)
    assert not left(None, RULE)


def test_units_and_offices_come_from_the_people(tmp_path: Path) -> None:
    camat, lurah = "Tono,Camat Asri,Kecamatan Asri,", "Tini,Lurah Seruni,Kelurahan Seruni,Kecamatan Asri"
    text = f"nama,jabatan,unit,unit induk\n{camat}\n{lurah}\n"
    found = read(written(tmp_path, text))
    assert {(row.id, row.name, row.parent_id) for row in found.units} == {
        ("kecamatanasri", "Kecamatan Asri", None),
        ("kelurahanseruni", "Kelurahan Seruni", "kecamatanasri"),
    }
    assert {(row.id, row.level) for row in found.offices} == {
        ("kecamatanasri/camatasri", "III"),
        ("kelurahanseruni/lurahseruni", "IV"),
    }


@pytest.mark.parametrize("superior", ["197503031999032007", "Sulastri Wibowo", "camat", "Camat Asri"])
def test_a_superior_is_found_by_number_name_key_or_position(tmp_path: Path, superior: str) -> None:
    camat, sekcam = "camat,197503031999032007,Sulastri Wibowo,Camat Asri,", f"2,,Rudi,Sekcam,{superior}"
    text = f"key,nip,nama,jabatan,atasan\n{camat}\n{sekcam}\n"
    assert read(written(tmp_path, text)).staff[1].superior == "197503031999032007"


def test_a_superior_who_is_nobody_or_two_people_is_left_out_and_said(tmp_path: Path) -> None:
    text = "nama,jabatan,atasan\nMaryam,Staf A,\nMaryam,Staf B,\nRudi,Staf,Maryam\nTono,Staf C,Bukan Siapa\n"
    found = read(written(tmp_path, text))
    assert [row.superior for row in found.staff] == [None] * 4
    assert any("4 (Maryam), 5 (Bukan Siapa)" in warning for warning in found.warnings)


def test_the_same_person_twice_counts_once_and_is_said(tmp_path: Path) -> None:
    text = TABLE + "197503031999032007,SULASTRI WIBOWO,Plt. Camat Asri,Kecamatan Asri\n"
    found = read(written(tmp_path, text))
    assert [row.position for row in found.staff if row.nip == "197503031999032007"] == ["Kepala Dinas Sosial"]
    assert any("5 (SULASTRI WIBOWO)" in warning for warning in found.warnings)


def test_one_number_for_two_people_is_refused_with_both_rows(tmp_path: Path) -> None:
    text = TABLE + "197503031999032007,Tono Subagyo,Camat Asri,Kecamatan Asri\n"
    with pytest.raises(InputError, match=r"Sulastri Wibowo \(baris 2\) dan Tono Subagyo \(baris 5\)"):
        read(written(tmp_path, text))


def test_rows_without_a_person_are_left_out_and_said(tmp_path: Path) -> None:
    found = read(written(tmp_path, TABLE + ",Jumlah pegawai,,\n,,Camat,\n"))
    assert len(found.staff) == 3
    assert any(warning.startswith("baris 5, 6: dilewati") for warning in found.warnings)


def test_a_second_load_gives_the_same_ids(tmp_path: Path) -> None:
    path = written(tmp_path, TABLE)
    assert read(path) == read(path)
