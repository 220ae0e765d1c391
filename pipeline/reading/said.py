"""What a page says as a fact, and the fact that it does not say it."""

from __future__ import annotations

from pipeline.reading.leaf import Leaf
from pipeline.reading.spans import Span
from pipeline.schema import Box, Fact


def fact(
    data: str | int | float | None,
    printed: str | None,
    rule: str,
    leaf: Leaf,
    box: Box | None,
    sure: float = 1.0,
) -> Fact:
    """A fact of a page."""
    return Fact(printed, data, rule, leaf.number, box, round(sure, 3), origin=leaf.layout.page.origin)


def missing(name: str, leaf: Leaf) -> Fact:
    return fact(None, None, f"field:{name}", leaf, None)


def sure_of(span: Span) -> float:
    return min(w.confidence for w in span.words)
