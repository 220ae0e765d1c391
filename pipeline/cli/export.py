"""`pakta export`: tables for other programs, and the description that Datasette shows beside them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click

from pipeline.cli.options import DB, FORMATS, OUT, WITH_NIP
from pipeline.errors import UsageError


@click.command("export", short_help="Ekspor / tables for other programs")
@click.argument("what", metavar="[TABLE]", required=False)
@DB
@click.option(
    "--format", "form", type=click.Choice(FORMATS), default="csv", show_default=True, help="Bentuk. / Form."
)
@OUT
@WITH_NIP
@click.option("--bom", is_flag=True, help="CSV untuk Excel. / CSV for Excel.")
@click.option(
    "--datasette-metadata",
    "described",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="Tulis keterangan untuk Datasette. / Write the description for Datasette.",
)
def command(what: str | None, db: Path, described: Path | None, *, bom: bool, **form: Any) -> None:
    """Menulis satu tabel ke berkas. / Writes a table to a file."""
    from pipeline.cli.output import Form, deliver_table, opened
    from pipeline.store.export import known
    from pipeline.store.sqlite import open_store

    if what is None and described is None:
        raise UsageError(f"sebutkan tabelnya / name the table: {', '.join(known())}")
    with open_store(db, write=False) as connection:
        if what is not None:
            deliver_table(connection, what, Form(**form), bom=bom)
    if described is not None:
        from pipeline.store.datasette import metadata

        with opened(described) as file:
            file.write(json.dumps(metadata("pakta", db.stem), ensure_ascii=False, indent=2).encode() + b"\n")
