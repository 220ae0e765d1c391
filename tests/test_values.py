"""What holds for every function of values: any text has an answer, however long."""

from collections.abc import Callable
from functools import partial

import pytest

from pipeline.values import date_parts, money, nip, number, person, rank, spelled, target, text, year
from pipeline.values.dates import DateParts
from tests.shipped import WORDS

PARTS = ("9", "9.", "1 ", "Rp 1.00 ", "S", "S.T. ", "Ali ", "dua ", "( ", "Mei ", "I/", ". ", "\n", "l")
LONG = [part * 3000 for part in PARTS]


@pytest.mark.parametrize("raw", LONG, ids=lambda raw: raw[:8])
def test_a_very_long_text_says_nothing(raw: str) -> None:
    silent: list[Callable[[str], object]] = [
        partial(read, words=WORDS) for read in (money, spelled, person, rank)
    ]
    assert [read(raw) for read in (*silent, number, year)] == [None] * 6
    assert date_parts(raw, words=WORDS) in (DateParts(), DateParts(month=5))
    assert target(raw, raw, words=WORDS).value is None
    assert len(text(raw)) <= len(raw)


def test_a_very_long_number_is_a_malformed_one() -> None:
    found = nip("9" * 9000)
    assert found is not None
    assert (found.kind, found.problem, len(found.digits)) == ("other", "length", 9000)


def test_a_very_long_misread_number_is_none() -> None:
    assert [number("1" + "O" * 9000), money("Rp 1" + "O" * 9000, words=WORDS)] == [None, None]
