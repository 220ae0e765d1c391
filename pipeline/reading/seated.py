"""People introduced in a table whose rows say who is which party."""

from __future__ import annotations

from pipeline.reading.identities import Identity
from pipeline.reading.labelled import FIELDS
from pipeline.reading.roles import role_named
from pipeline.reading.tables import Signer
from pipeline.rules import TypeRule


def seated(person: Signer, rule: TypeRule) -> Identity | None:
    """The identity of a row in which a role of the type stands; None where none does."""
    return _identity(person, role_named(person.role, rule))


def introduced(person: Signer, rule: TypeRule) -> Identity | None:
    """The same of a table that says who they are: the role that is listed, unless another stands there."""
    listed = next((p.role for p in rule.party if p.many or p.listed), None)
    return _identity(person, role_named(person.role, rule) or listed)


def _identity(person: Signer, role: str | None) -> Identity | None:
    if role is None or person.name is None:
        return None
    told = {name: getattr(person, name, None) for name in FIELDS}
    return Identity(role, {name: fact for name, fact in told.items() if fact is not None}, person.page)
