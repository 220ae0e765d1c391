"""Targets of indicators: a number, a grade, a sum, a date, words, or nothing said."""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache
from typing import Literal

from pipeline.values.dates import date_parts
from pipeline.values.numbers import money, number, spelled
from pipeline.values.texts import BLANK, text
from pipeline.values.words import Placeholders, Units, Words

Sign = Literal[">=", "<=", ">", "<", "=", "range"]
Kind = Literal["number", "grade", "text", "placeholder", "missing", "date", "money"]

_NUMBER = r"[-+]?\d+(?:[.,]\d+)*"
_SLIPPED = r"[-+]?[\dOoIl|][\dOoIlSB|]*(?:\s?[.,]\s?[\dOoIlSB|]+)*(?=[\s%(]|$)"
_AMOUNT = re.compile(rf"\s*(?:{_SLIPPED}|{_NUMBER})")
_STRAY = re.compile(r"(?<=\d)\s?[.,]\s?(?=[%‰])")  # a speck or a slip before the sign
_LOOSE = re.compile(r"(?<![^\W_])\d")  # a number that is no part of a word such as m2
_DATE_WORDS = 5  # words that a date has at most
_REMEMBERED = 4096  # the same targets come again: in other years, levels, and checks


@dataclass(frozen=True, slots=True)
class Target:
    """What a target demands. A range has `low` and `high` and no `value`; a grade may have one: BB (75)."""

    kind: Kind
    value: float | None = None
    unit: str | None = None
    direction: Sign | None = None
    low: float | None = None
    high: float | None = None
    grade: str | None = None


@lru_cache(maxsize=_REMEMBERED)
def target(raw: str, unit: str | None = None, *, words: Words) -> Target:
    """What a printed target means, with the unit of its own column where the target prints none.

    >>> words = Words(units=Units(letters=("BB",)))
    >>> target("85,5", "Nilai", words=words)
    Target(kind='number', value=85.5, unit='Nilai', direction=None, low=None, high=None, grade=None)
    >>> target("BB (75)", words=words).grade, target("tepat waktu", words=words).kind
    ('BB', 'text')
    """
    line = _STRAY.sub(" ", BLANK.sub(" ", text(raw)).strip(" ;:"))
    beside = measure(unit or "", words=words)
    said = _currency(words).sub(" ", line).strip(" .,:_")
    if not said:
        return Target("missing", unit=beside)
    if _squeezed(said) in _nothing(words.placeholders):
        return Target("placeholder", unit=beside)
    sign, bare = _direction(line, words.units)
    found = _money(bare, beside, words) or next(filter(None, (read(bare, words) for read in _READERS)), None)
    if found is None:
        return Target("text", unit=beside)
    return replace(found, unit=found.unit or beside, direction=found.direction or sign)


def measure(raw: str, *, words: Words) -> str | None:
    """A unit in the spelling of the list; as printed where it is not listed, None where there is none.

    >>> from pipeline.values.words import Unit
    >>> measure("PERSEN", words=Words(units=Units(unit=(Unit(name="%", spellings=("persen",)),))))
    '%'
    """
    line = BLANK.sub(" ", text(raw)).strip(" ;:,")
    plain = line[1:-1].strip() if re.fullmatch(r"\([^()]*\)", line) else line
    squeezed = _squeezed(plain)
    if not squeezed or squeezed in _nothing(words.placeholders):
        return None
    return _units(words.units).get(squeezed, plain)


@lru_cache(maxsize=8)
def _nothing(placeholders: Placeholders) -> frozenset[str]:
    return frozenset(_squeezed(word) for word in placeholders.targets)


def _squeezed(line: str) -> str:
    """Without case, spaces and dots, but not nothing: units are compared so."""
    return re.sub(r"[\s.]+", "", line.casefold())


@lru_cache(maxsize=8)
def _units(units: Units) -> dict[str, str]:
    return {_squeezed(word): unit.name for unit in units.unit for word in (*unit.spellings, unit.name)}


def _direction(line: str, units: Units) -> tuple[Sign | None, str]:
    """How the target binds, and what is left of it."""
    for sign, pattern in _signs(units):
        if pattern.search(line):
            return sign, pattern.sub("", line).strip(" :")
    return None, line


@lru_cache(maxsize=8)
def _signs(units: Units) -> list[tuple[Sign, re.Pattern[str]]]:
    """All words and signs where they stand, the longest first: `>=` before `>`."""
    before = [(entry.sign, word, _before(word)) for entry in units.direction for word in entry.before]
    after = [(entry.sign, word, _after(word)) for entry in units.direction for word in entry.after]
    ordered = sorted([*before, *after], key=lambda entry: -len(entry[1]))
    return [(sign, re.compile(pattern)) for sign, _, pattern in ordered]


def _before(word: str) -> str:
    edge = r"(?![^\W\d_])" if word[-1].isalpha() else ""
    return rf"(?i)^\W?{re.escape(word)}{edge}"


def _after(word: str) -> str:
    return rf"(?i)(?<!\w){re.escape(word)}\W?$"


# ---------------------------------------------------------------- one reader a kind


def _money(line: str, beside: str | None, words: Words) -> Target | None:
    named = any(_currency(words).search(part) for part in (line, beside or ""))
    amount = money(line, words=words) if named else None
    return (
        None
        if amount is None
        else Target("money", float(amount), _units(words.units).get("rupiah", "Rupiah"))
    )


