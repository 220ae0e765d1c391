"""The title of a column."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.schema import Box, Word


@dataclass(frozen=True, slots=True)
class Title:
    """The title of a column, or of several. `path` runs from the uppermost title above it down to its own."""

    columns: tuple[int, ...]
    path: tuple[str, ...]
    box: Box
    words: tuple[Word, ...] = ()

    @property
    def text(self) -> str:
        """Its own words."""
        return self.path[-1] if self.path else ""


Named = tuple[str, float, Title]  # the field that a title names, how surely, and the title
