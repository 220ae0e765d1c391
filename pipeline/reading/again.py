"""A second look at what was read by eye and is not sure: cut out, at other sizes, read alone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

import cv2
import numpy as np
from msgspec import structs

from pipeline.reading.lines import lines
from pipeline.reading.pages import Sheet
from pipeline.reading.raster import POINTS, Pixels, Raster, lifted
from pipeline.reading.scanned import Ocr
from pipeline.schema import Box, Word

DPI = 220.0  # at which a page is drawn for it, once
SIZES = (1.0, 0.7, 0.5)  # of that: letters fall differently on their pixels
TALL = 48  # pixels: height that a cut should have at least
LARGEST = 3.0  # times that it is enlarged
LONG, HIGH = 0.5, 0.35  # of the height of a line: what is cut off with it at its sides, above and below
ROOM = 20  # pixels of paper around a cut
UNDER = 0.6  # confidence of hidden text: scanners write it, and it is often wrong


@dataclass(frozen=True, slots=True)
class Look:
    """What was read in a place, its words line by line."""

    words: tuple[Word, ...]

    @property
    def text(self) -> str:
        """The words as a line."""
        return " ".join(word.text for word in self.words)


@dataclass(frozen=True, slots=True)
class Again:
    """The pages of a source, each drawn once where something on it is looked at again."""

    sheets: Mapping[int, Sheet]
    ocr: Ocr
    drawn: dict[int, Raster] = field(default_factory=dict)

    def page(self, number: int) -> Raster:
        """A page without coloured ink."""
        if number not in self.drawn:
            self.drawn[number] = lifted(self.sheets[number].picture(DPI))
        return self.drawn[number]

    def looks(self, page: int, box: Box) -> Iterator[Look]:
        """What stands in a box of the layout, as it reads at other sizes, and in the text under the page."""
        for part in _cuts(self.page(page), box):
            yield _look(self.ocr(part))
        hidden = (word for word in self.sheets[page].layout.hidden if box.holds(word.box))
        yield _look(structs.replace(word, confidence=UNDER) for word in hidden)


def _look(words: Iterable[Word]) -> Look:
    return Look(tuple(word for line in lines(words) for word in line.words))


def _cuts(whole: Raster, box: Box) -> Iterator[Raster]:
    """The box and a little around it on bare paper, at each size; nothing where it is off the page."""
    long, high = LONG * box.height, HIGH * box.height
    part = whole.cut(Box(box.x0 - long, box.top - high, box.x1 + long, box.bottom + high)).pixels
    if not part.size:
        return
    paper = float(np.percentile(part, 90))
    for size in SIZES:
        alone = cv2.copyMakeBorder(
            _sized(part, size), ROOM, ROOM, ROOM, ROOM, cv2.BORDER_CONSTANT, value=paper
        )
        yield Raster(alone, POINTS)


def _sized(part: Pixels, size: float) -> Pixels:
    """Smaller, then as tall as the engine wants lines to be."""
    small = cv2.resize(part, None, fx=size, fy=size, interpolation=cv2.INTER_AREA) if size < 1 else part
    by = min(LARGEST, TALL / small.shape[0])
    return cv2.resize(small, None, fx=by, fy=by, interpolation=cv2.INTER_CUBIC) if by > 1 else small
