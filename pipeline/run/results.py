"""Reported results into the database."""

from __future__ import annotations

from pathlib import Path

from pipeline.audit.results import Results, read_results
from pipeline.run.audit import Audited
from pipeline.run.settings import result_rule
from pipeline.run.sheets import Place, load_sheet

SAME = "DELETE FROM results WHERE year = ? AND quarter = ? AND unit IS ?"
PLACE = Place("results", "result load", SAME, lambda row: (row.year, row.quarter, row.unit))


def load_results(file: Path, db: Path, overlay: Path | None) -> tuple[Results, Audited]:
    """Load results into the database, in place of those of the same year, quarter and unit; and audit.

    Raises InputError and RuleError before anything is written.
    """
    return load_sheet(db, overlay, PLACE, lambda words: read_results(file, words, result_rule(overlay)))
