"""Units, offices and who held them, out of the rows of a registry."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from pipeline.audit.headings import Entry
from pipeline.audit.positions import definite, folds, level
from pipeline.audit.rows import OfficeRow, StaffRow, TenureRow, UnitRow
from pipeline.rules import Lexicon, Strict
from pipeline.values import Nip, Person, folded, text

FOR_GOOD = "definitive"


class Capacity(Strict, frozen=True):
    """How an office is held by an acting official, and the words before the position that say so."""

    name: str
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Listed:
    """A person as one row of the spreadsheet lists them: one office of perhaps several."""

    entry: Entry
    named: Person
    number: Nip | None
    row: StaffRow
    capacity: str
    leads: bool  # the office leads its unit, whoever holds it


def capacity(position: str | None, capacities: Iterable[Capacity]) -> str:
    """How a position is held, by its first words.

    >>> capacity("Plt. Camat Asri", [Capacity("plt", ("Plt", "Pelaksana Tugas"))])
    'plt'
    """
    plain = folded(text(position or "").split(" ")[0]), folded(position or "")
    for one in capacities:
        if plain[0] in folds(one.words) or any(
            " " in word and plain[1].startswith(folded(word)) for word in one.words
        ):
            return one.name
    return FOR_GOOD


def office_id(position: str, unit_id: str | None, words: Lexicon) -> str:
    """The id of an office: the same whoever holds it, for good or acting."""
    return f"{unit_id or ''}/{folded(definite(position, words))}"


def current(rows: Iterable[Listed]) -> Listed:
    """Of several offices of one person the one they hold now: lasting before ended, own before acting."""
    return min(rows, key=lambda one: (one.row.valid_to is not None, one.capacity != FOR_GOOD, _late(one.row)))


def _late(row: StaffRow) -> tuple[int, ...]:
    """Orders later days first; a day that is not known comes last."""
    return tuple(-ord(sign) for sign in row.valid_from or "") or (0,)


# ---------------------------------------------------------------- units


def units(listed: Iterable[Listed]) -> Iterator[UnitRow]:
    """The units that people are in, and those above them that a column names."""
    rows = list(listed)
    parents = {one.row.unit_id: one.entry.get("parent") for one in rows if one.row.unit_id}
    names = {one.row.unit_id: one.row.unit for one in reversed(rows) if one.row.unit_id}
    for parent in parents.values():
        if parent and folded(parent) not in names:
            yield UnitRow(folded(parent), parent)
            names[folded(parent)] = parent
    for unit_id, name in names.items():
        if unit_id in parents and unit_id and name:
            above = folded(parents[unit_id])
            yield UnitRow(unit_id, name, above if above and above != unit_id else None)


# ---------------------------------------------------------------- offices


def offices(listed: Iterable[Listed], words: Lexicon) -> Iterator[OfficeRow]:
    """The positions in units that somebody holds or held, as they are called without acting words."""
    seen: dict[str, OfficeRow] = {}
    for one in listed:
        row = one.row
        if row.position and row.unit_id:
            name = definite(row.position, words)
            office = OfficeRow(
                office_id(row.position, row.unit_id, words),
                name,
                row.unit_id,
                level(row.position, words),
                int(one.leads),
            )
            known = seen.setdefault(office.id, office)
            if office.head > known.head:
                seen[office.id] = replace(known, head=office.head)
    yield from seen.values()


def tenures(listed: Iterable[Listed], known: Mapping[str, OfficeRow], words: Lexicon) -> Iterator[TenureRow]:
    """Who holds which office from when to when, one for each row that names an office."""
    seen: set[str] = set()
    for one in listed:
        row = one.row
        office = office_id(row.position or "", row.unit_id, words)
        id_ = f"{row.id}@{office}/{one.capacity}/{row.valid_from or ''}"
        if row.position and office in known and id_ not in seen:
            seen.add(id_)
            yield TenureRow(
                id_, row.id, office, row.position, row.unit, one.capacity, row.valid_from, row.valid_to
            )
