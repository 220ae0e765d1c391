"""Everything that a database holds about one person, found by number or name and never guessed."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib.resources import files

import msgspec
import rtoml

from pipeline.errors import UsageError
from pipeline.rules import Lexicon
from pipeline.store import mask
from pipeline.store.formats import Sheet
from pipeline.values import Person, folded, nip, person


class Section(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A kind of record about a person, as store/person.toml says."""

    name: str
    sql: str
    shown: tuple[str, ...] = ()
    read: bool = False


class Sections(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The file store/person.toml."""

    section: tuple[Section, ...]


@dataclass(frozen=True, slots=True)
class Subject:
    """Who is asked about: their id in the registry, None where they are not in it, and what names them."""

    name: str
    staff_id: str | None
    parties: tuple[str, ...]


def subjects(connection: sqlite3.Connection, said: str, words: Lexicon) -> list[Subject]:
    """The people whom a NIP or a name may mean: of the registry, and those whom only documents name."""
    number = nip(said)
    if number and folded(said).isdigit():
        return _numbered(connection, number.digits)
    named = person(said, words=words)
    if named is None:
        raise UsageError(f"'{said}': bukan NIP dan bukan nama / neither a NIP nor a name")
    return _named(connection, named, words)


def _numbered(connection: sqlite3.Connection, digits: str) -> list[Subject]:
    found = [
        Subject(name, id_, _parties(connection, id_))
        for id_, name in connection.execute("SELECT id, name FROM staff WHERE nip = ?", (digits,))
    ]
    rows = connection.execute(UNLINKED_NUMBER, (digits,)).fetchall()
    return found or ([Subject(str(rows[0][1]), None, tuple(id_ for id_, _ in rows))] if rows else [])


def _named(connection: sqlite3.Connection, named: Person, words: Lexicon) -> list[Subject]:
    """Who has all words of a name; only those with exactly this name, where there are any."""
    wanted = set(named.key.split())
    rows = [(id_, name, _key(name, words)) for id_, name in connection.execute("SELECT id, name FROM staff")]
    loose = [(id_, name, key) for id_, name, key in rows if wanted <= set(key.split())]
    exact = [row for row in loose if row[2] == named.key] or loose
    found = [Subject(name, id_, _parties(connection, id_)) for id_, name, _ in exact]
    outside = [
        (id_, name)
        for id_, name in connection.execute(UNLINKED)
        if _key(name, words) == named.key or (not exact and wanted <= set(_key(name, words).split()))
    ]
    if outside:
        found.append(Subject(str(outside[0][1]), None, tuple(id_ for id_, _ in outside)))
    return found


def _key(name: str | None, words: Lexicon) -> str:
    named = person(name or "", words=words)
    return named.key if named else ""


def _parties(connection: sqlite3.Connection, staff_id: str) -> tuple[str, ...]:
    rows = connection.execute("SELECT party_id FROM matches WHERE staff_id = ? ORDER BY rowid", (staff_id,))
    return tuple(party for (party,) in rows)


def sheets(
    connection: sqlite3.Connection, subject: Subject, *, with_nip: bool, whole: bool = False
) -> Iterator[Sheet]:
    """A sheet for each kind of record about a person; `whole` adds what was read, value by value."""
    asked = {"staff": subject.staff_id, "parties": json.dumps(subject.parties)}
    for section in SECTIONS:
        if whole or not section.read:
            cursor = connection.execute(section.sql, asked)
            columns = tuple(column[0] for column in cursor.description)
            hidden: Callable[[mask.Row], mask.Row] = mask.rows(connection, columns)
            rows = [row if with_nip else hidden(row) for row in cursor.fetchall()]
            yield Sheet(section.name, columns, iter(rows))


SAID = (files("pipeline.store") / "person.toml").read_text(encoding="utf-8")
SECTIONS = msgspec.convert(rtoml.loads(SAID), Sections).section
UNLINKED = """
    SELECT p.id, p.name FROM parties p LEFT JOIN matches m ON m.party_id = p.id
    WHERE p.name IS NOT NULL AND m.staff_id IS NULL ORDER BY p.rowid
"""
UNLINKED_NUMBER = """
    SELECT p.id, coalesce(p.name, '?') FROM parties p LEFT JOIN matches m ON m.party_id = p.id
    WHERE p.nip = ? AND m.staff_id IS NULL ORDER BY p.rowid
"""
