"""What a page says of itself: the type of its title, and whether an agreement begins there or is annexed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from statistics import median

from pipeline.reading.leaf import Leaf
from pipeline.reading.lines import Line, closed
from pipeline.reading.phrases import EXACTLY, fold, says, starts
from pipeline.rules import TypeRule

TITLE_WORDS = 16  # a title line has no more
TITLE_LINES = 24  # and stands among the first lines of its page
FOOT = 0.8  # of the height of a page: below it stand running feet, not titles
HEAD = 0.15  # of the height of a page: there stands the head of a form
BODY = 3  # sentences of a type that stand for a title
LABEL_LINES = 16
ENUMERATION = re.compile(
    r"^((tabel|lampiran|formulir|bab)\s+)?([0-9]+(\.[0-9]+)*|[ivx]+|[a-z])[.:)]?\s+(?=\S)", re.IGNORECASE
)
CAPITALS = 0.8  # share of capitals from which a line is in capitals, a few misread
CENTRED = 0.08  # of the width of a page: how far the middle of a centred line may lie off
LARGE = 1.15  # of the usual height of letters: a larger line is a heading
RULED = 3  # upright lines beside which a line is a row of a table


@dataclass(frozen=True, slots=True)
class Mark:
    """What one page says of itself: the type of its title; does it begin, is it annexed or aside."""

    type: TypeRule | None = None
    begins: bool = False
    annex: bool = False
    aside: bool = False
    cover: bool = False  # a title page: the statement is on the next
    titled: bool = True  # False: known by its sentences
    confidence: float = 1.0
    below: float = 0.0  # of a letter: where its labels end, points


def read_mark(leaf: Leaf, types: Iterable[TypeRule]) -> Mark:
    """The mark of a page: of all titles on it, the topmost counts, and of those on one line the longest."""
    foot = FOOT * leaf.layout.height
    top = [line for line in leaf.lines[:TITLE_LINES] if line.box.top < foot]
    lines = [line for line in top if len(closed(line).split()) <= TITLE_WORDS]
    types = tuple(types)
    letter = _subject(leaf, types) or _labelled(leaf, types)
    for place, line in enumerate(lines):
        if letter.type is not None and line.box.top > letter.below:
            return letter
        found = _title(leaf, line, lines[place : place + 2], types)
        if found is not None and _stands_out(leaf, line, found[2], annex=found[1] == "annex"):
            return _mark(leaf, found)
    return letter if letter.type is not None else _by_body(leaf, types)


def _by_body(leaf: Leaf, types: tuple[TypeRule, ...]) -> Mark:
    """A page with a title that no rule knows, but with the sentences of one type: it begins one of them."""
    text = " ".join(line.text for line in leaf.lines)
    for rule in types:
        if sum(says(text, [phrase], leaf.similar) is not None for phrase in rule.recognise.begins) >= BODY:
            return Mark(rule, begins=True, titled=False, confidence=0.7)
    return Mark()


def _subject(leaf: Leaf, types: tuple[TypeRule, ...]) -> Mark | None:
    """A letter that is an agreement itself: its subject says the title, and it says the sentences."""
    letters = {fold(label) for rule in types for labels in rule.recognise.labels for label in labels}
    for line in leaf.lines[:LABEL_LINES] if letters else ():
        label, colon, subject = line.text.partition(":")
        said = colon and fold(label) in letters and _titled(subject.strip(), types)
        if said and (mark := _by_body(leaf, types)).type is said:
            return replace(mark, below=line.box.bottom)
    return None


def _titled(text: str, types: Iterable[TypeRule]) -> TypeRule | None:
    return next((rule for rule in types if _named(text, rule, "title") is not None), None)


def _stands_out(leaf: Leaf, line: Line, phrase: str, *, annex: bool) -> bool:
    """Whether a line with a title's words is a title, and not of running text or of a table."""
    if leaf.prose(line) or _quoted(leaf, line):
        return False
    if annex or _in_capitals(line.text):
        return annex or len(line.runs) == 1 or line is leaf.lines[0] or not _in_cell(leaf, line)
    if line.box.top < HEAD * leaf.layout.height and len(line.runs) > 1:  # in a form, beside its number
        titles = [run for run in line.runs if _in_capitals(run.text) and fold(phrase) in fold(run.text)]
        return bool(titles) and any(":" in run.text for run in line.runs if run not in titles)
    if len(line.runs) > 1 or _in_cell(leaf, line) or line.text[:1].islower():
        return False  # a title begins with a capital
    usual = median(w.size for w in leaf.layout.words)
    heading = line.size > LARGE * usual or all(w.bold for w in line.words)
    return heading or _centred(leaf, line) or (" " in phrase and fold(line.text) == fold(phrase))


def _in_capitals(text: str) -> bool:
    letters = [c for c in text if c.isalpha()]
    return sum(c.isupper() for c in letters) >= CAPITALS * len(letters)


def _centred(leaf: Leaf, line: Line) -> bool:
    """Whether a line stands in the middle of its page, or of the wider text on it."""
    near = CENTRED * leaf.layout.width
    inside = line.box.x0 - leaf.left > near
    middles = (leaf.layout.width / 2, *([(leaf.left + leaf.right) / 2] if inside else []))
    return any(abs(line.box.middle - m) < near for m in middles)


