"""Names of persons: titles before, given name, titles after, and a form in which spellings do not count."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from pipeline.values.texts import BLANK, folded, text
from pipeline.values.titles import Atom, Known, after, atoms_of, before, end_of_name, known, only_titles
from pipeline.values.words import Names, Placeholders, Titles, Words

_GLUED = re.compile(r"(?<=[a-z])(?=[A-Z]\.)")  # HalimS.Sos
_SPACED = re.compile(r"[^\W\d_](?: [^\W\d_]){2,}(?!\w)")  # B u d i
_MISREAD_DOT = re.compile(r"(?<=\b[A-Z]),(?=\s?[A-Z])")  # S,Sos
_MISREAD_I = re.compile(r"^l(?=[^aeiouyh])")  # no name begins so: lwan is Iwan
_CHUNK, _RIM = re.compile(r"\s{2,}"), re.compile(r"^[\s(\[_:-]+|[\s)\]_:-]+$")
_ASIDE = re.compile(r"\([^()]*(?:\)|$)")
_SHAPE = str.maketrans("0158", "oisb")  # letters misread as digits
_SHORTEST = 2  # letters of a name
_WIDEST = 300  # signs of a name with all its titles
_SHORT = 4  # letters below which a last dot is one of abbreviation


@dataclass(frozen=True, slots=True)
class Person:
    """A printed name taken apart. Titles in their proper form; `name` as printed; `key` for comparing."""

    front: tuple[str, ...]
    name: str
    back: tuple[str, ...]
    key: str


@lru_cache(maxsize=16384)
def person(raw: str, *, words: Words) -> Person | None:
    """The name in a text; None where there is none, only blanks, or only titles.

    Inherited titles (Kms., R.A., Nyimas) are part of the name, as they are in registries.

    >>> words = Words(titles=Titles(front=("Drs.", "H."), back=("S.Sos.", "M.M.")))
    >>> person("Drs.H. Arkana Halim, S.SOS.,MM", words=words)
    Person(front=('Drs.', 'H.'), name='Arkana Halim', back=('S.Sos.', 'M.M.'), key='arkana halim')
    """
    listed = known(words.titles)
    line = _line(raw, words.titles, listed)
    atoms = list(atoms_of(line)) if len(line) <= _WIDEST else []
    start, front, noble = before(atoms, listed)
    end = end_of_name(atoms, start, listed)
    given = atoms[start:end]
    if sum(len(atom.letters) for atom in (*noble, *given)) < _SHORTEST:
        return None
    if folded(line) in _no_names(words.placeholders) or only_titles(atoms, listed):
        return None
    more, back = after(atoms[end:], line, listed)
    name = " ".join((*_printed(noble, line), *_printed(given, line)))
    return Person((*front, *more), name, tuple(back), _key(noble, given, words.names))


def _line(raw: str, titles: Titles, listed: Known) -> str:
    """The text without brackets and blanks around it, up to what follows a name on the same line."""
    chunks = _CHUNK.split(BLANK.sub("  ", raw))
    joined = " ".join(_SPACED.sub(lambda found: found[0].replace(" ", ""), chunk) for chunk in chunks)
    plain = _MISREAD_DOT.sub(".", _GLUED.sub(" ", _ends(titles).sub("", text(joined))))
    bare = _RIM.sub("", plain)
    return _ASIDE.sub(lambda aside: aside[0] if folded(aside[0]) in listed.asides else "", bare)


@lru_cache(maxsize=8)
def _ends(titles: Titles) -> re.Pattern[str]:
    """What follows a name, with all after it: a label, or four digits."""
    labels = "|".join(re.escape(label) for label in titles.ends)
    return re.compile(rf"(?<!\w)(?:{labels})(?!\w).*|\d{{4}}.*" if labels else r"\d{4}.*")


@lru_cache(maxsize=8)
def _no_names(placeholders: Placeholders) -> frozenset[str]:
    return frozenset(folded(name) for name in placeholders.names)


def _printed(atoms: list[Atom], line: str) -> Iterator[str]:
    """Atoms as printed, with what stands between them; the dot of a short last one stays."""
    if atoms:
        last = atoms[-1]
        dot = "." if line[last.end : last.end + 1] == "." and len(last.letters) < _SHORT else ""
        yield re.sub(r"\s+", " ", line[atoms[0].start : last.end]) + dot


def _key(noble: list[Atom], given: list[Atom], names: Names) -> str:
    """Words of a name, in the first spelling of their group."""
    return " ".join((*_compared(noble, names, more=True), *_compared(given, names, more=len(given) > 1)))


def _compared(atoms: list[Atom], names: Names, *, more: bool) -> Iterator[str]:
    plain = [_respelt(atom.letters, names) for atom in atoms]
    anywhere, first = _spellings(names)
    groups, at = first if more else anywhere, 0
    while at < len(plain):
        size = next((size for size in (3, 2, 1) if " ".join(plain[at : at + size]) in groups), 1)
        word = " ".join(plain[at : at + size])
        yield groups.get(word, word)
        groups, at = anywhere, at + size


@lru_cache(maxsize=65536)
def _respelt(letters: str, names: Names) -> str:
    plain = _MISREAD_I.sub("i", folded(letters).translate(_SHAPE))
    for old, new in names.letters:
        plain = plain.replace(old, new)
    return plain


@lru_cache(maxsize=8)
def _spellings(names: Names) -> tuple[dict[str, str], dict[str, str]]:
    """The form compared by for every listed spelling: of any word, and of a first one."""
    anywhere = dict(_forms(names.spellings, names))
    return anywhere, anywhere | dict(_forms(names.leading, names))


def _forms(groups: tuple[tuple[str, ...], ...], names: Names) -> Iterator[tuple[str, str]]:
    for group in groups:
        for spelling in group:
            yield " ".join(_respelt(word, names) for word in spelling.split()), group[0]
