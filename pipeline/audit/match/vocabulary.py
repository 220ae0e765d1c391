"""Words that something is looked up by, and those among them that a printed word may be misread from."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from rapidfuzz import fuzz, process
from rapidfuzz.distance import OSA

SHORTEST = 4  # letters: below, another word is no misread one
LONG = 7  # letters from which two may be wrong
FOUND = 6  # words at most


class Vocabulary:
    """Searched are the words, thousands of them, and never the people who bear them."""

    def __init__(self, words: Iterable[str]) -> None:
        """Each word once."""
        by_length = defaultdict[int, list[str]](list)
        for word in words:
            by_length[len(word)].append(word)
        self._by_length = dict(by_length)
        self._near: dict[int, list[str]] = {}
        self._alike: dict[str, tuple[str, ...]] = {}

    def alike(self, word: str) -> tuple[str, ...]:
        """Words with one letter wrong, missing, too many or moved, two in a long one. Nearest first."""
        found = self._alike.get(word)
        if found is None:
            found = self._alike[word] = self._search(word)
        return found

    def _search(self, word: str) -> tuple[str, ...]:
        if len(word) < SHORTEST:
            return ()
        limit = slips(word)
        hits = process.extract(
            word, self._within(len(word), limit), scorer=OSA.distance, score_cutoff=limit, limit=FOUND
        )
        nearest = sorted(hits, key=lambda hit: (hit[1], -fuzz.ratio(word, hit[0])))
        return tuple(other for other, _, _ in nearest if other != word)

    def _within(self, length: int, limit: int) -> list[str]:
        """Words whose length is near enough."""
        key = 10 * length + limit
        if key not in self._near:
            lengths = range(length - limit, length + limit + 1)
            self._near[key] = [word for one in lengths for word in self._by_length.get(one, ())]
        return self._near[key]


def slips(word: str) -> int:
    """How many letters of a word may be wrong before it is another."""
    return 1 if len(word) < LONG else 2
