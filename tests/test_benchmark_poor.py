"""The benchmark of bad scans makes pages worse, counts words as it says, knows the rule that it judges."""

from __future__ import annotations

import numpy as np
import pytest

from benchmarks.poor import RULE, WORSE, Look, Rule, page, right, rule, worse
from pipeline.schema import Box, Word

PLACE = Box(0, 0, 10, 10)


def words(*texts: str) -> list[Word]:
    return [Word(text, PLACE, 10) for text in texts]


@pytest.mark.parametrize(
    ("read", "printed", "share"),
    [
        (["Dinas", "Kesehatan"], ["Dinas", "Kesehatan"], 1.0),
        (["Dlnas", "Kesehatan"], ["Dinas", "Kesehatan"], 0.5),
        (["Dinas"], ["Dinas", "Dinas"], 0.5),
        (["no"], ["di", "Dinas"], 0.0),
        ([], [], 0.0),
    ],
)
def test_what_is_right_is_the_same_to_the_letter(read: list[str], printed: list[str], share: float) -> None:
    assert right(words(*read), words(*printed)) == share


@pytest.mark.parametrize("how", WORSE)
def test_each_step_is_worse_than_the_one_before(how: str) -> None:
    sharp = np.full((300, 300), 255, np.uint8)
    sharp[100:200:20] = 0
    levels = WORSE[how][1]
    made = [worse(sharp, how, level, np.random.default_rng(0)) for level in levels]
    far = [float(np.abs(picture.astype(float) - ideal(sharp, picture.shape)).mean()) for picture, _ in made]
    assert all(
        dpi == (level if how == "coarse" else 150) for (_, dpi), level in zip(made, levels, strict=True)
    )
    assert how in {"coarse", "pressed"} or far == sorted(far)


def ideal(sharp: np.ndarray, shape: tuple[int, ...]) -> np.ndarray:
    import cv2

    return cv2.resize(sharp, shape[::-1], interpolation=cv2.INTER_AREA).astype(float)


def test_the_rule_that_is_judged_is_the_one_that_is_shipped() -> None:
    by = rule(RULE.read_text(encoding="utf-8"))
    assert 0.5 < by.sure < 1
    assert 50 < by.dpi < 150
    with pytest.raises(ValueError, match="no view with"):
        rule("select 1")


def test_the_page_says_what_is_asked_for_again() -> None:
    found = [Look(how, level, 150, 0.9, 0.5) for how, (_, levels) in WORSE.items() for level in levels]
    told = page(found, Rule(0.95, 90), 1)
    assert f"of the words right: {len(found)}, asked for again: {len(found)}" in told
    assert "0 would have been of use" in told
