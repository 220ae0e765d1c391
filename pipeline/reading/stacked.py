"""People introduced with their labels over the values, one person a column."""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence

from pipeline.reading.identities import Identity, value_fact
from pipeline.reading.labelled import FIELDS, field_of
from pipeline.reading.leaf import Leaf
from pipeline.reading.lines import Line, Run
from pipeline.reading.roles import headed
from pipeline.rules import Labels, Lexicon, TypeRule
from pipeline.schema import Word

LEAST = 2  # fields: a label over a value alone may be anything
LEVEL = 6.0  # points by which the beginnings of a column's lines may differ
NEXT = 2.2  # letter heights to the next line
LINES = 3  # of a value


def stacked(leaf: Leaf, rule: TypeRule, words: Lexicon) -> Iterator[Identity]:
    """The identities on a page whose labels stand over their values, each with the role over it."""
    runs = [run for line in leaf.lines for run in line.runs]
    prose = {id(run) for line in leaf.lines if _running(line, leaf) for run in line.runs}
    for run in runs:
        if field_of(run.text, words.labels) != "name":
            continue
        column = [r for r in runs if abs(r.box.x0 - run.box.x0) < LEVEL]
        told = dict(_values(_close(run, column, prose), words.labels))
        if "name" in told and len(told) >= LEAST:
            over = [r for r in column if r.box.centre < run.box.top]
            values = {n: value_fact(n, said, f"identity:{n}", leaf, words) for n, said in told.items()}
            yield Identity(headed(over[-1:], rule), values, leaf.number, run.box.bottom)


def _running(line: Line, leaf: Leaf) -> bool:
    """Whether a line is of running text, and not two values side by side."""
    return len(line.runs) == 1 and leaf.prose(line)


def _close(first: Run, column: Sequence[Run], prose: Container[int]) -> Iterator[Run]:
    """The first run and those under it, up to a wide space or running text."""
    above = first
    for run in column:
        if run.box.centre < first.box.top:
            continue
        if id(run) in prose or run.box.top - above.box.bottom > NEXT * first.size:
            return
        yield run
        above = run


def _values(found: Iterator[Run], labels: Labels) -> Iterator[tuple[str, list[Word]]]:
    """Each field and the words under its label; it ends where a label comes again."""
    taken: set[str] = set()
    field, said, count = "", list[Word](), 0
    for run in found:
        named = field_of(run.text, labels)
        if named is None:
            count += 1
            said += run.words if count <= LINES else ()
            continue
        if field in FIELDS and said:
            yield field, said
        if named in taken:
            return
        taken.add(named)
        field, said, count = named, [], 0
    if field in FIELDS and said:
        yield field, said
