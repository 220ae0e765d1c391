"""`pakta check`: match, obligations and checks once more, without reading any paper."""

from __future__ import annotations

from pathlib import Path

import click

from pipeline.cli.options import DB, RULES


@click.command("check", short_help="Periksa ulang / check again, reading no paper")
@DB
@RULES
@click.option(
    "--units",
    metavar="NAME",
    multiple=True,
    help="Unit yang dinilai mulai kini; semua, atau otomatis. / Units under audit from now on; all, or auto.",
)
def command(db: Path, rules: Path | None, units: tuple[str, ...]) -> int:
    """Memeriksa ulang isi basis data. / Checks again what the database holds."""
    import getpass

    from pipeline.cli.report import DONE, NEEDS, findings, further
    from pipeline.cli.screen import screen
    from pipeline.run.audit import again

    audited = again(db, rules, units, getpass.getuser())
    out = screen()
    findings(out, audited)
    further(out, db)
    return NEEDS if audited.errors else DONE
