"""The unit that an agreement is of: after its label, under the title, in the letterhead, or in a position."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import takewhile, zip_longest

from pipeline.reading.labelled import NAMED, label
from pipeline.reading.leaf import Leaf
from pipeline.reading.lines import Line
from pipeline.reading.phrases import fold, same, starts
from pipeline.reading.said import fact
from pipeline.reading.titled import title_line
from pipeline.rules import Lexicon, TypeRule
from pipeline.schema import Fact, around
from pipeline.values import text

LIES_IN = re.compile(r"kecamatan\b.*\b(?:kabupaten|kota)\b", re.IGNORECASE)  # where a village lies
POSTAL = re.compile(r"\b\d{5}\W*$")  # the code that ends an address
LARGER, ALIKE = 1.15, 0.15  # sizes by that of the line above: a name in larger letters, one in the same
HEADING_LINES = 14  # among which the name of the unit may stand


def unit(leaves: Sequence[Leaf], rule: TypeRule, words: Lexicon) -> Fact | None:
    """The unit the agreement is of: after its label, else under the title, else in the letterhead."""
    ways = ((_unit_label, (*leaves[1:], *leaves[:1])), (_unit_heading, leaves))
    found = (fact for find, pages in ways for leaf in pages if (fact := find(leaf, rule, words)) is not None)
    return next(found, None)


def _unit_label(leaf: Leaf, rule: TypeRule, words: Lexicon) -> Fact | None:
    for line, below in zip_longest(leaf.lines, leaf.lines[1:]):
        head, colon, tail = line.text.partition(":")
        if colon and same(head, words.labels.unit, 90) and len(fold(tail)) > 3:
            more = [below] if below is not None and _wrapped(line, below) else []
            said, sure = " ".join([tail, *(ln.text for ln in more)]), (w.confidence for w in line.words)
            box = around([ln.box for ln in (line, *more)])
            return fact(text(said), f"{head}:{said}", "unit:label", leaf, box, min(sure))
    return None


def _wrapped(line: Line, below: Line) -> bool:
    """Whether a line is the rest of the value over it: it begins where that began."""
    colon = next((n for n, word in enumerate(line.words) if word.text.endswith(":")), None)
    if colon is None or colon + 1 >= len(line.words) or ":" in below.text:
        return False
    near = below.box.top - line.box.bottom < 0.8 * line.size
    return near and abs(below.box.x0 - line.words[colon + 1].box.x0) < line.size


def _unit_heading(leaf: Leaf, rule: TypeRule, words: Lexicon) -> Fact | None:
    """The unit under the title, in the title itself, or the narrowest of the letterhead."""
    heading = takewhile(lambda ln: not _introduces(ln, words), leaf.lines[:HEADING_LINES])
    title = title_line(leaf, rule)
    over = title.box.top if title is not None else 0.0  # there stands no running text
    top = [line for line in heading if line.box.bottom < over or not leaf.prose(line)]
    first = top.index(title) if title in top else len(top)
    for place in (*range(first + 1, min(first + 4, len(top))), *range(min(first, len(top)) - 1, -1, -1)):
        found = _unit_line(top, place, leaf, rule, words)
        if found is not None:
            return found
    return _unit_in_title(top, first, leaf, words)


def _introduces(line: Line, words: Lexicon) -> bool:
    """Whether somebody begins to introduce himself: what stands below is no heading."""
    found = label(line, words.labels)
    return found is not None and found.field in (*NAMED, "position", "nip")


def _unit_line(top: Sequence[Line], place: int, leaf: Leaf, rule: TypeRule, words: Lexicon) -> Fact | None:
    """A heading line that is a unit's name; one that goes on over the next line is taken whole."""
    line = top[place]
    named = _headed(line.text, words)
    if (
        ":" in line.text
        or POSTAL.search(line.text)
        or len(line.runs) > 1
        or not line.text[:1].isupper()
        or not _begins(named, words.government.unit)
        or (place and LIES_IN.match(line.text) and _begins(top[place - 1].text, words.government.unit))
    ):
        return None
    lines = [line, *_heading_tail(top[place + 1 :], line, words, rule)]
    return _unit_fact(" ".join([named, *(ln.text for ln in lines[1:])]), lines, leaf, words)


def _headed(printed: str, words: Lexicon) -> str:
    """A heading without the word for the head of the unit that it names: 'KEPALA KANTOR X'; else as it is."""
    heads = (begin for begin in words.offices.begins if printed.lower().startswith(f"{begin.lower()} "))
    rests = (printed[len(begin) :].strip() for begin in heads)
    return next((rest for rest in rests if _begins(rest, words.government.unit)), printed)


def _unit_fact(printed: str, lines: Sequence[Line], leaf: Leaf, words: Lexicon) -> Fact:
    """The name that a heading says, up to where it goes on to something else."""
    sure = min(w.confidence for ln in lines for w in ln.words)
    ends = re.search(rf"(?i)\s+(?:{'|'.join(words.government.ends)})\b", printed)
    name = printed[: ends.start()] if ends else printed
    return fact(text(name), name, "unit:heading", leaf, around([ln.box for ln in lines]), sure)


def _unit_in_title(top: Sequence[Line], first: int, leaf: Leaf, words: Lexicon) -> Fact | None:
    """'PERJANJIAN KINERJA DINAS ... TAHUN 2026', or 'DI LINGKUNGAN PEMERINTAH KOTA ...'."""
    lines = list(takewhile(lambda ln: len(ln.runs) == 1, top[first : first + 5]))
    joined = " ".join(ln.text for ln in lines)
    known = "|".join((*words.government.unit, *words.government.region))
    found = re.search(rf"\b({known})\b\s+[A-Z].*", joined, re.IGNORECASE)
    if found is None or not joined[: found.start()].isupper():
        return None
    return _unit_fact(found.group(0), lines, leaf, words)


def unit_of_position(position: Fact, words: Lexicon) -> Fact | None:
    """The unit that a position names: 'Kepala Bidang X Dinas Y' is of Dinas Y, 'Camat Z' of Kecamatan Z."""
    printed = str(position.data)
    heads = (pair for pair in words.government.head if fold(printed).startswith(fold(pair[0])))
    head, name = next(heads, ("", ""))
    if name:
        return replace(
            position,
            data=f"{name} {printed[len(head) :].strip()}".strip(),
            rule="unit:position",
            confidence=0.8,
            required=False,
        )
    found = re.search(rf"\b({'|'.join(words.government.unit)})\b.*", printed, re.IGNORECASE)
    return (
        replace(position, data=found.group(0), rule="unit:position", confidence=0.8, required=False)
        if found
        else None
    )


def _begins(printed: str, phrases: Sequence[str]) -> bool:
    bare = printed.lower()
    return any(bare == p.lower() or bare.startswith(p.lower() + " ") for p in phrases)


def _heading_tail(below: Sequence[Line], first: Line, words: Lexicon, rule: TypeRule) -> Iterator[Line]:
    last = first
    for line in below[:2]:
        size = line.size / first.size
        named = last is first and size > LARGER and not _begins(line.text, words.government.region)
        near = line.box.top - last.box.bottom < 0.8 * line.size and (named or abs(size - 1) < ALIKE)
        other = _begins(line.text, (*words.government.address, *words.labels.unit, *words.government.ends))
        if (
            not near
            or other
            or starts(line.text, (*rule.recognise.title, *rule.recognise.annex), 88)
            or (named and _begins(line.text, words.government.unit))
            or line.text.isupper() != first.text.isupper()
        ):
            return
        yield line
        last = line
