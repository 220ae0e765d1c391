"""Names as a reader of scans answers them, the signs and letters of their titles put back."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipeline.values.texts import text
from pipeline.values.titles import Atom, Known, atoms_of, before, end_of_name, known, listed_titles, sizes
from pipeline.values.words import Words

_DIGIT = re.compile(r"(?<=[\s,.])([58])(?=\.[A-Z])")  # 8.Pd.
_SMALL = re.compile(r"(?<![^\s.])l(?=[a-z]+\b[^\n]*[A-Z])")  # lis Surapraja: names begin with capitals
_SPECKS = (  # signs that a reader of scans sees in specks, and what was printed
    (re.compile(r"^[\s.:;,'`·|-]+"), ""),  # before a name
    (re.compile(r"(?<=\w):(?=,)|(?<=^Dr[as]),(?=\s[A-Z])"), "."),  # S.H:, or Drs, before a name
    (re.compile(r"(?<=[^\W\d_]):(?=[^\W\d_])|(?<=\bDr[as]):|(?<=\b[HI][jr]):"), "."),  # M:Kes., Drs:
    (re.compile(r";"), ","),
    (re.compile(r"(?<=,)\s?[.·]\s?(?=[^\W\d_])"), " "),  # S.H.,.M.Kes.
    (re.compile(r"\s\.(?=[^\W\d_])|(?<=[a-z]{4})['`](?=[A-Z])|(?<=[^\W\d_])·(?=[^\W\d_])|:(?=\s)"), " "),
    (re.compile(r"·"), ""),
    (re.compile(r"\.\.$"), "."),
    (re.compile(r"\s{2,}"), " "),
)
_CAPITALS = {"8": "S", "5": "S"}
_WHOLE = 4  # letters from which the last word of a name is no abbreviation and has no dot


@dataclass(frozen=True, slots=True)
class _Title:
    """A title where it stands in a line, its letters put right, and what follows it up to the next."""

    start: int
    said: str
    after: str


def mended_name(raw: str, *, words: Words) -> str:
    """A name out of a scan, its titles as they must have been printed; the same where nothing is misread.

    A comma under an underline is read as a dot, and letters of titles as others like them. What is printed
    between the other titles of the name says whether a dot belongs before the comma.

    >>> from pipeline.values.words import Titles
    >>> words = Words(titles=Titles(front=("H.",), back=("S.IP.", "M.M."), misread=(("J", "I"),)))
    >>> mended_name("H. Arkana Halim. S.JP. M.M.", words=words)
    'H. Arkana Halim, S.IP., M.M.'
    >>> mended_name(".H. Arkana'Halim, S.IP.,·M.M..", words=words)
    'H. Arkana Halim, S.IP., M.M.'
    """
    listed = known(words.titles)
    line = _SMALL.sub("I", _DIGIT.sub(lambda found: _CAPITALS[found[1]], _unspecked(text(raw))))
    atoms = list(atoms_of(line))
    start, _, _ = before(atoms, listed)
    line = _relettered(line, atoms[start + 1 :], listed, words.titles.misread)
    atoms = list(atoms_of(line))
    end = end_of_name(atoms, start, listed)
    titles = list(_titles(line, atoms[end:], listed))
    return _punctuated(line, atoms[end - 1], titles) if start < end and titles else line


def _unspecked(line: str) -> str:
    for speck, printed in _SPECKS:
        line = speck.sub(printed, line)
    return line


def _titles(line: str, atoms: Sequence[Atom], listed: Known) -> Iterator[_Title]:
    """The titles one by one; nothing where some of the atoms are none that is listed."""
    found = list(listed_titles(atoms, listed))
    ends = [*(part[0].start for part, _ in found[1:]), *([len(line)] if found else [])]
    for (part, title), after in zip(found, ends, strict=True):
        start, end = part[0].start, part[-1].end
        yield _Title(start, _spelt(line[start:end], title), line[end:after])


def _spelt(printed: str, title: str) -> str:
    """A printed title, with the letters of the listed one where signs that print alike were read."""
    letters = iter([sign for sign in title if sign.isalnum()])
    pairs = [(sign, next(letters, sign)) if sign.isalnum() else (sign, sign) for sign in printed]
    return "".join(seen if seen.casefold() == meant.casefold() else meant for seen, meant in pairs)


def _punctuated(line: str, last: Atom, titles: Sequence[_Title]) -> str:
    """The line with a comma after the name and between the titles, where a dot was read for it."""
    dotted = any(re.match(r"\.\s?[.,]", t.after) for t in titles) or titles[-1].after.startswith(".")
    gap = line[last.end : titles[0].start]
    misread = len(last.letters) >= _WHOLE and re.fullmatch(r"\.\s*", gap) is not None
    said = line[: last.end] + (f",{gap[1:]}" if misread else gap)
    apart = "," in line or misread
    for title in titles[:-1]:
        said += title.said + (_between(title.after, dotted=dotted) if apart else title.after)
    return said + titles[-1].said + titles[-1].after


def _between(after: str, *, dotted: bool) -> str:
    """What stands between two titles, with the comma that was read as a dot, or not seen beside one."""
    space = " " if after.endswith(" ") else ""
    if re.fullmatch(r"\.\s?[.,]\s*", after):
        return f".,{space}"
    if re.fullmatch(r"\.\s*", after):
        return f".,{space}" if dotted or not space else f",{space}"
    return after


def _relettered(line: str, atoms: Sequence[Atom], listed: Known, misread: Sequence[tuple[str, str]]) -> str:
    """The line with letters put right, one at a time, where that alone makes titles of what stands apart."""
    for first, part in _parts(atoms):
        if sizes(part, listed.either) is not None or not re.search(r"[.,]", first.gap):
            continue
        ways = {way for way in _ways(line, part, misread) if _reads(way, part, listed)}
        if len(ways) == 1:
            return _relettered(ways.pop(), atoms, listed, misread)
    return line


def _parts(atoms: Sequence[Atom]) -> Iterator[tuple[Atom, list[Atom]]]:
    """Atoms from one comma to the next, or from a dot that ends a word up to there."""
    for at, atom in enumerate(atoms):
        if "," in atom.gap or (". " in atom.gap and at and len(atoms[at - 1].letters) >= _WHOLE):
            rest = next((n for n in range(at + 1, len(atoms)) if "," in atoms[n].gap), len(atoms))
            yield atom, list(atoms[at:rest])


def _ways(line: str, part: Sequence[Atom], misread: Sequence[tuple[str, str]]) -> Iterator[str]:
    for place in range(part[0].start, part[-1].end):
        for seen, meant in misread:
            if line[place] == seen:
                yield line[:place] + meant + line[place + 1 :]


def _reads(line: str, part: Sequence[Atom], listed: Known) -> bool:
    inside = [a for a in atoms_of(line) if part[0].start <= a.start < part[-1].end]
    return sizes(inside, listed.either) is not None
