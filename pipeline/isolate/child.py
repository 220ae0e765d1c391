"""The life of a child: shut in, it reads one document, says what it found, and ends."""

from __future__ import annotations

import ctypes
import errno
import mmap
import os
import resource
import signal
import struct
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, NoReturn

from pipeline.errors import OwnError, PipelineError, SourceError, StorageError
from pipeline.isolate.confine import confine, inside
from pipeline.isolate.door import packed
from pipeline.isolate.task import MIB, Desk, K, Limits, T, Try, Wire, Work

PR_SET_PDEATHSIG = 1  # linux/prctl.h
LIBC = ctypes.CDLL(None, use_errno=True)
STOPS = (signal.SIGINT, signal.SIGTERM)
NO_MEMORY = 77  # exit code of a child that cannot say anything more
STORAGE = (errno.ENOSPC, errno.EIO)
OURS = (errno.EMFILE, errno.ENFILE, errno.EFBIG)  # the limits
BARRED = (errno.EACCES, errno.EPERM)
LIVED, DIED = 0, 1
UNSHUT = 78  # exit code of a child that could not be confined
PART = struct.Struct("=I")  # what is said of the part in work


@dataclass(frozen=True, slots=True)
class Life:
    """Whose child it is, where it speaks, what it keeps open and may use, and the size of its document."""

    parent: int
    said: int
    keep: tuple[int, ...]
    limits: Limits
    size: int


def forked(
    tried: Try[K], work: Work[K, T], descriptor: int, lent: int | None, limits: Limits, place: mmap.mmap
) -> tuple[int, int]:
    """Process id of a child that does `work` on what is behind `descriptor`, and the pipe it speaks into.

    `place` is memory that both see: the number of the part in work stands in it, as `part` reads it.
    """
    heard, said = os.pipe()
    keep = (descriptor,) if lent is None else (descriptor, lent)
    life = Life(os.getpid(), said, keep, limits, tried.task.bytes)
    desk = Desk(
        descriptor, lent, partial(_sign, said, limits), partial(PART.pack_into, place, 0), tried.without
    )
    signal.pthread_sigmask(signal.SIG_BLOCK, STOPS)
    try:
        pid = os.fork()
        if pid == 0:
            _live(life, lambda: work(tried.task.key, desk))
    finally:
        signal.pthread_sigmask(signal.SIG_UNBLOCK, STOPS)
    os.close(said)
    return pid, heard


def part(place: mmap.mmap) -> int:
    """The part over which a child was; 0 where it was over none."""
    number: int = PART.unpack_from(place)[0]
    return number


def _live(life: Life, work: Callable[[], Any]) -> NoReturn:
    """From the first breath to the last: nothing of what the parent was doing goes on here."""
    code = UNSHUT
    try:
        _orphaned_never(life.parent)
        _shut(life.said, *life.keep)
        _bounded(life.limits, life.size)
        confine()
        code = DIED
        _say(life.said, _answered(work, life.limits))
        code = LIVED
    except MemoryError:
        code = NO_MEMORY
    finally:
        os._exit(code)


def _orphaned_never(parent: int) -> None:
    os.setpgid(0, 0)
    LIBC.prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:  # it died before we could ask to be told
        os._exit(DIED)
    for stop in STOPS:
        signal.signal(stop, signal.SIG_DFL)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, STOPS)


def _shut(*keep: int) -> None:
    """Nothing open but `keep`, and nothing said to the terminal."""
    nowhere = os.open(os.devnull, os.O_RDWR)
    for standard in range(3):
        os.dup2(nowhere, standard)
    kept = sorted({2, *keep})
    for low, high in zip(kept, [*kept[1:], resource.getrlimit(resource.RLIMIT_NOFILE)[0]], strict=True):
        os.closerange(low + 1, high)


def _bounded(limits: Limits, size: int) -> None:
    pages = _pages()
    _limit(resource.RLIMIT_CORE, 0)
    _limit(resource.RLIMIT_FSIZE, 0)
    _limit(resource.RLIMIT_NOFILE, limits.files)
    _limit(resource.RLIMIT_AS, pages * resource.getpagesize() + limits.memory)
    seconds = limits.seconds + int(limits.seconds_a_mib * size / MIB)
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, resource.getrlimit(resource.RLIMIT_CPU)[1]))


def _pages() -> int:
    """The size of this process's memory, pages; by bare calls, since every child pays for them."""
    told = os.open("/proc/self/statm", os.O_RDONLY | os.O_CLOEXEC)
    try:
        return int(os.read(told, 99).split()[0])
    finally:
        os.close(told)


def _limit(what: int, most: int) -> None:
    hard = resource.getrlimit(what)[1]
    most = most if hard == resource.RLIM_INFINITY else min(most, hard)
    resource.setrlimit(what, (most, most))


def _sign(said: int, limits: Limits) -> None:
    """A sign of life: a line feed before the answer, and more processor time for what follows."""
    soft, hard = resource.getrlimit(resource.RLIMIT_CPU)
    resource.setrlimit(resource.RLIMIT_CPU, (soft + limits.seconds_a_sign, hard))
    _say(said, b"\n")


def _say(said: int, words: bytes) -> None:
    rest = memoryview(words)
    while rest:
        rest = rest[os.write(said, rest) :]


def _answered(work: Callable[[], T], limits: Limits) -> bytes:
    """What the work brought, or whose fault it is that it brought nothing: the one place that catches all."""
    try:
        answer = packed(Wire(work()))
        return answer if len(answer) <= limits.answer else packed(_refused("too-much-text"))
    except SourceError as error:
        return packed(_refused(error.reason, error.detail))
    except OSError as error:
        return packed(_of_system(error))
    except MemoryError:
        raise
    except Exception as error:
        return packed(_of_error(error))


def _refused(reason: str, detail: str = "") -> Wire[Any]:
    return Wire(fault="source", reason=reason, detail=detail)


def _of_system(error: OSError) -> Wire[Any]:
    if error.errno in STORAGE:
        return Wire(fault="storage", detail=f"{error.strerror}, {_where(error)}")
    if error.errno in OURS:
        return Wire(fault="own", detail=f"{error.strerror}, {_where(error)}")
    if error.errno in BARRED:
        return _barred(error)
    return _refused("unreadable", _where(error))


def _barred(error: OSError) -> Wire[Any]:
    """A library that may not be read is our fault; any other file was named by the document."""
    if error.filename is None or inside(error.filename):
        return Wire(fault="own", detail=f"{error.strerror}, {_where(error)}")
    return _refused("reached-out", _where(error))


def _of_error(error: Exception) -> Wire[Any]:
    """An import, a codec that is not there, an answer that cannot be written: ours, never a document's."""
    if isinstance(error, StorageError):
        return Wire(fault="storage", detail=str(error))
    if isinstance(error, (PipelineError, ImportError)) or type(error) is LookupError:
        return Wire(fault="own", detail=str(error) if isinstance(error, OwnError) else _where(error))
    return _refused("unreadable", _where(error))


def _where(error: Exception) -> str:
    """The kind of an error and the line it comes from; nothing of the document."""
    at = error.__traceback__
    while at is not None and at.tb_next is not None:
        at = at.tb_next
    line = f"{Path(at.tb_frame.f_code.co_filename).name}:{at.tb_lineno}" if at is not None else ""
    return f"{type(error).__name__} {line}".strip()
