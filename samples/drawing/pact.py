"""Integrity pacts and joint commitments."""

from typing import Any

from reportlab.lib.colors import HexColor
from reportlab.platypus import Flowable, Spacer, Table

from . import emblem
from .draft import (
    GAP,
    Draft,
    block_name,
    dated,
    filled,
    hanging,
    office_line,
    paragraphs,
    said,
    signed_name,
    slot,
    unit,
)
from .flow import Cell, bare, cells, ruled
from .statement import identity, title

GREY = HexColor("#808080")


def pakta(draft: Draft) -> list[Flowable]:
    """A PAKTA INTEGRITAS: identity, numbered pledges, place for the duty stamp, maker on the right."""
    words, family = draft.words, draft.family
    return [
        *emblem.head(family.head, family.font, unit(draft), draft.width),
        *title(draft, ("PAKTA INTEGRITAS",), underline=family.underline),
        Spacer(1, 10),
        *paragraphs(draft, [words["pact_opening"]]),
        *identity(draft, "first", ""),
        *paragraphs(draft, [words["pact_lead"]]),
        *pledges(draft, words["pledges"], draft.part.pledges or tuple(range(1, 8))),
        *paragraphs(draft, [words["pact_closing"]]),
        Spacer(1, 8),
        maker(draft),
    ]


def pledges(draft: Draft, texts: tuple[str, ...], numbers: tuple[int, ...]) -> list[Flowable]:
    """Numbered pledges; a number that is left out is left out with its text."""
    lines = [f"<bullet>{number}.</bullet>{filled(draft, texts[number - 1])}" for number in numbers]
    return [piece for line in lines for piece in (Cell(line, hanging(draft)), Spacer(1, 3))]


def maker(draft: Draft) -> Table:
    """The maker on the right with the duty stamp, a witness on the left if there is one."""
    right = cells((dated(draft), "Yang membuat pernyataan,"), draft.text(align="center"))
    right += [_with_duty(draft), *signed_name(draft, "first")]
    left = _witness(draft) if draft.part.second else [Spacer(1, 1)]
    return bare([[left, right]], [draft.width / 2] * 2)


def _witness(draft: Draft) -> list[Flowable]:
    above = cells((GAP, "Menyaksikan :", office_line(draft, "second")), draft.text(align="center"))
    return [*above, slot(draft, "second", "statement", (150, 46)), *signed_name(draft, "second")]


def _with_duty(draft: Draft) -> Table:
    """A printed placeholder for the duty stamp (meterai) beside the slot: printed, not a signature."""
    placeholder = cells(("MATERAI", "Rp10.000"), draft.text(6.5, "center", textColor=GREY))
    row = [placeholder, slot(draft, "first", "statement", (130, 52))]
    table = bare([row], [52, 140], ("BOX", (0, 0), (0, 0), 0.5, GREY), ("VALIGN", (0, 0), (-1, -1), "MIDDLE"))
    table.hAlign = "CENTER"
    return table


def komitmen(draft: Draft) -> list[Flowable]:
    """A KOMITMEN BERSAMA signed by many: in a table, or in a grid."""
    gridded = draft.part.table == "grid"
    return [
        *emblem.head("emblem", draft.family.font, "", draft.width),
        *title(draft, ("KOMITMEN BERSAMA", draft.part.subject.upper(), draft.words["commitment_place"])),
        Spacer(1, 10),
        *(_prose(draft) if gridded else _promises(draft)),
        Cell(dated(draft), draft.text(align="right")),
        Spacer(1, 6),
        (_grid if gridded else _list)(draft),
        *(_noted(draft) if draft.part.first else []),
    ]


def _prose(draft: Draft) -> list[Flowable]:
    texts = [draft.words["commitment_prose"], draft.words["commitment_closing"]]
    return paragraphs(draft, texts, firstLineIndent=30)


def _promises(draft: Draft) -> list[Flowable]:
    words = draft.words
    numbered = pledges(draft, words["commitments"], draft.part.pledges)
    opening, closing = words["commitment_opening"], words["commitment_closing"]
    return [*paragraphs(draft, [opening]), *numbered, *paragraphs(draft, [closing])]


def _list(draft: Draft) -> Table:
    """Number, name with NIP, office, and the room to sign in behind a number and dots."""
    head = cells(("NO.", "NAMA / NIP", "JABATAN", "TANDA TANGAN"), draft.text(align="center", bold=True))
    rows = [_list_row(draft, i, who) for i, who in enumerate(draft.part.people, 1)]
    return ruled([head, *rows], [30, 175, draft.width - 345, 140])


def _list_row(draft: Draft, i: int, who: str) -> list[Any]:
    plain = draft.text(align="left")
    name = cells((block_name(draft, who), f"NIP {said(draft, who, 'nip')}"), plain)
    room = [Cell(f"{i}. ........", plain), slot(draft, who, "statement", (110, 30))]
    return [Cell(f"{i}.", plain), name, Cell(said(draft, who, "position"), plain), room]


def _grid(draft: Draft) -> Table:
    """Three signatories a row: office, room, name."""
    blocks: list[Any] = [_grid_block(draft, who) for who in draft.part.people]
    blocks += [""] * (-len(blocks) % 3)
    return Table([blocks[i : i + 3] for i in range(0, len(blocks), 3)], colWidths=[draft.width / 3] * 3)


def _grid_block(draft: Draft, who: str) -> list[Flowable]:
    office, name = cells(
        (office_line(draft, who), f"<u>{block_name(draft, who)}</u>"), draft.text(align="center")
    )
    return [office, slot(draft, who, "statement", (120, 46)), name, Spacer(1, 10)]


def _noted(draft: Draft) -> list[Flowable]:
    above = cells(("Mengetahui,", office_line(draft, "first")), draft.text(align="center"))
    return [Spacer(1, 10), *above, slot(draft, "first", "statement"), *signed_name(draft, "first")]


def blank(draft: Draft) -> list[Flowable]:
    """A form of the pact with dots for every answer: nobody's promise."""
    words, dots = draft.words, "." * 70
    rows = [cells((label, f": {dots}"), draft.text(align="left")) for label in words["blank_labels"]]
    texts = tuple(text.replace("{unit}", "." * 30) for text in words["pledges"])
    return [
        *title(draft, ("FORMULIR PAKTA INTEGRITAS",)),
        Spacer(1, 10),
        *paragraphs(draft, [words["pact_opening"]]),
        bare(rows, [90, draft.width - 90]),
        *paragraphs(draft, [words["pact_lead"]]),
        *pledges(draft, texts, tuple(range(1, 8))),
        Spacer(1, 10),
        *cells((line or GAP for line in words["blank_end"]), draft.text(align="left", leftIndent=250)),
    ]
