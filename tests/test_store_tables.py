"""Tables and views say what they hold, keep to it, and answer the usual questions."""

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from pathlib import Path

import pytest

from pipeline.schema import TABLES, Table
from pipeline.store.build import build, database
from pipeline.store.dictionary import markdown
from pipeline.store.sqlite import open_store
from pipeline.store.tables import CASCADES, CHILDREN, LOOKUPS, SEARCHED, UNIQUE, ordered
from pipeline.store.views import View, views

Rows = Mapping[str, Sequence[Mapping[str, object]]]

DOCS = Path(__file__).parents[1] / "docs"


@pytest.fixture
def connection() -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as opened:
        opened.execute("PRAGMA foreign_keys = ON")
        build(opened)
        yield opened


def lay(connection: sqlite3.Connection, rows: Rows) -> None:
    for table in ordered():
        database(connection).table(table.name).insert_all(map(dict, rows.get(table.name, ())))


def dicts(connection: sqlite3.Connection, sql: str) -> list[dict[str, object]]:
    return list(database(connection).query(sql))


# ---------------------------------------------------------------- the dictionary


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_a_table_is_as_published_and_says_what_it_holds(connection: sqlite3.Connection, table: Table) -> None:
    found = connection.execute(
        "SELECT name, type FROM pragma_table_info(?) ORDER BY cid", (table.name,)
    ).fetchall()
    assert found == [(c.name, c.sql) for c in table.columns]
    (sql,) = connection.execute("SELECT sql FROM sqlite_master WHERE name = ?", (table.name,)).fetchone()
    assert sql.endswith(") STRICT")
    assert f"-- {table.doc}\n" in sql
    assert [line for c in table.columns if (line := f"-- {c.doc}\n") not in sql] == []


@pytest.mark.parametrize("view", views(), ids=lambda view: view.name)
def test_a_view_says_what_each_column_holds(connection: sqlite3.Connection, view: View) -> None:
    found = connection.execute("SELECT name FROM pragma_table_info(?) ORDER BY cid", (view.name,))
    assert list(view.columns) == [name for (name,) in found]
    (sql,) = connection.execute("SELECT sql FROM sqlite_master WHERE name = ?", (view.name,)).fetchone()
    assert view.doc in sql
    assert all(doc.endswith(".") and doc in sql for doc in view.columns.values())


def test_the_published_views_are_there() -> None:
    names = ["overview", "missing_signatures", "coverage", "promises", "electronic_signatures", "provenance"]
    names += ["unread"]
    assert [view.name for view in views()] == names


def test_the_page_of_the_dictionary_is_up_to_date() -> None:
    written = (DOCS / "schema.md").read_text(encoding="utf-8")
    assert written == markdown(), "run: python -m pipeline.store.dictionary > docs/schema.md"


def test_the_page_of_the_dictionary_holds_every_column() -> None:
    page = markdown()
    assert [t.name for t in TABLES if f"### `{t.name}`" not in page] == []
    assert [c.name for t in TABLES for c in t.columns if f"| `{c.name}` | {c.sql}" not in page] == []
    assert [c for v in views() for c, doc in v.columns.items() if f"| `{c}` | {doc} |" not in page] == []


# ---------------------------------------------------------------- what tables keep to


def test_the_names_that_tables_are_made_with_are_published() -> None:
    names = {(t.name, c.name) for t in TABLES for c in t.columns}
    references = {(t.name, c.name) for t in TABLES for c in t.columns if c.references}
    used = {(table, name) for table, columns in (*UNIQUE.items(), *LOOKUPS) for name in columns}
    assert references >= CASCADES
    assert names >= used | set(SEARCHED) | {(table, "agreement_id") for table, _ in CHILDREN}


def test_every_reference_has_an_index(connection: sqlite3.Connection) -> None:
    first = {
        (table, name)
        for table in (t.name for t in TABLES)
        for (index,) in connection.execute("SELECT name FROM pragma_index_list(?)", (table,)).fetchall()
        for (name,) in connection.execute("SELECT name FROM pragma_index_info(?) WHERE seqno = 0", (index,))
    }
    assert first >= {(t.name, c.name) for t in TABLES for c in t.columns if c.references}


