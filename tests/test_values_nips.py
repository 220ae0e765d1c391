"""Employee numbers; all of them invented."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.values import Nip, nip

GOOD = "197208171997031004"
PPPK = "199203052024212007"


@pytest.mark.parametrize(
    ("raw", "number"),
    [
        (GOOD, Nip(GOOD, "PNS")),
        ("19720817 199703 1 004", Nip(GOOD, "PNS")),
        ("19720817.199703.1.004", Nip(GOOD, "PNS")),
        ("19720817-199703-1-004", Nip(GOOD, "PNS")),
        ("NIP. 19720817 1997031004", Nip(GOOD, "PNS")),
        ("NIP: 19720817\n199703 1 004", Nip(GOOD, "PNS")),
        ("(19720817 199703 1 004)", Nip(GOOD, "PNS")),
        ("1. 19720817 199703 1 004", Nip(GOOD, "PNS")),
        ("Pembina Utama Muda NIP 19720817 199703 1 004", Nip(GOOD, "PNS")),
        ("PNS 19720817 199703 1 004 S.Sos", Nip(GOOD, "PNS")),
        (PPPK, Nip(PPPK, "PPPK")),
        ("NI PPPK. 19920305 202421 2 007", Nip(PPPK, "PPPK")),
        ("NIPPPK 19920305 202424 2 007", Nip("199203052024242007", "PPPK")),
        ("12345678", Nip("12345678", "other")),
        ("NRP. 75030512", Nip("75030512", "other")),
        ("131 628 123", Nip("131628123", "other")),
        ("NPP. 20110342", Nip("20110342", "other")),
        # the last letter of the label misread, and close to the number
        (f"NIR{GOOD}", Nip(GOOD, "PNS")),
        ("NIP19720817 199703 1 004", Nip(GOOD, "PNS")),
    ],
)
def test_a_number_is_read_with_or_without_its_label(raw: str, number: Nip) -> None:
    assert nip(raw) == number


@pytest.mark.parametrize(
    "raw",
    [
        "",
        "-",
        "NIP.",
        "NIP. -",
        "NIP. ..............................",
        "NIP. ____________",
        "Budi Santoso",
        "1234",
        "SSSSS BBBBB",
        "1671051903800001",
        "NIK 1671051903800001",
        "NIK: 1671055903800002",
        "1971011503850001",
        "30 Januari 2026",
    ],
)
def test_no_number_or_only_that_of_an_identity_card_is_none(raw: str) -> None:
    assert nip(raw) is None


@pytest.mark.parametrize(
    ("raw", "digits"),
    [
        ("l9720817 I99703 l O04", GOOD),
        ("19720817 199703 1 O04", GOOD),
        ("|9720817 199703 | 004", GOOD),
        ("l9920305 2O2421 2 OO7", PPPK),
        ("197208171997O31OO4", GOOD),
    ],
)
def test_misread_digits_are_repaired_and_marked(raw: str, digits: str) -> None:
    found = nip(raw)
    assert found is not None
    assert (found.digits, found.problem, found.repaired) == (digits, None, True)


@pytest.mark.parametrize(
    ("raw", "problem"),
    [
        ("19720817 199703 1 0041", "length"),
        ("19720817 199703 1 01", "length"),
        ("1972081719970310", "length"),
        (GOOD + GOOD, "length"),
        ("19721317 199703 1 004", "birth"),
        ("19720231 199703 1 004", "birth"),
        ("59720817 199703 1 004", "birth"),
        ("17720817 199703 1 004", "birth"),
        ("19720817 199700 1 004", "appointment"),
        ("19720817 199713 1 004", "appointment"),
        ("19720817 197903 1 004", "appointment"),
        ("19720817 299703 1 004", "appointment"),
        ("19720817 199703 3 004", "sex"),
        ("19720817 199703 0 004", "sex"),
    ],
)
def test_a_malformed_number_keeps_its_digits_and_says_why(raw: str, problem: str) -> None:
    found = nip(raw)
    assert found is not None
    assert (found.digits, found.problem) == (raw.replace(" ", ""), problem)


@given(
    st.dates(date(1950, 1, 1), date(2005, 12, 31)),
    st.integers(20, 40),
    st.sampled_from([*range(1, 13), 21, 24]),
    st.sampled_from("12"),
    st.integers(1, 999),
    st.sampled_from(["{} {} {} {}", "{}{}{}{}", "NIP. {}.{}.{}.{}", "NIP : {} {} {}{}"]),
)
def test_every_well_formed_number_is_read_back(
    born: date, age: int, month: int, sex: str, serial: int, form: str
) -> None:
    parts = (f"{born:%Y%m%d}", f"{born.year + age}{month:02}", sex, f"{serial:03}")
    assert nip(form.format(*parts)) == Nip("".join(parts), "PPPK" if month > 12 else "PNS")


@given(st.text())
def test_any_text_has_an_answer(raw: str) -> None:
    found = nip(raw)
    assert found is None or found.digits.isdecimal()
