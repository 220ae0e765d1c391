"""The titles that a rule knows, ready to be looked up, also misread ones."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from msgspec.structs import asdict
from rapidfuzz.distance import Levenshtein
from rapidfuzz.process import extract, extractOne

from pipeline.reading.phrases import fold, shape
from pipeline.rules import TableRule

SHORTEST = 5  # letters: a shorter phrase must be exact
LONGEST = 70  # letters: no title of a column is longer
SIGNS = {"#": "no", "№": "no"}  # titles without a letter
BEGIN = 6  # letters of a title
ASTRAY = 2  # of them may be misread
SHARE = 0.3  # of a title that its phrase must make up

_ASIDE = re.compile(r"\([^()]*\)?|\b(?:19|20)\d\d\b")


@dataclass(frozen=True, slots=True, eq=False)
class Vocabulary:
    """Folded phrases and their fields, and how like one a misread title is at least, in per cent."""

    exact: Mapping[str, str]
    similar: int


@lru_cache(maxsize=64)
def titles(rule: TableRule) -> Vocabulary:
    """The titles of a rule's columns."""
    return _vocabulary(asdict(rule.columns), rule.similar)


@lru_cache(maxsize=64)
def together(rules: tuple[TableRule, ...]) -> tuple[Vocabulary, ...]:
    """The titles of all rules, to ask whether any knows one: a vocabulary for those that forgive alike."""
    found: dict[int, list[str]] = {}
    for rule in rules:
        found.setdefault(rule.similar, []).extend(
            phrase for said in asdict(rule.columns).values() for phrase in said
        )
    return tuple(_vocabulary({"title": phrases}, similar) for similar, phrases in found.items())


@lru_cache(maxsize=64)
def refusals(rule: TableRule) -> Vocabulary:
    """The titles of tables that the rule refuses."""
    return _vocabulary({"refuse": rule.refuse}, rule.similar)


@lru_cache(maxsize=64)
def seconds(rule: TableRule) -> Vocabulary:
    """The titles of tables that count where the rule has no other."""
    return _vocabulary({"second": rule.second}, rule.similar)


def _vocabulary(phrases: Mapping[str, Iterable[str]], similar: int) -> Vocabulary:
    return Vocabulary(
        {fold(phrase): field for field, several in phrases.items() for phrase in several}, similar
    )


@lru_cache(maxsize=4096)
def plain(text: str) -> str:
    """A title's letters, without what stands in brackets and without years; a sign is the word it stands for.

    >>> plain("TARGE T Tahun 2026 (%)"), plain("#")
    ('targettahun', 'no')
    """
    return fold(bare(text)) or fold(text) or SIGNS.get(text.strip(), "")


def bare(text: str) -> str:
    """A text without what stands in brackets and without years."""
    return _ASIDE.sub(" ", text)


@lru_cache(maxsize=4096)
def named(folded: str, known: Vocabulary) -> tuple[str, float]:
    """The field that a folded title names, and how surely: 1 to the letter, less for misread or longer ones.

    >>> named("targettahun", Vocabulary({"target": "target"}, 84))[0]
    'target'
    """
    if folded in known.exact:
        return known.exact[folded], 1.0
    if not folded or len(folded) > LONGEST:
        return "", 0.0
    return (
        _misread(folded, known) or _longer(folded, known, exact=True) or _longer(folded, known) or ("", 0.0)
    )


def begins(folded: str, known: Vocabulary) -> bool:
    """Whether a folded title is one of the phrases, perhaps misread, or begins with one to the letter."""
    return bool(folded) and bool(
        folded in known.exact or _misread(folded, known) or _longer(folded, known, exact=True)
    )


def _misread(folded: str, known: Vocabulary) -> tuple[str, float] | None:
    for size, phrases, allowed in _likely(folded[:BEGIN], known):
        if abs(len(folded) - size) <= allowed and (found := _nearest(folded, phrases, allowed)):
            return known.exact[found], 0.95
    return None


def _longer(folded: str, known: Vocabulary, *, exact: bool = False) -> tuple[str, float] | None:
    """The longest phrase that the title begins with."""
    for size, phrases, allowed in _likely(folded[:BEGIN], known):
        if not SHARE * len(folded) <= size < len(folded):
            continue
        start = folded[:size]
        found = start if start in known.exact else None if exact else _nearest(start, phrases, allowed)
        if found:
            return known.exact[found], 0.5 + 0.4 * size / len(folded)
    return None


def _nearest(folded: str, phrases: Sequence[str], allowed: int) -> str | None:
    found = extractOne(folded, phrases, scorer=Levenshtein.distance, score_cutoff=allowed)
    return found[0] if found else None


@lru_cache(maxsize=16_384)
def _likely(begin: str, known: Vocabulary) -> tuple[tuple[int, tuple[str, ...], int], ...]:
    """The phrases that begin much like this, by number of letters, the longest first, and how many of the
    letters may be misread: few phrases are left to be compared whole."""
    begins = _begins(known)
    near = extract(shape(begin), begins.keys(), scorer=Levenshtein.distance, score_cutoff=ASTRAY, limit=None)
    sizes: dict[int, list[str]] = {}
    for phrase in (phrase for found in near for phrase in begins[found[0]]):
        sizes.setdefault(len(phrase), []).append(phrase)
    return tuple(
        (n, tuple(sizes[n]), round(n * (100 - known.similar) / 100)) for n in sorted(sizes, reverse=True)
    )


@lru_cache(maxsize=64)
def _begins(known: Vocabulary) -> dict[str, list[str]]:
    """The phrases that may be misread, by the shape of their first letters."""
    found: dict[str, list[str]] = {}
    for phrase in known.exact:
        if len(phrase) >= SHORTEST:
            found.setdefault(shape(phrase[:BEGIN]), []).append(phrase)
    return found
