"""Names of which a word is not sure, read again: the better reading of each word is taken, never a third."""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher

from rapidfuzz.fuzz import ratio
from rapidfuzz.process import extractOne

from pipeline.reading.again import Again, Look
from pipeline.reading.pages import Sheet
from pipeline.reading.phrases import fold
from pipeline.rules import Lexicon
from pipeline.schema import Agreement, Box, Fact, Party, Signature
from pipeline.values import person

SURE = 0.985  # confidence from which a name is not looked at again
SUREST = 0.97  # no reading of a word in doubt counts for more
ALSO = 0.5  # what another reading that says the same counts for
ALIKE = 55  # per cent: less alike are no two readings of one word
SHORT = 4  # letters of a title in front of a name, at most
ENOUGH = 2  # looks that say the same
LEAST = 2  # letters of a word that is looked at
CLOSE = 80.0  # per cent: how near a word must come to a known name for that to count
KNOWN = 3.5  # what a word counts for that is a known name or title: as much as the surest reading
BETTER = 0.8  # by how much another reading must count for more than the first
WORD = re.compile(r"^(\W*)(\w+(?:[-'’]\w+)*)(\W*)$")


@dataclass(frozen=True, slots=True)
class Part:
    """A word of a name: signs before and after its letters, and how sure it was read."""

    before: str
    letters: str
    after: str
    sure: float


def renamed(agreement: Agreement, again: Again, words: Lexicon) -> Agreement:
    """The agreement, its doubtful names read again; `text` says what was read first, `other` what then."""
    parties = tuple(_party(party, again, words) for party in agreement.parties)
    if parties == agreement.parties:
        return agreement
    slots = tuple(_signature(slot, agreement.parties, parties) for slot in agreement.signatures)
    return replace(agreement, parties=parties, signatures=slots)


def _signature(slot: Signature, before: Sequence[Party], after: Sequence[Party]) -> Signature:
    """A place to sign, with the name of its party as it reads now."""
    if slot.party is None:
        return slot
    old, new = before[slot.party].name, after[slot.party].name
    same = old is not None and new is not None and slot.name == old.data
    return replace(slot, name=str(new.data)) if same and new is not None else slot


def _party(party: Party, again: Again, words: Lexicon) -> Party:
    name = party.name
    if name is None or name.page is None or not _doubtful(name, words):
        return party
    others = [fact for field, fact in party.also if field == "name" and fact.data is not None]
    found = _again(name, others, again, words)
    return replace(party, name=found) if found != name else party


def _doubtful(name: Fact, words: Lexicon) -> bool:
    if name.origin != "ocr" or name.data is None or name.box is None or name.reason == "agreement":
        return False
    said = str(name.data)
    return (name.confidence < SURE and not _common(said, words)) or _strange(said, words)


def _common(name: str, words: Lexicon) -> bool:
    """Whether a name is made of nothing but known ones: a misreading rarely makes another name."""
    found = person(name, words=words)
    return found is not None and all(fold(word) in words.given.names for word in found.name.split())


def _strange(name: str, words: Lexicon) -> bool:
    """Whether a name begins with a short word and a dot that is no title: it may be a misread one."""
    first, *rest = name.split()
    short = LEAST <= len(fold(first)) <= SHORT and first.endswith(".")
    return short and bool(rest) and not _titled(fold(first), words)


def _titled(said: str, words: Lexicon) -> bool:
    return any(fold(title) == said for title in words.titles.front)


def _again(name: Fact, others: Sequence[Fact], again: Again, words: Lexicon) -> Fact:
    assert name.box is not None and name.page is not None  # noqa: S101, PT018 - asked before
    seen = list(_until_agreed(again.looks(name.page, name.box), str(name.data)))
    printed = str(name.data).split()
    parts = [_part(word, name, again.sheets[name.page]) for word in printed]
    ways: list[defaultdict[str, list[float]]] = [defaultdict(list) for _ in parts]
    for part, way in zip(parts, ways, strict=True):
        if part is not None:
            way[part.letters].append(part.sure)
    for read in (*_read(seen), *([(word, f.confidence) for word in str(f.data).split()] for f in others)):
        for at, there, letters in _beside(parts, [word for word, _ in read]):
            ways[at][letters].append(read[there][1])
    chosen = [_chosen(part, way, words) for part, way in zip(parts, ways, strict=True)]
    data = " ".join(new or old for new, old in zip(chosen, printed, strict=True))
    return _kept(name, data, seen)


