"""Budgets that stand in no table: lines with a name, and its money behind a gap, dots or a colon."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise, takewhile

from msgspec import structs

from pipeline import values
from pipeline.reading.counts import COUNT
from pipeline.reading.halves import halves
from pipeline.reading.lines import Line, lines
from pipeline.reading.phrases import fold, starts
from pipeline.reading.tables.body import captions
from pipeline.reading.tables.rows import Kind, Row
from pipeline.reading.tables.wording import marked, piece_of, unmarked
from pipeline.rules import TableRule
from pipeline.schema import Box, Layout, Word
from pipeline.values import Words

LONGEST = 3  # lines that a name may take
MOST = 40  # lines of a list that only its sum tells
CLOSE = 2.2  # letter heights from a line to the next one of a name
NEAR = 0.8  # letter heights between a line with money and the rest of its name
CURRENCY_AND_SUM = 2  # words
LARGE = 1_000_000  # rupiah: a shorter number that means so much has a unit of money, as 63,2 juta
ALIGNED = 4.0  # points: so far may two lines of a name begin apart

_CURRENCY = re.compile(r"(Rp|IDR)\W*$", re.IGNORECASE)
_BARE = re.compile(r"^[^A-Za-z]+(?=[A-Za-z])")  # specks and borders that were taken for figures
_LEADER = re.compile(r"[.…_:=\s]+$")
_DOTS = re.compile(r"[.…_:=]{3,}|:|=")
_UNIT = re.compile(r"\((dalam [^()]+)\)", re.IGNORECASE)  # "Anggaran (dalam ribu rupiah)"
_SCALED = re.compile(r"[^\W\d_]{4}")  # "469,1 juta"
_DASH = re.compile(r"[-–—]+")  # between a name and its money: "Program A – Rp1.000"


@dataclass(frozen=True, slots=True)
class Entry:
    """A name and its money."""

    kind: Kind
    name: tuple[Word, ...]
    money: tuple[Word, ...]


def rows(layout: Layout, areas: Sequence[Box], rule: TableRule, words: Words) -> Iterator[Row]:
    """The rows of the lists on a page, outside of its tables."""
    free = [w for w in layout.words if not any(box.holds(w.box) for box in areas)]
    text = [line for part in halves(layout, free) for line in lines(part)]
    entries = list(_entries(text, rule, words))
    heads = [line for line in text if captions(line.text, [rule])] if entries else []
    for entry in entries:
        over = [line.text for line in heads if line.box.bottom <= entry.name[0].box.centre]
        own = _SCALED.search(" ".join(word.text for word in entry.money))
        unit = _UNIT.search(over[-1]) if over and not own else None
        name, money = piece_of(layout, entry.name), piece_of(layout, entry.money)
        pieces = {"program": name, "amount": replace(money, title=unit[1] if unit else "")}
        yield Row(layout.page.number, entry.kind, pieces, (("", name),), name)


def _entries(text: Sequence[Line], rule: TableRule, words: Words) -> Iterator[Entry]:
    at, last = 0, None
    while at < len(text):
        kind = _kind(last, text, at, rule, words)
        found = _entry(kind, text[at : at + LONGEST], rule, words) if kind else None
        at += 1
        last = None
        if found is not None:
            last, taken = found
            yield last
            at += taken - 1


def _kind(last: Entry | None, text: Sequence[Line], at: int, rule: TableRule, words: Words) -> Kind | None:
    """What a line begins, by its own words or by those around it; none for the caption of a list."""
    kind = (
        _begins(text[at].text, rule)
        or _follows(last, text[at - 1 : at + 1], rule, words)
        or _priced(text[at], words)
        or _summed(text[at : at + MOST], rule, words)
    )
    return kind if kind and not captions(text[at].text, [rule]) else None


def _priced(line: Line, words: Words) -> Kind | None:
    """A line that is counted off is an entry, whatever it names, where a column of money is beside it."""
    parts = _parted(line, words) if marked(line.text) else None
    column = parts is not None and any(run.words[0] is parts[1][0] for run in line.runs)
    return "data" if column and parts is not None and _CURRENCY.match(parts[1][0].text) else None


def _summed(text: Sequence[Line], rule: TableRule, words: Words) -> Kind | None:
    """A line that is counted off and has money begins a list, whatever it names, where a sum ends that: right
    under its money stands that of the others. Read by eye the numbers may be lost."""
    ends: list[float] = []
    for above, line in pairwise((text[0], *text)):
        parts = _parted(line, words, signed=True)
        if far(above, line) or not (ends or parts):
            return None
        if parts is not None:
            ends.append(parts[1][-1].box.x1)
            if max(ends) - min(ends) > ALIGNED:
                return None
            if _begins(line.text, rule) == "total":
                return "data" if len(ends) > 1 else None
        if line.words[0].confidence == 1 and (parts is not None) != bool(marked(line.text)):
            return None
    return None


def _begins(text: str, rule: TableRule) -> Kind | None:
    bare = _BARE.sub("", unmarked(text))
    if starts(bare, rule.total, rule.similar):
        return "total"
    levels = (*rule.levels.program, *rule.levels.kegiatan, *rule.levels.sub_kegiatan)
    return "data" if starts(bare, levels, rule.similar) else None


def _follows(last: Entry | None, text: Sequence[Line], rule: TableRule, words: Words) -> Kind | None:
    """A line right under an entry of a list is one as well, whatever it names, where it is counted off or its
    money stands under that one; and so is one that is counted off right under the caption of budgets."""
    if len(text) > 1 and captions(text[0].text, [rule]) and not far(*text):
        return "data" if marked(text[1].text) else None
    if last is None or last.kind != "data" or far(*text):
        return None
    parts = _parted(text[1], words)
    under = parts is not None and abs(parts[1][-1].box.x1 - last.money[-1].box.x1) < ALIGNED
    return "data" if under or marked(text[1].text) else None


def _entry(kind: Kind, text: Sequence[Line], rule: TableRule, words: Words) -> tuple[Entry, int] | None:
    """The entry that begins with the first line, and how many lines it takes; none where no money ends it."""
    name: list[Word] = []
    for count, line in enumerate(text, 1):
        if count > 1 and (_begins(line.text, rule) or far(text[count - 2], line)):
            return None
        told = _told([*name, *line.words], rule, words)
        if told is not None:
            return Entry(kind, _named(told[0], rule), told[1]), count
        parts = _parted(line, words, signed=kind == "total") or (_alone(line, words) if count > 1 else None)
        if parts is not None:
            name += parts[0]
            below = [ln for ln in text[count : count + 1] if _parted(ln, words) is None]
            tail = _tail(name, line, below, rule)
            return Entry(kind, _named((*name, *tail), rule), parts[1]), count + bool(tail)
        name += line.words
    return None


def _tail(name: Sequence[Word], line: Line, below: Sequence[Line], rule: TableRule) -> tuple[Word, ...]:
    """The rest of a name under the line with its money: right below, and where the name itself begins."""
    begin = min(w.box.x0 for w in name if _worded(w.text))
    for after in below:
        first, *beside = after.runs
        near = after.box.top - line.box.bottom < NEAR * line.size
        end = max(w.box.x1 for w in name) + ALIGNED
        level = abs(first.box.x0 - begin) < ALIGNED and first.box.x1 <= end
        noted = all(run.box.x0 > end for run in beside)  # of the money: '(APBN)'
        if near and level and noted and not _begins(after.text, rule) and unmarked(after.text) == after.text:
            return first.words
    return ()


def _named(name: Sequence[Word], rule: TableRule) -> tuple[Word, ...]:
    """A name without what is no part of it: specks, and before its money the title of a column."""
    words = tuple(_unspecked(name))
    titled = len(words) > 1 and fold(words[-1].text) in {fold(title) for title in rule.columns.amount}
    return words[:-1] if titled else words


def _unspecked(name: Sequence[Word]) -> Iterator[Word]:
    """A name with its number, and without specks and borders between the two, or a sign of money."""
    begun = False
    for place, word in enumerate(name):
        begun = begun or any(c.isalpha() for c in word.text)
        if (begun or place == 0) and not _CURRENCY.fullmatch(word.text):
            yield word


def _worded(text: str) -> bool:
    return sum(c.isalpha() for c in text) > 1


def far(above: Line, below: Line) -> bool:
    """Whether a line stands too far under another to be of the same name or sentence."""
    return below.box.centre - above.box.centre > CLOSE * max(above.size, below.size)


def _parted(
    line: Line, words: Words, *, signed: bool = False
) -> tuple[tuple[Word, ...], tuple[Word, ...]] | None:
    """The words before the money at the end of a line, and the money, where something parts them; `signed`:
    the sign of money is enough."""
    for at in range(1, len(line.words)):
        before, after = line.words[:at], list(takewhile(_unbracketed, line.words[at:]))
        if not after:
            continue
        gap = any(run.words[0] is after[0] for run in line.runs[1:])
        said = any(_worded(w.text) and not _CURRENCY.match(w.text) for w in before)
        dashed = _DASH.fullmatch(before[-1].text) is not None
        sign = (signed or dashed) and _CURRENCY.match(_LEADER.sub("", after[0].text)[:2]) is not None
        if said and (gap or sign or _DOTS.search(before[-1].text)) and _is_money(after, words):
            name = [w for w in before[: at - dashed] if _LEADER.sub("", w.text)]
            name[-1] = structs.replace(name[-1], text=name[-1].text.rstrip(":="))
            while _CURRENCY.match(name[-1].text):
                name.pop()
            return tuple(name), tuple(after)
    return None


def _unbracketed(word: Word) -> bool:
    """Whether a word is of an amount, and not of its remark: '(APBN)', '(satu miliar ... rupiah)'."""
    return not word.text.startswith("(")


def _told(
    text: Sequence[Word], rule: TableRule, words: Words
) -> tuple[tuple[Word, ...], tuple[Word, ...]] | None:
    """The name and the money of a sentence in a list: `- Program ... sebesar Rp1.257.619.000,-`."""
    at = next((n for n, w in enumerate(text) if fold(w.text) in map(fold, rule.sentence)), None)
    if at is None or _worded(text[0].text):
        return None
    after = list(takewhile(_unbracketed, text[at + 1 :]))[:CURRENCY_AND_SUM]
    for count in range(len(after), 0, -1):
        if _is_money(after[:count], words) and any(c.isdigit() for c in after[count - 1].text):
            return tuple(text[:at]), tuple(after[:count])
    return None


def _alone(line: Line, words: Words) -> tuple[tuple[Word, ...], tuple[Word, ...]] | None:
    """The same of a line that is money alone, after its number or without one: it stands beside a name of
    several lines, between two of them."""
    marks = tuple(line.words[:1] if COUNT.fullmatch(line.words[0].text) else ())
    money = tuple(line.words[len(marks) :])
    return (marks, money) if money and _is_money(money, words) else None


def _is_money(words: Iterable[Word], known: Words) -> bool:
    """Whether words are an amount, and not a number of something else: long, or in thousands or more."""
    text = " ".join(w.text for w in words)
    amount = values.money(text, words=known)
    if amount is None:
        return False
    return sum(c.isdigit() for c in text) > 3 or amount >= LARGE
