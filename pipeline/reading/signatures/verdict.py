"""The verdict on a slot: signed, missing, or unclear where the page does not tell."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from msgspec import structs

from pipeline.reading.pages import Sheet
from pipeline.reading.phrases import EXACTLY, same, says
from pipeline.reading.raster import POINTS, Raster
from pipeline.reading.signatures.code import coded, pictured
from pipeline.reading.signatures.crop import Crop, Masked, crop
from pipeline.reading.signatures.masks import INKY, masks, written
from pipeline.reading.signatures.model import Bands, Chances, Model, chances, model, twice
from pipeline.reading.signatures.parafs import paraf
from pipeline.reading.signatures.shape import main, shape, width
from pipeline.reading.signatures.view import View, frame, inked, inside, view
from pipeline.rules import Lexicon
from pipeline.schema import Box, Picture, Ruling

DPI = 150
PLAINLY = 0.99  # chance of a signature from which the words of a stamp raise no doubt
WIDE, SMALL = 100.0, 18.0  # points: in so wide a slot a mark that is smaller may be initials
PARTLY = 0.25  # of the width of such a word that stands in the slot: of less of it nothing is said
LOW = 40.0  # points: in so low a slot there is no room for a stamp, and what looks like one may be a pen's
LARGER = 45.0  # points: it is wider than initials
DARK, WHITE = 0.3, 4.0  # ink; and points without any, between the signatures of two
SPILL = 45.0  # points: no farther does a signature run out of its place
BY_THE_FILE = 0.97  # how sure a slot is empty in which the file draws nothing


@dataclass(frozen=True, slots=True)
class Seen:
    """What stands in a slot, and what that means. `measured` is kept as evidence, `crop` is what was seen."""

    state: str
    method: str
    confidence: float
    stamp: bool = False
    meterai: bool = False
    initials: bool = False
    measured: tuple[tuple[str, float], ...] = ()
    crop: Crop | None = None
    shape: str | None = None


def verdict(sheet: Sheet, slot: Box, words: Lexicon, *, gap: Box) -> Seen:
    """What is seen in `slot` (upright points), whose room to sign is `gap`."""
    if sheet.layout.page.problem:
        return Seen("unclear", "none", 0.0)
    drawn = [p for p in sheet.layout.pictures if _meets(p.box, slot) and p.kind != "page"]
    slot = _reach(slot, drawn)
    masked = tuple(masks(sheet.layout, slot, gap, words))
    page = _around(sheet, slot)
    kept = crop(page, slot, masked)
    near = [w for w in sheet.layout.words if _meets(w.box, slot)]
    claimed = says(" ".join(w.text for w in near), words.labels.electronic, 85) is not None
    if claimed:
        return Seen("unclear", "qr", 0.6, measured=(("claim", 1.0),), crop=kept)
    copied = any(gap.holds(w.box) and same(w.text, words.labels.copied, EXACTLY) for w in near)
    if sheet.layout.page.origin == "text" and not drawn:
        found = Seen("missing", "none", BY_THE_FILE, measured=(("pictures", 0.0),))
    elif _coded(sheet, page, slot, drawn):
        found = Seen("unclear", "qr", 0.7, measured=(("code", 1.0),))
    else:
        found = _by_ink(sheet, page, slot, masked)
        if found.state == "missing" and written(sheet.layout, gap, masked):
            found = replace(found, state="unclear", confidence=0.5)
    return replace(_of_a_copy(found) if copied else found, crop=kept)


def clear(sheet: Sheet, box: Box, *, left: bool) -> Box:
    """The box (upright points) without the ink that runs into it over its `left` or else its right edge, down
    to the white before that: it is of who signs there. Of more than half of the box nobody can tell."""
    page, words = _around(sheet, box), [w.box for w in sheet.layout.words if _meets(w.box, box)]
    dark = inside(inked(page, box, words, ())).max(axis=0) > DARK
    margin = round((box.x0 - frame(box).box.x0) * page.dpi / POINTS)
    own = dark[margin : len(dark) - margin][:: 1 if left else -1]
    white = max(1, round(WHITE * page.dpi / POINTS))
    most = min(len(own) // 2, round(SPILL * page.dpi / POINTS))
    ends = (n for n in range(most) if not own[n : n + white].any())
    taken = next(ends, 0) * POINTS / page.dpi
    return structs.replace(box, x0=box.x0 + taken) if left else structs.replace(box, x1=box.x1 - taken)


def _coded(sheet: Sheet, page: Raster, slot: Box, drawn: Sequence[Picture]) -> bool:
    """Whether a code stands in a slot: among the pictures of a file, anywhere on a scan."""
    if sheet.layout.page.origin == "text":
        return pictured(page, (p.box for p in drawn))
    return coded(page, slot)


def _of_a_copy(found: Seen) -> Seen:
    """The verdict where "ttd" is typed: the original may be signed, and nobody can tell from a copy."""
    if found.state != "missing":
        return found
    return replace(found, state="unclear", confidence=0.5, measured=(*found.measured, ("copied", 1.0)))


def initialled(sheet: Sheet, slots: Sequence[Box], words: Lexicon) -> Box | None:
    """A paraf on a scanned page outside its `slots` (upright points); None where there is none."""
    if sheet.layout.page.origin == "text" or sheet.layout.page.problem:
        return None
    return paraf(_picture(sheet), sheet.layout, slots, words, model())


def _reach(slot: Box, drawn: Iterable[Picture]) -> Box:
    """The slot with the pictures that stand mostly in it, so that none is judged by half."""
    boxes = [p.box for p in drawn if slot.x0 <= p.box.middle <= slot.x1]
    return Box(
        min([slot.x0, *(b.x0 for b in boxes)]),
        min([slot.top, *(b.top for b in boxes)]),
        max([slot.x1, *(b.x1 for b in boxes)]),
        max([slot.bottom, *(b.bottom for b in boxes)]),
    )


def _by_ink(sheet: Sheet, page: Raster, slot: Box, masked: Sequence[Masked]) -> Seen:
    printed = [m.box for m in masked if m.why in {"print", "stamp"}]
    lines = [Ruling(m.box.x0, m.box.top, m.box.x1, m.box.bottom) for m in masked if m.why == "ruling"]
    looked = inked(page, slot, printed, lines)
    method = "picture" if sheet.layout.page.origin == "text" else "ink"
    found = _agreeing(decided(view(looked), model(), method), masked)
    low = found.stamp and slot.height < LOW
    if found.state == "missing" and (low or (not found.stamp and any(_runs_out(m, slot) for m in masked))):
        return replace(found, state="unclear", confidence=0.5)
    if found.state != "signed" or found.stamp:
        return found
    ink = main(inside(looked))
    if slot.width > WIDE and width(ink) * POINTS / page.dpi < SMALL:
        return replace(found, state="unclear", method="none", confidence=0.5, initials=True)
    return replace(found, shape=shape(ink))


def _runs_out(mark: Masked, slot: Box) -> bool:
    """Whether ink that was taken for a word stands partly in a slot and goes on beside it: whose it is, a
    person has to say."""
    box = mark.box
    within = (min(box.x1, slot.x1) - max(box.x0, slot.x0)) / max(box.width, 1.0)
    level = slot.top < box.centre < slot.bottom
    return mark.why in INKY and level and box.width > LARGER and PARTLY <= within < 1


def _agreeing(found: Seen, masked: Sequence[Masked]) -> Seen:
    """The verdict; a stamp whose words were read and that is not seen may be taken for a signature."""
    worded = any(m.why == "stamp" for m in masked)
    doubted = worded and not found.stamp and found.state == "signed" and found.confidence < PLAINLY
    return replace(found, state="unclear", method="stamp", stamp=True, confidence=0.5) if doubted else found


def decided(seen: View, by: Model, method: str) -> Seen:
    """What a view means; one that is not clear is looked at in a mirror too."""
    found = judged(chances(seen, by), by.bands, method)
    return found if found.state != "unclear" else judged(twice(seen, by), by.bands, method)


def judged(found: Chances, by: Bands, method: str) -> Seen:
    """What the chances of each mark mean: stricter where there is a stamp, which hides ink and looks like it.

    A stamp or initials alone are no signature.
    """
    stamp, initials, meterai = (
        found.stamp >= by.stamp,
        found.initials >= by.initials,
        found.meterai >= by.meterai,
    )
    least, most = (by.signed_stamped, by.empty_stamped) if stamp else (by.signed, by.empty)
    measured = tuple(
        (name, round(getattr(found, name), 4)) for name in ("signature", "stamp", "initials", "meterai")
    )
    if found.signature >= least:
        return Seen("signed", method, round(found.signature, 3), stamp, meterai, initials, measured)
    other = "stamp" if stamp else "none"
    if found.signature <= most:
        return Seen("missing", other, round(1 - found.signature, 3), stamp, meterai, initials, measured)
    sure = round(max(found.signature, 1 - found.signature), 3)
    return Seen("unclear", other, sure, stamp, meterai, initials, measured)


def _around(sheet: Sheet, slot: Box) -> Raster:
    """The slot and what surrounds it, drawn alone where that can be done."""
    return sheet.part(DPI, frame(slot).box) if sheet.part else _picture(sheet)


@lru_cache(maxsize=1)
def _picture(sheet: Sheet) -> Raster:
    """The page drawn once for all its slots."""
    return sheet.picture(DPI)


def _meets(box: Box, slot: Box) -> bool:
    across = min(box.x1, slot.x1) - max(box.x0, slot.x0)
    down = min(box.bottom, slot.bottom) - max(box.top, slot.top)
    return across >= 0.2 * min(box.width, slot.width) and down >= 0.2 * min(box.height, slot.height)
