"""What the SQL of checks can use beside the published tables: terms.toml as temporary tables and views."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache, partial

from rapidfuzz import fuzz, process

from pipeline.audit.duties import Duty
from pipeline.audit.match import Bands, differ
from pipeline.audit.positions import LEVELS, level
from pipeline.rules import Lexicon, Strict, TypeRule
from pipeline.values import folded, nip, number, person, target, text
from pipeline.values.names import misread

Row = tuple[str, ...]
REMEMBERED = 50_000  # answers of a function


class TermTable(Strict, frozen=True):
    """A small table that checks can join."""

    name: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]


class TermView(Strict, frozen=True):
    """A SELECT that several checks begin with."""

    name: str
    why: str
    sql: str


class Terms(Strict, frozen=True):
    """The file terms.toml."""

    table: tuple[TermTable, ...] = ()
    view: tuple[TermView, ...] = ()


@dataclass(frozen=True, slots=True)
class Glossary:
    """All that a check may know beside the tables: terms, limits of matching, word lists, document types."""

    terms: Terms
    bands: Bands
    words: Lexicon
    types: tuple[TypeRule, ...] = ()
    obligations: tuple[Duty, ...] = ()


LISTS: dict[str, Callable[[Lexicon], tuple[str, ...]]] = {
    "elected": lambda words: words.offices.elected,
    "acting": lambda words: words.offices.acting,
    "without_nip": lambda words: words.offices.without_nip,
    "unitless": lambda words: words.units.unitless,
    "graded": lambda words: (*words.units.graded, *words.units.grades),
}


def lay(connection: sqlite3.Connection, glossary: Glossary) -> None:
    """Puts tables, views and functions of the glossary beside the database, for this connection alone."""
    _functions(connection, glossary)
    for table in _tables(glossary):
        names = ", ".join(table.columns)
        marks = ", ".join("?" for _ in table.columns)
        connection.execute(f"drop table if exists temp.{table.name}")
        connection.execute(f"create temp table {table.name} ({names})")
        connection.executemany(f"insert into temp.{table.name} values ({marks})", table.rows)  # noqa: S608 - names of rule files
    for view in glossary.terms.view:
        connection.execute(f"drop view if exists temp.{view.name}")
        connection.execute(f"create temp view {view.name} as {view.sql}")


def _tables(glossary: Glossary) -> Iterator[TermTable]:
    yield from glossary.terms.table
    for name, words in LISTS.items():
        rows = tuple((folded(word),) for word in words(glossary.words) if folded(word))
        yield TermTable(name=name, columns=("word",), rows=rows)
    names = tuple((rule.id, rule.name, rule.name_en or rule.name) for rule in glossary.types)
    yield TermTable(name="types", columns=("type", "id", "en"), rows=names)
    deadlines = tuple((duty.id, duty.due.after, duty.basis) for duty in glossary.obligations)
    yield TermTable(name="duties", columns=("rule", "after", "basis"), rows=deadlines)
    yield TermTable(name="themes", columns=("type", "theme"), rows=tuple(_themes(glossary.types)))


def _themes(types: Iterable[TypeRule]) -> Iterator[Row]:
    for rule in types:
        if rule.pledges is not None:
            yield from ((rule.id, theme.name) for theme in rule.pledges.theme if theme.required)


# ---------------------------------------------------------------- functions


def _functions(connection: sqlite3.Connection, glossary: Glossary) -> None:
    """Functions by name; each remembers its last answers, since the same texts come again and again."""
    functions: dict[str, tuple[int, Callable[..., str | float | None]]] = {
        "folded": (1, _folded),
        "number": (1, _number),
        "rupiah": (1, _rupiah),
        "target_value": (1, partial(_target_value, glossary)),
        "alike": (2, partial(_alike, glossary.bands)),
        "nip_problem": (1, _nip_problem),
        "target_kind": (1, partial(_target_kind, glossary)),
        "found_in": (2, partial(_found_in, glossary.bands)),
        "name_gap": (2, partial(_name_gap, glossary)),
        "misreading": (2, partial(_misreading, glossary)),
        "rung": (1, partial(_rung, glossary.words)),
    }
    for name, (size, function) in functions.items():
        connection.create_function(name, size, lru_cache(REMEMBERED)(function), deterministic=True)


def _folded(raw: str | None) -> str | None:
    return None if raw is None else folded(str(raw))


def _number(raw: str | float | None) -> float | None:
    found = None if raw is None else number(str(raw).rstrip(" %"))
    return None if found is None else float(found)


def _rupiah(amount: int | None) -> str | None:
    return None if amount is None else f"Rp{amount:,}".replace(",", ".")


def _nip_problem(raw: str | None) -> str | None:
    found = nip(raw) if raw else None
    return found.problem if found else None


def _target_kind(glossary: Glossary, raw: str | None) -> str | None:
    return None if raw is None else target(raw, words=glossary.words).kind


def _found_in(bands: Bands, part: str | None, whole: str | None) -> float | None:
    """Per cent of the words of `part` that stand in `whole`, also misread; None where one is empty."""
    words, among = _words(part), _words(whole)
    if not words or not among:
        return None
    found = sum(
        word in among
        or process.extractOne(word, among, scorer=fuzz.ratio, score_cutoff=bands.misread) is not None
        for word in words
    )
    return 100 * found / len(words)


@lru_cache(REMEMBERED)
def _words(raw: str | None) -> tuple[str, ...]:
    return tuple(text(raw or "").casefold().split())


def _misreading(glossary: Glossary, printed: str | None, name: str | None) -> int | None:
    one, other = person(printed or "", words=glossary.words), person(name or "", words=glossary.words)
    return int(misread(one.key, other.key, glossary.bands.lookalikes)) if one and other else None


def _rung(words: Lexicon, position: str | None) -> int | None:
    found = level(position, words)
    return LEVELS.index(found) + 1 if found else None


def _target_value(glossary: Glossary, raw: str | None) -> float | None:
    found = None if raw is None else target(raw, words=glossary.words).value
    return None if found is None else float(found)


def _alike(bands: Bands, one: str | None, other: str | None) -> float | None:
    """Per cent of the words of each text that stand in the other, the lower of both."""
    there, here = _found_in(bands, one, other), _found_in(bands, other, one)
    return None if there is None or here is None else min(there, here)


def _name_gap(glossary: Glossary, printed: str | None, name: str | None) -> str | None:
    one, other = person(printed or "", words=glossary.words), person(name or "", words=glossary.words)
    if not one or not other:
        return None
    gap = differ(one.key, other.key, glossary.bands)
    as_printed = differ(_letters(one.name), _letters(other.name), glossary.bands)
    return "slip" if as_printed == "slip" and gap in {"spelling", "alike"} else gap


def _letters(name: str) -> str:
    """The words of a name as they are printed: a slip in one of many spellings is a slip (Mohmamad)."""
    return " ".join(folded(word) for word in name.split())
