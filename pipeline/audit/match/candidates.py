"""Whom of the registry a printed person might be: found by parts of the number and by words of the name."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import reduce

import numpy as np

from pipeline.audit.match.index import StaffIndex, parts, posted
from pipeline.audit.match.postings import Found
from pipeline.audit.match.printed import Printed

NUMBER = 25.0  # what a number that agrees is worth beside the rarity of words, when candidates are ordered
PARTS = 12.0
NEAR = 0.7  # share of its rarity that a word counts for where it is misread
PLACE = 6.0
LEAST = 0.5  # of what the likeliest name is worth; less is not compared


def candidates(one: Printed, staff: StaffIndex) -> list[int]:
    """Numbers of the people to compare, the likeliest first, as many as match.toml says.

    Misread words are looked for only where no number and no whole name is found.
    """
    numbers, names = defaultdict[int, float](float), defaultdict[int, float](float)
    for nip in one.nips:
        _by_number(nip, staff, numbers)
    whole = max([_by_name(name, staff, names) for name in one.names])
    if not whole and max(numbers.values(), default=0.0) < NUMBER:
        for name in one.names:
            _by_misread(name, staff, names)
    least = LEAST * max(names.values(), default=0.0)
    found = {at: -worth - numbers.get(at, 0.0) for at, worth in names.items() if worth >= least}
    found |= {at: -worth - names.get(at, 0.0) for at, worth in numbers.items()}
    if len(found) > staff.bands.weighed:
        found = {at: worth - _place(one, at, staff) for at, worth in found.items()}
    return sorted(found, key=lambda at: (found[at], at))[: staff.bands.weighed]


def _by_number(nip: str, staff: StaffIndex, rough: dict[int, float]) -> None:
    for part in parts(nip):
        for at in staff.thirds.find(part).tolist():
            rough[at] += PARTS
    if nip in staff.numbers:
        rough[staff.numbers[nip]] += NUMBER


def _by_name(name: Sequence[str], staff: StaffIndex, rough: dict[int, float]) -> bool:
    """People with these words in their names; whether somebody has all of them."""
    lists = {word: staff.names.find(word) for word in dict.fromkeys(posted(name))}
    _add(((word, found, 1.0) for word, found in lists.items()), staff, rough)
    plain = [lists[word] for word in dict.fromkeys(name) if len(word) > 1]
    if any(len(found) > staff.bands.common for found in plain):
        together = reduce(np.intersect1d, sorted(plain, key=len))
        _add_all(together, name, staff, rough)
        return len(together) > 0
    return bool(plain) and bool(set.intersection(*[set(found.tolist()) for found in plain]))


def _add(lists: Iterable[tuple[str, Found, float]], staff: StaffIndex, rough: dict[int, float]) -> None:
    """Let words speak for all who have them, but for words that too many have."""
    for word, found, share in lists:
        if len(found) <= staff.bands.common:
            worth = share * staff.rarity.get(word, staff.unseen)
            for at in found.tolist():
                rough[at] += worth


def _add_all(people: Iterable[int], name: Sequence[str], staff: StaffIndex, rough: dict[int, float]) -> None:
    """Let common words together speak for who has all of them."""
    worth = sum(staff.rarity.get(word, 0.0) for word in set(name))
    for at in people:
        rough[int(at)] = max(rough[int(at)], worth)


def _by_misread(name: Sequence[str], staff: StaffIndex, rough: dict[int, float]) -> None:
    """People with words that these may be misread from: rare ones alone, common ones beside another."""
    bearers = defaultdict[int, float](float)
    spelt = [(word, list(_spelt(word, staff))) for word in name]
    for _, found in spelt:
        _add(((other, people, NEAR) for other, people in found), staff, rough)
    common = [np.concatenate([people for _, people in found]) for _, found in spelt if found]
    for at in _shared(common):
        bearers[at] += sum(staff.rarity.get(word, 0.0) for word, _ in spelt) * NEAR
    for at, worth in bearers.items():
        rough[at] = max(rough[at], worth)


def _spelt(word: str, staff: StaffIndex) -> Iterator[tuple[str, Found]]:
    for other in (word, *staff.vocabulary.alike(word)):
        found = staff.names.find(other)
        if len(found):
            yield other, found


def _shared(lists: Sequence[Found]) -> list[int]:
    """People who stand in at least two lists, where one is too long to go through."""
    if len(lists) < 2:
        return []
    ordered = sorted(lists, key=len)
    rest = np.concatenate(ordered[1:])
    return [int(at) for at in np.intersect1d(ordered[0], rest)]


def _place(one: Printed, at: int, staff: StaffIndex) -> float:
    """A first look at whether the place agrees, so that it orders namesakes."""
    if not one.around:
        return 0.0
    best = 0.0
    for post in staff.people[at].posts:
        both = post.words | post.unit
        best = max(best, len(both & one.around) / len(one.around | both) if both else 0.0)
    return PLACE * best
