"""Positions taken apart: acting or not, which level, head of which unit, and the words to compare them by."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from pipeline.rules import Lexicon, Strict
from pipeline.values import folded, text

BEFORE_REGION = 2  # words that a position has at least: Lurah Kota Baru names no region
LEVELS = ("kepala_daerah", "II", "III", "IV", "staf")
REMEMBERED = 16_384  # positions: a registry has the same ones again and again


@lru_cache(maxsize=REMEMBERED)
def definite(position: str, words: Lexicon) -> str:
    """The position without the words that make it an acting one (Plt., Plh., Pj.).

    >>> from pipeline.rules import Offices
    >>> definite("Plt. Kepala Dinas Sosial", Lexicon(offices=Offices(acting=("Plt",))))
    'Kepala Dinas Sosial'
    """
    return _acting(words.offices.acting).sub("", text(position)).strip(" .,-:()") or text(position)


@lru_cache(maxsize=8)
def _acting(acting: tuple[str, ...]) -> re.Pattern[str]:
    names = "|".join(re.escape(word).replace(r"\ ", r"\s+") for word in sorted(acting, key=len, reverse=True))
    return re.compile(rf"^\W*(?:(?:{names})\b[\s.,()]*)+" if names else r"(?!)", re.IGNORECASE)


@lru_cache(maxsize=REMEMBERED)
def level(position: str | None, words: Lexicon) -> str | None:
    """The level of a position by its first words, the longest that fit; None where no list knows it."""
    plain = folded(definite(position or "", words))
    found = next((name for begin, name in _begins(words) if plain.startswith(begin)), None)
    return found if found in LEVELS else None


@lru_cache(maxsize=8)
def _begins(words: Lexicon) -> tuple[tuple[str, str], ...]:
    """The beginnings, the longest first, and the level of each."""
    found = ((folded(begin), rung.name) for rung in words.offices.level for begin in rung.begins)
    return tuple(sorted(found, key=lambda one: (len(one[0]), one[1]), reverse=True))


class Heads(Strict, frozen=True):
    """Positions that lead a unit, those that begin alike and do not, and words before a unit's name."""

    leads: tuple[str, ...]
    others: tuple[str, ...]
    of_unit: tuple[str, ...]


def is_head(position: str | None, unit: str | None, heads: Heads, words: Lexicon) -> bool:
    """Whether a position leads a unit: by its first words, the longest that fit, or by its unit's name."""
    plain = folded(definite(position or "", words))
    lead, other = _longest(plain, heads.leads), _longest(plain, heads.others)
    if lead or other:
        return lead > other
    own = folded(unit or "")
    return bool(own) and any(plain.startswith(word + own) for word in folds(heads.of_unit))


@lru_cache(maxsize=REMEMBERED)
def _longest(position: str, begins: tuple[str, ...]) -> int:
    return max((len(begin) for begin in folds(begins) if position.startswith(begin)), default=0)


@lru_cache(maxsize=64)
def folds(words: tuple[str, ...]) -> frozenset[str]:
    """The words of a list in the form in which they are compared."""
    return frozenset(folded(word) for word in words)


def tokens(raw: str | None, expand: dict[str, str], regions: Iterable[str] = ()) -> tuple[str, ...]:
    """Words of a position or unit, lower case, abbreviations written out, without the region at its end.

    >>> tokens("Kasubbag. Umum Kota Sukamaju", {"kasubbag": "kepala sub bagian"}, ["Kota"])
    ('kepala', 'sub', 'bagian', 'umum')
    """
    plain = re.findall(r"[^\W_]+", text(raw or "").casefold())
    words = tuple(word for token in plain for word in expand.get(token, token).split())
    names = {region.casefold() for region in regions}
    last = max((at for at, word in enumerate(words) if word in names), default=0)
    return words[:last] if last >= BEFORE_REGION else words
