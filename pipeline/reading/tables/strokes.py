"""Drawn lines of a page, gathered into long strokes and into the axes of lattices."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from pipeline.schema import Ruling

SNAP = 3.0  # points: lines nearer than this are one (double lines, borders beside a shading)
JOIN = 3.0  # points: a gap this small does not part a stroke
SHORT = 5.0  # points: a shorter stroke is no border (dots, dashes of letters)
STREAK = 15.0  # points: no border of a table runs so far over its first and under its last line
FOLD = 30.0  # points: the same of a level border and the columns on both sides
RANGED = 2  # other strokes that end where a border must be
TOUCH = 6.0  # points: a stroke this near to another meets it


@dataclass(frozen=True, slots=True)
class Stroke:
    """A straight line at one height (or one place across), from `start` to `end`, in points."""

    at: float
    start: float
    end: float

    @property
    def length(self) -> float:
        """Points from end to end."""
        return self.end - self.start


def level(rulings: Iterable[Ruling]) -> list[Stroke]:
    """The horizontal strokes."""
    flat = [r for r in rulings if r.x1 - r.x0 >= r.bottom - r.top]
    return _gathered([Stroke((r.top + r.bottom) / 2, r.x0, r.x1) for r in flat])


def upright(rulings: Iterable[Ruling]) -> list[Stroke]:
    """The vertical strokes."""
    tall = [r for r in rulings if r.x1 - r.x0 < r.bottom - r.top]
    return _gathered([Stroke((r.x0 + r.x1) / 2, r.top, r.bottom) for r in tall])


def _gathered(strokes: list[Stroke]) -> list[Stroke]:
    """Strokes on one height become one stroke each, where only a hairline gap parts them."""
    return [whole for group in _near(strokes) for whole in _whole(group) if whole.length >= SHORT]


def _near(strokes: list[Stroke]) -> Iterator[list[Stroke]]:
    group: list[Stroke] = []
    for stroke in sorted(strokes, key=lambda s: s.at):
        if group and stroke.at - group[-1].at > SNAP:
            yield group
            group = []
        group.append(stroke)
    if group:
        yield group


def _whole(group: list[Stroke]) -> Iterator[Stroke]:
    pieces = sorted(group, key=lambda s: s.start)
    run = [pieces[0]]
    end = pieces[0].end
    for piece in pieces[1:]:
        if piece.start - end > JOIN:
            yield _one(run, end)
            run = []
        end = max(end, piece.end) if run else piece.end
        run.append(piece)
    yield _one(run, end)


def _one(run: Sequence[Stroke], end: float) -> Stroke:
    weight = sum(s.length for s in run)
    at = sum(s.at * s.length for s in run) / weight if weight else run[0].at
    return Stroke(at, run[0].start, end)


@dataclass(frozen=True, slots=True)
class Frame:
    """Strokes that hang together: a table, a box, or a part of one."""

    across: tuple[Stroke, ...]
    down: tuple[Stroke, ...]

    @property
    def box(self) -> tuple[float, float, float, float]:
        """Left, upper, right and lower end, in points."""
        left = [s.start for s in self.across] + [s.at for s in self.down]
        right = [s.end for s in self.across] + [s.at for s in self.down]
        upper = [s.at for s in self.across] + [s.start for s in self.down]
        lower = [s.at for s in self.across] + [s.end for s in self.down]
        return min(left), min(upper), max(right), max(lower)


def frames(rulings: Sequence[Ruling], *, scan: bool) -> list[Frame]:
    """Groups of strokes that meet each other; a frame with strokes of one direction only is none.

    In a `scan`, upright strokes that run over and under all that they meet are streaks, and left out; but
    those that begin or end where others do are columns of a table whose first and last rows may be cut by the
    ends of the page. Level strokes that run out of the columns that they cross are folds; those that begin or
    end where others do are rows, of a table one of whose borders was not found.
    """
    across, down = level(rulings), upright(rulings)
    if scan:
        down = [s for s in down if not _streaks(s, across) or _ranged(s, down)]
        across = [s for s in across if not _folds(s, down) or _ranged(s, across)]
    roots = list(range(len(across) + len(down)))
    for j, stroke in enumerate(down, len(across)):
        for i, other in enumerate(across):
            if _meet(other, stroke):
                _tie(roots, i, j)
    groups: dict[int, tuple[list[Stroke], list[Stroke]]] = {}
    for i, stroke in enumerate([*across, *down]):
        groups.setdefault(_root(roots, i), ([], []))[i >= len(across)].append(stroke)
    return _overlapping([Frame(tuple(a), tuple(d)) for a, d in groups.values()])


def _streaks(tall: Stroke, across: Iterable[Stroke]) -> bool:
    met = [flat.at for flat in across if _meet(flat, tall)]
    return bool(met) and tall.start < min(met) - STREAK and tall.end > max(met) + STREAK


def _folds(flat: Stroke, down: Iterable[Stroke]) -> bool:
    beside = [tall.at for tall in down if tall.start - TOUCH <= flat.at <= tall.end + TOUCH]
    return len(beside) > 1 and (flat.start < min(beside) - FOLD or flat.end > max(beside) + FOLD)


def _ranged(one: Stroke, strokes: Sequence[Stroke]) -> bool:
    """Whether others begin, or end, level with one, as what meets the same border of a table does."""
    others = [s for s in strokes if s is not one]
    begin = sum(abs(s.start - one.start) < TOUCH for s in others)
    end = sum(abs(s.end - one.end) < TOUCH for s in others)
    return max(begin, end) >= RANGED


def _meet(flat: Stroke, tall: Stroke) -> bool:
    return (
        flat.start - TOUCH <= tall.at <= flat.end + TOUCH
        and tall.start - TOUCH <= flat.at <= tall.end + TOUCH
    )


def _root(roots: list[int], i: int) -> int:
    while roots[i] != i:
        roots[i] = roots[roots[i]]
        i = roots[i]
    return i


def _tie(roots: list[int], i: int, j: int) -> None:
    roots[_root(roots, i)] = _root(roots, j)


def _overlapping(parts: list[Frame]) -> list[Frame]:
    """Loose strokes go to the frame they lie in; frames that overlap, neither inside the other, are one."""
    whole = sorted((f for f in parts if f.across and f.down), key=lambda f: f.box[1])
    found: list[Frame] = []
    for frame in whole:
        near = next((i for i, other in enumerate(found) if _crossing(other.box, frame.box)), None)
        if near is None:
            found.append(frame)
        else:
            found[near] = _both(found[near], frame)
    for loose in (f for f in parts if not (f.across and f.down)):
        home = next((i for i, f in enumerate(found) if _inside(loose.box, f.box)), None)
        if home is not None:
            found[home] = _both(found[home], loose)
    return found


def _both(one: Frame, other: Frame) -> Frame:
    return Frame(one.across + other.across, one.down + other.down)


def _crossing(a: tuple[float, float, float, float], b: tuple[float, float, float, float]) -> bool:
    apart = a[0] > b[2] or b[0] > a[2] or a[1] > b[3] or b[1] > a[3]
    return not apart and not _inside(a, b) and not _inside(b, a)


def _inside(a: tuple[float, float, float, float], b: tuple[float, float, float, float]) -> bool:
    return a[0] >= b[0] - SNAP and a[1] >= b[1] - SNAP and a[2] <= b[2] + SNAP and a[3] <= b[3] + SNAP


def axis(strokes: Iterable[Stroke], ends: Iterable[float], least: float) -> list[float]:
    """The places of a lattice's lines: of groups of strokes, and the outermost `ends` where none is drawn."""
    places = sorted(s.at for s in strokes)
    outer = sorted(ends)
    if outer and (not places or outer[0] < places[0] - TOUCH):
        places.insert(0, outer[0])
    if outer and outer[-1] > places[-1] + TOUCH:
        places.append(outer[-1])
    kept: list[float] = []
    for place in places:
        if not kept or place - kept[-1] > least:
            kept.append(place)
    return kept
