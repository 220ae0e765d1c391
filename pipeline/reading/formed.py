"""People in the cells of a form: labels in a column, values beside them, the role left of both."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.reading.identities import Identity, facts, groups
from pipeline.reading.labelled import FIELDS, field_of
from pipeline.reading.leaf import Leaf
from pipeline.reading.lines import Line
from pipeline.reading.lines import line as line_of
from pipeline.reading.roles import headed
from pipeline.rules import Labels, Lexicon, TypeRule

LEAST = 2  # fields: one alone is the title of a column


def formed(leaf: Leaf, rule: TypeRule, words: Lexicon) -> Iterator[Identity]:
    """The identities of a form on a page, each with the role beside it."""
    bare = [_from_label(line, words.labels) for line in leaf.lines]
    for group in groups(bare, words.labels):
        if len({item.field for item in group}) < LEAST:
            continue
        first, bottom = group[0].line.box, max(item.bottom for item in group)
        level = [ln for ln in leaf.lines if first.top - 1 <= ln.box.centre <= bottom]
        beside = [run for line in level for run in line.runs if run.box.x1 < first.x0]
        yield Identity(headed(beside, rule), dict(facts(group, leaf, words)), leaf.number, bottom)


def _from_label(line: Line, labels: Labels) -> Line:
    """A line from a cell on that is a label with a value beside it; the line where there is none."""
    for place, run in enumerate(line.runs[:-1]):
        if field_of(run.text, labels) in FIELDS and field_of(line.runs[place + 1].text, labels) is None:
            return line_of(line.runs[place:])
    return line
