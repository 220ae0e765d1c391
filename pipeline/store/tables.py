"""The published tables in SQLite: their CREATE TABLE text, their indexes, the rows that a Reading makes."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator
from graphlib import TopologicalSorter

from sqlite_utils import Database
from sqlite_utils.db import ForeignKey

from pipeline.schema import TABLES, Agreement, Cell, Column, Fact, Page, Reading, Signature, Table, columns

Row = dict[str, Cell]

TYPES = {"TEXT": str, "INTEGER": int, "REAL": float, "BLOB": bytes}
INTEGERS = range(-(2**63), 2**63)  # what an INTEGER column holds

# Rows that go with what they belong to; every other reference is emptied and its row stays.
CASCADES = frozenset(
    {
        ("pages", "sha256"),
        ("agreements", "sha256"),
        ("certificates", "sha256"),
        ("codes", "sha256"),
        ("parties", "agreement_id"),
        ("indicators", "agreement_id"),
        ("budgets", "agreement_id"),
        ("pledges", "agreement_id"),
        ("signatures", "agreement_id"),
        ("facts", "agreement_id"),
        ("matches", "party_id"),
        ("matches", "staff_id"),
        ("likenesses", "signature_id"),
        ("likenesses", "other_id"),
        ("doubts", "agreement_id"),
        ("doubts", "party_id"),
        ("tenures", "staff_id"),
        ("tenures", "office_id"),
        ("changes", "load_id"),
        ("unit_links", "agreement_id"),
    }
)
UNIQUE = {"files": ("path",), "pages": ("sha256", "number")}
LOOKUPS = (
    ("parties", ("nip",)),
    ("staff", ("nip",)),
    ("agreements", ("type", "year")),
    ("findings", ("check_id",)),
    ("facts", ("record", "record_id")),
    ("results", ("year", "measure")),
)
SEARCHED = (("pages", "text"), ("parties", "name"))  # full text: pages_fts, parties_fts
APPEND_ONLY = ("erasures",)
TOKENS = "unicode61 remove_diacritics 2"

# The records inside an agreement: the table and attribute, and the letter in their ids.
CHILDREN = (("parties", "p"), ("indicators", "i"), ("budgets", "b"), ("pledges", "k"), ("signatures", "s"))

# The records of a whole source, and what a signature calls them.
OF_SOURCE = (("certificates", "e"), ("codes", "q"))
POINTERS = (("certificate", "e"), ("code", "q"))

FIELDS = {table.record: [column.name for column in columns(table.record)] for table in TABLES if table.record}


# ---------------------------------------------------------------- CREATE


def create(db: Database) -> None:
    """Make all tables, indexes and full-text indexes in the empty database `db`."""
    for table in ordered():
        db.execute(ddl(db, table))
    for name, names in UNIQUE.items():
        db.table(name).create_index(names, unique=True)
    for name, names in (*_references(), *LOOKUPS):
        db.table(name).create_index(names)
    for name, column in SEARCHED:
        db.table(name).enable_fts([column], create_triggers=True, tokenize=TOKENS)
    for name in APPEND_ONLY:
        for verb in ("UPDATE", "DELETE"):
            db.execute(_refused(name, verb))


def _refused(name: str, verb: str) -> str:
    return (
        f'CREATE TRIGGER "{name}_no_{verb.lower()}" BEFORE {verb} ON "{name}" BEGIN'
        f" SELECT RAISE(ABORT, '{name} is append-only'); END"
    )


def ordered() -> tuple[Table, ...]:
    """All tables, each after those that it refers to."""
    by_name = {table.name: table for table in TABLES}
    graph = {table.name: [c.references for c in table.columns if c.references] for table in TABLES}
    return tuple(by_name[name] for name in TopologicalSorter(graph).static_order())


def ddl(db: Database, table: Table) -> str:
    """The CREATE TABLE text, with the data dictionary as comments; the tables it refers to must exist."""
    plain = db.create_table_sql(
        table.name,
        {c.name: TYPES[c.sql] for c in table.columns},
        pk=key(table),
        not_null=[c.name for c in table.columns if c.key and c.sql == "TEXT"],
        foreign_keys=[_foreign_key(table, c) for c in table.columns if c.references],
        strict=True,
    )
    head, *lines, tail = plain.strip().splitlines()
    marked = (_marked(line, column) for line, column in zip(lines, table.columns, strict=True))
    return "\n".join((head, f"   -- {table.doc}", *marked, tail))


def key(table: Table) -> str | None:
    """The name of the primary key, where the table has one."""
    return next((c.name for c in table.columns if c.key), None)


def _foreign_key(table: Table, column: Column) -> ForeignKey:
    target = next(t for t in TABLES if t.name == column.references)
    action = "CASCADE" if (table.name, column.name) in CASCADES else "SET NULL"
    return ForeignKey(table.name, column.name, target.name, key(target), on_delete=action)


def _marked(line: str, column: Column) -> str:
    """The line of a column with its allowed values and its sentence."""
    comma = "," if line.endswith(",") else ""
    allowed = ", ".join(f"'{value}'" for value in column.one_of)
    check = f' CHECK ("{column.name}" IN ({allowed}))' if allowed else ""
    return f"{line.removesuffix(',')}{check}{comma} -- {column.doc}"


def _references() -> Iterator[tuple[str, tuple[str, ...]]]:
    """An index per foreign key, but those that a unique index begins with."""
    for table in TABLES:
        for column in table.columns:
            if column.references and UNIQUE.get(table.name, ("",))[0] != column.name:
                yield table.name, (column.name,)


# ---------------------------------------------------------------- rows


def rows(reading: Reading) -> Iterator[tuple[str, Row]]:
    """Table and row of everything in `reading`, each row after those that it refers to.

    Ids depend on nothing but the content: the first 16 digits of sha256 and a counter by first page for an
    agreement, and that with a letter and a counter for what is in it (`-p1` the first party, i indicators,
    b budgets, k pledges, s signatures). Certificates (e) and codes (q) are counted in the whole source.
    """
    yield "sources", _source(reading)
    for page in reading.pages:
        yield "pages", _page(reading.sha256, page)
    for table, letter in OF_SOURCE:
        for counter, record in enumerate(getattr(reading, table), 1):
            own: Row = {"id": _inside(reading.sha256, letter, counter), "sha256": reading.sha256}
            yield table, own | _values(record)
    for agreement_id, agreement in numbered(reading):
        yield from _agreement(agreement_id, reading.sha256, agreement)


def numbered(reading: Reading) -> Iterator[tuple[str, Agreement]]:
    """The agreements with their ids, by first page."""
    found = sorted(reading.agreements, key=lambda a: (a.first_page, a.last_page))
    for counter, agreement in enumerate(found, 1):
        yield f"{reading.sha256[:16]}-{counter:02}", agreement


def _source(reading: Reading) -> Row:
    return {
        "sha256": reading.sha256,
        "media_type": reading.media_type,
        "pages": len(reading.pages),
        "engine": reading.engine or None,
        "problems": json.dumps(reading.problems) if reading.problems else None,
        "trust": reading.trust or None,
    }


def _page(sha256: str, page: Page) -> Row:
    return {
        "sha256": sha256,
        "number": page.number,
        "width": page.width,
        "height": page.height,
        "rotation": page.rotation,
        "turned": page.turned,
        "dpi": page.dpi,
        "origin": page.origin,
        "quality": page.quality,
        "blank": int(page.blank),
        "problem": page.problem,
        "engine": page.engine or None,
        "language": page.language or None,
        "text": page.text,
        "hidden": page.hidden or None,
    }


def _agreement(agreement_id: str, sha256: str, agreement: Agreement) -> Iterator[tuple[str, Row]]:
    yield "agreements", {"id": agreement_id, "sha256": sha256, **_values(agreement)}
    yield from _facts(agreement_id, "agreements", agreement_id, agreement)
    yield from _crops(agreement)
    for table, letter in CHILDREN:
        for counter, record in enumerate(getattr(agreement, table), 1):
            record_id = f"{agreement_id}-{letter}{counter}"
            own = {"id": record_id, "agreement_id": agreement_id, **_party(agreement_id, record)}
            own |= _pointed(sha256, record)
            yield table, own | _values(record)
            yield from _facts(agreement_id, table, record_id, record)


def _crops(agreement: Agreement) -> Iterator[tuple[str, Row]]:
    """Each picture of a slot once."""
    found = {s.crop: s.picture for s in agreement.signatures if s.crop and s.picture}
    for crop, picture in found.items():
        yield "crops", {"id": crop, "media_type": "image/jpeg", "picture": picture}


def _party(agreement_id: str, record: object) -> Row:
    """The party that a record points at by its index."""
    index = getattr(record, "party", None)
    return {} if index is None else {"party_id": f"{agreement_id}-p{index + 1}"}


def _inside(sha256: str, letter: str, counter: int) -> str:
    return f"{sha256[:16]}-{letter}{counter}"


def _pointed(sha256: str, record: object) -> Row:
    """The certificate and the code that a signature points at by their index."""
    if not isinstance(record, Signature):
        return {}
    found = ((name, letter, getattr(record, name)) for name, letter in POINTERS)
    return {f"{name}_id": _inside(sha256, letter, at + 1) for name, letter, at in found if at is not None}


def _values(record: object) -> Row:
    """What goes into a record's own columns: of a fact its meaning."""
    found = ((name, getattr(record, name)) for name in FIELDS[type(record)])
    return {name: _cell(value.data if isinstance(value, Fact) else value) for name, value in found}


