"""A reading becomes rows, once, whole, and in place of what was read before."""

import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.errors import OwnError
from pipeline.schema import (
    TABLES,
    Agreement,
    Box,
    Budget,
    Cell,
    Data,
    Entry,
    Fact,
    Indicator,
    Page,
    Party,
    Pledge,
    Reading,
    Signature,
)
from pipeline.store.build import build
from pipeline.store.sqlite import (
    begin_run,
    end_run,
    entries_seen,
    has,
    open_store,
    put_entry,
    put_reading,
)
from pipeline.store.tables import rows

SHA = "a1b2c3d4e5f60718" * 4
OTHER_SHA = "0f" * 32
BOX = Box(56.7, 120.25, 301.5, 133.0)


def fact(text: str | None, data: Data = None, *, required: bool = False) -> Fact:
    meaning = text if data is None else data
    return Fact(text, meaning, "perjanjian_kinerja.x", 1, BOX, 0.75, required=required)


NOT_FOUND = Fact(None, None, "perjanjian_kinerja.date", 1, BOX, required=True)

PROMISE = Agreement(
    type="perjanjian_kinerja",
    first_page=1,
    last_page=2,
    number=fact("800/12/2026"),
    year=fact("2026", 2026),
    signed_on=NOT_FOUND,
    unit=fact("Dinas Pertanian"),
    parties=(
        Party(
            "pihak_pertama",
            name=fact("Rangga Wisnuaji, S.P."),
            nip=fact("19800102 200501 1 007", "198001022005011007"),
        ),
        Party("pihak_kedua", name=fact("Laksmi Puspitasari"), also=(("name", fact("LAKSMI PUSPITASARI")),)),
    ),
    indicators=(
        Indicator(
            measure=fact("Luas tanam"), target=fact("85,5 ha"), value=fact("85,5", 85.5), page=2, party=0
        ),
        Indicator(measure=fact("Produksi padi"), page=2),
    ),
    budgets=(
        Budget(level="program", program=fact("Penyuluhan"), amount=fact("Rp 1.250.000,-", 1_250_000), page=2),
    ),
    signatures=(
        Signature("pihak_pertama", "Rangga Wisnuaji", 1, 60.0, 600.0, 200.0, 700.0, "missing", party=0),
    ),
    also=(("agency", fact("Pemerintah Kota Sukamaju")),),
)
PACT = Agreement(
    type="pakta_integritas",
    first_page=3,
    last_page=3,
    parties=(Party("pembuat", name=fact("Rangga Wisnuaji, S.P.")),),
    pledges=(Pledge(fact("1", 1), fact("Tidak menerima gratifikasi"), "gratifikasi"),),
)
PAGES = tuple(Page(number, 595.0, 842.0, text=f"halaman {number} padi") for number in (1, 2, 3))
READING = Reading(SHA, "application/pdf", PAGES, (PROMISE, PACT))
ENTRY = Entry("arsip/pk%20satu.pdf", "arsip/pk satu.pdf", "application/pdf", 4711, SHA)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    with open_store(tmp_path / "pakta.db", write=True) as connection:
        yield connection


@pytest.fixture
def run(store: sqlite3.Connection) -> int:
    return begin_run(store, "ingest", "0.1", "rules")


def everything(connection: sqlite3.Connection) -> dict[str, list[tuple[object, ...]]]:
    """All that is kept, but for the numbers that count up."""
    names = {t.name: [c.name for c in t.columns if not (c.key and c.sql == "INTEGER")] for t in TABLES}
    found = {table: ", ".join(f'"{name}"' for name in columns) for table, columns in names.items()}
    return {table: connection.execute(f"SELECT {c} FROM {table}").fetchall() for table, c in found.items()}  # noqa: S608


def column(connection: sqlite3.Connection, sql: str) -> list[object]:
    return [row[0] for row in connection.execute(sql)]


# ---------------------------------------------------------------- rows


def test_ids_come_from_the_content_and_the_order_of_pages() -> None:
    found = [(table, row["id"]) for table, row in rows(READING) if "id" in row]
    assert found == [
        ("agreements", "a1b2c3d4e5f60718-01"),
        ("parties", "a1b2c3d4e5f60718-01-p1"),
        ("parties", "a1b2c3d4e5f60718-01-p2"),
        ("indicators", "a1b2c3d4e5f60718-01-i1"),
        ("indicators", "a1b2c3d4e5f60718-01-i2"),
        ("budgets", "a1b2c3d4e5f60718-01-b1"),
        ("signatures", "a1b2c3d4e5f60718-01-s1"),
        ("agreements", "a1b2c3d4e5f60718-02"),
        ("parties", "a1b2c3d4e5f60718-02-p1"),
        ("pledges", "a1b2c3d4e5f60718-02-k1"),
    ]
    assert list(rows(replace(READING, agreements=(PACT, PROMISE)))) == list(rows(READING))


