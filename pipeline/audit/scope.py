"""Which units are under audit in which year: those asked for, those that have papers here, or all."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from pipeline.audit.duties import ScopeRule
from pipeline.audit.rows import DutyRow, UnitRow
from pipeline.audit.units import UnitIndex
from pipeline.errors import UsageError
from pipeline.values import folded

ASKED, FILES, WHOLE, OUTSIDE = "asked", "files", "whole", "outside"


@dataclass(frozen=True, slots=True)
class Papers:
    """How many agreements each unit has for a year, by the people who promise in them."""

    count: Mapping[tuple[str, int], int]

    def of(self, year: int) -> Counter[str]:
        """The agreements of the year by unit."""
        return Counter({unit: number for (unit, when), number in self.count.items() if when == year})


@dataclass(frozen=True, slots=True)
class Scope:
    """Why each unit is under audit, by unit and year; who asked asks for all years."""

    asked: frozenset[str]
    years: Mapping[tuple[str, int], str]

    def of(self, unit_id: str | None, year: int) -> str:
        """One of asked, files, whole and outside. Somebody without a unit is under audit with all."""
        if self.asked:
            return ASKED if unit_id in self.asked else OUTSIDE
        return self.years.get((unit_id or "", year), OUTSIDE)


def scope(
    duties: Iterable[DutyRow], papers: Papers, rule: ScopeRule, asked: Iterable[str], index: UnitIndex
) -> Scope:
    """What is under audit. Raises UsageError for a unit asked for that the registry does not have."""
    wanted = frozenset(_below(ids(asked or rule.units, index), index))
    owing: dict[int, set[str]] = defaultdict(set)
    for row in duties:
        if row.state != "not_due":
            owing[row.year].add(row.unit_id or "")
    alone = len(set().union(*owing.values())) == 1
    found: dict[tuple[str, int], str] = {}
    for year, units in owing.items():
        here = _with_papers(papers.of(year), rule)
        whole = alone or len(units & here) >= rule.whole * len(units)
        for unit in units | here:
            found[unit, year] = WHOLE if whole else FILES if unit in here else OUTSIDE
    return Scope(wanted, found)


def _with_papers(count: Counter[str], rule: ScopeRule) -> set[str]:
    least = rule.unit_share * max(count.values(), default=0)
    return {unit for unit, number in count.items() if number >= least}


def ids(names: Iterable[str], index: UnitIndex) -> Iterator[str]:
    """The units of these names, also abbreviated, or ids. Raises UsageError for one that is none."""
    words = {said: unit for unit, said in index.words.items()}
    for name in names:
        known = name if name in index.words else index.names.get(folded(name))
        found = known or words.get(index.spelling.of(name))
        if found is None:
            raise UsageError(
                f"unit '{name}' tidak ada di daftar pegawai; lihat: pakta coverage --by unit / "
                "there is no such unit in the registry"
            )
        yield found


def _below(units: Iterable[str], index: UnitIndex) -> Iterator[str]:
    """The units and all below them."""
    wanted = set(units)
    more = wanted
    while more:
        more = {unit for unit, above in index.parents.items() if above in wanted} - wanted
        wanted |= more
    yield from wanted


def within(duties: Iterable[DutyRow], found: Scope) -> Iterator[DutyRow]:
    """The duties, each marked whether it is under audit."""
    for row in duties:
        yield replace(row, scope=int(found.of(row.unit_id, row.year) != OUTSIDE))


def marked(units: Iterable[UnitRow], duties: Iterable[DutyRow], found: Scope) -> Iterator[UnitRow]:
    """The units with the best reason of any year for which they are under audit."""
    order = (ASKED, WHOLE, FILES, OUTSIDE)
    years = {row.year for row in duties}
    for unit in units:
        reasons = {found.of(unit.id, year) for year in years} or {OUTSIDE}
        yield replace(unit, scope=min(reasons, key=order.index))
