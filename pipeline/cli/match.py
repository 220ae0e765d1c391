"""`pakta match`: which printed name is which person of the registry, decided by people."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from pipeline.cli.options import DB, FORMAT, OUT, RULES, WITH_NIP

WHY = click.option("--why", metavar="TEXT", required=True, help="Alasan, dicatat. / The reason, kept.")
PARTY = click.argument("party", metavar="PARTY")


@click.group("match", short_help="Siapa orangnya / who a printed name is")
def command() -> None:
    """Siapa orangnya: yang belum pasti diputuskan orang. / Who it is: what is not certain, people decide."""


OPEN = """
    SELECT p.id AS party, p.name AS printed, p.position AS position, s.name AS person,
        s.position AS registered, m.reasons AS reasons, o.file AS file{more}
    FROM matches m JOIN parties p ON p.id = m.party_id JOIN overview o ON o.agreement_id = p.agreement_id
    LEFT JOIN staff s ON s.id = m.staff_id
    WHERE o.type <> 'other'{which} ORDER BY o.file, p.id
"""


@command.command("list")
@click.option("--all", "every", is_flag=True, help="Juga yang sudah pasti. / Also those that are certain.")
@DB
@FORMAT
@OUT
@WITH_NIP
def list_(db: Path, *, every: bool, **form: Any) -> None:
    """Menampilkan yang perlu diputuskan, dengan calonnya. / Shows what is to be decided."""
    from pipeline.cli.output import Form, deliver
    from pipeline.store.sqlite import open_store

    more, which = (", m.verdict AS verdict", "") if every else ("", " AND m.verdict = 'possible'")
    with open_store(db, write=False) as connection:
        deliver(connection, "matches", OPEN.format(more=more, which=which), Form(**form))


@command.command("confirm")
@PARTY
@click.argument("person", metavar="[PERSON]", required=False)
@WHY
@DB
@RULES
def confirm(party: str, person: str | None, why: str, db: Path, rules: Path | None) -> None:
    """Memastikan orangnya: NIP, nama, atau jabatan; bawaan: calonnya. / Confirms who it is.

    PARTY ada di kolom pertama pakta match list. Nama itu dikenali lagi di dokumen lain. / PARTY stands in the
    first column of pakta match list. The name is known again in other documents.
    """
    from pipeline.run import decide

    _told(lambda note: decide.confirm(party, person, note, db, rules), why)


@command.command("reject")
@PARTY
@WHY
@DB
@RULES
def reject(party: str, why: str, db: Path, rules: Path | None) -> None:
    """Menyatakan bukan siapa pun di data pegawai. / Says that it is nobody of the registry."""
    from pipeline.run import decide

    _told(lambda note: decide.reject(party, note, db, rules), why)


@command.command("undo")
@PARTY
@WHY
@DB
@RULES
def undo(party: str, why: str, db: Path, rules: Path | None) -> None:
    """Menarik kembali keputusan terakhir. / Takes the last decision back."""
    from pipeline.run import decide

    _told(lambda note: decide.undo(party, note, db, rules), why)


def _told(decided: Callable[[Any], Any], why: str) -> None:
    """Decide as the person at this machine, and say what has come of it."""
    import getpass

    from pipeline.cli.screen import cell, screen
    from pipeline.run.decide import Note

    if not why.strip():
        raise click.UsageError("--why: alasan tidak boleh kosong / a reason is needed")
    done = decided(Note(getpass.getuser(), why))
    person = done.person or "belum ada orangnya / nobody"
    out = screen()
    out.print(f"{cell(done.name)}: {cell(person)}", soft_wrap=True)
    if done.others:
        out.print(f"{done.others} nama lain ikut berubah / other names have changed too", soft_wrap=True)


LOG = """
    SELECT d."when" AS "when", d.who AS who, d.why AS why, d."row" AS party, p.name AS printed,
        coalesce(before.name, '-') AS before,
        CASE WHEN d.new = '' THEN 'ditarik / taken back' WHEN d.new IS NULL THEN 'bukan siapa pun / nobody'
            ELSE coalesce(after.name, 'tidak ada lagi / no longer there') END AS decided
    FROM decisions d LEFT JOIN parties p ON p.id = d."row"
    LEFT JOIN staff before ON before.id = d.old LEFT JOIN staff after ON after.id = d.new
    WHERE d."table" = 'matches' AND d.field = 'staff_id' ORDER BY d.id
"""


@command.command("log")
@DB
@FORMAT
@OUT
@WITH_NIP
def log(db: Path, **form: Any) -> None:
    """Menampilkan siapa memutuskan apa, kapan, dan mengapa. / Shows who decided what, when and why."""
    from pipeline.cli.output import Form, deliver
    from pipeline.store.sqlite import open_store

    with open_store(db, write=False) as connection:
        deliver(connection, "decisions", LOG, Form(**form))