@pytest.mark.parametrize(
    ("table", "row"),
    [
        ("files", {"status": "lost"}),
        ("parties", {"role": "raja"}),
        ("signatures", {"state": "maybe"}),
        ("agreements", {"id": "a", "year": "dua ribu"}),
        ("agreements", {"id": None}),
        ("parties", {"id": "p", "agreement_id": "no such agreement"}),
    ],
)
def test_what_does_not_fit_is_refused(
    connection: sqlite3.Connection, table: str, row: Mapping[str, object]
) -> None:
    with pytest.raises(sqlite3.IntegrityError):
        database(connection).table(table).insert({"id": 1 if table == "files" else "x", **row})


@pytest.mark.parametrize(
    ("gone", "left"),
    [
        ("sources", {"files": 1, "findings": 1, "obligations": 1, "staff": 1}),
        ("agreements", {"files": 1, "findings": 1, "obligations": 1, "staff": 1, "sources": 1, "pages": 1}),
        ("staff", {"files": 1, "findings": 1, "obligations": 1, "sources": 1, "pages": 1, "parties": 1}),
    ],
)
def test_what_belongs_to_it_goes_with_it(
    connection: sqlite3.Connection, gone: str, left: dict[str, int]
) -> None:
    lay(connection, HELD)
    connection.execute(f"DELETE FROM {gone}")  # noqa: S608
    kept = {"agreements", "facts", "doubts"} if gone == "staff" else set()
    assert {name for name in HELD if connection.execute(f"SELECT count(*) FROM {name}").fetchone()[0]} == (  # noqa: S608
        set(left) | kept
    )


HELD: Rows = {
    "sources": [{"sha256": "c0"}],
    "files": [{"path": "a.pdf", "sha256": "c0"}],
    "pages": [{"sha256": "c0", "number": 1}],
    "agreements": [{"id": "a", "sha256": "c0"}],
    "parties": [{"id": "a-p1", "agreement_id": "a"}],
    "facts": [{"agreement_id": "a", "record": "parties", "record_id": "a-p1"}],
    "staff": [{"id": "s"}],
    "matches": [{"party_id": "a-p1", "staff_id": "s"}],
    "findings": [{"id": "f", "agreement_id": "a", "party_id": "a-p1", "staff_id": "s"}],
    "doubts": [{"id": "d", "agreement_id": "a"}],
    "obligations": [{"id": "o", "agreement_id": "a", "staff_id": "s"}],
}


# ---------------------------------------------------------------- full text


def hits(connection: sqlite3.Connection, table: str, words: str) -> list[int]:
    sql = f"SELECT rowid FROM {table}_fts WHERE {table}_fts MATCH ? ORDER BY rowid"  # noqa: S608
    return [row for (row,) in connection.execute(sql, (words,))]


def test_full_text_follows_the_rows(connection: sqlite3.Connection) -> None:
    lay(connection, {"pages": [{"number": n, "text": f"Penurunan stunting halaman {n}"} for n in (1, 2, 3)]})
    assert hits(connection, "pages", "STUNTING") == [1, 2, 3]
    assert hits(connection, "pages", "kemiskinan") == []
    connection.execute("DELETE FROM pages WHERE number = 2")
    connection.execute("UPDATE pages SET text = 'Penurunan kemiskinan' WHERE number = 3")
    assert (hits(connection, "pages", "stunting"), hits(connection, "pages", "kemiskinan")) == ([1], [3])


def test_names_are_found_without_their_accents(connection: sqlite3.Connection) -> None:
    lay(
        connection, {"parties": [{"id": "p", "name": "Andr\N{LATIN SMALL LETTER E WITH ACUTE} Wijaya, S.T."}]}
    )
    assert (hits(connection, "parties", "andre"), hits(connection, "parties", "andri")) == ([1], [])


def test_full_text_is_in_step_after_the_file_is_packed(connection: sqlite3.Connection) -> None:
    lay(connection, {"pages": [{"sha256": None, "number": n, "text": f"kata{n}"} for n in range(50)]})
    lay(connection, {"parties": [{"id": f"p{n}", "name": f"nama{n}"} for n in range(50)]})
    connection.execute("DELETE FROM pages WHERE number < 40")
    connection.execute("DELETE FROM parties WHERE rowid < 40")
    connection.execute("VACUUM")
    assert [hits(connection, "pages", f"kata{n}") for n in (39, 40, 49)] == [[], [41], [50]]
    assert [hits(connection, "parties", f"nama{n}") for n in (38, 39, 49)] == [[], [40], [50]]


