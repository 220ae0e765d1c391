"""How many threads a process has that forks: one."""

from __future__ import annotations

import os

COUNTS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")


def single() -> None:
    """Libraries of numbers that are loaded from here on start no threads; who has said how many is heard."""
    for name in COUNTS:
        os.environ.setdefault(name, "1")
