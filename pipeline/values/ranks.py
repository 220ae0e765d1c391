"""Ranks and grades of government staff."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from rapidfuzz import fuzz

from pipeline.values.texts import folded, text
from pipeline.values.words import ListedRank, Ranks, Words

# Not the class of a prison or a court, nor an echelon: "Kelas IIB", "Eselon III.a".
_GRADE = re.compile(
    r"(?i)(?<!kelas )(?<!tipe )(?<!eselon )(?<![^\W_])"
    r"([Il1|]{1,3}|[Il1|]?V)\s*[-/.,\sIl1|]?\s*([a-e])(?![^\W\d_])"
)

_NUMBERED = re.compile(r"(?i)(?<=[a-z]{2})(?=[I1l|]$)")  # "Penata TkI"


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
    return _rank(text(raw), words.ranks)


@lru_cache(maxsize=16384)
def _rank(line: str, ranks: Ranks) -> Rank | None:
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
    printed = (
        f"{re.sub('[l1|i]', 'I', found[1]).upper()}/{found[2].lower()}" for found in _GRADE.finditer(line)
    )
    return next((grade for grade in printed if grade in _listed(ranks).grades), None)


def _name_of(grade: str, ranks: Ranks) -> str | None:
    return next((listed.name for listed in ranks.rank if listed.grade == grade), None)


def _contract(line: str, ranks: Ranks) -> str | None:
    """`IX` out of Golongan IX, of contract staff."""
    found = _listed(ranks).contract.fullmatch(line)
    grade = re.sub("[l1|]", "I", found[1]) if found else None
    return grade if grade in ranks.contract else None


def _named(line: str, ranks: Ranks) -> ListedRank | None:
    """The one listed rank that a text is most like."""
    printed = " ".join(_spelt(line, _listed(ranks)))
    alike = ((fuzz.ratio(printed, name, score_cutoff=ranks.similar), at) for name, at in _listed(ranks).names)
    best: dict[int, float] = {}
    for score, at in alike:
        if score > best.get(at, 0.0):
            best[at] = score
    most = max(best.values(), default=0.0)
    found = [ranks.rank[at] for at, score in best.items() if score == most]
    return found[0] if len(found) == 1 else None


@dataclass(frozen=True, slots=True)
class _Listed:
    """The list of ranks, made ready once."""

    grades: frozenset[str]
    contract: re.Pattern[str]  # a grade of contract staff alone
    known: dict[str, str]  # printed word, canonical word
    labels: frozenset[str]
    names: tuple[tuple[str, int], ...]  # each spelling of a rank, and its place in the list


@lru_cache(maxsize=8)
def _listed(ranks: Ranks) -> _Listed:
    labels = "|".join(re.escape(label) for label in ranks.labels)
    contract = re.compile(rf"\W*(?:(?i:{labels})[\s:./]*)*([IVX]+|[IVXl1|]{{2,}})\W*")
    grades = frozenset(listed.grade for listed in ranks.rank if listed.grade)
    bare = _Listed(
        grades, contract, dict(ranks.spellings), frozenset(folded(label) for label in ranks.labels), ()
    )
    spelt = ((name, at) for at, one in enumerate(ranks.rank) for name in (one.name, *one.spellings))
    return replace(bare, names=tuple((" ".join(_spelt(name, bare)), at) for name, at in spelt))


def _spelt(line: str, by: _Listed) -> Iterator[str]:
    """Words in the spelling of the list."""
    for word in re.findall(r"[^\W_]+", _NUMBERED.sub(" ", line)):
        plain = folded(word)
        if plain not in by.labels:
            yield by.known.get(plain, plain)
