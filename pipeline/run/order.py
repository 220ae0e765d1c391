"""What a run is asked to do."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from pipeline.reading.ingest import Tree, tree
from pipeline.schema import ENGINES

SIDE_FILES = ("", "-wal", "-shm", "-journal", ".lock", ".new", ".cache")


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be ingested, into which database, and how."""

    folders: tuple[Path, ...]
    db: Path
    registry: Path | None = None
    rules: Path | None = None
    jobs: int = 0  # documents read at the same time; 0: one for each processor
    ocr: bool = True
    engine: str = ENGINES[0]  # that reads pictures
    cache: Path | None = None  # of what OCR has read; beside the database where none is named
    retry: bool = False  # read again what failed
    as_of: date = field(default_factory=date.today)  # the day that the registry speaks of

    @property
    def where(self) -> Tree:
        """The folders to walk. Raises InputError where one of them is none that can be read."""
        return tree(self.folders, ours=self._ours())

    def _ours(self) -> Iterator[Path]:
        """Files that belong to us, wherever they lie."""
        yield from (self.db.with_name(self.db.name + side) for side in SIDE_FILES)
        yield from (path for path in (self.registry, self.cache) if path is not None)
