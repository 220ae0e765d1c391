"""Printed text on one plain line."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.values import folded, text


@pytest.mark.parametrize(
    ("raw", "plain"),
    [
        ("  Dinas   Kesehatan ", "Dinas Kesehatan"),
        ("Dinas\nKesehatan\tKota", "Dinas Kesehatan Kota"),
        ("Dinas\u00a0Kesehatan", "Dinas Kesehatan"),
        ("e-\nGovernment", "e-Government"),
        ("masing-\n  masing", "masing-masing"),
        ("2025-\n2026", "2025-2026"),
        ("pela\u00ad\nyanan", "pelayanan"),
        ("Sub\u2010\nkegiatan", "Sub\u2010kegiatan"),
        ("Cafe\u0301", "Café"),
        ("Veri\ufb01kasi", "Verifikasi"),
        ("\uff32\uff50\uff1a\uff15", "Rp:5"),
        ("\u200bRp\u200b 5", "Rp 5"),
        ("A\x00B\x07", "AB"),
        ("\uf0b7 butir", "butir"),
        ("\ufeffNama", "Nama"),
    ],
)
def test_what_prints_is_kept_and_nothing_else(raw: str, plain: str) -> None:
    assert text(raw) == plain


@pytest.mark.parametrize(
    ("raw", "plain"),
    [
        ("", ""),
        (" \n\t ", ""),
        ("\u200b\ufeff", ""),
        ("a - \n b", "a - b"),
        ("Rp 5.000,-\nRp 6.000,-", "Rp 5.000,- Rp 6.000,-"),
        ("-\n-", "- -"),
        ("m²", "m²"),
        ("≤ 5 ‰", "≤ 5 ‰"),
        ("....", "...."),
        ("“Melayani”", "“Melayani”"),
    ],
)
def test_signs_that_mean_something_are_left_alone(raw: str, plain: str) -> None:
    assert text(raw) == plain


@given(st.text())
def test_twice_is_once(raw: str) -> None:
    assert text(text(raw)) == text(raw)


@given(st.text())
def test_a_plain_line_has_no_control_signs(raw: str) -> None:
    assert not {unicodedata.category(sign) for sign in text(raw)} & {"Cc", "Cf", "Co", "Cs", "Zl", "Zp"}


@pytest.mark.parametrize(
    ("raw", "plain"),
    [("S. Sos.", "ssos"), ("Ma'ruf", "maruf"), ("Café", "cafe"), (" .-_ ", ""), ("IV/a", "iva")],
)
def test_folded_text_is_letters_and_digits(raw: str, plain: str) -> None:
    assert folded(raw) == plain
