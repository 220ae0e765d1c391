"""Upright lines that stand close side by side, as the squares of a code do: no lines of a table."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pipeline.reading.marks import Line

COMB = 8.0  # points between upright lines of a code; columns of a table are wider apart
TEETH = 3  # so many of them are a code: a double border has two
LONG = 100.0  # points: no code is as large
SHARED = 0.55  # of the longer of two lines that they stand beside each other


def uncombed(upright: Iterable[Line]) -> Iterator[Line]:
    """Upright lines (laid level) without those that stand close side by side, as the squares of a code do."""
    combs: list[list[Line]] = []
    for line in sorted(upright, key=lambda found: found[1]):
        comb = next((c for c in combs if line[1] - c[-1][1] <= COMB and _beside(line, c[-1])), None)
        if comb is None:
            combs.append([line])
        else:
            comb.append(line)
    for comb in combs:
        yield from comb if len(comb) < TEETH else ()


def _beside(one: Line, other: Line) -> bool:
    """Whether two lines (laid level) are short and about as long, side by side."""
    shared = min(one[2], other[2]) - max(one[0], other[0])
    longer = max(one[2] - one[0], other[2] - other[0])
    return longer < LONG and shared > SHARED * longer
