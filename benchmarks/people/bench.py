"""`python -m benchmarks.people.bench`: matching beside others, on words that nothing was learned from."""

from __future__ import annotations

import gc
import os
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
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
from pipeline.audit.rows import StaffRow
from pipeline.rules import Lexicon
from pipeline.run.settings import settings

Tell = Callable[[str], None]
Answering = Callable[[], peers.Answers]
PAGE, PICTURE = ROOT / "docs" / "matching.md", ROOT / "docs" / "matching-calibration.svg"
VALIDATION = 4_711  # where limits are chosen, ours in match.toml and those of the others
SEEDS = (82_001, 82_002, 82_003)  # where all are measured
SIZES, FEWEST = (20_000, 300_000), 60
WRONG = 0.001  # of all queries, at most
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


@dataclass(frozen=True, slots=True)
class Drawn:
    """A registry, and what documents print of its people and of others."""

    size: int
    staff: Sequence[StaffRow]
    queries: Sequence[Query]


@dataclass(frozen=True, slots=True)
class Asked:
    """How many queries, how many of them for WRatio at 20,000 people, and a Python that has Splink."""

    queries: int
    slow: int
    splink: Path | None

    def methods(self, drawn: Drawn, words: Lexicon) -> Iterator[tuple[str, Sequence[Query], Answering]]:
        """The others, each with the queries it gets: the slow ones the first of them."""
        few = drawn.queries[: max(FEWEST, self.slow * SIZES[0] // drawn.size)]
        yield "rapidfuzz WRatio", few, lambda: peers.wratio(few, drawn.staff)
        yield "exact NIP, then WRatio", few, lambda: peers.number_first(few, drawn.staff)
        python = self.splink
        if python is not None:
            every = drawn.queries
            yield "Splink 5 (EM)", every, lambda: peers.splink(every, drawn.staff, words, python)


def drawn(seed: int, size: int, number: int) -> Drawn:
    """A registry of so many people and so many queries. `seed` fixes them."""
    town = Town(NAMES.measuring, seed + size, size)
    staff = list(town.staff(size))
    return Drawn(size, staff, list(Printer(town, staff, seed + 2 * size).queries(number)))


def cuts(size: int, asked: Asked, tell: Tell) -> dict[str, float]:
    """From where on each of the others is believed, chosen on the seed of validation by the wrong links."""
    seen, rules = drawn(VALIDATION, size, asked.queries), rulebook.load(None)
    found = {}
    for name, queries, answer in asked.methods(seen, rules.words):
        answers = answer()
        found[name] = peers.cut(answers, queries, WRONG)
        told = _line(size, name, queries, answers.from_(found[name]), answers.seconds)
        tell(f"{told} from {found[name]:.2f}")
    return found


def measured(
    seed: int, size: int, asked: Asked, limits: Mapping[str, float], tell: Tell
) -> tuple[list[Line], Built, list[tuple[float, bool]]]:
    """Ours and, where they have `limits`, the others on one registry."""
    here, rules = drawn(seed, size, asked.queries), rulebook.load(None)
    gc.collect()
    gc.freeze()  # what earlier registries have left is not looked through again and again beside this one
    before, started = _memory(), time.process_time()
    ready = index(here.staff, rules.words, settings(rules, None).bands)
    for words in (ready.vocabulary, ready.places):
        words.alike("selamanya")  # what is worked out when it is first asked for
    built = Built(size, time.process_time() - started, (_memory() - before) / MEGA)
    tell(f"{size}: index {built.seconds:.1f} s, {built.memory:.0f} MiB")
    lines = [_ours(size, here.queries, ready)]
    tell(str(lines[-1]))
    for name, queries, answer in asked.methods(here, rules.words) if limits else ():
        answers = answer()
        lines.append(_line(size, name, queries, answers.from_(limits[name]), answers.seconds))
        tell(str(lines[-1]))
    return lines, built, list(_answers(here.queries, ready))


def _ours(size: int, queries: Sequence[Query], ready: StaffIndex) -> Line:
    started = time.process_time()
    rows = {row.party_id: row for row in match((one.party for one in queries), ready)}
    seconds = time.process_time() - started
    found = {id_: str(row.staff_id) for id_, row in rows.items() if row.verdict == "match"}
    left = sum(row.verdict == "possible" for row in rows.values())
    return replace(_line(size, "pakta", queries, found, seconds), review=left / len(queries))


def _line(size: int, method: str, queries: Sequence[Query], found: Mapping[str, str], seconds: float) -> Line:
    known = [one for one in queries if one.truth is not None]
    right = sum(found.get(one.party.id) == one.truth for one in known)
    wrong = sum(found.get(one.party.id, one.truth) != one.truth for one in queries)
    share = wrong / len(queries)
    return Line(size, method, len(queries), right / len(known), share, 0.0, len(queries) / seconds)


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

    def tell(line: str) -> None:
        click.echo(line, err=True)

    asked, lines, built = Asked(queries, slow, splink), list[Line](), list[Built]()
    answers = list[tuple[float, bool]]()
    limits = cuts(min(sizes), asked, tell)
    for size in sizes:
        for seed in SEEDS if size == min(sizes) else SEEDS[:1]:
            first = seed == SEEDS[0]
            found, cost, said = measured(seed, size, asked, limits if first else {}, tell)
            lines += found if first else [replace(one, method=f"pakta, {seed}") for one in found]
            built += [cost] if first else []
            answers += said
    text = Path(__file__).with_suffix(".md").read_text(encoding="utf-8")
    PAGE.write_text(page(lines, built, date.today(), text), encoding="utf-8")
    PICTURE.write_text(plot(points(answers)), encoding="utf-8")
    click.echo(PAGE.read_text(encoding="utf-8"))


if __name__ == "__main__":
    main()
