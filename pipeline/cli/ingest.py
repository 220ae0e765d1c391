"""`pakta ingest`: folders into the database, then what became of them."""

from __future__ import annotations

from typing import Any

import click

from pipeline.cli.options import DB, ENGINE, RULES, path_of

JOBS = click.IntRange(0, 256)


@click.command("ingest", short_help="Baca folder / read folders into the database")
@click.argument("folders", metavar="FOLDER...", nargs=-1, required=True, type=path_of)
@DB
@click.option(
    "--registry", metavar="FILE", type=path_of, help="Data pegawai (CSV/XLSX). / The staff registry."
)
@RULES
@click.option("--jobs", metavar="N", type=JOBS, default=0, help="Dokumen serentak. / Documents at a time.")
@click.option(
    "--no-ocr", "ocr", is_flag=True, flag_value=False, default=True, help="Tanpa OCR. / Without OCR."
)
@ENGINE
@click.option(
    "--cache", metavar="DIR", type=path_of, help="Tembolok OCR. / Where OCR keeps what it has read."
)
@click.option("--retry", is_flag=True, help="Baca ulang yang gagal. / Read again what failed.")
def command(**given: Any) -> int:
    """Membaca folder ke dalam basis data. / Reads folders into the database.

    0: lengkap / complete. 1: ada yang perlu ditangani / something needs a person.
    """
    from pipeline.run.early import begun
    from pipeline.run.order import Order

    order = Order(**given)
    with begun(order) as places:  # the rest is loaded beside it
        from pipeline.cli.progress import progress
        from pipeline.cli.report import report
        from pipeline.run.ingest import ingest

        with progress() as tell:
            outcome = ingest(order, tell, places=places)
    return report(outcome, order)
