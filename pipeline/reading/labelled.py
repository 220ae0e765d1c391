"""Lines that begin with a label, and the words of their values: 'Nama : ...', with or without a colon."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from statistics import median_low

from msgspec import structs

from pipeline.reading.kinds import unended
from pipeline.reading.lines import Line, Run
from pipeline.reading.lines import line as line_of
from pipeline.reading.phrases import same
from pipeline.rules import Labels
from pipeline.schema import Box, Word

FIELDS = ("name", "nip", "rank", "position", "unit")
NAMED = ("name", "name_nip")  # labels that begin an identity
COLONS = ":="  # a colon, and as readers of scans answer it
MARKS = ":=. "  # what stands between a label and its value
WRAPPED = ("position", "unit")  # what may be too long for its line
LABEL_WORDS = 14  # a label has fewer, also in spaced letters
LONGEST = 80  # letters: no label is longer, spaced as it may be
ENUMERATED = 5  # letters: "1.", "a." or "III." before a label
NEAR = 1.7  # letter heights between a value and its next line
TIGHT = 0.9  # letter heights between a line and the one that goes on under its label
SPARE = 1.5  # letter heights that a line may leave free although the next word would have fitted
COLUMN, MANY = 3.0, 4  # points: so near each other begin so many lines of a column of text
AROUND = 20.0  # points over and under labels in which a column of text stands beside them
NEARER = 0.25  # letter heights by which a line must be closer to the next label to be of its value


@dataclass(frozen=True, slots=True)
class Labelled:
    """A line with a label: which field, and the words of its value. `start` is where values begin, points."""

    field: str
    words: tuple[Word, ...]
    line: Line
    start: float
    bottom: float


def labelled(lines: Sequence[Line], labels: Labels) -> Iterator[Labelled]:
    """The labelled lines in order, each with the lines around it that belong to its value."""
    found = _aligned([(n, item) for n, line in enumerate(lines) if (item := label(line, labels)) is not None])
    ends = [place for place, _ in found[1:]] + [len(lines)]
    early: list[Line] = []
    for number, (place, item) in enumerate(found):
        after = found[number + 1][1] if number + 1 < len(found) else None
        between = lines[place + 1 : ends[number]]
        wrapped = _wrapped(item, between, max(line.box.x1 for line in lines), labels)
        mine, early_next = ([], []) if wrapped else _shared(item, between, after)
        yield _with(item, early, mine, wrapped)
        early = early_next


def own_column(lines: Sequence[Line], labels: Labels) -> list[Line]:
    """The lines; where another column of text begins right of the value of a labelled one, without that."""
    told = [(line, label(line, labels)) for line in lines]
    heights = [line.box.centre for line, item in told if item is not None]
    near = (min(heights, default=0.0) - AROUND, max(heights, default=0.0) + AROUND)
    others = [line for line, item in told if item is None and near[0] < line.box.centre < near[1]]
    starts = [run.box.x0 for line in others for run in line.runs]
    edge = min((x for _, item in told if item is not None and (x := _beside(item, starts))), default=None)
    if edge is None:
        return list(lines)
    kept = [[run for run in line.runs if _left(run, edge, near)] for line in lines]
    return [line_of(runs) for runs in kept if runs]


def _left(run: Run, edge: float, near: tuple[float, float]) -> bool:
    """Whether a run is of the left column; beside the labels one may reach into the other."""
    begun = near[0] < run.box.centre < near[1] and run.box.x0 < edge - COLUMN
    return begun or run.box.x1 < edge


def _beside(item: Labelled, starts: Sequence[float]) -> float | None:
    """Where a part of a labelled line begins that stands behind its value, as many other lines do."""
    for run in item.line.runs[1:]:
        many = sum(abs(run.box.x0 - x) < COLUMN for x in starts) >= MANY
        if many and any(run.words[0] is word for word in item.words[1:]):
            return run.box.x0
    return None


def _aligned(found: list[tuple[int, Labelled]]) -> list[tuple[int, Labelled]]:
    """Labels with no word beside them begin their values where the others do: centred on two lines."""
    starts = [item.start for _, item in found if item.words]
    if not starts:
        return found
    return [(n, item if item.words else replace(item, start=median_low(starts))) for n, item in found]


def _shared(item: Labelled, between: Sequence[Line], after: Labelled | None) -> tuple[list[Line], list[Line]]:
    """The lines between two labels: of the value above, and of a value centred on the next label."""
    mine: list[Line] = []
    for n, line in enumerate(between):
        last = mine[-1] if mine else item.line
        if after is not None and _closer(line, item, after) and _at(after.start, line):
            return mine, [ln for ln in between[n:] if _at(after.start, ln)]
        if _at(item.start, line) and line.box.top - last.box.bottom < NEAR * line.size:
            mine.append(line)
        elif not _label_tail(item, line):
            break
    return mine, []


def _wrapped(item: Labelled, between: Sequence[Line], margin: float, labels: Labels) -> Sequence[Line]:
    """The line that goes on with a value under its label or colon; `margin` is where full lines end."""
    if not between or not item.words or item.field not in WRAPPED:
        return ()
    last, line = item.line, between[0]
    first, left, size = line.words[0], last.box.x0, line.size
    begins = abs(line.box.x0 - left) < 0.6 * size or left + 2 * size < line.box.x0 < item.start - 0.6 * size
    open_ = unended(item.words, labels)
    full = open_ or last.box.x1 + first.box.width > margin - SPARE * size
    short = line.box.x1 < margin - 2 * SPARE * size and len(line.runs) == 1
    near = line.box.top - last.box.bottom < TIGHT * size
    capitals = all(w.text[0].isupper() or w.text.lower() in labels.goes_on for w in line.words)
    return between[:1] if begins and full and short and near and capitals else ()


def _closer(line: Line, item: Labelled, after: Labelled) -> bool:
    """Whether a line is clearly closer to the next label than to the one above."""
    up, down = line.box.centre - item.line.box.centre, after.line.box.centre - line.box.centre
    return down < up - NEARER * line.size and after.line.box.top - line.box.bottom < 0.5 * line.size


def _with(item: Labelled, early: Sequence[Line], late: Sequence[Line], wrapped: Sequence[Line]) -> Labelled:
    words = [w for line in early for w in _from(line, item.start)]
    words += [*item.words, *(w for line in wrapped for w in line.words)]
    words += [w for line in late for w in _from(line, item.start)]
    bottom = max([item.bottom, *(line.box.bottom for line in (*wrapped, *late))])
    return replace(item, words=tuple(words), bottom=bottom)


def label(line: Line, labels: Labels) -> Labelled | None:
    """The label before the colon, or before a wide gap, and the words after it; None for none."""
    words = line.words
    for count, word in enumerate(words[:LABEL_WORDS]):
        head, colon, tail = word.text.partition(":")
        before = " ".join([*(w.text for w in words[:count]), head])
        gap = count + 1 < len(words) and words[count + 1].box.x0 - word.box.x1 > word.size
        if colon or gap:
            name = field_of(before, labels)
            if name is None and not colon:
                continue
            return _value(name, line, count, tail) if name is not None else None
    alone = field_of(line.text, labels) if len(words) < LABEL_WORDS else None
    return _value(alone, line, len(words) - 1, "") if alone is not None else None


def _value(name: str, line: Line, count: int, tail: str) -> Labelled:
    after = list(line.words[count + 1 :])
    if tail:
        word = line.words[count]
        share = len(tail) / len(word.text)
        box = Box(word.box.x1 - share * word.box.width, word.box.top, word.box.x1, word.box.bottom)
        after.insert(0, structs.replace(word, text=tail, box=box))
    while after and after[0].text.strip(MARKS) == "" and len(after[0].text) <= 2:
        after.pop(0)
    start = after[0].box.x0 if after else line.words[count].box.x1 + line.size
    if after and after[0].text[0] in COLONS:
        after[0] = structs.replace(after[0], text=after[0].text.lstrip(COLONS + " "))
    return Labelled(name, tuple(after), line, start, line.box.bottom)


def field_of(text: str, labels: Labels) -> str | None:
    """Which label a text is, with or without '1.', 'a.' or '1' before it."""
    parts = text.split()
    if len(parts) > 1 and len(parts[0]) <= ENUMERATED and (parts[0][-1] in ".)" or parts[0].isdigit()):
        text = " ".join(parts[1:])
    return _field(text, labels) if len(text) <= LONGEST else None


@lru_cache(maxsize=8192)
def _field(text: str, labels: Labels) -> str | None:
    lists = [(name, getattr(labels, name)) for name in ("name_nip", *FIELDS, "other")]
    for similar in (100, 88):  # a label as it is printed comes before another that is like it
        for said in dict.fromkeys((text, text.partition("/")[0])):  # "Jabatan / Position"
            for name, phrases in lists:
                if same(said, phrases, similar):
                    return name
    return None


def _at(start: float, line: Line) -> bool:
    """Whether a line is nothing but words where values begin."""
    words = _from(line, start)
    return bool(words) and len(words) == len(line.words) and abs(words[0].box.x0 - start) < 2.2 * line.size


def _label_tail(item: Labelled, line: Line) -> bool:
    """Whether a line is the second half of a broken label: 'PANGKAT/' over 'GOLONGAN'."""
    return line.box.x1 < item.start and line.box.top - item.line.box.bottom < NEAR * line.size


def _from(line: Line, start: float) -> tuple[Word, ...]:
    return tuple(w for w in line.words if w.box.x0 >= start - 0.6 * w.size)
