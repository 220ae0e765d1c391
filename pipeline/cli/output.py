"""Rows of the database to the terminal or into a file, in the form that was asked for."""

from __future__ import annotations

import sqlite3
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from pipeline.cli.screen import screen, table
from pipeline.errors import StorageError, UsageError
from pipeline.store import formats
from pipeline.store.export import export, known, query
from pipeline.store.formats import Sheet

BINARY = ("xlsx", "parquet")
NOTHING = "Tidak ada yang ditemukan. / Nothing found."


@dataclass(frozen=True, slots=True)
class Form:
    """How rows are wanted: a form, a file or none, and whether whole NIPs may be shown."""

    form: str
    out: Path | None
    with_nip: bool


def deliver(connection: sqlite3.Connection, name: str, sql: str, form: Form) -> None:
    """The rows of a SELECT, as wanted. Raises UsageError for a form that no terminal can show."""
    sheet = query(connection, name, sql, with_nip=form.with_nip)
    deliver_sheet(sheet, form)


def deliver_table(connection: sqlite3.Connection, what: str, form: Form, *, bom: bool) -> None:
    """A published table or view, as wanted; `bom` marks csv for spreadsheets. Raises UsageError."""
    if form.form == "table" and what in known():
        deliver(connection, what, f'SELECT * FROM "{what}"', form)  # noqa: S608 - a known name
    else:
        into(form, lambda out: export(connection, what, form.form, out, with_nip=form.with_nip, bom=bom))


def deliver_sheet(sheet: Sheet, form: Form) -> None:
    """A sheet, as wanted."""
    if form.form == "table" and form.out is None:
        rows = list(sheet.rows)
        screen().print(table(sheet.name, sheet.columns, rows, with_nip=form.with_nip) if rows else NOTHING)
        return
    if form.form == "table":
        raise UsageError(
            "--out memerlukan --format csv, json, jsonl atau xlsx / --out needs one of these formats"
        )
    into(form, lambda out: formats.write(sheet, form.form, out))


def into(form: Form, write: Callable[[BinaryIO], None]) -> None:
    """Let `write` write into the file or to standard output."""
    if form.out is None and form.form in BINARY and sys.stdout.isatty():
        raise UsageError(f"{form.form}: tambahkan --out BERKAS / add --out FILE")
    with opened(form.out) as out:
        write(out)


@contextmanager
def opened(path: Path | None) -> Iterator[BinaryIO]:
    """A file of its own, put in place when it is whole, or standard output.

    Raises StorageError where the file cannot be written.
    """
    if path is None:
        yield sys.stdout.buffer
        sys.stdout.buffer.flush()
        return
    part = path.with_name(f"{path.name}.part")
    try:
        with part.open("wb") as file:
            yield file
        part.replace(path)
    except OSError as error:
        raise StorageError(f"{path}: tidak dapat ditulis / cannot be written ({error.strerror})") from error
    finally:
        part.unlink(missing_ok=True)
