"""What is held about a person: listed where a name is not enough, shown, or written into a file."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import click

from pipeline.cli.output import opened
from pipeline.cli.screen import screen, table
from pipeline.errors import UsageError
from pipeline.rules import Lexicon, Rules
from pipeline.run.person import SECTIONS, Subject, sheets, subjects
from pipeline.run.runs import Run
from pipeline.store import mask
from pipeline.store.formats import Row, Sheet
from pipeline.store.spreadsheet import write_book


def one_of(connection: sqlite3.Connection, who: str, words: Lexicon, *, with_nip: bool) -> Subject:
    """The one person that a NIP or name means; several are listed. Raises UsageError, also for nobody."""
    found = subjects(connection, who, words)
    if not found:
        raise UsageError(f"'{who}': tidak ada orang itu di sini / nobody here is called that")
    if len(found) > 1:
        _listed(connection, who, found, with_nip=with_nip)
        raise UsageError(f"'{who}': {len(found)} orang, sebutkan NIP / several people, give a NIP")
    return found[0]


def _listed(connection: sqlite3.Connection, who: str, found: Sequence[Subject], *, with_nip: bool) -> None:
    """All whom a name may mean, with what tells them apart."""
    rows = []
    for one in found:
        known = connection.execute(
            "SELECT nip, position, unit, status FROM staff WHERE id = ?", (one.staff_id,)
        ).fetchone()
        nip, *rest = known or (None, "di luar daftar pegawai / not in the registry", None, None)
        rows.append((one.name, mask.number(nip) if nip and not with_nip else nip, *rest, len(one.parties)))
    heads = ("nama / name", "NIP", "jabatan / position", "unit", "status", "dokumen / documents")
    screen().print(table(who, heads, rows, with_nip=with_nip))


def shown(connection: sqlite3.Connection, subject: Subject, *, with_nip: bool) -> None:
    """A table for each kind of record that there is."""
    out = screen()
    out.print(f"{subject.name}: semua yang tersimpan / everything that is held", soft_wrap=True)
    for page in sheets(connection, subject, with_nip=with_nip):
        rows = list(page.rows)
        if page.name == "registry" and rows:
            pairs = [
                (key, value) for key, value in zip(page.columns, rows[0], strict=True) if value is not None
            ]
            out.print(table("registry", ("kolom / column", "isi / value"), pairs, with_nip=with_nip))
        elif rows:
            out.print(table(page.name, *_part(page, rows), with_nip=with_nip))


def _part(page: Sheet, rows: Sequence[Row]) -> tuple[Sequence[str], Sequence[Row]]:
    """The columns that a terminal has room for."""
    chosen = next(section.shown for section in SECTIONS if section.name == page.name) or page.columns
    places = [page.columns.index(name) for name in chosen]
    return chosen, [tuple(row[at] for at in places) for row in rows]


def exported(
    connection: sqlite3.Connection, rules: Rules, subject: Subject, out: Path, *, with_nip: bool
) -> None:
    """Write the file, and note in `runs` that it was made; the person stands there by row number only."""
    run = Run(connection, f"person --export {_token(connection, subject)}", rules)
    run.begin()
    pages = list(sheets(connection, subject, with_nip=with_nip, whole=True))
    with opened(out) as file:
        if out.suffix.lower() == ".xlsx":
            write_book([(page.name, page.columns, page.rows) for page in pages], file)
        else:
            file.write(_json(subject, pages))
    run.end({"people": 1, "documents": len(subject.parties)})
    click.echo(f"{out}: {subject.name}, {len(subject.parties)} dokumen / documents")


def _token(connection: sqlite3.Connection, subject: Subject) -> str:
    row = connection.execute("SELECT rowid FROM staff WHERE id = ?", (subject.staff_id,)).fetchone()
    return f"staff-{row[0]}" if row else "unlisted"


def _json(subject: Subject, pages: Sequence[Sheet]) -> bytes:
    held = {page.name: [dict(zip(page.columns, row, strict=True)) for row in page.rows] for page in pages}
    made = {"name": subject.name, "made": datetime.now(UTC).isoformat(timespec="seconds"), **held}
    return (json.dumps(made, ensure_ascii=False, indent=1) + "\n").encode()
