"""The two sets of words that invented registries are made of: names.toml as records."""

from __future__ import annotations

import random
from collections.abc import Iterator
from itertools import accumulate
from pathlib import Path

import msgspec


class Strict(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """An unknown key of names.toml is an error."""


class Varied(Strict, frozen=True):
    """A first word of names that is written in several ways, and how many of a sex bear it."""

    sex: str
    share: float
    forms: tuple[str, ...]


class Noise(Strict, frozen=True):
    """How documents spoil what they print: shares from 0 to 1, and letters taken for each other."""

    outsiders: float
    namesakes: float
    scanned: float
    misread: float
    misread_digit: float
    slip: float
    without_nip: float
    wrong_digits: tuple[float, ...]
    others_nip: float
    without_position: float
    without_unit: float
    moved: float
    acting: float
    titles_changed: float
    left_out: float
    initials: float
    respelt: float
    abbreviated: float
    confusions: tuple[str, ...]


class WordSet(Strict, frozen=True):
    """Words of names, units and jobs, and the noise of the documents."""

    men: tuple[str, ...]
    women: tuple[str, ...]
    last: tuple[str, ...]
    parts: tuple[str, ...]
    rare: int
    regions: tuple[str, ...]
    fields: tuple[str, ...]
    boards: tuple[str, ...]
    divisions: tuple[str, ...]
    offices: tuple[str, ...]
    jobs: tuple[str, ...]
    noise: Noise


class Names(Strict, frozen=True):
    """The file names.toml."""

    varied: tuple[Varied, ...]
    front_men: tuple[str, ...]
    front_women: tuple[str, ...]
    back: tuple[str, ...]
    training: WordSet
    measuring: WordSet


NAMES = msgspec.toml.decode(Path(__file__).with_suffix(".toml").read_bytes(), type=Names)
FLAT = 6.0  # Zipf-Mandelbrot: how far the first ranks are alike
WORDS_IN_NAME = ((1, 2, 3, 4), (0.09, 0.52, 0.31, 0.08))
RARE_FIRST, RARE_NEXT = 0.35, 0.4  # of the words that are drawn from the rare ones
RARE_FLAT = 40.0
GIVEN_NEXT = 0.3  # of the further words that are first names


LISTED = frozenset(
    word for one in (NAMES.training, NAMES.measuring) for word in (*one.men, *one.women, *one.last)
)


class NameMaker:
    """Draws names of one set: a few words are very common, thousands are rare, as in a registry."""

    def __init__(self, words: WordSet, seed: int) -> None:
        """`seed` fixes the rare words and all that is drawn."""
        self.dice = random.Random(seed)  # noqa: S311 - invented people, no secret
        self.words = words
        self.rare = sorted(set(_made(words, self.dice)) - LISTED)
        self.dice.shuffle(self.rare)
        self.weights = {
            id(pool): list(accumulate(1 / (at + flat) for at in range(len(pool))))
            for pool, flat in (
                (words.men, FLAT),
                (words.women, FLAT),
                (words.last, FLAT),
                (self.rare, RARE_FLAT),
            )
        }

    def name(self, sex: str) -> tuple[str, ...]:
        """The words of a name for a man (m) or a woman (w); the first may be spelt in several ways."""
        (size,) = self.dice.choices(WORDS_IN_NAME[0], WORDS_IN_NAME[1])
        varied = self._varied(sex) if size > 1 else None
        first = varied or self._given(sex, RARE_FIRST)
        found = [first]
        while len(found) < size:
            found.append(self._next(sex, second=len(found) == 1 and varied is not None))
        return tuple(found)

    def _varied(self, sex: str) -> str | None:
        at = self.dice.random()
        for one in NAMES.varied:
            if one.sex == sex:
                at -= one.share
                if at < 0:
                    return one.forms[0]
        return None

    def _next(self, sex: str, *, second: bool) -> str:
        if second or self.dice.random() < GIVEN_NEXT:
            return self._given(sex, RARE_NEXT)
        return self._of(self.rare if self.dice.random() < RARE_NEXT else self.words.last)

    def _given(self, sex: str, rare: float) -> str:
        if self.dice.random() < rare:
            return self._of(self.rare)
        return self._of(self.words.men if sex == "m" else self.words.women)

    def _of(self, pool: tuple[str, ...] | list[str]) -> str:
        return self.dice.choices(pool, cum_weights=self.weights[id(pool)])[0]


def _made(words: WordSet, dice: random.Random) -> Iterator[str]:
    for _ in range(words.rare):
        size = dice.choices((2, 3, 4), (0.5, 0.4, 0.1))[0]
        yield "".join(dice.choice(words.parts) for _ in range(size)).capitalize()
