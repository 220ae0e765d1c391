"""Word lists: what values, reading and audit know of the language of these documents."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import msgspec

from pipeline.errors import RuleError
from pipeline.rules.strict import Strict, decode, unknown
from pipeline.values import Words

PARTY = ("name", "nip", "rank", "position", "unit")  # what is printed of a person


class Labels(Strict, frozen=True):
    """rules/words/labels.toml: what introduces a value."""

    name: tuple[str, ...] = ()
    name_nip: tuple[str, ...] = ()
    nip: tuple[str, ...] = ()
    rank: tuple[str, ...] = ()
    position: tuple[str, ...] = ()
    unit: tuple[str, ...] = ()
    prose: tuple[str, ...] = ()
    other: tuple[str, ...] = ()
    called: tuple[str, ...] = ()
    goes_on: tuple[str, ...] = ()
    made_in: tuple[str, ...] = ()
    made_on: tuple[str, ...] = ()
    today: tuple[str, ...] = ()
    met_in: tuple[str, ...] = ()
    within: tuple[str, ...] = ()
    electronic: tuple[str, ...] = ()
    copied: tuple[str, ...] = ()
    claim: tuple[str, ...] = ()
    fill: tuple[str, ...] = ()
    told_in: tuple[str, ...] = ()
    on_behalf: tuple[str, ...] = ()
    through: tuple[str, ...] = ()
    meterai: tuple[str, ...] = ()


class Level(Strict, frozen=True):
    """A level of office and the words its positions begin with."""

    name: str
    begins: tuple[str, ...]


class Offices(Strict, frozen=True):
    """rules/words/offices.toml: positions by level."""

    elected: tuple[str, ...] = ()
    acting: tuple[str, ...] = ()
    without_nip: tuple[str, ...] = ()
    ends: tuple[str, ...] = ()  # words with which the positions of functional staff end
    level: tuple[Level, ...] = ()

    @property
    def begins(self) -> tuple[str, ...]:
        """The words that positions begin with, of all levels."""
        return tuple(begin for level in self.level for begin in level.begins)


class Government(Strict, frozen=True):
    """rules/words/government.toml: words that the names of units and regions begin with."""

    unit: tuple[str, ...] = ()
    region: tuple[str, ...] = ()
    address: tuple[str, ...] = ()
    ends: tuple[str, ...] = ()  # words with which a heading goes on to something else
    head: tuple[tuple[str, str], ...] = ()  # how a unit's head is called, and the unit


class Lexicon(Words, frozen=True):
    """All word lists: those that values need, and those of reading and audit."""

    labels: Labels = Labels()
    offices: Offices = Offices()
    government: Government = Government()


def read(by_name: Mapping[str, Path]) -> Lexicon:
    kinds = {info.name: info.type for info in msgspec.structs.fields(Lexicon)}
    unknown = sorted(set(by_name) - set(kinds))
    if unknown:
        raise RuleError(f"words/{unknown[0]}.toml: no such list; there are {', '.join(sorted(kinds))}")
    missing = sorted(set(kinds) - set(by_name))
    if missing:
        raise RuleError(f"words/{missing[0]}.toml is missing")
    found = Lexicon(**{name: decode(by_name[name], kind) for name, kind in kinds.items()})
    _expressions("titles", (found.titles.unlisted,), ())
    _expressions("labels", found.labels.prose, (*PARTY, "role"))
    return found


def _expressions(name: str, patterns: Iterable[str], groups: Sequence[str]) -> None:
    """Raises RuleError for a regular expression that is none, or that names other groups than `groups`."""
    for pattern in patterns:
        try:
            named = re.compile(pattern.replace("{office}", "")).groupindex
        except re.error as error:
            raise RuleError(f"words/{name}.toml: '{pattern}': {error}") from error
        fault = next(unknown("group", named, groups), None)
        if fault is not None:
            raise RuleError(f"words/{name}.toml: '{pattern}': {fault}")
