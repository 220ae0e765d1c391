"""Who is found under a key: a list of pairs, packed, so that millions of people fit into memory."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from itertools import chain

import numpy as np
import numpy.typing as npt

Found = npt.NDArray[np.int32]
NOBODY: Found = np.empty(0, dtype=np.int32)


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
        return self.lists((key,))[0]

    def lists(self, keys: Collection[object]) -> list[Found]:
        """The people under each of some keys."""
        return [self._people[begin:end] for begin, end in self._spans(keys)]

    def any_of(self, keys: Collection[object]) -> Found:
        """The people under any of some keys, some more than once."""
        found = [self._people[begin:end] for begin, end in self._spans(keys) if begin < end]
        return np.concatenate(found) if found else NOBODY

    def _spans(self, keys: Collection[object]) -> Iterable[tuple[int, int]]:
        hashes = np.fromiter(map(hash, keys), dtype=np.int64, count=len(keys))
        begins = self._keys.searchsorted(hashes)
        ends = self._keys.searchsorted(hashes, side="right")
        return zip(begins.tolist(), ends.tolist(), strict=True)


class Groups:
    """Numbers in groups, none of them empty, packed: the posts of each person."""

    def __init__(self, groups: Collection[Collection[int]]) -> None:
        """The n-th group belongs to person n."""
        sizes = np.fromiter(map(len, groups), dtype=np.int32, count=len(groups))
        self._begins = np.concatenate((NOBODY, (0,), sizes.cumsum(dtype=np.int32)))
        self._numbers = np.fromiter(chain.from_iterable(groups), dtype=np.int32)

    def of(self, people: Found) -> tuple[Found, Found]:
        """The numbers of some people, those of one after those of another, and where each person's begin."""
        first = self._begins[people]
        sizes = self._begins[people + 1] - first
        begins = sizes.cumsum(dtype=np.int32) - sizes
        steps = np.arange(sizes.sum(), dtype=np.int32)
        return self._numbers[np.repeat(first - begins, sizes) + steps], begins


def both(one: Found, other: Found) -> Found:
    """The people of two lists in both of them. Each list is in order and names nobody twice."""
    short, long = (one, other) if len(one) <= len(other) else (other, one)
    if not len(short):
        return short
    at = long.searchsorted(short)
    at[at == len(long)] = 0
    found: Found = short[long[at] == short]
    return found
