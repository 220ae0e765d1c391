"""Words of a text layer in which a broken font says nothing, or nonsense, for joined letters: read by eye."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

import cv2
import numpy as np
from msgspec import structs
from rapidfuzz.distance import Levenshtein

from pipeline.reading.raster import Raster, lifted
from pipeline.reading.scanned import Ocr
from pipeline.schema import Box, Word

# What fonts say for joined letters (ti, tt, ft, fi) whose meaning was lost when the file was made: letters
# that no language of Indonesia is written with, private signs, or the bare number of the glyph.
SIGN = r"(?:[\u0180-\u024f\ue000-\uf8ff\ufffd]|\(cid:[0-9]+\))"
BROKEN = re.compile(SIGN)
POINT = re.compile(r"^[\ue000-\uf8ff]")
DPI = 200.0
MOST = 60  # words of a page that are read so; more, and the whole page is read by eye
ROOM = 0.35  # of the height of a letter, around a word
LETTERS = 2  # of a word that must be known
JOINED = 3  # letters that one sign may stand for, at most


def broken(word: Word) -> bool:
    """Whether a sign stands in a word where letters were.

    >>> at = Box(0, 0, 1, 1)
    >>> [broken(Word(text, at, 9)) for text in ("Ins\u019ftut", "(cid:415)mur", "\uf0b7", "Halim")]
    [True, True, False, False]
    """
    if word.text.isascii() and "(cid:" not in word.text:
        return False
    rest = POINT.sub("", word.text)
    known = BROKEN.sub("", rest)
    return known != rest and sum(c.isalpha() for c in known) >= LETTERS


def many(words: Sequence[Word]) -> bool:
    """Whether so many words of a page are broken that none of it is believed."""
    return sum(map(broken, words)) > MOST


def mended(words: Sequence[Word], draw: Callable[[float], Raster], ocr: Ocr) -> tuple[Word, ...]:
    """The words, the broken ones as they read on the picture that `draw` makes; the same where that fails."""
    if not any(map(broken, words)):
        return tuple(words)
    picture = lifted(draw(DPI))
    return tuple(_seen(word, picture, ocr) if broken(word) else word for word in words)


def _seen(word: Word, picture: Raster, ocr: Ocr) -> Word:
    room, box = ROOM * word.size, word.box
    part = picture.cut(Box(box.x0 - room / 2, box.top - room, box.x1 + room / 2, box.bottom + room)).pixels
    if not part.size:
        return word
    side = part.shape[0]
    alone = cv2.copyMakeBorder(part, side, side, side, side, cv2.BORDER_CONSTANT, value=float(np.max(part)))
    found = ocr(Raster(alone, picture.dpi))
    read = "".join(one.text for one in found)
    fits = next((text for text in _cut(read) if _fits(text, word.text)), None)
    if fits is None:
        return word
    return structs.replace(word, text=fits, confidence=min(one.confidence for one in found))


def _cut(read: str) -> Iterator[str]:
    """What was read; and without signs at its ends, which may be of the words beside it."""
    yield read
    yield read.strip("|_-.,;:'")


def _fits(read: str, said: str) -> bool:
    """Whether the letters read are those that the file says, with some for each sign without a meaning."""
    signs = len(BROKEN.findall(said))
    known = BROKEN.sub("", said)
    more = len(read) - len(known)
    return (
        signs <= more <= JOINED * signs and Levenshtein.distance(known, read, weights=(0, 1, 1)) <= signs // 3
    )
