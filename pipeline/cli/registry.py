"""`pakta registry`: the staff registry, what its loads changed, and who stands above whom."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Any

import click

from pipeline.cli.options import DB, FORMAT, OUT, RULES, WITH_NIP, path_of

SHOWN = 20  # changes that are told after a load


@click.group("registry", short_help="Data pegawai / the staff registry")
def command() -> None:
    """Data pegawai. / The staff registry."""


@command.command("load")
@click.argument("file", metavar="FILE", type=path_of)
@DB
@RULES
@click.option(
    "--as-of",
    type=click.DateTime(["%Y-%m-%d"]),
    help="Keadaan per tanggal, bawaan hari ini. / The day it speaks of, default today.",
)
@click.option("--part", is_flag=True, help="Berkas memuat sebagian unit saja. / It holds some units only.")
@click.option("--anew", is_flag=True, help="Lupakan muatan sebelumnya. / Forget the loads before.")
def load(file: Path, db: Path, rules: Path | None, as_of: datetime | None, *, part: bool, anew: bool) -> int:
    """Memuat data pegawai (CSV/XLSX) dan memeriksa ulang. / Loads the registry and checks again."""
    from pipeline.cli.loads import shown
    from pipeline.cli.report import DONE, NEEDS, findings
    from pipeline.cli.screen import screen
    from pipeline.run.registry import Load, load_registry

    if part and anew:
        raise click.UsageError("--part / --anew")
    day = as_of.date() if as_of else date.today()
    way = "part" if part else "anew" if anew else "whole"
    loaded = load_registry(Load(file, day, way), db, rules)  # type: ignore[arg-type] # one of three words
    out = screen()
    shown(out, loaded, SHOWN)
    findings(out, loaded.audited)
    return NEEDS if loaded.audited.errors else DONE


CHANGED = """
    SELECT l.as_of AS as_of, l.file AS file, c.kind AS kind, c.name AS name, c.before AS before,
        c.after AS after
    FROM changes c JOIN loads l ON l.id = c.load_id ORDER BY l.id, c.id
"""


@command.command("changes")
@DB
@FORMAT
@OUT
@WITH_NIP
def changes(db: Path, **form: Any) -> None:
    """Menampilkan perubahan antar-muatan. / Shows what each load changed."""
    from pipeline.cli.output import Form, deliver
    from pipeline.store.sqlite import open_store

    with open_store(db, write=False) as connection:
        deliver(connection, "changes", CHANGED, Form(**form))


@command.command("tree")
@click.argument("unit", required=False)
@DB
def tree(unit: str | None, db: Path) -> None:
    """Menampilkan siapa atasan siapa, dan dari mana diketahui. / Shows who stands above whom, and why."""
    from pipeline.cli.tree import drawn
    from pipeline.store.sqlite import open_store

    with open_store(db, write=False) as connection:
        drawn(connection, unit)


@command.command("under")
@click.argument("person", metavar="PERSON")
@click.argument("superior", metavar="SUPERIOR", required=False)
@click.option("--none", "nobody", is_flag=True, help="Tanpa atasan di daftar ini. / Nobody in this registry.")
@click.option("--why", default="", help="Alasan. / Reason.")
@DB
@RULES
def under(person: str, superior: str | None, why: str, db: Path, rules: Path | None, *, nobody: bool) -> None:
    """Menetapkan atasan seseorang: NIP, nama, atau jabatan. / Corrects who stands above somebody."""
    import getpass

    from pipeline.cli.screen import screen
    from pipeline.run.correct import Correction, correct

    if nobody == bool(superior):
        raise click.UsageError("SUPERIOR atau / or --none")
    below, over = correct(Correction(person, superior, getpass.getuser(), why), db, rules)
    name = over.name if over else "-"
    screen().print(f"{below.name}: atasan sekarang {name} / now under {name}", soft_wrap=True)
