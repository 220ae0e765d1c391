"""Ranks and grades of government staff."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz import fuzz

from pipeline.values.texts import folded, text
from pipeline.values.words import ListedRank, Ranks, Words

# Not the class of a prison or a court, nor an echelon: "Kelas IIB", "Eselon III.a".
_GRADE = re.compile(
    r"(?i)(?<!kelas )(?<!tipe )(?<!eselon )(?<![^\W_])"
    r"([Il1|]{1,3}|[Il1|]?V)\s*[-/.,\sIl1|]?\s*([a-e])(?![^\W\d_])"
)


@dataclass(frozen=True, slots=True)
class Rank:
    """A rank by its proper name, and its grade (golongan). `problem` is `grade` where the two disagree."""

    name: str | None
    grade: str | None
    problem: str | None = None


def rank(raw: str, *, words: Words) -> Rank | None:
    """The rank in a text, also misread or abbreviated; the part that is not printed is looked up.

    >>> listed = ListedRank(name="Penata Tingkat I", grade="III/d")
    >>> rank("Penata Tk. I / III.d", words=Words(ranks=Ranks(rank=(listed,), spellings=(("tk", "tingkat"),))))
    Rank(name='Penata Tingkat I', grade='III/d', problem=None)
    """
    line, ranks = text(raw), words.ranks
    grade = _grade(line, ranks)
    if grade is None and (contract := _contract(line, ranks)):
        return Rank(None, contract)
    listed = _named(re.sub(r"\([^()]*\)?", " ", _GRADE.sub(" ", line)), ranks)
    if listed is None:
        return Rank(_name_of(grade, ranks), grade) if grade else None
    wrong = "grade" if grade not in (None, listed.grade) else None
    return Rank(listed.name, grade or listed.grade or None, wrong)


def _grade(line: str, ranks: Ranks) -> str | None:
    """`IV/a` out of IV/a, IVa, IV.a, lV/A; None for a grade that does not exist."""
    listed = {listed.grade for listed in ranks.rank if listed.grade}
    printed = (
        f"{re.sub('[l1|i]', 'I', found[1]).upper()}/{found[2].lower()}" for found in _GRADE.finditer(line)
    )
    return next((grade for grade in printed if grade in listed), None)


def _name_of(grade: str, ranks: Ranks) -> str | None:
    return next((listed.name for listed in ranks.rank if listed.grade == grade), None)


def _contract(line: str, ranks: Ranks) -> str | None:
    """`IX` out of Golongan IX, of contract staff."""
    labels = "|".join(re.escape(label) for label in ranks.labels)
    found = re.fullmatch(rf"\W*(?:(?i:{labels})[\s:./]*)*([IVX]+|[IVXl1|]{{2,}})\W*", line)
    grade = re.sub("[l1|]", "I", found[1]) if found else None
    return grade if grade in ranks.contract else None


@lru_cache(maxsize=4096)
def _named(line: str, ranks: Ranks) -> ListedRank | None:
    """The one listed rank that a text is most like."""
    printed = _plain(line, ranks)
    scores = sorted(((_likeness(printed, listed, ranks), listed.name) for listed in ranks.rank), reverse=True)
    if not scores or scores[0][0] == 0 or (len(scores) > 1 and scores[0][0] == scores[1][0]):
        return None
    return next(listed for listed in ranks.rank if listed.name == scores[0][1])


def _likeness(printed: str, listed: ListedRank, ranks: Ranks) -> float:
    names = (_plain(name, ranks) for name in (listed.name, *listed.spellings))
    return max(fuzz.ratio(printed, name, score_cutoff=ranks.similar) for name in names)


def _plain(line: str, ranks: Ranks) -> str:
    """Words in the spelling of the list."""
    return " ".join(_spellings(line, ranks))


def _spellings(line: str, ranks: Ranks) -> Iterator[str]:
    known, labels = dict(ranks.spellings), {folded(label) for label in ranks.labels}
    for word in re.findall(r"[^\W_]+", re.sub(r"(?i)(?<=[a-z]{2})(?=[I1l|]$)", " ", line)):
        if folded(word) not in labels:
            yield known.get(folded(word), folded(word))
