"""`pakta result load`: what was measured, quarter by quarter, into the database."""

from __future__ import annotations

from pathlib import Path

import click

from pipeline.cli.options import DB, RULES, path_of


@click.group("result", short_help="Realisasi / reported results")
def command() -> None:
    """Realisasi per triwulan. / Results, quarter by quarter."""


@command.command("load")
@click.argument("file", metavar="FILE", type=path_of)
@DB
@RULES
def load(file: Path, db: Path, rules: Path | None) -> int:
    """Memuat realisasi (CSV/XLSX) dan memeriksa ulang. / Loads results and checks again."""
    from pipeline.cli.report import DONE, NEEDS, findings
    from pipeline.cli.screen import screen, understood
    from pipeline.run.results import load_results

    results, audited = load_results(file, db, rules)
    out = screen()
    understood(out, results.columns, results.unread)
    number = len(results.rows)
    out.print(f"{number} realisasi. / {number} results.", soft_wrap=True)
    findings(out, audited)
    return NEEDS if audited.errors else DONE
