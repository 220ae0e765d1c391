"""The year that an agreement is for: of its statement, of its annex, or of its date."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from pipeline.reading.leaf import Leaf
from pipeline.reading.said import fact, missing, sure_of
from pipeline.reading.segment import Segment
from pipeline.reading.titled import title_line
from pipeline.rules import TypeRule
from pipeline.schema import Fact
from pipeline.values import year

TITLED = ("year:statement", "year:annex", "year:title")  # rules of a year that stands in a title
HARDLY = 0.97  # confidence of a date below which one of its figures may be another
SETTLED = 0.5  # confidence of a date whose year was taken from the title
TITLE_REACH = 5  # lines after the title in which its year may stand


def years(segment: Segment) -> Iterator[tuple[str, Fact]]:
    statement = next(filter(None, (_title_year(leaf, segment.type) for leaf in segment.statement)), None)
    annexes = [
        leaf for leaf in segment.leaves if leaf.number in segment.annex and leaf.number not in segment.aside
    ]
    annex = next(filter(None, (_title_year(leaf, segment.type) for leaf in annexes)), None)
    if statement is not None:
        yield "year_statement", replace(statement, rule="year:statement")
    if annex is not None:
        yield "year_annex", replace(annex, rule="year:annex")


def _title_year(leaf: Leaf, rule: TypeRule) -> Fact | None:
    """The year in the title of a page or on the lines close below it."""
    title = title_line(leaf, rule)
    if title is None:
        return None
    first = leaf.lines.index(title)
    for span in leaf.labelled("year"):
        if first <= span.line <= first + TITLE_REACH and not leaf.prose(leaf.lines[span.line]):
            found = year(span.text)
            if found is not None:
                return fact(found, span.text, "year:title", leaf, span.box, sure_of(span))
    return _bare_year(leaf, first)


def _bare_year(leaf: Leaf, first: int) -> Fact | None:
    for line in leaf.lines[first : first + 2]:
        for word in line.words:
            if re.fullmatch(r"20\d\d", word.text.strip(".,:")):
                return fact(
                    int(word.text.strip(".,:")), word.text, "year:title", leaf, word.box, word.confidence
                )
    return None


def year_of(segment: Segment) -> Fact | None:
    """The year the agreement is for: in the title of the statement, of the annex, then anywhere."""
    found = dict(years(segment))
    best = found.get("year_statement") or found.get("year_annex") or _named_year(segment)
    return best or missing("year", segment.leaves[0])


def _named_year(segment: Segment) -> Fact | None:
    for leaf in segment.own:
        for span in leaf.labelled("year"):
            found = year(span.text)
            if found is not None:
                return fact(found, span.text, "year:named", leaf, span.box, 0.8 * sure_of(span))
    return None


def year_settled(found: dict[str, Fact]) -> dict[str, Fact]:
    """A year of the date hardly read, and one figure off the year in the title, is that one: marked so."""
    signed, named = found.get("signed_on"), found.get("year")
    if signed is None or signed.data is None or signed.origin != "ocr" or signed.confidence >= HARDLY:
        return found
    title = str(named.data) if named is not None and named.rule in TITLED else ""
    printed, rest = str(signed.data)[:4], str(signed.data)[4:]
    if len(title) != 4 or sum(a != b for a, b in zip(title, printed, strict=True)) != 1:
        return found
    if int(title) - int(printed) == 1:  # signed at the end of the year before, as many are
        return found
    settled = replace(signed, data=title + rest, rule=f"{signed.rule}:year", confidence=SETTLED)
    return {**found, "signed_on": settled}


def year_from_date(found: dict[str, Fact], segment: Segment) -> dict[str, Fact]:
    """Where no year is printed for the agreement, that of its date: less sure, and its rule says so."""
    signed, named = found.get("signed_on"), found.get("year")
    if named is None or named.data is not None or signed is None or not signed.text:
        return found
    printed = year(signed.text) or (int(str(signed.data)[:4]) if signed.data else None)
    if printed is None:
        return found
    return {
        **found,
        "year": Fact(
            signed.text, printed, "year:date", signed.page, signed.box, 0.6, named.required, signed.origin
        ),
    }
