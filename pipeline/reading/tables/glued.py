"""Titles of two columns that came as one word: 'TARGETSATUAN', where a border runs through a narrow head."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from pipeline.reading.tables.title import Title
from pipeline.reading.tables.vocabulary import plain, titles
from pipeline.rules import TableRule


def parted(found: tuple[Title, ...], rules: Sequence[TableRule]) -> tuple[Title, ...]:
    """The titles; one word that is two known titles gives its neighbour without words the one on its side."""
    halves = dict(_halves(found, rules))
    return tuple(_renamed(title, halves[n]) if n in halves else title for n, title in enumerate(found))


def _halves(found: Sequence[Title], rules: Sequence[TableRule]) -> Iterator[tuple[int, str]]:
    for n, (one, two) in enumerate(pairwise(found)):
        glued = next(
            (t for t, other in ((one, two), (two, one)) if len(t.words) == 1 and not other.words), None
        )
        if glued is not None and (split := _split(glued.text, rules)) is not None:
            yield from ((n, split[0]), (n + 1, split[1]))


def _split(text: str, rules: Iterable[TableRule]) -> tuple[str, str] | None:
    """The two titles of one rule that a word is made of; None where it is no such word."""
    for rule in rules:
        known = titles(rule).exact
        if plain(text) in known:
            return None
        for at in range(1, len(text)):
            if plain(text[:at]) in known and plain(text[at:]) in known:
                return text[:at], text[at:]
    return None


def _renamed(title: Title, text: str) -> Title:
    return replace(title, path=(*title.path[: -1 if title.words else None], text))
