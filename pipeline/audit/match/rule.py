"""The file match.toml: what is compared, what each agreement weighs, and from where on it is believed."""

from __future__ import annotations

from typing import Literal, get_args

from pipeline.audit.match.features import CANDIDATE, NOBODY
from pipeline.rules import Strict
from pipeline.values.names import Gap

Digits = Literal["same", "near", "none", "other"]
NUMBERS = get_args(Digits)  # the better first
NAMES = get_args(Gap)


class Band(Strict, frozen=True):
    """What the likeliest person must agree in, and how likely they must be, for a verdict."""

    nip: tuple[Digits, ...]
    name: tuple[Gap, ...]
    verdict: Literal["match", "possible"]
    chance: float
    place: float = 0.0
    unit: float = 0.0  # asked of one whose position is not printed


class Sexes(Strict, frozen=True):
    """Titles that only men or only women bear."""

    men: tuple[str, ...]
    women: tuple[str, ...]


class Bands(Strict, frozen=True):
    """The file match.toml."""

    band: tuple[Band, ...]
    letters_per_slip: int
    letters_per_doubt: int
    lookalikes: tuple[str, ...]
    near_digits: int
    misread: float
    weighed: int
    common: int
    few: int
    whole: float
    crowd: int
    rival: float
    unread: float
    titles: Sexes
    known: dict[str, float]
    weights: dict[str, float]
    nobody: dict[str, float]
    expand: dict[str, str]
    reasons: dict[str, str]

    def __post_init__(self) -> None:
        """Raises ValueError for a weight that is missing or that nothing is measured for."""
        for name, given, wanted in (("weights", self.weights, CANDIDATE), ("nobody", self.nobody, NOBODY)):
            unlike = sorted(set(given) ^ set(wanted))
            if unlike:
                raise ValueError(f"{name}: '{unlike[0]}'; there are {', '.join(wanted)}")
