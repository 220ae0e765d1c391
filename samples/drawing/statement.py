"""The statement page of a performance agreement: who promises what to whom."""

from typing import Any

from reportlab.platypus import Flowable, KeepTogether, Spacer, Table

from . import emblem
from .data import Part
from .draft import (
    GAP,
    Draft,
    block,
    filled,
    hanging,
    office_line,
    pairs,
    paragraphs,
    said,
    signed_name,
    slot,
    spaced,
    unit,
)
from .flow import Cell, bare, cells, ruled


def story(draft: Draft) -> list[Flowable]:
    """Head, title, parties and promises, without the signatures."""
    family = draft.family
    pieces = emblem.head(family.head, family.font, unit(draft), draft.width)
    pieces += [*title(draft, family.title, underline=family.underline), Spacer(1, 12)]
    pieces += paragraphs(draft, [family.opening], firstLineIndent=family.indent)
    for who, bridge in zip(("first", "second"), family.bridge, strict=False):
        if getattr(draft.part, who) and family.look != "columns":
            pieces += [*identity(draft, who, bridge), Spacer(1, 3)]
    if family.look == "columns":
        pieces += [_side_by_side(draft), Spacer(1, 8)]
    return pieces + promises(draft)


def signatures(draft: Draft, group: str) -> list[Flowable]:
    """The signature blocks of both parties, and of a third who takes note."""
    pieces = block(draft, pairs(draft), group)
    if draft.part.third and group == "statement":
        pieces += _third(draft)
    return pieces


def title(draft: Draft, lines: tuple[str, ...], *, underline: bool = False) -> list[Flowable]:
    """Centred bold lines; the last one underlined where the layout does so. The number stands below."""
    centre = draft.text(draft.family.size + 1, "left" if draft.family.head == "bar" else "center", bold=True)
    texts = [filled(draft, _revised(draft.part, line)) for line in lines]
    cells: list[Flowable] = [
        Cell(f"<u>{text}</u>" if underline and i == 0 else text or GAP, centre)
        for i, text in enumerate(texts)
    ]
    if draft.part.number and draft.family.number:
        cells.append(Cell(filled(draft, draft.family.number), draft.text(align="center")))
    return cells


def _revised(part: Part, line: str) -> str:
    for old, new in (
        ("PERJANJIAN KINERJA TAHUN", "PERJANJIAN KINERJA PERUBAHAN TAHUN"),
        ("Perjanjian Kinerja", "Perjanjian Kinerja Perubahan"),
    ):
        line = line.replace(old, new) if part.revised else line
    return line


def identity(draft: Draft, who: str, bridge: str) -> list[Flowable]:
    """Name, number, rank and office of one party."""
    if draft.family.look == "prose":
        return _prose(draft, who, bridge)
    values = [(label, shown(draft, who, what)) for label, what in draft.family.identity]
    rows = [cells((label, ":", text), draft.text(align="left")) for label, text in values if text]
    widths = [108, 16, draft.width - 124 - draft.family.indent]
    boxed = draft.family.look == "box"
    table = ruled(rows, widths) if boxed else bare(rows, widths)
    table.hAlign = "RIGHT"
    return [table, Spacer(1, 3), *paragraphs(draft, [bridge])]


def shown(draft: Draft, who: str, what: str) -> str:
    """A value of the identity, as printed there."""
    value = said(draft, who, what)
    if what == "name" and draft.family.font == "Helvetica":
        return f"<b>{value}</b>"
    return spaced(value) if what == "nip" and "{spaced}" in draft.family.sign.nip else value


def _prose(draft: Draft, who: str, bridge: str) -> list[Flowable]:
    number = {"first": 1, "second": 2}[who]
    text = (
        f"{number}.{GAP}{GAP}<b>{said(draft, who, 'name')}</b>, {said(draft, who, 'position')}, "
        f"dalam hal ini bertindak untuk dan atas nama jabatannya, {bridge}"
    )
    return [Cell(text, draft.text(leftIndent=20, firstLineIndent=-16)), Spacer(1, 5)]


def _side_by_side(draft: Draft) -> Table:
    """A form with one column for each party."""
    bold, plain = draft.text(align="center", bold=True), draft.text(align="left")
    first, second = cells(draft.family.bridge, bold)
    number = Cell("NO", bold)
    rows: list[list[Any]] = [[number, first, "", number, second, ""]]
    for i, (label, what) in enumerate(draft.family.identity, 1):
        sides = [(str(i), label, shown(draft, who, what) or "-") for who in ("first", "second")]
        rows.append(cells((text for side in sides for text in side), plain))
    return ruled(
        rows, [30, 86, draft.width / 2 - 116] * 2, ("SPAN", (1, 0), (2, 0)), ("SPAN", (4, 0), (5, 0))
    )


def promises(draft: Draft) -> list[Flowable]:
    """What both parties promise, as paragraphs or numbered clauses."""
    family = draft.family
    if not family.numbered:
        return paragraphs(draft, [*family.promises, family.closing], firstLineIndent=family.indent)
    clauses = [
        Cell(f"<bullet>({i})</bullet>{filled(draft, text)}", hanging(draft))
        for i, text in enumerate(family.promises, 1)
    ]
    return [
        *[piece for clause in clauses for piece in (clause, Spacer(1, 4))],
        *paragraphs(draft, [family.closing]),
    ]


def _third(draft: Draft) -> list[Flowable]:
    """One more block in the middle, below the others."""
    label = draft.family.sign.labels.get("mengetahui", "Mengetahui,")
    centre = draft.text(align="center")
    above = [Spacer(1, 4), Cell(label, centre), Cell(office_line(draft, "third"), centre)]
    return [KeepTogether([*above, slot(draft, "third", "statement"), *signed_name(draft, "third")])]