def test_every_row_fits_its_table() -> None:
    names = {table.name: {c.name for c in table.columns} for table in TABLES}
    assert [(table, set(row) - names[table]) for table, row in rows(READING) if set(row) - names[table]] == []


def test_a_value_is_its_meaning_and_leaves_a_fact() -> None:
    indicator = next(row for table, row in rows(READING) if table == "indicators")
    assert (indicator["target"], indicator["value"], indicator["party_id"]) == (
        "85,5 ha",
        85.5,
        "a1b2c3d4e5f60718-01-p1",
    )
    facts = [row for table, row in rows(READING) if table == "facts" and row["record_id"] == indicator["id"]]
    assert [(row["field"], row["text"], row["data"]) for row in facts] == [
        ("measure", "Luas tanam", "Luas tanam"),
        ("target", "85,5 ha", "85,5 ha"),
        ("value", "85,5", "85.5"),
    ]
    assert (facts[0]["record"], facts[0]["rule"], facts[0]["confidence"]) == (
        "indicators",
        "perjanjian_kinerja.x",
        0.75,
    )
    assert (facts[0]["x0"], facts[0]["top"], facts[0]["x1"], facts[0]["bottom"]) == (
        56.7,
        120.25,
        301.5,
        133.0,
    )


def facts_of(table: str, field: str) -> list[tuple[Cell, Cell]]:
    return [
        (r["text"], r["required"])
        for t, r in rows(READING)
        if t == "facts" and (r["record"], r["field"]) == (table, field)
    ]


@pytest.mark.parametrize(
    ("table", "field", "facts"),
    [
        ("agreements", "signed_on", [(None, 1)]),  # looked for, not found
        ("agreements", "place", []),  # not looked for
        ("agreements", "agency", [("Pemerintah Kota Sukamaju", 0)]),  # no column of its own
        ("agreements", "type", []),  # not a fact
        (
            "parties",
            "name",
            [
                ("Rangga Wisnuaji, S.P.", 0),
                ("Laksmi Puspitasari", 0),
                ("LAKSMI PUSPITASARI", 0),
                ("Rangga Wisnuaji, S.P.", 0),
            ],
        ),
    ],
)
def test_looked_for_leaves_a_fact_found_or_not(
    table: str, field: str, facts: list[tuple[Data, Data]]
) -> None:
    assert facts_of(table, field) == facts


@pytest.mark.parametrize("data", [2**63, -(2**63) - 1, float("inf"), float("nan")])
def test_a_number_that_no_column_holds_is_kept_as_a_fact(data: float) -> None:
    budget = Budget(amount=fact("Rp 99", data))
    found = dict(rows(replace(READING, agreements=(Agreement(budgets=(budget,)),))))
    assert found["budgets"]["amount"] is None
    assert found["facts"]["data"] == str(data)


# ---------------------------------------------------------------- put


def test_what_is_put_is_there(store: sqlite3.Connection, run: int) -> None:
    put_reading(store, ENTRY, READING, "key", run)
    assert store.execute(
        "SELECT path, shown, kind, bytes, sha256, status, reason, run_id FROM files"
    ).fetchall() == [
        ("arsip/pk%20satu.pdf", "arsip/pk satu.pdf", "application/pdf", 4711, SHA, "loaded", None, run)
    ]
    assert store.execute("SELECT * FROM sources").fetchall() == [
        (SHA, "application/pdf", 4711, 3, "key", None, None, None)
    ]
    assert store.execute("SELECT id, year, signed_on, unit FROM agreements").fetchall() == [
        ("a1b2c3d4e5f60718-01", 2026, None, "Dinas Pertanian"),
        ("a1b2c3d4e5f60718-02", None, None, None),
    ]
    assert column(store, "SELECT text FROM pages ORDER BY number") == [page.text for page in PAGES]
    assert column(store, "SELECT amount FROM budgets") == [1_250_000]
    assert column(store, "SELECT nip FROM parties WHERE nip IS NOT NULL") == ["198001022005011007"]
    assert store.execute("PRAGMA foreign_key_check").fetchall() == []
    assert store.execute("PRAGMA integrity_check").fetchall() == [("ok",)]


def test_twice_is_once(store: sqlite3.Connection, run: int) -> None:
    put_reading(store, ENTRY, READING, "key", run)
    once = everything(store)
    put_reading(store, ENTRY, READING, "key", run)
    assert everything(store) == once


