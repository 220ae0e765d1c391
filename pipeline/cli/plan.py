"""`pakta plan load`: planned indicators and budgets into the database."""

from __future__ import annotations

from pathlib import Path

import click

from pipeline.cli.options import DB, RULES, path_of


@click.group("plan", short_help="Rencana / planned indicators and budgets")
def command() -> None:
    """Rencana: indikator dan anggaran. / Plans: indicators and budgets."""


@command.command("load")
@click.argument("file", metavar="FILE", type=path_of)
@DB
@RULES
def load(file: Path, db: Path, rules: Path | None) -> int:
    """Memuat rencana (CSV/XLSX) dan memeriksa ulang. / Loads plans and checks again."""
    from pipeline.cli.report import DONE, NEEDS, findings
    from pipeline.cli.screen import screen, understood
    from pipeline.run.plans import load_plans

    plans, audited = load_plans(file, db, rules)
    out = screen()
    understood(out, plans.columns, plans.unread)
    number = len(plans.rows)
    out.print(f"{number} baris rencana. / {number} planned rows.", soft_wrap=True)
    findings(out, audited)
    return NEEDS if audited.errors else DONE