# ---------------------------------------------------------------- views


@pytest.mark.parametrize(
    ("type", "findings", "doubts", "complete"),
    [
        ("perjanjian_kinerja", [], [], 1),
        (
            "perjanjian_kinerja",
            [("error", "waived"), ("error", "resolved"), ("warning", "open")],
            ["warning"],
            1,
        ),
        ("perjanjian_kinerja", [("error", "open")], ["error"], 0),
        ("perjanjian_kinerja", [], ["error"], None),
        ("other", [], [], None),
    ],
)
def test_an_agreement_is_complete_incomplete_or_cannot_be_told(
    connection: sqlite3.Connection,
    type: str,
    findings: list[tuple[str, str]],
    doubts: list[str],
    complete: int | None,
) -> None:
    held = [
        {"id": str(n), "agreement_id": "a", "severity": s, "state": t} for n, (s, t) in enumerate(findings)
    ]
    unsure = [{"id": str(n), "agreement_id": "a", "severity": s} for n, s in enumerate(doubts)]
    lay(
        connection,
        {"agreements": [{"id": "a", "type": type}], "findings": held, "doubts": unsure},
    )
    (row,) = dicts(connection, "SELECT complete, errors, warnings, doubts FROM overview")
    open_ones = [severity for severity, state in findings if state == "open"]
    assert row == {
        "complete": complete,
        "errors": open_ones.count("error"),
        "warnings": open_ones.count("warning"),
        "doubts": len(doubts),
    }


def table(names: str, *rows: tuple[object, ...]) -> list[dict[str, object]]:
    return [dict(zip(names.split(), row, strict=True)) for row in rows]


PROMISE: Rows = {
    "units": table("id name", ("u", "Dinas Pertanian")),
    "sources": table("sha256", ("c0",)),
    "files": table("path shown sha256", ("b.pdf", "b.pdf", "c0"), ("a.pdf", "a.pdf", "c0")),
    "agreements": table(
        "id sha256 type year unit unit_id",
        ("a", "c0", "perjanjian_kinerja", 2026, "DINAS TANI", "u"),
        ("b", "c0", "pakta_integritas", 2026, None, None),
    ),
    "parties": table(
        "id agreement_id name position unit",
        ("a-p1", "a", "Rangga", "Kepala Dinas", None),
        ("a-p2", "a", "Laksmi", "Wali Kota", None),
        ("b-p1", "b", "Wulan", "Camat", "Kecamatan Timur"),
    ),
    "indicators": table("id agreement_id party_id measure", ("a-i1", "a", "a-p1", "Luas tanam")),
    "signatures": table(
        "id agreement_id party_id name state required page",
        ("a-s1", "a", "a-p1", None, "missing", 1, 1),
        ("a-s2", "a", "a-p2", "LAKSMI", "signed", 1, 1),
        ("a-s3", "a", "a-p2", "LAKSMI", "missing", 0, 2),
        ("b-s1", "b", "b-p1", "WULAN", "unclear", 1, 3),
    ),
    "facts": table(
        "agreement_id record record_id field text page x0",
        ("a", "indicators", "a-i1", "measure", "Luas tanam", 2, 1.5),
    ),
}


def test_the_overview_counts_what_an_agreement_holds(connection: sqlite3.Connection) -> None:
    lay(connection, PROMISE)
    names = "unit, people, parties, indicators, signatures, signed, missing, file"
    assert [tuple(row.values()) for row in dicts(connection, f"SELECT {names} FROM overview")] == [  # noqa: S608
        ("Dinas Pertanian", "Rangga; Laksmi", 2, 1, 2, 1, 1, "a.pdf"),
        ("Kecamatan Timur", "Wulan", 1, 0, 1, 0, 0, "a.pdf"),
    ]


def test_only_a_demanded_and_missing_signature_accuses(connection: sqlite3.Connection) -> None:
    lay(connection, PROMISE)
    found = dicts(connection, "SELECT signature_id, unit, name, position, file, page FROM missing_signatures")
    assert [tuple(row.values()) for row in found] == [
        ("a-s1", "Dinas Pertanian", "Rangga", "Kepala Dinas", "a.pdf", 1)
    ]