def _facts(agreement_id: str, table: str, record_id: str, record: object) -> Iterator[tuple[str, Row]]:
    """A row per fact of a record, found or not."""
    own = ((name, getattr(record, name)) for name in FIELDS[type(record)])
    for name, fact in (*own, *getattr(record, "also", ())):
        if isinstance(fact, Fact):
            where = {"agreement_id": agreement_id, "record": table, "record_id": record_id, "field": name}
            yield "facts", where | _fact(fact)


def _fact(fact: Fact) -> Row:
    box = fact.box
    return {
        "text": fact.text,
        "data": None if fact.data is None else str(fact.data),
        "rule": fact.rule,
        "required": int(fact.required),
        "page": fact.page,
        "x0": box.x0 if box else None,
        "top": box.top if box else None,
        "x1": box.x1 if box else None,
        "bottom": box.bottom if box else None,
        "origin": fact.origin,
        "confidence": fact.confidence,
        "reason": fact.reason or ("engine" if fact.origin == "ocr" and fact.text is not None else None),
        "other": fact.other,
    }


def _cell(value: Cell) -> Cell:
    """A value that a column can hold; a number out of range stays in `facts` alone, as text."""
    if isinstance(value, int) and value not in INTEGERS:
        return None
    if isinstance(value, float) and not math.isfinite(value):
        return None
    return value
