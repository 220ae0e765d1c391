"""Exports hold what the database holds, no formula, and no employee number that was not asked for."""

import csv
import importlib
import importlib.util
import io
import json
import re
import sqlite3
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import closing

import openpyxl
import pytest

from pipeline.errors import UsageError
from pipeline.schema import Data
from pipeline.store import mask, spreadsheet
from pipeline.store.build import build, database
from pipeline.store.export import export, known, query
from pipeline.store.formats import WRITERS, plain, sql_type, write

PYARROW = importlib.util.find_spec("pyarrow") is not None

NIP = "198001022005011007"
SPACED = "19800102 200501 1 007"
MASKED = "**************1007"


@pytest.fixture
def connection() -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as opened:
        build(opened)
        yield opened


def insert(connection: sqlite3.Connection, table: str, *rows: Mapping[str, Data]) -> None:
    database(connection).table(table).insert_all(map(dict, rows))


def exported(connection: sqlite3.Connection, what: str, format: str, **options: bool) -> bytes:
    out = io.BytesIO()
    export(connection, what, format, out, **options)
    return out.getvalue()


# ---------------------------------------------------------------- formats

UNITS: tuple[dict[str, Data], ...] = (
    {"id": "a", "name": "Dinas Pertanian", "parent_id": None, "scope": None},
    {"id": "b", "name": 'Bagian "Umum", baris\ndua', "parent_id": "a", "scope": "files"},
)


def test_csv_holds_the_rows(connection: sqlite3.Connection) -> None:
    insert(connection, "units", *UNITS)
    text = exported(connection, "units", "csv").decode()
    assert list(csv.DictReader(io.StringIO(text, newline=""))) == [
        {"id": "a", "name": "Dinas Pertanian", "parent_id": "", "scope": ""},
        {"id": "b", "name": 'Bagian "Umum", baris\ndua', "parent_id": "a", "scope": "files"},
    ]


def test_csv_is_marked_for_spreadsheets_on_demand(connection: sqlite3.Connection) -> None:
    bare, marked = (exported(connection, "units", "csv", bom=bom) for bom in (False, True))
    assert bare == b"id,name,parent_id,scope\r\n"
    assert marked == b"\xef\xbb\xbf" + bare


def test_json_and_jsonl_hold_the_rows(connection: sqlite3.Connection) -> None:
    assert exported(connection, "units", "json") == b"[]\n"
    assert exported(connection, "units", "jsonl") == b""
    insert(connection, "units", *UNITS)
    assert json.loads(exported(connection, "units", "json")) == list(UNITS)
    assert [json.loads(line) for line in exported(connection, "units", "jsonl").splitlines()] == list(UNITS)


def cells(found: bytes) -> list[tuple[object, ...]]:
    sheet = openpyxl.load_workbook(io.BytesIO(found)).worksheets[0]
    return list(sheet.iter_rows(values_only=True))


def test_xlsx_holds_the_rows_and_their_kinds(connection: sqlite3.Connection) -> None:
    insert(
        connection,
        "results",
        {"id": 1, "year": 2026, "measure": "Luas tanam", "value": 85.5, "result": "085"},
    )
    assert cells(exported(connection, "results", "xlsx")) == [
        ("id", "year", "quarter", "unit", "measure", "target", "result", "value"),
        (1, 2026, None, None, "Luas tanam", None, "085", 85.5),
    ]


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("a\x00b\x1bc", "a\ufffdb\ufffdc"),
        ("x" * 32_767, "x" * 32_767),
        ("x" * 40_000, "x" * 32_766 + "…"),
        (2**53, 2**53),
        (9_007_199_254_740_993, "9007199254740993"),  # would lose its last digit
    ],
)
def test_xlsx_shows_what_it_cannot_hold(value: Data, shown: Data) -> None:
    out = io.BytesIO()
    spreadsheet.write("x", ["value"], [(value,)], out)
    assert cells(out.getvalue()) == [("value",), (shown,)]


def test_more_rows_than_a_sheet_holds_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spreadsheet, "ROWS", 3)
    spreadsheet.write("facts", ["id"], [(1,), (2,)], io.BytesIO())
    with pytest.raises(UsageError, match=r"too many rows for xlsx; csv, parquet"):
        spreadsheet.write("facts", ["id"], [(1,), (2,), (3,)], io.BytesIO())


