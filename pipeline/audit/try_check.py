"""Runs the examples of a check on an empty database made of the published tables."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing

from pipeline.audit.check import run_checks, run_doubts
from pipeline.audit.rows import FindingRow
from pipeline.audit.terms import Glossary
from pipeline.errors import RuleError
from pipeline.rules import CheckExample, CheckRule
from pipeline.schema import TABLES


def test_rule(rule: CheckRule, glossary: Glossary) -> list[str]:
    """What is wrong with a check, a sentence each; empty where all of its examples hold.

    A check needs an example that fires and one that does not, and one for its doubts where it has any.
    """
    wrong = list(_lacking(rule))
    for number, example in enumerate(rule.example, 1):
        try:
            wrong += [f"{rule.id}, example {number}: {fault}" for fault in _faults(rule, example, glossary)]
        except RuleError as error:
            return [*wrong, f"{rule.id}, example {number}: {error}"]
    return wrong


test_rule.__test__ = False  # type: ignore[attr-defined]  # a function of ours, and no test of pytest


def _lacking(rule: CheckRule) -> Iterator[str]:
    if not any(example.fires for example in rule.example):
        yield f"{rule.id}: no example that fires"
    if not any(not example.fires and not example.unsure for example in rule.example):
        yield f"{rule.id}: no example that does not fire"
    if rule.unsure and not any(example.unsure for example in rule.example):
        yield f"{rule.id}: no example of its doubts"


def _faults(rule: CheckRule, example: CheckExample, glossary: Glossary) -> Iterator[str]:
    with closing(sqlite3.connect(":memory:")) as connection:
        _fill(connection, rule, example)
        on = (rule.id,)
        findings = list(run_checks(connection, [rule], glossary, policies=on))
        doubts = list(run_doubts(connection, [rule], glossary, policies=on))
    if bool(findings) != example.fires:
        yield f"fires {len(findings)} times, expected {'once or more' if example.fires else 'none'}"
    if bool(doubts) != example.unsure:
        yield f"{len(doubts)} doubts, expected {'one or more' if example.unsure else 'none'}"
    yield from _unsaid([*findings, *doubts])


def _unsaid(rows: Iterable[FindingRow]) -> Iterator[str]:
    for row in rows:
        if "?" in row.message + row.message_en:
            yield f"a message says '?': {row.message}"


def _fill(connection: sqlite3.Connection, rule: CheckRule, example: CheckExample) -> None:
    for table in TABLES:
        columns = ", ".join(f'"{column.name}" {column.sql}' for column in table.columns)
        connection.execute(f'create table "{table.name}" ({columns})')
    for name, rows in example.rows.items():
        for row in rows:
            names = ", ".join(f'"{column}"' for column in row)
            marks = ", ".join("?" for _ in row)
            try:
                connection.execute(f'insert into "{name}" ({names}) values ({marks})', tuple(row.values()))  # noqa: S608
            except sqlite3.Error as error:
                raise RuleError(f"checks/{rule.id}.toml: rows of {name}: {error}") from error
