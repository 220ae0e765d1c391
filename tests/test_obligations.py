"""Who owes which document, from the registry down, and what settles it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace

import msgspec
import pytest

from pipeline.audit.obligations import Coverage, Duties, Signed, coverage, owed, settled, signed, years
from pipeline.audit.rows import DutyRow, StaffRow
from pipeline.run.settings import settings
from pipeline.schema import TABLES
from tests.shipped import RULES

SETTINGS = settings(RULES, None)
DUTIES, REGISTRY = SETTINGS.duties, SETTINGS.registry
HEAD = StaffRow(
    id="h", nip=None, name="Sulastri Wibowo", position="Camat Asri", unit="Kecamatan Asri", head=1
)
CLERK = StaffRow(id="c", nip=None, name="Rudi Hartanto", position="Staf", unit="Kecamatan Asri")
DUTY = DutyRow("h/perjanjian_kinerja/2026", "h", "Camat Asri", "Kecamatan Asri", "perjanjian_kinerja", 2026)
MADE = Signed("a", "h", "pihak_pertama", "perjanjian_kinerja", 2026, "2026-01-30", complete=True)


def due(duties: Duties, day: str) -> Duties:
    return msgspec.structs.replace(
        duties, duty=tuple(msgspec.structs.replace(duty, due=day) for duty in duties.duty)
    )


@pytest.fixture
def connection() -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(":memory:")) as opened:
        for table in TABLES:
            columns = ", ".join(f'"{column.name}" {column.sql}' for column in table.columns)
            opened.execute(f'create table "{table.name}" ({columns})')
        yield opened


# ---------------------------------------------------------------- owed


def test_a_head_owes_both_documents_for_each_year_under_audit() -> None:
    types = ("perjanjian_kinerja", "pakta_integritas")
    found = owed([HEAD, CLERK], DUTIES, [2025, 2026], REGISTRY)
    assert [row.id for row in found] == [f"h/{type_}/{year}" for type_ in types for year in (2025, 2026)]


def test_everybody_owes_where_it_is_asked_for() -> None:
    found = owed([HEAD, CLERK], DUTIES, [2026], REGISTRY, everybody=True)
    assert {row.staff_id for row in found} == {"h", "c"}


@pytest.mark.parametrize(
    ("person", "state"),
    [
        (HEAD, "missing"),
        (replace(HEAD, status="PNS"), "missing"),
        (replace(HEAD, valid_from="2026-05-01"), "missing"),
        (replace(HEAD, valid_to="2026-03-31"), "missing"),
        (replace(HEAD, status="Pensiun"), "not_due"),
        (replace(HEAD, status="Cuti di Luar Tanggungan Negara"), "not_due"),
        (replace(HEAD, valid_from="2027-01-01"), "not_due"),
        (replace(HEAD, valid_to="2025-12-31"), "not_due"),
    ],
)
def test_who_was_not_in_office_that_year_owes_nothing(person: StaffRow, state: str) -> None:
    assert {row.state for row in owed([person], DUTIES, [2026], REGISTRY)} == {state}


@pytest.mark.parametrize("staff", [[], [CLERK]])
def test_nobody_in_charge_means_nothing_owed(staff: list[StaffRow]) -> None:
    assert list(owed(staff, DUTIES, [2026], REGISTRY)) == []


def test_no_year_under_audit_means_nothing_owed() -> None:
    assert list(owed([HEAD], DUTIES, [], REGISTRY)) == []


# ---------------------------------------------------------------- settled


@pytest.mark.parametrize(
    ("made", "state", "agreement_id"),
    [
        ([MADE], "met", "a"),
        ([replace(MADE, complete=False)], "incomplete", "a"),
        ([replace(MADE, complete=False), replace(MADE, agreement_id="b")], "met", "b"),
        ([replace(MADE, agreement_id="b", signed_on="2026-03-01"), MADE], "met", "a"),
        ([], "missing", None),
        ([replace(MADE, role="pihak_kedua")], "missing", None),
        ([replace(MADE, year=2025)], "missing", None),
        ([replace(MADE, staff_id="c")], "missing", None),
        ([replace(MADE, type="pakta_integritas")], "missing", None),
    ],
)
def test_only_the_debtors_own_document_of_the_year_settles(
    made: list[Signed], state: str, agreement_id: str | None
) -> None:
    (row,) = settled([DUTY], made, DUTIES)
    assert (row.state, row.agreement_id) == (state, agreement_id)


@pytest.mark.parametrize(
    ("day", "signed_on", "state"),
    [
        ("", "2026-12-31", "met"),  # the deadline is not known: nobody is late
        ("01-31", "2026-01-31", "met"),
        ("01-31", "2026-02-01", "late"),
        ("01-31", None, "met"),  # the date is missing, and another check says so
    ],
)
def test_late_is_who_signed_after_a_known_deadline(day: str, signed_on: str | None, state: str) -> None:
    (first, *_) = owed([HEAD], due(DUTIES, day), [2026], REGISTRY)
    (row,) = settled([first], [replace(MADE, signed_on=signed_on)], DUTIES)
    assert row.state == state


def test_an_incomplete_document_is_incomplete_however_late() -> None:
    (row,) = settled(
        [replace(DUTY, due_on="2026-01-31")], [replace(MADE, signed_on="2026-06-01", complete=False)], DUTIES
    )
    assert row.state == "incomplete"


# ---------------------------------------------------------------- the database


def put(connection: sqlite3.Connection, table: str, **row: str | int | None) -> None:
    names, marks = ", ".join(row), ", ".join("?" for _ in row)
    connection.execute(f"insert into {table} ({names}) values ({marks})", tuple(row.values()))  # noqa: S608 - our tables


def agree(
    connection: sqlite3.Connection,
    number: int,
    year: int | None,
    type_: str = "perjanjian_kinerja",
    signed_on: str | None = None,
) -> None:
    put(connection, "agreements", id=f"a{number}", type=type_, year=year, signed_on=signed_on)


def promised(connection: sqlite3.Connection, verdict: str) -> None:
    """An agreement whose first party is, with this verdict, the head."""
    agree(connection, 1, 2026)
    put(connection, "parties", id="p", agreement_id="a1", role="pihak_pertama")
    put(connection, "matches", party_id="p", staff_id="h", verdict=verdict)


def test_the_years_under_audit_are_those_of_many_agreements(connection: sqlite3.Connection) -> None:
    for number in range(30):
        agree(connection, number, 2026 if number < 20 else 2025)
    agree(connection, 30, 2062)  # misread
    agree(connection, 31, None, signed_on="2025-01-30")
    agree(connection, 32, 1999, "other")
    assert years(connection, DUTIES) == [2025, 2026]


def test_without_agreements_no_year_is_under_audit(connection: sqlite3.Connection) -> None:
    assert years(connection, DUTIES) == []


@pytest.mark.parametrize(
    ("table", "row", "complete"),
    [
        ("signatures", {"state": "signed", "required": 1}, True),
        ("signatures", {"state": "unclear", "required": 1}, True),
        ("signatures", {"state": "missing", "required": 0}, True),
        ("signatures", {"state": "missing", "required": 1}, False),
        ("facts", {"field": "annex", "data": "present"}, True),
        ("facts", {"field": "annex"}, False),
        ("facts", {"field": "promise"}, False),
        ("facts", {"field": "place", "required": 1}, True),
        ("facts", {"field": "signed_on", "required": 1}, False),
        ("facts", {"field": "signed_on", "required": 0}, True),
    ],
)
def test_an_agreement_is_complete_unless_something_is_surely_missing(
    connection: sqlite3.Connection, table: str, row: dict[str, str | int], complete: bool
) -> None:
    promised(connection, "match")
    record = {"record": "agreements"} if table == "facts" else {}
    put(connection, table, agreement_id="a1", **record, **row)
    assert list(signed(connection)) == [replace(MADE, agreement_id="a1", signed_on=None, complete=complete)]


@pytest.mark.parametrize("verdict", ["possible", "none"])
def test_a_doubtful_signer_settles_nothing(connection: sqlite3.Connection, verdict: str) -> None:
    promised(connection, verdict)
    assert list(signed(connection)) == []


def test_coverage_counts_what_is_owed_by_unit_type_and_year(connection: sqlite3.Connection) -> None:
    for number, state in enumerate(["met", "met", "incomplete", "late", "missing", "not_due"]):
        put(
            connection,
            "obligations",
            id=str(number),
            unit="Dinas Sosial",
            type="pakta_integritas",
            year=2026,
            state=state,
        )
    assert list(coverage(connection)) == [
        Coverage(
            "Dinas Sosial",
            "pakta_integritas",
            2026,
            owed=5,
            met=2,
            incomplete=1,
            late=1,
            missing=1,
            not_due=1,
        )
    ]


def test_coverage_of_an_empty_database_is_empty(connection: sqlite3.Connection) -> None:
    assert list(coverage(connection)) == []
