"""`pakta forget`: a document and all that was read from it, out of the database for good."""

from __future__ import annotations

from pathlib import Path

import click

from pipeline.cli.options import DB, RULES, path_of


@click.command("forget", short_help="Lupakan / take a document out for good")
@click.argument("name", metavar="FILE|SHA256")
@DB
@click.option("--who", metavar="NAME", required=True, help="Atas permintaan siapa. / At whose request.")
@click.option("--why", metavar="TEXT", required=True, help="Alasannya. / The reason.")
@click.option("--yes", is_flag=True, help="Jangan bertanya. / Do not ask.")
@click.option(
    "--cache", metavar="DIR", type=path_of, help="Tembolok OCR. / Where OCR keeps what it has read."
)
@RULES
def command(
    name: str, db: Path, who: str, why: str, cache: Path | None, rules: Path | None, *, yes: bool
) -> None:
    """Menghapus satu dokumen dan semua hasil bacanya. / Removes a document and everything read from it.

    Berkasnya tetap di folder dan tidak dibaca lagi; siapa dan mengapa dicatat. / The file stays in its folder
    and is not read again; who and why is noted.
    """
    from pipeline.cli.words import masked
    from pipeline.errors import UsageError
    from pipeline.run.forget import Wish, forget, meant

    if not (who.strip() and why.strip()):
        raise UsageError("--who dan --why tidak boleh kosong / must not be empty")
    sha256, files = meant(db, name)
    for file in files:
        click.echo(masked(file))
    if not yes:
        click.confirm(f"{sha256[:16]}: lupakan? / forget?", abort=True)
    gone = forget(Wish(db, sha256, who.strip(), why.strip(), rules, cache))
    rows = ", ".join(f"{table} {number}" for table, number in gone.rows.items() if number)
    click.echo(f"Terhapus / removed: {rows}; tembolok / cache {gone.cached}")
    click.echo("Cadangan dan ekspor lama tidak ikut terhapus. / Backups and earlier exports are not touched.")
