"""A page that has to be read by eye: laid level and upright, read by OCR, its ruling lines found."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

import numpy as np

from pipeline.reading import raster, ruled
from pipeline.reading.dashes import dashed
from pipeline.reading.raster import POINTS, Lie, Raster
from pipeline.schema import Ruling, Word

Ocr = Callable[[Raster], tuple[Word, ...]]
Draw = Callable[[float], Raster]  # the page as displayed at so many dpi, never enlarged

COARSE = 72.0  # dpi: an image of fewer is drawn larger than it is
DPI = 200.0  # at which a page is read; more makes OCR no better
A4 = 842.0  # points: a page with fewer on its long side is drawn as large as that
PIXELS = 2600.0  # of its long side, for photographs whose size in points means nothing
SURE = 0.8  # mean confidence: letters that stand upright read at 0.95 and more, others below 0.7
PLAIN, ENOUGH = 0.93, 60  # the same, and letters, from which no other way to turn a part of it is tried
PATCH = (0.4, 0.25)  # width and height of the part of a page on which the ways to turn it are tried


# Signs of writings that are not used here: strokes of a pen, or boxes to tick, taken for letters.
FOREIGN = re.compile(r"[^A-Za-z0-9]*[\u2e80-\u30ff\u3400-\u9fff\uf900-\ufaff][^A-Za-z0-9]*")


@dataclass(frozen=True, slots=True)
class Scanned:
    """A page by eye: how it lies, and what stands on it in points of the page made upright."""

    lie: Lie
    words: tuple[Word, ...]
    rulings: tuple[Ruling, ...]
    quality: float
    blank: bool


def scanned(draw: Draw, width: float, height: float, native: float, ocr: Ocr) -> Scanned:
    """Read the page of `width` x `height` points that `draw` draws. Raises SourceError where OCR fails.

    `native` is the resolution of its picture, dpi: no more than that is drawn.
    """
    longest = max(width, height)
    shown = draw(min(max(native, COARSE), DPI * max(1.0, A4 / longest), PIXELS * POINTS / longest))
    lie, grey = raster.laid(shown), raster.lifted(shown)
    page = raster.warped(grey, lie)
    if raster.bare(page):
        return Scanned(lie, (), (), 1.0, True)
    if lie.turned:
        lie = _best(grey, lie, (0, 180), ocr)
        page = raster.warped(grey, lie)
    words = ocr(page)
    if quality(words) < SURE:
        better = _best(grey, lie, (0, 90, 180, 270), ocr)
        if better != lie:
            lie, page = better, raster.warped(grey, better)
            words = ocr(page)
    words = tuple(word for word in words if not FOREIGN.fullmatch(word.text))
    rulings = ruled.rulings(page, words)
    said = dashed(page, tuple(ruled.parted(words, rulings)), rulings)
    return Scanned(lie, said, rulings, quality(words), not words)


def quality(words: Iterable[Word]) -> float:
    """Mean confidence of the letters read, 0 to 1; 0 where there are none."""
    found = [(len(word.text), word.confidence) for word in words]
    return sum(n * sure for n, sure in found) / max(1, sum(n for n, _ in found))


def _best(grey: Raster, lie: Lie, turns: Iterable[int], ocr: Ocr) -> Lie:
    """The first way to turn the page clockwise in which its busiest part reads well, or else that in which it
    reads best."""
    patch = raster.busiest(raster.warped(grey, lie), *PATCH)
    found: dict[int, float] = {}
    for degrees in turns:
        turned = np.ascontiguousarray(np.rot90(patch.pixels, -degrees // 90))
        words = ocr(Raster(turned, patch.dpi))
        if quality(words) >= PLAIN and sum(len(word.text) for word in words) >= ENOUGH:
            return raster.over(lie, degrees)
        found[degrees] = sum(len(word.text) * word.confidence**2 for word in words)
    return raster.over(lie, max(found, key=found.__getitem__))
