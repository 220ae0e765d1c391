"""The tables of an agreement's pages, in order: each with its grid, its head, and the rows under it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from pipeline.reading.phrases import fold
from pipeline.reading.tables import glued, plain, untitled
from pipeline.reading.tables.grid import Cell, Grid, grids
from pipeline.reading.tables.header import (
    Head,
    depth,
    head,
    is_second,
    is_title,
    likely,
    of_year,
    refused,
    titles,
)
from pipeline.reading.tables.lore import Lore
from pipeline.reading.tables.title import Title
from pipeline.reading.tables.wording import printed
from pipeline.rules import TableRule
from pipeline.schema import Box, Layout

ALIKE = 0.12  # of the width: so much may two parts of one table differ, on scans of several pages
PEOPLE = 2  # titles at least of each half of a list of people
ASIDE = 0.03  # of the width: so much may a border of it lie aside on the next page
BELOW = 10.0  # points: so near below the first part may the second part of a torn frame begin


@dataclass(frozen=True, slots=True)
class Section:
    """A head and the rows under it, up to the next head or the end of the table.

    `titles` are those of all columns; `goes_on`: it has no head of its own but that of the page before.
    """

    grid: Grid
    titles: tuple[Title, ...]
    heads: tuple[Head, ...]
    top: int  # first row of its head
    first: int
    last: int
    refused: bool = False
    goes_on: bool = False
    second: bool = False  # counts where no other table says as much


@dataclass(frozen=True, slots=True)
class Leaf:
    """The sections of a page, where its tables stand, and all that is ruled on it."""

    layout: Layout
    sections: tuple[Section, ...]
    areas: tuple[Box, ...]
    grids: tuple[Grid, ...]


def leaves(layouts: Sequence[Layout], lore: Lore) -> Iterator[Leaf]:
    """The sections page by page; a table without a head may go on from the last one of the page before."""
    before: Section | None = None
    for layout in layouts:
        leaf = _leaf(layout, lore, before)
        yield replace(leaf, sections=tuple(half for s in leaf.sections for half in _halves(s, lore.rules)))
        before = leaf.sections[-1] if leaf.sections else None


def _leaf(layout: Layout, lore: Lore, before: Section | None) -> Leaf:
    sections: list[Section] = []
    taken: list[Box] = []
    ruled = grids(layout)
    for grid in ruled:
        found = _sections(grid, lore)
        if found and layout.page.origin == "ocr" and _says_more(layout, grid, found, lore):
            continue
        top = found[0].top if found else len(grid.cells)
        found = _going_on(grid, sections[-1] if sections else before, top) + found
        found = found or list(_untitled(grid, layout, lore.rules))
        sections += found
        taken += _extents(grid, found)
    going_on = _torn_off(layout, ruled, lore, sections, taken, before)
    if going_on is not None:
        sections.append(going_on)
        taken.append(going_on.grid.box)
    for table in _unruled(layout, lore, sections, taken):
        sections.append(_plain(table, lore))
        taken.append(table.box)
    sections.sort(key=lambda s: s.grid.ys[s.first])
    return Leaf(layout, tuple(sections), tuple(taken), tuple(ruled))


def _extents(grid: Grid, found: Sequence[Section]) -> list[Box]:
    """Where the tables of a grid stand: all of it, but for tables within the frame of a form, whose rows
    reach over them on both sides; there each of them."""
    named = [title for section in found for title in section.titles if title.words]
    columns = [column for title in named for column in title.columns]
    inside = bool(columns) and min(columns) > 0 and max(columns) < len(grid.xs) - 2
    if not inside:
        return [grid.box] if found else []
    return [_inner(grid, section, min(columns), max(columns)) for section in found]


def _inner(grid: Grid, section: Section, first: int, last: int) -> Box:
    """The place of a table within a frame: down to the row that reaches out of it."""
    rows = range(section.first, section.last)
    end = next((n for n in rows if grid.cells[n][0].words), section.last)
    return Box(grid.xs[first], grid.ys[section.top], grid.xs[last + 1], grid.ys[end])


def _untitled(grid: Grid, layout: Layout, rules: Sequence[TableRule]) -> Iterator[Section]:
    """All of a grid whose caption says what it is, where no titles do."""
    known = untitled.head_of(grid, layout, rules)
    if known is not None:
        yield Section(grid, known[0], (known[1],), 0, 0, len(grid.cells))


def _torn_off(
    layout: Layout,
    ruled: Sequence[Grid],
    lore: Lore,
    sections: Sequence[Section],
    taken: Sequence[Box],
    before: Section | None,
) -> Section | None:
    """The rest of the last table of the page before, where no lines on this page show it."""
    if before is None or not before.heads or any(s.goes_on for s in sections):
        return None
    end = min((box.top for box in taken), default=layout.height)
    lined = [] if layout.page.origin == "ocr" else [grid.box for grid in ruled]
    words = [w for w in layout.words if w.box.centre < end and not any(box.holds(w.box) for box in lined)]
    found = plain.rest(layout, words, before.titles, before.grid.xs, lore)
    if found is None:
        return None
    rows = len(found.grid.cells)
    return Section(found.grid, before.titles, before.heads, 0, 0, rows, goes_on=True)


def _says_more(layout: Layout, grid: Grid, found: Sequence[Section], lore: Lore) -> bool:
    """Whether the words of a scanned table show more of its columns than the lines that were found."""
    words = [w for w in layout.words if grid.box.holds(w.box)]
    sections = [_plain(table, lore) for table in plain.tables(layout, words, lore)]
    return len(_known(sections)) > len(_known(found))


def _known(sections: Sequence[Section]) -> set[tuple[str, str]]:
    """The fields whose columns are found; a title torn in two is still one."""
    return {(h.rule.into, field) for s in sections for h in s.heads for field, _ in h.titles}


def _unruled(
    layout: Layout, lore: Lore, sections: Sequence[Section], taken: Sequence[Box]
) -> list[plain.Found]:
    """Tables without lines, outside of the others: under heads that have lines, and whole ones."""
    bare = [s for s in sections if s.first == s.last == len(s.grid.cells) and s.heads]
    found: list[plain.Found] = []
    for under in (*bare, None):
        boxes = [*taken, *(f.box for f in found)]
        rest = [w for w in layout.words if not any(box.holds(w.box) for box in boxes)]
        if under:
            found += plain.below(layout, rest, under.titles, under.grid.xs, lore)
        else:
            found += plain.tables(layout, rest, lore)
    return found


def _plain(table: plain.Found, lore: Lore) -> Section:
    return _section(table.grid, table.titles, lore, 0, 0)


def _section(grid: Grid, found: tuple[Title, ...], lore: Lore, top: int, first: int) -> Section:
    found = glued.parted(found, lore.rules)
    stop, own = refused(found, lore.rules), of_year(found, lore.year)
    heads = () if stop else _heads(own, lore.rules)
    second = is_second(found, lore.rules)
    return Section(grid, found, heads, top, first, len(grid.cells), refused=stop, second=second)


def _heads(found: Sequence[Title], rules: Sequence[TableRule]) -> tuple[Head, ...]:
    """What the rules see in these titles; of those that are of people the first, which asks for most."""
    seen = [made for made in (head(found, rule) for rule in rules) if made is not None]
    people = [made for made in seen if made.rule.into == "parties"]
    return tuple(made for made in seen if made not in people[1:])


# ---------------------------------------------------------------- ruled tables


def _sections(grid: Grid, lore: Lore) -> list[Section]:
    """Every head of a grid with the rows up to the next one."""
    found: list[Section] = []
    row = 0
    while row < len(grid.cells):
        section = _at(grid, row, lore, again=bool(found))
        if section is None:
            row += 1
            continue
        if found:
            found[-1] = replace(found[-1], last=row)
        found.append(section)
        row = section.first
    return found


def _halves(section: Section, rules: Sequence[TableRule]) -> list[Section]:
    """A section; two where all titles stand there twice: a long list of people goes on beside itself."""
    said = [title for title in section.titles if title.words]
    half = len(said) // 2
    first, second = ([fold(title.text) for title in part] for part in (said[:half], said[half:]))
    if half < PEOPLE or first != second or not any(h.rule.into == "parties" for h in section.heads):
        return [section]
    parts = (tuple(said[:half]), tuple(said[half:]))
    return [replace(section, titles=part, heads=_heads(part, rules)) for part in parts]


def _at(grid: Grid, row: int, lore: Lore, *, again: bool) -> Section | None:
    """The section whose head begins at `row`."""
    if any(c.row != row for c in grid.band(row) if c.words) or not _likely(
        grid.band(row), lore.rules, again=again
    ):
        return None
    deep = depth(grid, row, lore.rules)
    section = _section(grid, titles(grid, row, deep, lore.rules), lore, row, row + deep)
    return section if section.heads or section.refused else None


def _likely(band: Sequence[Cell], rules: Sequence[TableRule], *, again: bool) -> bool:
    """Whether two cells are titles; under another head, to the letter."""
    texts = [printed(c.words) for c in band if c.words]
    return likely(texts, rules) if again else sum(is_title(t, rules) for t in texts) > 1


def _going_on(grid: Grid, before: Section | None, last: int) -> list[Section]:
    """The rows of a grid up to `last` as the rest of the table before it, where it has the same columns."""
    if before is None or not last:
        return []
    before = _narrowed(before)
    if not _follows(grid, before.grid):
        return []
    moved = {t.columns: _columns(t, before.grid, grid) for t in before.titles}
    if not all(moved.values()) or len({c for m in moved.values() for c in m}) < len(grid.xs) - 1:
        return []
    if any(not _has_border(grid, _part(before.grid, before.grid.xs[t.columns[0]])) for t in before.titles):
        return []
    heads = tuple(
        Head(h.rule, tuple((f, replace(t, columns=moved[t.columns])) for f, t in h.titles))
        for h in before.heads
    )
    if any(_words_for_money(grid, h, last) for h in heads):
        return []
    found = tuple(replace(t, columns=moved[t.columns]) for t in before.titles)
    return [replace(before, grid=grid, titles=found, heads=heads, top=0, first=0, last=last, goes_on=True)]


def _narrowed(of: Section) -> Section:
    """A section of a grid that is wider than its own table, since another stands close over it: without the
    columns on the right in which nothing stands."""
    filled = (c.col + c.cols for row in of.grid.cells[of.top : of.last] for c in row if c.words)
    width = max(filled, default=0)
    if not 1 < width < len(of.grid.xs) - 1:
        return of
    grid = replace(of.grid, xs=of.grid.xs[: width + 1])
    return replace(of, grid=grid, titles=tuple(t for t in of.titles if t.columns[-1] < width))


def _has_border(grid: Grid, part: float) -> bool:
    """Whether a border stands at this part of the width."""
    return any(abs(_part(grid, x) - part) <= ASIDE for x in grid.xs)


def _words_for_money(grid: Grid, under: Head, last: int) -> bool:
    """Whether words stand where amounts should: it is another table, perhaps of the signatures."""
    columns = [c for t in under.of("amount") for c in t.columns]
    texts = [printed(grid.cells[row][c].words) for row in range(last) for c in columns]
    return any(sum(x.isalpha() for x in t) > max(4, sum(x.isdigit() for x in t)) for t in texts)


def _follows(grid: Grid, before: Grid) -> bool:
    """Whether a grid is as wide as the one before it, and on another page or right below it."""
    wide = abs(grid.box.width - before.box.width) <= ALIKE * before.box.width
    return wide and (grid.page != before.page or 0 <= grid.box.top - before.box.bottom <= BELOW)


def _columns(title: Title, old: Grid, new: Grid) -> tuple[int, ...]:
    """The columns of `new` that lie, as parts of the width, where the title's columns lie in `old`."""
    left, right = (_part(old, old.xs[c]) for c in (title.columns[0], title.columns[-1] + 1))
    places = [(_part(new, a) + _part(new, z)) / 2 for a, z in zip(new.xs, new.xs[1:], strict=False)]
    return tuple(c for c, place in enumerate(places) if left <= place < right)


def _part(grid: Grid, x: float) -> float:
    return (x - grid.xs[0]) / (grid.xs[-1] - grid.xs[0])
