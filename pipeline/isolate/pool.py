"""Many documents: a child for each free slot, all fed and heard by one single-threaded parent."""

from __future__ import annotations

import gc
import mmap
import os
import resource
import select
import signal
import time
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from typing import Generic

import msgspec

from pipeline.errors import OwnError, SourceError
from pipeline.isolate.child import NO_MEMORY, PART, UNSHUT, forked, part
from pipeline.isolate.confine import libraries
from pipeline.isolate.door import unpacked
from pipeline.isolate.task import LIMITS, MIB, Answer, Bare, K, Limits, Slot, T, Task, Try, Wire, Work

WAIT = 500  # milliseconds between looks at the clock
COUNTED, SILENT, CRASHED, KILLED = 1, 2, 3, 4  # how often a document is tried, by what became of its child
LINGER = 5.0  # seconds a child may take to end after its last word


@dataclass(slots=True)
class Child(Generic[K]):
    """A running child, its end of the pipe, and what has come out of it so far."""

    tried: Try[K]
    slot: Slot
    pid: int
    pipe: int
    until: float  # monotonic seconds
    place: mmap.mmap  # where it says which part is in work
    heard: bytearray = field(default_factory=bytearray)
    late: bool = False
    signs: int = 0  # of life that it has given
    used: resource.struct_rusage | None = None  # once it has ended


def answers(
    tasks: Iterable[Task[K] | None],
    work: Work[K, T],
    kind: type[T],
    slots: Sequence[Slot] | None = None,
    limits: Limits = LIMITS,
    *,
    tick: Callable[[], None] = lambda: None,
) -> Generator[tuple[K, Answer[T]]]:
    """The answer to each task as it comes; a task is taken from `tasks` when a slot is free for it.

    A None among them: nothing more until an answer has been taken. `work` runs in a child and brings a
    `kind`. What a child dies over is tried again, with no other beside it, in the end without
    the part it dies over. `tick` is called now and then.
    All children end with this generator. Raises OwnError and StorageError where the document is not at fault.
    """
    libraries()  # found once, here, and not in every child
    gc.freeze()  # what is here by now is not copied, page by page, into every child
    pool: Pool[K, T] = Pool(iter(tasks), work, kind, list(slots or [Bare()]), limits)
    try:
        while pool.filled():
            yield from pool.heard()
            tick()
    finally:
        pool.stop()


def answer(task: Task[K], work: Work[K, T], kind: type[T], limits: Limits = LIMITS) -> Answer[T]:
    """The answer to one task."""
    return next(found for _, found in answers([task], work, kind, limits=limits))


