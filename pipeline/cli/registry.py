"""`pakta registry load`: the staff registry into the database."""

from __future__ import annotations

from pathlib import Path

import click

from pipeline.cli.options import DB, RULES, path_of


@click.group("registry", short_help="Data pegawai / the staff registry")
def command() -> None:
    """Data pegawai. / The staff registry."""


@command.command("load")
@click.argument("file", metavar="FILE", type=path_of)
@DB
@RULES
def load(file: Path, db: Path, rules: Path | None) -> int:
    """Memuat data pegawai (CSV/XLSX) dan memeriksa ulang. / Loads the registry and checks again."""
    from pipeline.cli.report import DONE, NEEDS, findings
    from pipeline.cli.screen import cell, screen, table
    from pipeline.run.registry import load_registry

    registry, audited = load_registry(file, db, rules)
    out = screen()
    out.print(
        table(
            "Kolom / columns", ("kolom / column", "judul di berkas / heading in the file"), registry.columns
        )
    )
    for name in registry.unread:
        out.print(f"tidak dibaca / not read: {cell(name)}", soft_wrap=True)
    for warning in registry.warnings:
        out.print(cell(warning), soft_wrap=True)
    out.print(
        f"{len(registry.staff)} pegawai, {len(registry.units)} unit, {len(registry.offices)} jabatan. / "
        f"{len(registry.staff)} people, {len(registry.units)} units, {len(registry.offices)} offices.",
        soft_wrap=True,
    )
    findings(out, audited)
    return NEEDS if audited.errors else DONE
