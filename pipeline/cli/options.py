"""Options that several commands share."""

from __future__ import annotations

from pathlib import Path

import click

path_of = click.Path(path_type=Path)

DB = click.option(
    "--db",
    metavar="FILE",
    type=path_of,
    default=Path("pakta.db"),
    show_default=True,
    help="Basis data. / The database.",
)
RULES = click.option(
    "--rules",
    metavar="DIR",
    type=path_of,
    help="Aturan kantor sendiri, menimpa bawaan. / An office's own rules, laid over.",
)
WITH_NIP = click.option("--with-nip", is_flag=True, help="Tampilkan NIP lengkap. / Show whole NIPs.")
FORMATS = ("table", "csv", "json", "jsonl", "xlsx", "parquet")
FORMAT = click.option(
    "--format",
    "form",
    type=click.Choice(FORMATS),
    default="table",
    show_default=True,
    help="Bentuk keluaran. / Form of the output.",
)
OUT = click.option("--out", metavar="FILE", type=path_of, help="Tulis ke berkas. / Write to a file.")
