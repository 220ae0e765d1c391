"""Invented registries and documents: drawn by seed, learned from one set of words, measured on the other."""

from __future__ import annotations

import numpy as np
import pytest

from benchmarks.people.cases import Cases
from benchmarks.people.documents import Printer
from benchmarks.people.logit import chances, learned
from benchmarks.people.names import NAMES, NameMaker, WordSet
from benchmarks.people.registry import Town
from benchmarks.people.train import RULES, Weights, written
from pipeline.audit.match import Bands
from pipeline.rules import decode
from pipeline.values import nip

SETS = (NAMES.training, NAMES.measuring)


def test_the_two_sets_share_no_word_unit_or_job() -> None:
    words = [
        {word.casefold() for word in (*one.men, *one.women, *one.last, *NameMaker(one, 1).rare)}
        for one in SETS
    ]
    assert not words[0] & words[1]
    for kind in ("regions", "fields", "boards", "divisions", "offices", "jobs"):
        assert not set(getattr(SETS[0], kind)) & set(getattr(SETS[1], kind))


@pytest.mark.parametrize("words", SETS)
def test_a_seed_draws_the_same_people_and_documents(words: WordSet) -> None:
    def drawn() -> list[object]:
        town = Town(words, 5, 400)
        staff = list(town.staff(400))
        return [*staff, *Printer(town, staff, 6).queries(200)]

    assert drawn() == drawn()


def test_numbers_are_well_formed_and_names_are_shared_as_in_life() -> None:
    staff = list(Town(NAMES.measuring, 7, 4000).staff(4000))
    assert all(number and number.problem is None for number in (nip(row.nip or "") for row in staff))
    names = [row.name for row in staff]
    assert 0.05 < 1 - len(set(names)) / len(names) < 0.2


def test_documents_are_as_spoilt_as_they_say() -> None:
    town = Town(NAMES.measuring, 7, 2000)
    staff = list(town.staff(2000))
    queries = list(Printer(town, staff, 8).queries(3000))
    noise = NAMES.measuring.noise
    assert abs(sum(one.truth is None for one in queries) / 3000 - noise.outsiders) < 0.03
    assert abs(sum(one.party.nip is None for one in queries) / 3000 - noise.without_nip) < 0.03
    known = {row.id: row for row in staff}
    wrong = [
        one.party.nip != known[one.truth].nip
        for one in queries
        if one.truth is not None and one.party.nip is not None
    ]
    assert 0.2 < sum(wrong) / len(wrong) < 0.4


def test_a_logit_finds_the_weights_that_made_the_choices() -> None:
    dice = np.random.default_rng(3)
    rows = dice.normal(size=(4000, 4, 3))
    true = np.array([1.5, -2.0, 0.5])
    there = np.ones((4000, 4), dtype=bool)
    blank = Cases(rows, there, np.zeros(4000, dtype=np.intp))
    drawn = (chances(blank, true).cumsum(axis=1) < dice.random((4000, 1))).sum(axis=1)
    assert learned(Cases(rows, there, drawn), penalty=0.1) == pytest.approx(true, abs=0.15)


def test_candidates_that_are_not_there_have_no_chance() -> None:
    there = np.array([[True, False, True]])
    one = Cases(np.ones((1, 3, 2)), there, np.array([0]))
    assert chances(one, np.array([1.0, 1.0])).tolist() == [[0.5, 0.0, 0.5]]


def test_weights_are_written_where_the_rules_hold_them() -> None:
    before, text = decode(RULES, Bands), RULES.read_text(encoding="utf-8")
    same = written(text, Weights(before.weights, before.nobody))
    assert same == text
    doubled = {name: 2 * value for name, value in before.weights.items()}
    assert f"place = {doubled['place']}\n" in written(text, Weights(doubled, before.nobody))
