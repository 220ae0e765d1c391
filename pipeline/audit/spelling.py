"""How positions and units are made alike before they are compared."""

from __future__ import annotations

from dataclasses import dataclass, field

from rapidfuzz import fuzz

from pipeline.audit.positions import definite, tokens
from pipeline.rules import Lexicon


@dataclass(frozen=True, slots=True)
class Spelling:
    """Abbreviations to write out, acting words and names of regions to leave off."""

    words: Lexicon
    expand: dict[str, str]
    known: dict[str, tuple[str, ...]] = field(default_factory=dict, repr=False, compare=False)

    def of(self, raw: str | None) -> tuple[str, ...]:
        """The words of a position or unit, written out, without acting words and without the region.

        What has been asked before is kept in `known`: thousands of people have the same positions and units.
        """
        found = self.known.get(raw or "")
        if found is None:
            found = tokens(definite(raw or "", self.words), self.expand, self.words.government.region)
            self.known[raw or ""] = found
        return found

    def alike(self, one: str | None, other: str | None) -> float:
        """How alike two positions are, 0 to 1; 0 where one is not printed."""
        first, second = self.of(one), self.of(other)
        return fuzz.token_set_ratio(" ".join(first), " ".join(second)) / 100 if first and second else 0.0
