"""A strip of a page with one line of text, as the recogniser read it: its words and their boxes."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise, product
from statistics import median
from typing import Any

import cv2
import numpy as np
from msgspec import structs
from numpy.typing import NDArray

from pipeline.reading.raster import Pixels
from pipeline.schema import Box, Word

# Gaps without ink that part two words though no space was read, in sizes of the letters: between letters, and
# where a figure or a sign is on both sides, since figures all have the same room and thin ones look lonely.
GAPS = (0.3, 0.37)
EVEN = 0.55  # the same where every letter has the same room: thin ones leave much of it free
PITCH, STEADY, FEWEST = 0.6, 0.2, 5  # of the size: that room; by how much it may vary; steps that show it
WIDER = 1.6  # times the usual step: more than a letter stands there
BESIDE = 3  # steps of the recogniser that a letter may reach to each side of where it was seen
RULED = 0.9  # of the height or width of a line that only a ruling line darkens
TOPS, MIDDLE, TAILS = 0.72, 0.5, 0.21  # of the size of letters: how far they reach above and below their line
LOW = "acegmnopqrsuvwxyz.,;:-_"  # letters that do not rise
TAILED = "gjpqyQ()[]{}|/,;"  # letters with tails
SMALLEST = 0.45  # of the height of a line as found: its letters are no smaller
LIGHT = 85  # per cent of a column of a line that is paper, at most
SHADE = 0.25  # of the blackness of the letters: paper that differs by more along a line lies in a shadow
WHITE = 0.1  # of what is dark and light in its columns: by so much more of it is dark where letters are white
INK = 0.01  # of the width of a line that is dark in every row with letters in it
SIGNS = dict(
    zip(map(ord, "\u0142\u0127\u0131\u3000\u3001\u3002\u4e00\u2014\u2013\u53f7"), "lhi ,.---%", strict=True)
)
FULL = {0xFF01 + i: chr(0x21 + i) for i in range(94)}  # full-width forms of ASCII
ROMAN = {0x2160 + i: unicodedata.normalize("NFKC", chr(0x2160 + i)) for i in range(16)}
FOLD = SIGNS | FULL | ROMAN


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter as the recogniser answers it: `place` is where it was seen, in pixels along the strip."""

    text: str
    place: float
    sure: float
    spaced: bool  # whether a space was read before it


@dataclass(frozen=True, slots=True, eq=False)
class Strip:
    """A line of text: the four corners it has on the page, its pixels laid level, and its letters.

    `step` is how many pixels the recogniser goes forward at a time.
    """

    quad: Pixels
    pixels: Pixels
    letters: tuple[Letter, ...]
    step: float


def strip(quad: Pixels, pixels: Pixels, text: str, info: Any) -> Strip:
    """The strip of which RapidOCR answers `text` and `info` (its WordInfo)."""
    pixels = _dark_on_light(pixels)
    step = pixels.shape[1] / info.line_txt_len
    columns = (column for part in info.word_cols for column in part)
    letters, spaced = [], False
    for letter, sure in zip(text, info.confs, strict=True):
        if not letter.isspace():
            letters.append(Letter(letter, next(columns) * step, sure, spaced))
        spaced = letter.isspace()
    return Strip(quad, pixels, tuple(letters), step)


def _dark_on_light(pixels: Pixels) -> Pixels:
    """The pixels of a line, white letters on dark ground turned about: most of a column is ground."""
    grey = pixels[:, :, 0].astype(np.int16)
    light, dark, ground = grey.max(axis=0), grey.min(axis=0), np.median(grey, axis=0)
    white = float((light + dark - 2 * ground).sum()) > WHITE * float((light - dark).sum())
    return 255 - pixels if white else pixels


def words(line: Strip) -> Iterator[Word]:
    """The words: parted where a space was read or much room is left, each drawn in to its ink."""
    inked = np.asarray(_darkest(line.pixels).any(axis=0))
    top, size = _standing(line)
    height, width = line.pixels.shape[:2]
    for group, start, end in _parted(line, inked, size):
        first = max(start, int(group[0].place - BESIDE * line.step))
        last = min(end, int(group[-1].place + (BESIDE + 1) * line.step))
        found = np.flatnonzero(inked[first:last])
        text = folded("".join(letter.text for letter in group))
        if text and len(found):
            across = ((first + int(found[0])) / width, (first + int(found[-1]) + 1) / width)
            box = _inside(line.quad, across, (top / height, (top + size) / height))
            yield Word(text, box, size, sum(letter.sure for letter in group) / len(group))


def _parted(
    line: Strip, inked: NDArray[np.bool_], size: float
) -> Iterator[tuple[Sequence[Letter], int, int]]:
    """The letters of each word, and the pixels along the strip between which they stand."""
    group, start = list(line.letters[:1]), 0
    even = _even(line, size)
    first, last = _ends(inked)  # the white before and after a line parts no letters
    for letter, after in pairwise(line.letters):
        width, middle = _gap(inked, max(letter.place, first), min(after.place + line.step, last))
        least = EVEN if even else GAPS[not (letter.text + after.text).isalpha()]
        if after.spaced or width > size * least:
            yield group, start, middle
            group, start = [], middle
        group.append(after)
    yield group, start, line.pixels.shape[1]


