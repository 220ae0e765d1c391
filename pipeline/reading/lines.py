"""Words into runs and lines: what stands side by side, in reading order."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from pipeline.schema import Box, Word, around

BUCKET = 4.0  # points
LEAST = 3.0  # points: a flatter word is held to be so high
CLIMB = 0.8  # letter heights a line may climb at all
ASKEW = 0.03  # and points for each point across: a page askew by less than two degrees
SAME_LINE = 0.45  # of the letter height: how far centres on one line may lie apart
GAP = 1.15  # letter heights: a wider space parts two runs
SET_APART = 5  # letters: a heading that is set letter by letter has so many at least
WIDER = 1.5  # times the usual space between such letters: there a word ends


@dataclass(frozen=True, slots=True)
class Run:
    """Words that follow each other on one line without a wide gap."""

    words: tuple[Word, ...]
    box: Box
    text: str

    @property
    def size(self) -> float:
        """Height of its letters, points."""
        return max(w.size for w in self.words)

    @property
    def confidence(self) -> float:
        """The least sure of its words, 0 to 1."""
        return min(w.confidence for w in self.words)


@dataclass(frozen=True, slots=True)
class Line:
    """Runs on one height of the page, left to right."""

    runs: tuple[Run, ...]
    box: Box
    text: str

    @property
    def words(self) -> tuple[Word, ...]:
        """All its words, left to right."""
        return tuple(w for r in self.runs for w in r.words)

    @property
    def size(self) -> float:
        """Height of its letters, points."""
        return max(r.size for r in self.runs)


def run(words: Sequence[Word]) -> Run:
    """A run of these words, left to right."""
    box = around([w.box for w in words])
    assert box is not None  # noqa: S101 - a run has words
    return Run(tuple(words), box, " ".join(w.text for w in words))


def line(runs: Sequence[Run]) -> Line:
    """A line of these runs."""
    box = around([r.box for r in runs])
    assert box is not None  # noqa: S101 - a line has runs
    return Line(tuple(runs), box, " ".join(r.text for r in runs))


def closed(line: Line) -> str:
    """The text of a line, where a heading has its letters set apart for emphasis: 'P A K T A' is 'PAKTA'."""
    words = line.words
    single = sum(len(w.text) == 1 and w.text.isalnum() for w in words)
    if single < SET_APART or single < len(words) - 2:
        return line.text
    gaps = [after.box.x0 - before.box.x1 for before, after in pairwise(words)]
    wide = WIDER * median(gaps)
    return words[0].text + "".join(
        " " * (gap > wide or len(w.text) > 1) + w.text for gap, w in zip(gaps, words[1:], strict=True)
    )


def lines(words: Iterable[Word], gap: float = GAP) -> tuple[Line, ...]:
    """`words` as lines, top to bottom, each parted into runs where the space is wider than `gap` letters."""
    return tuple(line(tuple(_runs(row, gap))) for row in _rows(words))


def _rows(words: Iterable[Word]) -> list[list[Word]]:
    """Words that stand on one height, left to right: each is held against the one before it, so that a line
    may climb a little across a page that lies askew. Top to bottom."""
    rows: list[list[Word]] = []
    near: defaultdict[int, set[int]] = defaultdict(set)  # rows by the height of their last word
    for word in sorted(words, key=lambda w: (w.box.x0, w.box.centre)):
        place = _row(word, rows, near)
        if place is None:
            place = len(rows)
            rows.append([])
        else:
            near[_bucket(rows[place][-1].box.centre)].discard(place)
        rows[place].append(word)
        near[_bucket(word.box.centre)].add(place)
    return sorted(rows, key=lambda row: sum(w.box.centre for w in row) / len(row))


def _bucket(height: float) -> int:
    return int(height // BUCKET)


def _row(word: Word, rows: list[list[Word]], near: dict[int, set[int]]) -> int | None:
    """The row whose last word stands on the height of `word`; of several the one closest in height."""
    centre, tall = word.box.centre, word.box.height
    reach = SAME_LINE * max(tall, LEAST)
    found = []
    for bucket in range(_bucket(centre - reach), _bucket(centre + reach) + 1):
        for place in near.get(bucket, ()):
            last = rows[place][-1].box
            apart = abs((last.top + last.bottom) / 2 - centre)
            if apart > reach:
                continue
            height = max(min(tall, last.bottom - last.top), LEAST)
            if apart <= SAME_LINE * height and _straight(rows[place][0], word, height):
                found.append((apart, place))
    return min(found)[1] if found else None


def _straight(first: Word, word: Word, height: float) -> bool:
    """Whether a line from its first word to this one climbs no more than a page askew does."""
    climbed, across = abs(word.box.centre - first.box.centre), word.box.x0 - first.box.x0
    return climbed <= CLIMB * height + ASKEW * across


def _runs(row: list[Word], gap: float) -> Iterator[Run]:
    part = [row[0]]
    for word in row[1:]:
        space = word.box.x0 - part[-1].box.x1
        if space > gap * max(word.size, part[-1].size, 4.0):
            yield run(part)
            part = []
        part.append(word)
    yield run(part)
