"""The staff registry into the database."""

from __future__ import annotations

from pathlib import Path

from pipeline import rules as rulebook
from pipeline.audit.registry import Registry, read_registry
from pipeline.audit.rows import OfficeRow, StaffRow, UnitRow
from pipeline.run.audit import Audited, audit, audited
from pipeline.run.rows import records, replace
from pipeline.run.runs import Run
from pipeline.run.settings import settings
from pipeline.store.sqlite import open_store
from pipeline.store.transaction import transaction

TABLES = (("units", UnitRow), ("offices", OfficeRow), ("staff", StaffRow))


def put_registry(run: Run, registry: Registry) -> None:
    """Keep the registry in place of the one before; nothing is written where it is the same."""
    wanted = {"units": registry.units, "offices": registry.offices, "staff": registry.staff}
    connection = run.connection
    if all(
        sorted(records(connection, name, kind), key=repr) == sorted(wanted[name], key=repr)
        for name, kind in TABLES
    ):
        return
    run.begin()
    with transaction(connection):
        for name, _ in TABLES:
            replace(connection, name, wanted[name])


def load_registry(file: Path, db: Path, overlay: Path | None) -> tuple[Registry, Audited]:
    """Load the registry into the database, made where there is none, and audit.

    Raises InputError and RuleError before anything is written.
    """
    rules = rulebook.load(overlay)
    known = settings(rules, overlay)
    registry = read_registry(file, rules.words, known.registry)
    with open_store(db, write=True) as connection:
        run = Run(connection, "registry load", rules)
        put_registry(run, registry)
        audit(run, rules, known)
        run.end({"staff": len(registry.staff)})
        return registry, audited(connection)