def test_a_fact_leads_to_its_file_and_place(connection: sqlite3.Connection) -> None:
    lay(connection, PROMISE)
    (row,) = dicts(connection, "SELECT record_id, field, text, sha256, file, page, x0 FROM provenance")
    assert tuple(row.values()) == ("a-i1", "measure", "Luas tanam", "c0", "a.pdf", 2, 1.5)


def test_coverage_counts_what_is_owed(connection: sqlite3.Connection) -> None:
    states = ["met", "met", "incomplete", "late", "missing", "missing", "missing", "not_due"]
    owed = [{"unit": "Dinas Pertanian", "type": "pakta_integritas", "year": 2026, "state": s} for s in states]
    other = {"unit": "Kecamatan Timur", "type": "pakta_integritas", "year": 2026, "state": "met"}
    lay(connection, {"obligations": [{"id": str(n)} | row for n, row in enumerate([*owed, other])]})
    assert [tuple(row.values()) for row in dicts(connection, "SELECT * FROM coverage")] == [
        ("Dinas Pertanian", "pakta_integritas", 2026, 7, 2, 1, 1, 3, 1, 0),
        ("Kecamatan Timur", "pakta_integritas", 2026, 1, 1, 0, 0, 0, 0, 0),
    ]


@pytest.mark.parametrize(
    ("target", "direction", "quarter", "result", "state"),
    [
        (85.0, ">=", 4, 85.0, "kept"),
        (85.0, None, 4, 90.0, "kept"),
        (85.0, ">", 4, 85.0, "late"),
        (85.0, None, 4, 84.9, "late"),
        (5.0, "<=", 4, 5.0, "kept"),
        (5.0, "<", 4, 5.0, "late"),
        (1.0, "=", 4, 1.0, "kept"),
        (1.0, "=", 4, 2.0, "late"),
        (85.0, ">=", 2, 85.0, "kept"),  # reached early
        (85.0, ">=", 2, 40.0, "open"),
        (5.0, "<=", 2, 3.0, "open"),  # may still be passed
        (None, ">=", 4, 85.0, None),
        (85.0, ">=", 4, None, None),
        (85.0, "range", 4, 85.0, None),
    ],
)
def test_a_promise_is_kept_late_or_open(
    connection: sqlite3.Connection,
    target: float | None,
    direction: str | None,
    quarter: int,
    result: float | None,
    state: str | None,
) -> None:
    measured = {
        "year": 2026,
        "unit": "dinas pertanian",
        "measure": "LUAS TANAM",
        "quarter": quarter,
        "value": result,
    }
    lay(connection, {**PROMISE, "results": [measured | {"quarter": 1, "value": 0.0}, measured]})
    connection.execute("UPDATE indicators SET value = ?, direction = ?", (target, direction))
    (row,) = dicts(connection, "SELECT quarter, owner, state FROM promises")
    assert row == {"quarter": quarter, "owner": "Rangga", "state": state}


@pytest.mark.parametrize(
    "other", [{"year": 2025}, {"unit": "Dinas Kesehatan"}, {"measure": "Luas tanam padi"}], ids=str
)
def test_a_result_of_something_else_is_no_result(
    connection: sqlite3.Connection, other: Mapping[str, object]
) -> None:
    measured = {
        "year": 2026,
        "unit": "Dinas Pertanian",
        "measure": "Luas tanam",
        "result": "85",
    }
    lay(connection, {**PROMISE, "results": [{**measured, **other}]})
    assert dicts(connection, "SELECT result FROM promises") == [{"result": None}]


def test_an_older_text_of_a_view_is_made_anew(tmp_path: Path) -> None:
    with open_store(tmp_path / "pakta.db", write=True) as connection:
        connection.executescript(
            "DROP VIEW coverage; CREATE VIEW coverage AS SELECT 1 AS old; CREATE VIEW mine AS SELECT 2;"
        )
    with open_store(tmp_path / "pakta.db", write=True) as connection:
        assert dicts(connection, "SELECT * FROM coverage") == []
        assert connection.execute("SELECT * FROM mine").fetchall() == [(2,)]
