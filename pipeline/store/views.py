"""The views of views.sql, with the sentences that describe them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from types import MappingProxyType

from sqlite_utils import Database

VIEW = re.compile(r"^CREATE VIEW (\w+) AS\n-- ([^\n]+)\n(SELECT\n.*?);$", re.MULTILINE | re.DOTALL)
COLUMN = re.compile(r" AS (\w+),? -- (.+)$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class View:
    """A published view: its SELECT, its sentence, and the sentence of each column."""

    name: str
    doc: str
    select: str
    columns: Mapping[str, str]


@cache
def views() -> tuple[View, ...]:
    """The published views, each after those that it reads."""
    text = (resources.files("pipeline.store") / "views.sql").read_text(encoding="utf-8")
    return tuple(
        View(name, doc, f"-- {doc}\n{select}", MappingProxyType(dict(COLUMN.findall(select))))
        for name, doc, select in VIEW.findall(text)
    )


def create(db: Database) -> None:
    """Make the views that are not there, and make those again whose text is another by now."""
    for view in views():
        db.create_view(view.name, f"\n{view.select}", replace=True)
