"""People introduced in a table whose rows say who is which party."""

from __future__ import annotations

from pipeline.reading.identities import Identity
from pipeline.reading.labelled import FIELDS
from pipeline.reading.phrases import starts
from pipeline.reading.tables import Signer
from pipeline.rules import TypeRule

SIMILAR = 85  # per cent


def seated(person: Signer, rule: TypeRule) -> Identity | None:
    """The identity of a row in which a role of the type stands; None where none does."""
    said = {party.role: starts(person.role, (*party.called, *party.anchors), SIMILAR) for party in rule.party}
    role = max((r for r, phrase in said.items() if phrase), key=lambda r: len(said[r] or ""), default=None)
    if role is None or person.name is None:
        return None
    told = {name: getattr(person, name, None) for name in FIELDS}
    return Identity(role, {name: fact for name, fact in told.items() if fact is not None}, person.page)
