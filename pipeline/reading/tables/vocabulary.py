"""The titles that a rule knows, ready to be looked up, also misread ones."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from msgspec.structs import asdict
from rapidfuzz.distance import Levenshtein
from rapidfuzz.process import extractOne

from pipeline.reading.phrases import fold
from pipeline.rules import TableRule

SHORTEST = 5  # letters: a shorter phrase must be exact
LONGEST = 70  # letters: no title of a column is longer
SIGNS = {"#": "no", "№": "no"}  # titles without a letter
SHARE = 0.3  # of a title that its phrase must make up

_ASIDE = re.compile(r"\([^()]*\)?|\b(?:19|20)\d\d\b")


@dataclass(frozen=True, slots=True, eq=False)
class Vocabulary:
    """Folded phrases and their fields, and the phrases by their number of letters, the longest first."""

    exact: Mapping[str, str]
    sizes: tuple[tuple[int, tuple[str, ...]], ...]
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


def _vocabulary(phrases: Mapping[str, Iterable[str]], similar: int) -> Vocabulary:
    exact = {fold(phrase): field for field, several in phrases.items() for phrase in several}
    sizes: dict[int, list[str]] = {}
    for phrase in exact:
        sizes.setdefault(len(phrase), []).append(phrase)
    return Vocabulary(exact, tuple((n, tuple(sizes[n])) for n in sorted(sizes, reverse=True)), similar)


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

    >>> named("targettahun", Vocabulary({"target": "target"}, ((6, ("target",)),), 84))[0]
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
    for size, phrases in known.sizes:
        allowed = _allowed(size, known)
        if size >= SHORTEST and abs(len(folded) - size) <= allowed:
            found = extractOne(folded, phrases, scorer=Levenshtein.distance, score_cutoff=allowed)
            if found:
                return known.exact[found[0]], 0.95
    return None


def _longer(folded: str, known: Vocabulary, *, exact: bool = False) -> tuple[str, float] | None:
    """The longest phrase that the title begins with."""
    for size, phrases in known.sizes:
        if not max(SHORTEST, SHARE * len(folded)) <= size < len(folded):
            continue
        start = folded[:size]
        sure = 0.5 + 0.4 * size / len(folded)
        if exact and start in known.exact:
            return known.exact[start], sure
        if not exact:
            found = extractOne(
                start, phrases, scorer=Levenshtein.distance, score_cutoff=_allowed(size, known)
            )
            if found:
                return known.exact[found[0]], sure
    return None


def _allowed(size: int, known: Vocabulary) -> int:
    """Letters of so many that may be misread."""
    return round(size * (100 - known.similar) / 100)
