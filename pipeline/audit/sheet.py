"""Spreadsheets as rows of text: CSV in the encodings and with the separators that offices use, and XLSX."""

from __future__ import annotations

import csv
import zipfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from pipeline.errors import InputError

SEPARATORS = ",;\t|"
ENCODINGS = ("utf-8-sig", "cp1252")
FOREIGN = {  # first bytes of files that are often taken for spreadsheets
    b"\xd0\xcf\x11\xe0": "Excel 97 (.xls)",
    b"%PDF": "PDF",
    b"<htm": "HTML",
    b"<!DO": "HTML",
    b"<tab": "HTML",
    b"\x89PNG": "PNG",
    b"\xff\xd8\xff": "JPEG",
}


@dataclass(frozen=True, slots=True)
class Line:
    """A row of a spreadsheet: its number as the spreadsheet shows it, and its cells as text."""

    number: int
    cells: tuple[str, ...]


def read_sheets(path: Path) -> Iterator[tuple[Line, ...]]:
    """The rows of each sheet of a CSV or XLSX file, told apart by content. Empty rows are left out.

    Raises InputError for a file that is missing, cannot be read, or is something else.
    """
    start = _first_bytes(path)
    for sign, kind in FOREIGN.items():
        if start.startswith(sign):
            raise InputError(
                f"{path}: ini berkas {kind}, bukan CSV atau XLSX; simpan ulang sebagai .xlsx atau .csv"
                f" (this is a {kind} file; save it as .xlsx or .csv)"
            )
    yield from _workbook(path) if start.startswith(b"PK") else [_csv(path)]


def _first_bytes(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(8)
    except OSError as error:
        raise InputError(f"{path}: tidak bisa dibuka (cannot be opened): {error.strerror}") from error


# ---------------------------------------------------------------- CSV


def _csv(path: Path) -> tuple[Line, ...]:
    lines = _decoded(path).splitlines(keepends=True)
    separator, skipped = _separator(lines)
    try:
        reader = csv.reader(lines[skipped:], delimiter=separator, strict=False)
        rows = [(reader.line_num + skipped, row) for row in reader]
    except csv.Error as error:
        raise InputError(f"{path}: CSV rusak (broken CSV): {error}") from error
    return tuple(_lines(rows))


def _decoded(path: Path) -> str:
    raw = path.read_bytes()
    if raw[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return raw.decode("utf-16", errors="replace")
    for encoding in ENCODINGS:
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return raw.decode("cp1252", errors="replace")


def _separator(lines: list[str]) -> tuple[str, int]:
    """The separator, and how many lines stand before the table: Excel writes `sep=;` first."""
    if lines and lines[0].lower().startswith("sep="):
        return (lines[0].strip()[4:] or ","), 1
    count = Counter(sign for line in lines[:20] for sign in line if sign in SEPARATORS)
    return (max(SEPARATORS, key=lambda sign: count[sign]), 0)


# ---------------------------------------------------------------- XLSX


def _workbook(path: Path) -> Iterator[tuple[Line, ...]]:
    import openpyxl
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        book = openpyxl.load_workbook(path, read_only=True, data_only=True)
    except (InvalidFileException, zipfile.BadZipFile, KeyError, ValueError, OSError) as error:
        raise InputError(
            f"{path}: XLSX rusak atau terkunci sandi (broken, or locked with a password)"
        ) from error
    try:
        for sheet in book.worksheets:
            rows = [
                (at, [_shown(cell) for cell in row])
                for at, row in enumerate(sheet.iter_rows(values_only=True), 1)
            ]
            yield tuple(_lines(rows))
    finally:
        book.close()


def _shown(cell: object) -> str:
    """A cell as text. A number keeps the form in which the file holds it, so that damage stays visible."""
    if cell is None:
        return ""
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    return cell.isoformat() if isinstance(cell, date) else str(cell)


def _lines(rows: list[tuple[int, list[str]]]) -> Iterator[Line]:
    for number, row in rows:
        cells = tuple(" ".join(cell.split()) for cell in row)
        if any(cells):
            yield Line(number, cells)
