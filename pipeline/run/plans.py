"""Plans into the database."""

from __future__ import annotations

from pathlib import Path

from pipeline import rules as rulebook
from pipeline.audit.plans import Plans, read_plans
from pipeline.run.audit import Audited, audit, audited
from pipeline.run.rows import put
from pipeline.run.runs import Run
from pipeline.run.settings import plan_rule, settings
from pipeline.store.sqlite import open_store
from pipeline.store.transaction import transaction

SAME = "DELETE FROM plans WHERE year IS ? AND unit IS ? AND kind = ?"


def load_plans(file: Path, db: Path, overlay: Path | None) -> tuple[Plans, Audited]:
    """Load plans into the database, in place of those of the same year, unit and kind; and audit.

    Raises InputError and RuleError before anything is written.
    """
    rules = rulebook.load(overlay)
    known = settings(rules, overlay)
    plans = read_plans(file, rules.words, plan_rule(overlay))
    with open_store(db, write=True) as connection:
        run = Run(connection, "plan load", rules)
        run.begin()
        with transaction(connection):
            connection.executemany(SAME, {(row.year, row.unit, row.kind) for row in plans.rows})
            put(connection, "plans", plans.rows)
        audit(run, rules, known)
        run.end({"plans": len(plans.rows)})
        return plans, audited(connection)
