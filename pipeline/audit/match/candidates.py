"""Whom of the registry a printed person might be: found by parts of the number and by words of the name."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import reduce
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from pipeline.audit.match.index import StaffIndex, parts, posted
from pipeline.audit.match.postings import NOBODY, Found, both
from pipeline.audit.match.printed import Printed

NUMBER = 25.0  # what a number that agrees is worth beside the rarity of words, when candidates are ordered
PARTS = 12.0
NEAR = 0.7  # share of its rarity that a word counts for where it is misread
PLACE = 6.0
LEAST = 0.5  # of what the likeliest name is worth; less is not compared


Worth = npt.NDArray[np.float64]


class Bearers(NamedTuple):
    """People, each once and in order, and what the words that they bear are worth together."""

    people: Found
    worth: Worth


def candidates(one: Printed, staff: StaffIndex) -> list[int]:
    """Numbers of the people to compare, the likeliest first, as many as match.toml says.

    Who has the printed number and name stands alone. Misread words are looked for only where no number and
    no whole name is found.
    """
    known = _known(one, staff)
    if known is not None:
        return [known]
    numbers = _by_number(one.nips, staff)
    found, whole = _by_name(one.names, staff)
    if not whole and max(numbers.values(), default=0.0) < NUMBER:
        found = _either(found, *(_by_misread(name, staff) for name in one.names))
    return _likeliest(one, _rough(found, numbers), staff)


def _known(one: Printed, staff: StaffIndex) -> int | None:
    """Who has a printed number and exactly the printed name."""
    found = (staff.numbers.get(nip) for nip in one.nips)
    return next((at for at in found if at is not None and staff.people[at].words in one.names), None)


def _rough(found: Bearers, numbers: Mapping[int, float]) -> dict[int, float]:
    """What speaks for each: rare words of the name, and the number."""
    likely = found.worth >= LEAST * found.worth.max(initial=0.0)
    rough = dict(zip(found.people[likely].tolist(), found.worth[likely].tolist(), strict=True))
    for at, worth in numbers.items():
        rough[at] = worth + _worth(found, at)
    return rough


def _worth(found: Bearers, at: int) -> float:
    """What the name of one of them is worth."""
    index = int(found.people.searchsorted(at))
    there = index < len(found.people) and found.people[index] == at
    return float(found.worth[index]) if there else 0.0


def _likeliest(one: Printed, rough: Mapping[int, float], staff: StaffIndex) -> list[int]:
    """The likeliest; where they are too many, the place is looked at of those whom it can bring in."""
    most = staff.bands.weighed
    if len(rough) <= most:
        return sorted(rough, key=lambda at: (-rough[at], at))
    people = np.fromiter(rough, dtype=np.int32, count=len(rough))
    worth = np.fromiter(rough.values(), dtype=np.float64, count=len(rough))
    close = worth >= np.partition(worth, -most)[-most] - PLACE
    people = people[close]
    worth = worth[close] + PLACE * _places(one, people, staff)
    found: list[int] = people[np.lexsort((people, -worth))[:most]].tolist()
    return found


def _places(one: Printed, people: Found, staff: StaffIndex) -> Worth:
    """A first look at how much of the place of each agrees, so that it orders namesakes."""
    posts, begins = staff.held.of(people)
    alike = staff.posts.likeness(posts, one.around)
    return alike if len(posts) == len(people) else np.maximum.reduceat(alike, begins)


# ---------------------------------------------------------------- by the number


def _by_number(nips: Iterable[str], staff: StaffIndex) -> dict[int, float]:
    """People with two of three parts of a number, or all of it."""
    rough = defaultdict[int, float](float)
    for nip in nips:
        for at in staff.thirds.any_of(tuple(parts(nip))).tolist():
            rough[at] += PARTS
        if nip in staff.numbers:
            rough[staff.numbers[nip]] += NUMBER
    return dict(rough)


# ---------------------------------------------------------------- by words of the name


def _by_name(names: Iterable[Sequence[str]], staff: StaffIndex) -> tuple[Bearers, bool]:
    """People with words of these names; whether somebody has all words of one."""
    lists, several = list[tuple[Found, float]](), list[Bearers]()
    whole = False
    for name in names:
        words = tuple(dict.fromkeys(posted(name)))
        found = dict(zip(words, staff.names.lists(words), strict=True))
        lists += _rare(found.items(), 1.0, staff)
        plain = [found[word] for word in dict.fromkeys(name) if len(word) > 1]
        together = _together(plain)
        whole = whole or len(together) > 0
        if any(len(people) > staff.bands.common for people in plain):
            worth = sum([staff.rarity.get(word, 0.0) for word in set(name)])
            several.append(_bearers([(together, worth)]))
    return _either(_bearers(lists), *several), whole


def _together(lists: Sequence[Found]) -> Found:
    """Who is in all lists."""
    return reduce(both, sorted(lists, key=len)) if lists else NOBODY


def _rare(
    found: Iterable[tuple[str, Found]], share: float, staff: StaffIndex
) -> Iterator[tuple[Found, float]]:
    """Words that speak for all who have them: those that not too many have."""
    for word, people in found:
        if 0 < len(people) <= staff.bands.common:
            yield people, share * staff.rarity.get(word, staff.unseen)


def _by_misread(name: Sequence[str], staff: StaffIndex) -> Bearers:
    """People with words that these may be misread from: rare ones alone, common ones beside another."""
    spelt = [_spelt(word, staff) for word in name]
    rare = [one for found in spelt for one in _rare(found.items(), NEAR, staff)]
    lists = sorted((list(found.values()) for found in spelt if found), key=lambda found: sum(map(len, found)))
    beside = [
        both(one, other) for first in lists[:1] for one in first for rest in lists[1:] for other in rest
    ]
    worth = NEAR * sum([staff.rarity.get(word, 0.0) for word in name])
    shared = np.unique(np.concatenate(beside)) if beside else NOBODY
    return _bearers([*rare, (shared, worth)])


def _spelt(word: str, staff: StaffIndex) -> dict[str, Found]:
    words = (word, *staff.vocabulary.alike(word))
    return {other: found for other, found in zip(words, staff.names.lists(words), strict=True) if len(found)}


# ---------------------------------------------------------------- added up


def _bearers(lists: Sequence[tuple[Found, float]]) -> Bearers:
    """Everybody in some lists, with the worth of the lists they are in added up."""
    people = np.concatenate([found for found, _ in lists]) if lists else NOBODY
    worth = np.repeat([worth for _, worth in lists], [len(found) for found, _ in lists])
    return _grouped(people, worth, np.add)


def _either(*parts: Bearers) -> Bearers:
    """Everybody in some of the parts, with the most that one of them says."""
    some = [part for part in parts if len(part.people)]
    if len(some) <= 1:
        return some[0] if some else parts[0]
    people, worth = (np.concatenate(column) for column in zip(*some, strict=True))
    return _grouped(people, worth, np.maximum)


def _grouped(people: Found, worth: Worth, together: np.ufunc) -> Bearers:
    if not len(people):
        return Bearers(people, worth)
    order = people.argsort(kind="stable")
    people = people[order]
    first = np.concatenate(((True,), people[1:] != people[:-1])).nonzero()[0]
    return Bearers(people[first], together.reduceat(worth[order], first))
