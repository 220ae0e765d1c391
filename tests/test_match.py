"""Which person of the registry a printed party is, and when nobody is guessed."""

from __future__ import annotations

import pytest

from pipeline.audit.match import StaffIndex, differ, index, match
from pipeline.audit.rows import MatchRow, PartyRow, StaffRow
from pipeline.run.settings import settings
from pipeline.values import person
from tests.shipped import RULES, WORDS

BANDS = settings(RULES, None).bands


def someone(nip: str | None, name: str, position: str, unit: str) -> StaffRow:
    return StaffRow(id=nip or name, nip=nip, name=name, position=position, unit=unit)


STAFF = (
    someone("197503031999032007", "Sulastri Wibowo", "Kepala Dinas Sosial", "Dinas Sosial"),
    someone(
        "198001012005011003", "Muhammad Rudi Hartanto", "Kepala Bidang Rehabilitasi Sosial", "Dinas Sosial"
    ),
    someone("198607152010012004", "Maryam", "Pengelola Keuangan", "Dinas Sosial"),
    someone("199002202015032005", "Maryam", "Pengelola Keuangan", "Dinas Kesehatan"),
    someone("197907071998031006", "Kemas Syarif Abdullah", "Camat Lembah Asri", "Kecamatan Lembah Asri"),
    someone("199203052024212007", "Desti Purnamawati", "Bidan Terampil", "Puskesmas Tegal Melati"),
    someone("20190412", "Sahala Hutajulu", "Direktur Perumda Tirta Sukamaju", "Perumda Tirta Sukamaju"),
    someone(None, "Bramantyo Wiratmaja", "Wali Kota Sukamaju", "Pemerintah Kota Sukamaju"),
    *(
        someone(f"19900101201501{n:04}", f"Pegawai Nomor {word}", "Pengelola Keuangan", "Dinas Kesehatan")
        for n, word in enumerate(("Satu", "Dua", "Tiga", "Empat", "Lima", "Enam"), 1001)
    ),
)
INDEX: StaffIndex = index(STAFF, WORDS, BANDS)


def found(
    name: str | None, position: str | None = None, nip: str | None = None, unit: str | None = None
) -> MatchRow:
    (row,) = match([PartyRow("p", name, position, nip, unit)], INDEX)
    return row


@pytest.mark.parametrize(
    ("name", "position", "nip", "staff_id"),
    [
        ("Dra. Hj. SULASTRI WIBOWO, M.Si.", None, "197503031999032007", "197503031999032007"),
        ("H. Moh. Rudi Hartanto,SE", None, "198001012005011003", "198001012005011003"),
        ("M. Rudi H.", None, "198001012005011003", "198001012005011003"),
        ("Sulaastri Wibowo", None, "197503031999032007", "197503031999032007"),
        ("Sulastri Wibowo", None, "197503031999032001", "197503031999032007"),
        ("Sulastri Wibowo", None, "19750303199903207", "197503031999032007"),
        ("Sulastri Wibowo", None, "1975030319999032007", "197503031999032007"),
        ("Sulastri Wibowo", "Kepala Dinas Sosial Kota Sukamaju", None, "197503031999032007"),
        ("Sulastri Wibowo", "Plt. Kepala Dinas Sosial", None, "197503031999032007"),
        ("Muhamad Rudi Hartanto", "Kabid Rehabilitasi Sosial", None, "198001012005011003"),
        ("KMS. SJARIF ABD.", "Camat Lembah Asri", "197907071998031006", "197907071998031006"),
        ("Maryam", "Pengelola Keuangan Dinas Kesehatan", None, "199002202015032005"),
        ("Sahala Hutajulu", None, "20190412", "20190412"),
        ("Desti Purnamawati", None, "199203052024212007", "199203052024212007"),
        ("H. Bramantyo Wiratmaja, S.E.", "Wali Kota Sukamaju", None, "Bramantyo Wiratmaja"),
        # The number is a colleague's: name and place of the person decide.
        ("Sulastri Wibowo", "Kepala Dinas Sosial", "198001012005011003", "197503031999032007"),
    ],
)
def test_a_person_is_recognised(name: str, position: str | None, nip: str | None, staff_id: str) -> None:
    row = found(name, position, nip)
    assert (row.verdict, row.staff_id) == ("match", staff_id)


@pytest.mark.parametrize(
    ("name", "position", "nip"),
    [
        ("Sulastri Wibowo", None, None),  # the name alone
        ("Maryam", None, None),  # two of them
        ("Maryam", "Pengelola Keuangan", None),  # and both with that position
        ("Sulastri Wibowo", "Kepala Seksi Jalan", None),  # another position: perhaps a namesake from outside
        ("Sulistri Wibowa", "Kepala Dinas Sosial", None),  # a name that is only alike
        ("Rendra Kelana", "Kepala Dinas Sosial", "197503031999032007"),  # number and place against the name
    ],
)
def test_a_doubtful_person_is_left_to_a_person(name: str, position: str | None, nip: str | None) -> None:
    assert found(name, position, nip).verdict == "possible"


