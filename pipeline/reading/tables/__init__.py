"""Tables: what is promised, what it may cost, and who signs, row by row."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from pipeline.reading.tables import carded, lists, outlined, told
from pipeline.reading.tables.anchors import split
from pipeline.reading.tables.budgets import budgets, total
from pipeline.reading.tables.grid import Grid
from pipeline.reading.tables.header import unknown
from pipeline.reading.tables.indicators import indicators
from pipeline.reading.tables.lore import Lore
from pipeline.reading.tables.people import Signer, signers
from pipeline.reading.tables.rows import Row, announcement, objective, rows
from pipeline.reading.tables.sections import Leaf, Section, leaves
from pipeline.reading.tables.wording import Piece, fact
from pipeline.rules import TableRule
from pipeline.schema import Box, Budget, Fact, Indicator, Layout
from pipeline.values import Words

CAPTION = 40.0  # points over a table in which its caption may stand
ASIDE = re.compile(r"\([^()]*\)")
MONEY = re.compile(r"\b(?:Rp|rupiah)", re.IGNORECASE)

__all__ = ["Signer", "Tables", "read"]


@dataclass(frozen=True, slots=True)
class Tables:
    """What the tables of an agreement say. `areas` are their places: page and box in upright points."""

    indicators: tuple[Indicator, ...] = ()
    budgets: tuple[Budget, ...] = ()
    total: Fact | None = None
    unread: tuple[Fact, ...] = ()  # titles of columns that no rule knows
    people: tuple[Signer, ...] = ()
    areas: tuple[tuple[int, Box], ...] = ()
    grids: tuple[Grid, ...] = ()  # all that is ruled, also what is no table


def read(layouts: Sequence[Layout], rules: Sequence[TableRule], words: Words, year: str = "") -> Tables:
    """The tables on the pages of one agreement, given in order, as the type's table rules describe them.

    Of columns for several years that of its `year` counts.
    """
    pages = list(leaves(layouts, Lore(tuple(rules), words, year)))
    sections = _counting([s for leaf in pages for s in leaf.sections if not s.refused])
    captions = {id(s): _caption(leaf.layout, s.grid.box) for leaf in pages for s in leaf.sections}
    announced = {id(s): announcement(leaf.layout, s.titles) for leaf in pages for s in leaf.sections}
    areas = tuple((leaf.layout.page.number, box) for leaf in pages for box in leaf.areas)
    by_rule = [
        (rule, list(_rows(sections, rule, captions, announced)) or _told(pages, areas, rule))
        for rule in rules
    ]
    money = [(rule, _listed(found, pages, rule, words)) for rule, found in by_rule if rule.into == "budgets"]
    return Tables(
        indicators=tuple(
            i for rule, found in by_rule if rule.into == "indicators" for i in indicators(found, rule, words)
        ),
        budgets=tuple(b for rule, found in money for b in budgets(found, rule, words)),
        total=next((t for rule, found in money if (t := total(found, rule, words)) is not None), None),
        unread=tuple(_unread(sections, rules)),
        people=tuple(
            p for rule, found in by_rule if rule.into == "parties" for p in signers(found, rule, words)
        ),
        areas=areas,
        grids=tuple(grid for leaf in pages for grid in leaf.grids),
    )


def _counting(sections: list[Section]) -> list[Section]:
    """The sections; without those of an action plan where another says what is promised."""
    first = [s for s in sections if not s.second]
    promised = any(head.rule.into == "indicators" for s in first for head in s.heads)
    return first if promised else sections


def _told(pages: Sequence[Leaf], areas: Sequence[tuple[int, Box]], rule: TableRule) -> list[Row]:
    """Indicators on cards, in forms, in sentences or in outlines, where no table has any."""
    if rule.into != "indicators":
        return []
    unread = [grid for leaf in pages for grid in leaf.grids if grid.box not in leaf.areas]
    layouts = [leaf.layout for leaf in pages]
    return carded.rows(unread, rule) or told.rows(layouts, areas, rule) or outlined.rows(layouts, areas, rule)


def _caption(layout: Layout, table: Box) -> str:
    """What is printed right over a table of its money: '(dalam jutaan rupiah)', '(ribu rupiah)'."""
    text = " ".join(w.text for w in layout.words if 0 <= table.top - w.box.bottom < CAPTION)
    if "dalam " in text.casefold():
        return text[text.casefold().rfind("dalam ") :]
    return next((said for said in reversed(ASIDE.findall(text)) if MONEY.search(said)), "")


def _rows(
    sections: Iterable[Section],
    rule: TableRule,
    captions: dict[int, str],
    announced: dict[int, Piece | None],
) -> Iterator[Row]:
    """All rows under heads of `rule`, the first of each further page marked."""
    page, over = 0, None
    for section in sections:
        head = next((h for h in section.heads if h.rule is rule), None)
        if head is None:
            continue
        grid, first, last = split(section.grid, head, section.first, section.last)
        above = announced[id(section)]
        said = objective(above, rule) if above is not None else None
        over = said or (over if grid.page != page else None)
        for row in rows(grid, head, first, last, over):
            over = None if head.of("objective") else _over(row, over)
            pieces = {name: _said(piece, name, captions[id(section)]) for name, piece in row.pieces.items()}
            yield replace(row, pieces=pieces, after_cut=bool(page) and row.page != page)
            page = row.page


def _over(row: Row, before: Piece | None) -> Piece | None:
    """The objective under which the rows after this one stand."""
    return row.pieces.get("objective", before)


def _said(piece: Piece, name: str, caption: str) -> Piece:
    """A piece of money knows the unit that stands over its table."""
    money = caption and name in {"amount", "total"}
    return replace(piece, title=f"{piece.title} {caption}") if money else piece


def _listed(found: list[Row], pages: Sequence[Leaf], rule: TableRule, words: Words) -> list[Row]:
    """The rows of the tables; and, where these have no names or no sum, those of lists beside the tables."""
    beside = [row for leaf in pages for row in lists.rows(leaf.layout, leaf.areas, rule, words)]
    kinds = {row.kind for row in found}
    if "data" in kinds:
        title = next((p.title for row in found if (p := row.pieces.get("amount")) is not None), "")
        return [*found, *(_entitled(row, title) for row in beside if row.kind not in kinds)]
    areas = [(leaf.layout.page.number, box) for leaf in pages for box in leaf.areas]
    spoken = told.money([leaf.layout for leaf in pages], areas, rule, words)
    return [*found, *max((beside, spoken), key=lambda rows: sum(row.kind == "data" for row in rows))]


def _entitled(row: Row, title: str) -> Row:
    """A sum beside a table is of the unit that the title of its money tells: '(Rp 000)'."""
    pieces = {name: replace(p, title=title) if name == "amount" else p for name, p in row.pieces.items()}
    return replace(row, pieces=pieces)


def _unread(sections: Iterable[Section], rules: Sequence[TableRule]) -> Iterator[Fact]:
    for section in sections:
        if section.goes_on:
            continue
        for title in unknown(section.titles, section.heads, rules):
            piece = Piece(section.grid.page, section.grid.origin, title.box, title.words)
            yield fact([piece], "table:unread", None)
