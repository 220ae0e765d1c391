"""What is evidence of who a party is: all readings together, dates of the registry, what people decide."""

from __future__ import annotations

import sqlite3
from dataclasses import replace

import pytest

from pipeline.audit.match import Learned, index, learned, match
from pipeline.audit.match.learned import Decided
from pipeline.audit.rows import MatchRow, PartyRow, TenureRow
from pipeline.schema import TABLES
from tests.shipped import WORDS
from tests.test_match import BANDS, INDEX, STAFF

SULASTRI, RUDI = "197503031999032007", "198001012005011003"
CAMAT, HEAD = "Camat Lembah Asri", "Kepala Dinas Sosial"
TENURES = (
    TenureRow("1", SULASTRI, "o", CAMAT, None, valid_from="2018-01-01", valid_to="2021-12-31"),
    TenureRow("2", SULASTRI, "p", HEAD, "Dinas Sosial", valid_from="2022-01-01"),
)
DATED = index(STAFF, WORDS, BANDS, TENURES)


def found(party: PartyRow) -> MatchRow:
    (row,) = match([party], INDEX)
    return row


def test_another_reading_of_the_name_mends_the_first() -> None:
    party = PartyRow("p", "SUIASTRl W1B0", None, "197503031999032001")
    assert found(party).verdict != "match"
    assert found(replace(party, names=("Sulastri Wibowo",))).staff_id == SULASTRI
    assert found(replace(party, names=("Sulastri Wibowo",))).verdict == "match"


def test_another_reading_of_the_number_counts_too() -> None:
    party = PartyRow("p", "Sulastri Wibowo", None, "111111111111111111", nips=(SULASTRI,))
    assert (found(party).verdict, found(party).staff_id) == ("match", SULASTRI)


@pytest.mark.parametrize("name", ["Pembina Tingkat I (IV/b)", "Penata Muda", "Pembina Utama Muda / IV.c"])
def test_a_rank_that_stands_for_a_name_is_nobody_to_look_for(name: str) -> None:
    assert list(match([PartyRow("p", name, None, SULASTRI)], INDEX)) == []


@pytest.mark.parametrize(
    ("position", "day", "verdict"),
    [
        ("Camat Lembah Asri", "2020-01-30", "match"),
        ("Kepala Dinas Sosial", "2023-01-30", "match"),
        ("Camat Lembah Asri", "2023-01-30", "possible"),  # no longer in that office
        ("Kepala Dinas Sosial", "2020-01-30", "possible"),  # not yet
        ("Kepala Dinas Sosial", None, "match"),
    ],
)
def test_the_office_counts_that_was_held_on_the_day(position: str, day: str | None, verdict: str) -> None:
    (row,) = match([PartyRow("p", "Sulastri Wibowo", position, signed_on=day)], DATED)
    assert (row.verdict, row.staff_id) == (verdict, SULASTRI)


def test_the_day_of_a_load_is_no_beginning() -> None:
    seen = [replace(TENURES[1], origin="load", valid_from="2026-02-01")]
    (row,) = match(
        [PartyRow("p", "Sulastri Wibowo", "Kepala Dinas Sosial", signed_on="2023-01-30")],
        index(STAFF, WORDS, BANDS, seen),
    )
    assert row.verdict == "match"


def test_what_a_person_decides_comes_before_everything() -> None:
    party = PartyRow("p", "Maryam", None, None)
    for staff_id, verdict in ((RUDI, "match"), (None, "none")):
        (row,) = match([party], INDEX, Learned({"p": Decided(staff_id, "Tri")}, {}))
        assert (row.staff_id, row.verdict, row.reasons) == (staff_id, verdict, "dipastikan oleh Tri")


def test_a_name_that_was_decided_once_is_known_again_but_not_against_a_number() -> None:
    taught = Learned({}, {("cek", "lastri"): frozenset({SULASTRI})})
    again = PartyRow("q", "Cek Lastri", "Kepala Dinas Sosial", SULASTRI)
    assert next(match([again], INDEX)).verdict != "match"
    assert next(match([again], INDEX, taught)).verdict == "match"
    other = PartyRow("r", "Cek Lastri", "Bidan Terampil", "199203052024212007")
    assert next(match([other], INDEX, taught)).verdict != "match"


# ---------------------------------------------------------------- decisions in the database


@pytest.fixture
def connection() -> sqlite3.Connection:
    made = sqlite3.connect(":memory:")
    for table in TABLES:
        columns = ", ".join(f'"{column.name}" {column.sql}' for column in table.columns)
        made.execute(f'create table "{table.name}" ({columns})')
    made.execute("insert into parties (id, agreement_id, name) values ('p', 'a', 'H. Cek Lastri, S.E.')")
    made.execute("insert into staff (id, name) values ('s', 'Sulastri Wibowo')")
    return made


def decide(connection: sqlite3.Connection, table: str, field: str, new: str | None) -> None:
    (number,) = connection.execute("select count(*) from decisions").fetchone()
    connection.execute(
        'insert into decisions (id, who, "table", "row", field, new) values (?, ?, ?, ?, ?, ?)',
        (number + 1, "Tri", table, "p", field, new),
    )


def test_a_decision_teaches_the_name(connection: sqlite3.Connection) -> None:
    decide(connection, "matches", "staff_id", "s")
    taught = learned(connection, WORDS)
    assert taught == Learned({"p": Decided("s", "Tri")}, {("cek", "lastri"): frozenset({"s"})})


@pytest.mark.parametrize("new", ["", "gone"])
def test_a_decision_that_is_taken_back_or_about_nobody_we_know_teaches_nothing(
    connection: sqlite3.Connection, new: str
) -> None:
    decide(connection, "matches", "staff_id", "s")
    decide(connection, "matches", "staff_id", new)
    assert learned(connection, WORDS) == Learned({}, {})


def test_nobody_is_a_decision_too(connection: sqlite3.Connection) -> None:
    decide(connection, "matches", "staff_id", None)
    assert learned(connection, WORDS) == Learned({"p": Decided(None, "Tri")}, {})


def test_a_decision_on_another_reading_no_longer_holds(connection: sqlite3.Connection) -> None:
    decide(connection, "matches", "staff_id", "s")
    decide(connection, "parties", "name", "H. Cek Latri")
    assert learned(connection, WORDS) == Learned({}, {})
