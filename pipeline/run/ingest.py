"""Folders into the database: walk, read what is new in isolation, keep it one by one, audit."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, nullcontext
from dataclasses import dataclass, replace
from functools import partial
from sqlite3 import Connection

from pipeline import rules as rulebook
from pipeline.audit.registry import Registry, read_registry
from pipeline.audit.settings import Settings
from pipeline.errors import EmptyError, UsageError
from pipeline.isolate.pool import answers
from pipeline.isolate.task import Desk, Slot, Task
from pipeline.reading import ingest as walk
from pipeline.reading.archives import Contents
from pipeline.reading.paths import encoded
from pipeline.rules import Rules
from pipeline.run.audit import Audited, audit, audited
from pipeline.run.balance import Balance
from pipeline.run.glance import pictured
from pipeline.run.keeper import Done, Keeper
from pipeline.run.known import Action, Known, judged, known
from pipeline.run.order import Order
from pipeline.run.reader import Reader, foreseen, warm
from pipeline.run.registry import Load, put_registry
from pipeline.run.runs import INGEST, Run, base_of, up_to_date
from pipeline.run.settings import settings
from pipeline.run.slots import slots
from pipeline.run.vanish import note_vanished
from pipeline.run.verify import listed
from pipeline.schema import ENGINES, Entry, Reading
from pipeline.store.sqlite import open_store


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a run has come: entries done, entries found, and the one that was taken up last."""

    done: int
    total: int
    name: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a run has brought. `changed` is false where there was nothing to do."""

    balance: Balance
    audited: Audited
    registry: Registry | None
    changed: bool


Tell = Callable[[Progress], None]
Numbered = tuple[int, Entry]  # in the order of the walk


def ingest(
    order: Order,
    tell: Tell = lambda _: None,
    reader: Reader | None = None,
    places: Sequence[Slot] | None = None,
) -> Outcome:
    """Read all documents of the folders that the database does not hold yet; then audit what it holds.

    Raises UsageError, RuleError, InputError, EmptyError before anything is written; StorageError,
    LockedError, OwnError, KeyboardInterrupt with what is kept by then. `reader` stands in for the one that
    knows the rules; `places` are the slots where somebody has opened them before.
    """
    usable(order.engine)
    rules = rulebook.load(order.rules)
    found = settings(rules, order.rules)
    registry = read_registry(order.registry, rules.words, found.registry) if order.registry else None
    where = order.where
    total = walk.count(where)
    if total == 0:
        raise EmptyError(f"{', '.join(map(str, order.folders))}: folder kosong / the folder is empty")
    with open_store(order.db, write=True) as connection:
        where = replace(where, base=base_of(connection) or where.base)
        run = Run(connection, INGEST + encoded(where.base), rules)
        keeper = Keeper(run, _known(connection, rules, order))
        with slots(order, lambda: total) if places is None else nullcontext(places) as given:
            Intake(order, where, keeper, total, tell).all(rules, given, reader)
        note_vanished(run, where.base, where.folders, keeper.met, keeper.barred)
        if registry is not None and order.registry is not None:
            put_registry(run, registry, Load(order.registry, order.as_of), found)
        return concluded(keeper, rules, found, registry)


def concluded(keeper: Keeper, rules: Rules, known: Settings, registry: Registry | None = None) -> Outcome:
    """What a run has brought, after the audit that it calls for."""
    run, balance = keeper.run, keeper.tally.sum()
    if run.begun or not up_to_date(run.connection, rules):
        audit(run, rules, known)
    run.end({"found": balance.found, "read": balance.read, **balance.statuses})
    return Outcome(balance, audited(run.connection), registry, run.begun)


def usable(engine: str) -> None:
    """Raises UsageError where an OCR engine is not installed, with what to install."""
    if engine == ENGINES[0]:
        return
    from pipeline.reading.engines import BY_NAME

    lacks = BY_NAME[engine].missing()
    if lacks:
        raise UsageError(f"--engine {engine}: {lacks}")


def _known(connection: Connection, rules: Rules, order: Order) -> Known:
    return known(connection, rules, ocr=order.ocr, retry=order.retry, engine=order.engine)


class Intake:
    """The entries of a tree on their way to the keeper."""

    def __init__(
        self,
        order: Order,
        where: walk.Tree,
        keeper: Keeper,
        total: int,
        tell: Tell,
        entries: Callable[[walk.Unpack], Iterator[Entry]] | None = None,
    ) -> None:
        """`total` entries are expected, members of archives aside: all of the tree, or those of `entries`."""
        self.order, self.where, self.keeper, self.total, self.tell = order, where, keeper, total, tell
        self.entries = entries or (lambda unpack: walk.entries(where, unpack=unpack))
        self.name = ""

    def all(self, rules: Rules, places: Sequence[Slot], reader: Reader | None = None) -> None:
        """Take in every entry. On KeyboardInterrupt what is done is kept."""
        self.reader = reader
        try:
            self._answers(rules, places)
            self.keeper.finish()
        except KeyboardInterrupt:
            self.keeper.save()
            raise

    def _answers(self, rules: Rules, places: Sequence[Slot]) -> None:
        tasks = self._tasks(rules, places)
        with closing(answers(tasks, self._work, Reading, places, tick=self._told)) as found:
            for (number, entry), answered in found:
                self.keeper.put(number, Done(*judged(entry, answered)))

    def _tasks(self, rules: Rules, places: Sequence[Slot]) -> Iterator[Task[Numbered] | None]:
        """What has to be read; all else goes to the keeper at once. None: wait for an earlier one."""
        for number, met in enumerate(self.entries(self._unpacked)):
            entry = self.keeper.known.remembered(met)
            self.name = entry.shown
            self._told()
            action = self.keeper.known.action(entry)
            if action != "read":
                self.keeper.put(number, self._settled(entry, action))
                continue
            while self.keeper.far_ahead(number):
                yield None
            if self.reader is None:
                self._awaited(entry, places[-1])
                self.reader = warm(rules, self.order.engine)
            yield Task((number, entry), entry.bytes, partial(self._opened, entry))

    def _awaited(self, entry: Entry, first: Slot) -> None:
        """Whoever reads pictures gets ready beside us where the first document is made of them."""
        if pictured(self.where, entry):
            first.foreseen()

    def _opened(self, entry: Entry) -> int:
        descriptor = walk.open_source(self.where, entry)
        foreseen(descriptor)
        return descriptor

    def _settled(self, entry: Entry, action: Action) -> Done:
        if action == "keep":
            return Done(self.keeper.known.seen[entry.path], kept=True)
        return Done(entry, later=action == "same")

    def _work(self, task: Numbered, desk: Desk) -> Reading:
        assert self.reader is not None  # noqa: S101 - set before the first task
        return self.reader(task[1], desk)

    def _unpacked(self, descriptor: int, archive: Entry) -> Contents:
        held = listed(descriptor, archive)
        self.total += len(held.members)
        return held

    def _told(self) -> None:
        self.tell(Progress(self.keeper.tally.counts.total(), self.total, self.name))
