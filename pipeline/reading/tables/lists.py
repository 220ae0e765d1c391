"""Budgets that stand in no table: lines with a name, and its money behind a gap, dots or a colon."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from pipeline import values
from pipeline.reading.lines import Line, lines
from pipeline.reading.phrases import starts
from pipeline.reading.tables.rows import Kind, Row
from pipeline.reading.tables.wording import Piece, unmarked
from pipeline.rules import TableRule
from pipeline.schema import Box, Layout, Word, around
from pipeline.values import Words

LONGEST = 3  # lines that a name may take
CLOSE = 2.2  # letter heights from a line to the next one of a name

_LEADER = re.compile(r"[.…_:=\s]+$")
_DOTS = re.compile(r"[.…_:=]{3,}|:|=")


@dataclass(frozen=True, slots=True)
class Entry:
    """A name and its money."""

    kind: Kind
    name: tuple[Word, ...]
    money: tuple[Word, ...]


def rows(layout: Layout, areas: Sequence[Box], rule: TableRule, words: Words) -> Iterator[Row]:
    """The rows of the lists on a page, outside of its tables."""
    free = [w for w in layout.words if not any(box.holds(w.box) for box in areas)]
    for entry in _entries(lines(free), rule, words):
        name = _piece(layout, entry.name)
        pieces = {"program": name, "amount": _piece(layout, entry.money)}
        yield Row(layout.page.number, entry.kind, pieces, (("", name),), name)


def _piece(layout: Layout, words: tuple[Word, ...]) -> Piece:
    box = around([w.box for w in words]) or Box(0, 0, 0, 0)
    return Piece(layout.page.number, layout.page.origin, box, words)


def _entries(text: Sequence[Line], rule: TableRule, words: Words) -> Iterator[Entry]:
    at = 0
    while at < len(text):
        kind = _begins(text[at].text, rule)
        found = _entry(kind, text[at : at + LONGEST], rule, words) if kind else None
        at += 1
        if found is not None:
            entry, taken = found
            yield entry
            at += taken - 1


def _begins(text: str, rule: TableRule) -> Kind | None:
    bare = unmarked(text)
    if starts(bare, rule.total, rule.similar):
        return "total"
    levels = (*rule.levels.program, *rule.levels.kegiatan, *rule.levels.sub_kegiatan)
    return "data" if starts(bare, levels, rule.similar) else None


def _entry(kind: Kind, text: Sequence[Line], rule: TableRule, words: Words) -> tuple[Entry, int] | None:
    """The entry that begins with the first line, and how many lines it takes; none where no money ends it."""
    name: list[Word] = []
    for count, line in enumerate(text, 1):
        if count > 1 and (_begins(line.text, rule) or _far(text[count - 2], line)):
            return None
        parts = _parted(line, words)
        if parts is not None:
            return Entry(kind, (*name, *parts[0]), parts[1]), count
        name += line.words
    return None


def _far(above: Line, below: Line) -> bool:
    return below.box.centre - above.box.centre > CLOSE * max(above.size, below.size)


def _parted(line: Line, words: Words) -> tuple[tuple[Word, ...], tuple[Word, ...]] | None:
    """The words before the money at the end of a line, and the money, where something parts them."""
    for at in range(1, len(line.words)):
        before, after = line.words[:at], line.words[at:]
        gap = any(run.words[0] is after[0] for run in line.runs[1:])
        if (gap or _DOTS.search(before[-1].text)) and _is_money(after, words):
            return tuple(w for w in before if _LEADER.sub("", w.text)), tuple(after)
    return None


def _is_money(words: Iterable[Word], known: Words) -> bool:
    text = " ".join(w.text for w in words)
    return sum(c.isdigit() for c in text) > 3 and values.money(text, words=known) is not None
