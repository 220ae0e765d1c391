"""`python -m benchmarks.people.bench`: matching beside others, on words that nothing was learned from."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import click

from benchmarks.measure import ROOT
from benchmarks.people import peers
from benchmarks.people.calibration import plot, points
from benchmarks.people.documents import Printer, Query
from benchmarks.people.names import NAMES
from benchmarks.people.registry import Town
from pipeline import rules as rulebook
from pipeline.audit.match import StaffIndex, index, match
from pipeline.audit.match.judged import judged
from pipeline.audit.match.printed import printed
from pipeline.audit.rows import MatchRow
from pipeline.run.settings import settings

PAGE, PICTURE = ROOT / "docs" / "matching.md", ROOT / "docs" / "matching-calibration.svg"
SEED = 4_711
SIZES, FEWEST = (20_000, 300_000), 30
MEGA = 2**20


@dataclass(frozen=True, slots=True)
class Line:
    """How a method did: shares of the queries, and queries a second of processor time."""

    size: int
    method: str
    queries: int
    recall: float  # of the people who are in the registry, those linked to themselves
    wrong: float  # of all queries, those linked to somebody else
    review: float  # of all queries, those left to a person
    speed: float


@dataclass(frozen=True, slots=True)
class Built:
    """What the index of a registry costs: seconds of processor time, and MiB."""

    size: int
    seconds: float
    memory: float


def measured(
    size: int, number: int, slow: int, python: Path | None, tell: Callable[[str], None]
) -> tuple[list[Line], Built, list[tuple[float, bool]]]:
    """All methods on one registry. The slow ones (WRatio) get the first queries: `slow` of 20,000 people."""
    town = Town(NAMES.measuring, SEED + size, size)
    staff = list(town.staff(size))
    queries = list(Printer(town, staff, SEED + 2 * size).queries(number))
    rules = rulebook.load(None)
    before, started = _memory(), time.process_time()
    ready = index(staff, rules.words, settings(rules, None).bands)
    built = Built(size, time.process_time() - started, (_memory() - before) / MEGA)
    tell(f"{size}: index {built.seconds:.1f} s, {built.memory:.0f} MiB")
    lines = [_ours(size, queries, ready)]
    tell(str(lines[-1]))
    few = queries[: max(FEWEST, slow * SIZES[0] // size)]
    for name, answer in (("rapidfuzz WRatio", peers.wratio), ("exact NIP, then WRatio", peers.number_first)):
        lines.append(_theirs(size, name, few, answer(few, staff)))
        tell(str(lines[-1]))
    if python is not None:
        lines.append(
            _theirs(size, "Splink 5 (EM)", queries, peers.splink(queries, staff, rules.words, python))
        )
        tell(str(lines[-1]))
    return lines, built, list(_answers(queries, ready))


def _ours(size: int, queries: Sequence[Query], ready: StaffIndex) -> Line:
    started = time.process_time()
    rows = {row.party_id: row for row in match((one.party for one in queries), ready)}
    seconds = time.process_time() - started
    found = {id_: str(row.staff_id) for id_, row in rows.items() if row.verdict == "match"}
    review = sum(_left(row) for row in rows.values()) / len(queries)
    return _line(size, "pakta", queries, peers.Answers(found, seconds), review)


def _left(row: MatchRow) -> bool:
    return row.verdict == "possible"


def _theirs(size: int, method: str, queries: Sequence[Query], answers: peers.Answers) -> Line:
    return _line(size, method, queries, answers, 0.0)


def _line(size: int, method: str, queries: Sequence[Query], answers: peers.Answers, review: float) -> Line:
    known = [one for one in queries if one.truth is not None]
    right = sum(answers.found.get(one.party.id) == one.truth for one in known)
    wrong = sum(answers.found.get(one.party.id, one.truth) != one.truth for one in queries)
    share = wrong / len(queries)
    return Line(size, method, len(queries), right / len(known), share, review, len(queries) / answers.seconds)


def _answers(queries: Sequence[Query], ready: StaffIndex) -> Iterator[tuple[float, bool]]:
    """Every candidate worth naming, with its chance, and whether it is the one."""
    for query in queries:
        one = printed(query.party, ready)
        for candidate in judged(one, ready) if one else ():
            yield candidate.chance, candidate.known.row.id == query.truth


def _memory() -> int:
    """Bytes of memory that this process holds now."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE")


def page(lines: Sequence[Line], built: Sequence[Built], day: date, text: str) -> str:
    """The page of results: `text` with its tables filled in."""
    rows = "\n".join(
        f"| {one.size:,} | {one.method} | {one.queries:,} | {one.recall:.3f} | {100 * one.wrong:.2f} % "
        f"| {100 * one.review:.1f} % | {one.speed:,.0f} |"
        for one in lines
    )
    costs = "\n".join(f"| {one.size:,} | {one.seconds:.1f} s | {one.memory:.0f} MiB |" for one in built)
    return text.format(day=day.isoformat(), rows=rows, costs=costs)


@click.command()
@click.option("--size", "sizes", type=int, multiple=True, default=SIZES, help="People.")
@click.option("--queries", default=5_000, show_default=True, help="Printed people to look for.")
@click.option("--slow", default=500, show_default=True, help="Of them, for WRatio, at 20,000 people.")
@click.option("--splink", type=click.Path(path_type=Path), help="A Python that has splink installed.")
def main(sizes: Sequence[int], queries: int, slow: int, splink: Path | None) -> None:
    """Measure, and write docs/matching.md and the calibration plot."""
    lines, built, answers = [], [], list[tuple[float, bool]]()
    for size in sizes:
        found, cost, said = measured(size, queries, slow, splink, lambda line: click.echo(line, err=True))
        lines += found
        built.append(cost)
        answers += said
    text = Path(__file__).with_suffix(".md").read_text(encoding="utf-8")
    PAGE.write_text(page(lines, built, date.today(), text), encoding="utf-8")
    PICTURE.write_text(plot(points(answers)), encoding="utf-8")
    click.echo(PAGE.read_text(encoding="utf-8"))


if __name__ == "__main__":
    main()
