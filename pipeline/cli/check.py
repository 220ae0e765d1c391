"""`pakta check`: match, obligations and checks once more, without reading any paper."""

from __future__ import annotations

from pathlib import Path

import click

from pipeline.cli.options import DB, RULES


@click.command("check", short_help="Periksa ulang / check again, reading no paper")
@DB
@RULES
def command(db: Path, rules: Path | None) -> int:
    """Memeriksa ulang isi basis data. / Checks again what the database holds."""
    from pipeline.cli.report import DONE, NEEDS, findings, further
    from pipeline.cli.screen import screen
    from pipeline.run.audit import again

    audited = again(db, rules)
    out = screen()
    findings(out, audited)
    further(out, db)
    return NEEDS if audited.errors else DONE
