"""A document type: how it is known, what stands in it, and who has to sign it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Literal

import msgspec

from pipeline.errors import RuleError
from pipeline.rules.strict import Strict, decode, unknown
from pipeline.schema import ROLES

OTHER = "other"  # the type of pages that are no agreement


class Recognise(Strict, frozen=True):
    """How a page of this type is known. All are phrases, compared without case, spaces and punctuation."""

    title: tuple[str, ...] = ()  # a title line starts with one of these
    before: tuple[str, ...] = ()  # single words that may stand before a title: "Surat", "Naskah"
    begins: tuple[str, ...] = ()  # a page that begins an agreement also says one of these
    says: tuple[str, ...] = ()  # or one of these, which alone would mean nothing
    annex: tuple[str, ...] = ()  # title of a page that belongs to the agreement before it
    aside: tuple[str, ...] = ()  # title of such a page whose tables are not the agreement's own
    labels: tuple[tuple[str, ...], ...] = ()  # or: all labels of one of these sets stand near the top
    similar: int = 85  # how alike a misread phrase must be, per cent


class Field(Strict, frozen=True):
    """A value of the agreement. Found by a label before it, or by a span of rules/patterns."""

    name: str
    label: tuple[str, ...] = ()
    span: str = ""
    type: Literal["text", "date", "place", "year", "unit", "flag"] = "text"
    part: Literal["statement", "annex", "any"] = "any"
    required: bool = False


class PartyRule(Strict, frozen=True):
    """A role, and the phrases that announce it above a signature or after an identity."""

    role: str
    anchors: tuple[str, ...] = ()
    called: tuple[str, ...] = ()  # after an identity: "selanjutnya disebut ..."; the anchors count too
    required: bool = False
    many: bool = False
    listed: bool = False  # the people of a table to sign in have it; many have it anyway
    several: bool = False  # people side by side under one line with the role have it
    dated: bool = False  # with no anchor: the block under place and date
    fields: tuple[Literal["name", "position", "nip", "rank", "unit"], ...] = (
        "name",
        "position",
    )  # must be printed


class SignatureRule(Strict, frozen=True):
    """Who has to sign, and where."""

    role: str
    on: tuple[Literal["statement", "annex"], ...] = ("statement",)
    required: bool = True
    once: bool = False  # one of these parts is enough


class Columns(Strict, frozen=True):
    """Header phrases by field; `quarters` are over four columns, `months` over twelve; more are `unread`.

    `priced` holds names of programmes with their money under them.
    """

    number: tuple[str, ...] = ()
    objective: tuple[str, ...] = ()
    measure: tuple[str, ...] = ()
    unit: tuple[str, ...] = ()
    target: tuple[str, ...] = ()
    quantity: tuple[str, ...] = ()
    quality: tuple[str, ...] = ()
    time: tuple[str, ...] = ()
    q1: tuple[str, ...] = ()
    q2: tuple[str, ...] = ()
    q3: tuple[str, ...] = ()
    q4: tuple[str, ...] = ()
    quarters: tuple[str, ...] = ()
    months: tuple[str, ...] = ()
    owner: tuple[str, ...] = ()
    code: tuple[str, ...] = ()
    program: tuple[str, ...] = ()
    amount: tuple[str, ...] = ()
    priced: tuple[str, ...] = ()
    note: tuple[str, ...] = ()
    total: tuple[str, ...] = ()
    name: tuple[str, ...] = ()
    position: tuple[str, ...] = ()
    nip: tuple[str, ...] = ()
    rank: tuple[str, ...] = ()
    party_unit: tuple[str, ...] = ()
    role: tuple[str, ...] = ()
    sign: tuple[str, ...] = ()
    unread: tuple[str, ...] = ()


class Levels(Strict, frozen=True):
    """Words with which a name, or the title of its column, says its rung of the budget."""

    program: tuple[str, ...] = ()
    kegiatan: tuple[str, ...] = ()
    sub_kegiatan: tuple[str, ...] = ()


class TableRule(Strict, frozen=True):
    """A table of the type, and into which records its rows go."""

    into: Literal["indicators", "budgets", "parties"]
    columns: Columns
    required: tuple[str, ...] = ()
    refuse: tuple[str, ...] = ()  # a header with one of these is another table (realisasi, capaian)
    second: tuple[str, ...] = ()  # with one of these it counts where no other table says as much
    total: tuple[str, ...] = ()  # a row that begins so sums up
    skip: tuple[str, ...] = ()  # a row that begins so is a remark
    sentence: tuple[str, ...] = ()  # words between a name and its money in a sentence: "sebesar"
    caption: tuple[str, ...] = ()  # a line that says no more stands over such a table, and ends another
    levels: Levels = Levels()
    similar: int = 84


class Theme(Strict, frozen=True):
    """A theme that some pledge must speak of."""

    name: str
    words: tuple[str, ...]
    required: bool = True


class Pledges(Strict, frozen=True):
    """Numbered promises; the last ends before a closing phrase."""

    end: tuple[str, ...] = ()
    theme: tuple[Theme, ...] = ()


class TypeExample(Strict, frozen=True):
    """Lines of a page, and whether they begin an agreement of this type."""

    lines: tuple[str, ...]
    is_type: bool = True


class TypeRule(Strict, frozen=True):
    """A document type: a file of rules/types. Its id is the file name."""

    name: str
    recognise: Recognise
    name_en: str = ""
    basis: str = ""
    agreement: bool = True  # false: never flagged, nothing but its pages is read
    promise: tuple[str, ...] = ()  # phrases of the promise itself; one must be there
    field: tuple[Field, ...] = ()
    party: tuple[PartyRule, ...] = ()
    signature: tuple[SignatureRule, ...] = ()
    table: tuple[TableRule, ...] = ()
    pledges: Pledges | None = None
    example: tuple[TypeExample, ...] = ()
    id: str = ""


def read(path: Path, spans: set[str]) -> TypeRule:
    rule = decode(path, TypeRule)
    fault = next(_faults(rule, path.stem, spans), None)
    if fault is not None:
        raise RuleError(f"types/{path.name}: {fault}")
    return msgspec.structs.replace(rule, id=path.stem)


def _faults(rule: TypeRule, name: str, spans: set[str]) -> Iterator[str]:
    """Names in a type that mean nothing: a role of no party, a span of no pattern, a column of no table."""
    if rule.id not in {"", name}:
        yield f"id is '{rule.id}'; it is the file name, '{name}'"
    if name == OTHER and rule.agreement:
        yield "agreement must be false: these are the pages that are no agreement"
    roles = [party.role for party in rule.party]
    yield from unknown("party.role", roles, ROLES)
    yield from unknown("signature.role", [s.role for s in rule.signature], roles)
    yield from unknown("field.span", [f.span for f in rule.field if f.span], sorted(spans))
    columns = Columns.__struct_fields__
    yield from unknown("table.required", [c for t in rule.table for c in t.required], columns)
