"""The lattice of a frame: its lines down and across, and which sides of its places are borders."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from pipeline.reading.tables.streaks import DRAWN, Shares, crossed, single, uncrossed
from pipeline.reading.tables.strokes import RANGED, TOUCH, Frame, Stroke, axis
from pipeline.schema import Box, Ruling, Word

NARROW = 4.5  # points: lattice lines nearer than this are one
NEAR = 8.0  # points: a stroke this far from a lattice line still draws it
SCRAP = 0.1  # share of a side: less is not drawn, and with more missing a side is drawn in part
TORN = 0.12  # share of the drawn sides that are so in part: with more the lines are torn, and words must help
RAGS = 0.25  # the same: with more there is no lattice to speak of
MOSTLY = 0.35  # share of a torn line that must be drawn for all of it to be borders
FEW = 3  # level lines: in a scan with more, an upright line in one row alone is a letter or a pen stroke
STRUCK = 0.6  # of a line that must run through words before it is taken for their letters
FEET = 0.12  # of a word's height, above and below: a border may touch it so far
UNDER = 0.2  # of a word's height under it: so far may its underline lie
LEANING = 0.25  # of the height of words that lean: so far down may they touch the border over them
REACHING = 0.8  # share of a column that a border in it alone takes

Matrix = list[list[bool]]


@dataclass(frozen=True, slots=True)
class Lattice:
    """Lines down and across; `right[row][line]`, `below[line][column]`: is this part of it a border?

    `torn`: pieces of the lines were missing.
    """

    xs: list[float]
    ys: list[float]
    right: Matrix
    below: Matrix
    torn: bool = False


def strikes(line: Ruling, words: Iterable[Word], others: Sequence[Ruling] = ()) -> bool:
    """Whether a level line runs mostly through words: the feet of bold letters, seen as a line.

    One that does not reach from one upright to another may also lie right under words, as underlines do; the
    boxes of words that lean reach up over one that does. Where one border of a table was not found, its level
    lines end there all the same.
    """
    if _is_upright(line):
        return False
    height = (line.top + line.bottom) / 2
    room = (LEANING, 0.0) if _held(line, others) else (FEET, UNDER)
    struck = [b for w in words if line.x0 < (b := w.box).x1 and b.x0 < line.x1 and _through(b, height, *room)]
    inside = sum(min(b.x1, line.x1) - max(b.x0, line.x0) for b in struck)
    return inside > STRUCK * (line.x1 - line.x0)


def _held(line: Ruling, others: Sequence[Ruling]) -> bool:
    """Whether a level line ends on both sides at an upright one, as borders of cells do; on one side it may
    be where others end."""
    met = [u.x0 for u in others if _is_upright(u) and u.top - TOUCH <= line.top <= u.bottom + TOUCH]
    at = [any(abs(x - end) <= TOUCH for x in met) for end in (line.x0, line.x1)]
    if all(at) or not any(at):
        return all(at)
    ends = [r.x1 if at[0] else r.x0 for r in others if not _is_upright(r) and r is not line]
    return sum(abs(x - (line.x1 if at[0] else line.x0)) <= TOUCH for x in ends) >= RANGED


def _is_upright(line: Ruling) -> bool:
    return line.bottom - line.top > line.x1 - line.x0


def _through(box: Box, height: float, over: float = FEET, under: float = 0.0) -> bool:
    foot = under if under else -FEET
    return box.top + over * box.height < height < box.bottom + foot * box.height


def lattice(frame: Frame, words: Sequence[Word], *, scan: bool) -> Lattice | None:
    """The lattice of a frame; None where it has no two columns.

    In a `scan` noise is left out and tears are mended.
    """
    xs = axis(frame.down, _ends(frame.across), NARROW)
    ys = axis(frame.across, _ends(frame.down), NARROW)
    if len(xs) < 3 or len(ys) < 2:
        return None
    inside = _inside(words, xs, ys)
    right = drawn(ys, xs, frame.down)
    least = 2 if scan and len(ys) > FEW else 1
    if scan:
        xs, right = uncrossed(xs, ys, right, inside)
        xs, right = _running(xs, right, least)
        xs, right = single(xs, ys, right, inside)
        ys, right = _sided(xs, ys, right, frame.down)
        inside = _inside(inside, xs, ys)
    below = _turned(drawn(xs, ys, frame.across))
    if scan:
        below = [line if _reaches(line) else [0.0] * len(line) for line in below]
    whole = Lattice(xs, ys, borders(right), borders(below))
    tears = _tears(right, below) if scan else 0.0
    if tears > RAGS:
        return None
    if tears > TORN:
        whole = _mended(replace(whole, torn=True), right, below, inside)
    found = _needed(whole, least)
    return found if len(found.xs) > 2 and len(found.ys) > 1 else None


def parted(
    xs: Sequence[float], ys: Sequence[float], strokes: Sequence[Stroke], *, torn: bool = False
) -> Lattice:
    """A lattice of known columns and of level strokes: a torn one is a border of all columns, or of none.

    `torn`: they are, however they look.
    """
    shares = _turned(drawn(xs, ys, strokes))
    right = [[True] * len(xs) for _ in ys[1:]]
    if not torn and _tears([], shares) <= TORN:
        return Lattice(list(xs), list(ys), right, borders(shares))
    whole = [_mostly(line, xs) for line in shares]
    return Lattice(
        list(xs),
        list(ys),
        right,
        [[is_drawn] * len(line) for is_drawn, line in zip(whole, shares, strict=True)],
        torn=True,
    )


def _ends(strokes: Sequence[Stroke]) -> list[float]:
    return [s.start for s in strokes] + [s.end for s in strokes]


def _running(xs: list[float], right: Shares, least: int) -> tuple[list[float], Shares]:
    """Upright lines without those that are drawn in fewer than `least` rows: strokes of a pen."""
    last = len(xs) - 1
    kept = [j for j in range(len(xs)) if j in (0, last) or sum(row[j] >= DRAWN for row in right) >= least]
    return [xs[j] for j in kept], [[row[j] for j in kept] for row in right]


def _inside(words: Iterable[Word], xs: Sequence[float], ys: Sequence[float]) -> list[Word]:
    return [w for w in words if ys[0] < w.box.centre < ys[-1] and xs[0] < w.box.middle < xs[-1]]


def _sided(
    xs: Sequence[float], ys: list[float], right: Shares, strokes: Sequence[Stroke]
) -> tuple[list[float], Shares]:
    """The rows without the last that lack both outer borders: what stands under a table, down to a line."""
    sides = [[s for s in strokes if abs(s.at - x) <= NEAR] for x in (xs[0], xs[-1])]
    seen = [max(_share(a, z, side) for side in sides) > SCRAP for a, z in pairwise(ys)]
    last = max((n for n, is_seen in enumerate(seen, 1) if is_seen), default=0)
    return (ys[: last + 1], right[:last]) if last > 1 else (ys, right)


def _reaches(line: Sequence[float]) -> bool:
    """Whether a level line, drawn in one column alone, reaches over all of it: strokes of a pen do not."""
    seen = [share for share in line if share > SCRAP]
    return len(seen) != 1 or seen[0] >= REACHING


# ---------------------------------------------------------------- what is drawn


def drawn(steps: Sequence[float], lines: Sequence[float], strokes: Iterable[Stroke]) -> Shares:
    """For every step along each lattice line: the share of it that is drawn. The outermost always are."""
    by_line: list[list[Stroke]] = [[] for _ in lines]
    for stroke in strokes:
        nearest = min(range(len(lines)), key=lambda i: abs(lines[i] - stroke.at))
        if abs(lines[nearest] - stroke.at) <= NEAR:
            by_line[nearest].append(stroke)
    last = len(lines) - 1
    return [
        [1.0 if i in (0, last) else _share(start, end, by_line[i]) for i in range(len(lines))]
        for start, end in pairwise(steps)
    ]


def _share(start: float, end: float, strokes: Iterable[Stroke]) -> float:
    return sum(max(0.0, min(end, s.end) - max(start, s.start)) for s in strokes) / (end - start)


def borders(shares: Shares) -> Matrix:
    """Which parts of lines are drawn enough to be borders."""
    return [[share >= DRAWN for share in row] for row in shares]


def _turned(matrix: Shares) -> Shares:
    return [list(column) for column in zip(*matrix, strict=True)]


# ---------------------------------------------------------------- torn lines


def _tears(right: Shares, below: Shares) -> float:
    """The share of sides drawn in part among those drawn: merged cells lack whole sides, bad copies bits."""
    inner = [share for row in right for share in row[1:-1]] + [
        share for line in below[1:-1] for share in line
    ]
    seen = [share for share in inner if share > SCRAP]
    return sum(share < 1 - SCRAP for share in seen) / max(len(seen), 1)


def _mended(torn: Lattice, right: Shares, below: Shares, words: Iterable[Word]) -> Lattice:
    """All of a line is a border where most of it is drawn, but for the places where words run over it."""
    xs, ys = torn.xs, torn.ys
    upright = [_mostly([row[j] for row in right], ys) for j in range(len(xs))]
    level = [_mostly(below[i], xs) for i in range(len(ys))]
    new_right = [
        [was or (upright[j] and not _spanned(r, j, right, below)) for j, was in enumerate(row)]
        for r, row in enumerate(torn.right)
    ]
    new_below = [[was or level[i] for was in line] for i, line in enumerate(torn.below)]
    for word in words:
        row = bisect_right(ys, word.box.centre) - 1
        col = bisect_right(xs, word.box.middle) - 1
        for j in crossed(word, xs):
            new_right[row][j] = torn.right[row][j]
        for i in (row, row + 1):
            if _through(word.box, ys[i]):
                new_below[i][col] = torn.below[i][col]
    return replace(torn, right=new_right, below=new_below)


def _spanned(row: int, line: int, right: Shares, below: Shares) -> bool:
    """Whether nothing is drawn of a line in a row that a shorter level line closes: a cell over several."""
    under = below[row + 1]
    if not 0 < line < len(under) or right[row][line] > SCRAP:
        return False
    return min(under[line - 1], under[line]) >= DRAWN and min(under) <= SCRAP


def _mostly(shares: Sequence[float], steps: Sequence[float]) -> bool:
    length = sum(s * (b - a) for s, a, b in zip(shares, steps, steps[1:], strict=False))
    return length >= MOSTLY * (steps[-1] - steps[0])


# ---------------------------------------------------------------- noise


def _needed(whole: Lattice, least: int) -> Lattice:
    """Without lines that are nowhere a border, and upright ones that are one in fewer than `least` rows."""
    right, below = whole.right, whole.below
    cols = [j for j in range(len(whole.xs)) if sum(row[j] for row in right) >= least]
    rows = [i for i in range(len(whole.ys)) if any(below[i])]
    return replace(
        whole,
        xs=[whole.xs[j] for j in cols],
        ys=[whole.ys[i] for i in rows],
        right=[[any(right[k][j] for k in range(a, b)) for j in cols] for a, b in pairwise(rows)],
        below=[[any(below[i][k] for k in range(a, b)) for a, b in pairwise(cols)] for i in rows],
    )
