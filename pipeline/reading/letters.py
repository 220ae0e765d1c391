"""Words out of the letters that a PDF page draws, and whether those letters can be believed."""

from __future__ import annotations

import math
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from pdfminer.layout import LTChar
from pdfplumber.utils import dedupe_chars, extract_words

from pipeline.reading.marks import white
from pipeline.schema import Box, Word

GAP = 0.15  # of the letter size: wider gaps part words; files without spaces show about 0.2 and more
TWICE = 0.05  # share of letters drawn twice in place (false bold) from which they are taken once
STRANGE = 0.05  # share of letters without a meaning from which a text layer is not believed
VOWELS = (0.22, 0.65)  # share of vowels among the letters of any language in Latin script
ENOUGH = 80  # letters needed to judge that
Place = Callable[[Any], Box]


def seen(letters: Iterable[LTChar], place: Place, page: Box, grounds: Sequence[Box]) -> list[LTChar]:
    """The letters on the page that are not white on white; `grounds` are coloured areas and images."""
    return [c for c in letters if _seen(c, place(c), page, grounds)]


def _seen(letter: LTChar, box: Box, page: Box, grounds: Sequence[Box]) -> bool:
    if not _holds(page, box):
        return False
    return not white(letter.graphicstate.ncolor) or any(_holds(ground, box) for ground in grounds)


def _holds(outer: Box, inner: Box) -> bool:
    return outer.x0 <= inner.middle <= outer.x1 and outer.top <= inner.centre <= outer.bottom


def direction(letter: LTChar) -> int:
    """Degrees clockwise by which the letter is turned: 0, 90, 180 or 270, or -1 for anything between."""
    a, b = letter.matrix[:2]
    angle = -math.degrees(math.atan2(b, a)) % 360
    nearest = round(angle / 90) * 90
    return nearest % 360 if abs(angle - nearest) <= 5 else -1


def turn(letters: Sequence[LTChar]) -> int:
    """Degrees clockwise by which the page must be turned for most letters to stand upright."""
    ways = Counter(direction(c) for c in letters if not c.get_text().isspace())
    way, most = max(ways.items(), key=lambda w: w[1], default=(0, 0))
    return (360 - way) % 360 if way > 0 and most > 0.6 * ways.total() else 0


def words(letters: Sequence[LTChar], place: Place) -> tuple[Word, ...]:
    """The words of letters that stand upright or at right angles, top to bottom; boxes in points."""
    chars = _once([_char(c, place(c)) for c in letters])
    return tuple(_word(w) for w in extract_words(chars, x_tolerance_ratio=GAP, return_chars=True))


def slanted(letters: Iterable[LTChar]) -> str:
    """What is written across the page at an angle, such as a watermark."""
    return " ".join("".join(c.get_text() for c in letters).split())


def garbled(found: Iterable[Word]) -> bool:
    """Whether the text layer is not what a person sees: no meaning, private characters, a shifted alphabet."""
    text = "".join(word.text for word in found)
    if not text:
        return False
    strange = text.count("(cid:") * 5 + sum(unicodedata.category(c) in {"Co", "Cn", "Cc"} for c in text)
    strange += text.count("\ufffd")
    if strange > STRANGE * len(text):
        return True
    plain = [c for c in text.lower() if "a" <= c <= "z"]
    share = sum(c in "aeiou" for c in plain) / max(1, len(plain))
    return len(plain) >= ENOUGH and not VOWELS[0] <= share <= VOWELS[1]


def _char(letter: LTChar, box: Box) -> dict[str, Any]:
    return {
        "text": letter.get_text(),
        "x0": box.x0,
        "x1": box.x1,
        "top": box.top,
        "bottom": box.bottom,
        "doctop": box.top,
        "upright": letter.upright,
        "size": letter.size,
        "fontname": letter.fontname,
    }


def _once(chars: list[dict[str, Any]]) -> list[dict[str, Any]]:
    places = {(c["text"], round(c["x0"]), round(c["top"])) for c in chars}
    return dedupe_chars(chars) if len(chars) - len(places) > TWICE * len(chars) else chars


def _word(word: dict[str, Any]) -> Word:
    first = word["chars"][0]
    return Word(
        unicodedata.normalize("NFC", word["text"]),
        Box(word["x0"], word["top"], word["x1"], word["bottom"]),
        first["size"],
        bold="bold" in str(first["fontname"]).lower(),
    )
