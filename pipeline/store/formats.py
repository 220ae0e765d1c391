"""Rows as files: csv, json, jsonl, xlsx, parquet; nothing in a cell is taken for a formula."""

from __future__ import annotations

import codecs
import csv
import importlib
import io
import json
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import islice
from typing import BinaryIO

from pipeline.errors import UsageError
from pipeline.schema import Cell

Row = tuple[Cell, ...]

FORMULA = "=+-@"
BATCH = 20_000  # rows


@dataclass(frozen=True, slots=True)
class Sheet:
    """What is written: a name, the columns, the rows, read once; and SQL types, for parquet alone."""

    name: str
    columns: tuple[str, ...]
    rows: Iterator[Row]
    types: tuple[str, ...] = ()


def write(sheet: Sheet, format: str, out: BinaryIO, *, bom: bool = False) -> None:
    """Write a sheet to `out` as csv, json, jsonl, xlsx or parquet. Raises UsageError as `export` does."""
    if format not in WRITERS:
        raise UsageError(f"format '{format}' tidak dikenal / no such format; {', '.join(WRITERS)}")
    if bom and format == "csv":
        out.write(codecs.BOM_UTF8)
    WRITERS[format](sheet, out)


# ---------------------------------------------------------------- text


def _csv(sheet: Sheet, out: BinaryIO) -> None:
    text = io.TextIOWrapper(out, encoding="utf-8", newline="")
    lines = csv.writer(text)
    lines.writerow(sheet.columns)
    lines.writerows([plain(cell) for cell in row] for row in sheet.rows)
    text.detach()


def plain(cell: Cell) -> Cell:
    """A cell that no spreadsheet takes for a formula: one that begins like it gets a leading apostrophe.

    Spaces of all kinds, control and invisible characters do not hide the sign (OWASP, CSV injection).

    >>> plain("\\u00a0=1+1"), plain("100 %"), plain(-5)
    ("'\\xa0=1+1", '100 %', -5)
    """
    if not isinstance(cell, str) or cell.isalnum():
        return cell
    first = next((c for c in cell if not _invisible(c)), " ")
    return (
        f"'{cell}" if unicodedata.normalize("NFKC", first) in FORMULA else cell
    )  # full-width signs count too


def _invisible(letter: str) -> bool:
    return unicodedata.category(letter)[0] in "ZC"  # separators, controls, formats


def _jsonl(sheet: Sheet, out: BinaryIO) -> None:
    for line in _objects(sheet):
        out.write(line + b"\n")


def _json(sheet: Sheet, out: BinaryIO) -> None:
    between = b"[\n"
    for line in _objects(sheet):
        out.write(between + line)
        between = b",\n"
    out.write(b"\n]\n" if between == b",\n" else b"[]\n")


def _objects(sheet: Sheet) -> Iterator[bytes]:
    for row in sheet.rows:
        yield json.dumps(dict(zip(sheet.columns, row, strict=True)), ensure_ascii=False).encode()


# ---------------------------------------------------------------- xlsx


def _xlsx(sheet: Sheet, out: BinaryIO) -> None:
    from pipeline.store import spreadsheet

    spreadsheet.write(sheet.name, sheet.columns, sheet.rows, out)


# ---------------------------------------------------------------- parquet


def _parquet(sheet: Sheet, out: BinaryIO) -> None:
    try:
        arrow, parquet = importlib.import_module("pyarrow"), importlib.import_module("pyarrow.parquet")
    except ImportError as error:
        raise UsageError(
            "parquet memerlukan paket tambahan / needs an extra package: pip install 'pakta[parquet]'"
        ) from error
    typed = sheet if sheet.types else _typed(sheet)
    kinds = {
        "INTEGER": arrow.int64(),
        "REAL": arrow.float64(),
        "TEXT": arrow.string(),
        "BLOB": arrow.string(),
    }
    fields = zip(typed.columns, typed.types, strict=True)
    schema = arrow.schema([(name, kinds[sql]) for name, sql in fields])
    with parquet.ParquetWriter(out, schema, compression="zstd") as writer:
        while batch := list(islice(typed.rows, BATCH)):
            columns = (list(column) for column in zip(*batch, strict=True))
            arrays = [arrow.array(column, kind.type) for column, kind in zip(columns, schema, strict=True)]
            writer.write_batch(arrow.record_batch(arrays, schema=schema))


def _typed(sheet: Sheet) -> Sheet:
    """A sheet with the types that its rows show; they are held in memory for that."""
    rows = list(sheet.rows)
    seen = ({type(row[index]) for row in rows} for index in range(len(sheet.columns)))
    return replace(sheet, rows=iter(rows), types=tuple(map(sql_type, seen)))


def sql_type(seen: Iterable[type]) -> str:
    """The SQL type of a column in which values of these types were seen.

    >>> sql_type({int, type(None)}), sql_type({int, float}), sql_type({int, str}), sql_type(())
    ('INTEGER', 'REAL', 'TEXT', 'TEXT')
    """
    kinds = set(seen) - {type(None)}
    if kinds == {int}:
        return "INTEGER"
    return "REAL" if kinds and kinds <= {int, float} else "TEXT"


WRITERS: dict[str, Callable[[Sheet, BinaryIO], None]] = {
    "csv": _csv,
    "json": _json,
    "jsonl": _jsonl,
    "xlsx": _xlsx,
    "parquet": _parquet,
}
