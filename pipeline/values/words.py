"""The word lists of rules/words that reading a value needs: one frozen struct for each file."""

from __future__ import annotations

from typing import Literal

import msgspec


class WordList(msgspec.Struct, frozen=True, cache_hash=True, forbid_unknown_fields=True):
    """A file of rules/words: an absent key is an empty list, an unknown key an error."""


class Months(WordList, frozen=True):
    """months.toml: the months from January on, each with its spellings, and the words around a date."""

    names: tuple[tuple[str, ...], ...] = ()
    fillers: tuple[str, ...] = ()  # tanggal, bulan, tahun: stand between the parts
    similar: float = 100  # how alike a misread month must be, per cent
    whole: int = 5  # letters a spelling needs before it may be misread

    def __post_init__(self) -> None:
        """Raises ValueError for a thirteenth month."""
        if len(self.names) > 12:
            raise ValueError("names: a year has twelve months")


class Titles(WordList, frozen=True):
    """titles.toml: titles as they are properly printed, before and after a given name."""

    front: tuple[str, ...] = ()
    back: tuple[str, ...] = ()
    initials: tuple[str, ...] = ()  # back titles that may also be initials: only after a comma or a title
    noble: tuple[str, ...] = ()  # inherited, so a part of the name; a front title may follow
    unlisted: str = ""  # pattern of what stands after a comma and is a title nobody has listed
    misread: tuple[tuple[str, str], ...] = ()  # a letter that readers of scans answer, the one it stands for
    ends: tuple[str, ...] = ()  # what follows a name on the same line: NIP, Pangkat


class Names(WordList, frozen=True):
    """names.toml: spellings that make no other name. The first of each group is the one compared by."""

    spellings: tuple[tuple[str, ...], ...] = ()
    leading: tuple[tuple[str, ...], ...] = ()  # only as the first word of a name
    letters: tuple[tuple[str, str], ...] = ()  # old spelling, new spelling


class Given(WordList, frozen=True):
    """given.toml: words that names are commonly made of, to choose between two readings of a name."""

    names: tuple[str, ...] = ()


class ListedRank(WordList, frozen=True):
    """A rank and its grade, and other spellings of the rank; police and army have no grades."""

    name: str
    grade: str
    spellings: tuple[str, ...] = ()


class Ranks(WordList, frozen=True):
    """ranks.toml: ranks of the civil service, and the grades (golongan) of contract staff."""

    rank: tuple[ListedRank, ...] = ()
    contract: tuple[str, ...] = ()  # I to XVII
    labels: tuple[str, ...] = ()  # pangkat, golongan: no part of a rank
    spellings: tuple[tuple[str, str], ...] = ()  # printed word, canonical word
    similar: float = 100


class Numerals(WordList, frozen=True):
    """numerals.toml: numbers in words, and the words around an amount of money."""

    digits: tuple[tuple[str, int], ...] = ()
    teens: tuple[str, ...] = ()  # belas: ten more than the digit before
    tens: tuple[tuple[str, int], ...] = ()  # puluh, ratus: times the digit before
    scales: tuple[tuple[str, int], ...] = ()  # ribu, juta: times all since the last scale
    short_scales: tuple[tuple[str, int], ...] = ()  # rb, jt, M: only after digits
    ordinals: tuple[tuple[str, int], ...] = ()  # pertama, kesatu: the promises of a list
    currency: tuple[str, ...] = ()
    until: tuple[str, ...] = ()  # s.d., sampai: between the ends of a range
    also: tuple[str, ...] = ()  # dan: between two of a kind


class Unit(WordList, frozen=True):
    """A unit of measure and the ways it is printed, compared without case and dots."""

    name: str
    spellings: tuple[str, ...] = ()


class Direction(WordList, frozen=True):
    """How a target binds, and the words or signs that say so before or after the number."""

    sign: Literal[">=", "<=", ">", "<", "="]
    before: tuple[str, ...] = ()
    after: tuple[str, ...] = ()


class Units(WordList, frozen=True):
    """units.toml: what targets are counted in."""

    unit: tuple[Unit, ...] = ()
    unitless: tuple[str, ...] = ()  # index-like: a target so named needs no unit
    ratio: str = ""  # the unit of 1 : 1000
    each: tuple[str, ...] = ()  # per, tiap: begin a unit that has a number of its own
    letters: tuple[str, ...] = ()  # grades that are letters: as printed, case and all
    grades: tuple[str, ...] = ()  # grades that are words
    graded: tuple[str, ...] = ()  # what introduces a grade: predikat, opini
    direction: tuple[Direction, ...] = ()


class Placeholders(WordList, frozen=True):
    """placeholders.toml: what is printed where nothing is said, compared without case and spaces."""

    targets: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    misread: tuple[tuple[str, str], ...] = ()  # what readers of scans answer for one of them, and which it is


class Words(msgspec.Struct, frozen=True, cache_hash=True):
    """All word lists, one field a file of rules/words."""

    months: Months = Months()
    titles: Titles = Titles()
    names: Names = Names()
    given: Given = Given()
    ranks: Ranks = Ranks()
    numerals: Numerals = Numerals()
    units: Units = Units()
    placeholders: Placeholders = Placeholders()
