"""`python -m benchmarks.scans`: scans beside the bare engine and ocrmypdf; how soon a first page is read."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import click

from benchmarks.measure import Cost, cost, python
from benchmarks.parts import DONE, PAKTA, Part, parts
from pipeline.schema import ENGINES

MIB = 1 << 20
DPI = "200"
OCRMYPDF = "ocrmypdf"
HEAD = "| | CPU s | by bare | CPU ms a page | largest process | all processes |\n|---|--:|--:|--:|--:|--:|"
TICK = 0.02  # seconds between two looks for the first page
Command = Callable[[Path], Cost]
FOLDER = click.Path(path_type=Path, exists=True, file_okay=False)


@dataclass(frozen=True, slots=True)
class Line:
    """What a reader of scans costs: over all pages, and over one small page for which it has to start too."""

    name: str
    whole: Cost
    start: Cost
    pages: int

    def text(self, bare: Line) -> str:
        """A row of the table; ratios are of the processor time of `bare`."""
        work = (self.whole.cpu - self.start.cpu) / self.pages
        return (
            f"| {self.name} | {self.whole.cpu:.1f} | {self.whole.cpu / bare.whole.cpu:.2f} |"
            f" {1000 * work:.0f} |"
            f" {self.whole.largest / MIB:.0f} MiB | {self.whole.together / MIB:.0f} MiB |"
        )


def measured(part: Part, engines: tuple[str, ...]) -> list[Line]:
    """The bare engine first, then ours with each engine, then ocrmypdf where it is installed."""
    found = [_line("bare RapidOCR", part, _bare)]
    found += [_line(f"pakta, {engine}", part, _ours(engine)) for engine in engines]
    if shutil.which(OCRMYPDF):
        found.append(Line(OCRMYPDF, _ocrmypdf(part.folder), _ocrmypdf(part.start), part.pages))
    return found


def _line(name: str, part: Part, command: Command) -> Line:
    return Line(name, command(part.folder), command(part.start), part.pages)


def _bare(folder: Path) -> Cost:
    return cost(python("-m", "benchmarks.peers.bare_rapidocr", str(folder)))


def _ours(engine: str) -> Command:
    def command(folder: Path) -> Cost:
        with tempfile.TemporaryDirectory(prefix="pakta-bench-") as fresh:
            db = str(Path(fresh) / "fresh.db")
            options = ["--db", db, "--jobs", "1", "--engine", engine]
            return cost([*PAKTA, "ingest", str(folder), *options], done=DONE)

    return command


def _ocrmypdf(folder: Path) -> Cost:
    """All files one after the other, as a searchable PDF each: pages turned upright, everything read anew."""
    costs = []
    with tempfile.TemporaryDirectory(prefix="pakta-bench-") as fresh:
        for file in sorted(folder.iterdir()):
            options = ["--force-ocr", "--rotate-pages", "--jobs", "1", "-l", "ind", "--output-type", "pdf"]
            options += [] if file.suffix == ".pdf" else ["--image-dpi", DPI]
            costs.append(cost([OCRMYPDF, *options, str(file), str(Path(fresh) / "out.pdf")], done=(0, 4, 10)))
    return Cost(sum(c.cpu for c in costs), max(c.largest for c in costs), max(c.together for c in costs))


def first_page(folder: Path) -> float:
    """Seconds on the wall from the start of the program until the words of the first page are known."""
    with tempfile.TemporaryDirectory(prefix="pakta-bench-") as fresh:
        cache, begun = Path(fresh) / "cache", time.monotonic()
        options = ["--db", str(Path(fresh) / "x.db"), "--cache", str(cache)]
        with subprocess.Popen(  # noqa: S603 - our own command
            [*PAKTA, "ingest", str(folder), *options], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        ) as running:
            while running.poll() is None and not any(cache.rglob("*.json")):
                time.sleep(TICK)
            return time.monotonic() - begun


@click.command()
@click.option("--folder", type=FOLDER, required=True, help="Documents, of which the scanned ones are taken.")
@click.option("--scans", default=6, show_default=True, help="Scanned pages to read at most.")
@click.option(
    "--engine", "engines", multiple=True, type=click.Choice(ENGINES[:-1]), default=ENGINES[:1],
    help="Engines to measure.",
)  # fmt: skip
def main(folder: Path, scans: int, engines: tuple[str, ...]) -> None:
    """Print what scanned pages cost, and when the first is read."""
    with tempfile.TemporaryDirectory(prefix="pakta-bench-") as place:
        part = next(part for part in parts(folder, Path(place), scans) if part.name == "scanned")
        soon = f"{first_page(part.folder):.1f} s after the start"
        sooner = f"one of three lines {first_page(part.start):.1f} s"
        click.echo(f"{part.files} files, {part.pages} pages; first page {soon}, {sooner}")
        click.echo(HEAD)
        found = measured(part, engines)
        for line in found:
            click.echo(line.text(found[0]))
        if not shutil.which(OCRMYPDF):
            click.echo(f"\n{OCRMYPDF} is not installed here: not measured")


if __name__ == "__main__":
    main()
