"""Two people who introduce themselves side by side: which words are whose."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from pipeline.reading.labelled import NAMED, field_of, label
from pipeline.reading.lines import Line, Run, lines
from pipeline.reading.phrases import alone
from pipeline.rules import Labels, TypeRule
from pipeline.schema import Ruling

_ASIDE = re.compile(r"\([^()]*\)?")  # "PIHAK PERTAMA (PEGAWAI)"
HEADING = 4  # lines from the one that names two roles to the one with their names
FORM = 10  # lines from the one with their names to a last one that names two roles
LONGER = 6  # letters that a title of a column may have beside the phrase of a role


@dataclass(frozen=True, slots=True)
class Cut:
    """Where the values of two people part, and where those of the first begin, points.

    Left of `labels` stand labels that both share; None where each has labels of his own.
    """

    between: float
    labels: float | None = None


def sides(
    found: Sequence[Line], rulings: Sequence[Ruling], rule: TypeRule, labels: Labels
) -> tuple[tuple[Line, ...], ...]:
    """The lines of two people who introduce themselves side by side, each with the labels; none of one."""
    cut = _two_labels(found, labels) or _two_values(found, rulings, rule, labels)
    if cut is None:
        return ()
    words = [w for line in found for w in line.words]
    shared = [w for w in words if cut.labels is not None and w.box.middle < cut.labels]
    left = [w for w in words if w.box.middle < cut.between]
    right = [w for w in words if w.box.middle >= cut.between]
    return lines(left), lines([*shared, *right])


def _two_labels(found: Sequence[Line], labels: Labels) -> Cut | None:
    """Left of the second 'Nama' on one line."""
    for line in found:
        named = [n for n, run in enumerate(line.runs) if _asks_name(run, labels)]
        if len(named) == 2:
            second = line.runs[named[1]]
            before = line.runs[named[1] - 1]
            alone = named[1] - 1 > named[0] and before.text.strip(".)").isdigit()
            return Cut((before.box.x0 if alone else second.box.x0) - 0.3 * second.size)
    return None


def _asks_name(run: Run, labels: Labels) -> bool:
    """Whether a run is the label of a name, or begins with one: 'Nama', 'Nama : Arkana'."""
    head, colon, _ = run.text.partition(":")
    return field_of(head if colon else run.text, labels) in NAMED


def _two_values(
    found: Sequence[Line], rulings: Sequence[Ruling], rule: TypeRule, labels: Labels
) -> Cut | None:
    """In a table with a column for each: 'Uraian', 'Pihak Pertama', 'Pihak Kedua', over the names or last."""
    for place, line in enumerate(found):
        over = [run for _, run in roles(line, rule)]
        if len(over) != 2:
            continue
        last = line.runs[0] not in over  # of a form: "Selaku", and the role of each
        above = found[max(0, place - FORM) : place] if last else ()
        wide = [ln for ln in reversed(above) if len(ln.runs) == len(line.runs)]
        for named in (*found[place + 1 : place + 1 + HEADING], *wide):
            item = label(named, labels)
            if item is not None and item.field in NAMED and item.words:
                return _cut(named, item.words[0].box.x0, over, rulings)
    return None


def roles(line: Line, rule: TypeRule) -> Iterator[tuple[str, Run]]:
    """The runs of a line that are nothing but a role, each another one: 'PIHAK PERTAMA (PEGAWAI)'."""
    taken = set()
    for run in line.runs:
        for party in rule.party:
            if alone(_ASIDE.sub(" ", run.text), party.anchors, LONGER, 90) and party.role not in taken:
                taken.add(party.role)
                yield party.role, run


def _cut(named: Line, first: float, over: Sequence[Run], rulings: Sequence[Ruling]) -> Cut:
    """By the lines drawn beside the names; without any, where the second name begins."""
    drawn = sorted(r.x0 for r in rulings if r.x0 == r.x1 and r.top <= named.box.centre <= r.bottom)
    left, right = over[0].box.middle, over[1].box.middle
    between = next((x for x in drawn if left < x < right), None)
    second = next((b for a, b in pairwise(named.runs) if a.box.x0 >= first - 1), None)
    if between is None:
        between = second.box.x0 - 0.3 * second.size if second is not None else (left + right) / 2
    return Cut(between, first - 0.3 * named.size)
