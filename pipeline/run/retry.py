"""Once more what could not be read: the same entries where they lie, and nothing else of the folder."""

from __future__ import annotations

import os
import sqlite3
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from pipeline import rules as rulebook
from pipeline.errors import InputError
from pipeline.reading.ingest import Tree
from pipeline.reading.paths import decoded
from pipeline.reading.revisit import revisited
from pipeline.run.audit import existing
from pipeline.run.ingest import Intake, Outcome, Tell, concluded, usable
from pipeline.run.keeper import Keeper
from pipeline.run.known import known
from pipeline.run.order import Order
from pipeline.run.runs import Run, base_of
from pipeline.run.settings import settings
from pipeline.run.slots import slots
from pipeline.schema import ENGINES, Entry
from pipeline.store.sqlite import entries_seen, open_store

UNREAD = "SELECT DISTINCT path, reason FROM unread ORDER BY path"


@dataclass(frozen=True, slots=True)
class Again:
    """Which entries are to be read again, by reason code (none: all), and how."""

    db: Path
    reasons: tuple[str, ...] = ()
    rules: Path | None = None
    jobs: int = 0
    ocr: bool = True
    cache: Path | None = None
    engine: str = ENGINES[0]


def retry(wanted: Again, tell: Tell = lambda _: None) -> Outcome:
    """Read again what could not be read, and audit; the balance is that of these entries alone.

    Raises InputError where the database holds no folder; else as `ingest` does.
    """
    usable(wanted.engine)
    rules = rulebook.load(wanted.rules)
    found = settings(rules, wanted.rules)
    with open_store(existing(wanted.db), write=True) as connection:
        chosen = _chosen(connection, wanted.reasons)
        where = _tree(connection, wanted.db, chosen)
        order = _order(wanted)
        before = known(connection, rules, ocr=order.ocr, retry=True, engine=order.engine)
        keeper = Keeper(Run(connection, "retry", rules), before)
        entries = partial(revisited, where, chosen)
        with slots(order, lambda: len(chosen)) as places:
            Intake(order, where, keeper, len(chosen), tell, entries).all(rules, places)
        return concluded(keeper, rules, found)


def _order(wanted: Again) -> Order:
    return Order(
        (),
        wanted.db,
        rules=wanted.rules,
        jobs=wanted.jobs,
        ocr=wanted.ocr,
        engine=wanted.engine,
        cache=wanted.cache,
        retry=True,
    )


def _chosen(connection: sqlite3.Connection, reasons: tuple[str, ...]) -> list[Entry]:
    paths = [path for path, reason in connection.execute(UNREAD) if not reasons or reason in reasons]
    seen = entries_seen(connection)
    return [seen[path] for path in dict.fromkeys(paths)]


def _tree(connection: sqlite3.Connection, db: Path, chosen: list[Entry]) -> Tree:
    base = base_of(connection)
    if base is None:
        raise InputError(f"{db}: belum ada folder yang dibaca / no folder has been read yet")
    full = (os.path.normpath(f"{base}/{decoded(entry.path)}") for entry in chosen)
    return Tree(base, (os.path.commonpath((base, *full)),))
