"""A spreadsheet of one kind, as understood, into its table."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol, TypeVar

from pipeline import rules as rulebook
from pipeline.rules import Lexicon
from pipeline.run.audit import Audited, audit, audited
from pipeline.run.rows import put
from pipeline.run.runs import Run
from pipeline.run.settings import settings
from pipeline.store.sqlite import open_store
from pipeline.store.transaction import transaction


class Rows(Protocol):
    """A spreadsheet as it was understood: rows of a table."""

    @property
    def rows(self) -> Sequence[Any]:
        """Dataclasses whose fields the table has as columns."""


S = TypeVar("S", bound=Rows)


@dataclass(frozen=True, slots=True)
class Place:
    """Where rows go, and which of those already there they take the place of."""

    table: str
    run: str  # what the run is called
    same: str  # deletes the rows of one key
    key: Callable[[Any], tuple[Hashable, ...]]


def load_sheet(
    db: Path, overlay: Path | None, place: Place, read: Callable[[Lexicon], S]
) -> tuple[S, Audited]:
    """What was read into its table, in place of the rows with the same keys; and audit.

    Raises InputError and RuleError before anything is written.
    """
    rules = rulebook.load(overlay)
    known = settings(rules, overlay)
    sheet = read(rules.words)
    with open_store(db, write=True) as connection:
        run = Run(connection, place.run, rules)
        run.begin()
        with transaction(connection):
            connection.executemany(place.same, {place.key(row) for row in sheet.rows})
            put(connection, place.table, sheet.rows)
        audit(run, rules, known)
        run.end({place.table: len(sheet.rows)})
        return sheet, audited(connection)
