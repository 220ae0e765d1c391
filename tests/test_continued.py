"""Lines of a table too pale to be found alone, and what must not become a line."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from pipeline.reading.continued import continued
from pipeline.reading.marks import Line
from pipeline.reading.tables.lattice import strikes
from pipeline.reading.tables.strokes import frames
from pipeline.schema import Box, Ruling, Word

SCALE = 2.0  # pixels to the point
ACROSS: list[Line] = [(20.0, at, 200.0, at) for at in (20.0, 80.0, 140.0, 200.0)]  # laid level
FOUND: list[Line] = [(20.0, 100.0, 140.0, 100.0)]


def paper(*pale: tuple[float, float], depth: float = 6.0, noise: float = 4.0) -> NDArray[np.uint8]:
    """Grainy paper with the level line at 100 points: dark from 20 to 140, pale where asked."""
    picture = np.random.default_rng(5).normal(200, noise, (440, 440))
    for start, end, dark in [(20.0, 140.0, 60.0), *((*part, depth) for part in pale)]:
        picture[199:202, round(start * SCALE) : round(end * SCALE)] -= dark
    return np.clip(picture, 0, 255).astype(np.uint8)


def seen(picture: NDArray[np.uint8], words: list[Box] | None = None, lines: list[Line] = FOUND) -> list[Line]:
    return [line for line in continued(lines, ACROSS, words or [], picture, SCALE) if line not in lines]


def test_a_line_goes_on_from_cell_to_cell_where_it_is_pale() -> None:
    weak = paper((140, 200), depth=25.0)
    assert seen(weak) == [(140.0, 100.0, 200.0, 100.0)]


@pytest.mark.parametrize(
    ("picture", "words"),
    [
        (paper(), []),  # a merged cell
        (paper((140, 170), depth=25.0), []),  # half a side: a stroke
        (paper((140, 200), depth=25.0), [Box(138, 95, 202, 105)]),  # under print nobody can tell
        (paper((140, 200), depth=2.0), []),  # no more than the grain of the paper
    ],
)
def test_nothing_is_made_up(picture: NDArray[np.uint8], words: list[Box]) -> None:
    assert seen(picture, words) == []


def test_a_streak_over_the_page_is_not_mended() -> None:
    streak: list[Line] = [(0.0, 100.0, 140.0, 100.0)]
    assert seen(paper((140, 200), depth=25.0), lines=streak) == []


ROWS = [Ruling(10, y, 210, y) for y in (50, 80, 140, 170)]
COLUMNS = [Ruling(x, 50, x, 170) for x in (10, 60, 120)]  # the border at 210 was not found


def test_rows_end_where_a_border_is_that_was_not_found() -> None:
    row = Ruling(60, 113, 209, 113)
    on_it = [Word("perencanaan", Box(70, 100, 160, 112), 12), Word("pelaporan", Box(164, 100, 205, 112), 12)]
    assert not strikes(row, on_it, [*ROWS, *COLUMNS])
    assert strikes(row, on_it, COLUMNS)
    (frame,) = frames([*ROWS, row, *COLUMNS], scan=True)
    assert len(frame.across) == len(ROWS) + 1


def test_a_fold_is_no_row_all_the_same() -> None:
    (frame,) = frames([*ROWS, Ruling(0, 113, 590, 113), *COLUMNS], scan=True)
    assert len(frame.across) == len(ROWS)


def test_a_border_over_rows_whose_ends_were_lost_is_no_streak() -> None:
    short = [Ruling(10, y, 150, y) for y in (50, 170)]
    whole = [Ruling(10, 80, 210, 80), Ruling(10, 140, 210, 140)]
    border = Ruling(210, 50, 210, 170)
    (frame,) = frames([*short, *whole, *COLUMNS, border], scan=True)
    assert len(frame.down) == len(COLUMNS) + 1
