"""The registry of staff: a spreadsheet read into people, units and offices; refused where damaged."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from pipeline.audit.damage import Cell, Damage, refuse_damaged
from pipeline.audit.headings import Entry, Headings, Needed, understand
from pipeline.audit.offices import Capacity, Listed, capacity, current, offices, tenures, units
from pipeline.audit.positions import Heads, folds, is_head, level
from pipeline.audit.rows import OfficeRow, StaffRow, TenureRow, UnitRow
from pipeline.audit.superiors import with_superiors
from pipeline.errors import InputError
from pipeline.rules import Lexicon, Strict
from pipeline.values import Nip, day, folded, nip, person

SHOWN = 5  # rows that a warning names
PASSED = (
    "dilewati: tanpa nama, atau tanpa NIP dan jabatan (left out: no name, or neither number nor position)"
)
AGAIN = "orang yang sama lagi; yang pertama berlaku (the same person again; the first counts)"
SEVERAL = "jabatan lain dari orang yang sama (a further office of the same person)"
ODD = "NIP tidak wajar (odd number)"
UNKNOWN = "atasan tidak ditemukan (superior not found)"


class Kind(Strict, frozen=True):
    """A kind of person, or a state, and the words that say so."""

    name: str
    words: tuple[str, ...]


class Loads(Strict, frozen=True):
    """From which share of people that would leave at once a load is taken for that of another office."""

    most: float


class RegistryRule(Strict, frozen=True):
    """The file registry.toml."""

    columns: Headings
    needed: Needed
    kind: tuple[Kind, ...]
    left: Kind
    leave: Kind
    heads: Heads
    capacity: tuple[Capacity, ...]
    loads: Loads
    damage: Damage


@dataclass(frozen=True, slots=True)
class Registry:
    """People, units and offices as the store keeps them, and how the spreadsheet was understood."""

    staff: tuple[StaffRow, ...]
    units: tuple[UnitRow, ...]
    offices: tuple[OfficeRow, ...]
    tenures: tuple[TenureRow, ...]
    columns: tuple[tuple[str, str], ...]  # our name, heading
    unread: tuple[str, ...]  # headings that nothing is taken from
    warnings: tuple[str, ...]


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
    people, again = _by_person(path, read)
    now = [current(rows) for rows in people]
    staff, unknown = with_superiors(now)
    posts = {office.id: office for office in offices(read, words)}
    return Registry(
        staff=staff,
        units=tuple(units(read)),
        offices=tuple(posts.values()),
        tenures=tuple(tenures(read, posts, words)),
        columns=sheet.columns,
        unread=sheet.unread,
        warnings=(
            *_some(PASSED, _passed(sheet.entries, read)),
            *_some(AGAIN, again),
            *_some(SEVERAL, _several(people)),
            *_some(ODD, _odd(now)),
            *_some(UNKNOWN, unknown),
            *_led_twice(staff),
        ),
    )


def left(status: str | None, rule: RegistryRule) -> bool:
    """Whether a status says that somebody has left or is away, and so owes nothing."""
    return folded(status or "") in folds(rule.left.words)


# ---------------------------------------------------------------- people


def _person(entry: Entry, words: Lexicon, rule: RegistryRule) -> Listed | None:
    named = person(entry.get("name"), words=words)
    number = nip(entry.get("nip"))
    if named is None or not (number or entry.get("position")):
        return None
    position, unit = entry.get("position") or None, entry.get("unit") or None
    gone = left(entry.get("status"), rule) or left(entry.get("kind"), rule)
    leads = is_head(position, unit, rule.heads, words)
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
        head=int(leads and not gone),
        superior=entry.get("superior") or None,
        valid_from=_iso(entry.get("valid_from"), words),
        valid_to=_iso(entry.get("valid_to"), words),
    )
    return Listed(entry, named, number, row, capacity(position, rule.capacity), leads)


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


def _by_person(path: Path, read: Iterable[Listed]) -> tuple[list[list[Listed]], list[str]]:
    """The rows of each person, and the rows left out for saying the same again.

    Raises InputError where one number stands with two names.
    """
    people: dict[str, list[Listed]] = {}
    again: list[str] = []
    for one in read:
        rows = people.setdefault(one.row.id, [])
        first = rows[0] if rows else one
        if first.named.key != one.named.key:
            raise InputError(
                f"{path}: NIP {one.row.id} dipakai dua orang: {first.row.name} (baris {first.entry.number})"
                f" dan {one.row.name} (baris {one.entry.number}); perbaiki (one number, two people; mend it)"
            )
        if any(_post(known) == _post(one) for known in rows):
            again.append(f"{one.entry.number} ({one.row.name})")
        else:
            rows.append(one)
    return list(people.values()), again


def _post(one: Listed) -> tuple[str | None, ...]:
    return (folded(one.row.position or ""), one.row.unit_id, one.row.valid_from, one.row.valid_to)


# ---------------------------------------------------------------- warnings


def _some(what: str, rows: Sequence[str]) -> Iterator[str]:
    if rows:
        more = f" ... ({len(rows)})" if len(rows) > SHOWN else ""
        yield f"baris {', '.join(rows[:SHOWN])}{more}: {what}"


def _passed(entries: Iterable[Entry], read: Iterable[Listed]) -> list[str]:
    kept = {one.entry.number for one in read}
    return [str(entry.number) for entry in entries if entry.number not in kept]


def _several(people: Iterable[Sequence[Listed]]) -> list[str]:
    """Rows with a further office of somebody who stands above already."""
    return [f"{one.entry.number} ({one.row.name})" for rows in people for one in rows[1:]]


def _odd(read: Iterable[Listed]) -> list[str]:
    return [f"{one.entry.number} ({one.row.nip})" for one in read if one.number and one.number.problem]


def _led_twice(staff: Iterable[StaffRow]) -> Iterator[str]:
    count = Counter((row.unit, row.position) for row in staff if row.head and row.unit)
    for (unit, position), number in count.items():
        if number > 1:
            yield f"{unit}: {number} orang berjabatan {position} (so many people hold this position)"
