"""What people have decided about who somebody is: one party, and the name wherever it is printed again.

A decision is a row of `decisions` about matches.staff_id of a party: a person, null for nobody, or '' to
take the last one back. The name it was made upon is a second row, about parties.name; where the paper is
read otherwise by now, the decision no longer holds.
"""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from pipeline.rules import Lexicon
from pipeline.values import person

Words = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Decided:
    """Whom a party is decided to be, None for nobody, and by whom."""

    staff_id: str | None
    who: str


@dataclass(frozen=True, slots=True)
class Learned:
    """Decisions by party, and the people whom a name, as it is compared, has been decided to be."""

    decided: Mapping[str, Decided]
    aliases: Mapping[Words, frozenset[str]]

    def people(self, names: tuple[Words, ...]) -> frozenset[str]:
        """The people whom one of these names has been decided to be."""
        return frozenset().union(*(self.aliases.get(name, ()) for name in names))


NOTHING = Learned({}, {})


def learned(connection: sqlite3.Connection, words: Lexicon) -> Learned:
    """What has been decided and still holds."""
    decided: dict[str, Decided] = {}
    aliases = defaultdict[Words, set[str]](set)
    for party, staff_id, who, upon, name in connection.execute(DECIDED):
        if staff_id == "" or (upon is not None and upon != name):
            continue
        decided[party] = Decided(staff_id, who or "?")
        named = person(name or "", words=words)
        if staff_id and named:
            aliases[tuple(named.key.split())].add(staff_id)
    return Learned(decided, {name: frozenset(ids) for name, ids in aliases.items()})


DECIDED = """
select p.id, d.new, d.who,
       (select n.new from decisions n
        where n."table" = 'parties' and n.field = 'name' and n."row" = p.id order by n.id desc limit 1),
       p.name
from parties p
join decisions d on d.id = (select max(m.id) from decisions m
                            where m."table" = 'matches' and m.field = 'staff_id' and m."row" = p.id)
where d.new is null or d.new = '' or d.new in (select id from staff)
"""
