"""What claims to be an electronic signature and is none: codes and badges in places to sign, and footers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from pipeline.reading.leaf import Leaf
from pipeline.reading.phrases import says
from pipeline.reading.signatures.qr import Sighting
from pipeline.rules import Lexicon, TypeRule
from pipeline.schema import Agreement, Box, Signature

METHOD = "qr"
MISREAD = 85  # per cent that a misread badge is like one that is known
SURELY = 94  # and a footer: "dokumen yang ditandatangani secara elektronik" is an indicator
NEAR = 25.0  # points between a badge and the place it is in
BESIDE = 40.0  # points that a badge may be wider than the place, on each side
SURE, CLAIMED, COVERED = 0.8, 0.6, 0.5  # how sure: a code was read, a badge says so, only the footer does


@dataclass(frozen=True, slots=True)
class Claim:
    """A line that speaks of an electronic signature. `whole`: of that of the document."""

    page: int
    box: Box
    whole: bool


def claims(leaves: Iterable[Leaf], words: Lexicon) -> Iterator[Claim]:
    """The lines of pages that speak of electronic signatures, in points of the upright page."""
    for leaf in leaves:
        for line in leaf.lines:
            for run in line.runs:
                whole = says(run.text, words.labels.claim, SURELY) is not None
                if whole or says(run.text, words.labels.electronic, MISREAD) is not None:
                    yield Claim(leaf.number, run.box, whole)


def places(agreements: Iterable[Agreement]) -> Mapping[int, list[Box]]:
    """The places to sign on each page."""
    found: dict[int, list[Box]] = {}
    for agreement in agreements:
        for slot in agreement.signatures:
            box = _box(slot)
            if box is not None:
                found.setdefault(slot.page, []).append(box)
    return found


def claimed(
    agreements: Iterable[Agreement],
    seen: Sequence[Sighting],
    said: Sequence[Claim],
    types: Sequence[TypeRule],
    *,
    original: bool,
) -> Iterator[Agreement]:
    """The agreements with every claim in its place: `unclear`, since only the original file can tell.

    Where the document as a whole claims to be signed, and nobody of the same standing signed where it can be
    seen, an empty place accuses nobody either; in the `original`, which holds certificates, those tell.
    """
    many = {rule.role for kind in types for rule in kind.party if rule.many}
    for agreement in agreements:
        slots = _marked(agreement, seen, said)
        if not original:
            slots = list(_covered(agreement, slots, said, many))
        yield replace(agreement, signatures=tuple(slots))


def _box(slot: Signature) -> Box | None:
    if slot.x0 is None or slot.top is None or slot.x1 is None or slot.bottom is None:
        return None
    return Box(slot.x0, slot.top, slot.x1, slot.bottom)


# ---------------------------------------------------------------- in a place


def _marked(agreement: Agreement, seen: Sequence[Sighting], said: Sequence[Claim]) -> list[Signature]:
    """The slots with the code or the badge that stands in each."""
    slots = list(agreement.signatures)
    for claim in said:
        at = _nearest(slots, claim.page, claim.box)
        if at is not None:
            slots[at] = replace(slots[at], state="unclear", method=METHOD, confidence=CLAIMED)
    for number, sighting in enumerate(seen):
        at = _nearest(slots, sighting.page, sighting.box)
        if at is not None:
            slots[at] = replace(slots[at], state="unclear", method=METHOD, confidence=SURE, code=number)
    return slots


def _nearest(slots: Sequence[Signature], page: int, box: Box) -> int | None:
    """The slot that a badge stands in or right beside; None for none."""
    found = [
        (_apart(place, box), -_shared(place, box), at)
        for at, place in enumerate(map(_box, slots))
        if place is not None and slots[at].page == page and _across(place, box)
    ]
    apart, _, at = min(found, default=(NEAR + 1, 0.0, -1))
    return at if apart <= NEAR else None


def _across(place: Box, box: Box) -> bool:
    """Whether a badge may be one of a place: some of it lies over or under it, and it is not much wider."""
    return _shared(place, box) > 0 and box.width <= place.width + 2 * BESIDE


def _shared(place: Box, box: Box) -> float:
    """Points across that a badge and a place have in common."""
    return min(place.x1, box.x1) - max(place.x0, box.x0)


def _apart(place: Box, box: Box) -> float:
    """Points between a badge and a place, down the page; 0 where they meet."""
    return max(0.0, place.top - box.bottom, box.top - place.bottom)


# ---------------------------------------------------------------- the whole document


def _covered(
    agreement: Agreement, slots: Sequence[Signature], said: Sequence[Claim], many: set[str]
) -> Iterator[Signature]:
    """The slots, the empty ones in doubt where the document claims to be signed and nobody is seen to."""
    pages = range(agreement.first_page, agreement.last_page + 1)
    whole = any(claim.whole and claim.page in pages for claim in said)
    visible = {_standing(slot, many) for slot in slots if slot.state == "signed" or slot.method == METHOD}
    for slot in slots:
        if whole and slot.state == "missing" and _standing(slot, many) not in visible:
            yield replace(slot, state="unclear", method=METHOD, confidence=COVERED)
        else:
            yield slot


def _standing(slot: Signature, many: set[str]) -> tuple[str, bool]:
    """Who signs alike: the many of a list among themselves, the parties among themselves, part by part."""
    return slot.part, slot.role in many
