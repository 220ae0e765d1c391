"""Documents read outside of any database: one to try a rule on, or a folder to compare with goldens."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, closing, nullcontext
from functools import partial
from pathlib import Path

from pipeline.errors import InputError
from pipeline.isolate.pool import answer, answers
from pipeline.isolate.task import Answer, Bare, Desk, Slot, Task
from pipeline.reading import ingest as walk
from pipeline.reading.picture import Mark, Shot, shots
from pipeline.rules import Rules
from pipeline.run.reader import warm
from pipeline.run.reasons import reasons, sentence
from pipeline.run.slots import eyes, processors, share
from pipeline.schema import Entry, Reading

Read = tuple[Entry, Answer[Reading]]


def readings(folder: Path, rules: Rules, cache: Path | None, jobs: int = 0) -> Iterator[Read]:
    """Every document of a folder with what is read from it, as they come; without `cache` scans are not read.

    An entry that is not to be read comes with its reason.
    """
    where = walk.tree([folder])
    tasks, refused = _parted(where, walk.entries(where))
    yield from refused
    work, places = warm(rules), _places(jobs or processors(), cache)
    with places as slots, closing(answers(tasks, work, Reading, slots)) as found:
        yield from found


def _parted(where: walk.Tree, entries: Iterable[Entry]) -> tuple[list[Task[Entry]], list[Read]]:
    """What can be read, once for each content, and what cannot."""
    tasks: dict[str, Task[Entry]] = {}
    refused: list[Read] = []
    for entry in entries:
        if entry.sha256 is None:
            refused.append((entry, Answer(reason=entry.reason or "")))
        else:
            tasks.setdefault(entry.sha256, Task(entry, entry.bytes, partial(walk.open_source, where, entry)))
    return list(tasks.values()), refused


def _places(jobs: int, cache: Path | None) -> AbstractContextManager[Sequence[Slot]]:
    if cache is None:
        return nullcontext([Bare() for _ in range(jobs)])
    return eyes(jobs, cache, threads=partial(share, jobs))


def reading(file: Path, rules: Rules, cache: Path | None) -> Read:
    """One document and what is read from it. Raises InputError for a file that is no document."""
    where, entry = document(file)
    task = Task(entry, entry.bytes, partial(walk.open_source, where, entry))
    work = warm(rules)
    with _places(1, cache) as slots, closing(answers([task], work, Reading, slots)) as found:
        return next(found)


def document(file: Path) -> tuple[walk.Tree, Entry]:
    """A file that can be read. Raises InputError for one that is missing or no document."""
    if not file.is_file():
        raise InputError(f"{file}: berkas tidak ada / there is no such file")
    real = file.resolve()
    where = walk.tree([real.parent])
    entry = walk.single(where, real.name)
    if entry.sha256 is None:
        raise InputError(
            f"{file}: bukan dokumen yang dapat dibaca / not a document that can be read: "
            f"{sentence(entry.reason or '', reasons())}"
        )
    return where, entry


def pictures(file: Path, marks: Sequence[Mark]) -> tuple[Shot, ...]:
    """The pages of a document with marks drawn over them. Raises InputError where they cannot be drawn."""
    where, entry = document(file)
    task = Task(entry, entry.bytes, partial(walk.open_source, where, entry))

    def draw(entry: Entry, desk: Desk) -> tuple[Shot, ...]:
        return shots(walk.content(desk.descriptor, entry), entry.kind, marks)

    drawn = answer(task, draw, tuple[Shot, ...])
    if drawn.value is None:
        raise InputError(f"{entry.shown}: {sentence(drawn.reason, reasons())}")
    return drawn.value
