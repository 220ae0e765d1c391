"""Who is introduced without labels: a role, beside it a name, under that position, rank and number."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from pipeline.reading.labelled import COLONS
from pipeline.reading.lines import Line
from pipeline.reading.phrases import alone
from pipeline.rules import Lexicon, TypeRule
from pipeline.schema import Word
from pipeline.values import nip, person, rank

ROLE_WORDS = 5  # a role has no more
LONGER = 2  # letters that it may be longer than the phrase of the rule
LINES = 6  # under a name, at most
NEXT = 1.8  # letter heights to the next of them
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
    for line in under:
        if nip(line.text) is not None:
            yield "nip", line.words
            return
        yield "rank" if rank(line.text, words=words) is not None else "position", line.words


def _joined(fields: Sequence[tuple[str, tuple[Word, ...]]]) -> Iterator[tuple[str, tuple[Word, ...]]]:
    """Each field once, its lines together."""
    for name in dict.fromkeys(field for field, _ in fields):
        yield name, tuple(word for field, found in fields if field == name for word in found)
