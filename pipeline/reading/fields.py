"""The values of an agreement as a whole: year, date, place, number, unit; and its promise and annex."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from pipeline.reading.datelines import place, signed_on
from pipeline.reading.headings import unit
from pipeline.reading.leaf import Leaf
from pipeline.reading.lines import Line
from pipeline.reading.phrases import fold, says, starts
from pipeline.reading.said import fact, missing, sure_of
from pipeline.reading.segment import Segment
from pipeline.reading.years import year_from_date, year_of, year_settled, years
from pipeline.rules import Field, Lexicon
from pipeline.schema import Fact, around
from pipeline.values import text


def fields(segment: Segment, words: Lexicon) -> dict[str, Fact]:
    """Every field of the type, found or not, by name; with the years of both parts, promise and annex."""
    found: dict[str, Fact] = {}
    for rule in segment.type.field:
        fact = _field(rule, segment, words)
        if fact is not None:
            found[rule.name] = replace(fact, required=rule.required)
    found.update(years(segment))
    found.update(_parts(segment))
    return year_from_date(year_settled(found), segment)


def _field(rule: Field, segment: Segment, words: Lexicon) -> Fact | None:
    leaves = {
        "statement": segment.statement,
        "annex": tuple(x for x in segment.leaves if x.number in segment.annex),
    }
    where = leaves.get(rule.part, segment.leaves) or segment.leaves
    special: dict[str, Callable[[], Fact | None]] = {
        "date": lambda: signed_on(where, words),
        "place": lambda: place(where, words),
        "unit": lambda: unit(where, segment.type, words),
        "year": lambda: year_of(segment),
        "flag": lambda: _flag(rule, segment),
    }
    if rule.type in special:
        return special[rule.type]()
    return (
        _labelled(rule, where)
        or _spanned(rule, where)
        or (missing(rule.name, where[0]) if rule.required else None)
    )


def _labelled(rule: Field, leaves: Iterable[Leaf]) -> Fact | None:
    """The words after one of the field's labels, on the same line."""
    for leaf in leaves:
        for line in leaf.lines:
            phrase = starts(line.text, rule.label, 88)
            if phrase is None:
                continue
            words = _after(line, phrase)
            printed = " ".join(w.text for w in words).strip(" :")
            return fact(
                text(printed) or None,
                printed or None,
                f"field:{rule.name}",
                leaf,
                around([w.box for w in words]) or line.box,
                min((w.confidence for w in words), default=1.0),
            )
    return None


def _after(line: Line, phrase: str) -> list:  # type: ignore[type-arg]
    said = ""
    for count, word in enumerate(line.words):
        if len(said) >= len(fold(phrase)):
            return [w for w in line.words[count:] if fold(w.text)]
        said += fold(word.text)
    return []


def _spanned(rule: Field, leaves: Iterable[Leaf]) -> Fact | None:
    if not rule.span:
        return None
    for leaf in leaves:
        for span in leaf.labelled(rule.span):
            tail = (
                span.text.partition(":")[2].strip() or span.words[-1].text
                if rule.span == "number"
                else span.text
            )
            return fact(text(tail), span.text, f"field:{rule.name}", leaf, span.box, sure_of(span))
    return None


# ---------------------------------------------------------------- flags, promise, annex


def _flag(rule: Field, segment: Segment) -> Fact | None:
    found = _spanned(rule, segment.leaves)
    return replace(found, data=1) if found is not None else None


def _parts(segment: Segment) -> Iterator[tuple[str, Fact]]:
    """Whether the promise stands there, and the annex that it speaks of."""
    leaf = segment.statement[0] if segment.statement else segment.leaves[0]
    if segment.type.promise and segment.begun:
        yield "promise", _promise(segment, leaf)
    if segment.type.table and any(t.into != "parties" for t in segment.type.table):
        annexed = bool(segment.annex)
        yield "annex", fact("present" if annexed else None, None, "annex", leaf, None)
    if segment.swapped:
        yield "page_order", fact("swapped", None, "page-order", segment.leaves[0], None)


def _promise(segment: Segment, leaf: Leaf) -> Fact:
    for page in segment.leaves:
        joined = " ".join(line.text for line in page.lines)
        phrase = says(joined, segment.type.promise, page.similar)
        if phrase is not None:
            return fact("present", phrase, "promise", page, None)
    return fact(None, None, "promise", leaf, None)
