"""Which words in and around a slot are print, to be left out of its picture, and which may be ink."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from statistics import median

from pipeline.reading.phrases import says
from pipeline.reading.signatures.crop import Masked
from pipeline.reading.signatures.view import frame
from pipeline.rules import Lexicon
from pipeline.schema import Box, Layout, Ruling, Word

TALL = 1.7  # of the usual height of words on the page: a taller one is ink that OCR took for letters
SURE = 0.6  # confidence from which a word is printed, not ink that OCR took for letters
MANY = 3  # words in a row that are print also where nothing should be printed
LABEL = 85  # per cent that a misread label is like the printed one
LONG, PLAIN = 4, 0.9  # letters of a word in a stamp, and how surely it is read, at least
WRITTEN = 3  # letters of a name that somebody wrote out
INKY = frozenset({"unsure", "tall", "loose"})  # words that may be ink
LETTERS = re.compile(r"[^\W\d_]")


def masks(layout: Layout, slot: Box, gap: Box, words: Lexicon) -> Iterator[Masked]:
    """Every word and ruling line in the picture of `slot`, with what is done with it.

    `print`, `stamp` and `ruling` are left out. Words that are `tall`, `unsure` or `loose` are not: in the
    `gap`, where nobody prints, a few letters are rather ink.
    """
    usual = median([w.box.height for w in layout.words] or [0.0])
    around = frame(slot).box
    near = [w for w in layout.words if _overlap(w.box, around)]
    sure = layout.page.origin == "text"
    for word in near:
        yield Masked(word.box, "print" if sure else _why(word, usual, near, gap, words))
    for line in layout.rulings:
        if _overlap(_box(line), around):
            yield Masked(_box(line), "ruling")


def written(layout: Layout, gap: Box, masked: Sequence[Masked]) -> bool:
    """Whether small letters were read on a scan where nobody prints: a name written out, and no stamp, whose
    letters are capitals. `masked` are the masks around the gap."""
    inky = [mark.box for mark in masked if mark.why in INKY and gap.holds(mark.box)]
    return any(word.box in inky and _small(word.text) for word in layout.words) if inky else False


def _small(text: str) -> bool:
    letters = LETTERS.findall(text)
    return len(letters) >= WRITTEN and sum(c.islower() for c in letters) > len(letters) / 2


def _why(word: Word, usual: float, near: Sequence[Word], gap: Box, words: Lexicon) -> str:
    if word.confidence < SURE:
        return "unsure"
    if word.box.height >= TALL * usual:
        return "tall"
    if not gap.holds(word.box) or not _loose(word, near, words):
        return "print"
    return "stamp" if _stamped(word) else "loose"


def _stamped(word: Word) -> bool:
    """Whether a word is one of those in an office stamp: in capitals, and surely read."""
    letters = LETTERS.findall(word.text)
    return len(letters) >= LONG and word.text.isupper() and word.confidence >= PLAIN


def _loose(word: Word, near: Sequence[Word], words: Lexicon) -> bool:
    """Whether a word stands almost alone and says nothing that is printed in such places."""
    if not LETTERS.search(word.text):
        return False
    row = [w for w in near if abs(w.box.centre - word.box.centre) < 0.4 * word.box.height]
    if len(row) >= MANY and sum(w.confidence for w in row) / len(row) > 1 - (1 - SURE) / 4:
        return False
    told = " ".join(w.text for w in row)
    labels = (*words.labels.fill, *words.labels.meterai, *words.labels.electronic)
    return says(told, labels, LABEL) is None


def _box(line: Ruling) -> Box:
    return Box(line.x0, line.top, line.x1, line.bottom)


def _overlap(box: Box, other: Box) -> bool:
    return box.x0 <= other.x1 and other.x0 <= box.x1 and box.top <= other.bottom and other.top <= box.bottom
