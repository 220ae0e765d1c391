"""Tables without lines: columns under the words of a head, as wide as the white between them allows."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from pipeline.reading.lines import Line, Run, lines
from pipeline.reading.lines import line as line_of
from pipeline.reading.lines import run as run_of
from pipeline.reading.phrases import fold
from pipeline.reading.tables.body import body
from pipeline.reading.tables.grid import Grid, filled, spans
from pipeline.reading.tables.header import exactly, head, is_title, likely, numbers_columns, sureness
from pipeline.reading.tables.lattice import parted
from pipeline.reading.tables.lore import Lore
from pipeline.reading.tables.strokes import Stroke, axis, level, upright
from pipeline.reading.tables.title import Title
from pipeline.reading.tables.vocabulary import bare
from pipeline.reading.tables.wording import printed
from pipeline.rules import TableRule
from pipeline.schema import Box, Layout, Word, around

MONEY = re.compile(r"[:=]*(?:Rp|IDR)?[.:]*", re.IGNORECASE)  # what stands before an amount
GAP = (
    0.75  # letter heights: a wider space parts columns; one between words is narrower, but in justified lines
)
TIGHT = 0.5  # letter heights: no narrower space parts two titles
WIDER = 1.4  # and it is so much wider than any other between their words
DEEPEST = 4  # lines of a head
NEAR = 3  # lines from the first line of a head to the first with a whole title
CLOSE = 1.9  # letter heights between lines of one head, from centre to centre
OVERLAP = 0.3  # of the narrower of two runs: so much of them must lie over one another to be one column
MANY = 2  # shorter lines: more of them part rows, even without a long one
MARGIN = 2.0  # points
WIDE = 0.7  # of the table's width: a line so long parts rows
SHORT = 0.35  # of the table's width: beside long ones, so does a line of this length
TALL = 0.3  # of the table's height: a line so long parts columns
LOW = 5.0  # points: no row is lower


@dataclass(frozen=True, slots=True)
class Found:
    """A table without lines: its grid, all of it data, its titles, and where it stands with these."""

    grid: Grid
    titles: tuple[Title, ...]
    box: Box


def tables(layout: Layout, words: Sequence[Word], lore: Lore) -> Iterator[Found]:
    """The tables without lines among `words` of a page, from top to bottom."""
    rules = lore.rules
    text = [_apart(ln, rules) for ln in lines(words, GAP)]
    named = [sum(is_title(r.text, rules) for r in line.runs) for line in text]
    at = 0
    while at < len(text):
        found = _tops(text, at, named, rules)
        if not found:
            at += 1
            continue
        start, top = max(found, key=lambda each: (each[1].worth, each[0] + each[1].depth))
        at = start + top.depth
        held = body(text[at:], top.titles, lore)
        if held:
            xs = _borders(top.titles, held, upright(layout.rulings))
            bottom = max(line.box.bottom for line in text[start:at])
            yield _table(layout, top.titles, bottom, held, xs)
        at += len(held)


def _apart(text: Line, rules: Sequence[TableRule]) -> Line:
    """A line with runs parted that are two titles close to each other."""
    return line_of([part for run in text.runs for part in _two(run, rules)])


def _two(found: Run, rules: Sequence[TableRule]) -> Sequence[Run]:
    """The run, or two where each is a title, and the space between them by far the widest, or the first one
    numbers the rows."""
    if _numbering(found, rules):
        return run_of(found.words[:1]), run_of(found.words[1:])
    spaces = [b.box.x0 - a.box.x1 for a, b in pairwise(found.words)]
    widest = max(spaces, default=0.0)
    if widest < TIGHT * found.size or sum(space > widest / WIDER for space in spaces) > 1:
        return [found]
    cut = spaces.index(widest) + 1
    parts = run_of(found.words[:cut]), run_of(found.words[cut:])
    return parts if likely((part.text for part in parts), rules) else [found]


def _numbering(found: Run, rules: Sequence[TableRule]) -> bool:
    """Whether a run that is no title to the letter is that of the numbers of rows, and another."""
    first = fold(found.words[0].text)
    if len(found.words) < 2 or not any(first in map(fold, rule.columns.number) for rule in rules):
        return False
    rest = run_of(found.words[1:]).text
    return is_title(rest, rules) and not exactly(found.text, rules)


def _tops(
    text: Sequence[Line], at: int, named: Sequence[int], rules: Sequence[TableRule]
) -> list[tuple[int, Top]]:
    """The head that begins with the line `at`, and others that begin within it; none without titles near."""
    if not any(named[at : at + NEAR]):
        return []
    first = _head(text, at, rules) if sum(named[at : at + DEEPEST]) > 1 else None
    if first is None:
        return []
    within = ((n, _head(text, n, rules)) for n in range(at + 1, at + first.depth))
    return [(at, first), *((n, top) for n, top in within if top is not None)]


def below(
    layout: Layout, words: Sequence[Word], titles: tuple[Title, ...], xs: Sequence[float], lore: Lore
) -> list[Found]:
    """The table without lines under titles that have lines; none where nothing stands there."""
    under = max(t.box.bottom for t in titles)
    held = body(lines((w for w in words if w.box.centre > under), GAP), titles, lore)
    return [_table(layout, titles, under, held, xs)] if held else []


def rest(
    layout: Layout, words: Sequence[Word], titles: Sequence[Title], xs: Sequence[float], lore: Lore
) -> Found | None:
    """A table that goes on from the page before; `xs` are the borders of its columns there."""
    text = lines(words, GAP)
    at = next((n for n, line in enumerate(text[:DEEPEST]) if _is_row(line, titles, xs)), None)
    if at is None:
        return None
    top = text[at].box.top
    over = tuple(replace(t, box=Box(xs[t.columns[0]], top, xs[t.columns[-1] + 1], top)) for t in titles)
    held = body(text[at:], over, lore)
    return _table(layout, over, top, held, xs) if held else None


def _is_row(line: Line, titles: Sequence[Title], xs: Sequence[float]) -> bool:
    """Whether a line is a row of three columns, or nearly all, with a figure, each run within one."""
    columns = [
        [c for c in range(len(xs) - 1) if xs[c] - MARGIN <= r.box.x0 and r.box.x1 <= xs[c + 1] + MARGIN]
        for r in line.runs
    ]
    enough = min(3, len(titles) - 1)
    return len(line.runs) >= max(enough, 2) and all(columns) and any(c.isdigit() for c in line.text)


# ---------------------------------------------------------------- the head


@dataclass(frozen=True, slots=True)
class Top:
    """So many lines as a head: its titles, how many of them a rule knows, and how well."""

    worth: tuple[int, float]
    depth: int
    titles: tuple[Title, ...]


def _head(text: Sequence[Line], at: int, rules: Sequence[TableRule]) -> Top | None:
    """The lines from `at` on that are a head: with most titles, known best, and of equals the longest."""
    best: Top | None = None
    for depth in range(1, _reach(text, at, rules) + 1):
        found = _titles(text[at : at + depth])
        heads = [h for h in (head(found, rule) for rule in rules) if h is not None]
        worth = max(((len(h.titles), round(sureness(found, h.rule), 2)) for h in heads), default=None)
        if worth is not None and (best is None or worth >= best.worth):
            best = Top(worth, depth, found)
    return best


def _reach(text: Sequence[Line], at: int, rules: Sequence[TableRule]) -> int:
    """How many lines may be the head: those close to each other, but none with figures that are no titles."""
    deep = 1
    while deep < DEEPEST and at + deep < len(text):
        above, below = text[at + deep - 1], text[at + deep]
        if below.box.centre - above.box.centre > CLOSE * max(above.size, below.size):
            break
        if numbers_columns([r.text for r in below.runs]):
            break
        if any(c.isdigit() for c in bare(below.text)) and not all(
            is_title(r.text, rules) for r in below.runs
        ):
            break
        deep += 1
    return deep


def _titles(text: Sequence[Line]) -> tuple[Title, ...]:
    """Runs of several lines as titles: those over one another are one; one over several is above each."""
    columns: list[list[Run]] = []
    for line in reversed(text):
        for run in line.runs:
            under = [c for c in columns if _over(run.box, _around(c))]
            if not under:
                columns.append([run])
            for column in under:
                column.insert(0, run)
    columns.sort(key=lambda c: c[-1].box.x0)
    shared = {id(r) for a, b in pairwise(columns) for r in a if any(r is other for other in b)}
    return tuple(_title(i, column, shared) for i, column in enumerate(columns))


def _title(index: int, column: Sequence[Run], shared: set[int]) -> Title:
    above = [r.text for r in column if id(r) in shared]
    own = [r for r in column if id(r) not in shared] or list(column)
    words = tuple(w for r in own for w in r.words)
    return Title((index,), (*above, printed(words)), _around(own), words)


def _over(one: Box, other: Box) -> bool:
    common = min(one.x1, other.x1) - max(one.x0, other.x0)
    return common > OVERLAP * min(one.width, other.width)


def _around(runs: Iterable[Run]) -> Box:
    box = around([r.box for r in runs])
    return box if box is not None else Box(0, 0, 0, 0)


# ---------------------------------------------------------------- the grid


def _table(
    layout: Layout, titles: tuple[Title, ...], start: float, held: Sequence[Line], xs: Sequence[float]
) -> Found:
    words = [w for line in held for w in line.words]
    top, end = min(start, *(w.box.top for w in words)), max(w.box.bottom for w in words) + MARGIN
    strokes = _parting(level(layout.rulings), xs, start + MARGIN, end - MARGIN)
    ys = axis([*strokes, Stroke(top, 0, 0), Stroke(end, 0, 0)], (), LOW)
    found = parted(xs, ys, strokes, torn=_crowded(held, ys, len(titles)))
    number, origin = layout.page.number, layout.page.origin
    whole = bool(strokes) and not found.torn
    grid = filled(number, origin, xs, ys, spans(found.right, found.below), words, ruled=whole)
    box = Box(xs[0], min(t.box.top for t in titles), xs[-1], end)
    return Found(grid, titles, box)


def _crowded(held: Iterable[Line], ys: Sequence[float], columns: int) -> bool:
    """Whether several rows stand between two lines, each with a figure and in most columns: only groups are
    parted by lines."""
    rows = [line for line in held if 2 * len(line.runs) > columns and _figures(line)]
    bands = [bisect_right(ys, line.box.centre) for line in rows]
    return len(set(bands)) < len(bands)


def _figures(line: Line) -> bool:
    return any(c.isdigit() for c in line.text)


def _parting(strokes: Iterable[Stroke], xs: Sequence[float], top: float, end: float) -> list[Stroke]:
    """The level strokes that part rows: long lines, and beside these shorter ones."""
    inside = [s for s in strokes if top < s.at < end and s.end > xs[0] and s.start < xs[-1]]
    heights = axis(inside, (), LOW)
    rows = [[s for s in inside if abs(s.at - y) <= LOW] for y in heights]
    lengths = [sum(s.length for s in row) / (xs[-1] - xs[0]) for row in rows]
    if not any(length > WIDE for length in lengths) and sum(length > SHORT for length in lengths) <= MANY:
        return []
    return [s for row, length in zip(rows, lengths, strict=True) if length > SHORT for s in row]


def _borders(titles: Sequence[Title], held: Sequence[Line], upright: Sequence[Stroke]) -> list[float]:
    """The borders of columns: an upright line between two titles, or the middle of the widest white there."""
    boxes = [box for line in held for box in _held_together(line)] + [t.box for t in titles]
    left, right = min(b.x0 for b in boxes) - MARGIN, max(b.x1 for b in boxes) + MARGIN
    top, bottom = titles[0].box.top, held[-1].box.bottom
    beside = [s for s in upright if min(s.end, bottom) - max(s.start, top) > TALL * (bottom - top)]
    inner = [_line(a.box, b.box, beside) or _white(a.box, b.box, boxes) for a, b in pairwise(titles)]
    return [left, *inner, right]


def _held_together(line: Line) -> Iterator[Box]:
    """The words of a line; a colon or a sign of money is one with the amount that it stands before."""
    held: list[Box] = []
    for word in line.words:
        money = MONEY.fullmatch(word.text) is not None
        if held and not (money or word.text[0].isdigit()):
            yield from held
            held = []
        held.append(word.box)
        if not money:
            yield around(held) or word.box
            held = []
    yield from held


def _line(one: Box, other: Box, upright: Iterable[Stroke]) -> float | None:
    between = [s for s in upright if one.x1 - MARGIN < s.at < other.x0 + MARGIN]
    return max(between, key=lambda s: s.length).at if between else None


def _white(one: Box, other: Box, boxes: Sequence[Box]) -> float:
    """Between two titles, the middle of the stretch that the fewest words cross; of those the widest."""
    start, end = one.middle, other.middle
    edges = sorted({start, end, *(x for b in boxes for x in (b.x0, b.x1) if start < x < end)})
    stretches = [
        (sum(b.x0 < (a + z) / 2 < b.x1 for b in boxes), a - z, (a + z) / 2) for a, z in pairwise(edges)
    ]
    return min(stretches)[2] if stretches else (start + end) / 2
