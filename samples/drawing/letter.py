"""Papers that are no agreements: an invitation, a decree with an empty form, a report, an attendance list."""

from typing import Any

from reportlab.platypus import Flowable, PageBreak, Spacer, Table

from . import bound, emblem
from .draft import GAP, Draft, dated, filled, office_line, paragraphs, said, slot, unit
from .flow import Cell, bare, cells, ruled
from .statement import title

DOTS = "." * 45


def undangan(draft: Draft) -> list[Flowable]:
    """A letter of invitation."""
    words, (first, *rest) = draft.words, draft.words["invitation"]
    return [
        *emblem.head("letterhead", draft.family.font, unit(draft), draft.width),
        Cell(dated(draft), draft.text(align="right")),
        Spacer(1, 8),
        _labels(draft, words["invitation_head"]),
        Spacer(1, 10),
        *paragraphs(draft, [f"Yth. Kepala Perangkat Daerah<br/>di -<br/>{GAP * 8}Sukamaju"]),
        Spacer(1, 6),
        *paragraphs(draft, [first], firstLineIndent=36),
        _labels(draft, words["invitation_facts"]),
        Spacer(1, 6),
        *paragraphs(draft, rest, firstLineIndent=36),
        *_signed(draft),
    ]


def _labels(draft: Draft, rows: tuple[tuple[str, str], ...]) -> Table:
    """Labels, colons and texts below each other."""
    lines = [cells((label, ":", filled(draft, text)), draft.text(align="left")) for label, text in rows]
    return bare(lines, [80, 16, draft.width - 136])


def _signed(draft: Draft) -> list[Flowable]:
    """Office, room and name on the right: letters are signed too, but promise nothing."""
    name, nip = said(draft, "first", "name"), said(draft, "first", "nip")
    lines = (office_line(draft, "first"), GAP, GAP, GAP, f"<u>{name}</u>", f"NIP. {nip}")
    return [Spacer(1, 14), *cells(lines, draft.text(align="center", leftIndent=draft.width / 2))]


def sk(draft: Draft) -> list[Flowable]:
    """A decree whose annex is an empty form of the performance agreement."""
    words = draft.words
    articles = [article.replace("|", f"{GAP}:{GAP}") for article in words["decree_articles"]]
    place = f"Ditetapkan di Sukamaju<br/>pada tanggal {dated(draft).split(', ')[1]}"
    return [
        *emblem.head("emblem", draft.family.font, "", draft.width),
        *title(draft, words["decree_title"]),
        Spacer(1, 10),
        *paragraphs(draft, ["Menimbang :"]),
        *paragraphs(draft, words["decree_considering"], leftIndent=80, firstLineIndent=-14),
        Cell("MEMUTUSKAN :", draft.text(align="center", bold=True)),
        Spacer(1, 6),
        *paragraphs(draft, articles, leftIndent=80, firstLineIndent=-80),
        Cell(place, draft.text(align="left", leftIndent=draft.width / 2 + 30)),
        *_signed(draft),
        PageBreak(),
        *_form(draft),
    ]


def _form(draft: Draft) -> list[Flowable]:
    """The empty form: titles, dots and an empty table."""
    words, dots = draft.words, (("Nama", DOTS), ("Jabatan", DOTS))
    parties = [(_labels(draft, dots), *paragraphs(draft, [bridge])) for bridge in words["form_bridges"]]
    return [
        Cell("LAMPIRAN KEPUTUSAN SEKRETARIS DAERAH", draft.text(9, "left")),
        Spacer(1, 12),
        *title(draft, ("PERJANJIAN KINERJA TAHUN ....",)),
        Spacer(1, 8),
        *paragraphs(draft, [words["form_opening"]]),
        *[piece for party in parties for piece in party],
        Spacer(1, 8),
        _empty(draft),
        Spacer(1, 14),
        _nobody(draft),
    ]


def _empty(draft: Draft) -> Table:
    """A table with a head, numbers of the columns, and nothing below."""
    centre, bold = draft.text(align="center"), draft.text(align="center", bold=True)
    head = cells(("No", "Sasaran", "Indikator Kinerja", "Target"), bold)
    numbers = cells(("(1)", "(2)", "(3)", "(4)"), centre)
    rows: list[list[Any]] = [head, numbers, *[[Cell("<br/><br/>", centre), "", "", ""] for _ in range(4)]]
    return ruled(rows, [28, 150, draft.width - 268, 90])


def _nobody(draft: Draft) -> Table:
    rows = (("Pihak Kedua,", "Pihak Pertama,"), (GAP, GAP), (f"( {DOTS[:30]} )",) * 2)
    return bare([cells(row, draft.text(align="center")) for row in rows], [draft.width / 2] * 2)


def laporan(draft: Draft) -> list[Flowable]:
    """A performance report: full of the words of an agreement, and none itself."""
    *before, after = draft.words["report"]
    return [
        Spacer(1, 120),
        emblem.Emblem(90),
        Spacer(1, 12),
        *cells(draft.words["report_title"], draft.text(16, "center", bold=True)),
        PageBreak(),
        *title(draft, ("BAB III", "AKUNTABILITAS KINERJA")),
        Spacer(1, 10),
        *paragraphs(draft, before, firstLineIndent=30),
        bound.results(draft),
        Spacer(1, 10),
        *paragraphs(draft, [after], firstLineIndent=30),
    ]


def hadir(draft: Draft) -> list[Flowable]:
    """An attendance list: many signatures, no promise."""
    head = cells(("NO", "NAMA", "JABATAN", "TANDA TANGAN"), draft.text(align="center", bold=True))
    rows = [_present(draft, i, who) for i, who in enumerate(draft.part.people, 1)]
    return [
        *title(draft, ("DAFTAR HADIR",)),
        Spacer(1, 8),
        _labels(draft, draft.words["attendance_facts"]),
        Spacer(1, 8),
        ruled([head, *rows], [36, 160, draft.width - 326, 130]),
    ]


def _present(draft: Draft, i: int, who: str) -> list[Any]:
    texts = (str(i), said(draft, who, "name"), said(draft, who, "position"), f"{i}.")
    *row, number = cells(texts, draft.text(align="left"))
    return [*row, [number, slot(draft, who, "statement", (100, 24))]]
