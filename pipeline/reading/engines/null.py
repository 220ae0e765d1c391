"""An engine that sees no words, for tests of what lies around one."""

from __future__ import annotations

from collections.abc import Callable

from pipeline.reading.raster import Pixels
from pipeline.schema import Word


def label() -> str:
    """Its name in records."""
    return "null"


def missing() -> str:
    """It lacks nothing."""
    return ""


def loaded(threads: int) -> Callable[[Pixels], tuple[Word, ...]]:
    """Sees nothing in any picture, whatever the number of `threads`."""
    return lambda _: ()
