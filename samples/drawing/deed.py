"""Other signed agreements: a statement of one person, a cooperation of two offices."""

from reportlab.platypus import Flowable, Spacer

from . import emblem
from .draft import Draft, paragraphs, unit
from .flow import Cell, cells
from .pact import maker
from .statement import identity, title


def pernyataan(draft: Draft) -> list[Flowable]:
    """A SURAT PERNYATAAN of one person."""
    words, family = draft.words, draft.family
    return [
        *emblem.head(family.head, family.font, unit(draft), draft.width),
        *title(draft, ("SURAT PERNYATAAN",), underline=True),
        Spacer(1, 12),
        *paragraphs(draft, [words["pact_opening"]]),
        *identity(draft, "first", ""),
        *paragraphs(draft, words["statement"]),
        Spacer(1, 10),
        maker(draft),
    ]


def kerjasama(draft: Draft) -> list[Flowable]:
    """A PERJANJIAN KERJA SAMA between two offices, with articles, without the signatures."""
    words = draft.words
    articles = [article.split("|") for article in words["cooperation"]]
    return [
        *title(draft, (*words["cooperation_title"], draft.part.subject.upper())),
        Cell(f"NOMOR : {draft.part.number}", draft.text(align="center")),
        Spacer(1, 12),
        *paragraphs(draft, [words["cooperation_opening"]]),
        *identity(draft, "first", "selanjutnya disebut <b>PIHAK KESATU</b>;"),
        *identity(draft, "second", "selanjutnya disebut <b>PIHAK KEDUA</b>."),
        *paragraphs(draft, [words["cooperation_lead"]]),
        *[piece for article in articles for piece in _article(draft, *article)],
    ]


def _article(draft: Draft, number: str, heading: str, text: str) -> list[Flowable]:
    above = cells((number, heading), draft.text(align="center", bold=True))
    return [*above, Spacer(1, 3), *paragraphs(draft, [text])]
