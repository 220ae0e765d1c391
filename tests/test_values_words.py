"""The word lists themselves: complete, without doubles, and strict."""

from itertools import combinations

import msgspec
import pytest
from msgspec.toml import decode
from rapidfuzz import fuzz

from pipeline.values.words import Months, Titles, Units
from tests.shipped import WORDS


def test_the_year_has_twelve_months_of_one_name_each() -> None:
    names = [name for month in WORDS.months.names for name in month]
    assert (len(WORDS.months.names), len(set(names))) == (12, len(names))


def test_no_two_months_are_as_alike_as_a_misreading() -> None:
    long = [[name for name in month if len(name) >= WORDS.months.whole] for month in WORDS.months.names]
    pairs = [(one, other) for left, right in combinations(long, 2) for one in left for other in right]
    assert max(fuzz.ratio(one, other) for one, other in pairs) < WORDS.months.similar


@pytest.mark.parametrize("name", ["front", "back"])
def test_no_title_is_listed_twice(name: str) -> None:
    bare = ["".join(filter(str.isalnum, title)) for title in getattr(WORDS.titles, name)]
    assert [title for title in bare if bare.count(title) > 1] == []


def test_titles_that_may_be_initials_are_titles() -> None:
    bare = {"".join(filter(str.isalnum, title)).lower() for title in WORDS.titles.back}
    assert [t for t in WORDS.titles.initials if "".join(filter(str.isalnum, t)).lower() not in bare] == []


def test_every_grade_has_one_rank() -> None:
    """Of civil servants; those of the police and the army have none."""
    listed = [rank for rank in WORDS.ranks.rank if rank.grade]
    assert (len(listed), len({rank.grade for rank in listed})) == (17, 17)
    assert len({rank.name for rank in WORDS.ranks.rank}) == len(WORDS.ranks.rank)


def test_a_unit_is_spelt_in_one_group_only() -> None:
    words = [word for unit in WORDS.units.unit for word in (unit.name, *unit.spellings)]
    spelt = ["".join(word.lower().replace(".", "").split()) for word in words]
    assert [word for word in spelt if spelt.count(word) > 1] == []


@pytest.mark.parametrize("groups", [WORDS.names.spellings, WORDS.names.leading])
def test_a_spelling_belongs_to_one_name(groups: tuple[tuple[str, ...], ...]) -> None:
    spelt = [word for group in groups for word in group]
    assert [word for word in spelt if spelt.count(word) > 1] == []


@pytest.mark.parametrize(
    ("toml", "kind", "fault"),
    [
        ('fornt = ["Drs."]', Titles, "unknown field `fornt`"),
        ('front = "Drs."', Titles, "Expected `array`"),
        ("names = [" + '["x"],' * 13 + "]", Months, "twelve months"),
        ('[[direction]]\nsign = "=>"', Units, "Invalid enum value"),
        ("[[unit]]\nspellings = []", Units, "missing required field `name`"),
    ],
)
def test_a_list_that_is_not_understood_is_refused(toml: str, kind: type, fault: str) -> None:
    with pytest.raises(msgspec.ValidationError, match=fault):
        decode(toml, type=kind)
