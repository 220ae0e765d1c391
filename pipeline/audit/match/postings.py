"""Who is found under a key: a list of pairs, packed, so that millions of people fit into memory."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import numpy.typing as npt

Found = npt.NDArray[np.int32]


class Postings:
    """Numbers of people by keys of any kind, kept as hashes: they find people and never tell them apart."""

    def __init__(self, keys: Iterable[object], people: Iterable[int]) -> None:
        """The n-th key leads to the n-th of `people`."""
        hashes = np.fromiter(map(hash, keys), dtype=np.int64)
        found = np.fromiter(people, dtype=np.int32)
        order = np.argsort(hashes, kind="stable")
        self._keys, self._people = hashes[order], found[order]

    def find(self, key: object) -> Found:
        """The people under a key, in their order; none where nobody is."""
        begin, end = np.searchsorted(self._keys, (hash(key), hash(key) + 1))
        return self._people[begin:end]
