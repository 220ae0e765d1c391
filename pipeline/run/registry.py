"""The staff registry into the database, one load after another."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from pipeline import rules as rulebook
from pipeline.audit.loads import Held, Merged, Way, merged
from pipeline.audit.registry import Registry, read_registry
from pipeline.audit.rows import ChangeRow, OfficeRow, StaffRow, TenureRow, UnitRow
from pipeline.audit.settings import Settings
from pipeline.audit.superiors import COLUMN
from pipeline.run.audit import Audited, audit, audited
from pipeline.run.rows import put, records
from pipeline.run.rows import replace as replace_rows
from pipeline.run.runs import Run
from pipeline.run.settings import settings
from pipeline.store.sqlite import open_store
from pipeline.store.transaction import transaction

TABLES = (("units", UnitRow), ("offices", OfficeRow), ("staff", StaffRow), ("tenures", TenureRow))
LOAD = "INSERT INTO loads (run_id, file, as_of, people) VALUES (?, ?, ?, ?)"
LOADED_LAST = "UPDATE changes SET load_id = (SELECT max(id) FROM loads) WHERE load_id IS NULL"


@dataclass(frozen=True, slots=True)
class Load:
    """A spreadsheet to be loaded: the day it speaks of, and whether it holds all of the office."""

    file: Path
    as_of: date
    way: Way = "whole"


@dataclass(frozen=True, slots=True)
class Loaded:
    """What a load has brought: the registry, what changed against the one before, and the audit."""

    registry: Registry
    changes: tuple[ChangeRow, ...]
    audited: Audited


def put_registry(run: Run, registry: Registry, load: Load, known: Settings) -> tuple[ChangeRow, ...]:
    """Keep the registry with what is held; answers what changed. Nothing is written where nothing did.

    Raises InputError for one that is probably of another office.
    """
    connection = run.connection
    before = {name: tuple(records(connection, name, kind)) for name, kind in TABLES}
    held = Held(**{name: _said(rows) for name, rows in before.items()})  # type: ignore[arg-type] # by table
    new = merged(held, registry, load.as_of.isoformat(), load.way, run.rules.words, known.registry)
    if all(_same(getattr(held, name), getattr(new.held, name)) for name, _ in TABLES):
        return ()
    run.begin()
    with transaction(connection):
        _write(run, new, load, len(registry.staff))
    return new.changes


def _write(run: Run, new: Merged, load: Load, people: int) -> None:
    connection = run.connection
    for name, _ in TABLES:
        replace_rows(connection, name, getattr(new.held, name))
    connection.execute(LOAD, (run.id, load.file.name, load.as_of.isoformat(), people))
    put(connection, "changes", new.changes)
    connection.execute(LOADED_LAST)


def _said(rows: Iterable[StaffRow | UnitRow | OfficeRow | TenureRow]) -> tuple[object, ...]:
    """The rows as the registry says them, without what the audit adds."""
    return tuple(_bare(row) for row in rows)


def _bare(row: StaffRow | UnitRow | OfficeRow | TenureRow) -> object:
    if isinstance(row, UnitRow):
        return replace(row, scope=None)
    if isinstance(row, OfficeRow):
        return replace(row, superior_id=None, superior_by=None)
    if isinstance(row, StaffRow) and row.superior_by != COLUMN:
        return replace(row, superior=None, superior_by=None)
    return row


def _same(one: Iterable[object], other: Iterable[object]) -> bool:
    return sorted(one, key=repr) == sorted(other, key=repr)


def load_registry(load: Load, db: Path, overlay: Path | None) -> Loaded:
    """Load a registry into the database, made where there is none, and audit.

    Raises InputError and RuleError before anything is written.
    """
    rules = rulebook.load(overlay)
    known = settings(rules, overlay)
    registry = read_registry(load.file, rules.words, known.registry)
    with open_store(db, write=True) as connection:
        run = Run(connection, "registry load", rules)
        changes = put_registry(run, registry, load, known)
        audit(run, rules, known)
        run.end({"staff": len(registry.staff), "changes": len(changes)})
        return Loaded(registry, changes, audited(connection))
