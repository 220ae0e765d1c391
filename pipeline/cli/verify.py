"""`pakta verify`: is the database sound, and is every file still what was read?"""

from __future__ import annotations

from pathlib import Path

import click

from pipeline.cli.options import DB, RULES, path_of

ASTRAY = 1  # exit code


@click.command("verify", short_help="Keutuhan / is everything as it was read")
@click.argument("folder", metavar="[FOLDER]", required=False, type=path_of)
@DB
@RULES
def command(folder: Path | None, db: Path, rules: Path | None) -> int:
    """Memeriksa keutuhan basis data dan berkas. / Checks the database, and every file against its hash.

    FOLDER: letak arsip sekarang bila sudah dipindah. / Where the archive lies by now, if it was moved.
    """
    from pipeline.cli.screen import cell, screen
    from pipeline.isolate.confine import walls
    from pipeline.run.reasons import reasons, sentence
    from pipeline.run.verify import verify

    known = reasons(rules)
    found = verify(db, folder)
    out = screen()
    for fault in found.faults:
        out.print(f"! {cell(fault)}", soft_wrap=True)
    for entry in found.files:
        out.print(f"{cell(entry.shown)}: {sentence(entry.reason or '', known)}", soft_wrap=True)
    compared, changed, faults = found.compared, len(found.files), len(found.faults)
    out.print(f"{compared} berkas dibandingkan, {changed} berubah; cacat basis data: {faults}.")
    out.print(f"{compared} files compared, {changed} changed; faults of the database: {faults}.")
    shut = ", ".join(walls()) or "batas proses saja / limits of the process only"
    out.print(f"Pembaca dikurung dengan / readers are walled in by: {shut}", soft_wrap=True)
    return 0 if found.sound else ASTRAY