def _ends(inked: NDArray[np.bool_]) -> tuple[int, int]:
    """Where the first and the last ink of a line stands, pixels along it; all of it where there is none."""
    filled = np.flatnonzero(inked)
    return (int(filled[0]), int(filled[-1])) if len(filled) else (0, len(inked) - 1)


def _even(line: Strip, size: float) -> bool:
    """Whether all letters have the same wide room, as a typewriter gives it: of small letters, since capitals
    are about as wide as each other in any font."""
    if 2 * sum(letter.text.islower() for letter in line.letters) < len(line.letters):
        return False
    found = [after.place - letter.place for letter, after in pairwise(line.letters) if not after.spaced]
    usual = median(found) if found else 0.0
    steps = [step for step in found if step < WIDER * usual]  # without spaces that were not read
    if len(steps) < FEWEST:
        return False
    room = float(np.mean(steps))
    return room >= PITCH * size and float(np.std(steps)) < STEADY * room


def _gap(inked: NDArray[np.bool_], start: float, end: float) -> tuple[int, int]:
    """The width and the middle of the widest gap without ink between two letters, pixels.

    `start` and `end` are where they were seen: that counts as ink, though it may lie a little beside it.
    """
    part = inked[int(start) : int(end) + 1].copy()
    part[:1] = part[-1:] = True
    filled = np.flatnonzero(part)
    gaps = np.diff(filled)
    if not len(gaps):
        return 0, int(end)
    widest = int(np.argmax(gaps))
    return int(gaps[widest]) - 1, int(start) + int(filled[widest] + filled[widest + 1] + 1) // 2


def _darkest(crop: Pixels) -> NDArray[np.bool_]:
    """The ink of a line of text, without what crosses it from edge to edge as ruling lines do."""
    grey = crop[:, :, 0].astype(np.int16)
    depth = _paper(grey)[None, :] - grey
    dark = depth >= int(depth.max()) / 3
    ruled = dark.mean(axis=0) > RULED
    level = dark.mean(axis=1) > RULED
    return np.asarray(dark & ~ruled & ~level[:, None], np.bool_)


def _paper(grey: Pixels) -> Pixels:
    """How light the paper is in each column: one grey, unless a shadow lies over a part of the line."""
    wide = np.ones((1, 2 * grey.shape[0] + 1), np.uint8)
    light = cv2.dilate(np.percentile(grey, LIGHT, axis=0)[None, :].astype(np.int16), wide)[0]
    whole = int(grey.max())
    shaded = int(light.max()) - int(light.min()) > SHADE * (whole - int(grey.min()))
    return light if shaded else np.full(grey.shape[1], whole, np.int16)


def _standing(line: Strip) -> tuple[float, float]:
    """Where the letters of a line begin, in pixels from its top, and their size, as a digital page has it.

    The ink reaches from the tops to the tails of those letters that the line has.
    """
    crop, text = line.pixels, "".join(letter.text for letter in line.letters)
    rows = np.flatnonzero(_darkest(crop).sum(axis=1) >= max(2, INK * crop.shape[1]))
    if not len(rows):
        return 0.0, float(crop.shape[0])
    above = TOPS if any(c not in LOW for c in text) else MIDDLE
    below = TAILS if any(c in TAILED for c in text) else 0.0
    ink = float(rows[-1] + 1 - rows[0])
    size = min(max(ink / (above + below), SMALLEST * crop.shape[0]), crop.shape[0])
    return float(rows[-1] + 1) + (TAILS - below) * size - size, size


def _inside(quad: Pixels, across: tuple[float, float], down: tuple[float, float]) -> Box:
    """A part of the line, shares of its width and height."""
    (ax, ay), (bx, by), (cx, cy), (dx, dy) = quad.tolist()
    xs, ys = [], []
    for t, u in product(across, down):
        xs.append((ax + (bx - ax) * t) * (1 - u) + (dx + (cx - dx) * t) * u)
        ys.append((ay + (by - ay) * t) * (1 - u) + (dy + (cy - dy) * t) * u)
    return Box(min(xs), min(ys), max(xs), max(ys))


def scaled(word: Word, by: float) -> Word:
    """The word on a picture `by` times as large."""
    box = Box(word.box.x0 * by, word.box.top * by, word.box.x1 * by, word.box.bottom * by)
    return structs.replace(word, box=box, size=word.size * by)


def folded(text: str) -> str:
    """A word as read, its full-width signs and stray accents folded, a Roman number out of l and | mended.

    >>> folded("\uff2e\u00edp\u3002"), folded("Il"), folded("|")
    ('Nip.', 'II', '')
    """
    plain = unicodedata.normalize("NFD", text.translate(FOLD))
    word = unicodedata.normalize("NFC", "".join(c for c in plain if not unicodedata.combining(c))).strip()
    if word.strip("|") == "":
        return ""
    return "I" * len(word) if not word.strip("Il|") else word
