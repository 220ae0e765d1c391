"""Rows as an XLSX file in which every text is a text."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, BinaryIO

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Font

from pipeline.errors import UsageError
from pipeline.schema import Cell

ROWS = 1_048_576  # of a sheet, with its heading
LETTERS = 32_767  # of a cell
TITLE = 31  # letters
WHOLE = 2**53  # larger numbers lose digits
AS_TEXT, GENERAL = "@", "General"  # formats of a cell
BOLD = Font(bold=True)


Page = tuple[str, Sequence[str], Iterable[Sequence[Cell]]]  # name, columns, rows


def write(name: str, columns: Sequence[str], rows: Iterable[Sequence[Cell]], out: BinaryIO) -> None:
    """One sheet with a heading. Raises UsageError for more rows than a sheet holds."""
    write_book([(name, columns, rows)], out)


def write_book(pages: Iterable[Page], out: BinaryIO) -> None:
    """A sheet with a heading for each page. Raises UsageError for more rows than a sheet holds."""
    book = Workbook(write_only=True)
    for name, columns, rows in pages:
        page: Any = book.create_sheet(name[:TITLE])
        page.freeze_panes = "A2"
        page.append([_heading(page, column) for column in columns])
        try:
            _append(page, columns, rows)
        except BaseException:
            page.close()  # a page left open is closed by nobody
            raise
    book.save(out)


def _append(page: Any, columns: Sequence[str], rows: Iterable[Sequence[Cell]]) -> None:
    formats = [AS_TEXT if column == "nip" else GENERAL for column in columns]
    for count, row in enumerate(rows, 2):
        if count > ROWS:
            raise UsageError(f"{page.title}: baris terlalu banyak / too many rows for xlsx; csv, parquet")
        page.append([_cell(page, value, format) for value, format in zip(row, formats, strict=True)])


def _heading(page: Any, column: str) -> Any:
    cell = WriteOnlyCell(page, column)
    cell.font = BOLD
    return cell


def _cell(page: Any, value: Cell, format: str) -> Any:
    """A number, or a cell of type string: never a formula or an error value."""
    if isinstance(value, int) and abs(value) > WHOLE:
        value = str(value)
    if not isinstance(value, str):
        return value
    letters = ILLEGAL_CHARACTERS_RE.sub("\ufffd", value)
    cell = WriteOnlyCell(page, letters if len(letters) <= LETTERS else letters[: LETTERS - 1] + "…")
    cell.data_type = "s"  # after the value, which may have been taken for something else
    cell.number_format = format
    return cell
