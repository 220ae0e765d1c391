"""Signers counted off, name, position and number under each other, with the place to sign right of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise, takewhile

from pipeline.reading.abreast import columns
from pipeline.reading.blocks import Block
from pipeline.reading.captions import BESIDE, ROOM, Caption, titled, unnumbered
from pipeline.reading.captions import read as captions_in
from pipeline.reading.counted import GAP
from pipeline.reading.counts import COUNT, PAGE_NUMBER, PLACE, worded
from pipeline.reading.grid import beginning, drafts, printed
from pipeline.reading.kinds import is_nip, is_rank, position_level
from pipeline.reading.leaf import Leaf
from pipeline.reading.lines import Line, lines, run
from pipeline.reading.lines import line as line_of
from pipeline.reading.phrases import EXACTLY, same
from pipeline.rules import Lexicon, PartyRule
from pipeline.schema import Box, Word
from pipeline.values import person

LEAST = 2  # of them
RAISED = 0.5  # letter heights: a line begins no higher over its number
DEEP = 10  # letter heights under its number that an item may reach
LONGER = 1.5  # times the tallest of the others: the last item is no taller
MANY = 5  # items of a long list
NAMED = 3  # words of a number that says the role: 'Saksi 1 :'


@dataclass(frozen=True, slots=True)
class Item:
    """One of a list: where it begins and ends, points, and its lines without the number."""

    top: float
    bottom: float
    lines: tuple[Line, ...]


def enumerated(
    leaf: Leaf, party: PartyRule, between: tuple[float, float], words: Lexicon, *, before: int = 0
) -> tuple[Block, ...]:
    """The blocks of a party `between` two heights of a page (points), column by column; none without a list.

    A list in several columns goes on counting from one to the next, and from the `before` on other pages.
    """
    inside = list(printed(_counted(_between(leaf, between))))
    made: list[Block] = []
    for left, edge in columns(inside):
        own = [w for w in inside if left <= w.box.middle < edge]
        items = list(_items(own, party, between[1], before + len(made) + 1))
        people, right = _people(items, [w for w in inside if w.box.middle >= edge], edge, words)
        end = beginning(max(right, edge), _printed_of(inside, items, max(right, edge)), leaf)
        if (made or len(items) >= LEAST) and all(people) and end - right >= BESIDE:
            made += [
                _block(who, item, leaf, party.role, (max(right, _named_to(who, edge)), end))
                for who, item in zip(people, items, strict=True)
                if who is not None
            ]
    return tuple(made)


def _between(leaf: Leaf, heights: tuple[float, float]) -> list[Word]:
    """The words between two heights of a page, without places to sign at and the number of the page."""
    feet = [line.box for line in leaf.lines if worded(line.text) and PAGE_NUMBER.match(line.text)]
    return [
        w
        for w in leaf.layout.words
        if heights[0] < w.box.centre < heights[1] and not PLACE.fullmatch(w.text)
        if not any(foot.holds(w.box) for foot in feet)
    ]


def _counted(seen: Sequence[Word]) -> list[Word]:
    """The words from the first number of a list down to below the last: no heading and no running foot."""
    marks = [w for w in seen if COUNT.fullmatch(w.text)]
    if len(marks) < LEAST:
        return list(seen)
    upper = min(w.box.top - RAISED * w.size for w in marks)
    lower = max(w.box.bottom + DEEP * w.size for w in marks)
    return [w for w in seen if upper <= w.box.centre < lower]


def _printed_of(inside: Sequence[Word], items: Sequence[Item], right: float) -> Sequence[Word]:
    """The words without those right of a list, where these are fewer than it has items: ink that was read."""
    said = sum(w.box.middle >= right and worded(w.text) for w in inside)
    return inside if said > len(items) else [w for w in inside if w.box.middle < right]


# ---------------------------------------------------------------- items


def _items(own: Sequence[Word], party: PartyRule, bottom: float, first: int) -> Iterator[Item]:
    """The items of a column whose numbers follow each other from `first` on, left of all, or say the role:
    'Saksi 1 :'."""
    marks = [mark for line in lines(own, gap=GAP) if (mark := _mark(line, party))]
    numbers = [_number(mark) for mark in marks]
    lost = [b - a - 1 for a, b in pairwise([*numbers, numbers[-1] + 1])] if numbers else []
    if numbers[:1] != [first] or not {*lost} <= {0, 1} or sum(lost) > 1:
        return
    rest = [w for w in own if not any(w in mark for mark in marks)]
    edges = [mark[0].box.top - RAISED * mark[0].size for mark in marks]
    tallest = max((b - a for a, b in pairwise(edges)), default=bottom)
    edges += [min(bottom, edges[-1] + LONGER * tallest)] if edges else []  # below stand running feet
    for (upper, lower), more in zip(pairwise(edges), lost, strict=True):
        item = lines([w for w in rest if upper <= w.box.centre < lower], gap=GAP)
        for begin, end, held in _parted(item, upper, lower) if more else [(upper, lower, item)]:
            if held:
                yield Item(begin, end, tuple(unnumbered(line) for line in held))


def _parted(item: Sequence[Line], upper: float, lower: float) -> list[tuple[float, float, Sequence[Line]]]:
    """An item in two where a number between was not read: at the widest white."""
    steps = [below.box.top - above.box.bottom for above, below in pairwise(item)]
    if not steps:
        return [(upper, lower, item)]
    at = steps.index(max(steps)) + 1
    middle = (item[at - 1].box.bottom + item[at].box.top) / 2
    return [(upper, middle, item[:at]), (middle, lower, item[at:])]


def _mark(line: Line, party: PartyRule) -> tuple[Word, ...]:
    """The words that count a line off; none where it is not counted."""
    first = line.words[0]
    if COUNT.fullmatch(first.text):
        return (first,)
    if same(first.text, party.anchors, EXACTLY) is None or len(line.words) == 1:
        return ()
    after = tuple(takewhile(lambda w: not worded(w.text), line.words[1:NAMED]))
    return (first, *after) if _number(after) else ()


def _number(mark: Sequence[Word]) -> int:
    figures = "".join(c for w in mark for c in w.text if c.isdigit())
    return int(figures) if figures else 0


def _margin(items: Sequence[Item]) -> float:
    """Where the words of a long list end, points; ink beside one or two of them is none. A short one may be
    signed from the white on that follows it."""
    ends = sorted(max(line.box.x1 for line in item.lines) for item in items)
    return ends[-1 - len(ends) // MANY] if len(ends) >= MANY else float("inf")


def _named_to(who: Caption, edge: float) -> float:
    """Where the name of one of a list ends, points, left of where its column does: there begins the place to
    sign."""
    return max((line.box.x1 for line in who.name if line.box.x1 <= edge), default=0.0)


# ---------------------------------------------------------------- people


def _people(
    items: Sequence[Item], after: Sequence[Word], edge: float, words: Lexicon
) -> tuple[list[Caption | None], float]:
    """Whoever each item names, by its own words and those right of its column, and where their words end."""
    named = _named_beside(items, after, words)
    if named:
        return list(named), max(w.box.x1 for who in named for ln in who.name for w in ln.words)
    people = [_person(item, words) for item in items]
    if not items or any(who is None or who.position for who in people):
        return people, min(edge, _margin(items))
    right, beside = _beside(items, after, edge, words)
    return [who and replace(who, position=said) for who, said in zip(people, beside, strict=True)], right


def _beside(
    items: Sequence[Item], after: Sequence[Word], edge: float, words: Lexicon
) -> tuple[float, list[list[Line]]]:
    """Where the positions end that stand in a column of their own right of the names, and that of each item;
    `edge`, where the names end, and nothing for each where no such column is."""
    own = [[w for w in after if item.top <= w.box.centre < item.bottom] for item in items]
    said = [[line_of([run(kept)]) for row in lines(level, gap=GAP) if (kept := _said(row))] for level in own]
    known = sum(position_level(" ".join(row.text for row in one), words) is not None for one in said)
    if 2 * known <= len(items):
        return edge, [[] for _ in items]
    return max(row.box.x1 for one in said for row in one), said


def _named_beside(items: Sequence[Item], after: Sequence[Word], words: Lexicon) -> Sequence[Caption]:
    """Who stands right of what they are, in a column of names with titles or numbers; nobody without one."""
    told = []
    for item in items:
        own = [w for w in after if item.top <= w.box.centre < item.bottom]
        rows = [line_of(row.runs[:1]) for row in lines(own)]
        number, rank = next(filter(is_nip, rows), None), next((r for r in rows if is_rank(r, words)), None)
        name = [row for row in rows if row not in (number, rank)]
        told.append(Caption(item.top, name, list(item.lines), rank, number))
    sure = sum(who.nip is not None or titled(who.name, words) for who in told)
    whole = all(who.name and person(" ".join(ln.text for ln in who.name), words=words) for who in told)
    return told if whole and 2 * sure > len(told) else ()


def _said(row: Line) -> tuple[Word, ...]:
    """The words of a line up to the number or the dots where somebody signs."""
    return tuple(takewhile(lambda w: worded(w.text) and not COUNT.match(w.text), row.words))


def _person(item: Item, words: Lexicon) -> Caption | None:
    """Whoever an item names: under a position, or over it."""
    if (first := _named_first(item, words)) is not None:
        return first
    found = [draft for draft in drafts(item.lines, words) if draft.name]
    under = [] if found else [one for one in captions_in(item.lines, item.top, words) if one.name]
    if len(found) == 1:
        (draft,) = found
        return Caption(item.top, draft.name, draft.heads, draft.rank, draft.nip)
    return under[0] if len(under) == 1 else None


def _named_first(item: Item, words: Lexicon) -> Caption | None:
    """Whoever an item names on its first lines, over a position, and perhaps rank and number."""
    number = [line for line in item.lines if is_nip(line)]
    rank = [line for line in item.lines if line not in number and is_rank(line, words)]
    begins = [n for n, line in enumerate(item.lines) if position_level(line.text, words) and line not in rank]
    begins = begins or [n for n, line in enumerate(item.lines) if n and item.lines[n - 1] in number[:1]]
    over = [line for line in item.lines[: begins[0]] if line not in (*number, *rank)] if begins else []
    if not over or person(" ".join(line.text for line in over), words=words) is None:
        return None
    below = takewhile(lambda line: line not in (*number, *rank), item.lines[begins[0] :])
    return Caption(item.top, over, list(below), next(iter(rank), None), next(iter(number), None))


def _block(who: Caption, item: Item, leaf: Leaf, role: str, sides: tuple[float, float]) -> Block:
    gap = Box(sides[0], item.top, sides[1], _foot(who, item))
    return Block(role, leaf.number, gap, tuple(who.position), tuple(who.name), who.rank, who.nip, gap)


def _foot(who: Caption, item: Item) -> float:
    """Down to where somebody signs: the line to sign on stands over the name, or level with the words."""
    over = [line for line in who.position if line.box.bottom <= who.name[0].box.top]
    if over and who.name[0].box.top - over[-1].box.bottom > ROOM * who.name[0].size:
        return who.name[0].box.top
    last = max((*who.name, *who.position), key=lambda line: line.box.bottom)
    return min(item.bottom, last.box.bottom + last.size)
