"""What a line of a signer is: a number, a rank, a position, titles."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

from pipeline.reading.lines import Line
from pipeline.reading.phrases import fold
from pipeline.rules import Labels, Lexicon, Offices
from pipeline.schema import Word
from pipeline.values import rank
from pipeline.values.words import Titles

NIP_LINE = re.compile(
    r"^\W*(?:n\s*[i1l]\s*p|nrp|ni\s*pppk|nrk|npp|nipp|npk)\b|^\W*n[i1l]p[\W0-9]"
    r"|\b(?:nrp|npp)\W*\d{5,}\W*$|^\d{6,12}$"  # behind the rank of a policeman, and where it goes on below
    r"|^\W*nik\W*\d{6,12}\W*$",  # of the employee of an enterprise; that of a citizen is longer
    re.IGNORECASE,
)
MANY_DIGITS = re.compile(r"(\d[\s.·]?){14,}")
STAFF = "staf"  # the level of positions that are known by how they end


def is_nip(line: Line) -> bool:
    """Whether a line is an employee number, filled in or not."""
    return bool(NIP_LINE.search(line.text) or MANY_DIGITS.search(line.text))


def is_rank(line: Line, words: Lexicon) -> bool:
    """Whether a line is a rank or grade."""
    return not is_nip(line) and rank(line.text, words=words) is not None


def position_level(text: str, words: Lexicon) -> str | None:
    """The level of office that a position begins with; None where it does not begin like one."""
    return _level(text, words.offices)


@lru_cache(maxsize=16384)
def _level(text: str, offices: Offices) -> str | None:
    bare, (acting, begins, ends) = text.strip(), _known(offices)
    for prefix in acting:
        if bare.lower().startswith((prefix + ".", prefix + " ")):
            bare = bare[len(prefix) :].lstrip(". ")
    folded = fold(bare)
    found = next((level for begin, level in begins if folded.startswith(begin)), None)
    return found or (STAFF if folded.endswith(ends) else None)


@lru_cache(maxsize=8)
def _known(offices: Offices) -> tuple[tuple[str, ...], tuple[tuple[str, str], ...], tuple[str, ...]]:
    """Who acts for another; how positions begin, the longest first, with their levels; and how they end."""
    begins = [(begin, level.name) for level in offices.level for begin in level.begins]
    begins.sort(key=lambda each: -len(each[0]))
    acting = tuple(prefix.lower() for prefix in offices.acting)
    return acting, tuple((fold(begin), level) for begin, level in begins), tuple(map(fold, offices.ends))


def only_titles(text: str, words: Lexicon) -> bool:
    """Whether a text is nothing but titles."""
    known = _titles(words.titles)
    parts = [p for p in re.split(r"[,\s]+", text) if fold(p)]
    return bool(parts) and all(fold(p) in known for p in parts)


@lru_cache(maxsize=8)
def _titles(titles: Titles) -> frozenset[str]:
    return frozenset(fold(title) for title in (*titles.back, *titles.front))


def unended(said: Sequence[Word], labels: Labels) -> bool:
    """Whether words go on over the next line, as the last one says: 'PENGENDALIAN, DAN'."""
    return said[-1].text.lower() in labels.goes_on


def repeats(line: Line, above: Iterable[Line]) -> bool:
    """Whether a line says nothing but words of those above, or beginnings of them: the stamp of 'CAMAT'."""
    said = tuple(fold(word.text) for one in above for word in one.words)
    return all(any(word.startswith(fold(own.text)) for word in said) for own in line.words)
