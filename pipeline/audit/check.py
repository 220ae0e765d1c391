"""Runs the checks of rules/checks: the rows of their SELECT are findings, or doubts where nobody can tell."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from string import Formatter
from typing import Any

from pipeline.audit.rows import FindingRow
from pipeline.audit.terms import Glossary, lay
from pipeline.errors import RuleError
from pipeline.rules import CheckRule

ALLOWED = {sqlite3.SQLITE_SELECT, sqlite3.SQLITE_READ, sqlite3.SQLITE_FUNCTION, sqlite3.SQLITE_RECURSIVE}
ABOUT = ("agreement_id", "party_id", "staff_id")
PLACE = ("page", "x0", "top", "x1", "bottom")
SHOWN = "crop"  # what was looked at
SETTLED = ("waived", "resolved")


def run_checks(
    connection: sqlite3.Connection,
    checks: Iterable[CheckRule],
    glossary: Glossary,
    *,
    policies: Iterable[str] = (),
) -> Iterator[FindingRow]:
    """What the checks hold against agreements and people. A policy answers only where it is named.

    Raises RuleError naming the check whose SQL does not run, writes, or lacks a column of its message.
    """
    lay(connection, glossary)
    for rule in _in_force(checks, policies):
        yield from _rows(connection, rule, rule.sql)


def run_doubts(
    connection: sqlite3.Connection,
    checks: Iterable[CheckRule],
    glossary: Glossary,
    *,
    policies: Iterable[str] = (),
    laid: bool = False,
) -> Iterator[FindingRow]:
    """What the checks cannot tell, said as a task for a person. Raises RuleError like run_checks.

    Where run_checks has laid the same glossary already (`laid`), what its functions remember still holds.
    """
    if not laid:
        lay(connection, glossary)
    for rule in _in_force(checks, policies):
        for row in _rows(connection, rule, rule.unsure) if rule.unsure else ():
            yield replace(
                row, message=f"Perlu diperiksa: {row.message}", message_en=f"To be checked: {row.message_en}"
            )


def _in_force(checks: Iterable[CheckRule], policies: Iterable[str]) -> list[CheckRule]:
    on = set(policies)
    return [rule for rule in checks if not rule.policy or rule.id in on]


def settle(old: Iterable[FindingRow], new: Iterable[FindingRow], run_id: int) -> Iterator[FindingRow]:
    """All rows that the table of findings should hold after a run that found `new`, where it held `old`.

    Found again: seen by this run, and open again if it had been resolved. No longer found: resolved.
    Waived stays waived.
    """
    kept = {row.id: row for row in old}
    for row in new:
        before = kept.pop(row.id, None)
        first = before.first_run if before else run_id
        state = "waived" if before and before.state == "waived" else "open"
        yield replace(row, state=state, first_run=first, last_run=run_id)
    for row in kept.values():
        yield row if row.state in SETTLED else replace(row, state="resolved")


# ---------------------------------------------------------------- one check


def _rows(connection: sqlite3.Connection, rule: CheckRule, sql: str) -> Iterator[FindingRow]:
    names, rows = _select(connection, rule, sql)
    _complete(rule, names)
    seen: set[str] = set()
    for row in rows:
        finding = _finding(rule, dict(zip(names, row, strict=True)))
        if finding.id not in seen:
            seen.add(finding.id)
            yield finding


def _select(
    connection: sqlite3.Connection, rule: CheckRule, sql: str
) -> tuple[list[str], list[tuple[Any, ...]]]:
    try:
        with only_reading(connection):
            cursor = connection.execute(sql)
            names = [column[0] for column in cursor.description or ()]
            return names, [tuple(row) for row in cursor]
    except (sqlite3.Error, sqlite3.Warning) as error:
        raise RuleError(f"checks/{rule.id}.toml: sql: {error}") from error


@contextmanager
def only_reading(connection: sqlite3.Connection) -> Iterator[None]:
    """Inside, the connection answers SELECT and refuses everything else."""
    connection.set_authorizer(_only_reading)
    try:
        yield
    finally:
        connection.set_authorizer(None)


def _only_reading(action: int, *_: str | None) -> int:
    return sqlite3.SQLITE_OK if action in ALLOWED else sqlite3.SQLITE_DENY


def _complete(rule: CheckRule, names: Iterable[str]) -> None:
    """Raises RuleError where the rows lack what a finding needs or a message names."""
    have = set(names)
    if not have & {*ABOUT, "record_id"}:
        raise RuleError(f"checks/{rule.id}.toml: sql: returns none of {', '.join(ABOUT)}, record_id")
    lacking = sorted((_named(rule.message.id) | _named(rule.message.en)) - have)
    if lacking:
        raise RuleError(
            f"checks/{rule.id}.toml: message: no column '{lacking[0]}'; the sql returns {', '.join(names)}"
        )


def _named(form: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(form) if name is not None}


def _finding(rule: CheckRule, row: Mapping[str, Any]) -> FindingRow:
    said = {name: "?" if value is None else value for name, value in row.items()}
    place: dict[str, Any] = {name: row.get(name) for name in (*ABOUT, *PLACE, SHOWN)}
    return FindingRow(
        id=_identity(rule, row),
        check_id=rule.id,
        severity=rule.severity,
        message=rule.message.id.format_map(said),
        message_en=rule.message.en.format_map(said),
        **place,
    )


def _identity(rule: CheckRule, row: Mapping[str, Any]) -> str:
    """The same for the same fault in every run: check and record; the place only where no record is named."""
    about = [row.get(name) for name in (*ABOUT, "record_id")]
    named = row.get("record_id") or row.get("party_id")
    where = [] if named else [_rounded(row.get(name)) for name in PLACE]
    return hashlib.sha256(repr((rule.id, about, where)).encode()).hexdigest()[:16]


def _rounded(value: float | str | None) -> int | None:
    return round(value) if isinstance(value, int | float) else None
