"""Which role somebody who introduces himself is given: beside, over or under him, and in the words after."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from pipeline.reading.introduced import LONGER
from pipeline.reading.labelled import Labelled
from pipeline.reading.lines import Line, Run
from pipeline.reading.lines import line as line_of
from pipeline.reading.phrases import alone, fold, starts
from pipeline.rules import Labels, TypeRule
from pipeline.schema import Word

CLOSE = 2.5  # letter heights between a role and the name under it
UNDER = 6  # lines under somebody in which a role is named
ENUMERATOR = re.compile(r"^\W*([ivxIVX]+|[0-9a-zA-Z])[.)]\s+")
LEFT_OVER = 2  # parts of a line: a label and its value, beside a role


def without_roles(found: Sequence[Line], rule: TypeRule) -> tuple[list[Line], dict[int, str]]:
    """The lines without a role standing alone left of a label, 'Pihak Pertama  Nama : X', and the roles."""
    kept, aside = list(found), {}
    for n, line in enumerate(found):
        said = _alone(line.runs[0].words, rule)
        if said is not None and len(line.runs) > LEFT_OVER:
            kept[n] = line_of(line.runs[1:])
            aside[id(kept[n])] = said
    return kept, aside


def role_aside(group: Sequence[Labelled], rule: TypeRule) -> tuple[str | None, list[Labelled]]:
    """The role that stands alone right of a value, or is one: 'Selaku : PIHAK PERTAMA', and the labelled
    lines without it."""
    role, kept = None, list(group)
    for n, item in enumerate(group):
        named = _alone(item.words, rule) if item.field == "position" else None
        if named is not None:
            role, kept[n] = named, replace(item, field="other")
            continue
        last = item.line.runs[-1]
        said = _alone(last.words, rule)
        if said is not None and len(item.line.runs) > 1 and item.words[: -len(last.words)]:
            role, kept[n] = said, replace(item, words=item.words[: -len(last.words)])
    return role, kept


def roles_after(between: Iterable[Sequence[Line]], rule: TypeRule, labels: Labels) -> list[str | None]:
    """The role that the words after each give; of several in one sentence after the last of as many, 'Nomor 1
    disebut Pihak Pertama dan nomor 2 disebut Pihak Kedua', each his own."""
    named = [list(roles_called(" ".join(ln.text for ln in lines), rule, labels)) for lines in between]
    for place, roles in enumerate(named):
        before = named[max(0, place + 1 - len(roles)) : place]
        if len(roles) == len(before) + 1 and not any(before):
            for back, role in enumerate(reversed(roles)):
                named[place - back] = [role]
    return [roles[0] if roles else None for roles in named]


def roles_under(between: Sequence[Sequence[Line]], over: str | None, rule: TypeRule) -> list[str | None]:
    """The role that stands alone on the line under each, '(PIHAK KESATU)'; none where one stands `over`
    the first, or none under the last."""
    under = [_alone(lines[0].words, rule) if lines else None for lines in between]
    closed = over is None and under[-1:] != [None]
    return under if closed else [None] * len(under)


def role_over(name: Line, found: Sequence[Line], rule: TypeRule, taken: set[str | None]) -> str | None:
    """The role that stands alone on the line over a name, where it has not been given to one before."""
    over = [line for line in found if 0 < name.box.top - line.box.bottom < CLOSE * name.size]
    text = ENUMERATOR.sub("", over[-1].text) if over else ""
    for party in rule.party:
        if alone(text, party.anchors, LONGER) and party.role not in taken:
            return party.role
    return None


def headed(over: Sequence[Run], rule: TypeRule) -> str | None:
    """The role that the last of these runs to name one begins with; None where none does."""
    for run in reversed(over):
        for party in rule.party:
            if starts(run.text, party.anchors, 85):
                return party.role
    return None


def betweens(told: Sequence[Sequence[Labelled]], found: Sequence[Line]) -> Iterator[list[Line]]:
    """The lines under each group, at most so many, before the next."""
    for place, group in enumerate(told):
        until = told[place + 1][0].line.box.top if place + 1 < len(told) else float("inf")
        yield [line for line in found if foot(group) - 1 < line.box.centre < until][:UNDER]


def foot(group: Sequence[Labelled]) -> float:
    """Where the last of some labelled lines ends, points."""
    return max(item.bottom for item in group)


def _alone(words: Sequence[Word], rule: TypeRule) -> str | None:
    """The role that words say and nothing else."""
    text = " ".join(w.text for w in words)
    return next((p.role for p in rule.party if alone(text, p.anchors, LONGER)), None)


def role_after(text: str, rule: TypeRule, labels: Labels) -> str | None:
    """The role named after an identity: behind 'disebut', where that stands."""
    return next(roles_called(text, rule, labels), None)


def roles_called(text: str, rule: TypeRule, labels: Labels) -> Iterator[str]:
    """The roles named in a text behind 'disebut' and the like, in their order, each once."""
    tails = sorted((tail for called in labels.called for tail in _tails(text, called)), key=len, reverse=True)
    roles = (role_named(tail, rule) for tail in tails)
    yield from dict.fromkeys(role for role in roles if role is not None)


def role_named(text: str, rule: TypeRule) -> str | None:
    """The role with whose phrase a text begins, of several the longest; None where it begins with none."""
    said = [
        (len(fold(phrase)), party.role)
        for party in rule.party
        if (phrase := starts(text, (*party.called, *party.anchors), 85))
    ]
    return max(said)[1] if said else None


def _tails(text: str, word: str) -> Iterable[str]:
    """What follows each place where `word` stands."""
    low = text.lower()
    place = low.find(word)
    while place >= 0:
        tail = text[place + len(word) :].lstrip(" :\"'“”,")
        yield tail.removeprefix("sebagai").removeprefix("Sebagai").lstrip(" \"'“”:")
        place = low.find(word, place + 1)
