"""What became of every entry: found = loaded + duplicate + skipped + failed + held."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from pipeline.schema import FILE_STATUS, Entry

NEEDS_PERSON = ("failed", "held")


@dataclass(frozen=True, slots=True)
class Balance:
    """The sum of a run: entries by status and reason, those that need a person, how many were read now."""

    counts: tuple[tuple[str, str, int], ...]  # status, reason, number
    trouble: tuple[Entry, ...]
    read: int

    @property
    def statuses(self) -> dict[str, int]:
        """The number of entries by status, zeros too."""
        return {status: self.of(status) for status in FILE_STATUS}

    @property
    def found(self) -> int:
        """All entries."""
        return sum(number for _, _, number in self.counts)

    def of(self, status: str) -> int:
        """Entries of one status."""
        return sum(number for kind, _, number in self.counts if kind == status)


@dataclass(slots=True)
class Tally:
    """The balance while it is being counted."""

    counts: Counter[tuple[str, str]] = field(default_factory=Counter)
    trouble: list[Entry] = field(default_factory=list)
    read: int = 0

    def count(self, entry: Entry) -> None:
        """Take note of what became of an entry."""
        self.counts[entry.status or "", entry.reason or ""] += 1
        if entry.status in NEEDS_PERSON:
            self.trouble.append(entry)

    def sum(self) -> Balance:
        """The balance so far, statuses in the order of the schema, frequent reasons first."""
        order = sorted(
            self.counts.items(), key=lambda one: (FILE_STATUS.index(one[0][0]), -one[1], one[0][1])
        )
        counts = tuple((status, reason, number) for (status, reason), number in order)
        return Balance(counts, tuple(self.trouble), self.read)
