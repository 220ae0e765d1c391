"""One load of the registry after another: what changed, and what the two say together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Literal, TypeVar

from pipeline.audit.offices import office_id
from pipeline.audit.registry import Registry, RegistryRule, left
from pipeline.audit.rows import ChangeRow, OfficeRow, StaffRow, TenureRow, UnitRow
from pipeline.errors import InputError
from pipeline.rules import Lexicon
from pipeline.values import folded

R = TypeVar("R", UnitRow, OfficeRow)
Way = Literal["whole", "part", "anew"]
BY_LOAD = "load"
_Seat = tuple[str, str, str]  # person, office, capacity


@dataclass(frozen=True, slots=True)
class Held:
    """A registry as the database holds it, with what the loads before have left."""

    staff: tuple[StaffRow, ...]
    units: tuple[UnitRow, ...]
    offices: tuple[OfficeRow, ...]
    tenures: tuple[TenureRow, ...]


@dataclass(frozen=True, slots=True)
class Merged:
    """What the database is to hold after a load, and what the load changed."""

    held: Held
    changes: tuple[ChangeRow, ...]


@dataclass(frozen=True, slots=True)
class _Pair:
    """The registry before and the one loaded now, person by person, and units that have a new name."""

    before: Mapping[str, StaffRow]
    now: Mapping[str, StaffRow]
    renumbered: Mapping[str, str]  # old id, new id
    units: Mapping[str, str]  # old id, new id
    words: Lexicon
    rule: RegistryRule


def merged(
    held: Held, registry: Registry, as_of: str, way: Way, words: Lexicon, rule: RegistryRule
) -> Merged:
    """The registry of the day `as_of` laid over what is held. Nobody is forgotten: who left stays, unlisted.

    `part`: people of units that the load does not have stay listed. `anew`: what was held goes.
    Raises InputError where most people would leave: then the load is probably of another office.
    """
    if way == "anew" or not held.staff:
        return Merged(Held(registry.staff, registry.units, registry.offices, registry.tenures), ())
    pair = _pair(held, registry, way, words, rule)
    _refuse_another(pair, rule)
    return Merged(
        Held(
            staff=tuple(_staff(pair, as_of)),
            units=_by_id(held.units, registry.units),
            offices=_by_id(held.offices, registry.offices),
            tenures=tuple(_tenures(held, registry, pair, as_of)),
        ),
        tuple(_changes(pair, {unit.id: unit.name for unit in (*held.units, *registry.units)})),
    )


def _pair(held: Held, registry: Registry, way: Way, words: Lexicon, rule: RegistryRule) -> _Pair:
    now = {row.id: row for row in registry.staff}
    before = {row.id: row for row in held.staff}
    if way == "part":
        here = {row.unit_id for row in registry.staff}
        now |= {id_: row for id_, row in before.items() if id_ not in now and row.unit_id not in here}
    gone = {_self(row): id_ for id_, row in before.items() if row.listed and id_ not in now}
    fresh = {_self(row): id_ for id_, row in now.items() if id_ not in before}
    renumbered = {gone[key]: fresh[key] for key in gone.keys() & fresh.keys()}
    return _Pair(before, now, renumbered, _unit_names(before, now), words, rule)


def _self(row: StaffRow) -> tuple[str | None, ...]:
    return (folded(row.name), folded(row.position or ""), row.unit_id)


def _refuse_another(pair: _Pair, rule: RegistryRule) -> None:
    listed = [id_ for id_, row in pair.before.items() if row.listed]
    gone = [id_ for id_ in listed if id_ not in pair.now and id_ not in pair.renumbered]
    if len(gone) > rule.loads.most * len(listed):
        raise InputError(
            f"{len(gone)} dari {len(listed)} orang tidak ada di berkas ini. Bila berkas memuat sebagian saja "
            "unit-unitnya: pakta registry load --part; bila ini menggantikan seluruh daftar: --anew / "
            f"{len(gone)} of {len(listed)} people are not in this file: --part if it holds some units only, "
            "--anew if it takes the place of the whole registry"
        )


def _unit_names(before: Mapping[str, StaffRow], now: Mapping[str, StaffRow]) -> dict[str, str]:
    """Units that vanish and whose people are all found again in one unit that was not there."""
    old = {row.unit_id for row in before.values() if row.listed and row.unit_id}
    new = {row.unit_id for row in now.values() if row.unit_id}
    went: dict[str, Counter[str]] = {}
    for id_, row in before.items():
        if row.listed and row.unit_id and row.unit_id not in new and id_ in now and now[id_].unit_id:
            went.setdefault(row.unit_id, Counter())[now[id_].unit_id or ""] += 1
    alone = {unit: next(iter(where)) for unit, where in went.items() if len(where) == 1}
    return {
        unit: name
        for unit, name in alone.items()
        if name not in old and 2 * _stayed(unit, name, before, now) >= went[unit].total()
    }


def _stayed(unit: str, name: str, before: Mapping[str, StaffRow], now: Mapping[str, StaffRow]) -> int:
    """How many who went from one unit into the other do there what they did before."""
    rows = ((row, now.get(id_)) for id_, row in before.items() if row.listed and row.unit_id == unit)
    pairs = ((_post_under(row, unit, name), new) for row, new in rows if new is not None)
    return sum(position == folded(new.position or "") for position, new in pairs)


def _post_under(row: StaffRow, unit: str, name: str) -> str:
    return folded(row.position or "").replace(unit, name)


# ---------------------------------------------------------------- people


def _staff(pair: _Pair, as_of: str) -> Iterator[StaffRow]:
    yield from pair.now.values()
    for id_, row in pair.before.items():
        if id_ not in pair.now and id_ not in pair.renumbered:
            ended = row.valid_to or (as_of if row.listed else None)
            yield replace(row, listed=0, valid_to=ended, superior=None, superior_by=None)


def _by_id(before: Iterable[R], now: Iterable[R]) -> tuple[R, ...]:
    return tuple(({row.id: row for row in before} | {row.id: row for row in now}).values())


def _tenures(held: Held, registry: Registry, pair: _Pair, as_of: str) -> Iterator[TenureRow]:
    """The tenures that the load names; those before that it does not name have ended by its day."""
    lasting = {_seat(one): one for one in held.tenures if not one.valid_to}
    now = [_dated(one, lasting, pair, as_of) for one in registry.tenures]
    yield from now
    ids, seats = {one.id for one in now}, {_seat(one) for one in now}
    for one in held.tenures:
        again = one.id in ids or one.staff_id in pair.renumbered
        if again or (_seat(one) in seats and not one.valid_to):
            continue
        listed = pair.now.get(one.staff_id)
        stays = listed is not None and listed is pair.before.get(one.staff_id)
        yield one if one.valid_to or stays else replace(one, valid_to=as_of, origin=BY_LOAD)


def _dated(one: TenureRow, lasting: Mapping[_Seat, TenureRow], pair: _Pair, as_of: str) -> TenureRow:
    """The tenure with its beginning: the registry's own, the one known before, or the day of this load."""
    if one.valid_from or one.valid_to or one.staff_id in pair.renumbered.values():
        return one
    return lasting.get(_seat(one)) or replace(one, id=f"{one.id}{as_of}", valid_from=as_of, origin=BY_LOAD)


