"""Who introduces himself: the blocks 'Nama : ... NIP : ... Jabatan : ...' before the promise."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain

from pipeline.reading.introduced import LONGER, abreast, introduced
from pipeline.reading.labelled import NAMED, Labelled, labelled
from pipeline.reading.leaf import Leaf
from pipeline.reading.lines import Line, Run
from pipeline.reading.lines import line as line_of
from pipeline.reading.phrases import alone, fold, same, starts
from pipeline.reading.sides import sides
from pipeline.rules import Labels, Lexicon, TypeRule
from pipeline.schema import Box, Fact, Word, around
from pipeline.values import mended_name, nip, person

NUMBERED = re.compile(
    r"[\s,(]*\b\w{2,4}\W{0,3}(?=\d{8}\D{0,2}\d{4})"
)  # 'NIP.' before its digits, or 'MIP' as misread
# Words of three letters and more; no titles: 'drg.'
WORDS = re.compile(r"[^\W\d_](?:[^\W\d_]|['’]){2,}(?![.\w'’])")
COUNTED = re.compile(r"^\W*\d{1,3}\s*[.)]\s*(?=\D)")  # '3.' before the name of the third
LONG_NUMBER = re.compile(r"\d{4,}")  # a word of an employee number
APART = 6.0  # letter heights after which a labelled line is of nobody
CLOSE = 2.5  # letter heights between a role and the name under it
ENUMERATOR = re.compile(r"^\W*([ivxIVX]+|[0-9a-zA-Z])[.)]\s+")
LEFT_OVER = 2  # parts of a line: a label and its value, beside a role
HEADING = 5  # lines over a name in which a column says whose it is
DOUBTED = 0.6  # how sure a number is, at most, whose digits say something impossible


@dataclass(frozen=True, slots=True)
class Identity:
    """Labelled values of one person, in printed order; `role` where the text after it gives one."""

    role: str | None
    values: dict[str, Fact] = field(default_factory=dict)
    page: int = 0
    bottom: float = 0.0


def identities(leaf: Leaf, rule: TypeRule, words: Lexicon, areas: Sequence[Box] = ()) -> tuple[Identity, ...]:
    """The identities on a page, each with the role that the words after it give.

    `areas` are tables, whose words are no one's.
    """
    free = [ln for ln in leaf.lines if not any(a.holds(ln.box) for a in areas)]
    parts = sides(free, leaf.layout.rulings, rule, words.labels)
    if not parts:
        labelled_ones = tuple(_identities(free, leaf, rule, words))
        return labelled_ones or tuple(_introduced(free, leaf, rule, words))
    return tuple(i for side in parts for i in _column(side, leaf, rule, words))


def _introduced(free: Sequence[Line], leaf: Leaf, rule: TypeRule, words: Lexicon) -> Iterator[Identity]:
    """Who stands beside a role, with no label before name, position and number."""
    for one in chain(introduced(free, rule, words), abreast(free, rule, words)):
        values = {
            name: value_fact(name, found, f"identity:{name}", leaf, words, beside=one.line)
            for name, found in one.fields
        }
        yield Identity(one.role, values, leaf.number, one.bottom)


def _column(side: Sequence[Line], leaf: Leaf, rule: TypeRule, words: Lexicon) -> Iterator[Identity]:
    """The identity in one of two columns; its role stands over it."""
    for identity in _identities(side, leaf, rule, words):
        top = min((f.box.top for f in identity.values.values() if f.box is not None), default=0.0)
        over = [run for line in side if line.box.centre < top for run in line.runs][-HEADING:]
        yield Identity(headed(over, rule) or identity.role, identity.values, identity.page, identity.bottom)


def headed(over: Sequence[Run], rule: TypeRule) -> str | None:
    """The role that the last of these runs to name one begins with; None where none does."""
    for run in reversed(over):
        for party in rule.party:
            if starts(run.text, party.anchors, 85):
                return party.role
    return None


def _identities(found: Sequence[Line], leaf: Leaf, rule: TypeRule, words: Lexicon) -> Iterator[Identity]:
    found, aside = _without_roles(found, rule)
    told = groups(found, words.labels)
    taken: set[str | None] = set()
    for place, labelled_ones in enumerate(told):
        said, group = _role_aside(labelled_ones, rule)
        said = said or next((aside[id(item.line)] for item in group if id(item.line) in aside), None)
        end = max(item.bottom for item in group)
        until = told[place + 1][0].line.box.top if place + 1 < len(told) else float("inf")
        between = [line for line in found if end - 1 < line.box.centre < until][:6]
        after = role_after(" ".join(line.text for line in between), rule, words.labels)
        role = said or after or _role_over(group[0].line, found, rule, taken)
        if role is None and group[0].field not in NAMED:
            continue  # the number under somebody who signs
        taken |= {role}
        yield Identity(role, dict(facts(group, leaf, words)), leaf.number, end)


def _without_roles(found: Sequence[Line], rule: TypeRule) -> tuple[list[Line], dict[int, str]]:
    """The lines without a role standing alone left of a label, 'Pihak Pertama  Nama : X', and the roles."""
    kept, aside = list(found), {}
    for n, line in enumerate(found):
        said = _alone(line.runs[0].words, rule)
        if said is not None and len(line.runs) > LEFT_OVER:
            kept[n] = line_of(line.runs[1:])
            aside[id(kept[n])] = said
    return kept, aside


def _role_aside(group: Sequence[Labelled], rule: TypeRule) -> tuple[str | None, list[Labelled]]:
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


def _alone(words: Sequence[Word], rule: TypeRule) -> str | None:
    """The role that words say and nothing else."""
    text = " ".join(w.text for w in words)
    return next((p.role for p in rule.party if alone(text, p.anchors, LONGER)), None)


def _role_over(name: Line, found: Sequence[Line], rule: TypeRule, taken: set[str | None]) -> str | None:
    """The role that stands alone on the line over a name, where it has not been given to one before."""
    over = [line for line in found if 0 < name.box.top - line.box.bottom < CLOSE * name.size]
    text = ENUMERATOR.sub("", over[-1].text) if over else ""
    for party in rule.party:
        if alone(text, party.anchors, LONGER) and party.role not in taken:
            return party.role
    return None


def groups(found: Sequence[Line], labels: Labels) -> list[list[Labelled]]:
    """Labelled lines that follow each other, a new group at every name, and at a second number: whose name is
    not read. A name that says nothing right over another is a heading: 'Nama atasan langsung :'."""
    made: list[list[Labelled]] = []
    for item in labelled(found, labels):
        if item.field in NAMED and made and _heads(made[-1], item):
            made[-1] = [item]
        elif item.field in NAMED or (made and _another(made[-1], item)):
            made.append([item])
        elif made and item.line.box.top - made[-1][-1].bottom < APART * item.line.size:
            made[-1].append(item)
    return made


def _another(group: Sequence[Labelled], item: Labelled) -> bool:
    """Whether an item is a number where a group has one already, a different one."""
    said = [fold(" ".join(w.text for w in one.words)) for one in (*group, item) if one.field == "nip"]
    return item.field == "nip" and len(said) > 1 and all(said) and said[-1] not in said[:-1]


def _heads(group: Sequence[Labelled], item: Labelled) -> bool:
    near = item.line.box.top - group[-1].bottom < CLOSE * item.line.size
    return near and len(group) == 1 and not group[0].words


def facts(group: Sequence[Labelled], leaf: Leaf, words: Lexicon) -> Iterator[tuple[str, Fact]]:
    """The values of a group by field; of one said twice, the first."""
    seen: set[str] = set()
    for item in group:
        for name, found in _parts(item):
            if name not in seen:
                seen.add(name)
                yield name, value_fact(name, found, f"identity:{name}", leaf, words, beside=item.line)


def _parts(item: Labelled) -> Iterator[tuple[str, Sequence[Word]]]:
    """The field of a label and its words; of 'Nama/NIP : A / 1234' both, with or without spaces."""
    if item.field != "name_nip":
        yield from [(item.field, item.words)] if item.field != "other" else []
        return
    pieces = [p for word in item.words for p in _slashed(word)]
    first = next((n for n, w in enumerate(pieces) if LONG_NUMBER.search(w.text)), len(pieces))
    yield "name", pieces[:first]
    if pieces[first:]:
        yield "nip", pieces[first:]


def _slashed(word: Word) -> Iterator[Word]:
    """A word parted at its slashes, without them."""
    for part in word.text.split("/"):
        if part:
            yield Word(part, word.box, word.size, word.confidence, word.bold)


def value_fact(
    name: str, found: Sequence[Word], rule: str, leaf: Leaf, words: Lexicon, *, beside: Line | None = None
) -> Fact:
    """The printed value of a party's field; data None where there are only dots, with its place."""
    text = " ".join(w.text for w in found).strip()
    box = around([w.box for w in found]) or (beside.box if beside else None)
    confidence = min((w.confidence for w in found), default=1.0) * _plausible(name, text)
    printed = _as_printed(name, text, leaf, words)
    return Fact(
        text or None,
        _data(name, printed, words),
        rule,
        leaf.number,
        box,
        round(confidence, 3),
        origin=leaf.layout.page.origin,
        reason="" if printed == text else "repair",
    )


