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
    rows: list[_Row] = []
    near: defaultdict[int, set[int]] = defaultdict(set)  # rows by the height of their last word
    for x0, centre, _, word in sorted(
        (word.box.x0, word.box.centre, number, word) for number, word in enumerate(words)
    ):
        tall = word.box.height
        place = _row(x0, centre, tall, rows, near)
        if place is None:
            place = len(rows)
            rows.append(_Row(x0, centre))
        else:
            near[int(rows[place].centre // BUCKET)].discard(place)
        rows[place].add(word, centre, tall)
        near[int(centre // BUCKET)].add(place)
    return [row.words for row in sorted(rows, key=_height)]


class _Row:
    """Words on one height so far: where the first begins and stands, how high the last stands and is."""

    __slots__ = ("centre", "centres", "first", "left", "tall", "words")

    def __init__(self, left: float, first: float) -> None:
        self.left, self.first = left, first
        self.words: list[Word] = []
        self.centres: list[float] = []

    def add(self, word: Word, centre: float, tall: float) -> None:
        self.words.append(word)
        self.centres.append(centre)
        self.centre, self.tall = centre, tall


def _height(row: _Row) -> float:
    return sum(row.centres) / len(row.centres)


def _row(
    x0: float, centre: float, tall: float, rows: Sequence[_Row], near: dict[int, set[int]]
) -> int | None:
    """The row whose last word stands on the height of a word; of several the one closest in height."""
    reach = SAME_LINE * max(tall, LEAST)
    found = []
    for bucket in range(int((centre - reach) // BUCKET), int((centre + reach) // BUCKET) + 1):
        for place in near.get(bucket, ()):
            row = rows[place]
            apart = abs(row.centre - centre)
            if apart > reach:
                continue
            height = max(min(tall, row.tall), LEAST)
            climbs = CLIMB * height + ASKEW * (x0 - row.left)  # no more than on a page askew
            if apart <= SAME_LINE * height and abs(centre - row.first) <= climbs:
                found.append((apart, place))
    return min(found)[1] if found else None


def _runs(row: list[Word], gap: float) -> Iterator[Run]:
    part = [row[0]]
    for word in row[1:]:
        space = word.box.x0 - part[-1].box.x1
        if space > gap * max(word.size, part[-1].size, 4.0):
            yield run(part)
            part = []
        part.append(word)
    yield run(part)
