"""Who owes which document for which year, from the registry down."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from pipeline.audit.duties import FAR, Duties, Duty, later
from pipeline.audit.offices import FOR_GOOD
from pipeline.audit.positions import folds
from pipeline.audit.registry import RegistryRule, left
from pipeline.audit.rows import DutyRow, StaffRow
from pipeline.audit.seats import Seat
from pipeline.values import folded

OWED = "missing"
NEW, UNDATED = "new_official", "undated"


@dataclass(frozen=True, slots=True)
class Book:
    """What decides who owes what: the rules, the days of the budget, what day it is, since when we know."""

    duties: tuple[Duty, ...]
    settings: Duties
    registry: RegistryRule
    approved: Mapping[tuple[int, str | None], str]  # day of the DPA by year and unit id; None: any unit
    today: str
    known_since: str | None = None  # the day of the first load of the registry


@dataclass(frozen=True, slots=True)
class Claim:
    """What becomes of one duty of one seat for one year."""

    state: str
    reason: str | None = None
    due_on: str | None = None


def owed(seats: Iterable[Seat], book: Book, years: Iterable[int]) -> Iterator[DutyRow]:
    """What each person owes for each year, nothing of it settled yet; who owes nothing has the reason."""
    wanted = tuple(years)
    found: dict[tuple[str, str, int, str], DutyRow] = {}
    for seat in seats:
        for duty in book.duties:
            for year in wanted:
                claim = claimed(seat, duty, year, book)
                if claim is not None:
                    _keep(found, _row(seat, duty, year, claim), duty)
    yield from _named(found.values())


def _keep(found: dict[tuple[str, str, int, str], DutyRow], row: DutyRow, duty: Duty) -> None:
    """One row for a person and an office, or for a person alone; what is owed before what is not."""
    place = (row.office_id or "") if duty.each == "office" else ""
    key = (row.staff_id or "", row.type, row.year, place)
    known = found.get(key)
    if known is None or (known.state, row.state) == ("not_due", OWED):
        found[key] = row


def _named(rows: Iterable[DutyRow]) -> Iterator[DutyRow]:
    """The rows with ids that last: the person's first office of a year needs no name."""
    seen: set[str] = set()
    for row in rows:
        id_ = row.id if row.id not in seen else f"{row.id}/{row.office_id}"
        seen.add(id_)
        yield replace(row, id=id_)


def _row(seat: Seat, duty: Duty, year: int, claim: Claim) -> DutyRow:
    return DutyRow(
        id=f"{seat.staff.id}/{duty.type}/{year}",
        staff_id=seat.staff.id,
        position=seat.position,
        unit=seat.unit,
        type=duty.type,
        year=year,
        due_on=claim.due_on,
        state=claim.state,
        reason=claim.reason,
        unit_id=seat.unit_id,
        office_id=seat.office_id,
        level=seat.level,
        rule=duty.id,
        countersigned_by=seat.staff.superior if duty.countersigned.by == "superior" else None,
    )


# ---------------------------------------------------------------- one duty of one seat


def claimed(seat: Seat, duty: Duty, year: int, book: Book) -> Claim | None:
    """Whether the seat owes this for the year, and until when; None where the rule does not speak of it."""
    if not _in_force(duty, year) or not (_concerned(seat, duty) or seat.level in duty.later):
        return None
    if not _concerned(seat, duty) and not _extended(seat, duty, year):
        return Claim("not_due", "level")
    reason = _exempt(seat, duty, year, book.registry)
    if reason is not None:
        return Claim("not_due", reason)
    return _timed(seat, duty, year, book)


def _in_force(duty: Duty, year: int) -> bool:
    return (duty.valid_from or "") <= f"{year}-12-31" and (duty.valid_to or FAR) >= f"{year}-01-01"


def _concerned(seat: Seat, duty: Duty) -> bool:
    who, plain = duty.who, folded(seat.position or "")
    return (
        (who.heads and seat.head)
        or seat.level in who.levels
        or any(plain.startswith(begin) for begin in folds(who.positions))
    )


def _extended(seat: Seat, duty: Duty, year: int) -> bool:
    since = duty.later.get(seat.level or "")  # type: ignore[call-overload] # a level that is none has no day
    return bool(since) and since <= f"{year}-12-31"


def _exempt(seat: Seat, duty: Duty, year: int, registry: RegistryRule) -> str | None:
    """Why the person is not due whatever the day; None where they are."""
    if left(seat.staff.status, registry):
        return "leave" if folded(seat.staff.status or "") in folds(registry.leave.words) else "left"
    if (seat.since or "") > f"{year}-12-31":
        return "new"
    if not seat.in_year(year):
        return "left"
    if seat.capacity != FOR_GOOD and seat.capacity not in duty.who.acting:
        return "acting"
    return _kind(seat.staff, duty)


def _kind(staff: StaffRow, duty: Duty) -> str | None:
    kind, who = staff.kind, duty.who
    if kind in who.not_kinds or (who.kinds and kind is not None and kind not in who.kinds):
        return "elected" if kind == "elected" else "not_asn"
    return None


def _timed(seat: Seat, duty: Duty, year: int, book: Book) -> Claim:
    """Owed by a day, or not yet, or no longer."""
    due_on = _due_on(seat, duty, year, book)
    if _new(seat, duty, year, due_on):
        due_on = later(seat.since or "", duty.new.months)
        return Claim(OWED, NEW, due_on) if due_on <= book.today else Claim("not_due", "new", due_on)
    if due_on is not None and due_on > book.today:
        return Claim("not_due", "not_yet", due_on)
    if due_on is not None and seat.until is not None and seat.until <= due_on:
        return Claim("not_due", "left", due_on)
    return Claim(OWED, UNDATED if _undated(seat, year, book) else None, due_on)


def _due_on(seat: Seat, duty: Duty, year: int, book: Book) -> str | None:
    """The last day; None where it is not known, and nobody can be late."""
    if duty.due.after == "day":
        return f"{year}-{duty.due.day}" if duty.due.day else None
    if duty.due.after == "appointment":
        return later(seat.since, duty.due.months) if seat.since else None
    if duty.due.after == "none":
        return None
    approved = book.approved.get((year, seat.unit_id)) or book.approved.get((year, None))
    return later(approved, duty.due.months) if approved else None


def _new(seat: Seat, duty: Duty, year: int, due_on: str | None) -> bool:
    """Whether the person took office when the others had signed already."""
    return (seat.since or "") > (due_on or f"{year}-{duty.new.since}")


def _undated(seat: Seat, year: int, book: Book) -> bool:
    """Whether the registry says nothing of that time: no day of taking office, and it is much younger."""
    if seat.since or not book.known_since:
        return False
    return year < int(book.known_since[:4]) - book.settings.undated_years
