"""Words out of the letters that a PDF page draws, and whether those letters can be believed."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise, zip_longest
from statistics import median
from typing import Any

from pdfminer.layout import LTComponent
from pdfplumber.utils.clustering import cluster_objects
from pdfplumber.utils.text import dedupe_chars, extract_words

from pipeline.reading.drawing import SLANTED, Letter
from pipeline.schema import Box, Word

GAP = 0.15  # of the letter size: wider gaps part words; files without spaces show about 0.2 and more
LEVEL = 1.0  # points: letters further apart in height are not of one word; wider, centred cells run together
SEAM = 0.02  # of the letter size: a string that begins so near to the end of the one before goes on with it
SEAMS = 0.2  # share of strings that go on so: of more, strings are pieces of words
SHORTEST = 2.5  # letters of a string: pages with shorter ones draw letters, and not words, by themselves
FEWEST = 12  # strings beside each other from which a page is judged
TWICE = 0.05  # share of letters drawn twice in place (false bold) from which they are taken once
MOST = 0.6  # share of letters that stand the same way from which the page is turned that way
SINGLE = 8  # words of one letter from which letters may stand apart in their lines
STRANGE = 0.05  # share of letters without a meaning from which a text layer is not believed
MEANINGLESS = {"Co", "Cn", "Cc", "Cs"}  # Unicode: private, unassigned, control, half a character
# How often Indonesian uses each letter, in a thousand. Its own texts reach 60 to 85 a letter, other languages
# of Latin script 48 to 65, an alphabet that a broken font has shifted mostly 30 to 45.
USUAL = dict(
    zip(
        "aneitkdursmglphboyjcwfvzqx",
        (203, 93, 83, 80, 56, 52, 51, 50, 47, 45, 45, 39, 33, 32, 28, 27, 23, 15, 10, 8, 5, 3, 2, 1, 0, 0),
        strict=True,
    )
)
LEAST = 46.0
ENOUGH = 80  # letters needed to judge that
Char = dict[str, Any]  # a letter as pdfplumber knows it


@dataclass(frozen=True, slots=True)
class Place:
    """Where the displayed part of a page lies in the coordinates of the file, y upwards; its size, points."""

    left: float
    upper: float
    width: float
    height: float

    @property
    def whole(self) -> Box:
        """All of it."""
        return Box(0.0, 0.0, self.width, self.height)

    def box(self, item: LTComponent) -> Box:
        """The box of an item on the page as displayed."""
        return Box(item.x0 - self.left, self.upper - item.y1, item.x1 - self.left, self.upper - item.y0)


def turn(letters: Iterable[Letter]) -> int:
    """Degrees clockwise by which the page must be turned for most letters to stand upright."""
    ways = Counter(letter.style.way for letter in letters)
    most, count = max(ways.items(), key=lambda w: w[1], default=(0, 0))
    return (360 - most) % 360 if most > 0 and count > MOST * ways.total() else 0


def seen(letters: Iterable[Letter], place: Place, grounds: Sequence[Box]) -> Iterator[Char]:
    """The letters on the page that are not white on white; `grounds` are coloured areas and images."""
    left, upper, width, height = place.left, place.upper, place.width, place.height
    for letter in letters:
        style = letter.style
        x0, x1 = letter.x0 - left, letter.x1 - left
        top, bottom = upper - letter.y1, upper - letter.y0
        x, y = (x0 + x1) / 2, (top + bottom) / 2
        if not (0 <= x <= width and 0 <= y <= height):
            continue
        if style.white and not any(_holds(ground, x, y) for ground in grounds):
            continue
        yield {
            "text": letter.text,
            "x0": x0,
            "x1": x1,
            "top": top,
            "bottom": bottom,
            "doctop": top,
            "upright": style.upright,
            "size": letter.size,
            "fontname": style.fontname,
            "way": style.way,
            "string": letter.string,
        }


def _holds(ground: Box, x: float, y: float) -> bool:
    return ground.x0 <= x <= ground.x1 and ground.top <= y <= ground.bottom


def words(chars: Iterable[Char]) -> tuple[Word, ...]:
    """The words of letters that stand upright or at right angles, top to bottom; boxes in points."""
    straight = _once([c for c in chars if c["way"] != SLANTED])
    return tuple(map(_word, word_by_word(straight) or _parted(straight)))


def _parted(chars: list[Char]) -> list[Char]:
    """The words parted by spaces and gaps; where many are of one letter, letters may stand apart."""
    found = _words(chars)
    if sum(len(w["text"]) == 1 and w["text"].isalpha() for w in found) < SINGLE:
        return found
    return _words([c for string in _strings(chars) for c in _closed_up(string)])


def _words(chars: list[Char]) -> list[Char]:
    return extract_words(chars, x_tolerance_ratio=GAP, y_tolerance=LEVEL, return_chars=True)


def _closed_up(string: Sequence[Char]) -> Iterator[Char]:
    """A string; where its letters stand apart, as some programs fill a line, only spaces part its words."""
    gaps = [(b["x0"] - a["x1"]) / max(a["size"], 1.0) for a, b in pairwise(string) if _inside(a, b)]
    spaced = any(c["text"].isspace() for c in string) and gaps and median(gaps) > GAP
    for letter, after in zip_longest(string, string[1:]):
        joined = spaced and after is not None and _inside(letter, after)
        yield {**letter, "x1": max(letter["x1"], after["x0"])} if joined else letter


def _inside(one: Char, two: Char) -> bool:
    """Whether two letters have no space between them that is drawn as a letter."""
    return not (one["text"].isspace() or two["text"].isspace())


def word_by_word(chars: Sequence[Char]) -> list[Char]:
    """The words of a page that draws each by itself and no space between any, in reading order.

    None of another page. Such a page needs no gaps to tell its words apart, which another font than it was
    set in may have closed: 'KepalaDinas' are two. In another font, what begins where one ends goes on.
    """
    if any(c["text"].isspace() for c in chars):
        return []
    strings = list(_strings(chars))
    whole = [string for string in strings if len(string) > 1]
    steps = [_step(one, two) for one, two in pairwise(whole) if _level(one, two)]
    seams = sum(abs(step) < SEAM for step in steps)
    short = sum(map(len, whole)) < SHORTEST * len(whole)
    if short or len(steps) < FEWEST or seams > SEAMS * len(steps):
        return []
    found = [word for whole in _joined(strings) for word in _words(whole)]
    rows = cluster_objects(found, "doctop", LEVEL)
    return [word for row in rows for word in sorted(row, key=lambda w: float(w["x0"]))]


def _strings(chars: Iterable[Char]) -> Iterator[list[Char]]:
    for _, string in groupby(chars, key=lambda c: c["string"]):
        yield list(string)


def _level(one: Sequence[Char], two: Sequence[Char]) -> bool:
    return bool(abs(one[-1]["top"] - two[0]["top"]) < LEVEL and one[0]["x0"] < two[0]["x0"])


def _step(one: Sequence[Char], two: Sequence[Char]) -> float:
    """From the end of a string to the beginning of the next, in letter sizes."""
    return float((two[0]["x0"] - one[-1]["x1"]) / max(two[0]["size"], 1.0))


def _joined(strings: Sequence[list[Char]]) -> Iterator[list[Char]]:
    """Strings with those that go on where they end: a full stop in another font."""
    whole: list[Char] = []
    for string in strings:
        if whole and not _goes_on(whole, string):
            yield whole
            whole = []
        whole = [*whole, *string]
    yield whole


def _goes_on(one: Sequence[Char], two: Sequence[Char]) -> bool:
    if len(two) == 1 and one[-1]["string"] - one[0]["string"] == len(one) - 1:
        return True  # letters drawn one by one, as where they stand apart: gaps part their words
    changed = one[-1]["fontname"] != two[0]["fontname"]
    return changed and _level(one, two) and abs(_step(one, two)) < SEAM


def slanted(chars: Iterable[Char]) -> str:
    """What is written across the page at an angle, such as a watermark."""
    return " ".join("".join(c["text"] for c in chars if c["way"] == SLANTED).split())


def garbled(found: Iterable[Word]) -> bool:
    """Whether the text layer is not what a person sees: no meaning, private signs, a shifted alphabet."""
    text = "".join(word.text for word in found)
    strange = text.count("\ufffd") + len("(cid:0)") * text.count("(cid:")
    if not text.isascii():
        strange += sum(unicodedata.category(c) in MEANINGLESS for c in text)
    if strange > STRANGE * len(text):
        return True
    plain = [USUAL[c] for c in text.lower() if c in USUAL]
    return len(plain) >= ENOUGH and sum(plain) / len(plain) < LEAST


def _once(chars: list[Char]) -> list[Char]:
    places = {(c["text"], round(c["x0"]), round(c["top"])) for c in chars}
    return dedupe_chars(chars) if len(chars) - len(places) > TWICE * len(chars) else chars


def _word(word: Char) -> Word:
    first = word["chars"][0]
    text: str = word["text"]
    return Word(
        text if text.isascii() else unicodedata.normalize("NFC", text),
        Box(word["x0"], word["top"], word["x1"], word["bottom"]),
        first["size"],
        bold="bold" in str(first["fontname"]).lower(),
    )
