"""Which person of the registry a party is: candidates by number and name, judged by match.toml."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, get_args

from rapidfuzz import fuzz, process
from rapidfuzz.distance import OSA

from pipeline.audit.positions import definite, tokens
from pipeline.audit.rows import MatchRow, PartyRow, StaffRow
from pipeline.rules import Lexicon, Strict
from pipeline.values import person
from pipeline.values.names import Gap, gap

Digits = Literal["same", "near", "none", "other"]
NUMBERS = get_args(Digits)  # the better first
NAMES = get_args(Gap)
THIRDS = (8, 14)  # birth, appointment, the rest: where a NIP of 18 digits is cut


class Band(Strict, frozen=True):
    """What a candidate must agree in, and what is made of it."""

    nip: tuple[Digits, ...]
    name: tuple[Gap, ...]
    verdict: Literal["match", "possible"]
    score: float
    place: float = 0.0


class Bands(Strict, frozen=True):
    """The file match.toml."""

    band: tuple[Band, ...]
    letters_per_slip: int
    letters_per_doubt: int
    near_digits: int
    misread: float
    margin: float
    candidates: int
    common: int
    few: int
    whole: float
    expand: dict[str, str]
    reasons: dict[str, str]


@dataclass(frozen=True, slots=True)
class Known:
    """A person of the registry, ready for comparing."""

    row: StaffRow
    key: str
    position: tuple[str, ...]  # its words
    unit: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class StaffIndex:
    """The registry, looked up by number, by parts of the number and by words of the name."""

    people: tuple[Known, ...]
    numbers: Mapping[str, int]
    parts: Mapping[tuple[str, ...], tuple[int, ...]]
    names: Mapping[str, tuple[int, ...]]
    rare: Mapping[str, float]  # weight of a word in positions and units
    holders: Counter[tuple[str, ...]]  # how many hold a position
    words: Lexicon
    bands: Bands


@dataclass(frozen=True, slots=True)
class Judged:
    """A candidate and what speaks for it."""

    known: Known
    band: Band
    nip: Digits
    name: Gap
    place: float


def index(staff: Iterable[StaffRow], words: Lexicon, bands: Bands) -> StaffIndex:
    """The registry ready for `match`. Building reads every name once."""
    people = tuple(_known(row, words, bands) for row in staff)
    parts, names = defaultdict[tuple[str, ...], list[int]](list), defaultdict[str, list[int]](list)
    for at, known in enumerate(people):
        for part in _parts(known.row.nip or ""):
            parts[part].append(at)
        for word in set(known.key.split()):
            names[word].append(at)
    return StaffIndex(
        people=people,
        numbers={known.row.nip: at for at, known in enumerate(people) if known.row.nip},
        parts={part: tuple(found) for part, found in parts.items()},
        names={word: tuple(found) for word, found in names.items()},
        rare=_weights(people),
        holders=Counter(known.position for known in people),
        words=words,
        bands=bands,
    )


def match(parties: Iterable[PartyRow], staff: StaffIndex) -> Iterator[MatchRow]:
    """A row for each party with a readable name: whom it is taken for, how surely, and why, in Indonesian."""
    for party in parties:
        named = person(party.name or "", words=staff.words)
        if named is not None:
            yield _answer(party, named.key, staff)


def _answer(party: PartyRow, key: str, staff: StaffIndex) -> MatchRow:
    judged = sorted(
        _judged(party, key, staff), key=lambda one: (-one.band.score, -one.place, one.known.row.id)
    )
    if not judged:
        return MatchRow(party.id, None, 0.0, "none", _nobody(party, staff))
    best, rivals = judged[0], _rivals(judged, staff.bands)
    verdict = "possible" if rivals else best.band.verdict
    score = min(best.band.score, 1 / (1 + rivals))
    return MatchRow(
        party.id, best.known.row.id, score, verdict, "; ".join(_reasons(party, best, rivals, staff))
    )


def _rivals(judged: Sequence[Judged], bands: Bands) -> int:
    """How many others fit as well as the best: namesakes whom nothing printed tells apart."""
    best = judged[0]
    if best.nip == "same":
        return 0
    return sum(
        NUMBERS.index(other.nip) <= NUMBERS.index(best.nip)
        and NAMES.index(other.name) <= NAMES.index(best.name)
        and other.place > best.place - bands.margin
        for other in judged[1:]
    )


# ---------------------------------------------------------------- the registry, prepared


def _known(row: StaffRow, words: Lexicon, bands: Bands) -> Known:
    named = person(row.name, words=words)
    return Known(
        row=row,
        key=named.key if named else "",
        position=_words(row.position, words, bands),
        unit=_words(row.unit, words, bands),
    )


def _words(raw: str | None, words: Lexicon, bands: Bands) -> tuple[str, ...]:
    return tokens(definite(raw or "", words), bands.expand, words.government.region)


def _parts(nip: str) -> Iterator[tuple[str, ...]]:
    """Two of three parts of a number, cut from the left and from the right: one of them outlives a slip."""
    one, two = THIRDS
    for cut in {one, len(nip) - (18 - one)} if nip else ():
        first, middle, last = nip[:cut], nip[cut : cut + two - one], nip[cut + two - one :]
        yield ("12", first, middle)
        yield ("13", first, last)
        yield ("23", middle, last)


def _weights(people: Sequence[Known]) -> dict[str, float]:
    count = Counter(word for known in people for word in {*known.position, *known.unit})
    return {word: math.log(1 + len(people) / number) for word, number in count.items()}


# ---------------------------------------------------------------- candidates


def _judged(party: PartyRow, key: str, staff: StaffIndex) -> Iterator[Judged]:
    printed = _words(party.position, staff.words, staff.bands)
    around = (*printed, *_words(party.unit, staff.words, staff.bands))
    for at in _candidates(party.nip or "", key, staff):
        known = staff.people[at]
        digits, name = _digits(party.nip, known.row.nip, staff.bands), differ(key, known.key, staff.bands)
        fits = [band for band in staff.bands.band if digits in band.nip and name in band.name]
        place = _place(printed, around, known, staff) if fits else 0.0
        band = next((band for band in fits if place >= band.place), None)
        if band is not None:
            yield Judged(known, band, digits, name, place)


def _candidates(nip: str, key: str, staff: StaffIndex) -> set[int]:
    """People whose number agrees in two parts, and those whose names share the rarest words, also misread."""
    found = {at for part in _parts(nip) for at in staff.parts.get(part, ())}
    if nip in staff.numbers:
        found.add(staff.numbers[nip])
    return found | _namesakes(key, staff)


def _namesakes(key: str, staff: StaffIndex) -> set[int]:
    posted = sorted((set(_posted(word, staff)) for word in key.split()), key=len)
    posted = [people for people in posted if people]
    if not posted:
        return set()
    shared = Counter(at for people in posted for at in people if len(people) <= staff.bands.common)
    if len(posted[0]) > staff.bands.common:
        shared = Counter(set.intersection(*posted))
    return {at for at, _ in shared.most_common(staff.bands.candidates)}


def _posted(word: str, staff: StaffIndex) -> Iterator[int]:
    """People with this word in their name, or with one it may be misread from."""
    yield from staff.names.get(word, ())
    alike = process.extract(
        word, staff.names.keys(), scorer=fuzz.ratio, score_cutoff=staff.bands.misread, limit=5
    )
    for other, _, _ in alike:
        if other != word:
            yield from staff.names[other]


# ---------------------------------------------------------------- comparing


def _digits(printed: str | None, known: str | None, bands: Bands) -> Digits:
    if not printed or not known:
        return "none"
    if printed == known:
        return "same"
    near = OSA.distance(printed, known, score_cutoff=bands.near_digits) <= bands.near_digits
    return "near" if near else "other"


def differ(one: str, other: str, bands: Bands) -> Gap:
    """How the keys of two names differ, with the limits of match.toml."""
    return gap(one, other, letters_per_slip=bands.letters_per_slip, letters_per_doubt=bands.letters_per_doubt)


def _place(printed: Sequence[str], around: Sequence[str], known: Known, staff: StaffIndex) -> float:
    """How much of position and unit agrees, 0 to 1: the known share of the printed and the reverse, averaged.

    The position alone bounds it, so that two posts in one unit are told apart; one that few hold is enough.
    Words that no position of the registry has (the name of the city) do not count.
    """
    said = [word for word in printed if word in staff.rare]
    if not said or not known.position:
        return 0.0
    core = [word for word in known.position if word not in known.unit] or known.position
    others = [word for word in said if word not in known.unit] or said
    post = (_share(core, printed, staff) + _share(others, known.position, staff)) / 2
    if (
        staff.holders[known.position] <= staff.bands.few
        and _share(known.position, printed, staff) >= staff.bands.whole
    ):
        return post
    whole = (*known.position, *known.unit)
    return min(post, (_share(whole, around, staff) + _share(said, whole, staff)) / 2)


def _share(words: Sequence[str], among: Sequence[str], staff: StaffIndex) -> float:
    total = sum(staff.rare.get(word, 0.0) for word in words)
    stands = set(among)
    held = sum(
        staff.rare.get(word, 0.0) for word in words if word in stands or _misread(word, among, staff.bands)
    )
    return held / total if total else 0.0


def _misread(word: str, among: Sequence[str], bands: Bands) -> bool:
    return process.extractOne(word, among, scorer=fuzz.ratio, score_cutoff=bands.misread) is not None


# ---------------------------------------------------------------- why


def _reasons(party: PartyRow, best: Judged, rivals: int, staff: StaffIndex) -> Iterator[str]:
    says = staff.bands.reasons
    if best.nip == "near":
        wrong = OSA.distance(party.nip or "", best.known.row.nip or "")
        yield says["nip_near"].format(count=wrong)
    elif best.nip == "other":
        yield _whose(party.nip or "", staff)
    else:
        yield says[f"nip_{best.nip}"]
    yield says[f"name_{best.name}"]
    yield says["place_unknown"] if not party.position else says[f"place_{_agrees(best.place)}"]
    if rivals:
        yield says["rivals"].format(count=rivals)


def _agrees(place: float) -> str:
    """In a word: most of it, some of it, next to nothing."""
    return "same" if place >= 0.8 else "part" if place >= 0.4 else "none"  # noqa: PLR2004 - words for a reader, no decision


def _whose(nip: str, staff: StaffIndex) -> str:
    says = staff.bands.reasons
    at = staff.numbers.get(nip)
    return says["nip_unknown"] if at is None else says["nip_owner"].format(other=staff.people[at].row.name)


def _nobody(party: PartyRow, staff: StaffIndex) -> str:
    nobody = staff.bands.reasons["nobody"]
    return f"{nobody}; {_whose(party.nip, staff)}" if party.nip else nobody
