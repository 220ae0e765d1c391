"""The rows that the audit reads and makes: a frozen record for each published table it touches."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class StaffRow:
    """A person of the registry."""

    id: str
    nip: str | None
    name: str
    front_titles: str | None = None
    back_titles: str | None = None
    position: str | None = None
    unit: str | None = None
    unit_id: str | None = None
    rank: str | None = None
    kind: str | None = None
    status: str | None = None
    head: int = 0
    superior: str | None = None
    valid_from: str | None = None
    valid_to: str | None = None
    superior_by: str | None = None
    listed: int = 1


@dataclass(frozen=True, slots=True)
class UnitRow:
    """A unit of the registry."""

    id: str
    name: str
    parent_id: str | None = None
    scope: str | None = None


@dataclass(frozen=True, slots=True)
class OfficeRow:
    """A position in a unit."""

    id: str
    position: str
    unit_id: str
    level: str | None = None
    head: int = 0
    superior_id: str | None = None
    superior_by: str | None = None


@dataclass(frozen=True, slots=True)
class TenureRow:
    """Who held an office from when to when; None where a bound is not known, or the tenure lasts."""

    id: str
    staff_id: str
    office_id: str
    position: str
    unit: str | None = None
    capacity: str = "definitive"
    valid_from: str | None = None
    valid_to: str | None = None
    origin: str = "registry"


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """What a load of the registry changed: `kind` is one of schema.CHANGES."""

    kind: str
    staff_id: str | None
    name: str
    before: str | None = None
    after: str | None = None


@dataclass(frozen=True, slots=True)
class UnitLinkRow:
    """Which unit of the registry the unit printed on an agreement is."""

    agreement_id: str
    printed: str | None
    unit_id: str | None
    score: float
    verdict: str
    reasons: str


@dataclass(frozen=True, slots=True)
class PartyRow:
    """What matching needs of a party: as printed, the NIP as digits; `names`, `nips` are other readings."""

    id: str
    name: str | None
    position: str | None = None
    nip: str | None = None
    unit: str | None = None
    signed_on: str | None = None
    names: tuple[str, ...] = ()
    nips: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class MatchRow:
    """Which person of the registry a party is; `score` from 0 to 1, `staff_id` None for nobody."""

    party_id: str
    staff_id: str | None
    score: float
    verdict: str
    reasons: str
    place: float | None = None
    rivals: int = 0


@dataclass(frozen=True, slots=True)
class DutyRow:
    """A document that somebody owes for a year: a row of the table obligations."""

    id: str
    staff_id: str | None
    position: str | None
    unit: str | None
    type: str
    year: int
    due_on: str | None = None
    agreement_id: str | None = None
    in_force_id: str | None = None
    state: str = "missing"
    reason: str | None = None
    unit_id: str | None = None
    office_id: str | None = None
    level: str | None = None
    rule: str | None = None
    countersigned_by: str | None = None
    scope: int = 1


@dataclass(frozen=True, slots=True)
class FindingRow:
    """What a check holds against an agreement or a person. A doubt is the same without its last three."""

    id: str
    check_id: str
    severity: str
    agreement_id: str | None
    party_id: str | None
    staff_id: str | None
    message: str
    message_en: str
    page: int | None = None
    x0: float | None = None
    top: float | None = None
    x1: float | None = None
    bottom: float | None = None
    crop: str | None = None
    state: str = "open"
    first_run: int | None = None
    last_run: int | None = None
