"""A verdict for each party: a person surely recognised, somebody to be confirmed, or nobody."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pipeline.audit.match.compare import AGREES, place
from pipeline.audit.match.index import StaffIndex
from pipeline.audit.match.judged import Judged, band_of, judged
from pipeline.audit.match.learned import NOTHING, Decided, Learned
from pipeline.audit.match.printed import Printed, printed, unread
from pipeline.audit.match.reasons import nobody, reasons
from pipeline.audit.rows import MatchRow, PartyRow


def match(parties: Iterable[PartyRow], staff: StaffIndex, learned: Learned = NOTHING) -> Iterator[MatchRow]:
    """A row for each party with a readable name: whom it is taken for, how surely, and why, in Indonesian.

    One whose name cannot be read has a row where number and position are those of somebody. What a person has
    decided comes before everything.
    """
    for party in parties:
        decided = learned.decided.get(party.id)
        one = None if decided else printed(party, staff, learned)
        if decided:
            yield _decided(party, decided, staff)
        elif one:
            yield answer(one, staff)
        elif (nameless := unread(party, staff)) and (found := _by_number(nameless, staff)):
            yield found


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


def _by_number(one: Printed, staff: StaffIndex) -> MatchRow | None:
    """Whose number is printed, and position too; nobody where only one of them is."""
    at = next((staff.numbers[nip] for nip in one.nips if nip in staff.numbers), None)
    if at is None:
        return None
    known, says = staff.people[at], staff.bands.reasons
    held = (post for post in known.posts if post.held(one.party.signed_on))
    agrees = max((place(one, post, staff) for post in held), default=0.0)
    said = "; ".join(says[reason] for reason in ("nip_same", "name_unread", "place_same"))
    row = MatchRow(one.party.id, known.row.id, staff.bands.unread, "match", said, round(agrees, 3), 0)
    return row if agrees >= AGREES else None


def _rivals(found: list[Judged]) -> int:
    """How many others are about as likely as the best: namesakes whom nothing printed tells apart."""
    return sum(other.chance >= found[0].chance / 3 for other in found[1:])
