"""One agreement on its way through the rooms: its pages and its tables."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.reading.segment import Segment
from pipeline.reading.tables import Signer, Tables
from pipeline.schema import Box


@dataclass(frozen=True, slots=True)
class Part:
    """An agreement: its pages, its tables and where they stand, page by page."""

    segment: Segment
    tables: Tables
    areas: dict[int, list[Box]]

    @property
    def signing(self) -> tuple[Signer, ...]:
        """The people of tables in which they sign."""
        return tuple(person for person in self.tables.people if person.sign is not None)

    @property
    def sitting(self) -> tuple[Signer, ...]:
        """The people of tables in which nobody signs."""
        return tuple(person for person in self.tables.people if person.sign is None)
