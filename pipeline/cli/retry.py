"""`pakta retry`: once more what could not be read."""

from __future__ import annotations

from typing import Any

import click

from pipeline.cli.options import DB, ENGINE, RULES, path_of


@click.command("retry", short_help="Coba lagi / read again what failed")
@DB
@click.option(
    "--reason",
    metavar="CODE",
    multiple=True,
    help="Hanya alasan ini, misalnya timed-out. / This reason only, such as timed-out.",
)
@RULES
@click.option(
    "--jobs",
    metavar="N",
    type=click.IntRange(0, 256),
    default=0,
    help="Dokumen serentak. / Documents at a time.",
)
@click.option(
    "--no-ocr", "ocr", is_flag=True, flag_value=False, default=True, help="Tanpa OCR. / Without OCR."
)
@ENGINE
@click.option(
    "--cache", metavar="DIR", type=path_of, help="Tembolok OCR. / Where OCR keeps what it has read."
)
def command(reason: tuple[str, ...], **given: Any) -> int:
    """Membaca lagi yang gagal, ditahan, atau halamannya tak terbaca. / Reads again what could not be read.

    Kode alasan: pakta files. / Reason codes: pakta files.
    """
    from pipeline.cli.nearest import chosen
    from pipeline.cli.progress import progress
    from pipeline.cli.report import report
    from pipeline.run.order import Order
    from pipeline.run.reasons import reasons
    from pipeline.run.retry import Again, retry

    rules = given["rules"]
    wanted = Again(reasons=tuple(chosen("alasan / reason", reason, reasons(rules))), **given)
    with progress() as tell:
        outcome = retry(wanted, tell)
    return report(outcome, Order((), wanted.db, rules=rules))
