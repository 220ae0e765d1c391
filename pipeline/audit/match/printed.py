"""What documents print of a person, taken apart for comparing: all their readings of one party together."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipeline.audit.match.index import StaffIndex, place_words, plain_titles
from pipeline.audit.match.learned import NOTHING, Learned
from pipeline.audit.positions import definite
from pipeline.audit.rows import PartyRow
from pipeline.values import Person, folded, person, rank, text


@dataclass(frozen=True, slots=True)
class Printed:
    """A party ready for comparing: each way in which the name and the number are read, position and unit."""

    party: PartyRow
    names: tuple[tuple[str, ...], ...]
    nips: tuple[str, ...]
    titles: frozenset[str]
    said: frozenset[str]  # words of the position that positions here have
    around: frozenset[str]  # and of the unit
    strange: int  # words of the position that no position here has
    acting: bool
    aliases: frozenset[str]  # ids of the people somebody has decided this name to be


def printed(party: PartyRow, staff: StaffIndex, learned: Learned = NOTHING) -> Printed | None:
    """The party taken apart; None where no reading of its name is one."""
    named = [one for raw in (party.name, *party.names) for one in _readings(raw, staff)]
    return _apart(party, named, staff, learned) if named else None


def unread(party: PartyRow, staff: StaffIndex) -> Printed | None:
    """The party taken apart where no name could be read, as under a stamp; None where one could."""
    return _apart(party, [], staff, NOTHING) if not (party.name or party.names) else None


def _apart(party: PartyRow, named: Sequence[Person], staff: StaffIndex, learned: Learned) -> Printed:
    names = tuple(dict.fromkeys(tuple(one.key.split()) for one in named))
    said, strange = _placed(party.position, staff)
    return Printed(
        party=party,
        names=names,
        nips=tuple(dict.fromkeys(nip for nip in (party.nip, *party.nips) if nip)),
        titles=plain_titles((*named[0].front, *named[0].back)) if named else frozenset(),
        said=said,
        around=said | _placed(party.unit, staff)[0],
        strange=strange,
        acting=text(party.position or "") != definite(party.position or "", staff.words),
        aliases=learned.people(names),
    )


def _readings(raw: str | None, staff: StaffIndex) -> Iterator[Person]:
    """The person in a text, and, where titles that no list knows follow a comma, the one without them."""
    whole = _name(raw, staff)
    if whole:
        yield whole
        bare = _name(whole.name.partition(",")[0], staff) if "," in whole.name else None
        if bare:
            yield bare


def _name(raw: str | None, staff: StaffIndex) -> Person | None:
    """The person in a text; a rank that stands where a name should is none."""
    if not raw or (folded(raw.split(" ")[0]) in staff.ranks and rank(raw, words=staff.words)):
        return None
    return person(raw, words=staff.words)


def _placed(raw: str | None, staff: StaffIndex) -> tuple[frozenset[str], int]:
    """Words of a position in the spelling of the registry, and how many the registry does not have."""
    known = staff.placed.get(raw)
    if known is None:
        found = [_spelt(word, staff) for word in place_words(raw, staff.words, staff.bands)]
        known = frozenset(word for word in found if word is not None), found.count(None)
        staff.placed[raw] = known
    return known


def _spelt(word: str, staff: StaffIndex) -> str | None:
    return word if word in staff.heavy else next(iter(staff.places.alike(word)), None)


def parties(connection: sqlite3.Connection) -> Iterator[PartyRow]:
    """The parties of all agreements, each with all readings of its name and number."""
    for id_, name, position, nip, unit, signed_on, names, nips in connection.execute(PARTIES):
        yield PartyRow(id_, name, position, nip, unit, signed_on, _split(names), _split(nips))


def _split(joined: str | None) -> tuple[str, ...]:
    return tuple(joined.split("\n")) if joined else ()


PARTIES = """
select p.id, p.name, p.position, p.nip, coalesce(p.unit, a.unit), a.signed_on,
       (select group_concat(f.data, char(10)) from facts f
        where f.record = 'parties' and f.record_id = p.id and f.field = 'name' and f.data is not p.name),
       (select group_concat(f.data, char(10)) from facts f
        where f.record = 'parties' and f.record_id = p.id and f.field = 'nip' and f.data is not p.nip)
from parties p join agreements a on a.id = p.agreement_id
order by p.rowid
"""
