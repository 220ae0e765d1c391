"""Titles around a given name: which letters of a line are titles, however they are dotted or spaced."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from pipeline.values.texts import folded
from pipeline.values.words import Titles

_ATOM = re.compile(r"[^\W\d_][^\W_]*(?:['\u2019\u2018`\u00b4-][^\W\d_][^\W_]*)*")
_ALIKE = str.maketrans("0158l", "oisbi")  # signs that print alike: lr. is Ir.
_TALL = str.maketrans("1", "I")  # Sp1 is Sp.I. and no S.Pi.
_LONGEST = 5  # atoms of a title: M.Tr.A.P.
_SURE = 3  # letters from which a title needs no capitals to be one


@dataclass(frozen=True, slots=True)
class Listed:
    """Titles by their letters, and all that one of them may begin with."""

    titles: dict[str, list[str]]
    begins: frozenset[str]

    def begin(self, atoms: Sequence["Atom"]) -> bool:
        """Whether a title may begin with the first of these atoms."""
        return bool(atoms) and atoms[0].stem in self.begins


class Atom(NamedTuple):
    """A run of letters, where it stands, and what separates it from the one before."""

    letters: str
    start: int
    end: int
    gap: str
    stem: str  # the letters as titles are compared


@dataclass(frozen=True, slots=True)
class Known:
    """The listed titles, ready to be looked up."""

    front: Listed
    back: Listed
    either: Listed
    noble: Listed
    initials: Listed
    asides: frozenset[str]  # what a title has in brackets: (Purn.), Dr. (Cand.)
    unlisted: re.Pattern[str]


@lru_cache(maxsize=8)
def known(titles: Titles) -> Known:
    """The titles of the list by their letters."""
    either = (*titles.back, *titles.front)
    return Known(
        front=_listed(titles.front),
        back=_listed(titles.back),
        either=_listed(either),
        noble=_listed(titles.noble),
        initials=_listed(titles.initials),
        asides=frozenset(folded(inside) for inside in re.findall(r"\(([^()]*)\)", " ".join(either))),
        unlisted=re.compile(titles.unlisted or "(?!)"),
    )


def atoms_of(line: str) -> Iterator[Atom]:
    """The runs of letters of a line."""
    last = 0
    for found in _ATOM.finditer(line):
        yield Atom(found[0], found.start(), found.end(), line[last : found.start()], _stem(found[0]))
        last = found.end()


def before(atoms: list[Atom], listed: Known) -> tuple[int, list[str], list[Atom]]:
    """Where the given name starts, the titles before it, and the inherited title among them."""
    at, found, noble = 0, list[str](), list[Atom]()
    while at < len(atoms):
        size = _longest(atoms[at:-1], listed.front)
        inherited = 0 if noble else _longest(atoms[at:-1], listed.noble)
        if size == inherited == 0:
            break
        if size >= inherited:
            found.append(_title(atoms[at : at + size], listed.front) or "")
        else:
            noble = atoms[at : at + inherited]
        at += max(size, inherited)
    return at, found, noble


def end_of_name(atoms: list[Atom], start: int, listed: Known) -> int:
    """Where the given name ends: at the first atom from which all, up to the next comma, are titles."""
    ends = range(start + 1, len(atoms))
    return next((at for at in ends if _ends_here(atoms, at, listed)), len(atoms))


def _ends_here(atoms: list[Atom], at: int, listed: Known) -> bool:
    """Whether all from here up to the next comma are titles; most words begin none, and are not looked at."""
    likely = "," in atoms[at].gap or atoms[at].stem in listed.either.begins
    return likely and _begins_titles(_segment(atoms, at), listed)


def after(atoms: list[Atom], line: str, listed: Known) -> tuple[list[str], list[str]]:
    """The titles after a name: those that belong in front, and those that belong there."""
    found = [*_after(atoms, line, listed)]
    front = [
        title
        for title in found
        if _stem(title) in listed.front.titles and _stem(title) not in listed.back.titles
    ]
    return front, [title for title in found if title not in front]


def only_titles(atoms: list[Atom], listed: Known) -> bool:
    """Whether a line has titles and no name."""
    return len(atoms) > 1 and _parse(atoms, listed.either) is not None


def sizes(atoms: Sequence[Atom], listed: Listed) -> tuple[int, ...] | None:
    """How many atoms each title has of which these are made; None where some are no listed title."""
    return _parse(atoms, listed)


def listed_titles(atoms: Sequence[Atom], listed: Known) -> Iterator[tuple[Sequence[Atom], str]]:
    """The atoms of each title, and the title as it is listed; nothing where some are no listed title."""
    at = 0
    for size in _parse(atoms, listed.either) or ():
        yield atoms[at : at + size], _title(atoms[at : at + size], listed.either) or ""
        at += size


def _listed(titles: tuple[str, ...]) -> Listed:
    found: dict[str, list[str]] = {}
    for title in titles:
        found.setdefault(_stem(title), []).append(title)
    return Listed(found, frozenset(stem[:size] for stem in found for size in range(1, len(stem) + 1)))


@lru_cache(maxsize=65536)
def _stem(title: str) -> str:
    return folded(title).translate(_ALIKE)


@lru_cache(maxsize=65536)
def _cased(title: str) -> str:
    return re.sub(r"[\W_]", "", title).translate(_TALL)


def _letters(atoms: Sequence[Atom]) -> str:
    return "".join(atom.letters for atom in atoms)


def _title(atoms: Sequence[Atom], listed: Listed) -> str | None:
    """The listed title that these atoms are, in the capitals they are printed in where there is a choice."""
    titles = listed.titles.get("".join([atom.stem for atom in atoms]))
    if titles is None:
        return None
    if len(titles) == len(atoms) == 1:
        return titles[0]
    bracketed = any("(" in atom.gap for atom in atoms[1:])  # Sp.M(K) is two titles
    choice = [title for title in titles if "(" in title or not bracketed]
    alike = [title for title in choice if _cased(title) == _cased(_letters(atoms))]
    return next(iter([*alike, *choice]), None)


def _longest(atoms: list[Atom], listed: Listed) -> int:
    """Atoms of the longest title that a text begins with."""
    return max((size for size in _fitting(atoms, 0, listed) if _together(atoms[:size], listed)), default=0)


def _fitting(atoms: Sequence[Atom], at: int, listed: Listed) -> Iterator[int]:
    """How many atoms from one on are a title, in each way in which they are."""
    stem = ""
    for size, atom in enumerate(atoms[at : at + _LONGEST], start=1):
        stem += atom.stem
        if stem not in listed.begins:
            return
        if stem in listed.titles and _title(atoms[at : at + size], listed):
            yield size


def _together(atoms: Sequence[Atom], listed: Listed) -> bool:
    """Whether atoms are one title and not two: `dr. H.` is no `drh.`"""
    title, gaps = _title(atoms, listed), [atom.gap for atom in atoms[1:]]
    if title is None or any("," in gap for gap in gaps):
        return False
    return sum(" " in gap for gap in gaps) <= title.count(" ") or _title(atoms[:1], listed) is None


def _segment(atoms: list[Atom], at: int) -> list[Atom]:
    """Atoms from one on up to the next comma."""
    last = next((index for index in range(at + 1, len(atoms)) if "," in atoms[index].gap), len(atoms))
    return atoms[at:last]


def _begins_titles(segment: list[Atom], listed: Known) -> bool:
    parsed, gap = _parse(segment, listed.either), segment[0].gap
    if parsed is None:
        return "," in gap and _unlisted(segment, listed)
    first = segment[: parsed[0]]
    return bool({",", "("} & set(gap)) or (
        _title(first, listed.back) is not None and _looks_it(first, listed)
    )


def _unlisted(segment: list[Atom], listed: Known) -> bool:
    return listed.unlisted.match(".".join(atom.letters for atom in segment)) is not None


def _looks_it(atoms: list[Atom], listed: Known) -> bool:
    """Whether letters after a bare name are a title: dots between, capitals, or three letters and more."""
    letters = _letters(atoms)
    if "".join(atom.stem for atom in atoms) in listed.initials.titles:
        return False
    return len(atoms) > 1 or letters.isupper() or len(letters) >= _SURE


def _parse(atoms: Sequence[Atom], listed: Listed) -> tuple[int, ...] | None:
    """Sizes of the titles that atoms are made of, long ones first; None where some are no title."""
    if atoms and not listed.begin(atoms):
        return None
    rest: dict[int, tuple[int, ...]] = {len(atoms): ()}
    for at in range(len(atoms) - 1, -1, -1):
        for size in _fitting(atoms, at, listed):
            if at + size in rest:
                rest[at] = (size, *rest[at + size])
    return rest.get(0)


def _after(atoms: list[Atom], line: str, listed: Known) -> Iterator[str]:
    """Titles, segment by segment; what stands among them and is none is passed over."""
    at = 0
    while at < len(atoms):
        segment = _segment(atoms, at)
        sizes = _parse(segment, listed.either)
        if sizes is None and _unlisted(segment, listed):
            yield line[segment[0].start : segment[-1].end] + line[segment[-1].end :][:1].strip(" ,)")
        starts = [sum(sizes[:index]) for index in range(len(sizes) + 1)] if sizes else []
        for begin, end in pairwise(starts):
            yield _title(segment[begin:end], listed.either) or ""
        at += len(segment)
