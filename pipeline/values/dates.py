"""Indonesian dates, in digits and in words; a line of dots is a part that nobody filled in."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from rapidfuzz import fuzz

from pipeline.values.numbers import spelled
from pipeline.values.texts import BLANK, LOOKALIKES, digits, text
from pipeline.values.words import Months, Words

_D = rf"[\d{LOOKALIKES}]"
_NUMERIC = re.compile(
    rf"(?<![\w.,/-])({_D}{{1,2}})\s?([-/.])\s?({_D}{{1,2}})\s?\2\s?(\d{_D}\d{_D}|\d{_D}{{2}}\d)(?![\w/-])"
    rf"|(?<![\w.,/-])({_D}{{1,2}})([-/])({_D}{{1,2}})\6(\d\d)(?![\w/-])"
)
_ISO = re.compile(r"(?<![\w.,/-])(\d{4})-(\d{1,2})-(\d{1,2})(?!\d)")
_YEAR = re.compile(r"(?<!\d)(?:19|2[0OoQ1])[\dOoQlI|SB]{2}(?![\dOoQ]|[.,]\d)")
_LETTERS = re.compile(r"[^\W\d_]+(?:[01|!][^\W\d_]+)*(?:[1|!](?!\d))?")
_SHAPE = str.maketrans("l1|!058", "iiiiosb")  # signs that print alike, for letters
_DAYS = range(1, 32)
_YEARS = range(1900, 2101)
_RECENT = range(1990, 2101)
_WORDS = 8  # of a year: seribu sembilan ratus sembilan puluh sembilan, and one more
_PIECES = 3  # a misread month falls into at most so many


@dataclass(frozen=True, slots=True)
class DateParts:
    """The parts of a date that are printed; the others are None."""

    day: int | None = None
    month: int | None = None
    year: int | None = None


@dataclass(frozen=True, slots=True)
class _Month:
    start: int
    end: int
    number: int
    score: float


def day(raw: str, *, words: Words) -> date | None:
    """A printed date; None where a part is missing, where two dates stand, or where there is no such day.

    >>> words = Words(months=Months(names=(("januari",), ("februari",))))
    >>> day("Palembang, 2 Januari2026", words=words)
    datetime.date(2026, 1, 2)
    >>> day("Palembang,      Januari 2026", words=words)
    """
    parts = date_parts(raw, words=words)
    if parts.day is None or parts.month is None or parts.year is None:
        return None
    try:
        return date(parts.year, parts.month, parts.day)
    except ValueError:
        return None


def date_parts(raw: str, *, words: Words) -> DateParts:
    """Which parts of a date are printed. Where two dates stand, the parts on which they agree.

    >>> words = Words(months=Months(names=(("januari",),)))
    >>> date_parts("Palembang, ..... Januari 2026", words=words)
    DateParts(day=None, month=1, year=2026)
    """
    line = BLANK.sub(" ", text(raw))
    found = [*_numeric(line), *_worded(line, words)]
    if not found:
        return DateParts(year=year(line))
    return DateParts(
        _agreed({parts.day for parts in found}),
        _agreed({parts.month for parts in found}),
        _agreed({parts.year for parts in found}),
    )


def year(raw: str) -> int | None:
    """The one year from 1990 to 2100 that a text names; None where it names two.

    >>> year("TAHUN ANGGARAN 2026"), year("2025/2026")
    (2026, None)
    """
    years = {int(digits(found)) for found in _YEAR.findall(_closed(text(raw)))}
    return _agreed({found if found in _RECENT else None for found in years})


def _agreed(values: set[int | None]) -> int | None:
    named = values - {None}
    return named.pop() if len(named) == 1 else None


def _closed(line: str) -> str:
    """Four spaced digits made one number: 2 0 2 6."""
    return re.sub(r"(?<![\d.,])\d(?: \d){3}(?! ?\d)", lambda found: found[0].replace(" ", ""), line)


def _parts(day_: str | int | None, month: str | int, year_: str | int | None) -> DateParts:
    """Parts within their bounds; two digits of a year are of this century."""
    number = int(year_ or 0)
    number += 2000 if isinstance(year_, str) and len(year_) == 2 else 0
    return DateParts(
        int(day_) if day_ and int(day_) in _DAYS else None,
        int(month) if 1 <= int(month) <= 12 else None,
        number if number in _YEARS else None,
    )


def _numeric(line: str) -> Iterator[DateParts]:
    for found in _NUMERIC.findall(line):
        day_, _, month, year_ = found[:4] if found[0] else found[4:]
        if re.search(r"\d", day_) and re.search(r"\d", month):  # 12/II/2026 is the number of a letter
            yield _parts(digits(day_), digits(month), digits(year_))
    for year_, month, day_ in _ISO.findall(line):
        yield _parts(day_, month, year_)


def _worded(line: str, words: Words) -> Iterator[DateParts]:
    """A date around each name of a month: the day before it, the year after it."""
    months = sorted(_months(line, words.months), key=lambda month: month.start)
    ends = [0, *(month.end for month in months)]
    starts = [*(month.start for month in months[1:]), len(line)]
    for month, begin, end in zip(months, ends, starts, strict=False):
        before, after = line[begin : month.start], _unfilled(line[month.end : end], words)[0]
        american = re.match(r"\s*(\d{1,2})(?:st|nd|rd|th)?,?\s+\d{4}(?!\d)", after)
        day_ = american[1] if american else _day_before(before, words)
        yield _parts(day_, month.number, _year_after(after, words))


def _unfilled(line: str, words: Words) -> list[str]:
    """A line cut where a filler word (tanggal, bulan, tahun) stands; empty pieces left out."""
    names = "|".join(re.escape(name) for name in words.months.fillers)
    pieces = re.split(rf"(?i)(?<![^\W_])(?:{names})(?![^\W\d_])\.?", line) if names else [line]
    return [piece for piece in pieces if piece.strip(" ,:;.")] or [""]


def _day_before(before: str, words: Words) -> int | None:
    last = re.sub(r"\([^()]*\)?\s*$", "", _unfilled(before, words)[-1]).strip(" ,:;.·-/")
    last = re.sub(r"(?<![\d.,/-])([0-3]) (\d)$", r"\1\2", last)  # written by hand, 2 6
    found = re.search(r"(?:^|[\s,:(])(\d[\dOolI|SB]?|[OolI|SB]\d|[lI|])$", last)
    if found is None:
        return spelled(re.split(r"[,:;(]", last)[-1], words=words)
    return None if _ranged(last[: found.start(1)], words) else int(digits(found[1]))


def _ranged(lead: str, words: Words) -> bool:
    """Whether a day is the end of a range, `1 s.d. 31`, and so no day at all."""
    joins = "|".join(re.escape(name) for name in ("/", *words.numerals.until, *words.numerals.also))
    return re.search(rf"(?i)(?<!\d)\d\d?\s*(?:{joins})\s*$", lead) is not None


def _year_after(after: str, words: Words) -> int | None:
    close = re.match(r"\W*([\dOoQ](?:\s?[\dOoQlI|SB]){3})(?![\s]?\d)", after)
    found = _YEAR.search(digits(close[1]).replace(" ", "") if close else _closed(after))
    if found:
        return int(digits(found[0]))
    names = re.match(r"[^\W\d_]+(?:[\s-]+[^\W\d_]+)*", after.strip(" ,:;.("))
    tokens = names[0].split() if names else []
    counts = (spelled(" ".join(tokens[:end]), words=words) for end in range(min(_WORDS, len(tokens)), 0, -1))
    return next((count for count in counts if count in _YEARS), None)


def _months(line: str, months: Months) -> list[_Month]:
    """The months named in a line, each letter used once: the best likeness first, then the longest."""
    pieces = list(_LETTERS.finditer(line))
    found = [month for index in range(len(pieces)) for month in _readings(pieces[index:], line, months)]
    chosen: list[_Month] = []
    for month in sorted(found, key=lambda month: (-month.score, month.start - month.end)):
        if all(month.end <= other.start or other.end <= month.start for other in chosen):
            chosen.append(month)
    return chosen


def _readings(pieces: list[re.Match[str]], line: str, months: Months) -> Iterator[_Month]:
    """Months that begin with the first piece, read from one to three pieces a single space apart."""
    for count in range(1, min(_PIECES, len(pieces)) + 1):
        start, end = pieces[0].start(), pieces[count - 1].end()
        letters = line[start:end].replace(" ", "")
        if end - start - len(letters) > count - 1 or not _LETTERS.fullmatch(letters):
            return
        number, score = _likest(letters, months)
        if number:
            yield _Month(start, end, number, score)


@lru_cache(maxsize=4096)
def _likest(letters: str, months: Months) -> tuple[int, float]:
    """Number and likeness of the month that letters spell; 0 for none, or where two are as likely."""
    shape = _shaped(letters)
    scores = [
        (max(_alike(shape, _shaped(name), months) for name in names), number)
        for number, names in enumerate(months.names, 1)
    ]
    best, second = sorted([*scores, (0.0, 0), (0.0, 0)], reverse=True)[:2]
    return (best[1], best[0]) if best[0] > second[0] else (0, 0.0)


def _shaped(letters: str) -> str:
    return letters.casefold().translate(_SHAPE)


def _alike(shape: str, name: str, months: Months) -> float:
    if len(name) < months.whole:
        return 100.0 if shape == name else 0.0
    return fuzz.ratio(shape, name, score_cutoff=months.similar)
