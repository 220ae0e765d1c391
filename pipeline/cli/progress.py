"""How far a run has come: a bar on a terminal, a line now and then elsewhere; no thread, the parent forks."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    ProgressColumn,
    Task,
    TextColumn,
    TimeRemainingColumn,
)
from rich.text import Text

from pipeline.cli.screen import screen
from pipeline.cli.words import masked
from pipeline.run.ingest import Progress as Step
from pipeline.run.ingest import Tell

OFTEN = 0.1  # seconds between two looks of the bar
EVERY_FILES = 500  # entries between two lines
EVERY_SECONDS = 30.0
NAME = 40  # letters of a name


@contextmanager
def progress() -> Iterator[Tell]:
    """What tells people how far the run is."""
    console = screen(errors=True)
    with _bar(console) if console.is_terminal else _lines(console) as tell:
        yield tell


class Rate(ProgressColumn):
    """Files a second."""

    def render(self, task: Task) -> Text:
        """Of the last half minute or so."""
        return Text(f"{task.speed or 0:.1f} berkas/s")


@contextmanager
def _bar(console: Console) -> Iterator[Tell]:
    columns = (
        BarColumn(),
        MofNCompleteColumn(),
        Rate(),
        TimeRemainingColumn(),
        TextColumn("{task.description}", markup=False),
    )
    with Progress(*columns, console=console, auto_refresh=False, transient=True) as bar:
        task = bar.add_task("", total=None)
        shown = 0.0

        def tell(step: Step) -> None:
            nonlocal shown
            bar.update(task, completed=step.done, total=step.total, description=_short(step.name))
            if time.monotonic() - shown > OFTEN:
                shown = time.monotonic()
                bar.refresh()

        yield tell


@contextmanager
def _lines(console: Console) -> Iterator[Tell]:
    began = said = time.monotonic()
    last = 0

    def tell(step: Step) -> None:
        nonlocal said, last
        now = time.monotonic()
        if step.done - last >= EVERY_FILES or (now - said >= EVERY_SECONDS and step.name):
            rate = step.done / max(now - began, 0.001)
            left = (step.total - step.done) / rate if rate else 0
            console.print(
                f"{step.done}/{step.total} berkas, {rate:.1f}/s, sisa {left:.0f} s, {_short(step.name)}"
            )
            said, last = now, step.done

    yield tell


def _short(name: str) -> str:
    plain = masked(name)
    return plain if len(plain) <= NAME else f"…{plain[1 - NAME :]}"
