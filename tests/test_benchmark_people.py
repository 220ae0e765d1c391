"""Invented registries and documents: drawn by seed, learned from one set of words, measured on the other."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import numpy as np
import pytest

from benchmarks.people import bench, peers
from benchmarks.people.bench import Asked, cuts, measured, page
from benchmarks.people.calibration import plot, points
from benchmarks.people.cases import Cases
from benchmarks.people.documents import Printer, Query
from benchmarks.people.logit import chances, learned
from benchmarks.people.names import NAMES, NameMaker, WordSet
from benchmarks.people.registry import Town
from benchmarks.people.train import RULES, Weights, written
from pipeline.audit.match import Bands
from pipeline.audit.rows import PartyRow
from pipeline.rules import decode
from pipeline.values import nip

TEXT = Path(bench.__file__).with_suffix(".md")
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


def test_others_and_ours_answer_the_same_queries_and_stand_in_one_table() -> None:
    asked = Asked(60, 40, None)
    lines, built, answers = measured(
        bench.SEEDS[0], 300, asked, cuts(300, asked, lambda _: None), lambda _: None
    )
    assert [line.method for line in lines] == ["pakta", "rapidfuzz WRatio", "exact NIP, then WRatio"]
    assert lines[0].recall > lines[1].recall
    assert lines[0].wrong <= lines[1].wrong
    assert all(0 <= chance <= 1 for chance, _ in answers)
    text = page(lines, [built], date(2026, 1, 2), TEXT.read_text(encoding="utf-8"))
    assert "2026-01-02" in text
    assert "| 300 | rapidfuzz WRatio |" in text


def test_a_cut_keeps_within_the_wrong_links_allowed() -> None:
    queries = [Query(PartyRow(f"q{at}", "A", None, None, None), f"s{at}") for at in range(4)]
    sure = {"q0": ("s0", 99.0), "q1": ("s0", 90.0), "q2": ("s2", 80.0), "q3": ("s0", 70.0)}
    answers = peers.Answers(sure, 1.0)
    assert answers.from_(peers.cut(answers, queries, 0.0)) == {"q0": "s0"}
    assert set(answers.from_(peers.cut(answers, queries, 0.25))) == {"q0", "q1", "q2"}
    assert peers.cut(peers.Answers({"q1": ("s0", 90.0)}, 1.0), queries, 0.0) == 90.0


def test_the_plot_shows_every_point() -> None:
    found = points([(0.96, True)] * 3 + [(0.55, False), (0.001, False)])
    assert [(point.right, point.number) for point in found] == [(0.0, 1), (1.0, 3)]
    assert plot(found).count("<circle") == 2