@pytest.mark.skipif(PYARROW, reason="pyarrow is installed")
def test_parquet_says_what_it_needs(connection: sqlite3.Connection) -> None:
    with pytest.raises(UsageError, match=r"pip install 'pakta\[parquet\]'"):
        exported(connection, "units", "parquet")


@pytest.mark.skipif(not PYARROW, reason="pyarrow is not installed")
def test_parquet_holds_the_rows_and_their_types(connection: sqlite3.Connection) -> None:
    parquet = importlib.import_module("pyarrow.parquet")
    insert(connection, "agreements", {"id": "a", "year": 2026}, {"id": "b", "confidence": 1.0})
    table = parquet.read_table(io.BytesIO(exported(connection, "agreements", "parquet")))
    assert table.select(["id", "year", "confidence"]).to_pylist() == [
        {"id": "a", "year": 2026, "confidence": None},
        {"id": "b", "year": None, "confidence": 1.0},
    ]
    view = parquet.read_table(io.BytesIO(exported(connection, "overview", "parquet")))
    assert {
        name: str(view.schema.field(name).type) for name in ("agreement_id", "people", "errors", "year")
    } == {
        "agreement_id": "string",
        "people": "string",
        "errors": "int64",
        "year": "int64",
    }


@pytest.mark.skipif(not PYARROW, reason="pyarrow is not installed")
def test_parquet_of_a_select_has_the_types_of_its_rows(connection: sqlite3.Connection) -> None:
    parquet = importlib.import_module("pyarrow.parquet")
    sheet = query(connection, "x", "SELECT 1 AS a, 'x' AS b, NULL AS c UNION ALL SELECT 2.5, NULL, NULL")
    out = io.BytesIO()
    write(sheet, "parquet", out)
    table = parquet.read_table(io.BytesIO(out.getvalue()))
    assert [str(kind) for kind in table.schema.types] == ["double", "string", "string"]
    assert table.to_pylist() == [{"a": 1.0, "b": "x", "c": None}, {"a": 2.5, "b": None, "c": None}]


@pytest.mark.parametrize(
    ("seen", "sql"),
    [
        ({int}, "INTEGER"),
        ({int, type(None)}, "INTEGER"),
        ({int, float}, "REAL"),
        ({int, str}, "TEXT"),
        ({type(None)}, "TEXT"),
        (set(), "TEXT"),
    ],
)
def test_a_column_has_the_type_of_its_values(seen: set[type], sql: str) -> None:
    assert sql_type(seen) == sql


def test_what_is_not_published_is_refused_with_what_is(connection: sqlite3.Connection) -> None:
    with pytest.raises(UsageError) as refusal:
        exported(connection, "sqlite_master", "csv")
    assert refusal.value.exit_code == 2
    assert [name for name in known() if name not in str(refusal.value)] == []
    with pytest.raises(UsageError, match="csv, json, jsonl, xlsx, parquet"):
        exported(connection, "units", "pdf")


# ---------------------------------------------------------------- formulas

FORMULAS = (
    "=1+1",
    "+62 711",
    "-5 %",
    "@SUM(A1)",
    " =1",
    "\t=1",
    "\r=1",
    "\n=1",
    "\r\n \t=1",
    "\u00a0=1",
    "\u3000=1",
    "\ufeff=1",
    "\u200b\u202e=1",
    "\x00=1",
    "\N{FULLWIDTH EQUALS SIGN}1",
    "\N{FULLWIDTH PLUS SIGN}1",
    "\N{FULLWIDTH HYPHEN-MINUS}1",
    "\N{FULLWIDTH COMMERCIAL AT}A",
    ' =HYPERLINK("http://a.invalid","x")',
)
HARMLESS = ("", " ", "100 %", "a=b", "≤ 5", "'=1", "Rp 1.000,-", "N/A", "Budi\n=1", "2026", "1-2")


@pytest.mark.parametrize("text", FORMULAS, ids=repr)
def test_what_begins_like_a_formula_is_made_a_text(text: str) -> None:
    assert plain(text) == f"'{text}"


@pytest.mark.parametrize("cell", [*HARMLESS, None, -5, -5.5, 0], ids=repr)
def test_what_is_no_formula_stays_as_it_is(cell: Data) -> None:
    assert plain(cell) is cell


