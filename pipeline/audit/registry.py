"""The registry of staff: a spreadsheet read into people, units and offices; refused where damaged."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from pipeline.audit.damage import Cell, Damage, refuse_damaged
from pipeline.audit.headings import Entry, Headings, Needed, understand
from pipeline.audit.positions import Heads, folds, is_head, level
from pipeline.audit.rows import OfficeRow, StaffRow, UnitRow
from pipeline.errors import InputError
from pipeline.rules import Lexicon, Strict
from pipeline.values import Nip, Person, day, folded, nip, person

SHOWN = 5  # rows that a warning names
PASSED = (
    "dilewati: tanpa nama, atau tanpa NIP dan jabatan (left out: no name, or neither number nor position)"
)
AGAIN = "orang yang sama lagi; yang pertama berlaku (the same person again; the first counts)"
ODD = "NIP tidak wajar (odd number)"
UNKNOWN = "atasan tidak ditemukan (superior not found)"


class Kind(Strict, frozen=True):
    """A kind of person, or a state, and the words that say so."""

    name: str
    words: tuple[str, ...]


class RegistryRule(Strict, frozen=True):
    """The file registry.toml."""

    columns: Headings
    needed: Needed
    kind: tuple[Kind, ...]
    left: Kind
    heads: Heads
    damage: Damage


@dataclass(frozen=True, slots=True)
class Registry:
    """People, units and offices as the store keeps them, and how the spreadsheet was understood."""

    staff: tuple[StaffRow, ...]
    units: tuple[UnitRow, ...]
    offices: tuple[OfficeRow, ...]
    columns: tuple[tuple[str, str], ...]  # our name, heading
    unread: tuple[str, ...]  # headings that nothing is taken from
    warnings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Read:
    """A person and the row of the spreadsheet."""

    entry: Entry
    named: Person
    number: Nip | None
    row: StaffRow


def read_registry(path: Path, words: Lexicon, rule: RegistryRule) -> Registry:
    """The registry in a CSV or XLSX file.

    Raises InputError for a file that is none, lacks needed columns, has a damaged column of numbers or gives
    one number to two people: with the row, the reason and the cure.
    """
    sheet = understand(path, rule.columns, rule.needed)
    refuse_damaged(path, [Cell(one.number, one.get("nip")) for one in sheet.entries], rule.damage)
    read = [one for entry in sheet.entries if (one := _person(entry, words, rule)) is not None]
    if not read:
        raise InputError(f"{path}: tidak ada seorang pun di dalamnya (there is nobody in it)")
    first, again = _first_of_each(path, read)
    staff, unknown = _with_superiors(first)
    return Registry(
        staff=staff,
        units=tuple(_units(first)),
        offices=tuple(_offices(staff, words)),
        columns=sheet.columns,
        unread=sheet.unread,
        warnings=(
            *_some(PASSED, _passed(sheet.entries, read)),
            *_some(AGAIN, again),
            *_some(ODD, _odd(first)),
            *_some(UNKNOWN, unknown),
            *_led_twice(staff),
        ),
    )


def left(status: str | None, rule: RegistryRule) -> bool:
    """Whether a status says that somebody has left or is away, and so owes nothing."""
    return folded(status or "") in folds(rule.left.words)


# ---------------------------------------------------------------- people


def _person(entry: Entry, words: Lexicon, rule: RegistryRule) -> _Read | None:
    named = person(entry.get("name"), words=words)
    number = nip(entry.get("nip"))
    if named is None or not (number or entry.get("position")):
        return None
    position, unit = entry.get("position") or None, entry.get("unit") or None
    gone = left(entry.get("status"), rule) or left(entry.get("kind"), rule)
    row = StaffRow(
        id=number.digits if number else f"{folded(named.name)}:{folded(position or '')}",
        nip=number.digits if number else None,
        name=named.name,
        front_titles=entry.get("front_titles") or " ".join(named.front) or None,
        back_titles=entry.get("back_titles") or ", ".join(named.back) or None,
        position=position,
        unit=unit,
        unit_id=folded(unit) if unit else None,
        rank=entry.get("rank") or None,
        kind=_kind(entry, number, words, rule),
        status=entry.get("status") or None,
        head=int(not gone and is_head(position, unit, rule.heads, words)),
        superior=entry.get("superior") or None,
        valid_from=_iso(entry.get("valid_from"), words),
        valid_to=_iso(entry.get("valid_to"), words),
    )
    return _Read(entry, named, number, row)


def _kind(entry: Entry, number: Nip | None, words: Lexicon, rule: RegistryRule) -> str | None:
    """What the registry says; else what the number is; else elected by position. None where nothing tells."""
    said = {folded(entry.get("kind")), folded(entry.get("status"))}
    for kind in rule.kind:
        if said & folds(kind.words):
            return kind.name
    if number is not None:
        return "BUMD" if number.kind == "other" else number.kind
    return "elected" if level(entry.get("position"), words) == "kepala_daerah" else None


def _iso(raw: str, words: Lexicon) -> str | None:
    found = day(raw, words=words) if raw else None
    return found.isoformat() if found else None


def _first_of_each(path: Path, read: Iterable[_Read]) -> tuple[list[_Read], list[str]]:
    """One row a person, and the rows left out. Raises InputError where one number stands with two names."""
    first: dict[str, _Read] = {}
    again: list[str] = []
    for one in read:
        known = first.setdefault(one.row.id, one)
        if known.named.key != one.named.key:
            raise InputError(
                f"{path}: NIP {one.row.id} dipakai dua orang: {known.row.name} (baris {known.entry.number})"
                f" dan {one.row.name} (baris {one.entry.number}); perbaiki (one number, two people; mend it)"
            )
        if known is not one:
            again.append(f"{one.entry.number} ({one.row.name})")
    return list(first.values()), again


# ---------------------------------------------------------------- superiors


def _with_superiors(read: Sequence[_Read]) -> tuple[tuple[StaffRow, ...], list[str]]:
    """People with the id of their superior, and the rows whose superior is nobody here, or several."""
    ids = _ids(read) if any(one.row.superior for one in read) else {}
    staff, unknown = [], []
    for one in read:
        raw = one.row.superior
        found = ids.get(_plain(raw)) if raw else None
        if raw and found is None:
            unknown.append(f"{one.entry.number} ({raw})")
        staff.append(replace(one.row, superior=found))
    return tuple(staff), unknown


def _ids(read: Sequence[_Read]) -> Mapping[str, str]:
    """Id by number, key, name and position, where only one person has it."""
    found: dict[str, set[str]] = defaultdict(set)
    for one in read:
        for text in (
            one.row.nip,
            one.entry.get("key"),
            one.row.name,
            one.entry.get("name"),
            one.row.position,
        ):
            if text:
                found[_plain(text)].add(one.row.id)
    return {text: next(iter(ids)) for text, ids in found.items() if len(ids) == 1}


def _plain(raw: str) -> str:
    number = nip(raw)
    return number.digits if number else folded(raw)


# ---------------------------------------------------------------- units and offices


def _units(read: Iterable[_Read]) -> Iterator[UnitRow]:
    parents = {one.row.unit_id: one.entry.get("parent") for one in read if one.row.unit_id}
    names = {one.row.unit_id: one.row.unit for one in reversed(list(read)) if one.row.unit_id}
    for parent in parents.values():
        if parent and folded(parent) not in names:
            yield UnitRow(folded(parent), parent)
            names[folded(parent)] = parent
    for unit_id, name in names.items():
        if unit_id in parents and unit_id and name:
            above = folded(parents[unit_id])
            yield UnitRow(unit_id, name, above if above and above != unit_id else None)


def _offices(staff: Iterable[StaffRow], words: Lexicon) -> Iterator[OfficeRow]:
    seen: dict[str, OfficeRow] = {}
    for row in staff:
        if row.position and row.unit_id:
            office = OfficeRow(
                f"{row.unit_id}/{folded(row.position)}",
                row.position,
                row.unit_id,
                level(row.position, words),
                row.head,
            )
            known = seen.setdefault(office.id, office)
            seen[office.id] = replace(known, head=max(known.head, office.head))
    yield from seen.values()


# ---------------------------------------------------------------- warnings


def _some(what: str, rows: Sequence[str]) -> Iterator[str]:
    if rows:
        more = f" ... ({len(rows)})" if len(rows) > SHOWN else ""
        yield f"baris {', '.join(rows[:SHOWN])}{more}: {what}"


def _passed(entries: Iterable[Entry], read: Iterable[_Read]) -> list[str]:
    kept = {one.entry.number for one in read}
    return [str(entry.number) for entry in entries if entry.number not in kept]


def _odd(read: Iterable[_Read]) -> list[str]:
    return [f"{one.entry.number} ({one.row.nip})" for one in read if one.number and one.number.problem]


def _led_twice(staff: Iterable[StaffRow]) -> Iterator[str]:
    count = Counter((row.unit, row.position) for row in staff if row.head and row.unit)
    for (unit, position), number in count.items():
        if number > 1:
            yield f"{unit}: {number} orang berjabatan {position} (so many people hold this position)"
