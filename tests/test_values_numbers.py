"""Numbers and sums of money as Indonesians print them."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.values import money, number, spelled
from tests.shipped import WORDS


@pytest.mark.parametrize(
    ("raw", "value"),
    [
        ("100", "100"),
        ("85,5", "85.5"),
        ("85.5", "85.5"),
        ("0,9", "0.9"),
        ("0.125", "0.125"),
        ("27.276", "27276"),
        ("4.252", "4252"),
        ("4,252", "4.252"),
        ("1.250.000,50", "1250000.50"),
        ("1,250,000.50", "1250000.50"),
        ("1,250,000", "1250000"),
        ("85 ,5", "85.5"),
        ("1. 250", "1250"),
        ("-0,5", "-0.5"),
        ("+5", "5"),
        ("1OO", "100"),
        ("l00", "100"),
        (" 7 ", "7"),
    ],
)
def test_a_number_is_read(raw: str, value: str) -> None:
    assert number(raw) == Decimal(value)


@pytest.mark.parametrize(
    "raw",
    [
        "",
        "-",
        "...",
        "12.",
        "85,",
        ",5",
        "1/2",
        "1 000",
        "100 100",
        "100%",
        "12 dokumen",
        "1.25.000",
        "1.234.5",
        "1234.567",
        "1,250.505",
        "10l",
        "OO",
        "lI",
        "NaN",
        "1e5",
        "1_000",
        "--5",
    ],
)
def test_what_is_no_number_or_may_be_two_is_none(raw: str) -> None:
    assert number(raw) is None


@pytest.mark.parametrize(
    ("raw", "rupiah"),
    [
        ("Rp. 8.412.906. 355,-", 8_412_906_355),
        ("·8.412.906.355,00", 8_412_906_355),
        ("2.746.180,935,00", 2_746_180_935),
        ("Rp6.205.718.444,-", 6_205_718_444),
        ("Rp 365.000.000,00", 365_000_000),
        ("Rp.315.000.000,-", 315_000_000),
        ("Rp.1.000.000,--", 1_000_000),
        ("Rp 1.000.000,=", 1_000_000),
        ("3.517.208.964", 3_517_208_964),
        ("8,412,906,355.00", 8_412_906_355),
        ("47.316.800,00", 47_316_800),
        ("Rp 1.250.000.000,50", 1_250_000_000),
        ("Rp1.000.000.00", 1_000_000),
        ("365000000", 365_000_000),
        ("Rp 0", 0),
        ("0,00", 0),
        ("Rp ............. 1.000.000", 1_000_000),
        ("JUMLAH ........ Rp 1.000.000", 1_000_000),
        ("JUMLAH 8.412.906.355", 8_412_906_355),
        ("Tahun 2026 Rp 1.000.000", 1_000_000),
        ("(Rp 1.000.000)", 1_000_000),
        ("1.000.000 rupiah", 1_000_000),
        ("Rp 1.000.000 (satu juta rupiah)", 1_000_000),
        ("5.000.000,- (APBD)", 5_000_000),
        ("Rp 1.000.000 Rp 1.000.000", 1_000_000),
        ("IDR 5,000,000", 5_000_000),
        ("1 000 000", 1_000_000),
        ("8.412.90\n6.355", 8_412_906_355),
        ("l.000.000", 1_000_000),
        ("1.OOO.OOO", 1_000_000),
        ("RP.S.000.000", 5_000_000),
        ("Rp2.851:601.000", 2_851_601_000),
        ("1,5 Milyar", 1_500_000_000),
        ("1,5 M", 1_500_000_000),
        ("Rp 250 juta", 250_000_000),
        ("Rp 2.5 jt", 2_500_000),
        ("Rp 1,25 triliun", 1_250_000_000_000),
        ("dua ratus lima puluh juta rupiah", 250_000_000),
    ],
)
def test_an_amount_is_whole_rupiah(raw: str, rupiah: int) -> None:
    assert money(raw, words=WORDS) == rupiah


@pytest.mark.parametrize(
    "raw",
    [
        "",
        "-",
        "Rp",
        "Rp -",
        "Rp. ...............",
        "Rp 1.00.000",
        "3.517.208.96",
        "1.0000",
        "Rp 1.000.000 Rp 2.000.000",
        "Rp 1.000.000 Rp 2.00.000",
        "1.000 2.000",
        "100 100",
        "1 25.000",
        "-1.000.000",
        "(1.000.000)",
        "85,5",
        "12.5",
        "100 %",
        "12 Dokumen",
        "Tahun 2026",
        "Rp 1.000.000 per tahun",
        "juta",
        "1,2345 ribu rupiah",
        "100.00",
        "100.01",
        "0,50",
        "APBD",
    ],
)
def test_no_amount_two_amounts_and_broken_groups_are_none(raw: str) -> None:
    assert money(raw, words=WORDS) is None


@pytest.mark.parametrize(
    ("raw", "value"),
    [
        ("nol", 0),
        ("sepuluh", 10),
        ("sebelas", 11),
        ("tiga belas", 13),
        ("dua puluh lima", 25),
        ("seratus", 100),
        ("Seribu Sembilan Ratus", 1900),
        ("dua ribu dua puluh enam", 2026),
        ("duaribu duapuluh enam", 2026),
        ("dua nol dua enam", 2026),
        ("seratus juta", 100_000_000),
        ("satu miliar dua ratus juta lima ribu", 1_200_005_000),
    ],
)
def test_a_number_in_words_is_read(raw: str, value: int) -> None:
    assert spelled(raw, words=WORDS) == value


@pytest.mark.parametrize(
    "raw",
    [
        "",
        "-",
        "12",
        "belas",
        "puluh",
        "ribu",
        "dua buah",
        "kedua",
        "lima orang",
        "tigo",
        "dua1",
        "juta rupiah",
    ],
)
def test_other_words_are_no_number(raw: str) -> None:
    assert spelled(raw, words=WORDS) is None


def grouped(value: int, mark: str) -> str:
    return f"{value:,}".replace(",", mark)


@given(
    st.integers(0, 10**13),
    st.sampled_from(["Rp{}", "Rp. {},-", "{},00", "Rp {},00", "Rp....... {}", "TOTAL Rp {}", "{} rupiah"]),
)
def test_every_printed_amount_is_read_back(value: int, form: str) -> None:
    assert money(form.format(grouped(value, ".")), words=WORDS) == value


@given(st.integers(1000, 10**13), st.data())
def test_an_amount_that_lost_a_digit_within_is_never_another_amount(value: int, data: st.DataObject) -> None:
    groups = grouped(value, ".").split(".")
    lost = data.draw(st.integers(1, len(groups) - 1))
    groups[lost] = groups[lost][1:]
    assert money("Rp " + ".".join(groups), words=WORDS) in (None, *zero_sen(groups))


def zero_sen(groups: list[str]) -> list[int]:
    """After a group two last zeros are taken for sen even with a dot, as scans turn their comma into one."""
    return [int("".join(groups[:-1]))] if groups[-1] == "00" and len(groups) > 2 else []


@given(st.decimals(-(10**9), 10**9, places=2))
def test_every_printed_number_is_read_back(value: Decimal) -> None:
    whole, _, decimals = f"{value:,.2f}".partition(".")
    assert number(f"{whole.replace(',', '.')},{decimals}") == value


@given(st.text(), st.text("0123456789.,-lOSB Rpjuta()"))
def test_any_text_has_an_answer(raw: str, alike: str) -> None:
    for each in (raw, alike):
        assert (money(each, words=WORDS) or 0) >= 0
        assert (number(each) or Decimal(0)).is_finite()
        assert (spelled(each, words=WORDS) or 0) >= 0
