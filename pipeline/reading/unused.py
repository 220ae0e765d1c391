"""Parts of libraries that are loaded with them and do nothing here, left out while the library is loaded."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from types import ModuleType

Unused = Mapping[str, Mapping[str, object]]  # modules, each with what is asked of it when it is imported


@contextmanager
def without(unused: Unused) -> Iterator[None]:
    """Empty modules stand in for those named while this lasts; one that is loaded already stays.

    A part that somebody else imports later is the real one.
    """
    absent = {name: holds for name, holds in unused.items() if name not in sys.modules}
    for name, holds in absent.items():
        sys.modules[name] = ModuleType(name)
        vars(sys.modules[name]).update(holds)
    try:
        yield
    finally:
        for name in absent:
            del sys.modules[name]
