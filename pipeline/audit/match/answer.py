"""A verdict for each party: a person surely recognised, somebody to be confirmed, or nobody."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pipeline.audit.match.index import StaffIndex
from pipeline.audit.match.judged import Judged, band_of, judged
from pipeline.audit.match.learned import NOTHING, Decided, Learned
from pipeline.audit.match.printed import Printed, printed
from pipeline.audit.match.reasons import nobody, reasons
from pipeline.audit.rows import MatchRow, PartyRow


def match(parties: Iterable[PartyRow], staff: StaffIndex, learned: Learned = NOTHING) -> Iterator[MatchRow]:
    """A row for each party with a readable name: whom it is taken for, how surely, and why, in Indonesian.

    What a person has decided comes before everything.
    """
    for party in parties:
        decided = learned.decided.get(party.id)
        one = None if decided else printed(party, staff, learned)
        if decided:
            yield _decided(party, decided, staff)
        elif one:
            yield answer(one, staff)


def _decided(party: PartyRow, decided: Decided, staff: StaffIndex) -> MatchRow:
    said = staff.bands.reasons["decided"].format(who=decided.who)
    verdict = "match" if decided.staff_id else "none"
    return MatchRow(party.id, decided.staff_id, 1.0, verdict, said)


def answer(one: Printed, staff: StaffIndex) -> MatchRow:
    """The likeliest person, if they are likely enough and agree in what match.toml demands; else nobody."""
    found = judged(one, staff)
    band = band_of(found[0], staff.bands.band) if found else None
    if band is None:
        return MatchRow(one.party.id, None, 0.0, "none", nobody(one, staff))
    best, rivals = found[0], _rivals(found)
    said = "; ".join(reasons(one, best, rivals, staff))
    placed = None if best.row["place_unprinted"] else round(best.row["place"], 3)
    return MatchRow(
        one.party.id, best.known.row.id, round(best.chance, 4), band.verdict, said, placed, rivals
    )


def _rivals(found: list[Judged]) -> int:
    """How many others are about as likely as the best: namesakes whom nothing printed tells apart."""
    return sum(other.chance >= found[0].chance / 3 for other in found[1:])
