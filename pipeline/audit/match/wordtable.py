"""Many sets of words as one table of numbers, so that all are held against another set at once."""

from __future__ import annotations

from collections.abc import Sequence, Set

import numpy as np
import numpy.typing as npt

NONE = 0  # number of no word


class WordTable:
    """Sets of words by their place in the order given."""

    def __init__(self, sets: Sequence[Set[str]]) -> None:
        """Each set is a row of numbers of words."""
        self._numbers = {word: at for at, word in enumerate(sorted(set().union(*sets)), start=1)}
        self._sizes = np.fromiter(map(len, sets), dtype=np.intp, count=len(sets))
        wide = int(self._sizes.max(initial=0))
        kind = np.uint16 if len(self._numbers) < np.iinfo(np.uint16).max else np.uint32
        self._rows = np.full((len(sets), wide), NONE, dtype=kind)
        for row, words in zip(self._rows, sets, strict=True):
            row[: len(words)] = [self._numbers[word] for word in words]

    def likeness(self, rows: npt.NDArray[np.int32], words: Set[str]) -> npt.NDArray[np.float64]:
        """How alike some of the sets are to another: words in both by words in either (Jaccard 1901)."""
        asked = np.zeros(len(self._numbers) + 1, dtype=bool)
        asked[[self._numbers[word] for word in words if word in self._numbers]] = True
        shared = asked[self._rows[rows]].sum(axis=1)
        found: npt.NDArray[np.float64] = shared / np.maximum(self._sizes[rows] + len(words) - shared, 1)
        return found
