"""The row of a run: begun with its first write, ended with its balance; none where nothing is written."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from pipeline import __version__
from pipeline.reading.paths import decoded
from pipeline.rules import Rules
from pipeline.store.sqlite import begin_run, end_run

INGEST = "ingest "  # then the folder that all paths are relative to, percent-encoded
CUT_OFF = """
    SELECT id FROM runs
    WHERE id = (SELECT max(id) FROM runs) AND ended IS NULL AND command = ? AND version = ? AND rules = ?
"""
LAST = "SELECT ended IS NOT NULL, version, rules FROM runs ORDER BY id DESC LIMIT 1"


@dataclass(slots=True)
class Run:
    """A command at work on a database."""

    connection: sqlite3.Connection
    command: str
    rules: Rules
    number: int | None = None
    today: date = field(default_factory=date.today)  # deadlines that have not come accuse nobody

    @property
    def id(self) -> int:
        """The id of its row, made when first asked for; a run that was cut off goes on under its own."""
        if self.number is None:
            given = (self.command, __version__, digest(self.rules))
            cut = self.connection.execute(CUT_OFF, given).fetchone()
            self.number = int(cut[0]) if cut else begin_run(self.connection, *given)
        return self.number

    def begin(self) -> None:
        """Make its row now: it may not be made inside a transaction."""
        assert self.id  # noqa: S101 - they count from 1

    @property
    def begun(self) -> bool:
        """Whether anything has been written."""
        return self.number is not None

    def end(self, counts: Mapping[str, int]) -> None:
        """Note the end and the balance, where there is a row."""
        if self.number is not None:
            end_run(self.connection, self.number, counts)


def digest(rules: Rules) -> str:
    """The rules of a run, as its row keeps them."""
    return f"{rules.digest}-{rules.trust_digest}-{rules.check_digest}"


def base_of(connection: sqlite3.Connection) -> str | None:
    """The folder that paths of this database are relative to; None before the first run that kept any.

    Another folder given later never takes the paths of the first one.
    """
    found = connection.execute(
        "SELECT command FROM runs WHERE command LIKE ? ORDER BY id LIMIT 1", (f"{INGEST}%",)
    )
    row = found.fetchone()
    return decoded(row[0].removeprefix(INGEST)) if row else None


def up_to_date(connection: sqlite3.Connection, rules: Rules) -> bool:
    """Whether the last run came to its end under these rules, so that its findings still hold."""
    row = connection.execute(LAST).fetchone()
    return row is not None and (bool(row[0]), row[1], row[2]) == (True, __version__, digest(rules))
