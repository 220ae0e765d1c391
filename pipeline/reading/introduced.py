"""Who is introduced without labels: a role, beside it a name, under that position, rank and number."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from pipeline.reading.kinds import position_level
from pipeline.reading.labelled import COLONS
from pipeline.reading.lines import Line, Run
from pipeline.reading.lines import line as line_of
from pipeline.reading.phrases import alone
from pipeline.reading.sides import roles
from pipeline.rules import Lexicon, TypeRule
from pipeline.schema import Word
from pipeline.values import nip, person, rank

ROLE_WORDS = 5  # a role has no more
LONGER = 2  # letters that it may be longer than the phrase of the rule
LINES = 6  # under a name or a role, at most
NEXT = 1.8  # letter heights to the next of them
SIDES = (-1, 1)  # left and right of the middle
LEVEL = 1.0  # letter heights by which their beginnings may differ


@dataclass(frozen=True, slots=True)
class Introduced:
    """A role and the words of each field of who has it, in printed order; `line` is the one with the name."""

    role: str
    line: Line
    fields: tuple[tuple[str, tuple[Word, ...]], ...]
    bottom: float


def introduced(found: Sequence[Line], rule: TypeRule, words: Lexicon) -> Iterator[Introduced]:
    """Whoever stands beside a role with a number under the name: without one, it may be any sentence."""
    for place, line in enumerate(found):
        begun = _role(line, rule)
        if begun is None:
            continue
        role, name = begun
        if person(" ".join(word.text for word in name), words=words) is None:
            continue
        under = list(_under(line, name[0], found[place + 1 :]))
        fields = list(_fields(under, words))
        if any(field == "nip" for field, _ in fields):
            yield Introduced(role, line, (("name", name), *_joined(fields)), under[-1].box.bottom)


def abreast(found: Sequence[Line], rule: TypeRule, words: Lexicon) -> Iterator[Introduced]:
    """Two under two roles side by side, each with a number and a position under the name, in any order."""
    for place, line in enumerate(found):
        over = list(roles(line, rule))
        if len(over) != len(SIDES):
            continue
        middle = sum(run.box.middle for _, run in over) / len(over)
        below = found[place + 1 : place + 1 + LINES]
        under = [list(_column(below, run, side * middle)) for (_, run), side in zip(over, SIDES, strict=True)]
        told = [_named(column, words) for column in under]
        if all(told):
            for (role, _), column, fields in zip(over, under, told, strict=True):
                yield Introduced(role, column[0], fields, column[-1].box.bottom)


def _named(under: Sequence[Line], words: Lexicon) -> tuple[tuple[str, tuple[Word, ...]], ...]:
    """The fields of somebody whose name stands first, a number and a known position below; else none."""
    if not under or person(under[0].text, words=words) is None or _is_position(under[0].text, words):
        return ()
    told = [("name", under[0].words), *_told(under[1:], words)]
    known = any(
        field == "position" and _is_position(" ".join(w.text for w in said), words) for field, said in told
    )
    return tuple(_joined(told)) if known and any(field == "nip" for field, _ in told) else ()


def _is_position(text: str, words: Lexicon) -> bool:
    return position_level(text, words) is not None


def _column(after: Sequence[Line], over: Run, middle: float) -> Iterator[Line]:
    """What stands on one side of the middle (negative: left of it), line by line, as long as it is close."""
    last = over.box.bottom
    for line in after:
        own = [
            run for run in line.runs if (run.box.middle > middle if middle > 0 else run.box.middle < -middle)
        ]
        if own:
            if own[0].box.top - last > NEXT * line.size:
                return
            last = own[0].box.bottom
            yield line_of(own)


def _told(under: Sequence[Line], words: Lexicon) -> Iterator[tuple[str, tuple[Word, ...]]]:
    """What each line is: a number, a rank, or of a position."""
    for line in under:
        if nip(line.text) is not None:
            yield "nip", line.words
        else:
            yield "rank" if rank(line.text, words=words) is not None else "position", line.words


def _role(line: Line, rule: TypeRule) -> tuple[str, tuple[Word, ...]] | None:
    """The role that a line begins with, and the words apart from it: behind a colon, or a wide gap."""
    words = line.words
    for count in range(min(ROLE_WORDS, len(words) - 1), 0, -1):
        said = " ".join(word.text for word in words[:count])
        after = [word for word in words[count:] if word.text.strip(COLONS)]
        apart = words[count].box.x0 - words[count - 1].box.x1 > line.size
        if not after or not (apart or said[-1] in COLONS or words[count].text[0] in COLONS):
            continue
        for party in rule.party:
            if alone(said, party.anchors, LONGER, 90):
                return party.role, tuple(after)
    return None


def _under(line: Line, name: Word, after: Sequence[Line]) -> Iterator[Line]:
    """The lines under a name that begin where it does, one close to the other."""
    for above, below in pairwise([line, *after[:LINES]]):
        level = abs(below.words[0].box.x0 - name.box.x0) < LEVEL * line.size
        if not level or below.box.top - above.box.bottom > NEXT * line.size:
            return
        yield below


def _fields(under: Sequence[Line], words: Lexicon) -> Iterator[tuple[str, tuple[Word, ...]]]:
    """What each line is, up to the one with the number."""
    for field, said in _told(under, words):
        yield field, said
        if field == "nip":
            return


def _joined(fields: Sequence[tuple[str, tuple[Word, ...]]]) -> Iterator[tuple[str, tuple[Word, ...]]]:
    """Each field once, its lines together."""
    for name in dict.fromkeys(field for field, _ in fields):
        yield name, tuple(word for field, found in fields if field == name for word in found)
