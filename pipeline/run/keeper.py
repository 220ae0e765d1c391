"""The one writer: entries and readings in the order of the walk, whoever was read first."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.run.balance import NEEDS_PERSON, Tally
from pipeline.run.known import OCR_OFF, Known, key
from pipeline.run.runs import Run
from pipeline.schema import Entry, Reading
from pipeline.store.sqlite import put_entry, put_reading

WINDOW = 256  # entries that may be done before an earlier one is


@dataclass(frozen=True, slots=True)
class Done:
    """What became of an entry; `later` where that depends on another entry with the same content."""

    entry: Entry
    reading: Reading | None = None
    kept: bool = False  # the database says so already
    later: bool = False


class Keeper:
    """Takes what is done in any order, and writes it in that of the walk, a transaction for each document."""

    def __init__(self, run: Run, known: Known) -> None:
        """Nothing is done yet."""
        self.run, self.known = run, known
        self.tally = Tally()
        self.waiting: dict[int, Done] = {}
        self.next = 0
        self.later: list[Entry] = []
        self.met: set[str] = set()  # paths
        self.barred: list[str] = []  # paths of folders and archives that could not be opened

    def put(self, number: int, done: Done) -> None:
        """Keep what is done with the entry of this `number`, as soon as all before it are kept."""
        self.waiting[number] = done
        while self.next in self.waiting:
            self._keep(self.waiting.pop(self.next))
            self.next += 1

    def far_ahead(self, number: int) -> bool:
        """Whether an entry has to wait because one long before it is not done yet."""
        return number - self.next > WINDOW

    def finish(self) -> None:
        """Keep what waited for other entries with the same content."""
        for entry in self.later:
            shared = self.known.shared(entry)
            self._keep(Done(shared, kept=self.known.seen.get(entry.path) == shared))

    def save(self) -> None:
        """The run is stopped: keep what is done, also out of order."""
        for number in sorted(self.waiting):
            if not self.waiting[number].later:
                self._keep(self.waiting[number])

    def _keep(self, done: Done) -> None:
        if done.later:
            self.later.append(done.entry)
            return
        if not done.kept:
            self._write(done)
        if done.entry.sha256 is not None and done.entry.status != "duplicate":
            self.known.met[done.entry.sha256] = done.entry
        self.met.add(done.entry.path)
        if done.entry.status in NEEDS_PERSON:
            self.barred.append(done.entry.path)
        self.tally.count(done.entry)

    def _write(self, done: Done) -> None:
        if done.reading is not None:
            self.tally.read += 1
            whole = OCR_OFF not in done.reading.problems
            engine = self.known.engine if done.reading.engine else ""
            made = key(self.run.rules, whole=whole, engine=engine)
            put_reading(self.run.connection, done.entry, done.reading, made, self.run.id)
        if done.reading is None or done.entry.status != "loaded":
            put_entry(self.run.connection, done.entry, self.run.id)