def _until_agreed(looks: Iterable[Look], first: str) -> Iterator[Look]:
    """Looks, until two say what was read first: pictures of other sizes that read the same are enough."""
    agreed = 0
    for look in looks:
        if look.words:
            yield look
        agreed += fold(first) in fold(look.text)
        if agreed == ENOUGH:
            return


def _kept(name: Fact, data: str, seen: Sequence[Look]) -> Fact:
    """The name with what was decided; the other reading stays beside it, and an equal one makes it surer."""
    said = fold(str(name.data))  # a rank or a number may stand in the same cell
    other = next((look.text for look in seen if said not in fold(look.text)), None)
    if data != name.data:
        return replace(name, data=data, reason="look", other=other)
    if seen and other is None:
        return replace(name, reason="look", confidence=round((1 + name.confidence) / 2, 3))
    return replace(name, other=other)


def _read(seen: Iterable[Look]) -> Iterator[list[tuple[str, float]]]:
    for look in seen:
        yield [(word.text, word.confidence) for word in look.words]


def _part(word: str, name: Fact, sheet: Sheet) -> Part | None:
    """A word of the name; None for what has no letters of its own, as titles with dots inside."""
    found = WORD.match(word)
    if found is None or len(found[2]) < LEAST:
        return None
    sure = [w.confidence for w in sheet.layout.words if _of(name, w.box) and found[2] in w.text]
    return Part(found[1], found[2], found[3], min(sure, default=name.confidence))


def _of(name: Fact, box: Box) -> bool:
    return name.box is not None and name.box.holds(box)


def _beside(parts: Sequence[Part | None], read: Sequence[str]) -> Iterator[tuple[int, int, str]]:
    """For each word of the name the word of another reading in its place, and its letters."""
    first = [fold(part.letters) if part else "" for part in parts]
    found = [WORD.match(word) for word in read]
    second = [fold(match[2]) if match else "" for match in found]
    for _, a0, a1, b0, b1 in SequenceMatcher(None, first, second, autojunk=False).get_opcodes():
        if a1 - a0 != b1 - b0:
            continue
        for at, there in zip(range(a0, a1), range(b0, b1), strict=True):
            part, match = parts[at], found[there]
            if part is not None and match is not None and ratio(first[at], second[there]) >= ALIKE:
                yield at, there, match[2]


def _weight(sure: Sequence[float]) -> float:
    """What readings count for: they are of the same ink, so that more of them make little surer."""
    return -math.log(1 - min(SUREST, max(sure))) + ALSO * (len(sure) - 1)


def _chosen(part: Part | None, ways: Mapping[str, list[float]], words: Lexicon) -> str | None:
    """The word with the letters that count for most; None where the first reading stands."""
    if part is None:
        return None
    worth = {letters: _weight(sure) + _known(letters, words) for letters, sure in ways.items()}
    best = max(worth, key=lambda letters: worth[letters])
    if fold(best) == fold(part.letters) or worth[best] - worth[part.letters] < BETTER:
        return None
    cased = best.upper() if part.letters.isupper() else best
    return f"{part.before}{cased}{part.after}"


def _known(letters: str, words: Lexicon) -> float:
    """What a word counts for because names are made of it, or because it is a title; less where it is only
    near to one."""
    said = fold(letters)
    if said in words.given.names or _titled(said, words):
        return KNOWN
    near = extractOne(said, words.given.names, scorer=ratio, score_cutoff=CLOSE)
    return 0.0 if near is None or len(said) <= LEAST else KNOWN * (near[1] - CLOSE) / (100 - CLOSE)
