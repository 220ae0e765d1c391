"""`python -m benchmarks`: what reading costs beside the plain tools it is built on."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from benchmarks.compare import compared
from benchmarks.measure import ROOT
from benchmarks.page import page

SAMPLES = ROOT / "samples" / "documents"
PAGE = ROOT / "docs" / "benchmarks.md"
FOLDER = click.Path(path_type=Path, exists=True, file_okay=False)


@click.command()
@click.option(
    "--folder", "folders", metavar="DIR", type=FOLDER, multiple=True, default=[SAMPLES],
    help="Documents to read, as often as wanted; the samples where none is named.",
)  # fmt: skip
@click.option("--scans", default=12, show_default=True, help="Scanned pages to read at most.")
@click.option("--repeat", default=3, show_default=True, help="Runs of each; the least counts.")
@click.option(
    "--out", metavar="FILE", type=click.Path(path_type=Path), default=PAGE, show_default="docs/benchmarks.md",
    help="Where the page is written.",
)  # fmt: skip
def main(folders: tuple[Path, ...], scans: int, repeat: int, out: Path) -> None:
    """Measure ours and the plain scripts on the same files, in turns; print and write the comparison."""
    found = [
        one
        for folder in folders
        for one in compared(folder, scans, repeat, lambda line: click.echo(line, err=True))
    ]
    text = page(found, repeat=repeat, most=scans, day=date.today())
    out.write_text(text, encoding="utf-8")
    click.echo(text)


if __name__ == "__main__":
    main()
