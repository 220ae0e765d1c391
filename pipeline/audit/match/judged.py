"""A candidate weighed: measures, chance, and the words for how number and name differ."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from pipeline.audit.match.candidates import candidates
from pipeline.audit.match.chance import chances
from pipeline.audit.match.compare import differ, digits_off, measured
from pipeline.audit.match.features import CANDIDATE
from pipeline.audit.match.index import Known, StaffIndex
from pipeline.audit.match.printed import Printed
from pipeline.audit.match.rule import NAMES, Band, Digits
from pipeline.values.names import Gap


@dataclass(frozen=True, slots=True)
class Judged:
    """A candidate, what speaks for it, and how likely it is."""

    known: Known
    row: Mapping[str, float]
    chance: float
    nip: Digits
    name: Gap


def judged(one: Printed, staff: StaffIndex) -> list[Judged]:
    """The candidates for a party, the likeliest first."""
    found = [staff.people[at] for at in candidates(one, staff)]
    rows = [measured(one, known, staff) for known in found]
    weighed = zip(chances(one, rows, staff), rows, found, strict=True)
    ordered = sorted(weighed, key=lambda part: (-part[0], part[2].row.id))
    return [
        _judged(one, known, dict(zip(CANDIDATE, row, strict=True)), chance, staff)
        for chance, row, known in ordered
        if chance >= staff.bands.rival
    ]


def _judged(one: Printed, known: Known, row: Mapping[str, float], chance: float, staff: StaffIndex) -> Judged:
    return Judged(known, row, chance, _digits(one, known, staff), _gap(one, known, row, staff))


def band_of(best: Judged, bands: Sequence[Band]) -> Band | None:
    """The first band that a candidate fits into."""
    return next(iter(_fitting(best, bands)), None)


def _fitting(best: Judged, bands: Sequence[Band]) -> Iterator[Band]:
    for band in bands:
        if (
            best.nip in band.nip
            and best.name in band.name
            and best.chance >= band.chance
            and best.row["place"] >= band.place
            and (not band.unit or (best.row["place_unprinted"] and best.row["unit"] >= band.unit))
        ):
            yield band


def _digits(one: Printed, known: Known, staff: StaffIndex) -> Digits:
    if not one.nips or not known.row.nip:
        return "none"
    off = min(digits_off(nip, known.row.nip) for nip in one.nips)
    return "same" if off == 0 else "near" if off <= staff.bands.near_digits else "other"


def _gap(one: Printed, known: Known, row: Mapping[str, float], staff: StaffIndex) -> Gap:
    """How the names differ; a name decided to be this person's is the same.

    One whose every word stands in the other, misread or cut, is at least alike.
    """
    if row["alias"]:
        return "same"
    gaps = [differ(" ".join(words), " ".join(known.words), staff.bands) for words in one.names]
    best = min(gaps, key=NAMES.index)
    worded = row["name_rarity"] + row["name_near_rarity"] > 0 and not row["name_added"] + row["name_clash"]
    return "alike" if best == "other" and worded else best
