"""Words into runs and lines: what stands side by side, in reading order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from pipeline.schema import Box, Word, around

SAME_LINE = 0.45  # of the letter height: how far centres on one line may lie apart
GAP = 1.15  # letter heights: a wider space parts two runs


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


def lines(words: Iterable[Word], gap: float = GAP) -> tuple[Line, ...]:
    """`words` as lines, top to bottom, each parted into runs where the space is wider than `gap` letters."""
    return tuple(line(tuple(_runs(row, gap))) for row in _rows(words))


def _rows(words: Iterable[Word]) -> Iterator[list[Word]]:
    row: list[Word] = []
    for word in sorted(words, key=lambda w: (w.box.centre, w.box.x0)):
        if row and not _level(row, word):
            yield sorted(row, key=lambda w: w.box.x0)
            row = []
        row.append(word)
    if row:
        yield sorted(row, key=lambda w: w.box.x0)


def _level(row: list[Word], word: Word) -> bool:
    """Whether `word` stands on the height of `row`: measured from its first words, or lines would creep."""
    centre = sum(w.box.centre for w in row[-3:]) / len(row[-3:])
    height = max(min(word.box.height, row[-1].box.height), 3.0)
    return (
        abs(word.box.centre - centre) <= SAME_LINE * height
        and abs(word.box.centre - row[0].box.centre) <= 0.8 * height
    )


def _runs(row: list[Word], gap: float) -> Iterator[Run]:
    part = [row[0]]
    for word in row[1:]:
        space = word.box.x0 - part[-1].box.x1
        if space > gap * max(word.size, part[-1].size, 4.0):
            yield run(part)
            part = []
        part.append(word)
    yield run(part)
