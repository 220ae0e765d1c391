"""Boxes brought back from the upright page, as it is read, to the page as displayed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass, replace
from typing import Any, TypeVar

from pipeline.reading.pages import Sheet
from pipeline.schema import Box, Fact, Signature

T = TypeVar("T")
Place = Callable[[int, Box], Box]


def shown(record: T, sheets: Mapping[int, Sheet]) -> T:
    """The same record with every box in points of its page as displayed, rounded to a tenth."""
    moved: T = _moved(record, lambda page, box: _rounded(sheets[page].shown(box)))
    return moved


def _moved(value: Any, place: Place) -> Any:
    if isinstance(value, Fact):
        return _fact(value, place)
    if isinstance(value, Signature):
        return _signature(value, place)
    if isinstance(value, tuple):
        return tuple(_moved(v, place) for v in value)
    if is_dataclass(value) and not isinstance(value, type):
        parts = {f.name: getattr(value, f.name) for f in fields(value)}
        return replace(
            value, **{k: _moved(v, place) for k, v in parts.items() if isinstance(v, (tuple, Fact))}
        )
    return value


def _fact(fact: Fact, place: Place) -> Fact:
    if fact.box is None or fact.page is None:
        return fact
    return replace(fact, box=place(fact.page, fact.box))


def _signature(slot: Signature, place: Place) -> Signature:
    if slot.x0 is None or slot.top is None or slot.x1 is None or slot.bottom is None:
        return slot
    box = place(slot.page, Box(slot.x0, slot.top, slot.x1, slot.bottom))
    return replace(slot, x0=box.x0, top=box.top, x1=box.x1, bottom=box.bottom)


def _rounded(box: Box) -> Box:
    return Box(round(box.x0, 1), round(box.top, 1), round(box.x1, 1), round(box.bottom, 1))
