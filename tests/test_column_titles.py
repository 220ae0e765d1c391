"""Titles of columns against the titles that a rule knows, also misread ones."""

from __future__ import annotations

import pytest

from pipeline.reading.tables.vocabulary import Vocabulary, begins, named

KNOWN = Vocabulary(
    {"indikatorkinerja": "indicator", "targettahunan": "target", "target": "target", "no": "number"}, 84
)


@pytest.mark.parametrize(
    ("folded", "field"),
    [
        ("indikatorkinerja", "indicator"),
        ("lndlkatorkinerja", "indicator"),  # signs that print alike count as one where a title begins
        ("ndikatorkinerja", "indicator"),  # the first letter lost
        ("indikatorkinerjautama", "indicator"),  # a title that goes on
        ("tagettahunan", "target"),
        ("no", "number"),
        ("n", ""),  # too short to be misread
        ("xxxxxxtorkinerja", ""),
        ("", ""),
    ],
)
def test_a_title_is_known_also_where_letters_were_misread(folded: str, field: str) -> None:
    assert named(folded, KNOWN)[0] == field


def test_it_begins_with_a_title_to_the_letter() -> None:
    assert begins("targettahunandanrealisasi", KNOWN)
    assert not begins("realisasitarget", KNOWN)
