"""The number that a line of a list begins with: digits, letters, roman numerals, ordinals; or a bullet."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from pipeline.reading.lines import Line
from pipeline.reading.phrases import fold
from pipeline.schema import Word
from pipeline.values import Words

NUMBER = re.compile(
    r"^[(\[]?([0-9OolI]{1,2}(?=-$|[.)\]])|(?:[IVX]{1,5}|[ivx]{1,5}|[A-Za-z])(?=[.)\]]))[-.)\]]+[.:]?(.*)$"
)
COUNT = re.compile(r"\(?\d{1,2}[.)]")  # in figures alone, as the rows of lists are counted
PLACE = re.compile(r"\(\d{1,2}\)[._…]*|(?:\d{1,2}[.)])?[._…]{4,}")  # to sign at: '(1)', '2........'
PAGE_NUMBER = re.compile(r"^\W*(hal(aman)?\W*)?\d{1,3}(\s*(dari|/)\s*\d{1,3})?\W*$", re.IGNORECASE)
ORDINAL = re.compile(r"^([A-Za-z]+)[,:.]$")
ALONE = re.compile(r"^[0-9]{1,2}$")
BULLET = re.compile(r"^[•·●○◦▪▫■□◆◇➢➤►▶✓✔★*\-–—\uf000-\uf0ff]$")
ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")
ODD = str.maketrans("OolI", "0011")  # as readers of scans mistake digits


def worded(text: str) -> bool:
    """Whether a text has letters of ours: no number, no dotted line, and no ink that came as another sign."""
    return any(c.isalpha() and c.isascii() for c in text)


def numbered(line: Line, last: int, words: Words) -> tuple[int | None, tuple[Word, ...]]:
    """The number a line begins with, and the words after it; None and all words for no number.

    `last` is the number before it: of what a mark may mean ("I." is nine, or one) the next to it counts.
    """
    first = line.words[0]
    ordinals = dict(words.numerals.ordinals)
    mark, tail = _mark(line, ordinals)
    rest = (
        line.words[1:] if not tail else (Word(tail, first.box, first.size, first.confidence), *line.words[1:])
    )
    meant = list(_meanings(mark, ordinals)) if rest else []
    if not meant:
        return None, line.words
    return (last + 1 if last + 1 in meant else meant[0]), rest


def bulleted(line: Line, last: int, words: Words) -> tuple[int | None, tuple[Word, ...]]:
    """The number after `last` for a line that begins with a bullet, and the words after it."""
    if len(line.words) > 1 and BULLET.match(line.words[0].text):
        return last + 1, line.words[1:]
    return None, line.words


def _mark(line: Line, ordinals: Mapping[str, int]) -> tuple[str, str]:
    """The mark a line begins with, and what is printed right behind it; an empty mark for none."""
    first = line.words[0]
    found = NUMBER.match(first.text)
    if found is not None:
        return found.group(1), found.group(2)
    ordinal = ORDINAL.match(first.text)
    if ordinal is not None and fold(ordinal.group(1)) in ordinals:
        return ordinal.group(1), ""
    if len(line.runs) > 1 and line.runs[0].words == (first,) and fold(first.text) in ordinals:
        return first.text, ""
    apart = len(line.words) > 2 and line.words[1].box.x0 - first.box.x1 > 0.3 * first.size
    bare = first.text.rstrip(":;,") if first.confidence < 1 else first.text  # a dot that was misread
    return (bare, "") if apart and ALONE.match(bare) else ("", "")


def _meanings(mark: str, ordinals: Mapping[str, int]) -> Iterator[int]:
    """The numbers that a mark may mean, the likeliest first."""
    if mark.upper() in ROMAN:
        yield ROMAN.index(mark.upper()) + 1
    if len(mark) == 1 and mark.isalpha() and mark not in "olOI":
        yield ord(mark.lower()) - ord("a") + 1
    digits = mark.translate(ODD)
    if digits.isdigit():
        yield int(digits)
    if fold(mark) in ordinals:
        yield ordinals[fold(mark)]
