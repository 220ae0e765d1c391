"""What a command costs: the processor time of all its processes, and the memory they hold at most."""

from __future__ import annotations

import compileall
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from pipeline.isolate.threads import COUNTS

ROOT = Path(__file__).resolve().parents[1]
WAIT = 0.05  # seconds between two looks at the memory
KIB = 1024


@dataclass(frozen=True, slots=True)
class Cost:
    """Seconds of processor time, user and system; bytes of memory.

    `largest` is the resident set of the largest process, `together` what all held at the same moment, pages
    that several processes share counted once.
    """

    cpu: float
    largest: int
    together: int


def cost(command: Sequence[str], *, done: Iterable[int] = (0,)) -> Cost:
    """What running a command to its end costs, its descendants included (wait4 of Linux; smaps in /proc).

    Raises RuntimeError with what it said where it does not end with one of the exit codes in `done`.
    """
    _compiled()
    # each measured process has one thread
    around = {**os.environ, **dict.fromkeys(COUNTS, "1"), "PYTHONPATH": str(ROOT)}
    with tempfile.TemporaryFile() as said:
        process = subprocess.Popen(  # noqa: S603 - our own commands
            command, env=around, stdout=said, stderr=said, stdin=subprocess.DEVNULL
        )
        together = largest = 0
        while not (ended := os.wait4(process.pid, os.WNOHANG))[0]:
            everybody = family(process.pid, _parents())
            together = max(together, sum(_told(one, "smaps_rollup", "Pss:") for one in everybody))
            largest = max(largest, *(_told(one, "status", "VmHWM:") for one in everybody))
            time.sleep(WAIT)
        _, status, used = ended
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode not in done:
            said.seek(0)
            raise RuntimeError(f"{' '.join(command)}: {process.returncode}\n{said.read().decode()}")
    return Cost(used.ru_utime + used.ru_stime, largest, together)


@cache
def _compiled() -> None:
    """As pip compiles what it installs, so that no run pays for it."""
    compileall.compile_dir(ROOT / "pipeline", quiet=1)


def least(costs: Iterable[Cost]) -> Cost:
    """The least processor time, and the most memory, of several runs of the same command."""
    found = list(costs)
    return Cost(
        min(one.cpu for one in found),
        max(one.largest for one in found),
        max(one.together for one in found),
    )


def family(pid: int, parents: dict[int, int]) -> set[int]:
    """A process and its descendants; `parents` gives the parent of each process.

    >>> sorted(family(2, {2: 1, 3: 2, 4: 3, 5: 1}))
    [2, 3, 4]
    """
    found, fresh = set[int](), {pid}
    while fresh:
        found |= fresh
        fresh = {child for child, parent in parents.items() if parent in fresh} - found
    return found


def _parents() -> dict[int, int]:
    found: dict[int, int] = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            with suppress(OSError):  # it has ended since
                found[int(entry.name)] = int((entry / "stat").read_text().rpartition(")")[2].split()[1])
    return found


def _told(pid: int, file: str, name: str) -> int:
    """Bytes that /proc tells of a process: its share of memory, or the most it has held since it began.

    (wait4 tells the most too, but counts what the process that started it held.)
    """
    with suppress(OSError):
        for line in Path(f"/proc/{pid}/{file}").read_text().splitlines():
            if line.startswith(name):
                return int(line.split()[1]) * KIB
    return 0


def python(*arguments: str) -> list[str]:
    """A command line of this interpreter."""
    return [sys.executable, *arguments]