def test_csv_cells_are_made_texts(connection: sqlite3.Connection) -> None:
    insert(
        connection, "units", *({"id": str(n), "name": text} for n, text in enumerate((*FORMULAS, *HARMLESS)))
    )
    text = exported(connection, "units", "csv").decode()
    names = [row["name"] for row in csv.DictReader(io.StringIO(text, newline=""))]
    assert names == [*(f"'{formula}" for formula in FORMULAS), *HARMLESS]


def test_xlsx_cells_are_texts_as_they_were(connection: sqlite3.Connection) -> None:
    texts = [text for text in (*FORMULAS, "#N/A", "#REF!", "TRUE", "1e5") if "\x00" not in text]
    insert(connection, "units", *({"id": str(n), "name": text} for n, text in enumerate(texts)))
    sheet = openpyxl.load_workbook(io.BytesIO(exported(connection, "units", "xlsx"))).worksheets[0]
    found = [row[1] for row in sheet.iter_rows(min_row=2)]
    assert {cell.data_type for cell in found} == {"s"}
    assert [str(cell.value).replace("\r\n", "\n").replace("\r", "\n") for cell in found] == [
        text.replace("\r\n", "\n").replace("\r", "\n") for text in texts
    ]


# ---------------------------------------------------------------- employee numbers


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        (NIP, MASKED),
        (f"NIP. {SPACED}", f"NIP. {MASKED}"),
        ("NIP 19800102.200501.1.007, golongan IV/a", f"NIP {MASKED}, golongan IV/a"),
        ("19800102-200501-1-007", MASKED),
        ("19800102\u00a0200501\u00a01\u00a0007", MASKED),
        ("1 9 8 0 0 1 0 2 2 0 0 5 0 1 1 0 0 7", MASKED),
        ("NIP. 1980O102 2OO5O1 1 0O7", "NIP. *********1107"),  # misread in a scan
        (f"PK_{NIP}_Rangga.pdf", f"PK_{MASKED}_Rangga.pdf"),
        (f"{NIP} dan {NIP}", f"{MASKED} dan {MASKED}"),
        ("199001012024211005", "**************1005"),
    ],
)
def test_a_number_in_a_text_is_masked(text: str, shown: str) -> None:
    assert mask.text(text) == shown


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Rangga",
        "2026",
        "800/12/2026",
        "Rp 1.250.000.000,-",
        "1980010220050110071",
        "a198001022005011007",
        "0" * 64,
    ],
)
def test_a_text_without_a_number_stays_as_it_is(text: str) -> None:
    assert mask.text(text) == text


def hold_numbers(connection: sqlite3.Connection) -> None:
    """The same number wherever the database can hold one."""
    insert(connection, "staff", {"id": "x", "nip": None, "name": "Tanpa nomor"})
    insert(connection, "staff", {"id": NIP, "nip": NIP, "name": "Rangga", "superior": NIP})
    insert(connection, "files", {"path": f"{NIP}.pdf", "shown": f"PK {SPACED}.pdf", "sha256": "c0"})
    insert(connection, "pages", {"sha256": "c0", "number": 1, "text": f"Rangga\nNIP. {SPACED}\n"})
    insert(connection, "agreements", {"id": "a", "sha256": "c0", "number": NIP, "place": SPACED})
    insert(connection, "parties", {"id": "a-p1", "agreement_id": "a", "name": f"Rangga {SPACED}", "nip": NIP})
    insert(connection, "signatures", {"id": "a-s1", "agreement_id": "a", "state": "missing", "name": NIP})
    insert(connection, "indicators", {"id": "a-i1", "agreement_id": "a", "owner": f"Rangga ({NIP})"})
    insert(
        connection,
        "facts",
        {"agreement_id": "a", "field": "nip", "text": "1980 0102 2005011 007", "data": NIP},
    )
    insert(
        connection, "facts", {"agreement_id": "a", "field": "nip", "text": "NIP 19800102", "data": "19800102"}
    )
    insert(
        connection, "facts", {"agreement_id": "a", "field": "name", "text": f"Rangga {SPACED}", "data": None}
    )
    insert(connection, "matches", {"party_id": "a-p1", "staff_id": NIP, "reasons": f"sama: {NIP}"})
    insert(connection, "obligations", {"id": f"{NIP}:pk:2026", "staff_id": NIP, "agreement_id": "a"})
    insert(
        connection,
        "findings",
        {"id": f"c/{NIP}", "agreement_id": "a", "staff_id": NIP, "message": f"{SPACED} salah"},
    )
    insert(connection, "decisions", {"row": NIP, "field": "nip", "old": SPACED, "new": NIP})


