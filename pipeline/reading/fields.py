"""The values of an agreement as a whole: year, date, place, number, unit; and its promise and annex."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import takewhile

from pipeline.reading.labelled import NAMED, label
from pipeline.reading.leaf import APART, Leaf
from pipeline.reading.lines import Line, Run
from pipeline.reading.phrases import fold, same, says, starts
from pipeline.reading.segment import Segment, title_line
from pipeline.reading.spans import Span
from pipeline.rules import Field, Lexicon, TypeRule
from pipeline.schema import Box, Fact, around
from pipeline.values import date_parts, day, text, year

HEADING_LINES = 14  # among which the name of the unit may stand
TITLE_REACH = 5  # lines after the title in which its year may stand
OPENING = 220  # letters after 'pada hari ini' in which date and place stand
PLACE = re.compile(r"^[A-Za-z][A-Za-z.'’ -]*$")


def fields(segment: Segment, words: Lexicon) -> dict[str, Fact]:
    """Every field of the type, found or not, by name; with the years of both parts, promise and annex."""
    found: dict[str, Fact] = {}
    for rule in segment.type.field:
        fact = _field(rule, segment, words)
        if fact is not None:
            found[rule.name] = replace(fact, required=rule.required)
    found.update(_years(segment))
    found.update(_parts(segment))
    return _year_from_date(found, segment)


def _field(rule: Field, segment: Segment, words: Lexicon) -> Fact | None:
    leaves = {
        "statement": segment.statement,
        "annex": tuple(x for x in segment.leaves if x.number in segment.annex),
    }
    where = leaves.get(rule.part, segment.leaves) or segment.leaves
    special: dict[str, Callable[[], Fact | None]] = {
        "date": lambda: _signed_on(where, words),
        "place": lambda: _place(where, words),
        "unit": lambda: unit(where, segment.type, words),
        "year": lambda: _year(segment),
        "flag": lambda: _flag(rule, segment),
    }
    if rule.type in special:
        return special[rule.type]()
    return (
        _labelled(rule, where)
        or _spanned(rule, where)
        or (_missing(rule.name, where[0]) if rule.required else None)
    )


def fact(
    data: str | int | float | None,
    printed: str | None,
    rule: str,
    leaf: Leaf,
    box: Box | None,
    sure: float = 1.0,
) -> Fact:
    """A fact of a page."""
    return Fact(printed, data, rule, leaf.number, box, round(sure, 3), origin=leaf.layout.page.origin)


def _missing(name: str, leaf: Leaf) -> Fact:
    return fact(None, None, f"field:{name}", leaf, None)


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
    for place, word in enumerate(line.words):
        if len(said) >= len(fold(phrase)):
            return [w for w in line.words[place:] if fold(w.text)]
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
            return fact(text(tail), span.text, f"field:{rule.name}", leaf, span.box, _sure(span))
    return None


def _sure(span: Span) -> float:
    return min(w.confidence for w in span.words)


# ---------------------------------------------------------------- date and place


def datelines(leaves: Iterable[Leaf]) -> Iterator[tuple[Leaf, Span]]:
    """Place and date over the signatures: those that stand apart from running text, last page last."""
    for leaf in leaves:
        for span in leaf.labelled("dateline"):
            if not leaf.prose(leaf.lines[span.line]):
                yield leaf, span


def _split(leaf: Leaf, span: Span) -> tuple[str, str, Box]:
    """Place and date of a dateline, as printed, and where they stand."""
    words = leaf.dated(span)
    printed = " ".join(w.text for w in words)
    place, *rest = APART.split(printed, maxsplit=1)
    return place.strip(), " ".join(rest).strip(), around([w.box for w in words]) or span.box


def _signed_on(leaves: Sequence[Leaf], words: Lexicon) -> Fact | None:
    """The date over the signatures or after 'pada tanggal': of several the one printed most."""
    found = [
        fact(_iso(rest, words), f"{place}, {rest}", "dateline", leaf, box, _sure(span))
        for leaf, span in datelines(leaves)
        for place, rest, box in [_split(leaf, span)]
    ]
    found += list(_made_on(leaves, words))
    found += [] if found else [f for f, _ in _openings(leaves, words)]
    whole = [f for f in found if f.data]
    if not whole:
        return found[0] if found else _missing("signed_on", leaves[-1])
    return max(whole, key=lambda f: (sum(f.data == g.data for g in whole), round(f.confidence, 1)))


def _iso(printed: str, words: Lexicon) -> str | None:
    found = day(printed, words=words)
    return found.isoformat() if found else None


def _closings(leaves: Sequence[Leaf], words: Lexicon) -> Iterator[tuple[Leaf, Run, str, str]]:
    """'Dibuat di X' and 'pada tanggal Y', on one line or two: place and date, either may be empty."""
    labels = words.labels
    apart = re.compile("|".join(re.escape(p) for p in labels.made_on), re.IGNORECASE)
    for leaf in leaves:
        for line in leaf.lines:
            for run in line.runs:
                tail = " ".join(r.text for r in line.runs[line.runs.index(run) :])
                if phrase := starts(run.text, labels.made_in, 92):
                    place, *rest = apart.split(tail[len(phrase) :], maxsplit=1)
                    yield leaf, run, place.strip(" :,"), " ".join(rest).strip(" :,")
                elif leaf.prose(line) or starts(tail, labels.other, 92):
                    continue
                elif phrase := starts(run.text, labels.made_on, 92):
                    yield leaf, run, "", tail[len(phrase) :].strip(" :,")


def _made_on(leaves: Sequence[Leaf], words: Lexicon) -> Iterator[Fact]:
    for leaf, run, _, rest in _closings(leaves, words):
        parts = date_parts(rest, words=words)
        if parts.month or parts.year:
            yield fact(_iso(rest, words), run.text, "made-on", leaf, run.box, run.confidence)


def _place(leaves: Sequence[Leaf], words: Lexicon) -> Fact | None:
    """The place of signing: before the date, or after 'dibuat di'."""
    for leaf, span in datelines(leaves):
        place, _, box = _split(leaf, span)
        if PLACE.match(place) and len(fold(place)) > 2:
            return fact(_proper(place), place, "dateline", leaf, box, _sure(span))
    for leaf, run, place, _ in _closings(leaves, words):
        if PLACE.match(place):
            return fact(_proper(place), place, "made-in", leaf, run.box, run.confidence)
    opened = next((place for _, place in _openings(leaves, words) if place is not None), None)
    return opened or _missing("place", leaves[-1])


def _openings(leaves: Sequence[Leaf], words: Lexicon) -> Iterator[tuple[Fact, Fact | None]]:
    """Date and place of an agreement that begins 'Pada hari ini Senin tanggal ... bertempat di ...'."""
    labels = words.labels
    met = re.compile(rf"(?:{'|'.join(labels.met_in)})\s+((?:[A-Z][\w.]*\s?)+)")
    for leaf in leaves:
        text_ = " ".join(line.text for line in leaf.lines)
        for today in labels.today:
            start = text_.lower().find(today.lower())
            opening = text_[start : start + OPENING] if start >= 0 else ""
            said = _iso(re.split(r"\bbertempat\b|\bkami\b|\bkita\b", opening)[0], words) if opening else None
            if said is not None:
                line = next(ln for ln in leaf.lines if today.lower() in ln.text.lower())
                place = met.search(opening)
                where = place.group(1).strip(" .") if place else None
                yield (
                    fact(said, opening, "opening", leaf, line.box, 0.9),
                    fact(where, where, "opening", leaf, line.box, 0.9) if where else None,
                )


def _proper(place: str) -> str:
    """A place as it is written in a sentence: 'PALEMBANG' becomes 'Palembang'."""
    return place.title() if place.isupper() else place


# ---------------------------------------------------------------- year


def _years(segment: Segment) -> Iterator[tuple[str, Fact]]:
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
                return fact(found, span.text, "year:title", leaf, span.box, _sure(span))
    return _bare_year(leaf, first)


def _bare_year(leaf: Leaf, first: int) -> Fact | None:
    for line in leaf.lines[first : first + 2]:
        for word in line.words:
            if re.fullmatch(r"20\d\d", word.text.strip(".,:")):
                return fact(
                    int(word.text.strip(".,:")), word.text, "year:title", leaf, word.box, word.confidence
                )
    return None


def _year(segment: Segment) -> Fact | None:
    """The year the agreement is for: in the title of the statement, of the annex, then anywhere."""
    found = dict(_years(segment))
    best = found.get("year_statement") or found.get("year_annex") or _named_year(segment)
    return best or _missing("year", segment.leaves[0])


def _named_year(segment: Segment) -> Fact | None:
    for leaf in segment.own:
        for span in leaf.labelled("year"):
            found = year(span.text)
            if found is not None:
                return fact(found, span.text, "year:named", leaf, span.box, 0.8 * _sure(span))
    return None


def _year_from_date(found: dict[str, Fact], segment: Segment) -> dict[str, Fact]:
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


# ---------------------------------------------------------------- unit


def unit(leaves: Sequence[Leaf], rule: TypeRule, words: Lexicon) -> Fact | None:
    """The unit the agreement is of: after its label, else under the title, else in the letterhead."""
    ways = ((_unit_label, (*leaves[1:], *leaves[:1])), (_unit_heading, leaves))
    found = (fact for find, pages in ways for leaf in pages if (fact := find(leaf, rule, words)) is not None)
    return next(found, None)


def _unit_label(leaf: Leaf, rule: TypeRule, words: Lexicon) -> Fact | None:
    for line in leaf.lines:
        head, colon, tail = line.text.partition(":")
        if colon and same(head, words.labels.unit, 90) and len(fold(tail)) > 3:
            return fact(
                text(tail), line.text, "unit:label", leaf, line.box, min(w.confidence for w in line.words)
            )
    return None


def _unit_heading(leaf: Leaf, rule: TypeRule, words: Lexicon) -> Fact | None:
    """The unit under the title, in the title itself, or the narrowest of the letterhead."""
    heading = takewhile(lambda ln: not _introduces(ln, words), leaf.lines[:HEADING_LINES])
    top = [line for line in heading if not leaf.prose(line)]
    title = title_line(leaf, rule)
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
    if (
        ":" in line.text
        or len(line.runs) > 1
        or not line.text[:1].isupper()
        or not _begins(line.text, words.government.unit)
    ):
        return None
    lines = [line, *_heading_tail(top[place + 1 :], line, words, rule)]
    return _unit_fact(" ".join(ln.text for ln in lines), lines, leaf)


def _unit_fact(printed: str, lines: Sequence[Line], leaf: Leaf) -> Fact:
    sure = min(w.confidence for ln in lines for w in ln.words)
    return fact(text(printed), printed, "unit:heading", leaf, around([ln.box for ln in lines]), sure)


def _unit_in_title(top: Sequence[Line], first: int, leaf: Leaf, words: Lexicon) -> Fact | None:
    """'PERJANJIAN KINERJA DINAS ... TAHUN 2026', or 'DI LINGKUNGAN PEMERINTAH KOTA ...'."""
    lines = list(takewhile(lambda ln: len(ln.runs) == 1, top[first : first + 5]))
    joined = " ".join(ln.text for ln in lines)
    known = "|".join((*words.government.unit, *words.government.region))
    found = re.search(rf"\b({known})\b\s+[A-Z].*?(?=\s+(TAHUN|Tahun|TA\.?)\b|$)", joined, re.IGNORECASE)
    if found is None or not joined[: found.start()].isupper():
        return None
    return _unit_fact(found.group(0), lines, leaf)


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
        near = (
            line.box.top - last.box.bottom < 0.8 * line.size
            and abs(line.size - first.size) < 0.15 * first.size
        )
        other = _begins(
            line.text, (*words.government.address, *words.labels.unit, "Tahun", "Nomor", "Lampiran")
        )
        if (
            not near
            or other
            or starts(line.text, rule.recognise.title, 88)
            or line.text.isupper() != first.text.isupper()
        ):
            return
        yield line
        last = line


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
