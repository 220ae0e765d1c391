"""How two names differ: as spellings of one name, as a shorter form, by a slip, or as two people."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from rapidfuzz.distance import OSA

Gap = Literal["same", "shorter", "slip", "spelling", "alike", "other"]
SHORT = 3  # letters of an abbreviation


def gap(one: str, other: str, *, letters_per_slip: int, letters_per_doubt: int) -> Gap:
    """How two names differ, given the `key` of each; a slip is a letter too much, missing, wrong or moved.

    >>> gap("muhammad ridwan hakiki", "muhammad ridwan", letters_per_slip=8, letters_per_doubt=4)
    'shorter'
    >>> gap("sumarno haariyadi", "sumarno hariyadi", letters_per_slip=8, letters_per_doubt=4)
    'slip'
    >>> gap("aditia mustafa wijaia", "aditya mustafa wijaya", letters_per_slip=8, letters_per_doubt=4)
    'spelling'
    >>> gap("sumarno hariyadi", "sumarni hartati", letters_per_slip=8, letters_per_doubt=4)
    'other'
    """
    joined, joined_other = one.replace(" ", ""), other.replace(" ", "")
    if joined == joined_other:
        return "same"
    words, others = one.split(), other.split()
    short, long = sorted((words, others), key=len)
    if _shortened(short, long):
        return "shorter"
    letters = min(len(joined), len(joined_other))
    slips = OSA.distance(joined, joined_other, score_cutoff=letters // letters_per_doubt)
    if slips <= letters // letters_per_slip or _abbreviated(words, others):
        return "slip" if slips == 1 else "spelling"
    return "alike" if slips <= letters // letters_per_doubt else "other"


def _shortened(short: Sequence[str], long: Sequence[str]) -> bool:
    """Whether every word of the short name stands in the long one, in order, whole or as its first letter."""
    at = whole = 0
    for word in short:
        while at < len(long) and long[at] != word and not _initial(word, long[at]):
            at += 1
        if at == len(long):
            return False
        whole += long[at] == word and len(word) > 1
        at += 1
    return whole > 0


def _initial(word: str, other: str) -> bool:
    return 1 in (len(word), len(other)) and word[0] == other[0]


def _abbreviated(words: Sequence[str], others: Sequence[str]) -> bool:
    """Whether all words are the same but one, cut short in a way that no list knows: Km. for Kemas."""
    unlike = [sorted(pair, key=len) for pair in zip(words, others, strict=False) if pair[0] != pair[1]]
    if len(words) != len(others) or len(words) < 2 or len(unlike) != 1:
        return False
    [(short, long)] = unlike
    letters = iter(long)
    return len(short) <= SHORT and short[0] == long[0] and all(letter in letters for letter in short)


def misread(one: str, other: str, lookalikes: Sequence[str]) -> bool:
    """Whether two names differ by one letter for another that looks like it, or by a thin one not seen.

    Of `lookalikes` the first are the thin ones.

    >>> misread("fitriant suriani", "fitriani suriani", ["ijlt"])
    True
    >>> misread("rosmayant", "rosmayanti", ["ijlt"]), misread("haariyadi", "hariyadi", ["ijlt"])
    (True, False)
    >>> misread("suselo", "susilo", ["ijlt", "ceo"])
    False
    """
    if len(one) != len(other):
        return any(
            other[at] in lookalikes[0] and one == other[:at] + other[at + 1 :] for at in range(len(other))
        )
    unlike = [set(pair) for pair in zip(one, other, strict=True) if pair[0] != pair[1]]
    return len(unlike) == 1 and any(unlike[0] <= set(group) for group in lookalikes)
