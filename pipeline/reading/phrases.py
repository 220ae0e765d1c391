"""Printed words against a rule's phrases: without case, spaces and punctuation, forgiving misreadings."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from functools import lru_cache

from rapidfuzz.distance import Levenshtein
from rapidfuzz.fuzz import partial_ratio_alignment, ratio

SHORTEST_FUZZY = 9  # letters; shorter phrases must be exact, or "NIP" would be found in "NIK"


@lru_cache(maxsize=65536)
def fold(text: str) -> str:
    """Only letters and digits, lower case, without accents.

    >>> fold("PIHAK  Pertama,")
    'pihakpertama'
    """
    plain = unicodedata.normalize("NFKD", text).casefold()
    return "".join(c for c in plain if c.isalnum())


def starts(text: str, phrases: Iterable[str], similar: int = 85) -> str | None:
    """The longest of `phrases` that `text` begins with, allowing misread letters; None for none.

    >>> starts("PIHAK PETAMA,", ["PIHAK PERTAMA"])
    'PIHAK PERTAMA'
    """
    folded = fold(text)
    for phrase in sorted(phrases, key=len, reverse=True):
        wanted = fold(phrase)
        if folded.startswith(wanted) or _alike(folded[: len(wanted) + 1], wanted, similar):
            return phrase
    return None


def says(text: str, phrases: Iterable[str], similar: int = 88) -> str | None:
    """The first of `phrases` that stands anywhere in `text`, allowing misread letters; None for none."""
    folded = fold(text)
    for phrase in phrases:
        wanted = fold(phrase)
        if wanted in folded:
            return phrase
        if len(wanted) >= SHORTEST_FUZZY + 3 and _somewhere(folded, wanted, similar):
            return phrase
    return None


def same(text: str, phrases: Iterable[str], similar: int = 85) -> str | None:
    """The phrase that `text` is, and nothing more; None for none.

    >>> same("N a m a", ["Nama"])
    'Nama'
    """
    folded = fold(text)
    for phrase in phrases:
        wanted = fold(phrase)
        if folded == wanted or (len(wanted) >= SHORTEST_FUZZY - 2 and ratio(folded, wanted) >= similar):
            return phrase
    return None


def _alike(folded: str, wanted: str, similar: int) -> bool:
    if len(wanted) < SHORTEST_FUZZY or len(folded) < len(wanted) - 2:
        return False
    if Levenshtein.distance(folded[:4], wanted[:4]) > 1:  # or "Form X" would be found in "Kota X"
        return False
    allowed = round(len(wanted) * (100 - similar) / 100)
    lengths = (len(wanted) - 1, len(wanted), len(wanted) + 1)
    return any(Levenshtein.distance(folded[:n], wanted, score_cutoff=allowed) <= allowed for n in lengths)


def _somewhere(folded: str, wanted: str, similar: int) -> bool:
    found = partial_ratio_alignment(wanted, folded, score_cutoff=similar)
    return found is not None and len(folded) >= len(wanted)
