"""What others would do with the same queries: rapidfuzz WRatio, the number first and then WRatio, Splink."""

from __future__ import annotations

import csv
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from rapidfuzz import fuzz, process

from benchmarks.people.documents import Query
from pipeline.audit.rows import PartyRow, StaffRow
from pipeline.rules import Lexicon
from pipeline.values import person

ALIKE = 90.0  # of WRatio, per cent: the usual place to cut
SPLINK = Path(__file__).with_name("splink_peer.py")
CHANCE = 0.99


@dataclass(frozen=True, slots=True)
class Answers:
    """Whom each query is taken for, by id of the query, and the seconds of processor time it took."""

    found: dict[str, str]
    seconds: float


def wratio(queries: Sequence[Query], staff: Sequence[StaffRow]) -> Answers:
    """The name that WRatio likes best, titles and all, from 90 per cent on."""
    return _each(queries, _likest(staff))


def number_first(queries: Sequence[Query], staff: Sequence[StaffRow]) -> Answers:
    """The person with this number, else as WRatio says."""
    numbers, likest = {row.nip: row.id for row in staff}, _likest(staff)
    return _each(queries, lambda party: numbers.get(party.nip) or likest(party))


def _likest(staff: Sequence[StaffRow]) -> Callable[[PartyRow], str | None]:
    names = [_whole(row).casefold() for row in staff]

    def answer(party: PartyRow) -> str | None:
        hit = process.extractOne((party.name or "").casefold(), names, scorer=fuzz.WRatio, score_cutoff=ALIKE)
        return staff[hit[2]].id if hit else None

    return answer


def _whole(row: StaffRow) -> str:
    line = f"{row.front_titles} {row.name}" if row.front_titles else row.name
    return f"{line}, {row.back_titles}" if row.back_titles else line


def _each(queries: Iterable[Query], answer: Callable[[PartyRow], str | None]) -> Answers:
    started = time.process_time()
    found = {one.party.id: id_ for one in queries if (id_ := answer(one.party))}
    return Answers(found, time.process_time() - started)


# ---------------------------------------------------------------- Splink


def splink(queries: Sequence[Query], staff: Sequence[StaffRow], words: Lexicon, python: Path) -> Answers:
    """Splink with expectation maximisation, by an interpreter that has it. Raises CalledProcessError."""
    with tempfile.TemporaryDirectory(prefix="pakta-splink-") as place:
        paths = [Path(place) / name for name in ("registry.csv", "queries.csv", "answers.csv")]
        _table(paths[0], ((row.id, row.name, row.nip, row.position, row.unit) for row in staff), words)
        asked = [one.party for one in queries]
        _table(paths[1], ((one.id, one.name, one.nip, one.position, one.unit) for one in asked), words)
        said = [str(python), str(SPLINK), *map(str, paths), str(CHANCE)]
        ended = subprocess.run(said, check=True, capture_output=True, text=True)  # noqa: S603 - our own script
        with paths[2].open(encoding="utf-8", newline="") as file:
            found = dict(csv.reader(file))
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
