"""Options that several commands share."""

from __future__ import annotations

from pathlib import Path

import click

from pipeline.schema import ENGINES

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
ENGINE = click.option(
    "--engine",
    type=click.Choice(ENGINES[:-1]),
    default=ENGINES[0],
    show_default=True,
    help="Mesin OCR. / The OCR engine.",
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
