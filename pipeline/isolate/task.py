"""What goes into a child, what it may use, and what comes back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, Protocol, TypeAlias, TypeVar

import msgspec

K = TypeVar("K")
T = TypeVar("T")
MIB = 1 << 20


@dataclass(frozen=True, slots=True)
class Limits:
    """What a child may use. Processor time decides; silence is the backstop where it does not run at all."""

    seconds: int = 20  # of processor time
    seconds_a_mib: float = 0.2  # more of it, for each MiB of the document
    seconds_a_sign: int = 12  # more of it, for each sign of life: a page has gone to OCR
    silence: float = 300.0  # seconds on the wall without a sign of life
    memory: int = 1024 * MIB  # over what the parent has
    files: int = 64  # open at once
    answer: int = 64 * MIB
    left_out: int = 2  # parts of a document, because a child died over each


LIMITS = Limits()


@dataclass(frozen=True, slots=True)
class Task(Generic[K]):
    """A document to be read: what it is called here, its size in bytes, and how the parent opens it."""

    key: K
    bytes: int
    open: Callable[[], int]  # a descriptor; raises SourceError


@dataclass(frozen=True, slots=True)
class Try(Generic[K]):
    """A task, which try it is, and the parts over which earlier children have died."""

    task: Task[K]
    number: int = 1
    without: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Answer(Generic[T]):
    """A value, or the reason why there is none. `cleaned`: characters that no text may hold were removed."""

    value: T | None = None
    reason: str = ""
    detail: str = ""
    cleaned: bool = False


class Slot(Protocol):
    """A place for one child at a time, and what is lent to it."""

    def lend(self) -> int | None:
        """A descriptor that the next child may use: the line to its OCR worker."""

    def foreseen(self) -> None:
        """A child will come that is likely to use what it is lent."""

    def wanted(self) -> None:
        """The child gives a sign of life: it is about to use what it was lent."""

    def spoilt(self) -> None:
        """The child has died: what it left on the line is worth nothing."""


class Bare:
    """A slot that lends nothing."""

    def lend(self) -> int | None:
        """Nothing."""
        return None

    def foreseen(self) -> None:
        """Nothing to be done."""

    def wanted(self) -> None:
        """Nothing to be done."""

    def spoilt(self) -> None:
        """Nothing to be done."""


def _unheard(_: int) -> None:
    """Nobody listens."""


@dataclass(frozen=True, slots=True)
class Desk:
    """What a child has before it: the open document, what it was lent, and how to give a sign of life.

    `at` tells the parent which part of the document is in work, from 1, and 0 where it is the whole: a child
    that dies over a part is followed by one that reads the document `without` it.
    """

    descriptor: int
    lent: int | None
    sign: Callable[[], None]
    at: Callable[[int], None] = _unheard
    without: frozenset[int] = frozenset()


Work: TypeAlias = Callable[[K, Desk], T]


class Wire(msgspec.Struct, Generic[T], omit_defaults=True):
    """An answer on its way through the pipe; `fault` says who has to mend what went wrong."""

    value: T | None = None
    fault: str = ""  # source, own or storage
    reason: str = ""
    detail: str = ""
    cleaned: bool = False