def _seat(one: TenureRow) -> _Seat:
    return (one.staff_id, one.office_id, one.capacity)


# ---------------------------------------------------------------- changes


def _changes(pair: _Pair, names: Mapping[str, str]) -> Iterator[ChangeRow]:
    for old, new in pair.units.items():
        yield ChangeRow("unit_renamed", None, names[new], names[old], names[new])
    for old, new in pair.renumbered.items():
        yield ChangeRow("renumbered", new, pair.now[new].name, old, new)
    for id_, row in pair.now.items():
        was = pair.before.get(id_)
        if was is None and id_ in pair.renumbered.values():
            continue
        if was is None or not was.listed:
            yield ChangeRow("new", id_, row.name, None, _post(row))
        else:
            yield from _changed(was, row, pair)
    for id_, row in pair.before.items():
        if (
            row.listed
            and id_ not in pair.now
            and id_ not in pair.renumbered
            and not left(row.status, pair.rule)
        ):
            yield ChangeRow("left", id_, row.name, _post(row), None)


def _changed(was: StaffRow, row: StaffRow, pair: _Pair) -> Iterator[ChangeRow]:
    if left(row.status, pair.rule) and not left(was.status, pair.rule):
        yield ChangeRow("left", row.id, row.name, _post(was), row.status)
    if folded(was.name) != folded(row.name):
        yield ChangeRow("renamed", row.id, row.name, was.name, row.name)
    if _office(was, pair) != _office(row, pair) and not _by_new_name(was, row, pair):
        yield ChangeRow("moved", row.id, row.name, _post(was), _post(row))


def _office(row: StaffRow, pair: _Pair) -> tuple[str, str]:
    return office_id(row.position or "", row.unit_id, pair.words), folded(row.position or "")


def _by_new_name(was: StaffRow, row: StaffRow, pair: _Pair) -> bool:
    """Whether the unit has a new name and nothing else is new."""
    unit = was.unit_id or ""
    if pair.units.get(unit) != row.unit_id:
        return False
    return _post_under(was, unit, row.unit_id or "") == folded(row.position or "")


def _post(row: StaffRow) -> str:
    return ", ".join(part for part in (row.position, row.unit) if part)
