"""Tables whose every other row is shaded, and no line drawn: the rows between the shadings are made whole."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import replace

from pipeline.reading.lines import Line, lines
from pipeline.reading.tables.strokes import SNAP, Frame, Stroke, axis
from pipeline.schema import Word

TALLEST = 8  # letter heights: no white row is higher
GAP = 0.75  # letter heights: a wider space parts columns
LETTER = 12.0  # points, where no word tells
MANY = 3  # runs on a line that lie in no columns: the head of another table
AFTER = 1.9  # letter heights from centre to centre: a line further down is not of the last row


def whole(frames: Iterable[Frame], across: Sequence[Stroke], words: Sequence[Word]) -> list[Frame]:
    """The frames, top to bottom; those over one another with white rows between them are one.

    `across` are all level lines of the page: under a head those as wide part rows without columns drawn.
    """
    found: list[Frame] = []
    striped: set[int] = set()
    for frame in sorted(frames, key=lambda f: f.box[1]):
        row = _between(found[-1], frame, words) if found else None
        if row is None:
            found.append(frame)
        else:
            found[-1] = _joined(found[-1], row, frame)
            striped.add(len(found) - 1)
    taken = {stroke for frame in found for stroke in frame.across}
    free = sorted((s for s in across if s not in taken), key=lambda s: s.at)
    ended = [_ended(f, words) if n in striped else f for n, f in enumerate(found)]
    return [_lined(frame, free, words) for frame in ended]


def _lined(frame: Frame, free: Sequence[Stroke], words: Sequence[Word]) -> Frame:
    """The frame with the rows under it that end at lines as wide as it is: its columns go on where no words
    run over them."""
    left, _, right, _ = frame.box
    wide = [s for s in free if abs(s.start - left) <= SNAP and abs(s.end - right) <= SNAP]
    for stroke in (s for s in wide if s.at > frame.box[3]):
        top, xs = frame.box[3], _columns(frame)
        text = lines(_within(words, left, top, right, stroke.at), GAP)
        size = max((line.size for line in text), default=LETTER)
        row = _is_row(text, xs)
        if not text or stroke.at - top > TALLEST * size or not (row or max(len(t.runs) for t in text) < MANY):
            break
        inner = xs if row else [xs[0], xs[-1]]
        down = tuple(Stroke(x, top, stroke.at) for x in inner)
        frame = Frame((*frame.across, stroke), frame.down + down)
    return frame


def _between(upper: Frame, lower: Frame, words: Sequence[Word]) -> Frame | None:
    """The white row between two frames that stand over one another; None where there is none."""
    left, _, right, top = upper.box
    x0, bottom, x1, _ = lower.box
    if abs(left - x0) > SNAP or abs(right - x1) > SNAP or not bottom - top > 0:
        return None
    text = lines(_within(words, left, top, right, bottom), GAP)
    xs = _columns(upper, lower)
    size = max((line.size for line in text), default=LETTER)
    if bottom - top > TALLEST * size or not _is_row(text, xs):
        return None
    return Frame((), tuple(Stroke(x, top, bottom) for x in xs))


def _within(words: Iterable[Word], x0: float, top: float, x1: float, bottom: float) -> list[Word]:
    return [w for w in words if top < w.box.centre < bottom and x0 < w.box.middle < x1]


def _columns(*frames: Frame) -> list[float]:
    """The upright lines of frames, left to right."""
    return axis([s for frame in frames for s in frame.down], (), SNAP)


def _is_row(text: Sequence[Line], xs: Sequence[float]) -> bool:
    """Whether lines lie within columns, each run in one, and in several of them."""
    places = [(bisect_right(xs, r.box.x0 + 1), bisect_right(xs, r.box.x1 - 1)) for t in text for r in t.runs]
    return all(a == z for a, z in places) and len({a for a, _ in places}) > 1


def _joined(upper: Frame, row: Frame, lower: Frame) -> Frame:
    return Frame(upper.across + lower.across, upper.down + row.down + lower.down)


def _ended(frame: Frame, words: Sequence[Word]) -> Frame:
    """The frame with the white row that may end it: lines right below, in its columns."""
    left, _, right, end = frame.box
    xs = _columns(frame)
    held: list[Line] = []
    for line in lines([w for w in words if w.box.centre > end and left < w.box.middle < right], GAP):
        over = held[-1].box.centre if held else end
        if line.box.centre - over > AFTER * line.size or not _is_row([*held, line], xs):
            break
        held.append(line)
    if not held:
        return frame
    bottom = held[-1].box.bottom + 1
    row = tuple(Stroke(x, end, bottom) for x in xs)
    return replace(frame, across=(*frame.across, Stroke(bottom, left, right)), down=frame.down + row)