def test_any_order_is_the_same_content(tmp_path: Path) -> None:
    other = (replace(ENTRY, path="b.pdf", sha256=OTHER_SHA), replace(READING, sha256=OTHER_SHA))
    found = []
    for name, pairs in (("one.db", [(ENTRY, READING), other]), ("two.db", [other, (ENTRY, READING)])):
        with open_store(tmp_path / name, write=True) as connection:
            number = begin_run(connection, "ingest", "0.1", "rules")
            for entry, reading in pairs:
                put_reading(connection, entry, reading, "key", number)
            connection.execute("UPDATE runs SET started = NULL")
            found.append({table: sorted(kept, key=repr) for table, kept in everything(connection).items()})
    assert found[0] == found[1]


def test_reading_again_replaces_all_that_was_read(store: sqlite3.Connection, run: int) -> None:
    less = replace(
        READING, pages=PAGES[:1], agreements=(replace(PROMISE, parties=PROMISE.parties[:1], also=()),)
    )
    put_reading(store, ENTRY, less, "key", run)
    alone = everything(store)
    put_reading(store, ENTRY, READING, "key", run)
    put_reading(store, ENTRY, less, "key", run)
    assert everything(store) == alone


def test_an_agreement_without_parties_may_come_first(store: sqlite3.Connection, run: int) -> None:
    first = Agreement(first_page=1, indicators=(Indicator(measure=fact("Luas tanam")),))
    put_reading(
        store, ENTRY, replace(READING, agreements=(first, replace(PROMISE, first_page=2))), "key", run
    )
    assert column(store, "SELECT party_id FROM indicators ORDER BY id") == [
        None,
        "a1b2c3d4e5f60718-02-p1",
        None,
    ]


SUPERIOR = "a1b2c3d4e5f60718-01-p2"


def accuse(connection: sqlite3.Connection) -> None:
    connection.executescript(
        f"""
        INSERT INTO staff (id, name) VALUES ('s', 'Laksmi Puspitasari');
        INSERT INTO matches (party_id, staff_id, verdict) VALUES ('{SUPERIOR}', 's', 'match');
        INSERT INTO findings (id, agreement_id, party_id) VALUES ('f', 'a1b2c3d4e5f60718-01', '{SUPERIOR}');
        INSERT INTO doubts (id, check_id, agreement_id) VALUES ('d', 'c', 'a1b2c3d4e5f60718-02');
        INSERT INTO decisions (who, "table", "row", new) VALUES ('sekda', 'findings', 'f', 'waived');
        """  # noqa: S608 - names of ours
    )


@pytest.mark.parametrize(
    ("again", "points_at", "doubts"),
    [
        (READING, ("a1b2c3d4e5f60718-01", SUPERIOR), 1),
        (replace(READING, agreements=(PROMISE,)), ("a1b2c3d4e5f60718-01", SUPERIOR), 0),
        (
            replace(READING, agreements=(replace(PROMISE, parties=PROMISE.parties[:1]),)),
            ("a1b2c3d4e5f60718-01", None),
            0,
        ),
        (replace(READING, agreements=()), (None, None), 0),
    ],
)
def test_findings_and_decisions_outlive_a_reading(
    store: sqlite3.Connection, run: int, again: Reading, points_at: tuple[str | None, str | None], doubts: int
) -> None:
    put_reading(store, ENTRY, READING, "key", run)
    accuse(store)
    put_reading(store, ENTRY, again, "key", run)
    assert store.execute("SELECT id, agreement_id, party_id FROM findings").fetchall() == [("f", *points_at)]
    assert column(store, "SELECT new FROM decisions") == ["waived"]
    assert column(store, "SELECT count(*) FROM doubts") == [doubts]
    assert column(store, "SELECT count(*) FROM matches") == [0]  # made of what was read before


# ---------------------------------------------------------------- what does not fit


def with_party(party: Party) -> Reading:
    return replace(READING, agreements=(Agreement(parties=(party,)),))


@pytest.mark.parametrize(
    "reading",
    [
        with_party(Party("raja")),
        with_party(Party("pembuat", name=fact("\ud800"))),
        replace(READING, agreements=(Agreement(year=fact("dua ribu")),)),
        replace(READING, agreements=(Agreement(indicators=(Indicator(party=0),)),)),
        replace(READING, agreements=(Agreement(signatures=(Signature("pembuat", state="perhaps"),)),)),
        replace(READING, pages=(PAGES[0], PAGES[0])),
        replace(READING, sha256=OTHER_SHA),
    ],
)
def test_what_does_not_fit_the_schema_changes_nothing(
    store: sqlite3.Connection, run: int, reading: Reading
) -> None:
    put_reading(store, ENTRY, READING, "key", run)
    before = everything(store)
    with pytest.raises(OwnError):
        put_reading(store, ENTRY, reading, "newer", run)
    assert everything(store) == before


