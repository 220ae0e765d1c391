"""Who introduces himself: the blocks 'Nama : ... NIP : ... Jabatan : ...' before the promise."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain

from pipeline.reading.halves import between
from pipeline.reading.introduced import abreast, introduced
from pipeline.reading.labelled import NAMED, Labelled, labelled, own_column
from pipeline.reading.leaf import Leaf
from pipeline.reading.lines import Line
from pipeline.reading.phrases import fold, same
from pipeline.reading.roles import (
    CLOSE,
    betweens,
    foot,
    headed,
    role_aside,
    role_over,
    roles_after,
    roles_under,
    without_roles,
)
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
SPECKS = ".,:;·'`_-"  # specks that were taken for words
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
    x = between(leaf.layout, leaf.layout.words)
    if x is not None:
        pages = [ln for ln in free if ln.box.middle < x], [ln for ln in free if ln.box.middle >= x]
        return tuple(i for page in pages for i in _on_page(page, leaf, rule, words))
    return _on_page(free, leaf, rule, words)


def _on_page(free: Sequence[Line], leaf: Leaf, rule: TypeRule, words: Lexicon) -> tuple[Identity, ...]:
    parts = sides(free, leaf.layout.rulings, rule, words.labels)
    if not parts:
        labelled_ones = tuple(_identities(own_column(free, words.labels), leaf, rule, words))
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


def _identities(found: Sequence[Line], leaf: Leaf, rule: TypeRule, words: Lexicon) -> Iterator[Identity]:
    found, aside = without_roles(found, rule)
    told = groups(found, words.labels)
    taken: set[str | None] = set()
    below = list(betweens(told, found))
    over = role_over(told[0][0].line, found, rule, taken) if told else None
    after, under = roles_after(below, rule, words.labels), roles_under(below, over, rule)
    for place, labelled_ones in enumerate(told):
        said, group = role_aside(labelled_ones, rule)
        said = said or next((aside[id(item.line)] for item in group if id(item.line) in aside), None)
        role = said or after[place] or under[place] or role_over(group[0].line, found, rule, taken)
        if role is None and group[0].field not in NAMED:
            continue  # the number under somebody who signs
        taken |= {role}
        yield Identity(role, dict(facts(group, leaf, words)), leaf.number, foot(group))


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
    found = list(_unspecked(found)) if name == "name" and leaf.layout.page.origin == "ocr" else found
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


def _unspecked(name: Sequence[Word]) -> Iterator[Word]:
    """The words of a name without the specks before and behind it; what is nothing else is a blank."""
    lettered = [place for place, word in enumerate(name) if word.text.strip(SPECKS)]
    return iter(name[lettered[0] : lettered[-1] + 1] if lettered else name)


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
