"""Initials in the margin of a page on which nobody has signed."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from benchmarks.signatures.press import PLAIN, written
from pipeline.reading.raster import Raster
from pipeline.reading.signatures.model import model
from pipeline.reading.signatures.parafs import paraf
from pipeline.schema import Box, Layout, Page, Word
from tests.shipped import WORDS

SLOT = Box(320, 560, 520, 630)
SCALE = 150 / 72
STROKE = [(0, 14), (4, 2), (7, 15), (11, 4), (13, 16), (18, 9), (24, 12), (22, 3), (15, 8), (30, 15)]
MARGIN = (230, 770)  # points


def page(ink: tuple[float, float] | None, *, typed: str = "") -> Raster:
    """A sheet with a paraf, or a typed word, whose corner lies at a point."""
    pixels = np.full((1754, 1240, 3), 252, np.uint8)
    if ink is not None and typed:
        word = 255 - (235 * written(typed, PLAIN[0], 20)[..., None]).astype(np.uint8)
        top, left = round(ink[1] * SCALE), round(ink[0] * SCALE)
        pixels[top : top + word.shape[0], left : left + word.shape[1]] = word
    elif ink is not None:
        line = np.array([((ink[0] + x) * SCALE, (ink[1] + y) * SCALE) for x, y in STROKE], np.int32)
        cv2.polylines(pixels, [line], False, (40, 50, 150), 2, cv2.LINE_AA)
    return Raster(pixels, 150)


def layout(*words: Word) -> Layout:
    return Layout(Page(1, 595, 842, origin="ocr"), words, ())


def found(raster: Raster, *words: Word) -> Box | None:
    return paraf(raster, layout(*words), [SLOT], WORDS, model())


def test_initials_in_the_margin_are_found_where_they_stand() -> None:
    box = found(page(MARGIN))
    assert box is not None
    assert abs(box.x0 - MARGIN[0]) < 3
    assert abs(box.top - MARGIN[1] - 2) < 3


def test_initials_that_were_taken_for_a_word_are_found() -> None:
    text = [Word("dengan penuh tanggung jawab", Box(70, 500 + n, 330, 511 + n), 11.0, 0.98) for n in (0, 14)]
    assert found(page(MARGIN), *text, Word("1002", Box(229, 771, 261, 787), 16.0, 0.95)) is not None


def punched() -> Raster:
    """A sheet with the shadow of a hole for a binder in its margin."""
    sheet = page(None)
    cv2.circle(sheet.pixels, (round(33 * SCALE), round(578 * SCALE)), 17, (30, 30, 30), 2, cv2.LINE_AA)
    return sheet


@pytest.mark.parametrize(
    ("raster", "words"),
    [
        (page(None), ()),
        (punched(), ()),
        (page((400, 590)), ()),  # in the place to sign
        (page((530, 600)), ()),  # beside it: judged with it
        (page((230, 200)), ()),  # among the letterhead
        (page(MARGIN, typed="2 dari 4"), (Word("2 dari 4", Box(228, 768, 262, 782), 9.0, 0.99),)),
        (page((575, 770)), ()),  # the shadow at the border of the paper
    ],
    ids=["nothing", "punched", "in the slot", "beside the slot", "above", "print", "border"],
)
def test_what_is_no_paraf_in_the_margin_is_not_taken_for_one(raster: Raster, words: tuple[Word, ...]) -> None:
    assert found(raster, *words) is None