@pytest.mark.parametrize("steps", [1, 20, 100, 400, 1000, 2500])
def test_a_write_that_is_cut_short_changes_nothing(store: sqlite3.Connection, run: int, steps: int) -> None:
    put_reading(store, ENTRY, READING, "key", run)
    before = everything(store)
    store.set_progress_handler(lambda: 1, steps)
    with pytest.raises(OwnError, match="interrupted"):
        put_reading(
            store, ENTRY, replace(READING, agreements=(PROMISE, PACT, PACT, PROMISE) * 9), "newer", run
        )
    store.set_progress_handler(None, 0)
    assert everything(store) == before


LETTERS = st.text(st.characters(codec="utf-8"))


@settings(max_examples=40)
@given(name=LETTERS, text=LETTERS)
def test_any_text_comes_back_as_it_was_put(name: str, text: str) -> None:
    connection = sqlite3.connect(":memory:", isolation_level=None)
    build(connection)
    reading = replace(with_party(Party("pembuat", name=fact(name))), pages=(Page(1, 1.0, 1.0, text=text),))
    for _ in range(2):
        put_reading(connection, ENTRY, reading, "key", begin_run(connection, "ingest", "0.1", "rules"))
    assert column(connection, "SELECT name FROM parties") == [name]
    assert column(connection, "SELECT text FROM pages") == [text]
    for index in ("pages_fts", "parties_fts"):  # raises where the index is not in step
        connection.execute(f"INSERT INTO {index} ({index}, rank) VALUES ('integrity-check', 1)")  # noqa: S608
    connection.close()


# ---------------------------------------------------------------- entries and runs


def test_only_what_is_kept_under_the_same_key_is_there(store: sqlite3.Connection, run: int) -> None:
    assert not has(store, SHA, "key")
    put_entry(store, replace(ENTRY, status="failed", reason="damaged"), run)
    assert not has(store, SHA, "key")
    put_reading(store, ENTRY, READING, "key", run)
    assert has(store, SHA, "key")
    assert not has(store, SHA, "other key")
    assert not has(store, OTHER_SHA, "key")


ENTRIES = (
    Entry("a.pdf", "a.pdf", "application/pdf", 10, SHA, "duplicate", "same-content"),
    Entry("b%FF", "b\N{REPLACEMENT CHARACTER}", "fifo", 0, None, "skipped", "not-a-file"),
    Entry("c.zip!/d.pdf", "c.zip!/d.pdf", "application/pdf", 3, OTHER_SHA, "failed", "damaged"),
)


def test_every_entry_is_seen_with_what_became_of_it(store: sqlite3.Connection, run: int) -> None:
    for entry in (*ENTRIES, *reversed(ENTRIES)):
        put_entry(store, entry, run)
    assert entries_seen(store) == {entry.path: entry for entry in ENTRIES}
    assert column(store, "SELECT count(*) FROM files") == [3]


def test_what_becomes_of_an_entry_is_one_of_few(store: sqlite3.Connection, run: int) -> None:
    with pytest.raises(OwnError):
        put_entry(store, replace(ENTRIES[0], status="lost"), run)
    assert entries_seen(store) == {}


@pytest.mark.parametrize(
    ("entry", "left"),
    [
        (replace(ENTRY, sha256=OTHER_SHA, status="failed"), 0),  # other content stands under the path
        (
            replace(ENTRY, sha256=None, status="failed", reason="unreadable"),
            2,
        ),  # perhaps the same content still
        (replace(ENTRY, path="copy.pdf", status="duplicate"), 2),
        (replace(ENTRY, status="duplicate"), 2),
    ],
)
def test_what_was_read_goes_with_the_content_of_the_file(
    store: sqlite3.Connection, run: int, entry: Entry, left: int
) -> None:
    put_reading(store, ENTRY, READING, "key", run)
    put_entry(store, entry, run)
    assert column(store, "SELECT count(*) FROM agreements") == [left]


def test_what_another_file_holds_stays(store: sqlite3.Connection, run: int) -> None:
    put_reading(store, ENTRY, READING, "key", run)
    put_entry(store, replace(ENTRY, path="copy.pdf", status="duplicate"), run)
    put_entry(store, replace(ENTRY, sha256=OTHER_SHA, status="failed"), run)
    assert column(store, "SELECT count(*) FROM agreements") == [2]


def test_a_run_has_a_beginning_an_end_and_a_balance(store: sqlite3.Connection) -> None:
    first, second = (begin_run(store, "ingest", "0.1", "abc") for _ in range(2))
    end_run(store, second, {"loaded": 2, "failed": 1})
    assert second == first + 1
    assert store.execute("SELECT command, version, rules, counts FROM runs").fetchall() == [
        ("ingest", "0.1", "abc", None),
        ("ingest", "0.1", "abc", '{"failed": 1, "loaded": 2}'),
    ]
    assert column(store, "SELECT ended IS NULL FROM runs") == [1, 0]
    assert column(store, "SELECT count(*) FROM runs WHERE started GLOB '20??-??-??T??:??:??Z'") == [2]
