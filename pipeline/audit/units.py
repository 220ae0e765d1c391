"""Which unit of the registry a printed unit is: written out, without the region, also misread, and why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from rapidfuzz import fuzz, process

from pipeline.audit.rows import UnitLinkRow, UnitRow
from pipeline.audit.spelling import Spelling
from pipeline.rules import Strict
from pipeline.values import folded

SHORTLIST = 8  # units that are looked at word by word


class UnitBands(Strict, frozen=True):
    """The file units.toml: what a name must agree in, and the reasons in words."""

    misread: float
    match: float
    possible: float
    margin: float
    reasons: dict[str, str]


@dataclass(frozen=True, slots=True)
class PrintedUnit:
    """An agreement with the unit printed on it, and the units of the people who promise in it."""

    agreement_id: str
    printed: str | None
    people: tuple[str, ...] = ()  # ids of units
    region: bool = False  # what is printed is the government as a whole


@dataclass(frozen=True, slots=True)
class UnitIndex:
    """The units of a registry by their names written out."""

    names: Mapping[str, str]  # folded name, id
    words: Mapping[str, tuple[str, ...]]  # id, words
    joined: Mapping[str, str]  # id, the words in one
    parents: Mapping[str, str | None]
    spelling: Spelling
    bands: UnitBands


@dataclass(frozen=True, slots=True)
class Found:
    """A unit and how surely it is meant."""

    unit_id: str | None
    score: float
    reason: str


def unit_index(units: Iterable[UnitRow], spelling: Spelling, bands: UnitBands) -> UnitIndex:
    """The units ready to be looked up."""
    rows = tuple(units)
    words = {row.id: spelling.of(row.name) for row in rows}
    return UnitIndex(
        names={folded(row.name): row.id for row in rows},
        words=words,
        joined={id_: " ".join(said) for id_, said in words.items()},
        parents={row.id: row.parent_id for row in rows},
        spelling=spelling,
        bands=bands,
    )


def linked(agreements: Iterable[PrintedUnit], index: UnitIndex) -> Iterator[UnitLinkRow]:
    """A row for each agreement that names a unit, or whose people tell one; two alike are `possible`."""
    seen: dict[str, Found] = {}
    for one in agreements:
        printed = (one.printed or "").strip()
        found = seen.setdefault(printed, _found(printed, index)) if printed else Found(None, 0.0, "none")
        best = _with_people(found, one, index)
        if printed or best.unit_id:
            yield _link(one.agreement_id, printed or None, best, index.bands)


def _link(agreement_id: str, printed: str | None, found: Found, bands: UnitBands) -> UnitLinkRow:
    if found.unit_id is None or found.score < bands.possible:
        return UnitLinkRow(agreement_id, printed, None, 0.0, "none", bands.reasons["none"])
    verdict = "match" if found.score >= bands.match else "possible"
    return UnitLinkRow(
        agreement_id, printed, found.unit_id, found.score, verdict, bands.reasons[found.reason]
    )


def _with_people(found: Found, one: PrintedUnit, index: UnitIndex) -> Found:
    """What is printed, or where the promisers work: a unit inside the printed one is more exact."""
    units = Counter(one.people)
    if len(units) != 1:
        return found
    (unit,) = units
    if found.unit_id == unit:
        return Found(unit, 1.0, found.reason)
    if found.score < index.bands.match or one.region:
        return Found(unit, 0.9, "people")
    return Found(unit, 0.95, "inside") if index.parents.get(unit) == found.unit_id else found


# ---------------------------------------------------------------- by name


def _found(printed: str, index: UnitIndex) -> Found:
    exact = index.names.get(folded(printed))
    if exact:
        return Found(exact, 1.0, "same")
    said = index.spelling.of(printed)
    judged = sorted(_judged(said, index), key=lambda one: -one.score)
    if not judged:
        return Found(None, 0.0, "none")
    best = judged[0]
    rival = judged[1].score if len(judged) > 1 else 0.0
    if best.score - rival < index.bands.margin:
        return Found(best.unit_id, min(best.score, index.bands.possible), "rivals")
    return best


def _judged(said: tuple[str, ...], index: UnitIndex) -> Iterator[Found]:
    if not said:
        return
    text = " ".join(said)
    near = process.extract(text, index.joined, scorer=fuzz.token_sort_ratio, limit=SHORTLIST)
    part = process.extract(text, index.joined, scorer=fuzz.token_set_ratio, limit=SHORTLIST)
    for unit_id in {one[2] for one in (*near, *part)}:
        yield _score(said, unit_id, index)


def _score(said: tuple[str, ...], unit_id: str, index: UnitIndex) -> Found:
    """How much of either name stands in the other; words misread count a little less than the same ones."""
    name = index.words[unit_id]
    if said == name:
        return Found(unit_id, 1.0, "expanded")
    there, here = _held(name, said, index.bands), _held(said, name, index.bands)
    score = (there + here) / 2 if there and here else 0.0
    reason = "misread" if len(said) == len(name) else "partly"
    return Found(unit_id, score, reason)


def _held(words: tuple[str, ...], among: tuple[str, ...], bands: UnitBands) -> float:
    if not words:
        return 0.0
    total = 0.0
    for word in words:
        best = process.extractOne(word, among, scorer=fuzz.ratio, score_cutoff=bands.misread)
        total += best[1] / 100 if best else 0.0
    return total / len(words)
