"""Reported results into the database."""

from __future__ import annotations

from pathlib import Path

from pipeline import rules as rulebook
from pipeline.audit.results import Results, read_results
from pipeline.run.audit import Audited, audit, audited
from pipeline.run.rows import put
from pipeline.run.runs import Run
from pipeline.run.settings import result_rule, settings
from pipeline.store.sqlite import open_store
from pipeline.store.transaction import transaction

SAME = "DELETE FROM results WHERE year = ? AND quarter = ? AND unit IS ?"


def load_results(file: Path, db: Path, overlay: Path | None) -> tuple[Results, Audited]:
    """Load results into the database, in place of those of the same year, quarter and unit; and audit.

    Raises InputError and RuleError before anything is written.
    """
    rules = rulebook.load(overlay)
    known = settings(rules, overlay)
    results = read_results(file, rules.words, result_rule(overlay))
    with open_store(db, write=True) as connection:
        run = Run(connection, "result load", rules)
        run.begin()
        with transaction(connection):
            connection.executemany(SAME, {(row.year, row.quarter, row.unit) for row in results.rows})
            put(connection, "results", results.rows)
        audit(run, rules, known)
        run.end({"results": len(results.rows)})
        return results, audited(connection)
