"""Printed words against a rule's phrases: without case, spaces and punctuation, forgiving misreadings."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz.distance import Levenshtein
from rapidfuzz.fuzz import partial_ratio, ratio
from rapidfuzz.process import extractOne

SHAPES = str.maketrans("l1|058", "iiiosb")  # signs that readers of scans take for each other
EXACTLY = 100  # per cent: nothing is misread on a page that was not scanned
REMEMBERED = 65_536  # answers: several readers ask the same of a line
BEGIN = 4  # letters of which one may be misread
SHORTEST_FUZZY = 9  # letters; shorter phrases must be exact, or "NIP" would be found in "NIK"


@lru_cache(maxsize=65536)
def fold(text: str) -> str:
    """Only letters and digits, lower case, without accents.

    >>> fold("PIHAK  Pertama,")
    'pihakpertama'
    """
    plain = text.lower() if text.isascii() else unicodedata.normalize("NFKD", text).casefold()
    return "".join(filter(str.isalnum, plain))


@lru_cache(maxsize=65536)
def shape(folded: str) -> str:
    """A folded text with letters that print alike made one: two phrases that misreading cannot part."""
    return folded.translate(SHAPES)


@dataclass(frozen=True, slots=True)
class _Known:
    """A phrase of a rule, made ready once."""

    phrase: str
    folded: str
    shape: str


@lru_cache(maxsize=4096)
def _known(phrases: tuple[str, ...]) -> tuple[_Known, ...]:
    return tuple(_Known(p, fold(p), shape(fold(p))) for p in phrases)


@lru_cache(maxsize=4096)
def _by_shape(phrases: tuple[str, ...]) -> dict[str, str]:
    """The first phrase of each shape."""
    return {known.shape: known.phrase for known in reversed(_known(phrases))}


@lru_cache(maxsize=4096)
def _misreadable(phrases: tuple[str, ...], shortest: int) -> dict[str, str]:
    """Folded, those of the phrases that have so many letters that some may be misread."""
    return {known.phrase: known.folded for known in _known(phrases) if len(known.folded) >= shortest}


@lru_cache(maxsize=4096)
def _by_begin(phrases: tuple[str, ...]) -> dict[str, dict[int, _Known]]:
    """The phrases by how they may begin, each with its place in the order of the longest first."""
    found: dict[str, dict[int, _Known]] = {}
    for place, known in enumerate(_known(tuple(sorted(phrases, key=len, reverse=True)))):
        for begin in (known.shape[:1], *_ends(known.folded)):
            found.setdefault(begin, {})[place] = known
    return found


def _ends(folded: str) -> tuple[str, str]:
    """Two texts have neither in common where more than one of their first four letters has to be changed."""
    return folded[:1], folded[1:BEGIN]


def starts(text: str, phrases: Iterable[str], similar: int = 85) -> str | None:
    """The longest of `phrases` that `text` begins with, allowing misread letters; None for none.

    >>> starts("PIHAK PETAMA,", ["PIHAK PERTAMA"])
    'PIHAK PERTAMA'
    """
    return _begun(text, tuple(phrases), similar)


@lru_cache(maxsize=REMEMBERED)
def _begun(text: str, phrases: tuple[str, ...], similar: int) -> str | None:
    folded = fold(text)
    shaped, begins = shape(folded), _by_begin(phrases)
    likely: dict[int, _Known] = {}
    for begin in (shaped[:1], *_ends(folded)):
        likely.update(begins.get(begin, {}))
    for _, known in sorted(likely.items()):
        if shaped.startswith(known.shape) or _alike(folded[: len(known.folded) + 1], known.folded, similar):
            return known.phrase
    return None


def alone(text: str, phrases: Iterable[str], longer: int, similar: int = 85) -> str | None:
    """The longest of `phrases` that `text` begins with, with at most so many letters more; None for none.

    >>> alone("PIHAK PERTAMA,", ["PIHAK PERTAMA"], longer=2)
    'PIHAK PERTAMA'
    >>> alone("Pihak Pertama berjanji", ["PIHAK PERTAMA"], longer=2)
    """
    phrase = starts(text, phrases, similar)
    return phrase if phrase is not None and len(fold(text)) <= len(fold(phrase)) + longer else None


def says(text: str, phrases: Iterable[str], similar: int = 88) -> str | None:
    """The first of `phrases` that stands anywhere in `text`, else the one that does with misread letters."""
    return _said(text, tuple(phrases), similar)


@lru_cache(maxsize=REMEMBERED)
def _said(text: str, phrases: tuple[str, ...], similar: int) -> str | None:
    folded = fold(text)
    exact = next((known.phrase for known in _known(phrases) if known.folded in folded), None)
    if exact is not None or similar >= EXACTLY:
        return exact
    long = _misreadable(phrases, SHORTEST_FUZZY + 3).items()
    inside = {phrase: wanted for phrase, wanted in long if len(wanted) <= len(folded)}
    return _nearest(folded, inside, partial_ratio, similar)


def same(text: str, phrases: Iterable[str], similar: int = 85) -> str | None:
    """The phrase that `text` is, and nothing more; None for none.

    >>> same("N a m a", ["Nama"])
    'Nama'
    """
    return _same(text, tuple(phrases), similar)


@lru_cache(maxsize=REMEMBERED)
def _same(text: str, phrases: tuple[str, ...], similar: int) -> str | None:
    folded = fold(text)
    exact = _by_shape(phrases).get(shape(folded))
    if exact is not None or similar >= EXACTLY:
        return exact
    return _nearest(folded, _misreadable(phrases, SHORTEST_FUZZY - 2), ratio, similar)


def _nearest(
    folded: str, phrases: Mapping[str, str], likeness: Callable[..., float], similar: int
) -> str | None:
    found = extractOne(folded, phrases, scorer=likeness, score_cutoff=similar)
    return found[2] if found else None


def _alike(folded: str, wanted: str, similar: int) -> bool:
    if len(wanted) < SHORTEST_FUZZY or len(folded) < len(wanted) - 2:
        return False
    if Levenshtein.distance(folded[:BEGIN], wanted[:BEGIN]) > 1:  # or "Form X" would be found in "Kota X"
        return False
    allowed = round(len(wanted) * (100 - similar) / 100)
    lengths = (len(wanted) - 1, len(wanted), len(wanted) + 1)
    return any(Levenshtein.distance(folded[:n], wanted, score_cutoff=allowed) <= allowed for n in lengths)
