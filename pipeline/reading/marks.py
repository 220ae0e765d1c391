"""The straight lines, pictures and pen strokes among what a PDF page draws."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, pairwise

from pdfminer.layout import LTCurve, LTImage

from pipeline.schema import Box, Picture, Ruling, around

WHITE = 0.98  # of full brightness
CMYK = 4  # inks; none of them is white
CURVES = "cvy"  # commands of a path that bend
THIN = 3.0  # points: a filled shape no wider than this is a line
STRAIGHT = 0.7  # points: how far a line may lean and still be level or upright
LEANING = 0.05  # points: a piece of a border leans no more
LEAN = 0.1  # of its length: by so much a piece of a pen stroke leans
GAP = 1.5  # points: pieces of a line this close are one line (dotted and dashed borders)
SOME = 0.1  # of an edge along which a line runs: parts of the border may be left out where cells are one
SHORT = 4.0  # points: shorter lines are not rulings
NEAR = 12.0  # points: pen strokes within this distance belong together
STROKES = 12  # points of its paths from which a cluster is a drawing and not a blot
Line = tuple[float, float, float, float]


def white(color: object) -> bool:
    """Whether a PDF colour (grey, RGB or CMYK) is white, as far as its numbers say."""
    parts = color if isinstance(color, tuple) else (color,)
    inks = [float(p) for p in parts if isinstance(p, (int, float))]
    if not inks or len(inks) < len(parts):
        return False
    return max(inks) <= 1 - WHITE if len(inks) == CMYK else min(inks) >= WHITE


def visible(path: LTCurve) -> bool:
    """Whether the path leaves a mark on white paper."""
    filled = bool(path.fill) and not white(path.non_stroking_color)
    return filled or (bool(path.stroke) and not white(path.stroking_color))


def drawn(paths: Iterable[LTCurve]) -> Iterator[Line]:
    """All level and upright lines that visible paths draw, as (x0, y0, x1, y1). The edges of a shade are
    lines only where it has no borders of its own over and under it."""
    found: list[list[Line]] = []
    shades: list[list[Line]] = []
    for path in paths:
        (shades if shade(path) else found).append(list(lines(path)))
    level: dict[int, list[Line]] = defaultdict(list)
    for line in chain(*found):
        if line[2] - line[0] >= line[3] - line[1]:
            level[round(line[1])].append(line)
    yield from chain(*found)
    yield from chain(*(edges for edges in shades if not _bordered(edges, level)))


def shade(path: LTCurve) -> bool:
    """Whether a path is a ground laid under something, without a border."""
    return bool(path.fill) and not path.stroke and path.width > THIN and path.height > THIN


def _bordered(edges: Sequence[Line], level: dict[int, list[Line]]) -> bool:
    """Whether lines run along the upper and the lower edge of a shade, or along parts of them."""
    flat = [e for e in edges if e[2] - e[0] >= e[3] - e[1]]
    ends = {min((e[1] for e in flat), default=0.0), max((e[1] for e in flat), default=0.0)}
    return bool(flat) and all(_along(y, flat[0], level) >= SOME * (flat[0][2] - flat[0][0]) for y in ends)


def _along(y: float, edge: Line, level: dict[int, list[Line]]) -> float:
    """How much of the width of `edge` lines take that run at height `y`, points."""
    near = (line for at in (round(y) - 1, round(y), round(y) + 1) for line in level.get(at, ()))
    return sum(max(0.0, min(n[2], edge[2]) - max(n[0], edge[0])) for n in near if abs(n[1] - y) <= GAP)


def lines(path: LTCurve) -> Iterator[Line]:
    """The level and upright lines that a visible path draws, as (x0, y0, x1, y1)."""
    if any(step[0] in CURVES for step in path.original_path or ()) or _scribbled(path):
        return
    if path.fill and (path.width <= THIN or path.height <= THIN):
        yield _spine(path)
    else:
        yield from _edges(path)


def _scribbled(path: LTCurve) -> bool:
    """Whether a path runs from point to point as a pen does: most of its many pieces lean."""
    pieces = [(abs(bx - ax), abs(by - ay)) for (ax, ay), (bx, by) in pairwise(path.pts)]
    leaning = sum(min(piece) > LEAN * max(piece) for piece in pieces)
    return len(pieces) >= STROKES and 2 * leaning > len(pieces)


def pen(path: LTCurve) -> bool:
    """Whether a path is a short piece of a pen stroke: it leans, and rules nothing."""
    leans = path.width > LEANING and path.height > LEANING
    return leans and not path.fill and all(x1 - x0 + y1 - y0 < SHORT for x0, y0, x1, y1 in _edges(path))


def _spine(path: LTCurve) -> Line:
    if path.width >= path.height:
        middle = (path.y0 + path.y1) / 2
        return (path.x0, middle, path.x1, middle)
    middle = (path.x0 + path.x1) / 2
    return (middle, path.y0, middle, path.y1)


def _edges(path: LTCurve) -> Iterator[Line]:
    commands = [step[0] for step in path.original_path or []]
    points = path.pts if commands[-1:] != ["h"] else [*path.pts, path.pts[0]]
    for (ax, ay), (bx, by) in pairwise(points):
        if abs(ax - bx) <= STRAIGHT or abs(ay - by) <= STRAIGHT:
            yield (min(ax, bx), min(ay, by), max(ax, bx), max(ay, by))


def rulings(found: Iterable[Line]) -> tuple[Ruling, ...]:
    """Lines with their pieces joined, those too short to rule anything left out; top to bottom."""
    level: dict[float, list[tuple[float, float]]] = defaultdict(list)
    upright: dict[float, list[tuple[float, float]]] = defaultdict(list)
    for x0, top, x1, bottom in found:
        if x1 - x0 >= bottom - top:
            level[round((top + bottom) / 2, 1)].append((x0, x1))
        else:
            upright[round((x0 + x1) / 2, 1)].append((top, bottom))
    joined = [Ruling(a, at, b, at) for at, a, b in _joined(level)]
    joined += [Ruling(at, a, at, b) for at, a, b in _joined(upright)]
    return tuple(sorted(joined, key=lambda r: (r.top, r.x0)))


def _joined(pieces: dict[float, list[tuple[float, float]]]) -> Iterator[tuple[float, float, float]]:
    for at, spans in pieces.items():
        spans.sort()
        start, end = spans[0]
        for a, b in spans[1:]:
            if a > end + GAP:
                yield from _long(at, start, end)
                start, end = a, b
            end = max(end, b)
        yield from _long(at, start, end)


def _long(at: float, start: float, end: float) -> Iterator[tuple[float, float, float]]:
    if end - start >= SHORT:
        yield at, start, end


def picture(image: LTImage, box: Box) -> Picture:
    """An image on the page, named by the hash of its stored bytes."""
    raw = image.stream.get_rawdata() or b""
    return Picture(box, hashlib.sha256(raw).hexdigest())


def strokes(curves: Iterable[tuple[Box, int]]) -> tuple[Picture, ...]:
    """Clusters of curves (box, number of points) close together: signatures and emblems drawn as paths."""
    cells: dict[tuple[int, int], list[tuple[Box, int]]] = defaultdict(list)
    for box, points in curves:
        cells[int(box.middle // NEAR), int(box.centre // NEAR)].append((box, points))
    found = []
    while cells:
        cluster = _flood(cells, next(iter(cells)))
        whole = around([box for box, _ in cluster])
        if whole and sum(n for _, n in cluster) >= STROKES:
            found.append(Picture(whole, kind="strokes"))
    return tuple(found)


def _flood(
    cells: dict[tuple[int, int], list[tuple[Box, int]]], start: tuple[int, int]
) -> list[tuple[Box, int]]:
    cluster, edge = [], [start]
    while edge:
        x, y = edge.pop()
        here = cells.pop((x, y), None)
        if here:
            cluster += here
            edge += [(x + i, y + j) for i in (-2, -1, 0, 1, 2) for j in (-2, -1, 0, 1, 2)]
    return cluster
