"""The whole program, which also writes down what each document's child has used.

python -m benchmarks.peers.told_ingest OUT.json ingest FOLDER...
"""

from __future__ import annotations

import json
import resource
import sys
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from pipeline.cli.root import main
from pipeline.isolate import pool
from pipeline.isolate.task import LIMITS, MIB

KIB = 1024


@dataclass(frozen=True, slots=True)
class Spent:
    """Seconds that a child ran and might have run; bytes that it held beyond those of its parent."""

    name: str
    cpu: float
    allowed: float
    memory: int


def noted(into: list[Spent]) -> None:
    """From now on, what every child has used stands in `into`."""
    buried = pool.buried

    def noting(child: pool.Child[Any]) -> int:
        status = buried(child)
        if child.used is not None:
            into.append(_spent(child, child.used))
        return status

    pool.buried = noting


def _spent(child: pool.Child[Any], used: resource.struct_rusage) -> Spent:
    key = child.tried.task.key
    entry = key[1] if isinstance(key, tuple) else key
    signs = child.signs * LIMITS.seconds_a_sign
    allowed = LIMITS.seconds + LIMITS.seconds_a_mib * child.tried.task.bytes / MIB + signs
    ours = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    memory = max(0, used.ru_maxrss - ours) * KIB
    return Spent(entry.shown, used.ru_utime + used.ru_stime, allowed, memory)


if __name__ == "__main__":
    out, spent = Path(sys.argv.pop(1)), list[Spent]()
    noted(spent)
    try:
        main()
    finally:
        out.write_text(json.dumps([asdict(one) for one in spent]), encoding="utf-8")
