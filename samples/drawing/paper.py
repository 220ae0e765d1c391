"""Turns a file of the list into a PDF, and says where everything stands on it."""

import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from reportlab.lib.pagesizes import A4, landscape
from reportlab.platypus import (
    BaseDocTemplate,
    Flowable,
    Frame,
    NextPageTemplate,
    PageBreak,
    PageTemplate,
    Spacer,
)

from . import annex, bound, deed, emblem, letter, pact, statement
from .data import Annex, Family, File, Look, Part, Person
from .draft import Draft
from .flow import Mark, Spot

SIZES = {"A4": A4, "F4": (609.45, 935.43)}
PLAIN = Family(
    font="Times",
    size=12,
    head="plain",
    title=(),
    opening="",
    identity=(("Nama", "name"), ("NIP", "nip"), ("Jabatan", "position")),
    bridge=(),
    promises=(),
    annex_title=(),
)
STORIES: dict[str, Callable[[Draft], list[Flowable]]] = {
    "pakta": pact.pakta, "komitmen": pact.komitmen, "pernyataan": deed.pernyataan, "blanko": pact.blank,
    "undangan": letter.undangan, "sk": letter.sk, "laporan": letter.laporan, "hadir": letter.hadir,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Stock:
    """All that the drawings are made from."""

    people: dict[str, Person]
    families: dict[str, Family]
    looks: dict[str, Look]
    annexes: dict[str, Annex]
    words: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Drawn:
    """A PDF and the marks on its pages."""

    pdf: bytes
    marks: tuple[Mark, ...]
    pages: int


def drawn(stock: Stock, file: File, *, seen: bool, encrypt: Any = None) -> Drawn:
    """The pages of a file; with `seen`, ink is part of the drawing."""
    marks: list[Mark] = []
    parts = drafts(stock, file, marks, seen=seen)
    out, story = io.BytesIO(), [piece for draft in parts for piece in _pieces(draft)]
    document = BaseDocTemplate(
        out, invariant=1, title=file.name.rsplit(".", 1)[0], author="Kota Sukamaju", encrypt=encrypt
    )
    first = _upright(parts[0])
    document.addPageTemplates(sorted(_templates(parts), key=lambda template: template.id != first))
    document.build(story)
    return Drawn(out.getvalue(), tuple(marks), document.page)


def drafts(stock: Stock, file: File, marks: list[Mark] | None = None, *, seen: bool = False) -> list[Draft]:
    """The parts of a file, ready to draw."""
    noted = [] if marks is None else marks
    return [_draft(stock, file, part, i, noted, seen) for i, part in enumerate(file.parts)]


def _draft(stock: Stock, file: File, part: Part, index: int, marks: list[Mark], seen: bool) -> Draft:
    family = stock.families.get(part.family, PLAIN)
    width = SIZES[family.paper][0] - 2 * family.margins
    return Draft(
        part,
        index,
        family,
        file.name,
        stock.people,
        stock.annexes,
        stock.looks,
        stock.words,
        marks,
        seen,
        width,
    )


def _pieces(draft: Draft) -> Iterator[Flowable]:
    """One part from its first mark to its last."""
    yield NextPageTemplate(_upright(draft))
    if draft.index:
        yield PageBreak()
    yield Spot(draft.marks, ("start", draft.index))
    yield from _agreement(draft) if draft.part.kind == "pk" else _other(draft)
    yield Spot(draft.marks, ("end", draft.index))


def _other(draft: Draft) -> Iterator[Flowable]:
    if draft.part.kind == "kerjasama":
        yield from deed.kerjasama(draft)
        yield from statement.signatures(draft, "statement")
    else:
        yield from STORIES[draft.part.kind](draft)


def _agreement(draft: Draft) -> Iterator[Flowable]:
    """Statement, annex, and what is bound in with them."""
    yield from statement.story(draft)
    if draft.family.one_page:
        yield from annex.indicators(draft)
    yield from statement.signatures(draft, "statement")
    if "blank" in draft.part.extras:
        yield from _page(draft, [Spacer(1, 1)], _upright(draft))
    if "pengukuran" in draft.part.extras:
        yield from _page(draft, bound.measured(draft), _upright(draft))
    if draft.part.annex and not draft.family.one_page:
        yield from _annex(draft)
    if "rencana_aksi" in draft.part.extras:
        yield from _page(
            _wide(draft),
            bound.action_plan(_wide(draft)),
            f"{draft.family.paper}-turned" if draft.part.rotated else f"{draft.family.paper}-wide",
        )


def _annex(draft: Draft) -> Iterator[Flowable]:
    across = _wide(draft) if draft.part.landscape else draft
    pieces = annex.story(across)
    if draft.family.annex_signed:
        pieces += statement.signatures(across, "annex")
    yield from _page(
        across, pieces, _sideways(draft) if draft.part.landscape else _upright(draft, plain=True)
    )


def _page(draft: Draft, pieces: list[Flowable], template: str) -> Iterator[Flowable]:
    yield NextPageTemplate(template)
    yield PageBreak()
    yield from pieces


def _upright(draft: Draft, *, plain: bool = False) -> str:
    framed = draft.family.head == "frame" and not plain
    return f"{draft.family.paper}-{'framed' if framed else 'upright'}"


def _sideways(draft: Draft) -> str:
    return f"{draft.family.paper}-{'turned' if draft.part.rotated else 'wide'}"


def _wide(draft: Draft) -> Draft:
    """The same on a page laid across."""
    height = SIZES[draft.family.paper][1]
    fields = {name: getattr(draft, name) for name in Draft.__slots__}
    return Draft(**fields | {"width": height - 2 * draft.family.margins})


def _templates(parts: list[Draft]) -> Iterator[PageTemplate]:
    papers = {draft.family.paper: draft.family.margins for draft in parts}
    for paper, margin in papers.items():
        size = SIZES[paper]
        yield _template(f"{paper}-upright", size, margin)
        yield _template(f"{paper}-framed", size, margin, onPage=_framed)
        yield _template(f"{paper}-wide", landscape(size), margin)
        yield _turned(paper, size, margin)


def _straight(canvas: Any, document: Any) -> None:
    canvas.setPageRotation(0)


def _framed(canvas: Any, document: Any) -> None:
    canvas.setPageRotation(0)
    emblem.frame(canvas, canvas._pagesize)


def _template(name: str, size: tuple[float, float], margin: float, **more: Any) -> PageTemplate:
    frame = Frame(margin, margin * 0.8, size[0] - 2 * margin, size[1] - 1.6 * margin, 0, 0, 0, 0)
    return PageTemplate(name, [frame], pagesize=size, **{"onPage": _straight} | more)


def _turned(paper: str, size: tuple[float, float], margin: float) -> PageTemplate:
    """A page drawn sideways on upright paper that asks the reader to turn it."""
    across = landscape(size)
    frame = Frame(margin, margin * 0.8, across[0] - 2 * margin, across[1] - 1.6 * margin, 0, 0, 0, 0)
    template = PageTemplate(
        f"{paper}-turned", [frame], pagesize=across, onPage=_turn
    )  # stored upright: reportlab swaps sides
    template.rotation = 90
    return template


def _turn(canvas: Any, document: Any) -> None:
    canvas.setPageRotation(90)
    canvas.translate(canvas._pagesize[1], 0)
    canvas.rotate(90)
