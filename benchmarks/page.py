"""The comparison as Markdown: a table a folder, and how it was measured."""

from __future__ import annotations

import os
import platform
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import groupby
from pathlib import Path

from benchmarks.compare import Comparison, Runner
from pipeline import __version__

TARGETS = {"digital": 1.2, "scanned": 1.5}
PEERS = {"digital": "plain pdfplumber", "scanned": "bare RapidOCR"}
MIB = 1 << 20
HEAD = (
    "| files | | CPU s | of it start | CPU ms a page | largest process | all processes |",
    "|---|---|--:|--:|--:|--:|--:|",
)
TEMPLATE = Path(__file__).with_suffix(".md")


def page(found: Sequence[Comparison], *, repeat: int, most: int, day: date) -> str:
    """The whole document."""
    folders = groupby(found, lambda one: one.folder)
    return TEMPLATE.read_text(encoding="utf-8").format(
        version=__version__,
        day=day.isoformat(),
        machine=machine(),
        verdicts="\n".join(verdicts(found)),
        tables="\n\n".join(f"## `{name}`\n\n{table(rows)}" for name, rows in folders),
        repeat=repeat,
        most=most,
    )


def verdicts(found: Iterable[Comparison]) -> Iterator[str]:
    """A line for each comparison: the ratios, and whether they are where they should be."""
    for one in found:
        most = TARGETS[one.part]
        met = "met" if one.ratio <= most else "not met"
        yield (
            f"- `{one.folder}`, {one.part} ({one.files} files, {one.pages} pages): **{one.ratio:.2f}** times"
            f" the CPU of {PEERS[one.part]}, {one.ratio_of_work:.2f} without the starts;"
            f" wanted {most:.1f}: {met}.{_more(one.registry)}"
        )


def _more(registry: float) -> str:
    return f" Its staff registry takes {registry:.1f} s more, once." if registry else ""


def table(found: Iterable[Comparison]) -> str:
    """Three rows for each comparison: the plain script, ours, and the second by the first."""
    return "\n".join([*HEAD, *(row for one in found for row in _rows(one))])


def _rows(one: Comparison) -> Iterator[str]:
    yield _row(f"{one.part}, {one.files} files, {one.pages} pages", PEERS[one.part], one.peer, one.pages)
    yield _row("", "pakta", one.ours, one.pages)
    ours, peer = one.ours.whole, one.peer.whole
    largest, together = ours.largest / peer.largest, ours.together / peer.together
    work = f"**{one.ratio_of_work:.2f}**"
    yield f"| | ratio | **{one.ratio:.2f}** | | {work} | {largest:.2f} | {together:.2f} |"


def _row(files: str, name: str, runner: Runner, pages: int) -> str:
    whole, start = runner.whole, runner.start
    memory = f"{whole.largest / MIB:.0f} MiB | {whole.together / MIB:.0f} MiB"
    work = f"{1000 * runner.work / pages:.0f}"
    return f"| {files} | {name} | {whole.cpu:.2f} | {start.cpu:.2f} | {work} | {memory} |"


def machine() -> str:
    """Processor, cores and interpreter, as the numbers depend on them."""
    lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    models = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    cores = len(os.sched_getaffinity(0))
    return f"{' '.join(models[:1]) or platform.machine()}, {cores} cores, Python {platform.python_version()}"
