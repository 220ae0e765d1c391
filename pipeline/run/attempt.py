"""What one check says about one document, in a database of its own that goes again."""

from __future__ import annotations

import tempfile
from dataclasses import replace
from pathlib import Path

from pipeline.audit.check import run_checks, run_doubts
from pipeline.audit.rows import FindingRow
from pipeline.audit.settings import Settings
from pipeline.rules import Rules
from pipeline.run.runs import Run
from pipeline.schema import Entry, Reading
from pipeline.store.sqlite import open_store, put_reading


def findings_of(reading: Reading, rules: Rules, known: Settings, name: str) -> list[FindingRow]:
    """The findings of the check `name`, then its doubts, marked as such. Raises RuleError."""
    checks = [check for check in rules.checks if check.id == name]
    entry = Entry("document", "document", reading.media_type, sha256=reading.sha256)
    with (
        tempfile.TemporaryDirectory(prefix="pakta-") as folder,
        open_store(Path(folder) / "one.db", write=True) as connection,
    ):
        run = Run(connection, "rules try", rules)
        put_reading(connection, entry, reading, "", run.id)
        found = list(run_checks(connection, checks, known.glossary, policies=[name]))
        doubts = run_doubts(connection, checks, known.glossary, policies=[name])
        return [*found, *(replace(row, severity="ragu / doubt") for row in doubts)]
