"""The registry as a tree on the terminal: each person under their superior, and who says so."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from rich.text import Text
from rich.tree import Tree

from pipeline.cli.screen import cell, screen
from pipeline.errors import UsageError

PEOPLE = """
    SELECT id, name, coalesce(position, '-'), coalesce(unit, '-'), superior, superior_by, level
    FROM (SELECT s.*, o.level AS level FROM staff s
          LEFT JOIN tenures t ON t.staff_id = s.id AND t.position = s.position
          LEFT JOIN offices o ON o.id = t.office_id WHERE s.listed = 1 GROUP BY s.id)
    ORDER BY instr('kepala_daerah II III IV staf', coalesce(level, 'z')) = 0,
        instr('kepala_daerah II III IV staf', level), unit, position, name
"""


@dataclass(frozen=True, slots=True)
class Node:
    """A person in the tree."""

    id: str
    name: str
    position: str
    unit: str
    superior: str | None
    by: str | None
    level: str | None


def drawn(connection: sqlite3.Connection, unit: str | None) -> None:
    """Print the tree, or the part in units whose name holds `unit`. Raises UsageError for none."""
    people = [Node(*row) for row in connection.execute(PEOPLE)]
    kept = [one for one in people if unit is None or unit.casefold() in one.unit.casefold()]
    if not kept:
        raise UsageError(f"{unit or '-'}: tidak ada orang di unit itu / nobody is in such a unit")
    below: dict[str | None, list[Node]] = defaultdict(list)
    ids = {one.id for one in kept}
    for one in kept:
        below[one.superior if one.superior in ids and one.superior != one.id else None].append(one)
    out, seen = screen(), set[str]()
    for root in below[None]:
        out.print(_branch(root, below, seen))
    for one in kept:  # circles have no root
        if one.id not in seen:
            out.print(_branch(one, below, seen))
    out.print(
        "[registry] kolom atasan; [decision] ditetapkan orang; selain itu usulan aturan superiors.toml: "
        "pakta registry under ORANG ATASAN / column, person, or a rule's proposal",
        soft_wrap=True,
    )


def _branch(node: Node, below: dict[str | None, list[Node]], seen: set[str]) -> Tree:
    seen.add(node.id)
    made = Tree(_label(node))
    for one in _unseen(below.get(node.id, ()), seen):
        made.add(_branch(one, below, seen))
    return made


def _unseen(nodes: Iterable[Node], seen: set[str]) -> list[Node]:
    return [one for one in nodes if one.id not in seen]


def _label(node: Node) -> Text:
    by = f"  [{node.by}]" if node.by else ""
    return Text(cell(f"{node.position} ({node.unit}): {node.name}{by}"))
