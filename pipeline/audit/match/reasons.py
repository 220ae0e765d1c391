"""Why a party is taken for somebody, in words that a clerk understands."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.audit.match.compare import AGREES, DIFFERS, digits_off
from pipeline.audit.match.index import StaffIndex
from pipeline.audit.match.judged import Judged
from pipeline.audit.match.printed import Printed


def reasons(one: Printed, best: Judged, rivals: int, staff: StaffIndex) -> Iterator[str]:
    """What agrees and what does not, most telling first."""
    says = staff.bands.reasons
    yield from _number(one, best, staff)
    yield says[f"name_{best.name}"]
    yield _place(one, best, staff)
    if best.row["sex_other"]:
        yield says["sex_other"]
    if best.row["alias"]:
        yield says["alias"]
    if rivals:
        yield says["rivals"].format(count=rivals)


def _number(one: Printed, best: Judged, staff: StaffIndex) -> Iterator[str]:
    says, registered = staff.bands.reasons, best.known.row.nip or ""
    if best.nip == "near":
        yield says["nip_near"].format(count=min(digits_off(nip, registered) for nip in one.nips))
    elif best.nip == "other":
        yield whose(one.nips[0], staff)
    else:
        yield says[f"nip_{best.nip}"]


def _place(one: Printed, best: Judged, staff: StaffIndex) -> str:
    says = staff.bands.reasons
    if not one.party.position:
        return says["place_unknown"]
    if best.row["place_unprinted"] and one.said:
        return says["place_undated"]
    if best.row["acting"]:
        return says["place_acting"]
    place = best.row["place"]
    return says["place_same" if place >= AGREES else "place_part" if place >= DIFFERS else "place_none"]


def whose(nip: str, staff: StaffIndex) -> str:
    """Whose a number is that is not this person's."""
    says, at = staff.bands.reasons, staff.numbers.get(nip)
    return says["nip_unknown"] if at is None else says["nip_owner"].format(other=staff.people[at].row.name)


def nobody(one: Printed, staff: StaffIndex) -> str:
    """Why nobody is named."""
    said = staff.bands.reasons["nobody"]
    return f"{said}; {whose(one.nips[0], staff)}" if one.nips else said
