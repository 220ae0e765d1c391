"""What others would do with the same queries: rapidfuzz WRatio, the number first and then WRatio, Splink."""

from __future__ import annotations

import csv
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from rapidfuzz import fuzz, process

from benchmarks.people.documents import Query
from pipeline.audit.rows import PartyRow, StaffRow
from pipeline.rules import Lexicon
from pipeline.values import person

NUMBER = 101.0  # how sure the number makes it: more than any name
SPLINK = Path(__file__).with_name("splink_peer.py")


@dataclass(frozen=True, slots=True)
class Answers:
    """Whom each query is taken for and how surely, by id of the query; the seconds of processor time."""

    found: Mapping[str, tuple[str, float]]
    seconds: float

    def from_(self, cut: float) -> dict[str, str]:
        """Whom each query is taken for, if at least so surely."""
        return {query: id_ for query, (id_, sure) in self.found.items() if sure >= cut}


def cut(answers: Answers, queries: Sequence[Query], budget: float) -> float:
    """From where on to believe them, so that as many as can be are right and at most `budget` wrong.

    Where even the surest are wrong too often, only the surest are believed.
    """
    truth = {one.party.id: one.truth for one in queries}
    wrong = sorted(
        (sure for query, (id_, sure) in answers.found.items() if truth[query] != id_), reverse=True
    )
    allowed = int(budget * len(queries))
    above = wrong[allowed] if len(wrong) > allowed else 0.0
    surest = max((sure for _, sure in answers.found.values()), default=0.0)
    return min((sure for _, sure in answers.found.values() if sure > above), default=surest)


def wratio(queries: Sequence[Query], staff: Sequence[StaffRow]) -> Answers:
    """The name that WRatio likes best, titles and all; nobody where it likes two alike."""
    return _each(queries, _likest(staff))


def number_first(queries: Sequence[Query], staff: Sequence[StaffRow]) -> Answers:
    """The person with this number, else as WRatio says."""
    numbers, likest = {row.nip: row.id for row in staff}, _likest(staff)

    def answer(party: PartyRow) -> tuple[str, float] | None:
        numbered = numbers.get(party.nip) if party.nip else None
        return (numbered, NUMBER) if numbered else likest(party)

    return _each(queries, answer)


def _likest(staff: Sequence[StaffRow]) -> Callable[[PartyRow], tuple[str, float] | None]:
    names = [_whole(row).casefold() for row in staff]

    def answer(party: PartyRow) -> tuple[str, float] | None:
        hits = process.extract((party.name or "").casefold(), names, scorer=fuzz.WRatio, limit=2)
        alone = hits and (len(hits) == 1 or hits[1][1] < hits[0][1])
        return (staff[hits[0][2]].id, hits[0][1]) if alone else None

    return answer


def _whole(row: StaffRow) -> str:
    line = f"{row.front_titles} {row.name}" if row.front_titles else row.name
    return f"{line}, {row.back_titles}" if row.back_titles else line


def _each(queries: Iterable[Query], answer: Callable[[PartyRow], tuple[str, float] | None]) -> Answers:
    started = time.process_time()
    found = {one.party.id: hit for one in queries if (hit := answer(one.party))}
    return Answers(found, time.process_time() - started)


# ---------------------------------------------------------------- Splink


def splink(queries: Sequence[Query], staff: Sequence[StaffRow], words: Lexicon, python: Path) -> Answers:
    """Splink with expectation maximisation, by an interpreter that has it. Raises CalledProcessError."""
    with tempfile.TemporaryDirectory(prefix="pakta-splink-") as place:
        paths = [Path(place) / name for name in ("registry.csv", "queries.csv", "answers.csv")]
        _table(paths[0], ((row.id, row.name, row.nip, row.position, row.unit) for row in staff), words)
        asked = [one.party for one in queries]
        _table(paths[1], ((one.id, one.name, one.nip, one.position, one.unit) for one in asked), words)
        said = [str(python), str(SPLINK), *map(str, paths)]
        ended = subprocess.run(said, check=True, capture_output=True, text=True)  # noqa: S603 - our own script
        with paths[2].open(encoding="utf-8", newline="") as file:
            found = {query: (id_, float(sure)) for query, id_, sure in csv.reader(file)}
        return Answers(found, float(ended.stdout.strip().splitlines()[-1]))


def _table(path: Path, rows: Iterable[tuple[str | None, ...]], words: Lexicon) -> None:
    """Names taken apart as ours does, so that Splink does not lose by titles."""
    with path.open("w", encoding="utf-8", newline="") as file:
        out = csv.writer(file)
        out.writerow(("id", "name", "first", "last", "nip", "birth", "since", "serial", "position", "unit"))
        for id_, name, nip, position, unit in rows:
            named = person(name or "", words=words)
            key = named.key if named else ""
            first, _, last = key.partition(" ")
            cut = (nip[:8], nip[8:14], nip[14:]) if nip else (None, None, None)
            out.writerow((id_, key, first, last or first, nip, *cut, position, unit))
