"""The checks: their own examples, what a rule's SQL may not do, and how findings live from run to run."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import fields, replace

import pytest
from msgspec.structs import replace as changed

from pipeline.audit import rows
from pipeline.audit.check import run_checks, run_doubts, settle
from pipeline.audit.rows import FindingRow
from pipeline.audit.try_check import test_rule as faults
from pipeline.errors import RuleError
from pipeline.rules import CheckExample, CheckRule, Message
from pipeline.run.settings import settings
from pipeline.schema import TABLES
from tests.shipped import RULES

GLOSSARY = settings(RULES, None).glossary
BY_ID = {rule.id: rule for rule in RULES.checks}
SPINE = [
    "year-missing", "year-mismatch", "date-missing", "date-implausible", "place-missing", "party-missing",
    "position-missing", "nip-missing", "promise-missing", "annex-missing", "annex-unsigned",
    "signature-missing", "stamp-without-signature", "paraf-only", "stamp-missing", "indicator-missing",
    "target-missing", "target-placeholder", "unit-missing", "owner-missing", "target-unmeasurable",
    "quarters-inconsistent", "budget-missing", "budget-total-mismatch", "budget-zero",
    "indicator-repeated", "row-number-gap", "page-blank", "page-order", "draft-watermark",
    "pledge-missing", "witness-missing", "meterai-missing", "unit-copied", "column-unread",
    "nip-malformed", "nip-unknown", "nip-name-mismatch", "name-misspelled", "signer-unknown",
    "match-ambiguous", "never-signed", "incomplete", "unit-without-files", "duplicate-file",
    "unclassified", "scan-poor", "late", "not-due", "new-official-unsigned", "outsider",
    "pk-without-pakta",
    "pakta-without-pk", "duplicate-agreement", "active-pk-twice", "subordinate-signed-first",
    "indicator-orphan", "indicator-uncarried", "target-differs-between-levels", "plan-indicator-missing",
    "plan-target-differs", "budget-differs-from-dpa", "revision-without-cause",
    "target-changed-after-signing",
]  # fmt: skip
PLACES = CheckRule(
    id="places",
    severity="warning",
    message=Message(id="{place}, halaman {page}", en="{place}, page {page}"),
    why="A check of the test.",
    sql="select id as agreement_id, place, first_page as page from agreements where place is not null",
)


@pytest.fixture
def connection() -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(":memory:")) as opened:
        yield opened


# ---------------------------------------------------------------- the shipped checks


def test_every_check_of_the_spine_is_there() -> None:
    assert [name for name in SPINE if name not in BY_ID] == []


@pytest.mark.parametrize("rule", RULES.checks, ids=lambda rule: rule.id)
def test_a_check_does_what_its_examples_say(rule: CheckRule) -> None:
    assert faults(rule, GLOSSARY) == []


@pytest.mark.parametrize("rule", RULES.checks, ids=lambda rule: rule.id)
def test_no_check_finds_anything_in_an_empty_database(rule: CheckRule) -> None:
    empty = CheckExample(fires=False, rows={})
    others = tuple(example for example in rule.example if example.fires or example.unsure)
    assert faults(changed(rule, example=(empty, *others)), GLOSSARY) == []


@pytest.mark.parametrize("rule", RULES.checks, ids=lambda rule: rule.id)
def test_a_check_that_never_fired_would_fail_its_examples(rule: CheckRule) -> None:
    mute = changed(rule, sql=f"select * from ({rule.sql}) where 0", unsure="")  # noqa: S608 - a shipped rule
    assert any("fires 0 times" in fault for fault in faults(mute, GLOSSARY))


def test_the_rows_of_the_audit_are_the_published_columns() -> None:
    tables = {table.name: [column.name for column in table.columns] for table in TABLES}
    pairs = {
        "staff": rows.StaffRow, "units": rows.UnitRow, "offices": rows.OfficeRow, "matches": rows.MatchRow,
        "obligations": rows.DutyRow, "findings": rows.FindingRow,
    }  # fmt: skip
    assert {name: [field.name for field in fields(kind)] for name, kind in pairs.items()} == {
        name: tables[name] for name in pairs
    }


# ---------------------------------------------------------------- what a rule may not do


def laid(connection: sqlite3.Connection) -> sqlite3.Connection:
    for table in TABLES:
        columns = ", ".join(f'"{column.name}" {column.sql}' for column in table.columns)
        connection.execute(f'create table "{table.name}" ({columns})')
    connection.execute("insert into agreements (id, place, first_page) values ('a', 'Asri', 2)")
    connection.commit()
    return connection


@pytest.mark.parametrize(
    ("sql", "says"),
    [
        ("delete from agreements", "not authorized"),
        ("update agreements set place = 'x' returning id as agreement_id", "not authorized"),
        ("insert into agreements (id) values ('b') returning id as agreement_id", "not authorized"),
        ("drop table agreements", "not authorized"),
        ("create table t as select 1", "not authorized"),
        ("create temp table t (x)", "not authorized"),
        ("attach 'other.db' as other", "not authorized"),
        ("pragma user_version = 7", "not authorized"),
        ("select id as agreement_id from agreements; delete from agreements", "one statement"),
        ("select id as agreement_id from agreement", "no such table: agreement"),
        ("select place from agreements", "returns none of agreement_id"),
        (
            "select id as agreement_id, place from agreements",
            "no column 'page'; the sql returns agreement_id",
        ),
        ("", "returns none of"),
    ],
)
def test_a_rule_that_does_more_than_select_is_refused_by_name(
    connection: sqlite3.Connection, sql: str, says: str
) -> None:
    laid(connection)
    with pytest.raises(RuleError, match=says) as refused:
        list(run_checks(connection, [changed(PLACES, sql=sql)], GLOSSARY))
    assert "checks/places.toml" in str(refused.value)
    assert connection.execute("select count(*) from agreements").fetchone() == (1,)


def test_after_a_check_the_connection_writes_again(connection: sqlite3.Connection) -> None:
    found = list(run_checks(laid(connection), [PLACES], GLOSSARY))
    connection.execute("update agreements set place = 'Seruni'")
    assert [row.message for row in found] == ["Asri, halaman 2"]


def example(fires: bool, table: str = "agreements", **row: str | int | float | None) -> CheckExample:
    return CheckExample(fires=fires, rows={table: (row,)} if row else {})


@pytest.mark.parametrize(
    ("examples", "says"),
    [
        ([], "no example that fires"),
        ([example(True, id="a", place="Asri", first_page=1)], "no example that does not fire"),
        ([example(True), example(False)], "example 1: fires 0 times"),
        ([example(False, id="a", place="Asri", first_page=1)], "example 1: fires 1 times"),
        ([example(True, id="a", plaats="Asri")], "no column named plaats"),
        ([example(True, "agreement", id="a")], "no such table: agreement"),
        ([example(True, id="a", place="Asri")], "a message says '?'"),
    ],
)
def test_a_rule_whose_examples_do_not_hold_says_which(examples: list[CheckExample], says: str) -> None:
    assert says in "\n".join(faults(changed(PLACES, example=tuple(examples)), GLOSSARY))


def test_a_rule_that_doubts_needs_an_example_of_it() -> None:
    examples = (example(True, id="a", place="Asri", first_page=1), example(False))
    assert faults(changed(PLACES, example=examples), GLOSSARY) == []
    doubting = changed(PLACES, example=examples, unsure=f"{PLACES.sql} and 0")
    assert faults(doubting, GLOSSARY) == ["places: no example of its doubts"]


# ---------------------------------------------------------------- findings


def test_a_policy_answers_only_where_it_is_switched_on(connection: sqlite3.Connection) -> None:
    policy = changed(PLACES, policy=True)
    laid(connection)
    assert list(run_checks(connection, [policy], GLOSSARY)) == []
    assert len(list(run_checks(connection, [policy], GLOSSARY, policies=["places"]))) == 1


def test_a_doubt_asks_and_does_not_accuse(connection: sqlite3.Connection) -> None:
    rule = changed(PLACES, sql=f"{PLACES.sql} and 0", unsure=PLACES.sql)
    laid(connection)
    assert list(run_checks(connection, [rule], GLOSSARY)) == []
    (doubt,) = run_doubts(connection, [rule], GLOSSARY)
    assert (doubt.message, doubt.message_en) == (
        "Perlu diperiksa: Asri, halaman 2",
        "To be checked: Asri, page 2",
    )


def test_the_same_fault_has_the_same_id_whatever_the_message_says(connection: sqlite3.Connection) -> None:
    laid(connection)
    (before,) = run_checks(connection, [PLACES], GLOSSARY)
    reworded = changed(PLACES, message=Message(id="{place}!", en="{place}!"))
    (after,) = run_checks(connection, [reworded], GLOSSARY)
    (other,) = run_checks(connection, [changed(PLACES, id="other")], GLOSSARY)
    assert after.id == before.id != other.id


def test_one_record_has_one_finding_of_a_check(connection: sqlite3.Connection) -> None:
    laid(connection)
    twice = changed(PLACES, sql=f"{PLACES.sql} union all {PLACES.sql}")
    assert len(list(run_checks(connection, [twice], GLOSSARY))) == 1


FOUND = FindingRow("f", "places", "warning", "a", None, None, "Asri", "Asri", page=2)
KEPT = replace(FOUND, first_run=1, last_run=3)


@pytest.mark.parametrize(
    ("old", "new", "after"),
    [
        ([], [FOUND], [("open", 7, 7)]),
        ([KEPT], [FOUND], [("open", 1, 7)]),
        ([replace(KEPT, state="resolved")], [FOUND], [("open", 1, 7)]),
        ([replace(KEPT, state="waived")], [FOUND], [("waived", 1, 7)]),
        ([KEPT], [], [("resolved", 1, 3)]),
        ([replace(KEPT, state="waived")], [], [("waived", 1, 3)]),
        ([replace(KEPT, state="resolved")], [], [("resolved", 1, 3)]),
        ([KEPT], [replace(FOUND, id="g")], [("open", 7, 7), ("resolved", 1, 3)]),
        ([], [], []),
    ],
)
def test_a_finding_lives_from_run_to_run(
    old: list[FindingRow], new: list[FindingRow], after: list[tuple[str, int, int]]
) -> None:
    assert [(row.state, row.first_run, row.last_run) for row in settle(old, new, 7)] == after


def test_a_finding_found_again_says_what_is_found_now() -> None:
    (row,) = settle([KEPT], [replace(FOUND, message="Seruni", page=3)], 7)
    assert (row.message, row.page) == ("Seruni", 3)
