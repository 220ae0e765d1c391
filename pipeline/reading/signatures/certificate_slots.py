"""The electronic signatures of a file in the places where people have to sign: whose is which."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from pipeline.rules import Lexicon
from pipeline.schema import Agreement, Box, Certificate, Signature
from pipeline.values import person
from pipeline.values.names import Gap, gap

LETTERS_PER_SLIP, LETTERS_PER_DOUBT = 8, 4  # as in rules/match.toml
SAME: tuple[Gap, ...] = (
    "same",
    "shorter",
    "slip",
    "spelling",
)  # closest first
STATES = ("valid", "changed", "broken", None)  # best first
SURE, UNSURE = 0.99, 0.5
METHOD = "certificate"
Owners = Mapping[int, Sequence[int]]  # certificates by party, the best first


def signed(
    agreements: Sequence[Agreement], found: Sequence[Certificate], words: Lexicon
) -> tuple[Agreement, ...]:
    """The agreements with what the certificates of their file say of each place to sign.

    A certificate is of the person whose name it holds; where it names nobody who signs, of the one in whose
    place it is shown. It holds for the statement and the annex alike: what is signed is the file. One that
    belongs nowhere accuses nobody: an empty place is then `unclear`.
    """
    if not found:
        return tuple(agreements)
    owners = [_owners(agreement, found, words) for agreement in agreements]
    named = {at for owned in owners for held in owned.values() for at in held}
    free = [at for at in range(len(found)) if at not in named]
    placed = [
        _placed(agreement, owned, found, free, words)
        for agreement, owned in zip(agreements, owners, strict=True)
    ]
    used = {s.certificate for agreement in placed for s in agreement.signatures}
    left = [at for at in free if at not in used]
    return tuple(_doubted(agreement, left, found) for agreement in placed) if left else tuple(placed)


def _owners(agreement: Agreement, found: Sequence[Certificate], words: Lexicon) -> Owners:
    """The certificates whose holder is a party, by the index of the party."""
    held: dict[int, list[int]] = {}
    for at, one in enumerate(agreement.parties):
        printed = [
            f.data for f in (one.name, *(f for name, f in one.also if name == "name")) if f is not None
        ]
        alike = {n: _closest(c.certificate_name, printed, words) for n, c in enumerate(found)}
        mine = [(rank, STATES.index(found[n].intact), n) for n, rank in alike.items() if rank is not None]
        if mine:
            held[at] = [n for _, _, n in sorted(mine)]
    return held


def _closest(holder: str | None, printed: Iterable[object], words: Lexicon) -> int | None:
    """How close a holder is to one of the printed forms of a name, 0 the closest; None for another person."""
    return min((SAME.index(g) for g in _gaps(holder, printed, words) if g in SAME), default=None)


def _gaps(holder: str | None, printed: Iterable[object], words: Lexicon) -> list[Gap]:
    """How the name of a holder differs from each of the printed names; none where one says nothing."""
    one = person(holder or "", words=words)
    others = [found for found in (person(str(p), words=words) for p in printed if p) if found is not None]
    if one is None:
        return []
    return [
        gap(one.key, other.key, letters_per_slip=LETTERS_PER_SLIP, letters_per_doubt=LETTERS_PER_DOUBT)
        for other in others
    ]


# ---------------------------------------------------------------- places


def _placed(
    agreement: Agreement, owners: Owners, found: Sequence[Certificate], free: Sequence[int], words: Lexicon
) -> Agreement:
    shown = {slot.party: at for slot in agreement.signatures for at in _shown_in(slot, found, free)}
    slots = [_holding(slot, owners, shown, found, words) for slot in agreement.signatures]
    return replace(agreement, signatures=tuple(slots))


def _shown_in(slot: Signature, found: Sequence[Certificate], free: Sequence[int]) -> Iterator[int]:
    """Those of the `free` certificates that are shown in a slot."""
    box = _box(slot)
    for at in free:
        place = _box(found[at])
        if box is not None and place is not None and found[at].page == slot.page and _meet(box, place):
            yield at


def _box(of: Signature | Certificate) -> Box | None:
    if of.x0 is None or of.top is None or of.x1 is None or of.bottom is None:
        return None
    return Box(of.x0, of.top, of.x1, of.bottom)


def _meet(slot: Box, place: Box) -> bool:
    """Whether a certificate is shown in a slot: the middle of the one lies in the other."""
    return slot.holds(place) or place.holds(slot)


def _holding(
    slot: Signature,
    owners: Owners,
    shown: Mapping[int | None, int],
    found: Sequence[Certificate],
    words: Lexicon,
) -> Signature:
    held = owners.get(slot.party, ()) if slot.party is not None else ()
    if held:
        return replace(_with(slot, held[0], found[held[0]]), own=1)
    if slot.party not in shown:
        return slot
    at = shown[slot.party]
    gaps = _gaps(found[at].certificate_name, [slot.name], words)
    return replace(_with(slot, at, found[at]), own=0 if gaps and set(gaps) == {"other"} else None)


def _with(slot: Signature, at: int, one: Certificate) -> Signature:
    """The slot signed by a certificate; `intact`, `trusted` and the name say whether that still holds."""
    checked = one.intact is not None
    return replace(
        slot,
        state="signed" if checked else "unclear",
        method=METHOD,
        intact=one.intact,
        trusted=one.trusted,
        certificate_name=one.certificate_name,
        signed_at=one.signed_at,
        confidence=SURE if checked else UNSURE,
        certificate=at,
    )


def _doubted(agreement: Agreement, left: Sequence[int], found: Sequence[Certificate]) -> Agreement:
    """The agreement, its empty places in doubt where certificates of the file belong to nobody who signs."""
    empty = [slot for slot in agreement.signatures if slot.state == "missing" and slot.required]
    people = {slot.party for slot in empty}
    sole = left[0] if len(left) == 1 and len(people) == 1 else None
    slots = (_doubt(s, sole, found) if s in empty else s for s in agreement.signatures)
    return replace(agreement, signatures=tuple(slots))


def _doubt(slot: Signature, sole: int | None, found: Sequence[Certificate]) -> Signature:
    named = slot if sole is None else _with(slot, sole, found[sole])
    return replace(named, state="unclear", method=METHOD, confidence=UNSURE)
