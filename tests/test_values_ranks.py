"""Ranks and grades of government staff."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.values import Rank, rank
from tests.shipped import WORDS


@pytest.mark.parametrize(
    ("raw", "name", "grade"),
    [
        ("Pembina Utama Muda", "Pembina Utama Muda", "IV/c"),
        ("PEMBINA UTAMA MADYA", "Pembina Utama Madya", "IV/d"),
        ("Pembina Tk. I (IV/b)", "Pembina Tingkat I", "IV/b"),
        ("Pembina Tk.I, IV/b", "Pembina Tingkat I", "IV/b"),
        ("Pembina Tingkat Satu", "Pembina Tingkat I", "IV/b"),
        ("Penata / III.c", "Penata", "III/c"),
        ("Penata Muda Tk. I / III.b", "Penata Muda Tingkat I", "III/b"),
        ("penata muda tk. 1 - iii b", "Penata Muda Tingkat I", "III/b"),
        ("Pangkat/Gol. : Pembina (IV/a)", "Pembina", "IV/a"),
        ("Gol. Ruang III/b", "Penata Muda Tingkat I", "III/b"),
        ("IV/a", "Pembina", "IV/a"),
        ("IVa", "Pembina", "IV/a"),
        ("lV/A", "Pembina", "IV/a"),
        ("Pembina Utama Muda (IVIc)", "Pembina Utama Muda", "IV/c"),
        ("Pembina Utama Mucla", "Pembina Utama Muda", "IV/c"),
        ("Peneta Muda", "Penata Muda", "III/a"),
        ("Juru", "Juru", "I/c"),
        ("AJUN KOMISARIS BESAR POLISI", "Ajun Komisaris Besar Polisi", None),  # no grade in the police
        ("AKBP", "Ajun Komisaris Besar Polisi", None),
        ("Letkol Inf", "Letnan Kolonel", None),
        ("Golongan IX", None, "IX"),
        ("PPPK / Gol. VII", None, "VII"),
        ("IX", None, "IX"),
    ],
)
def test_a_rank_is_read_in_its_proper_form(raw: str, name: str | None, grade: str | None) -> None:
    assert rank(raw, words=WORDS) == Rank(name, grade)


@pytest.mark.parametrize(
    "raw",
    [
        "",
        "-",
        "........",
        "Kepala Dinas",
        "Lembaga Pemasyarakatan Kelas IIB Muara Batu",
        "Pengadilan Negeri Kelas IB",
        "Eselon III.a",
        "Direktur Utama",
        "Penata Laksana",
        "Pengelola",
        "III/e",
        "V/a",
        "IV/f",
        "Golongan",
        "Golongan XVIII",
        "Golongan IIX",
        "19720817 199703 1 004",
        "Madya",
        "Tingkat I",
        "Pembina Upacara Sekolah",
    ],
)
def test_what_is_no_rank_is_none(raw: str) -> None:
    assert rank(raw, words=WORDS) is None


@pytest.mark.parametrize(
    ("raw", "name", "grade"),
    [
        ("Penata (IV/a)", "Penata", "IV/a"),
        ("Pembina Tk. I / III.d", "Pembina Tingkat I", "III/d"),
        ("Penata Muda III/a Tingkat I", "Penata Muda Tingkat I", "III/a"),
    ],
)
def test_a_rank_and_a_grade_that_disagree_are_both_kept_and_said(raw: str, name: str, grade: str) -> None:
    assert rank(raw, words=WORDS) == Rank(name, grade, "grade")


@pytest.mark.parametrize("form", ["{}", "{} ({})", "{}, {}", "{} / {}", "{} - {}"])
@pytest.mark.parametrize("listed", WORDS.ranks.rank, ids=lambda listed: listed.name)
def test_every_listed_rank_is_read_back(listed: Rank, form: str) -> None:
    form = form if listed.grade else "{}"
    raw = form.format(listed.name.replace("Tingkat", "Tk."), (listed.grade or "").replace("/", "."))  # type: ignore[union-attr]
    assert rank(raw, words=WORDS) == Rank(listed.name, listed.grade or None)


@given(st.text(), st.text("PembinatUgk I/V.abcdl1()"))
def test_any_text_has_an_answer(raw: str, alike: str) -> None:
    for each in (raw, alike):
        found = rank(each, words=WORDS)
        assert found is None or found.grade or found.name
