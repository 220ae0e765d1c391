"""Ruling lines in the picture of a level page, found by morphology once its words are blanked out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

import cv2
import numpy as np
from msgspec import structs
from numpy.typing import NDArray

from pipeline.reading.combs import uncombed
from pipeline.reading.continued import continued
from pipeline.reading.marks import Line
from pipeline.reading.raster import POINTS, Pixels, Raster
from pipeline.schema import Box, Ruling, Word

LEVEL = (18.0, 120.0)  # points: a level line is no shorter, beside words and where letters might make one
UPRIGHT = (11.0, 30.0)  # points: the same of an upright line; rows of a table may be low
LOW = 7.0  # points: and of one beside words in the lowest rows, where it goes on that of a column
COLUMN = 30.0  # points: so long is a line between two columns
STRAIGHT = 1.5  # points: lines that go on each other lie no farther apart
BREAK = 3.0  # points: gaps that bad copies leave in a line
CRACK = 0.5  # points: gaps filled where letters might be joined
RIM = 8.0  # points: lines so near to the edge of the picture are the edge of the paper
DESK = 32.0  # points: so wide may a strip of desk be around the paper
EDGE = 0.6  # of the page: so long is a line along the edge of the paper
CORE = 0.7  # of the height of a word that is blanked: its box may touch the line above or below
BEND = 2  # pixels by which a short line may leave the straight: pen strokes do by more
SINK = 60  # and a long line by one pixel in so many more
THICK = 5.0  # points: bars that are thicker are no rulings
APART = 2.5  # points: pieces of one line lie no farther beside each other
REACH = 6.0  # points: a line ends no farther from the line that it meets
BAND = 40.0  # points: a longer line is one, also in a dark head
ASIDE = 10.0  # points to both sides of a line in which its ground is looked at
GROUND = 0.55  # of the lightness of the paper: darker is a dark ground
LETTERED = 1.35  # times as light as its ground are white letters
INSET = 2  # pixels of a band from its edge
STROKE = 5.0  # points: no white letter parts a dark band more
TALL = 8.0  # points: no dark band is lower
MOSTLY, WHOLLY = 0.55, 0.97  # of a band that is dark: of a line of text less is, of a bare bar more
STREAK = 15.0  # points over and under a table that the streak of a copier runs on
DARKER = 1.5  # times as dark as the streak is what is drawn of a line on it
DRAWN = 0.6  # and so much of the depth of its darkest part
ALONE = 100.0  # points from which a line need not meet any other; pen strokes are shorter
INNER = 0.15  # of the width of a word: a line nearer to its edge does not part it


def rulings(page: Raster, words: Sequence[Word]) -> tuple[Ruling, ...]:
    """The straight lines of a level page, in points, top to bottom; pieces of a line are joined."""
    scale = page.dpi / POINTS
    dark = _dark(page.pixels, scale)
    free = _blanked(dark, words, scale)
    paper = _middle(page.pixels)
    bands = _bands(page.pixels, scale, paper)
    level = list(_joined([*_lines(_whole(free, dark, scale), scale, *LEVEL), *bands]))
    upright = _whole(cv2.transpose(free), cv2.transpose(dark), scale)
    columns = list(_joined(_lines(upright, scale, *UPRIGHT)))
    across = list(_joined([*columns, *_low(_lines(upright, scale, LOW, UPRIGHT[1]), columns)]))
    across = [line for line in across if not _in_shade(line, page.pixels.T, scale, paper)]
    across = list(uncombed(across))
    across = [_trimmed(line, level, page.pixels.T, scale, paper) for line in across]
    boxes = [word.box for word in words]
    level, across = (
        list(continued(level, across, boxes, page.pixels, scale)),
        list(continued(across, level, map(_laid, boxes), page.pixels.T, scale)),
    )
    kept = [_flipped(line) for line in across if _meets(line, level)]
    kept += [line for line in level if _meets(line, across)]
    inside = [line for line in kept if _within(line, page)]
    return tuple(sorted((Ruling(*line) for line in inside), key=lambda r: (r.top, r.x0)))


def _middle(grey: Pixels) -> float:
    """The median of a picture, by counting: sorting so many pixels takes ten times as long."""
    counts = np.cumsum(cv2.calcHist([grey], [0], None, [256], [0, 256]).ravel())
    middles = (grey.size + 1) // 2, grey.size // 2 + 1
    return float(np.searchsorted(counts, middles).mean())


def _bands(grey: Pixels, scale: float, paper: float) -> Iterator[Line]:
    """The upper and lower edges of dark bands with white letters in them, as heads of tables have, points."""
    scale = scale / 2
    half = cv2.resize(grey, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA)
    dark = (half < GROUND * paper).astype(np.uint8)
    stroke, tall, long = (max(1, round(size * scale)) for size in (STROKE, TALL, ALONE))
    whole = cv2.morphologyEx(dark, cv2.MORPH_CLOSE, np.ones((stroke, stroke)))
    wide = cv2.morphologyEx(whole, cv2.MORPH_OPEN, np.ones((tall, long)))
    _, _, found, _ = cv2.connectedComponentsWithStats(wide, connectivity=8)
    for x, y, width, height, _ in found[1:].tolist():
        inside = dark[y + INSET : y + height - INSET, x + INSET : x + width - INSET]
        if inside.size and MOSTLY < float(inside.mean()) < WHOLLY:
            for edge in (y, y + height):
                yield (x / scale, edge / scale, (x + width) / scale, edge / scale)


def _in_shade(line: Line, grey: Pixels, scale: float, paper: float) -> bool:
    """Whether a short line stands on a dark ground: white letters leave there what looks like lines."""
    if line[2] - line[0] > BAND:
        return False
    begin, at, end = (round(edge * scale) for edge in line[:3])
    around = grey[max(0, at - round(ASIDE * scale)) : at + round(ASIDE * scale), begin : end + 1]
    if not around.size:
        return False
    ground, lightest = np.percentile(around, (50, 95))
    return bool(ground < GROUND * paper or lightest > LETTERED * ground)


def _trimmed(line: Line, level: Sequence[Line], grey: Pixels, scale: float, paper: float) -> Line:
    """An upright line (laid level) without the streak of a copier that lies on it and runs on over the page:
    from row to row of the table a line between two columns is much darker than what goes on beyond them."""
    start, y, end, _ = line
    met = sorted(at for x0, at, x1, _ in level if x0 - REACH <= y <= x1 + REACH and start < at < end)
    if len(met) < 2 or min(met[0] - start, end - met[-1]) < STREAK:
        return line
    row, aside = round(y * scale), BEND + round(APART * scale)
    ink = paper - grey[max(0, row - aside) : row + aside + 1].min(axis=0).astype(float)
    streak = max(_median(ink, start, met[0], scale), _median(ink, met[-1], end, scale))
    rows = {(a, b): _median(ink, a, b, scale) for a, b in pairwise(met)}
    drawn = [row for row, depth in rows.items() if depth > max(DARKER * streak, DRAWN * max(rows.values()))]
    return (drawn[0][0], y, drawn[-1][1], y) if drawn else line


def _median(ink: Pixels, start: float, end: float, scale: float) -> float:
    """Of what lies between two places, points; nothing where they are one."""
    part = ink[round(start * scale) : round(end * scale)]
    return float(np.median(part)) if len(part) else 0.0


def _low(upright: Iterable[Line], columns: Sequence[Line]) -> Iterator[Line]:
    """Upright lines (laid level) as short as letters that go on the line between two columns: in low rows."""
    places = [line[1] for line in columns if line[2] - line[0] >= COLUMN]
    for line in upright:
        if any(abs(line[1] - at) <= STRAIGHT for at in places):
            yield line


def _dark(grey: Pixels, scale: float) -> Pixels:
    block = round(12 * scale) | 1
    flat = cv2.adaptiveThreshold(grey, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, block, 12)
    return np.asarray(flat, np.uint8)


def _blanked(dark: Pixels, words: Iterable[Word], scale: float) -> Pixels:
    free = dark.copy()
    for word in words:
        box, inset = word.box, (1 - CORE) / 2 * word.box.height
        rows = slice(max(0, round((box.top + inset) * scale)), max(0, round((box.bottom - inset) * scale)))
        free[rows, max(0, round(box.x0 * scale)) : max(0, round(box.x1 * scale))] = 0
    return free


def _whole(free: Pixels, dark: Pixels, scale: float) -> tuple[Pixels, Pixels]:
    """What is dark beside words, and anywhere, without the gaps along a row that a line may have."""
    return _closed(free, BREAK * scale), _closed(dark, CRACK * scale)


def _closed(dark: Pixels, gap: float) -> Pixels:
    thick = cv2.dilate(dark, np.ones((3, 1)))  # a line that sinks by a pixel is still one line
    return np.asarray(cv2.morphologyEx(thick, cv2.MORPH_CLOSE, _along(gap)), np.uint8)


def _along(length: float) -> Pixels:
    return np.ones((1, max(1, round(length))), np.uint8)


def _lines(whole: tuple[Pixels, Pixels], scale: float, beside: float, anywhere: float) -> Iterator[Line]:
    """The level lines, in points; no shorter than `beside` words, and `anywhere` letters might make one."""
    free, dark = (_along(shortest * scale) for shortest in (beside, anywhere))
    cores = cv2.erode(whole[0], free), cv2.erode(whole[1], dark)
    rows = np.flatnonzero(cv2.max(*cores).max(axis=1))
    runs = [cv2.dilate(_rows(core, rows), by) for core, by in zip(cores, (free, dark), strict=True)]
    for x, y, width, height, area in _pieces(cv2.max(*runs), rows):
        thick = area / width
        if thick - 2 <= THICK * scale and height - thick <= BEND + width / SINK:
            yield (x / scale, (y + 0.5) / scale, (x + width) / scale, (y + 0.5) / scale)


def _rows(pixels: Pixels, rows: NDArray[np.intp]) -> Pixels:
    """Only such rows, with a bare one between those that do not follow each other: few hold a line at all."""
    few = np.zeros((len(rows) + 1 + np.count_nonzero(np.diff(rows) > 1), pixels.shape[1]), np.uint8)
    few[_places(rows)] = pixels[rows]
    return few


def _places(rows: NDArray[np.intp]) -> NDArray[np.intp]:
    """Where each of the rows is then."""
    return np.arange(len(rows)) + np.cumsum(np.diff(rows, prepend=rows[:1]) > 1)


def _pieces(few: Pixels, rows: NDArray[np.intp]) -> Iterator[tuple[float, ...]]:
    """Each piece in such rows of a picture: its left edge, middle from above, width, height and pixels."""
    _, _, found, centres = cv2.connectedComponentsWithStats(few, connectivity=8)
    moved = np.zeros(len(few), np.intp)
    moved[_places(rows)] = rows - _places(rows)
    for (x, top, width, height, area), (_, y) in zip(found[1:].tolist(), centres[1:].tolist(), strict=True):
        yield x, y + int(moved[top]), width, height, area


def _within(line: Line, page: Raster) -> bool:
    """Whether a line is neither the edge of the paper nor a fold, which runs out to the edge."""
    x0, top, x1, bottom = line
    inside = min(x0, top) > RIM and x1 < page.width - RIM and bottom < page.height - RIM
    return inside and not (
        _edges(x0, x1, bottom - top, page) or _edges(top, bottom, x1 - x0, page, level=True)
    )


def _edges(start: float, end: float, long: float, page: Raster, *, level: bool = False) -> bool:
    """Whether a long line runs along an edge of the picture, as that of paper on a desk does; the border of a
    table there is not missed, since its other lines end at it."""
    across, along = (page.height, page.width) if level else (page.width, page.height)
    return long > EDGE * along and (end < DESK or start > across - DESK)


def _joined(lines: Iterable[Line]) -> Iterator[Line]:
    """Level lines with those that follow each other at the same height made one."""
    rows: list[list[Line]] = []
    for line in sorted(lines, key=lambda found: found[1]):
        if rows and line[1] - rows[-1][-1][1] <= APART:
            rows[-1].append(line)
        else:
            rows.append([line])
    for row in rows:
        yield from _chained(sorted(row))


def _chained(row: list[Line]) -> Iterator[Line]:
    now = row[0]
    for line in row[1:]:
        if line[0] <= now[2] + 2 * BREAK:
            y = (now[1] * (now[2] - now[0]) + line[1] * (line[2] - line[0])) / (
                now[2] - now[0] + line[2] - line[0]
            )
            now = (now[0], y, max(now[2], line[2]), y)
        else:
            yield now
            now = line
    yield now


def _flipped(line: Line) -> Line:
    return (line[1], line[0], line[3], line[2])


def _laid(box: Box) -> Box:
    return Box(box.top, box.x0, box.bottom, box.x1)


def _meets(line: Line, others: Iterable[Line]) -> bool:
    """Whether a line is long, or ends at both sides on one of `others` (laid level) as cells do."""
    x0, y, x1, _ = line
    if x1 - x0 >= ALONE:
        return True
    ends = [other[1] for other in others if other[0] - REACH <= y <= other[2] + REACH]
    return any(abs(x - x0) <= REACH for x in ends) and any(abs(x - x1) <= REACH for x in ends)


def parted(words: Iterable[Word], rulings: Iterable[Ruling]) -> Iterator[Word]:
    """The words, those cut in two that were read across the line between two cells ("SemesterLayanan")."""
    upright = [r for r in rulings if r.x0 == r.x1]
    for word in words:
        yield from _cut(word, next((r for r in upright if _crosses(r, word.box)), None))


def _crosses(line: Ruling, box: Box) -> bool:
    inner = INNER * box.width
    return line.top <= box.centre <= line.bottom and box.x0 + inner < line.x0 < box.x1 - inner


def _cut(word: Word, line: Ruling | None) -> Iterator[Word]:
    """Where a capital or a figure follows a small letter near the line, and nowhere else."""
    text, box = word.text, word.box
    near = round(len(text) * (line.x0 - box.x0) / box.width) if line else 0
    seams = [i for i in (near, near - 1, near + 1) if 0 < i < len(text) and text[i - 1].islower()]
    seam = next((i for i in seams if not text[i].islower()), None)
    if line is None or seam is None:
        yield word
        return
    yield structs.replace(word, text=text[:seam], box=structs.replace(box, x1=line.x0))
    yield structs.replace(word, text=text[seam:], box=structs.replace(box, x0=line.x0))