@pytest.mark.parametrize(
    ("name", "position", "nip"),
    [
        ("Rendra Kelana", "Kepala UPT Laboratorium", "198505052012041099"),  # nobody
        ("Rendra Kelana", None, "197503031999032007"),  # a number is not believed against the name
        ("Rendra Kelana", "Kepala Dinas Sosial", None),  # a successor not yet registered
        ("Sulastri Wahyuni", None, "196001011985032001"),  # half of the name
        ("Maryam", "Guru", "196001011985032001"),  # a namesake with a number of her own
    ],
)
def test_an_outsider_is_nobody(name: str, position: str | None, nip: str | None) -> None:
    row = found(name, position, nip)
    assert (row.verdict, row.staff_id, row.score) == ("none", None, 0.0)


@pytest.mark.parametrize("name", [None, "", "....................", "(                )", "Drs., M.Si."])
def test_a_party_without_a_name_is_not_looked_for(name: str | None) -> None:
    assert list(match([PartyRow("p", name, "Camat", "197503031999032007")], INDEX)) == []


def test_number_and_position_of_somebody_name_who_signs_under_a_stamp() -> None:
    row = found(None, "Kepala Dinas Sosial", "197503031999032007")
    assert (row.verdict, row.staff_id) == ("match", "197503031999032007")
    assert row.reasons == "NIP sama; nama tidak terbaca; jabatan dan unit sesuai"


@pytest.mark.parametrize(
    ("position", "nip"),
    [
        ("Camat", "197503031999032007"),
        (None, "197503031999032007"),
        ("Kepala Dinas Sosial", "197503031999032001"),
    ],
)
def test_a_number_alone_names_nobody(position: str | None, nip: str) -> None:
    assert list(match([PartyRow("p", None, position, nip)], INDEX)) == []


def test_nobody_is_found_in_an_empty_registry() -> None:
    (row,) = match([PartyRow("p", "Sulastri Wibowo")], index([], WORDS, BANDS))
    assert row.verdict == "none"


@pytest.mark.parametrize(
    ("party", "says"),
    [
        (
            PartyRow("p", "Sulastri Wibowo", None, "197503031999032007"),
            "NIP sama; nama sama; jabatan tidak tercetak",
        ),
        (
            PartyRow("p", "Sulastri Wibowo", None, "197503031999032001"),
            "NIP hampir sama (1 angka berbeda); nama sama",
        ),
        (PartyRow("p", "Sulaastri Wibowo", None, "197503031999032007"), "nama berbeda satu huruf"),
        (
            PartyRow("p", "Sulastri Wibowo", "Kepala Dinas Sosial", "198001012005011003"),
            "NIP yang tercetak milik Muhammad Rudi Hartanto; nama sama; jabatan dan unit sesuai",
        ),
        (PartyRow("p", "Maryam"), "ada 1 orang lain yang sama cocoknya"),
        (PartyRow("p", "Rendra Kelana"), "tidak ada yang cocok di daftar pegawai"),
        (PartyRow("p", "Rendra Kelana", None, "198505052012041099"), "NIP tidak ada di daftar pegawai"),
    ],
)
def test_the_reasons_are_words_that_a_clerk_understands(party: PartyRow, says: str) -> None:
    (row,) = match([party], INDEX)
    assert says in row.reasons


def test_the_unit_tells_namesakes_apart() -> None:
    assert found("Maryam", "Pengelola Keuangan", None, "Dinas Sosial").staff_id == "198607152010012004"
    assert found("Maryam", "Pengelola Keuangan", None, "Dinas Kesehatan").staff_id == "199002202015032005"


@pytest.mark.parametrize(
    ("name", "unit", "verdict"),
    [
        ("Kemas Syarif Abdullah", "Kecamatan Lembah Asri", "match"),
        ("Kemas Syarif Abdullah", "Dinas Sosial", "possible"),
        ("Kemas Syarif Abdullah", None, "possible"),
        ("Kemas Syarif", "Kecamatan Lembah Asri", "possible"),
    ],
)
def test_a_bare_name_is_somebody_of_the_unit_that_signs(name: str, unit: str | None, verdict: str) -> None:
    assert found(name, unit=unit).verdict == verdict


def test_the_order_of_the_registry_does_not_matter() -> None:
    backward = index(reversed(STAFF), WORDS, BANDS)
    parties = [PartyRow("p", row.name, row.position, None, None) for row in STAFF]
    assert list(match(parties, backward)) == list(match(parties, INDEX))


@pytest.mark.parametrize(
    ("one", "other", "gap"),
    [
        ("Drs. H. Muhammad Ridwan, M.Si.", "MOH. RIDWAN", "same"),
        ("Nur Aini", "Nuraini", "same"),
        ("Abd. Rahman", "Abdul Rahman", "same"),
        ("Sulastri", "Sulastri Wibowo", "shorter"),
        ("Tan Robert S.", "Tan Robert Susanto", "shorter"),
        ("Sumarno Haariyadi", "Sumarno Hariyadi", "slip"),
        ("Aditia Mustafa Wijaia", "Aditya Mustafa Wijaya", "spelling"),
        ("Km. Aminudin Ardiansyah", "Kemas Aminudin Ardiansyah", "spelling"),
        ("Suparmi Mulyani", "Suparmi Suryani", "alike"),
        ("Budi Santoso", "Rudi Hartanto", "other"),
        ("Maryam", "Maryono", "other"),
        ("B. S.", "Budi Santoso", "other"),
    ],
)
def test_names_differ_in_six_ways(one: str, other: str, gap: str) -> None:
    first, second = person(one, words=WORDS), person(other, words=WORDS)
    assert first is not None
    assert second is not None
    assert differ(first.key, second.key, BANDS) == gap
    assert differ(second.key, first.key, BANDS) == gap