class Pool(Generic[K, T]):
    """The children that run, the slots that are free, and the tasks that have to be tried alone."""

    def __init__(
        self,
        tasks: Iterator[Task[K] | None],
        work: Work[K, T],
        kind: type[T],
        free: list[Slot],
        limits: Limits,
    ) -> None:
        """No child runs yet."""
        self.tasks, self.work, self.free, self.limits = tasks, work, free, limits
        self.decoder = msgspec.json.Decoder(Wire[kind])  # type: ignore[valid-type] # made at run time
        self.running: dict[int, Child[K]] = {}
        self.alone: list[Try[K]] = []
        self.refused: list[tuple[K, Answer[T]]] = []

    def filled(self) -> bool:
        """Start all that can be started; whether there is anything to wait for."""
        while self.free and not self.alone and (task := next(self.tasks, None)) is not None:
            self._start(Try(task))
        if self.alone and not self.running:
            self._start(self.alone.pop())
        return bool(self.running or self.refused)

    def _start(self, tried: Try[K]) -> None:
        try:
            descriptor = tried.task.open()
        except SourceError as error:
            self.refused.append((tried.task.key, Answer(reason=error.reason, detail=error.detail)))
            return
        slot, place = self.free.pop(), mmap.mmap(-1, PART.size)
        try:
            pid, pipe = forked(tried, self.work, descriptor, slot.lend(), self.limits, place)
        finally:
            os.close(descriptor)
        until = time.monotonic() + self.limits.silence
        self.running[pipe] = Child(tried, slot, pid, pipe, until, place)

    def heard(self) -> Iterator[tuple[K, Answer[T]]]:
        """Wait until a child has something to say; the answers that are complete then."""
        refused, self.refused = self.refused, []
        yield from refused
        for pipe in self._speaking():
            child = self.running[pipe]
            if not self._more(child):
                yield from self._ended(child)
        for child in self.running.values():
            if time.monotonic() > child.until:
                child.late = True
                kill(child.pid)  # its pipe closes, and is heard in the next round

    def _speaking(self) -> list[int]:
        poll = select.poll()
        for pipe in self.running:
            poll.register(pipe, select.POLLIN)
        return [pipe for pipe, _ in poll.poll(WAIT)] if self.running else []

    def _more(self, child: Child[K]) -> bool:
        """Take in what a child says; whether more may come. Blanks before the answer are signs of life."""
        words = os.read(child.pipe, MIB)
        child.until = time.monotonic() + self.limits.silence
        if words and not child.heard and not words.strip():
            child.signs += len(words)
            child.slot.wanted()
        else:
            child.heard += words
        return bool(words) and len(child.heard) <= self.limits.answer

    def _ended(self, child: Child[K]) -> Iterator[tuple[K, Answer[T]]]:
        del self.running[child.pipe]
        status = buried(child)
        self.free.append(child.slot)
        if status == 0 and 0 < len(child.heard) <= self.limits.answer:
            yield child.tried.task.key, unpacked(bytes(child.heard), self.decoder)
            return
        reason, tries = cause(child, status, self.limits)
        following = again(child, tries, self.limits)
        if following:
            self.alone.append(following)
        else:
            yield child.tried.task.key, Answer(reason=reason)

    def stop(self) -> None:
        """End all that runs."""
        for child in self.running.values():
            kill(child.pid)
            buried(child)
        self.running.clear()


def buried(child: Child[K]) -> int:
    """The wait status of a child that has said all that will be heard; one that lingers is killed."""
    os.close(child.pipe)
    until = time.monotonic() + LINGER
    while (ended := os.wait4(child.pid, os.WNOHANG))[0] == 0:
        if time.monotonic() > until:
            kill(child.pid)
        time.sleep(0.001)
    _, status, child.used = ended
    if status:
        child.slot.spoilt()
    return status


def again(child: Child[K], tries: int, limits: Limits) -> Try[K] | None:
    """How a document whose child died is tried once more: some times whole, then without what it died over.

    Where nothing was heard for long, no part is to blame.
    """
    tried, at = child.tried, part(child.place)
    if tried.number < tries and not tried.without:
        return replace(tried, number=tried.number + 1)
    if at and not child.late and len(tried.without) < limits.left_out:
        return replace(tried, without=tried.without | {at})
    return None


def kill(pid: int) -> None:
    """End a child and all of its group."""
    for end in (os.killpg, os.kill):  # it may not have its group yet
        with suppress(ProcessLookupError, PermissionError):
            end(pid, signal.SIGKILL)


def cause(child: Child[K], status: int, limits: Limits) -> tuple[str, int]:
    """Why a child died, and how often its document is tried before it is blamed.

    What is counted of a child alone needs no second try; a kill comes from outside: the machine had no memory
    left for something. Raises OwnError where the child could not be confined.
    """
    if len(child.heard) > limits.answer:
        return "too-much-text", COUNTED
    if child.late:
        return "timed-out", SILENT
    if os.WIFEXITED(status):
        return exit_cause(os.WEXITSTATUS(status))
    if os.WTERMSIG(status) == signal.SIGXCPU:
        return "timed-out", COUNTED
    if os.WTERMSIG(status) == signal.SIGKILL:
        return "out-of-memory", KILLED
    return "crashed", CRASHED


def exit_cause(code: int) -> tuple[str, int]:
    """The same for a child that ended by itself without a last word."""
    if code == UNSHUT:
        raise OwnError("proses pembaca tidak dapat dibatasi / a reading process could not be confined")
    return ("out-of-memory", COUNTED) if code == NO_MEMORY else ("crashed", CRASHED)
