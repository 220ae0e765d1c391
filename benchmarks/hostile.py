"""Hostile files beside innocent ones: what each takes, what all take together, and who is lost.

python -m benchmarks.hostile CORPUS [--innocent DIR] [--ocr]    1 where a promise is not kept

CORPUS is what make_hostile.py makes (docs/trust.md), any folder of files in fact; a list beside it,
CORPUS.csv or hostile.csv, says which of them must be read. The innocent ones, the samples, stand among them.
"""

from __future__ import annotations

import csv
import json
import shutil
import sqlite3
import sys
import tempfile
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import click

from benchmarks.measure import ROOT, Cost, cost, python
from benchmarks.parts import DONE
from benchmarks.peers.told_ingest import Spent
from pipeline.isolate.task import LIMITS, MIB
from pipeline.reading.paths import encoded

INNOCENT = ROOT / "samples" / "documents"
TOLD = "benchmarks.peers.told_ingest"
TREE = 2048 * MIB  # bytes that all processes may hold without OCR, two documents at a time
WITH_OCR = 4096 * MIB  # and with it: two engines more, each with the largest picture it is sent
GRACE = 2.0  # seconds of processor time: the system ends a process at the next whole second
ENDED = "SELECT path, status, reason FROM files"
EMPTY = """
    SELECT f.path FROM files f WHERE f.status = 'loaded' AND NOT EXISTS (
        SELECT 1 FROM pages p WHERE p.sha256 = f.sha256 AND (p.text <> '' OR p.blank OR p.problem IS NOT NULL)
    )
"""


@dataclass(frozen=True, slots=True)
class Ran:
    """One run: what it cost, what each document took, what became of each path, which are silently empty."""

    cost: Cost
    spent: list[Spent]
    ended: dict[str, tuple[str, str | None]]
    empty: list[str]


def laid(corpus: Path, innocent: Path, into: Path) -> Path:
    """A folder with the hostile files and, between them, the innocent ones."""
    shutil.copytree(corpus, into / "hostile", symlinks=True)
    shutil.copytree(innocent, into / "innocent")
    shutil.copytree(innocent, into / "zz")  # behind them all: the same once more
    return into


def ran(folder: Path, db: Path, *, ocr: bool) -> Ran:
    """Ingest the folder, two documents at a time. Raises RuntimeError where the run does not end well."""
    told = db.with_suffix(".json")
    order = ["ingest", str(folder), "--db", str(db), "--jobs", "2", *([] if ocr else ["--no-ocr"])]
    taken = cost([*python("-m", TOLD, str(told)), *order], done=DONE)
    spent = [Spent(**one) for one in json.loads(told.read_text(encoding="utf-8"))]
    with closing(sqlite3.connect(db)) as connection:
        ended = {path: (status, reason) for path, status, reason in connection.execute(ENDED)}
        return Ran(taken, spent, ended, [row[0] for row in connection.execute(EMPTY)])


def alone(innocent: Path, db: Path) -> dict[str, tuple[str, str | None]]:
    """What becomes of the innocents when nobody hostile is near, without OCR, by path."""
    cost([*python("-m", TOLD, "/dev/null"), "ingest", str(innocent), "--db", str(db), "--no-ocr"], done=DONE)
    with closing(sqlite3.connect(db)) as connection:
        return {path: (status, reason) for path, status, reason in connection.execute(ENDED)}


def verdicts(
    found: Ran, known: dict[str, tuple[str, str | None]], wanted: set[str], *, ocr: bool
) -> Iterator[tuple[str, bool]]:
    """Each promise in words with what was measured, and whether it is kept."""
    yield f"the batch came to its end: {len(found.ended)} entries, each with its status", True
    late = [one for one in found.spent if one.cpu > one.allowed + GRACE]
    most = max(found.spent, key=lambda one: one.cpu / one.allowed)
    yield (
        f"processor time: {len(late)} of {len(found.spent)} over their allowance; nearest {_cpu(most)}",
        not late,
    )
    large = [one for one in found.spent if one.memory > LIMITS.memory]
    peak = max(found.spent, key=lambda one: one.memory)
    yield f"memory: {len(large)} over {LIMITS.memory // MIB} MiB; most {_memory(peak)}", not large
    bound = WITH_OCR if ocr else TREE
    tree = found.cost.together
    yield f"all processes together: {tree // MIB} MiB at most (wanted {bound // MIB})", tree <= bound
    lost = [name for name, (status, _) in known.items() if status == "loaded" and not _kept(found, name)]
    yield f"innocents lost: {len(lost)} of {len(known)} {lost[:3]}", not lost
    unread = [name for name in wanted if not _kept(found, name, "hostile/")]
    yield (
        f"hostile files that must be read and were not: {len(unread)} of {len(wanted)} {unread[:3]}",
        not unread,
    )
    yield f"silently empty: {len(found.empty)} {found.empty[:3]}", not found.empty


def _kept(found: Ran, name: str, folder: str = "innocent/") -> bool:
    return found.ended.get(f"{folder}{name}", ("", None))[0] in {"loaded", "duplicate"}


def _cpu(one: Spent) -> str:
    return f"{one.cpu:.1f} of {one.allowed:.0f} s, {one.name}"


def _memory(one: Spent) -> str:
    return f"{one.memory // MIB} MiB, {one.name}"


def readable(corpus: Path) -> set[str]:
    """The files of a corpus that its list says must be read; none where there is no list."""
    lists = (corpus.with_suffix(".csv"), corpus.parent / "hostile.csv")
    for path in filter(Path.exists, lists):
        with path.open(encoding="utf-8", newline="") as file:
            names = {row["file"] for row in csv.DictReader(file) if row["expect"] == "ok"}
            return {encoded(name) for name in names if (corpus / name).exists()}
    return set()


@click.command()
@click.argument("corpus", type=click.Path(path_type=Path, exists=True))
@click.option("--innocent", type=click.Path(path_type=Path, exists=True), default=INNOCENT)
@click.option("--ocr", is_flag=True, help="Read scans too: dearer, and larger.")
def main(corpus: Path, innocent: Path, ocr: bool) -> None:
    """Run, measure, and say which promise is kept."""
    with tempfile.TemporaryDirectory(prefix="pakta-bench-") as fresh:
        place = Path(fresh)
        known = alone(innocent, place / "alone.db")
        found = ran(laid(corpus, innocent, place / "in"), place / "hostile.db", ocr=ocr)
        kept = True
        for sentence, good in verdicts(found, known, readable(corpus), ocr=ocr):
            click.echo(f"{'met    ' if good else 'NOT MET'} {sentence}")
            kept = kept and good
        for one in sorted(found.spent, key=lambda one: -one.cpu)[:5]:
            click.echo(f"  {one.cpu:5.1f} s {one.memory // MIB:5} MiB  {one.name}")
    sys.exit(not kept)


if __name__ == "__main__":
    main()
