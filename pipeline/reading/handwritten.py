"""The day written by hand into a printed date, where OCR saw only one of its two figures."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import cv2
import numpy as np
from msgspec import structs

from pipeline.reading.lines import Line, lines
from pipeline.reading.pages import Sheet
from pipeline.reading.raster import POINTS, Pixels, Raster, lifted
from pipeline.reading.scanned import Ocr
from pipeline.schema import Box, Layout, Word
from pipeline.values import Words, date_parts

DPI = 150.0  # at which figures are looked at
DAY = re.compile(r"^\W?([0-9])[.,]?$")  # one figure, and perhaps a sign that was none
YEAR = re.compile(r"[12][0-9]{3}\W?$")
FULL = re.compile(r"^[0-3]?[0-9]$")
DASHES = "÷–—=~"  # as a reader of scans sees a dash that crosses dots
DOTTED = re.compile(
    rf"^[.…_]{{2,}}\d[\d./…_{DASHES}-]*$|^\d[\d./…_{DASHES}-]*[.…_]{{2,}}$"
)  # '...24-0.1-2025...'
IN_FIGURES = re.compile(r"[0-3]?\d[-/][01]?\d[-/]20\d\d")
FEW = 5  # figures of a date
TALL = 0.5  # of the size of the letters beside it: what is lower is a dot or a line to write upon
FEWEST = 4  # pixels of a part that is looked at
WIDE = 1.5  # sizes of the letters between place and month in which a day may stand unread
ROOM = 0.25  # of the size of the letters, above and below: written figures are taller than print
GREATEST = 31
SURE = 0.9  # times the confidence of a day that was read alone
UNREAD = "[tulisan]"  # stands for a day that is written by hand and cannot be read
HARDLY = 0.3  # confidence of a day of which a figure could not be read


@dataclass(frozen=True, slots=True)
class Written:
    """The place of a day on a page, before the name of a month, and the word that was read there."""

    month: Word
    day: Word | None
    place: Box


def filled_in(sheet: Sheet, words: Words, ocr: Ocr | None) -> Layout:
    """The layout of a page; where it was read by eye, with the days of its dates looked at again alone."""
    layout = sheet.layout
    if layout.page.origin != "ocr" or ocr is None:
        return layout
    layout = replace(layout, words=tuple(_off_dots(word) for word in layout.words))
    text = lines(layout.words)
    said = {id(word): whole for line in text for word, whole in _torn(line, words)}
    found = [one for line in text for one in _written(line, words) if id(one.day) not in said]
    if not found and not said:
        return layout
    picture = lifted(sheet.picture(DPI))
    said |= {id(one.day or one.month): list(_again(one, picture, ocr)) for one in found}
    return replace(layout, words=tuple(w for word in layout.words for w in said.get(id(word), [word])))


def _off_dots(word: Word) -> Word:
    """A word without the dots on which a date was written; what figures stand there and are no date, nobody
    can read."""
    if not DOTTED.search(word.text) or sum(c.isdigit() for c in word.text) < FEW:
        return word
    said = re.sub(f"[{DASHES}]", "-", word.text.replace(".", "").strip(" _,"))
    sure = SURE * word.confidence if IN_FIGURES.fullmatch(said) else HARDLY
    return structs.replace(word, text=said if sure > HARDLY else UNREAD, confidence=sure)


def _written(line: Line, words: Words) -> Iterator[Written]:
    """The days of a line that have one figure or none: a month and a year come after, the place before."""
    said = line.words
    for at in range(1, len(said) - 1):
        month, day = said[at], said[at - 1]
        if not _dated(month, said[at + 1], words):
            continue
        before = said[at - 2] if at > 1 and DAY.match(day.text) else None
        if before is not None and _ends_place(before, day):
            yield Written(month, day, _between(before, month))
        elif _ends_place(day, month) and month.box.x0 - day.box.x1 > WIDE * month.size:
            yield Written(month, None, _between(day, month))


def _torn(line: Line, words: Words) -> Iterator[tuple[Word, list[Word]]]:
    """The figures of a day that came as two words, '1 9 Januari 2025', and what is put in place of each."""
    said = line.words
    for one, two, month, year in zip(said, said[1:], said[2:], said[3:], strict=False):
        tens, ones = DAY.match(one.text), DAY.match(two.text)
        day = tens[1] + ones[1] if tens and ones and _dated(month, year, words) else ""
        if day and 0 < int(day) <= GREATEST:
            box = structs.replace(one.box, x1=two.box.x1)
            yield one, [Word(day, box, one.size, SURE * min(one.confidence, two.confidence))]
            yield two, []


def _dated(month: Word, year: Word, words: Words) -> bool:
    """Whether two words are a month and a year."""
    named = month.text[:1].isalpha() and date_parts(month.text, words=words).month is not None
    return named and YEAR.match(year.text) is not None


def _ends_place(word: Word, after: Word) -> bool:
    """Whether a word ends the place of signing: with a comma, or with letters."""
    return re.search(r"[,.;:]$|[a-z]$", word.text) is not None and after.box.x0 > word.box.x1


def _between(before: Word, month: Word) -> Box:
    return structs.replace(month.box, x0=before.box.x1, x1=month.box.x0)


def _again(one: Written, picture: Raster, ocr: Ocr) -> Iterator[Word]:
    """The day as it reads alone; less sure where more figures stand there than were read."""
    figures = _figures(picture.cut(one.place), one.place.height)
    if one.day is None and not figures:
        yield one.month
        return
    read = _alone(one.place, picture, ocr)
    old = DAY.match(one.day.text)[1] if one.day else ""  # type: ignore[index]  # days match
    if read is not None and old in read.text:
        box = one.day.box if one.day else structs.replace(one.place, x0=one.place.x0 + 1, x1=one.place.x1 - 1)
        yield Word(read.text, box, one.month.size, SURE * read.confidence)
    elif one.day is not None:
        yield structs.replace(one.day, confidence=HARDLY) if len(figures) > 1 else one.day
    else:  # something is written there, and nobody can tell what
        place = structs.replace(one.place, x0=one.place.x0 + 1, x1=one.place.x1 - 1)
        yield Word(UNREAD, place, one.month.size, HARDLY)
    if one.day is None:
        yield one.month


def _alone(place: Box, picture: Raster, ocr: Ocr) -> Word | None:
    """The day that is read where nothing else is seen; None where that is no day."""
    room = ROOM * place.height
    part = picture.cut(structs.replace(place, top=place.top - room, bottom=place.bottom + room)).pixels
    if min(part.shape[:2]) < FEWEST:
        return None
    side, paper = part.shape[0], float(np.median(part))
    alone = cv2.copyMakeBorder(part, side, side, 2 * side, 2 * side, cv2.BORDER_CONSTANT, value=paper)
    found = [word for word in ocr(Raster(alone, picture.dpi)) if any(c.isalnum() for c in word.text)]
    day = found[0].text.strip(" .,") if len(found) == 1 else ""
    return structs.replace(found[0], text=day) if FULL.match(day) and 0 < int(day) <= GREATEST else None


def _figures(part: Raster, size: float) -> Sequence[Box]:
    """The figures on a part of a page, left to right, as boxes in points from its upper left."""
    if min(part.pixels.shape[:2]) < FEWEST:
        return ()
    _, _, found, _ = cv2.connectedComponentsWithStats(_ink(part.pixels), connectivity=8)
    by = POINTS / part.dpi
    boxes = [Box(x * by, y * by, (x + w) * by, (y + h) * by) for x, y, w, h, _ in found[1:].tolist()]
    tall = sorted((b for b in boxes if b.height >= TALL * size), key=lambda b: b.x0)
    return tuple(b for at, b in enumerate(tall) if not any(_over(b, other) for other in tall[:at]))


def _ink(grey: Pixels) -> Pixels:
    """255 where something is written: clearly darker than the paper around it."""
    paper = float(np.median(grey))
    return np.asarray((grey < paper - max(40.0, 0.25 * paper)) * np.uint8(255), np.uint8)


def _over(one: Box, other: Box) -> bool:
    """Whether most of a box stands over or under another: pieces of one figure."""
    return min(one.x1, other.x1) - max(one.x0, other.x0) > 0.5 * min(one.width, other.width)
