"""The same folder again: what a second run costs and changes, and whether jobs or order change what is kept.

python -m benchmarks.again [--folder DIR] [--no-ocr] [--cache DIR]    1 where a promise is not kept
"""

from __future__ import annotations

import os
import shutil
import sqlite3
import sys
import tempfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import click

from benchmarks.measure import ROOT, Cost, cost
from benchmarks.parts import DONE, PAKTA

FOLDER = ROOT / "samples" / "documents"
JOBS = (1, 2, 8)
MOST = 0.05  # of the processor time of the first run
OURS = ("runs", "sqlite_sequence")  # when, not what
TABLES = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE '%fts%' ORDER BY name"

Rows = dict[str, list[tuple[object, ...]]]


def rows(db: Path) -> Rows:
    """Every row of every table with its number, but for the table of runs."""
    with closing(sqlite3.connect(db)) as connection:
        names = [name for (name,) in connection.execute(TABLES) if name not in OURS]
        return {name: connection.execute(f'SELECT rowid, * FROM "{name}"').fetchall() for name in names}  # noqa: S608


def changed(one: Rows, other: Rows) -> int:
    """How many rows differ.

    >>> changed({"a": [(1, 2), (2, 3)]}, {"a": [(1, 2), (2, 4)]})
    2
    """
    return sum(len(set(one.get(name, ())) ^ set(other.get(name, ()))) for name in sorted({*one, *other}))


def backwards(folder: Path, into: Path) -> Path:
    """A copy whose entries were made in the opposite order, elsewhere."""
    files = sorted((path for path in folder.rglob("*") if path.is_file()), reverse=True)
    for path in files:
        there = into / path.relative_to(folder)
        there.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(path, there)
    return into


def verdicts(folder: Path, place: Path, more: list[str]) -> Iterator[tuple[str, bool]]:
    """Each promise in words with what was measured, and whether it is kept."""

    def run(source: Path, name: str, jobs: int) -> tuple[Cost, Rows]:
        order = ["ingest", str(source), "--db", str(place / name), "--jobs", str(jobs), *more]
        return cost([*PAKTA, *order], done=DONE), rows(place / name)

    first, kept = run(folder, "1.db", 1)
    second, after = run(folder, "1.db", 1)
    share, other = second.cpu / first.cpu, changed(kept, after)
    yield (
        f"second run: {second.cpu:.2f} s of {first.cpu:.1f} s, {share:.1%} (wanted {MOST:.0%})",
        share <= MOST,
    )
    yield f"second run: {other} rows changed of {sum(map(len, kept.values()))}", other == 0
    for jobs in JOBS[1:]:
        other = changed(kept, run(folder, f"{jobs}.db", jobs)[1])
        yield f"{jobs} documents at a time: {other} rows differ from one at a time", other == 0
    other = changed(kept, run(backwards(folder, place / "backwards"), "backwards.db", 2)[1])
    yield f"made in the opposite order, elsewhere: {other} rows differ", other == 0


@click.command()
@click.option("--folder", type=click.Path(path_type=Path, exists=True), default=FOLDER)
@click.option("--no-ocr", "ocr", is_flag=True, flag_value=False, default=True, help="Leave scans unread.")
@click.option(
    "--cache", type=click.Path(path_type=Path), help="What OCR has read; the cost of the first run."
)
def main(folder: Path, ocr: bool, cache: Path | None) -> None:
    """Run, compare, and say which promise is kept."""
    more = ["--cache", str(cache)] if cache else []
    with tempfile.TemporaryDirectory(prefix="pakta-bench-") as fresh:
        kept = True
        for sentence, good in verdicts(folder, Path(fresh), [*more, *([] if ocr else ["--no-ocr"])]):
            click.echo(f"{'met    ' if good else 'NOT MET'} {sentence}")
            kept = kept and good
    sys.exit(not kept)


if __name__ == "__main__":
    os.umask(0o077)
    main()
