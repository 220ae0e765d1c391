"""Which lines of a signature block are the name of who signs."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise

from rapidfuzz.fuzz import ratio

from pipeline.reading.columns import Column
from pipeline.reading.kinds import is_nip, is_rank, only_titles, position_level, repeats, unended
from pipeline.reading.lines import Line
from pipeline.reading.phrases import fold
from pipeline.rules import Lexicon
from pipeline.values import person

NAME_LINES = 3
LEAST_SCORE = 1.5  # a line with less is no name
ALIKE = 0.72  # how alike a name read elsewhere must be


def name_start(found: Sequence[Line], column: Column, words: Lexicon, known: dict[str, str]) -> int | None:
    """The line that most looks like the signer's name: below a gap, known, titled, above rank and NIP."""
    scores = [(_name_score(found, place, column, words, known), -place) for place in range(len(found))]
    best = max(scores, default=(0.0, 0))
    return -best[1] if scores and best[0] >= LEAST_SCORE else None


def _name_score(
    found: Sequence[Line], place: int, column: Column, words: Lexicon, known: dict[str, str]
) -> float:
    line = found[place]
    if is_nip(line) or is_rank(line, words) or len(fold(line.text)) < 3 or not _letters(line.text):
        return -9.0
    over = found[place - 1].box.bottom if place else column.head.box.bottom
    score = min((line.box.top - over) / line.size, 4.0)
    score += 4 * max([alike(line.text, name) for name in _candidates(column, known)], default=0.0)
    score += 3 * _before_rank(found, place, words)
    parsed = person(line.text, words=words)
    is_titled = bool(parsed and (parsed.front or parsed.back))
    score += 1.5 * is_titled
    score -= 3 * (position_level(line.text, words) is not None)
    score -= 3 * (len(line.words) > 9)
    score -= 3 * (sum(c.isdigit() for c in line.text) >= 2)
    score -= 3 * ((not is_titled and repeats(line, found[:place])) or unended(line.words, words.labels))
    score -= 2 * (line.text[:1].islower() and not (parsed and parsed.front))
    score -= 3 * any(is_nip(above) for above in found[:place])
    score -= 0.25 * place
    return score


def _letters(text: str) -> bool:
    return sum(c.isalpha() for c in text) >= 0.5 * len(text.replace(" ", ""))


def _candidates(column: Column, known: dict[str, str]) -> Iterable[str]:
    role = column.head.role
    return [known[role]] if role in known else known.values()


def alike(text: str, name: str) -> float:
    """0 or how alike; a name may go on over the next line, so its beginning counts."""
    a, b = fold(text), fold(name)
    likeness = max(ratio(a, b), ratio(a, b[: len(a)]) if len(a) >= 8 else 0.0) / 100
    return likeness if likeness >= ALIKE else 0.0


def _before_rank(found: Sequence[Line], place: int, words: Lexicon) -> bool:
    """Whether rank or NIP follow close below."""
    for one, two in pairwise(found[place : place + 4]):
        if two.box.top - one.box.bottom > 1.6 * two.size:
            return False
        if is_nip(two) or is_rank(two, words):
            return True
    return False


def name_lines(found: Sequence[Line], start: int, words: Lexicon) -> tuple[tuple[Line, ...], int]:
    """The lines of the name and the place after them."""
    end = start + 1
    more = any(is_nip(ln) or is_rank(ln, words) for ln in found[start + 1 : start + 1 + NAME_LINES])
    while (
        end < len(found) and end - start < NAME_LINES and _name_goes_on(found, start, end, words, more=more)
    ):
        end += 1
    return tuple(found[start:end]), end


def _name_goes_on(found: Sequence[Line], start: int, end: int, words: Lexicon, *, more: bool) -> bool:
    line, above = found[end], found[end - 1]
    if is_nip(line) or is_rank(line, words) or position_level(line.text, words) is not None:
        return False
    if line.box.top - above.box.bottom > 0.9 * line.size:
        return False
    if more or above.text.rstrip().endswith(","):
        return True
    return only_titles(line.text, words) or _ends(above.text, line.text, words)


def _ends(above: str, text: str, words: Lexicon) -> bool:
    """Whether a line is the end of the name above it, as titles behind it say: 'NATAPRAJA, S.IP., M.M.'."""
    begun, rest = person(above, words=words), person(text, words=words)
    if begun is None or begun.back or rest is None or rest.front:
        return False
    return bool(rest.back) and above.isupper() == text.isupper()