def _in_cell(leaf: Leaf, line: Line) -> bool:
    """Whether a line is a row of a ruled table."""
    beside = [r.x0 for r in leaf.layout.rulings if r.x0 == r.x1 and r.top < line.box.centre < r.bottom]
    return len(beside) >= RULED and min(beside) < line.box.x0 and line.box.x1 < max(beside)


def _quoted(leaf: Leaf, line: Line) -> bool:
    """Whether a line is the tail of a paragraph that happens to begin with a title's words."""
    place = leaf.lines.index(line)
    if place == 0 or line.text.upper() == line.text:
        return False
    above = leaf.lines[place - 1]
    near = line.box.top - above.box.bottom < 1.2 * line.size
    return near and leaf.prose(above) and abs(above.box.x0 - line.box.x0) < 2 * line.size


def _title(
    leaf: Leaf, line: Line, two: Sequence[Line], types: tuple[TypeRule, ...]
) -> tuple[TypeRule, str, str] | None:
    """The type whose title the line begins with: (type, kind of title, phrase).

    The longest phrase wins; of two types with the same phrase the one whose words the page says, else the one
    that has fewer, which knows better.
    """
    text = ENUMERATION.sub("", closed(line))
    found = []
    for rule in types:
        for kind in ("aside", "annex", "title"):
            phrases = getattr(rule.recognise, kind)
            phrase = _named(text, rule, kind) or _over_two(two, phrases, rule)
            if phrase is not None:
                found.append((rule, kind, phrase))
    if len(found) < 2:
        return found[0] if found else None
    said = {True: 1, None: 0, False: -1}
    return max(
        found, key=lambda f: (len(fold(f[2])), said[_confirmed(leaf, f[0])], -len(f[0].recognise.title))
    )


@lru_cache(maxsize=4096)
def _named(text: str, rule: TypeRule, kind: str) -> str | None:
    """The phrase of that kind with which a line begins, with or without words that may stand before a title
    of the type; in the title of an annex they stand behind its first: 'Lampiran Surat Pernyataan ...'."""
    phrases, similar = getattr(rule.recognise, kind), rule.recognise.similar
    known = {fold(word) for word in rule.recognise.before} if kind != "aside" else set()
    words = text.split()
    first, rest = (words[:1], words[1:]) if kind == "annex" else ([], words)
    found = starts(text, phrases, similar)
    while found is None and len(rest) > 1 and fold(rest[0]) in known:
        rest = rest[1:]
        found = starts(" ".join([*first, *rest]), phrases, similar)
    return found


def _over_two(two: Sequence[Line], phrases: tuple[str, ...], rule: TypeRule) -> str | None:
    """A title broken over two lines: 'PERJANJIAN' / 'KINERJA'."""
    if len(two) < 2 or len(two[0].words) > 3:
        return None
    longer = [p for p in phrases if fold(p).startswith(fold(two[0].text))]
    return starts(f"{two[0].text} {two[1].text}", longer, rule.recognise.similar)


def _mark(leaf: Leaf, found: tuple[TypeRule, str, str]) -> Mark:
    rule, kind, _ = found
    begins = kind == "title" and _confirmed(leaf, rule) is not False
    return Mark(rule, begins=begins, annex=kind == "annex", aside=kind == "aside")


def _confirmed(leaf: Leaf, rule: TypeRule) -> bool | None:
    """Whether a page says what one of this type says; None where the type asks for nothing."""
    asked = rule.recognise.begins
    titled, others = _by_title((*asked, *rule.recognise.says), rule.recognise.title)
    return speaks(leaf, others, leaf.similar) or speaks(leaf, titled, EXACTLY) if asked else None


@lru_cache(maxsize=64)
def _by_title(phrases: tuple[str, ...], titles: tuple[str, ...]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The phrases that begin with a title, which every page of that title nearly says, and the others."""
    own = tuple(p for p in phrases if any(fold(p).startswith(fold(title)) for title in titles))
    return own, tuple(p for p in phrases if p not in own)


def speaks(leaf: Leaf, phrases: tuple[str, ...], similar: int) -> bool:
    """Whether one of the phrases stands on a page, so alike per cent."""
    text = " ".join(line.text for line in leaf.lines)
    return says(text, phrases, similar) is not None


def _labelled(leaf: Leaf, types: tuple[TypeRule, ...]) -> Mark:
    """A letter has no title, or one under its labels: it is known by them."""
    first = {
        fold(run.words[0].text): run.box.bottom for line in leaf.lines[:LABEL_LINES] for run in line.runs
    }
    for rule in types:
        for labels in rule.recognise.labels:
            if all(fold(label) in first for label in labels):
                below = max(first[fold(label)] for label in labels)
                return Mark(rule, begins=True, confidence=0.9, below=below)
    return Mark()


def title_line(leaf: Leaf, rule: TypeRule) -> Line | None:
    """The line with the title of `rule` on this page."""
    for line in leaf.lines[:TITLE_LINES]:
        for kind in ("annex", "title"):
            phrase = _named(ENUMERATION.sub("", closed(line)), rule, kind)
            if phrase is not None and _stands_out(leaf, line, phrase, annex=kind == "annex"):
                return line
    return None
