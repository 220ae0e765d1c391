"""Pages to look at: where findings and doubts stand, drawn over the document."""

from __future__ import annotations

import os
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import partial

from pipeline.errors import InputError
from pipeline.isolate.pool import answer
from pipeline.isolate.task import Desk, Task
from pipeline.reading import ingest as walk
from pipeline.reading.paths import decoded
from pipeline.reading.picture import Mark, Shot, shots
from pipeline.run.runs import base_of
from pipeline.schema import Box, Entry

HELD = """
    SELECT path, shown, kind, bytes, sha256, status, reason FROM files
    WHERE sha256 = ? AND status IN ('loaded', 'held') ORDER BY path LIMIT 1
"""
SHORT = 12  # digits of the hash in the name of a picture


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands: the content, the page, the box in points, and what to write beside it."""

    sha256: str
    page: int
    box: Box
    label: str

    @property
    def picture(self) -> str:
        """The name of its page as a file; made of nothing that a document says."""
        return f"{self.sha256[:SHORT]}-p{self.page:03}.png"


def looked_at(connection: sqlite3.Connection, places: Iterable[Place]) -> Iterator[tuple[str, bytes]]:
    """The pages of these places as PNG files with their names, each page once; of what is gone nothing.

    Raises InputError where a document cannot be drawn.
    """
    by_source: dict[str, list[Place]] = defaultdict(list)
    for place in places:
        by_source[place.sha256].append(place)
    base = base_of(connection) or "/"
    for sha256, found in by_source.items():
        held = connection.execute(HELD, (sha256,)).fetchone()
        if held is not None:
            names = {place.page: place.picture for place in found}
            for shot in _shots(base, Entry(*held), found):
                yield names[shot.page], shot.png


def _shots(base: str, entry: Entry, places: list[Place]) -> tuple[Shot, ...]:
    full = os.path.normpath(f"{base}/{decoded(entry.path.split('!/')[0])}")
    where = walk.Tree(base, (os.path.commonpath((base, os.path.dirname(full))),))  # noqa: PTH120 - bytes
    marks = [Mark(place.page, place.box, place.label) for place in places]

    def draw(entry: Entry, desk: Desk) -> tuple[Shot, ...]:
        return shots(walk.content(desk.descriptor, entry), entry.kind, marks)

    drawn = answer(Task(entry, entry.bytes, partial(walk.open_source, where, entry)), draw, tuple[Shot, ...])
    if drawn.value is None:
        raise InputError(f"{entry.shown}: {drawn.reason}")
    return drawn.value
