"""What was read and is not sure is looked at again: the better reading is taken, and the first is kept."""

from __future__ import annotations

from functools import cache

import pytest
from reportlab.pdfgen.canvas import Canvas

from pipeline import rules
from pipeline.reading.again import Again
from pipeline.reading.pages import Sheet
from pipeline.reading.renamed import renamed
from pipeline.reading.totals import settled
from pipeline.schema import Agreement, Budget, Fact, Party, Signature, around
from tests.eyes import eyes
from tests.paper import only, pdf, picture, scan

ROWS = (
    "Drs. ARKANA HALIM, M.Si.",
    "Hj. Fitriani Wijaya, S.E.",
    "Rp 1.250.000",
    "Rp 2.000.000",
    "Rp 3.250.000",
)


@cache
def words() -> rules.Lexicon:
    return rules.load(None).words


def draw(canvas: Canvas) -> None:
    canvas.setFont("Times-Roman", 11)
    for at, row in enumerate(ROWS):
        canvas.drawString(40, 250 - 30 * at, row)


@cache
def sheet() -> Sheet:
    return only(scan(picture(pdf(draw), 150)), ocr=eyes)


def read(row: int, text: str, data: str | int, sure: float = 0.9) -> Fact:
    """A value that was read as `text` where that row stands."""
    first = {0: "ARKANA", 1: "Fitriani", 2: "1.250.000", 3: "2.000.000", 4: "3.250.000"}[row]
    (at,) = [word.box.centre for word in sheet().layout.words if word.text == first]
    line = [word.box for word in sheet().layout.words if abs(word.box.centre - at) < 6]
    return Fact(text, data, "block:name", 1, around(line), sure, origin="ocr")


# ---------------------------------------------------------------- names


def again(name: Fact, *also: Fact) -> Party:
    party = Party(role="pihak_pertama", name=name, also=tuple(("name", fact) for fact in also))
    before = Agreement(parties=(party,), signatures=(Signature(name=str(name.data), party=0),))
    after = renamed(before, Again({1: sheet()}, eyes), words())
    assert after.parties[0].name is not None
    assert after.signatures[0].name == after.parties[0].name.data
    return after.parties[0]


@pytest.mark.parametrize(
    ("row", "read_as", "meant"),
    [
        (0, "Drs. ARKAMA HALIM, M.Si.", "Drs. ARKANA HALIM, M.Si."),
        (0, "Drs. ARKANA HAL1M, M.Si.", "Drs. ARKANA HALIM, M.Si."),
        (1, "HUj. Fitriani Wijaya, S.E.", "Hj. Fitriani Wijaya, S.E."),
        (1, "Hj. Fitriant Wuaya, S.E.", "Hj. Fitriani Wijaya, S.E."),
    ],
)
def test_a_doubtful_name_takes_the_letters_of_the_better_reading(row: int, read_as: str, meant: str) -> None:
    found = again(read(row, read_as, read_as, 0.8)).name
    assert found is not None
    assert (found.text, found.data, found.reason) == (read_as, meant, "look")
    assert found.other is not None
    assert found.other.replace(" ", "") == ROWS[row].replace(" ", "")


def test_a_second_look_that_says_the_same_makes_a_name_surer() -> None:
    found = again(read(0, ROWS[0], ROWS[0], 0.9)).name
    assert found is not None
    assert (found.data, found.reason, found.other, found.confidence) == (ROWS[0], "look", None, 0.95)


def test_what_is_sure_or_absent_is_left_alone() -> None:
    for name in (read(0, "Budi Santoso", "Budi Santoso", 0.999), None):
        before = Agreement(parties=(Party(role="pembuat", name=name),))
        assert renamed(before, Again({1: sheet()}, eyes), words()) == before


def test_a_name_that_is_quite_another_than_what_is_seen_stays() -> None:
    found = again(read(0, "Zulfikar Basri", "Zulfikar Basri", 0.9)).name
    assert found is not None
    assert found.data == "Zulfikar Basri"


# ---------------------------------------------------------------- totals


def budget(first: int, total: int, sure: float = 0.9, second: int = 2_000_000) -> Agreement:
    rows = [Budget(amount=read(row, str(n), n, sure)) for row, n in ((2, first), (3, second))]
    return Agreement(budgets=tuple(rows), budget_total=read(4, str(total), total, sure))


def amounts(agreement: Agreement) -> list[object]:
    found = [*(row.amount for row in agreement.budgets), agreement.budget_total]
    return [fact.data if fact else None for fact in found]


def test_a_digit_that_the_total_and_a_second_look_agree_upon_is_settled_and_marked() -> None:
    found = settled(budget(1_850_000, 3_250_000), Again({1: sheet()}, eyes), words())
    assert amounts(found) == [1_250_000, 2_000_000, 3_250_000]
    fact = found.budgets[0].amount
    assert fact is not None
    assert (fact.text, fact.reason) == ("1850000", "total")


def test_a_misread_total_is_settled_by_its_rows() -> None:
    found = settled(budget(1_250_000, 3_260_000), Again({1: sheet()}, eyes), words())
    assert amounts(found) == [1_250_000, 2_000_000, 3_250_000]


@pytest.mark.parametrize(
    ("first", "total", "sure"),
    [
        (1_250_000, 3_250_000, 0.9),  # it adds up
        (1_850_000, 3_250_000, 0.99),  # no digit is in doubt
        (1_850_000, 3_350_000, 0.9),  # two digits would have to change
        (1_250_000, 3_550_000, 0.99),  # the paper is wrong, and surely read
        (1_750_000, 3_850_000, 0.9),  # nothing on the paper makes it right
    ],
)
def test_a_sum_that_nothing_settles_stays_as_it_was_read(first: int, total: int, sure: float) -> None:
    before = budget(first, total, sure)
    assert settled(before, Again({1: sheet()}, eyes), words()) == before
