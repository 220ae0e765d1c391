"""Names of persons; all of them invented."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.values import Person, person
from tests.shipped import WORDS


def parts(raw: str) -> tuple[str, str, str]:
    """Titles before, name and titles after; the titles on one line each."""
    found = person(raw, words=WORDS)
    return (" ".join(found.front), found.name, " ".join(found.back)) if found else ("", "", "")


@pytest.mark.parametrize(
    ("raw", "front", "name", "back"),
    [
        ("Drs. H. Arkana Halim, S.Sos., M.M.", "Drs. H.", "Arkana Halim", "S.Sos. M.M."),
        ("Drs.H.Arkana Halim,S.Sos.,MM", "Drs. H.", "Arkana Halim", "S.Sos. M.M."),
        ("(Drs. ARKANA HALIM)", "Drs.", "ARKANA HALIM", ""),
        ("WIRATAMA. ST.", "", "WIRATAMA", "S.T."),
        ("DANU PERMANA,S.STP.", "", "DANU PERMANA", "S.STP."),
        ("KENANGA DEWI. S.PD.SD., M.M", "", "KENANGA DEWI", "S.Pd.SD. M.M."),
        ("Melati Andarini, S.Kom.,M.Ec.Dev", "", "Melati Andarini", "S.Kom. M.Ec.Dev."),
        ("Melati Andarini S.Kom M.Ec.Dev", "", "Melati Andarini", "S.Kom. M.Ec.Dev."),
        ("WALUYO, S.H.M.H", "", "WALUYO", "S.H. M.H."),
        ("YULIA SPD", "", "YULIA", "S.Pd."),
        ("drg. Kms. Baharudin", "drg.", "Kms. Baharudin", ""),
        ("Kms. H. Baharudin", "H.", "Kms. Baharudin", ""),
        ("Ki Agus R. Darmawan, S.T., M.M.", "", "Ki Agus R. Darmawan", "S.T. M.M."),
        ("RM. Kusuma, S.Kom.,M.M", "", "RM. Kusuma", "S.Kom. M.M."),
        ("Hj. R.A. Kartika, Dra., M.Pd.", "Hj. Dra.", "R.A. Kartika", "M.Pd."),
        ("dr. H. M. Fauzan, Sp.A., M.Kes.", "dr. H.", "M. Fauzan", "Sp.A. M.Kes."),
        ("dr. Ratih, Sp.M(K), M.Kes", "dr.", "Ratih", "Sp.M. (K) M.Kes."),
        ("Dr. (Cand.) Budiman, M.Si", "Dr. (Cand.)", "Budiman", "M.Si."),
        ("Budiman, S.H. (Purn.)", "", "Budiman", "S.H. (Purn.)"),
        ("Apt. Rina, S.Farm", "apt.", "Rina", "S.Farm."),
        ("Rina, S.Xyz., QWR", "", "Rina", "S.Xyz. QWR"),
        ("Budiman NIP. 197208171997031004", "", "Budiman", ""),
        ("Budiman, S.T., Kepala Dinas", "", "Budiman", "S.T."),
        ("Budiman\nSantoso, S.\nSos", "", "Budiman Santoso", "S.Sos."),
        ("A H M A D   F A U Z A N, S.H.", "", "AHMAD FAUZAN", "S.H."),
        ("_____Budiman_____", "", "Budiman", ""),
        ("Budiman (Budi)", "", "Budiman", ""),
        ("Ma'ruf Hasan", "", "Ma'ruf Hasan", ""),
        ("Waluyo", "", "Waluyo", ""),
        ("AHMAD FAUZAN, Ir.", "Ir.", "AHMAD FAUZAN", ""),
        ("lr. Waluyo, S.lP., M.Sl", "Ir.", "Waluyo", "S.IP. M.Si."),
        ("Arkana S,Sos", "", "Arkana", "S.Sos."),
        ("HalimS.Sos", "", "Halim", "S.Sos."),
        ("Rina, S.H., Sp1.", "", "Rina", "S.H. Sp.I."),
        ("Rina, SPi, SPd, Sp.PD", "", "Rina", "S.Pi. S.Pd. Sp.PD."),
        ("Bud1man, S.S0s", "", "Bud1man", "S.Sos."),
    ],
)
def test_titles_part_from_the_name(raw: str, front: str, name: str, back: str) -> None:
    assert parts(raw) == (front, name, back)


@pytest.mark.parametrize(
    ("raw", "name"),
    [
        ("SUSILO A.P.", "SUSILO A.P."),
        ("Budi M.A. Rahman", "Budi M.A. Rahman"),
        ("PUTRI DEA", "PUTRI DEA"),
        ("Lestari Mei", "Lestari Mei"),
        ("H. Irwan", "Irwan"),
        ("Hadi Irwan", "Hadi Irwan"),
        ("Andi", "Andi"),
        ("Cut Meutia Sari", "Cut Meutia Sari"),
        ("Ahmad R, S.Sos", "Ahmad R."),
        ("Dewi M. S.Sos", "Dewi M."),
        ("AHMAD, FAUZAN", "AHMAD, FAUZAN"),
        ("Ahmad, M. Fauzan", "Ahmad, M. Fauzan"),
        ("Nik Ahmad", "Nik Ahmad"),
        ("Sekar", "Sekar"),
    ],
)
def test_what_may_be_a_name_stays_in_the_name(raw: str, name: str) -> None:
    assert parts(raw)[1] == name


@pytest.mark.parametrize(
    "raw",
    [
        "",
        " ",
        "-",
        "(..............................)",
        "( __________ )",
        "……………",
        "(                )",
        "123",
        "H",
        "S.Sos., M.M.",
        "Dr., M.Si",
        "Nama Jelas",
        "(nama lengkap)",
        "N a m a",
        "ttd",
        "Tanda Tangan",
        "NIP. 197208171997031004",
        "1972 0817",
        "Meterai 10000",
    ],
)
def test_blanks_form_words_and_bare_titles_are_nobody(raw: str) -> None:
    assert person(raw, words=WORDS) is None


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Muhammad Fauzan", "Mohammad Fauzan"),
        ("Muhammad Fauzan", "Moh. Fauzan"),
        ("Muhammad Fauzan", "Muh.Fauzan"),
        ("Muhammad Fauzan", "M. FAUZAN, S.E."),
        ("Muhammad Fauzan", "Mhd Fauzan"),
        ("Ali Muhammad", "Ali Moh."),
        ("Abdul Hamid", "Abd. Hamid"),
        ("Siti Aminah", "St. Aminah"),
        ("Nur Hidayah", "N. Hidayah"),
        ("Nur Hidayah", "Noer Hidayah"),
        ("Susilo Joko", "Soesilo Djoko"),
        ("Sucipto", "Soetjipto"),
        ("Kemas Baharudin", "Kms. H. BAHARUDIN"),
        ("Kiagus Muhammad Ali", "Kgs. M. Ali"),
        ("Ki Agus Ali", "Kgs. Ali"),
        ("Raden Mas Kusuma", "RM. Kusuma"),
        ("Iwan Setiawan", "lwan Setiawan"),
        ("Budi Santoso", "Bud1 Sant0so"),
        ("Ma'ruf Hasan", "Ma\u2019ruf Hasan"),
        ("Dra. Hj. Rina", "RINA, M.Pd."),
    ],
)
def test_spellings_of_one_name_have_one_key(one: str, other: str) -> None:
    keys = {found.key for raw in (one, other) if (found := person(raw, words=WORDS))}
    assert len(keys) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Muhammad Fauzan", "Fauzan"),
        ("M. Fauzan", "N. Fauzan"),
        ("Fauzan M.", "Fauzan Muhammad"),
        ("Nurhayati", "Nurhidayati"),
        ("Budi Santoso", "Budi Santosa"),
        ("R. Darmawan", "Raden Darmawan"),
        ("Ali Hasan", "Hasan Ali"),
        ("St", "Siti"),
        ("Kemas Ali", "Kiagus Ali"),
    ],
)
def test_other_names_have_other_keys(one: str, other: str) -> None:
    keys = {found.key for raw in (one, other) if (found := person(raw, words=WORDS))}
    assert len(keys) == 2


@pytest.mark.parametrize("title", WORDS.titles.back)
def test_every_listed_title_is_found_after_a_comma(title: str) -> None:
    found = person(f"Waluyo, {title}", words=WORDS)
    assert found is not None
    assert (found.name, found.back) == ("Waluyo", (title,))


@pytest.mark.parametrize("title", WORDS.titles.front)
def test_every_listed_title_is_found_in_front(title: str) -> None:
    assert person(f"{title} Waluyo Jati", words=WORDS) == Person((title,), "Waluyo Jati", (), "waluyo jati")


@given(
    st.lists(st.sampled_from(["Drs.", "H.", "Prof.", "dr.", "Ir."]), max_size=3, unique=True),
    st.lists(st.sampled_from(["Waluyo", "Rina", "Dewi", "Halim", "Ma'ruf"]), min_size=1, max_size=3),
    st.lists(st.sampled_from(["S.Sos.", "M.M.", "S.H.", "M.Ec.Dev.", "Ph.D."]), max_size=3, unique=True),
    st.sampled_from([", ", ",", " ,"]),
)
def test_every_printed_name_is_read_back(
    front: list[str], name: list[str], back: list[str], comma: str
) -> None:
    found = person(comma.join([" ".join([*front, *name]), *back]), words=WORDS)
    assert found is not None
    assert (list(found.front), found.name.split(), list(found.back)) == (front, name, back)


@given(st.text(), st.text("HDrs.,() SMPdA'-iI1lo_"))
def test_any_text_has_an_answer(raw: str, alike: str) -> None:
    for each in (raw, alike):
        found = person(each, words=WORDS)
        assert found is None or (found.name.strip() and found.key.strip())
