"""Printed words against a rule's phrases: without case, spaces and punctuation, forgiving misreadings."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz.distance import Levenshtein
from rapidfuzz.fuzz import partial_ratio_alignment, ratio

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
    begins: frozenset[str]  # of its first four letters the first, and the last three


@lru_cache(maxsize=4096)
def _known(phrases: tuple[str, ...]) -> tuple[_Known, ...]:
    return tuple(_Known(p, fold(p), shape(fold(p)), frozenset(_ends(fold(p)))) for p in phrases)


def _ends(folded: str) -> tuple[str, str]:
    """Two texts have neither in common where more than one of their first four letters has to be changed."""
    return folded[:1], folded[1:BEGIN]


@lru_cache(maxsize=4096)
def _longest_first(phrases: tuple[str, ...]) -> tuple[_Known, ...]:
    return _known(tuple(sorted(phrases, key=len, reverse=True)))


def starts(text: str, phrases: Iterable[str], similar: int = 85) -> str | None:
    """The longest of `phrases` that `text` begins with, allowing misread letters; None for none.

    >>> starts("PIHAK PETAMA,", ["PIHAK PERTAMA"])
    'PIHAK PERTAMA'
    """
    return _begun(text, tuple(phrases), similar)


@lru_cache(maxsize=REMEMBERED)
def _begun(text: str, phrases: tuple[str, ...], similar: int) -> str | None:
    folded = fold(text)
    shaped, begins = shape(folded), _ends(folded)
    for known in _longest_first(phrases):
        if shaped.startswith(known.shape):
            return known.phrase
        if known.begins.isdisjoint(begins):
            continue  # quickly: so it is with most
        if _alike(folded[: len(known.folded) + 1], known.folded, similar):
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
    """The first of `phrases` that stands anywhere in `text`, to the letter or else with misread letters."""
    return _said(text, tuple(phrases), similar)


@lru_cache(maxsize=REMEMBERED)
def _said(text: str, phrases: tuple[str, ...], similar: int) -> str | None:
    folded = fold(text)
    found = _known(phrases)
    exact = next((known.phrase for known in found if known.folded in folded), None)
    if exact is not None or similar >= EXACTLY:
        return exact
    long = (known for known in found if len(known.folded) >= SHORTEST_FUZZY + 3)
    return next((known.phrase for known in long if _somewhere(folded, known.folded, similar)), None)


def same(text: str, phrases: Iterable[str], similar: int = 85) -> str | None:
    """The phrase that `text` is, and nothing more; None for none.

    >>> same("N a m a", ["Nama"])
    'Nama'
    """
    return _same(text, tuple(phrases), similar)


@lru_cache(maxsize=REMEMBERED)
def _same(text: str, phrases: tuple[str, ...], similar: int) -> str | None:
    folded = fold(text)
    shaped, length = shape(folded), len(folded)
    for known in _known(phrases):
        long = len(known.folded)
        if shaped == known.shape:
            return known.phrase
        if long < SHORTEST_FUZZY - 2 or 200 * min(long, length) < similar * (long + length):
            continue  # too short, or so much longer than the other that they cannot be alike
        if ratio(folded, known.folded, score_cutoff=similar) >= similar:
            return known.phrase
    return None


def _alike(folded: str, wanted: str, similar: int) -> bool:
    if len(wanted) < SHORTEST_FUZZY or len(folded) < len(wanted) - 2:
        return False
    if Levenshtein.distance(folded[:BEGIN], wanted[:BEGIN]) > 1:  # or "Form X" would be found in "Kota X"
        return False
    allowed = round(len(wanted) * (100 - similar) / 100)
    lengths = (len(wanted) - 1, len(wanted), len(wanted) + 1)
    return any(Levenshtein.distance(folded[:n], wanted, score_cutoff=allowed) <= allowed for n in lengths)


def _somewhere(folded: str, wanted: str, similar: int) -> bool:
    found = partial_ratio_alignment(wanted, folded, score_cutoff=similar)
    return found is not None and len(folded) >= len(wanted)
