"""Upright lines of a scan that are no borders of columns: streaks of a copier, and folds."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import pairwise
from statistics import median

from pipeline.reading.lines import lines
from pipeline.schema import Word

OVER = 1.5  # letters on both sides of a line: a word runs over it
CROSSED = 0.2  # words for each row that may run over a line before it is taken for dirt
SPACE = 0.6  # of the height of a word: no wider is the space between two of one cell
DRAWN = 0.45  # share of a side that must be drawn to be a border

Shares = list[list[float]]


def uncrossed(
    xs: list[float], ys: list[float], right: Shares, words: Sequence[Word]
) -> tuple[list[float], Shares]:
    """Upright lines without those that words run over where they are drawn: streaks and folds; and without
    those that words of most rows run over, and that part nothing but two words elsewhere."""
    over = _overrun(xs, ys, right, words, OVER)
    anywhere = Counter(j for word in words for j in crossed(word, xs))
    most, half = max(2.0, CROSSED * (len(ys) - 1)), max(2.0, (len(ys) - 1) / 2)
    crowded = [j for j in range(len(xs)) if anywhere[j] > half]
    pairs = [pair for line in lines(words) for pair in pairwise(line.words)] if crowded else []
    streaks = {j for j in range(len(xs)) if over[j] >= most or (j in crowded and _spaced(xs[j], pairs))}
    kept = [j for j in range(len(xs)) if j in (0, len(xs) - 1) or j not in streaks]
    return [xs[j] for j in kept], [[row[j] for j in kept] for row in right]


def _spaced(x: float, pairs: Iterable[tuple[Word, Word]]) -> bool:
    """Whether a line stands nowhere between two words that more than a space parts."""
    return not any(b.box.x0 - a.box.x1 >= SPACE * a.box.height for a, b in pairs if a.box.x1 <= x <= b.box.x0)


def single(
    xs: list[float], ys: list[float], right: Shares, words: Sequence[Word]
) -> tuple[list[float], Shares]:
    """Upright lines without one of two so close that no word stands between, a fold by a border: the one that
    more words run over, or that is drawn less."""
    size = median([w.box.height for w in words] or [0.0])
    over = _overrun(xs, ys, right, words, 0.0)
    worth = [(-over[j], sum(row[j] for row in right)) for j in range(len(xs))]
    lesser = {
        min(j, j + 1, key=worth.__getitem__)
        for j in range(1, len(xs) - 2)
        if xs[j + 1] - xs[j] < size and _beside(j, right)
        if not any(xs[j] < w.box.middle < xs[j + 1] for w in words)
    }
    kept = [j for j in range(len(xs)) if j not in lesser]
    return [xs[j] for j in kept], [[row[j] for j in kept] for row in right]


def _beside(j: int, right: Shares) -> bool:
    """Whether a line and the next are drawn in the same rows, and not each in a table of its own."""
    here, there = ([row[k] >= DRAWN for row in right] for k in (j, j + 1))
    both = sum(a and b for a, b in zip(here, there, strict=True))
    return 2 * both > min(sum(here), sum(there))


def _overrun(
    xs: Sequence[float], ys: Sequence[float], right: Shares, words: Iterable[Word], letters: float
) -> list[int]:
    """How many words run over each upright line where it is drawn, by so many letters on both sides."""
    over = [0] * len(xs)
    for word in words:
        row = bisect_right(ys, word.box.centre) - 1
        for j in crossed(word, xs, letters):
            over[j] += right[row][j] >= DRAWN
    return over


def crossed(word: Word, xs: Sequence[float], letters: float = OVER) -> range:
    """The lines that a word runs over, by so many letters on both sides."""
    reach = letters * word.box.width / max(len(word.text), 1)
    return range(bisect_right(xs, word.box.x0 + reach), bisect_right(xs, word.box.x1 - reach))
