"""Words that something is looked up by, and those among them that a printed word may be misread from.

Words that differ by a letter or two are the same once these letters are left out of both. Looked up are
such remains, kept as hashes (after SymSpell, W. Garbe 2012), so that no word is compared with all others.
"""

from __future__ import annotations

from collections.abc import Iterable

from rapidfuzz import fuzz
from rapidfuzz.distance import OSA

from pipeline.audit.match.postings import Postings

SHORTEST = 4  # letters: below, another word is no misread one
LONG = 7  # letters from which two may be wrong
FOUND = 6  # words at most


class Vocabulary:
    """Searched are the words, thousands of them, and never the people who bear them."""

    def __init__(self, words: Iterable[str]) -> None:
        """Each word once. What words leave is worked out when a word is first looked for."""
        self._words = tuple(words)
        self._kept: Postings | None = None
        self._alike: dict[str, tuple[str, ...]] = {}

    @property
    def remains(self) -> Postings:
        """Words by what is left of them."""
        if self._kept is None:
            pairs = [(part, at) for at, word in enumerate(self._words) for part in remains(word)]
            self._kept = Postings((part for part, _ in pairs), (at for _, at in pairs))
        return self._kept

    def alike(self, word: str) -> tuple[str, ...]:
        """Words with one letter wrong, missing, too many or moved, two in a long one. Nearest first."""
        found = self._alike.get(word)
        if found is None:
            found = self._alike[word] = self._search(word) if len(word) >= SHORTEST else ()
        return found

    def _search(self, word: str) -> tuple[str, ...]:
        limit, words = slips(word), self._words
        near = {words[at] for at in set(self.remains.any_of(remains(word)).tolist())} - {word}
        off = [(OSA.distance(word, other, score_cutoff=limit), other) for other in near]
        nearest = sorted((far, -fuzz.ratio(word, other), other) for far, other in off if far <= limit)
        return tuple(other for _, _, other in nearest[:FOUND])


def remains(word: str) -> set[str]:
    """What is left of a word without one of its letters, in a long one without two; and the word.

    >>> sorted(remains("nur"))
    ['nr', 'nu', 'nur', 'ur']
    """
    found = {word[:at] + word[at + 1 :] for at in range(len(word))}
    if slips(word) > 1:
        found |= {part[:at] + part[at + 1 :] for part in found for at in range(len(part))}
    found.add(word)
    return found


def slips(word: str) -> int:
    """How many letters of a word may be wrong before it is another."""
    return 1 if len(word) < LONG else 2
