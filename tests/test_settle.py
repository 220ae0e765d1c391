"""What settles an obligation: complete before incomplete, in time, by the debtor, and in force."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace

import pytest

from pipeline.audit.rows import DutyRow
from pipeline.audit.settle import Signed, settled, signed, years
from pipeline.audit.spelling import Spelling
from pipeline.run.settings import settings
from pipeline.schema import TABLES
from tests.shipped import RULES, WORDS

SETTINGS = settings(RULES, None)
DUTIES = SETTINGS.obligations
ALIKE = Spelling(WORDS, SETTINGS.bands.expand).alike
DUTY = DutyRow("h/perjanjian_kinerja/2026", "h", "Camat Asri", "Kecamatan Asri", "perjanjian_kinerja", 2026)
MADE = Signed("a", "h", "pihak_pertama", "perjanjian_kinerja", 2026, "2026-01-30", complete=True)


def settle(duty: DutyRow, *made: Signed) -> DutyRow:
    (row,) = settled([duty], made, DUTIES, ALIKE)
    return row


@pytest.fixture
def connection() -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(":memory:")) as opened:
        for table in TABLES:
            columns = ", ".join(f'"{column.name}" {column.sql}' for column in table.columns)
            opened.execute(f'create table "{table.name}" ({columns})')
        yield opened


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
    row = settle(DUTY, *made)
    assert (row.state, row.agreement_id) == (state, agreement_id)


@pytest.mark.parametrize(
    ("due_on", "signed_on", "state"),
    [
        (None, "2026-12-31", "met"),  # the deadline is not known: nobody is late
        ("2026-01-31", "2026-01-31", "met"),
        ("2026-01-31", "2026-02-01", "late"),
        ("2026-01-31", None, "met"),  # the date is missing, and another check says so
    ],
)
def test_late_is_who_signed_after_a_known_deadline(
    due_on: str | None, signed_on: str | None, state: str
) -> None:
    assert settle(replace(DUTY, due_on=due_on), replace(MADE, signed_on=signed_on)).state == state


def test_an_incomplete_document_is_incomplete_however_late() -> None:
    late = replace(MADE, signed_on="2026-06-01", complete=False)
    assert settle(replace(DUTY, due_on="2026-01-31"), late).state == "incomplete"


def test_a_revision_is_in_force_and_the_first_one_was_in_time() -> None:
    revision = replace(MADE, agreement_id="b", signed_on="2026-09-01", revision=True)
    row = settle(replace(DUTY, due_on="2026-01-31"), MADE, revision)
    assert (row.state, row.agreement_id, row.in_force_id) == ("met", "a", "b")


def test_an_incomplete_revision_replaces_nothing() -> None:
    revision = replace(MADE, agreement_id="b", signed_on="2026-09-01", revision=True, complete=False)
    assert settle(DUTY, MADE, revision).in_force_id == "a"


def test_a_revision_alone_settles_and_its_date_is_not_that_of_the_first() -> None:
    revision = replace(MADE, signed_on="2026-09-01", revision=True)
    assert settle(replace(DUTY, due_on="2026-01-31"), revision).state == "met"


def test_who_is_not_due_and_signed_all_the_same_stays_not_due() -> None:
    row = settle(replace(DUTY, state="not_due", reason="level"), MADE)
    assert (row.state, row.reason, row.agreement_id) == ("not_due", "level", "a")


def test_of_two_offices_each_has_its_own_agreement() -> None:
    other = replace(DUTY, id="x", position="Kepala Dinas Sosial", unit="Dinas Sosial")
    made = [replace(MADE, position="Plt. Kepala Dinas Sosial Kota Asri")]
    assert [row.agreement_id for row in settled([DUTY, other], made, DUTIES, ALIKE)] == [None, "a"]


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
    row: dict[str, str | int | None] = {"type": type_, "year": year, "signed_on": signed_on}
    put(connection, "agreements", id=f"a{number}", sha256=f"s{number}", **row)


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
    assert years(connection, DUTIES, SETTINGS.duties.year_share) == [2025, 2026]


def test_without_agreements_no_year_is_under_audit(connection: sqlite3.Connection) -> None:
    assert years(connection, DUTIES, SETTINGS.duties.year_share) == []


@pytest.mark.parametrize(
    ("table", "row", "complete"),
    [
        ("signatures", {"state": "signed", "required": 1}, True),
        ("signatures", {"state": "unclear", "required": 1}, True),
        ("signatures", {"state": "missing", "required": 0}, True),
        ("signatures", {"state": "missing", "required": 1}, False),
        ("signatures", {"state": "signed", "required": 1, "method": "certificate", "own": 1}, True),
        ("signatures", {"state": "signed", "required": 1, "method": "certificate"}, True),
        ("signatures", {"state": "signed", "required": 1, "method": "certificate", "own": 0}, False),
        ("signatures", {"state": "signed", "required": 1, "intact": "changed", "own": 1}, True),
        ("signatures", {"state": "signed", "required": 1, "intact": "broken", "own": 1}, False),
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


@pytest.mark.parametrize(
    ("files", "counts"),
    [([], True), ([None], True), ([7], False), ([7, None], True), ([7, 8], False)],
    ids=["of no file", "there", "gone", "one copy there", "both gone"],
)
def test_a_paper_that_is_gone_settles_nothing(
    connection: sqlite3.Connection, files: list[int | None], counts: bool
) -> None:
    promised(connection, "match")
    for number, gone in enumerate(files):
        put(connection, "files", path=str(number), sha256="s1", gone_run=gone)
    assert bool(list(signed(connection))) is counts
