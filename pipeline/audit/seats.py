"""Who sat where in which year: people in the offices they held, as obligations are counted from."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from pipeline.audit.offices import FOR_GOOD
from pipeline.audit.positions import level
from pipeline.audit.rows import OfficeRow, StaffRow, TenureRow
from pipeline.rules import Lexicon


@dataclass(frozen=True, slots=True)
class Seat:
    """A person in an office from a day to a day; None where that is not known, or it lasts."""

    staff: StaffRow
    position: str | None
    unit: str | None
    unit_id: str | None
    office_id: str | None
    head: bool
    level: str | None
    capacity: str = FOR_GOOD
    since: str | None = None
    until: str | None = None

    def in_year(self, year: int) -> bool:
        """Whether some day of the year may lie in it."""
        return (self.since or "") <= f"{year}-12-31" and (self.until or "9999") >= f"{year}-01-01"


def seats(
    staff: Iterable[StaffRow],
    tenures: Iterable[TenureRow],
    offices: Mapping[str, OfficeRow],
    words: Lexicon,
) -> Iterator[Seat]:
    """Every office of everybody, the present one first; who has no office sits by their own position."""
    held: dict[str, list[TenureRow]] = defaultdict(list)
    for one in tenures:
        held[one.staff_id].append(one)
    for row in staff:
        found = sorted(held.get(row.id, ()), key=lambda one: (one.position != row.position, one.id))
        if found:
            yield from (_seat(row, one, offices[one.office_id]) for one in found if one.office_id in offices)
        else:
            yield _bare(row, words)


def _seat(row: StaffRow, one: TenureRow, office: OfficeRow) -> Seat:
    return Seat(
        staff=row,
        position=one.position,
        unit=one.unit,
        unit_id=office.unit_id,
        office_id=office.id,
        head=bool(office.head),
        level=office.level,
        capacity=one.capacity,
        since=one.valid_from,
        until=one.valid_to,
    )


def _bare(row: StaffRow, words: Lexicon) -> Seat:
    return Seat(
        staff=row,
        position=row.position,
        unit=row.unit,
        unit_id=row.unit_id,
        office_id=None,
        head=bool(row.head),
        level=level(row.position, words),
        since=row.valid_from,
        until=row.valid_to,
    )
