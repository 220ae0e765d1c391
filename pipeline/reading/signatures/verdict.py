"""A first verdict on a slot: signed, missing, or unclear where the page does not tell."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from statistics import median

from pipeline.reading.pages import Sheet
from pipeline.reading.phrases import says
from pipeline.reading.raster import Raster
from pipeline.reading.signatures.ink import AROUND, Ink, ink
from pipeline.rules import Lexicon
from pipeline.schema import Box, Picture, Word

DPI = 150
EMPTY_EXTENT, EMPTY_SHARE = 0.09, 0.004  # less ink is dirt
LEAST_EXTENT = 0.16  # of the slot's width: a smaller mark may be initials
LEAST_BESIDE = 0.10  # less ink beside a stamp may be the stamp's own
TALL = 1.7  # of the usual height of words on the page: a taller one is ink that OCR took for letters
SURE_PRINT = 0.6  # confidence from which a word is printed, not ink that OCR took for letters


@dataclass(frozen=True, slots=True)
class Seen:
    """What stands in a slot, and what that means. `measured` is kept as evidence."""

    state: str
    method: str
    confidence: float
    stamp: bool = False
    meterai: bool = False
    measured: tuple[tuple[str, float], ...] = ()


def verdict(sheet: Sheet, slot: Box, words: Lexicon, *, electronic: bool) -> Seen:
    """What is seen in `slot` (upright points). `electronic`: the file holds a certificate."""
    inside = [w for w in sheet.layout.words if _meets(w.box, slot)]
    claimed = says(" ".join(w.text for w in inside), words.labels.electronic, 85) is not None
    if electronic:
        return Seen("unclear", "certificate", 0.5, measured=(("certificate", 1.0),))
    if claimed:
        return Seen("unclear", "qr", 0.6, measured=(("claim", 1.0),))
    if sheet.layout.page.problem:
        return Seen("unclear", "none", 0.0)
    drawn = [p for p in sheet.layout.pictures if _meets(p.box, slot) and p.kind != "page"]
    if sheet.layout.page.origin == "text" and not drawn:
        return Seen("missing", "none", 0.97, measured=(("pictures", 0.0),))
    return _by_ink(sheet, _reach(slot, drawn), inside, words)


def _reach(slot: Box, drawn: Iterable[Picture]) -> Box:
    """The slot with the pictures that stand mostly in it, so that none is judged by half."""
    boxes = [p.box for p in drawn if slot.x0 <= p.box.middle <= slot.x1]
    return Box(
        min([slot.x0, *(b.x0 for b in boxes)]),
        min([slot.top, *(b.top for b in boxes)]),
        max([slot.x1, *(b.x1 for b in boxes)]),
        max([slot.bottom, *(b.bottom for b in boxes)]),
    )


def _by_ink(sheet: Sheet, slot: Box, inside: Iterable[Word], words: Lexicon) -> Seen:
    usual = median([w.box.height for w in sheet.layout.words] or [0.0])
    near = [w for w in sheet.layout.words if _near(w.box, slot)]
    printed = [w.box for w in near if w.confidence >= SURE_PRINT and w.box.height < TALL * usual]
    found = ink(_picture(sheet), slot, printed, sheet.layout.rulings)
    meterai = says(" ".join(w.text for w in inside), words.labels.meterai, 88) is not None
    method = "picture" if sheet.layout.page.origin == "text" else "ink"
    return _judge(found, method, meterai=meterai)


@lru_cache(maxsize=1)
def _picture(sheet: Sheet) -> Raster:
    """The page drawn once for all its slots."""
    return sheet.picture(DPI)


def _judge(found: Ink, method: str, *, meterai: bool) -> Seen:
    """Thresholds err towards `unclear`: only an empty slot is missing."""
    measured = (("ink", found.share), ("extent", found.extent), ("round", found.round), ("code", found.code))
    if found.code:
        return Seen("unclear", "qr", 0.7, measured=measured)
    if found.extent < EMPTY_EXTENT and found.share < EMPTY_SHARE:
        return Seen("missing", "none", 0.9, meterai=meterai, measured=measured)
    if found.round and found.beside < LEAST_BESIDE:
        return Seen("unclear", "stamp", 0.5, stamp=True, meterai=meterai, measured=measured)
    if found.extent < LEAST_EXTENT and not found.round:
        return Seen("unclear", "none", 0.4, meterai=meterai, measured=measured)
    return Seen("signed", method, 0.85, stamp=bool(found.round), meterai=meterai, measured=measured)


def _near(box: Box, slot: Box) -> bool:
    across = slot.x0 - AROUND < box.x1 and box.x0 < slot.x1 + AROUND
    return across and slot.top - AROUND < box.bottom and box.top < slot.bottom + AROUND


def _meets(box: Box, slot: Box) -> bool:
    across = min(box.x1, slot.x1) - max(box.x0, slot.x0)
    down = min(box.bottom, slot.bottom) - max(box.top, slot.top)
    return across >= 0.2 * min(box.width, slot.width) and down >= 0.2 * min(box.height, slot.height)
