"""Columns of quarters and months: what titles of periods stand under, and what their order says."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.reading.tables.title import Named
from pipeline.reading.tables.vocabulary import Vocabulary, named, plain

QUARTERS = ("q1", "q2", "q3", "q4")
MONTHS = tuple(f"m{n:02}" for n in range(1, 13))
OVER_PERIODS = ("quarters", "months", "target")
PERIODS = ("", "quarters", "months", *QUARTERS)


def parted(entries: list[Named], known: Vocabulary) -> list[Named]:
    """Titles under one that stands over quarters or months get their fields by their order."""
    groups: dict[tuple[str, ...], list[int]] = {}
    for i, (_, _, title) in enumerate(entries):
        if len(title.path) > 1:
            groups.setdefault(title.path[:-1], []).append(i)
    found = list(entries)
    for above, members in groups.items():
        if named(plain(above[-1]), known)[0] not in OVER_PERIODS:
            continue
        unread = [i for i, (_, _, title) in enumerate(entries) if title.path == above]  # a lone "I" is missed
        free = [i for i in sorted([*members, *unread]) if _is_period(entries[i], known) or i in unread]
        for names in (QUARTERS, MONTHS):
            if len(free) == len(names):
                for i, field in zip(free, names, strict=True):
                    found[i] = (field, 1.0, entries[i][2])
    found = _by_name(found)
    return _ordered([("", 0.0, t) if f in ("quarters", "months") else (f, s, t) for f, s, t in found], known)


def _by_name(entries: list[Named]) -> list[Named]:
    """Twelve titles of months, with none over them, are the months of the year."""
    twelve = [i for i, (field, _, _) in enumerate(entries) if field == "months"]
    if len(twelve) != len(MONTHS):
        return entries
    by_order = dict(zip(twelve, MONTHS, strict=True))
    return [(by_order.get(i, field), score, title) for i, (field, score, title) in enumerate(entries)]


def _ordered(entries: list[Named], known: Vocabulary) -> list[Named]:
    """Four titles of quarters are the four quarters, whichever numeral is misread or beside the one above."""
    numerals = [known.exact.get(plain(t.text)) in QUARTERS for _, _, t in entries]
    four = [i for i, (field, _, _) in enumerate(entries) if field in QUARTERS or (not field and numerals[i])]
    if len(four) != len(QUARTERS):
        four = _ending_in_four([title.text for _, _, title in entries], known)
    by_order = dict(zip(four, QUARTERS, strict=False))
    return [(by_order.get(i, field), score, title) for i, (field, score, title) in enumerate(entries)]


def _ending_in_four(titles: Sequence[str], known: Vocabulary) -> list[int]:
    """Four columns in a row, each with a numeral last or with nothing, since a lone "I" is missed: the fourth
    says IV, and another says some numeral too. White letters on a dark ground come so."""
    said = [known.exact.get(plain((text.split() or [""])[-1]), "") for text in titles]
    for end in range(len(QUARTERS), len(said) + 1):
        four = range(end - len(QUARTERS), end)
        quarters = [said[i] in QUARTERS for i in four]
        bare = all(is_one or not titles[i] for is_one, i in zip(quarters, four, strict=True))
        if said[end - 1] == QUARTERS[-1] and bare and sum(quarters) > 1:
            return list(four)
    return []


def _is_period(entry: Named, known: Vocabulary) -> bool:
    """Not a title that is known for something else, such as a unit or the target of the year."""
    return known.exact.get(plain(entry[2].text), "") in PERIODS
