"""A name that was mistyped: what there is, the likeliest first."""

from __future__ import annotations

from collections.abc import Collection
from difflib import get_close_matches

from pipeline.errors import UsageError

NEAR = 3
ALIKE = 0.5


def chosen(what: str, names: tuple[str, ...], known: Collection[str]) -> tuple[str, ...]:
    """The same names. Raises UsageError for one that is not `known`."""
    for name in names:
        if name not in known:
            raise UsageError(unknown(what, name, known))
    return names


def unknown(what: str, name: str, known: Collection[str]) -> str:
    """The sentence that says so.

    >>> unknown("aturan / rule", "unit-mising", ["year-future", "unit-missing"])
    "aturan / rule 'unit-mising' tidak ada / does not exist; mungkin / perhaps unit-missing"
    """
    near = get_close_matches(name, known, NEAR, ALIKE)
    hint = f"mungkin / perhaps {', '.join(near)}" if near else f"ada / there are {', '.join(sorted(known))}"
    return f"{what} '{name}' tidak ada / does not exist; {hint}"
