"""Plans into the database."""

from __future__ import annotations

from pathlib import Path

from pipeline.audit.plans import Plans, read_plans
from pipeline.run.audit import Audited
from pipeline.run.settings import plan_rule
from pipeline.run.sheets import Place, load_sheet

SAME = "DELETE FROM plans WHERE year IS ? AND unit IS ? AND kind = ?"
PLACE = Place("plans", "plan load", SAME, lambda row: (row.year, row.unit, row.kind))


def load_plans(file: Path, db: Path, overlay: Path | None) -> tuple[Plans, Audited]:
    """Load plans into the database, in place of those of the same year, unit and kind; and audit.

    Raises InputError and RuleError before anything is written.
    """
    return load_sheet(db, overlay, PLACE, lambda words: read_plans(file, words, plan_rule(overlay)))
