"""When and where an agreement was signed: over the signatures, after 'pada tanggal', or in its opening."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import islice, pairwise, product

from pipeline.reading.labelled import label
from pipeline.reading.leaf import APART, Leaf
from pipeline.reading.lines import Run
from pipeline.reading.phrases import fold, starts
from pipeline.reading.said import fact, missing, sure_of
from pipeline.reading.spans import Span
from pipeline.reading.votes import together, weight
from pipeline.rules import Lexicon
from pipeline.schema import Box, Fact, around
from pipeline.values import date_parts, day

DATE_WORDS = 4  # of a date that stands on a line of its own
TOLD = 24  # letters of a date, after its first figure
OPENING = 220  # letters after 'pada hari ini' in which date and place stand
SAID = re.compile(r"\bbertempat\b|\bkami\b|\bkita\b|\bsaya\b")  # after the day in an opening
PLACE = re.compile(r"^[A-Za-z][A-Za-z.'’ -]*$")


def datelines(leaves: Iterable[Leaf], words: Lexicon) -> Iterator[tuple[Leaf, Span]]:
    """Place and date over the signatures: those that stand apart from running text, last page last.

    Behind a label stand those of something else: 'Tempat, Tanggal Lahir : ...'.
    """
    for leaf in leaves:
        for span in leaf.labelled("dateline"):
            line = leaf.lines[span.line]
            said = label(line, words.labels)
            if not leaf.prose(line) and (said is None or said.field != "other"):
                yield leaf, span


def _split(leaf: Leaf, span: Span) -> tuple[str, str, Box]:
    """Place and date of a dateline, as printed, and where they stand."""
    words = leaf.dated(span)
    printed = " ".join(w.text for w in words)
    place, *rest = APART.split(printed, maxsplit=1)
    return place.strip(), " ".join(rest).strip(), around([w.box for w in words]) or span.box


def signed_on(leaves: Sequence[Leaf], words: Lexicon) -> Fact | None:
    """The date over the signatures or after 'pada tanggal': of several the one printed most."""
    found = [
        fact(_iso(rest, words), f"{place}, {rest}", "dateline", leaf, box, sure_of(span))
        for leaf, span in datelines(leaves, words)
        for place, rest, box in [_split(leaf, span)]
    ]
    found += list(_made_on(leaves, words))
    found += (
        []
        if found
        else [
            fact(
                _iso(date.text, words),
                f"{over.text} {date.text}",
                "dateline",
                leaf,
                date.box,
                date.confidence,
            )
            for leaf, over, date in _stacked(leaves, words)
        ]
    )
    found += [] if found else [f for f, _ in _openings(leaves, words)]
    found += [] if found else [f for f, _ in _told(leaves, words)]
    whole = [f for f in found if f.data]
    if not whole:
        return found[0] if found else missing("signed_on", leaves[-1])
    best = max(
        whole, key=lambda f: (round(sum(weight(g) for g in whole if f.data == g.data), 2), f.confidence)
    )
    return _agreed(best, [f.confidence for f in whole if f.data == best.data])


def _agreed(date: Fact, sure: Sequence[float]) -> Fact:
    """A date read by eye, surer where several places say it."""
    if date.origin != "ocr" or len(sure) < 2:
        return date
    return replace(date, confidence=round(together(sure), 3), reason="agreement")


def _stacked(leaves: Iterable[Leaf], words: Lexicon) -> Iterator[tuple[Leaf, Run, Run]]:
    """A place with a comma, and right under it, on a line of its own, the date."""
    for leaf in leaves:
        for above, below in pairwise(leaf.lines):
            places = [r for r in above.runs if r.text.endswith(",") and PLACE.match(r.text.rstrip(" ,"))]
            for over, date in product(places, below.runs):
                under = min(over.box.x1, date.box.x1) > max(over.box.x0, date.box.x0)
                if under and len(date.words) <= DATE_WORDS and _iso(date.text, words) is not None:
                    yield leaf, over, date


def _iso(printed: str, words: Lexicon) -> str | None:
    found = day(printed, words=words)
    return found.isoformat() if found else None


def _closings(leaves: Sequence[Leaf], words: Lexicon) -> Iterator[tuple[Leaf, Run, str, str]]:
    """'Dibuat di X' and 'pada tanggal Y', on one line or two: place and date, either may be empty."""
    labels = words.labels
    apart = re.compile("|".join(re.escape(p) for p in labels.made_on), re.IGNORECASE)
    for leaf in leaves:
        for line in leaf.lines:
            for at, run in enumerate(line.runs):
                made_in, made_on = starts(run.text, labels.made_in, 92), starts(run.text, labels.made_on, 92)
                made_on = made_on or _cut_off(line.runs[at:], words)
                if not made_in and not made_on:
                    continue
                tail = " ".join(r.text for r in line.runs[at:])
                if made_in and tail[len(made_in) :][:1].isalpha():
                    continue  # 'ditetapkan dalam dokumen perencanaan'
                if made_in:
                    place, *rest = apart.split(tail[len(made_in) :], maxsplit=1)
                    yield leaf, run, place.strip(" :,"), " ".join(rest).strip(" :,")
                elif made_on and not leaf.prose(line) and not starts(tail, labels.other, 92):
                    yield leaf, run, "", tail[len(made_on) :].strip(" :,")


def _cut_off(runs: Sequence[Run], words: Lexicon) -> str | None:
    """The first word of such a label, over its second line: 'Pada : 27 Januari 2025' over 'tanggal'."""
    first = fold(runs[0].text)
    known = any(fold(said.split()[0]) == first for said in words.labels.made_on if " " in said)
    dated = known and _iso(" ".join(run.text for run in runs[1:]), words) is not None
    return runs[0].text if dated else None


def _made_on(leaves: Sequence[Leaf], words: Lexicon) -> Iterator[Fact]:
    for leaf, run, _, rest in _closings(leaves, words):
        parts = date_parts(rest, words=words)
        if parts.month or parts.year:
            yield fact(_iso(rest, words), run.text, "made-on", leaf, run.box, run.confidence)


def place(leaves: Sequence[Leaf], words: Lexicon) -> Fact | None:
    """The place of signing: before the date, or after 'dibuat di'."""
    for leaf, span in datelines(leaves, words):
        place, _, box = _split(leaf, span)
        if PLACE.match(place) and len(fold(place)) > 2:
            return fact(_proper(place), place, "dateline", leaf, box, sure_of(span))
    for leaf, run, place, _ in _closings(leaves, words):
        if PLACE.match(place):
            return fact(_proper(place), place, "made-in", leaf, run.box, run.confidence)
    for leaf, over, _ in islice(_stacked(leaves, words), 1):
        printed = over.text.rstrip(" ,")
        return fact(_proper(printed), printed, "dateline", leaf, over.box, over.confidence)
    opened = next((place for _, place in _openings(leaves, words) if place is not None), None)
    return opened or next((place for _, place in _told(leaves, words)), None) or missing("place", leaves[-1])


def _openings(leaves: Sequence[Leaf], words: Lexicon) -> Iterator[tuple[Fact, Fact | None]]:
    """Date and place of an agreement that begins 'Pada hari ini Senin tanggal ... bertempat di ...'."""
    labels = words.labels
    met = re.compile(rf"(?:{'|'.join(labels.met_in)})\s+((?:[A-Z][\w.]*\s?)+)")
    for leaf in leaves:
        text_ = " ".join(line.text for line in leaf.lines)
        for today in labels.today:
            start = text_.lower().find(today.lower())
            opening = text_[start : start + OPENING] if start >= 0 else ""
            said = _iso(SAID.split(opening)[0], words) if opening else None
            if said is not None:
                line = next(ln for ln in leaf.lines if today.lower() in ln.text.lower())
                place = met.search(opening)
                where = place.group(1).strip(" .") if place else None
                yield (
                    fact(said, opening, "opening", leaf, line.box, 0.9),
                    fact(where, where, "opening", leaf, line.box, 0.9) if where else None,
                )


def _told(leaves: Sequence[Leaf], words: Lexicon) -> Iterator[tuple[Fact, Fact]]:
    """Date and place that a sentence tells: '... dan ditandatangani di Sungai Batu, 4 Maret 2025.'"""
    begun = "|".join(re.escape(phrase) for phrase in words.labels.told_in)
    on = "|".join(re.escape(phrase) for phrase in words.labels.made_on)
    told = re.compile(
        rf"(?i:\b(?:{begun}))\s+((?:[A-Z][\w.'’-]*\s?)+?),?\s+(?i:(?:{on})\s*)?(\d.{{0,{TOLD}}})"
    )
    for leaf in leaves:
        for match in told.finditer(" ".join(line.text for line in leaf.lines)):
            said = _iso(match[2], words)
            line = next((ln for ln in leaf.lines if match[1] in ln.text), None)
            if said is not None and line is not None:
                yield (
                    fact(said, match[0], "made-in", leaf, line.box, 0.9),
                    fact(_proper(match[1]), match[1], "made-in", leaf, line.box, 0.9),
                )


def _proper(place: str) -> str:
    """A place as it is written in a sentence: 'PALEMBANG' becomes 'Palembang'."""
    return place.title() if place.isupper() else place