@lru_cache(maxsize=8)
def _currency(words: Words) -> re.Pattern[str]:
    names = "|".join(re.escape(name) for name in words.numerals.currency)
    return re.compile(rf"(?i)(?<![^\W\d_])(?:{names})(?![^\W\d_])\.?" if names else "(?!)")


def _date(line: str, words: Words) -> Target | None:
    if len(line.split()) > _DATE_WORDS:
        return None
    parts = date_parts(line, words=words)
    return Target("date") if parts.month and (parts.day or parts.year or line.isalpha()) else None


def _grade(line: str, words: Words) -> Target | None:
    """A grade, alone or with its score or unit: BB, BB (75), 75 (BB), Predikat A, A (Baik), A Nilai."""
    first, _, last = line.rpartition(" ")
    unit = _units(words.units).get(_squeezed(last))
    if unit and (graded := _listed_grade(first, words.units)):
        return Target("grade", unit=unit, grade=graded)
    pieces = [piece.strip() for piece in re.split(r"[()=:]|/(?=\s*\d)", line) if piece.strip()]
    grades = [grade for piece in pieces if (grade := _listed_grade(piece, words.units))]
    scores = [piece for piece in pieces if not _listed_grade(piece, words.units)]
    if not grades or len(scores) > 1:
        return None
    if not scores:
        return Target("grade", grade=grades[0])
    score = _range(scores[0], words) or _number(scores[0], words)
    return None if score is None else replace(score, kind="grade", grade=grades[0])


def _listed_grade(piece: str, units: Units) -> str | None:
    lead = "|".join(re.escape(word) for word in units.graded)
    bare = re.sub(rf"(?i)^(?:{lead})\s+", "", piece) if lead else piece
    words = {grade.casefold(): grade for grade in units.grades}
    return bare if bare in units.letters else words.get(bare.casefold())


def _range(line: str, words: Words) -> Target | None:
    joins = "|".join(re.escape(name) for name in sorted(words.numerals.until, key=len, reverse=True))
    found = (
        re.match(rf"(?i)({_NUMBER})\s*([^\d\s]\S*)?\s*(?:{joins})\s*({_NUMBER})(?![.,]?\d)(.*)", line)
        if joins
        else None
    )
    low, high = (number(found[1]), number(found[3])) if found else (None, None)
    if found is None or low is None or high is None or _LOOSE.search(found[4]):
        return None
    low, high = sorted((low, high))
    return Target(
        "number", None, measure(found[4] or found[2] or "", words=words), "range", float(low), float(high)
    )


def _ratio(line: str, words: Words) -> Target | None:
    """`1 : 1.000` is a thousandth."""
    found = re.fullmatch(rf"({_NUMBER})\s*:\s*({_NUMBER})(.*)", line)
    part, whole = (number(found[1]), number(found[2])) if found else (None, None)
    if found is None or part is None or not whole or _LOOSE.search(found[3]):
        return None
    return Target("number", float(part / whole), measure(found[3], words=words) or words.units.ratio or None)


def _number(line: str, words: Words) -> Target | None:
    """A number and its unit: 12 dokumen, 100 %, Level 3, 24 per 1.000 KH."""
    names = "|".join(re.escape(name) for name in words.units.unitless)
    named = re.match(rf"(?i)({names})\s*[:=]?\s*(?=[-+\d])", line) if names else None
    value, rest = _leading(line[named.end() :] if named else line)
    rest = re.sub(r"\s*\([^()]*\d[^()]*\)\W*$", "", _unspelled(rest, words))  # 100 % (12 dokumen)
    if value is None or not _is_unit(rest, words.units):
        return None
    first = _units(words.units).get(_squeezed(rest.split(" ")[0]))
    unit = "%" if "%" in (first, rest[:1]) else measure(rest, words=words)
    return Target("number", float(value), unit or (measure(named[1], words=words) if named else None))


def _leading(line: str) -> tuple[Decimal | None, str]:
    """The number that a text begins with, also a misread one, and the rest."""
    for pattern in (_SLIPPED, _NUMBER):
        found = re.match(rf"(?:±|~|\+/-)?\s*({pattern})", line)
        value = number(found[1]) if found else None
        if found and value is not None:
            return value, line[found.end() :].strip()
    return None, line


def _unspelled(rest: str, words: Words) -> str:
    """Without the same number once more in words: 12 (dua belas) bulan."""
    found = re.match(r"\(([^()]*)\)\s*", rest)
    return rest[found.end() :] if found and spelled(found[1], words=words) is not None else rest


def _is_unit(rest: str, units: Units) -> bool:
    """Whether what follows a number may be its unit: letters or %, and no number but after a `per` or `/`."""
    each = "|".join(re.escape(word) for word in units.each)
    if each and re.match(rf"(?i)(?:{each})(?![^\W\d_])", rest):
        return True
    one = re.sub(r"(?<=[^\W\d])\s?/\s?1[0.]*0(?=\s?[^\W\d])", "/", rest)  # Jam/100 Km
    return re.match(r"$|[^\W\d]|[%‰°(/]", rest) is not None and not _LOOSE.search(one)


_READERS: tuple[Callable[[str, Words], Target | None], ...] = (_grade, _date, _range, _ratio, _number)
