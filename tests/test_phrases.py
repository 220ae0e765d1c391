"""Printed words against the phrases of rules."""

from __future__ import annotations

import pytest

from pipeline.reading.phrases import fold, same, says, starts

FIRST, SECOND = "Pihak Pertama", "Pihak Kedua"
ROLES = [FIRST, "Pihak Kesatu", SECOND, "Mengetahui", "Saksi"]
TITLES = [
    "Perjanjian Kinerja",
    "Pernyataan Perjanjian Kinerja",
    "Perjanjian Kerja Sama",
    "Pakta Integritas",
    "Laporan",
]


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("PIHAK  Pertama,", "pihakpertama"),
        ("N a m a :", "nama"),
        ("Pangkat/Gol. Ruang", "pangkatgolruang"),
        ("Café", "cafe"),
        ("ﬁkih", "fikih"),
        ("2.O26", "2o26"),
        ("— , .", ""),
        ("", ""),
    ],
)
def test_only_letters_and_digits_count(text: str, plain: str) -> None:
    assert fold(text) == plain


@pytest.mark.parametrize(
    ("text", "phrase"),
    [
        ("PIHAK PERTAMA,", FIRST),
        ("PIHAK PETAMA,", FIRST),
        ("5aksi", "Saksi"),
        ("PlHAK PERTAMA", FIRST),
        ("PIHAK PERTAMAA", FIRST),
        ("P I H A K   P E R T A M A", FIRST),
        ("PIHAKPERTAMA", FIRST),
        ("Pihak pertama yang berjanji", FIRST),
        ("Pihak Kesatu", "Pihak Kesatu"),
        ("PIHAK KEDUA", SECOND),
        ("PIHAK KE DUA", SECOND),
        ("MENGETAHUI :", "Mengetahui"),
        ("MENGETAHUl", "Mengetahui"),
        ("Saksi-saksi", "Saksi"),
        # refused
        ("PIHAK KETIGA", None),
        ("PARA PIHAK", None),
        ("Pihak", None),
        ("Kepada pihak pertama", None),
        ("Sakti", None),
        ("Kesaksian", None),
        ("Menyetujui", None),
        ("", None),
        ("...........", None),
    ],
)
def test_a_line_begins_with_a_role(text: str, phrase: str | None) -> None:
    assert starts(text, ROLES) == phrase


@pytest.mark.parametrize(
    ("text", "phrase"),
    [
        ("PERJANJIAN KINERJA TAHUN 2026", "Perjanjian Kinerja"),
        ("PERJANJlAN KlNERJA", "Perjanjian Kinerja"),
        ("PERNYATAAN PERJANJIAN KINERJA", "Pernyataan Perjanjian Kinerja"),
        ("PERJANJIAN KERJASAMA", "Perjanjian Kerja Sama"),
        ("PAKTA lNTEGRITAS", "Pakta Integritas"),
        ("LAPORAN KINERJA", "Laporan"),
        ("LAP0RAN KINERJA", "Laporan"),
        # refused
        ("PERJALANAN DINAS", None),
        ("PERJANJIAN SEWA", None),
        ("KOTA INTEGRITAS", None),
        ("LAMPIRAN PAKTA INTEGRITAS", None),
    ],
)
def test_the_longest_title_counts_and_short_ones_are_not_misread(text: str, phrase: str | None) -> None:
    assert starts(text, TITLES) == phrase


@pytest.mark.parametrize(
    ("text", "phrase"),
    [
        ("kami yang bertanda tangan di bawah ini:", "yang bertanda tangan di bawah ini"),
        ("kami yang bertandatangan dibawah ini:", "yang bertanda tangan di bawah ini"),
        ("kami yang bertanda tanqan di bawah inl:", "yang bertanda tangan di bawah ini"),
        ("Pihak pertama berjanji\nakan mewujudkan target", "berjanji akan mewujudkan"),
        ("pihak berjanjiakan mewujudkan", "berjanji akan mewujudkan"),
        # refused
        ("berjanji akan", None),
        ("tanda tangan", None),
        ("akan mewujudkan apa yang dijanjikan oleh para pihak", None),
        ("", None),
    ],
)
def test_a_phrase_is_found_anywhere_in_a_text(text: str, phrase: str | None) -> None:
    assert says(text, ["yang bertanda tangan di bawah ini", "berjanji akan mewujudkan"]) == phrase


def test_a_short_phrase_is_found_only_as_it_is() -> None:
    assert says("Dokumen ini berisi komitmen bersama", ["komitmen"]) == "komitmen"
    assert says("Dokumen ini berisi komltmen bersama", ["komitmen"]) is None


@pytest.mark.parametrize(
    ("text", "phrase"),
    [
        ("Nama", "Nama"),
        ("N a m a", "Nama"),
        ("NAMA :", "Nama"),
        ("NIP.", "NIP"),
        ("NlP", "NIP"),
        ("N1P", "NIP"),
        ("Pangkat / Golongan", "Pangkat Golongan"),
        ("Pangkal/Golongan", "Pangkat Golongan"),
        ("Jabatan", "Jabatan"),
        ("Jabalan", "Jabatan"),
        # refused
        ("Nama Ayah", None),
        ("Nana", None),
        ("NIK", None),
        ("NP", None),
        ("Jabatan Lama", None),
        ("Pangkat", None),
        ("", None),
    ],
)
def test_a_label_is_the_whole_text(text: str, phrase: str | None) -> None:
    assert same(text, ["Nama", "NIP", "Jabatan", "Pangkat Golongan"]) == phrase


def test_a_phrase_as_it_is_printed_comes_before_one_that_is_like_it() -> None:
    assert same("Pihak Kesatu", ["Pihak Kesatua", "Pihak Kesatu"]) == "Pihak Kesatu"


def test_of_phrases_that_are_alike_the_nearest_was_misread() -> None:
    assert (
        says("menyatakan mengetahul dan setuju", ["mengetahuilah", "mengetahui dan"], 85) == "mengetahui dan"
    )