def _as_printed(name: str, text: str, leaf: Leaf, words: Lexicon) -> str:
    """A name read by eye, with the titles that must have been printed; anything else as it was read."""
    read_by_eye = name == "name" and leaf.layout.page.origin == "ocr"
    return mended_name(text, words=words) if read_by_eye else text


def _plausible(name: str, text: str) -> float:
    """1, or less for a number whose digits say something impossible: it may be misread."""
    found = nip(text) if name == "nip" else None
    return DOUBTED if found is not None and found.problem is not None else 1.0


def _data(name: str, text: str, words: Lexicon) -> str | None:
    if not fold(text) or same(text, words.labels.fill, 90):
        return None
    if name == "nip":
        found = nip(text)
        return found.digits if found else None
    if name == "name":
        text = COUNTED.sub("", NUMBERED.split(text, maxsplit=1)[0] or text)
        return clean_name(text) if person(text, words=words) is not None and not _sentence(text) else None
    return text.strip(" :;,.") or None


def _sentence(text: str) -> bool:
    """Whether most words of a text are in small letters: what a form says about filling it in."""
    said: list[str] = WORDS.findall(text)
    return sum(word[0].islower() for word in said) * 2 >= len(said) > 1


def clean_name(text: str) -> str:
    """A printed name without the brackets, dots and rulings around it."""
    return text.strip(" ()[]_:;,…-–").replace("  ", " ")


def role_after(text: str, rule: TypeRule, labels: Labels) -> str | None:
    """The role named after an identity: behind 'disebut', where that stands."""
    for called in labels.called:
        for tail in _tails(text, called):
            role = role_named(tail, rule)
            if role is not None:
                return role
    return None


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
