"""Names out of scans, their titles put right; all of them invented."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.values import mended_name
from tests.shipped import WORDS


@pytest.mark.parametrize(
    ("read", "printed"),
    [
        ("Arkana Halim. S.Sos., M.M.", "Arkana Halim, S.Sos., M.M."),
        ("Arkana Halim, S.Sos. M.M.", "Arkana Halim, S.Sos., M.M."),
        ("Arkana Halim, S.E. M.Ec.Dev", "Arkana Halim, S.E, M.Ec.Dev"),
        ("Arkana Halim, S.T.. M.M.", "Arkana Halim, S.T., M.M."),
        ("Arkana Halim, S.IP.M.T", "Arkana Halim, S.IP.,M.T"),
        ("ARKANA HALIM.S.E", "ARKANA HALIM,S.E"),
        ("Arkana Halim,8.Pd.", "Arkana Halim,S.Pd."),
        ("lis Halim, S.H.", "Iis Halim, S.H."),
        ("Arkana Halim, S.J.Kom, M.Si", "Arkana Halim, S.I.Kom, M.Si"),
        ("ARKANA HALIM, S.L.Kom., M.H.", "ARKANA HALIM, S.I.Kom., M.H."),
        ("Arkana Halim, S.P7., M.H.", "Arkana Halim, S.Pt., M.H."),
    ],
)
def test_a_misread_title_is_put_right(read: str, printed: str) -> None:
    assert mended_name(read, words=WORDS) == printed


@pytest.mark.parametrize(
    "name",
    [
        "Drs. H. Arkana Halim, S.Sos., M.M.",
        "ARKANA HALIM, S.SOS, MM",
        "Arkana Halim S.Sos M.M",
        "Moh. Arif",
        "Kms. H. Baharudin",
        "R.A. Kartika, S.A.P.,M.T",
        "Budiman, S.T., Kepala Dinas",
        "Rina, S.Xyz., QWR",
        "Arkana bin Halim",
        "St. Lima",
        "",
    ],
)
def test_what_is_printed_well_stays(name: str) -> None:
    assert mended_name(name, words=WORDS) == name


@given(st.text(alphabet="ABSMPdi.,: 8", max_size=24))
def test_mending_twice_is_mending_once(name: str) -> None:
    once = mended_name(name, words=WORDS)
    assert mended_name(once, words=WORDS) == once
