"""Memory of a process that works on one picture after the other."""

from __future__ import annotations

import ctypes
from contextlib import suppress

GIB = 1 << 30
HOARDED = {-3: GIB, -1: GIB}  # malloc.h: M_MMAP_THRESHOLD, M_TRIM_THRESHOLD


def steady() -> None:
    """Memory that is given back comes from where it was: who draws or reads page after page does not get it
    from the kernel anew, page by page. No more than glibc can be told so."""
    libc = ctypes.CDLL(None)
    with suppress(AttributeError):
        for what, size in HOARDED.items():
            libc.mallopt(what, size)
