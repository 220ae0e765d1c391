"""What isolation costs: the same folder ingested with it and without it, in turns.

python -m benchmarks.isolation [--folder DIR] [--repeat N] [--no-ocr]    1 where it costs more than it may

Without it every document, and every picture of a scan, is read in the process that keeps the database.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

import click

from benchmarks.measure import ROOT, Cost, cost, least, python
from benchmarks.parts import DONE, PAKTA

FOLDER = ROOT / "samples" / "documents"
BARE = python("-m", "benchmarks.peers.bare_ingest")
MOST = 1.10  # times the processor time without isolation


def ingested(command: list[str], folder: Path, *, ocr: bool) -> Cost:
    """What one run costs: a new database, nothing remembered, one document at a time."""
    with tempfile.TemporaryDirectory(prefix="pakta-bench-") as fresh:
        order = ["ingest", str(folder), "--db", f"{fresh}/fresh.db", "--jobs", "1"]
        return cost([*command, *order, *([] if ocr else ["--no-ocr"])], done=DONE)


@click.command()
@click.option("--folder", type=click.Path(path_type=Path, exists=True), default=FOLDER)
@click.option("--repeat", type=click.IntRange(1), default=3, help="Runs of each; the least counts.")
@click.option("--no-ocr", "ocr", is_flag=True, flag_value=False, default=True, help="Leave scans unread.")
def main(folder: Path, repeat: int, ocr: bool) -> None:
    """Measure both in turns, and say how they compare."""
    shut, bare = [], []
    for number in range(1, repeat + 1):
        shut.append(ingested(PAKTA, folder, ocr=ocr))
        bare.append(ingested(BARE, folder, ocr=ocr))
        click.echo(f"  {number}/{repeat}: {shut[-1].cpu:.1f} s with, {bare[-1].cpu:.1f} s without", err=True)
    ratio = least(shut).cpu / least(bare).cpu
    scans = "scans read" if ocr else "scans left"
    click.echo(
        f"{folder.name}, {scans}: {least(shut).cpu:.1f} s with, {least(bare).cpu:.1f} s without isolation"
    )
    click.echo(f"ratio {ratio:.3f}, wanted {MOST}: {'met' if ratio <= MOST else 'NOT MET'}")
    sys.exit(ratio > MOST)


if __name__ == "__main__":
    main()