def content(connection: sqlite3.Connection, what: str, format: str, **options: bool) -> str:
    found = exported(connection, what, format, **options)
    if format == "xlsx":
        with zipfile.ZipFile(io.BytesIO(found)) as parts:
            return "".join(parts.read(name).decode() for name in parts.namelist())
    return found.decode()


@pytest.mark.parametrize("format", ["csv", "json", "jsonl", "xlsx"])
def test_no_number_leaves_unless_it_is_asked_for(connection: sqlite3.Connection, format: str) -> None:
    hold_numbers(connection)
    birth = re.compile(r"1980\D?0\D?1\D?0\D?2")
    shown = {what: birth.findall(content(connection, what, format)) for what in known()}
    assert {what for what, found in shown.items() if found} == set()
    asked = {what for what in known() if birth.search(content(connection, what, format, with_nip=True))}
    assert asked >= {"staff", "parties", "facts", "pages", "matches", "findings", "obligations", "provenance"}


def rows(connection: sqlite3.Connection, what: str) -> list[dict[str, Data]]:
    found: list[dict[str, Data]] = json.loads(exported(connection, what, "json"))
    return found


def test_masked_tables_still_join(connection: sqlite3.Connection) -> None:
    hold_numbers(connection)
    ids = {row["name"]: row["id"] for row in rows(connection, "staff")}
    assert ids == {"Tanpa nomor": "x", "Rangga": "staff-2"}
    owners = [rows(connection, what)[0]["staff_id"] for what in ("matches", "obligations", "findings")]
    assert owners == ["staff-2"] * 3
    assert rows(connection, "obligations")[0]["id"] == "staff-2:pk:2026"


def test_a_column_of_numbers_is_masked_whatever_it_holds(connection: sqlite3.Connection) -> None:
    held = (NIP, SPACED, "20071234", "-", "1980O102 2OO5O1 1 0O7", None)
    insert(connection, "parties", *({"id": str(n), "nip": nip} for n, nip in enumerate(held)))
    assert [row["nip"] for row in rows(connection, "parties")] == [
        MASKED,
        MASKED,
        "****1234",
        "-",
        "*********1107",
        None,
    ]


def test_content_names_and_ids_are_no_numbers(connection: sqlite3.Connection) -> None:
    sha = "1980010220050110" * 4
    insert(connection, "sources", {"sha256": sha})
    insert(connection, "agreements", {"id": f"{sha[:16]}-01", "sha256": sha})
    assert (rows(connection, "agreements")[0]["id"], rows(connection, "sources")[0]["sha256"]) == (
        f"{sha[:16]}-01",
        sha,
    )


def test_numbers_in_xlsx_are_texts(connection: sqlite3.Connection) -> None:
    insert(connection, "parties", {"id": "p", "nip": NIP})
    found = exported(connection, "parties", "xlsx", with_nip=True)
    sheet = openpyxl.load_workbook(io.BytesIO(found)).worksheets[0]
    column = [cell.value for cell in sheet[1]].index("nip")
    cell = sheet[2][column]
    assert (cell.value, cell.data_type, cell.number_format) == (NIP, "s", "@")


def test_any_select_is_masked_like_a_table(connection: sqlite3.Connection) -> None:
    hold_numbers(connection)
    sheet = query(connection, "orang", "SELECT name, nip, 'p' AS kind FROM parties")
    assert (sheet.columns, list(sheet.rows)) == (("name", "nip", "kind"), [(f"Rangga {MASKED}", MASKED, "p")])


def test_every_table_and_view_goes_out_in_every_format(connection: sqlite3.Connection) -> None:
    hold_numbers(connection)
    formats = [format for format in WRITERS if PYARROW or format != "parquet"]
    empty = [
        (what, format) for what in known() for format in formats if not exported(connection, what, format)
    ]
    assert [what for what, format in empty if format != "jsonl"] == []
