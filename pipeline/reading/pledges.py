"""The numbered promises of pacts and commitments."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from pipeline.reading.counts import COUNT, NUMBER, bulleted, numbered
from pipeline.reading.labelled import label
from pipeline.reading.leaf import Leaf
from pipeline.reading.lines import Line, lines
from pipeline.reading.phrases import fold, starts
from pipeline.rules import Lexicon, Pledges
from pipeline.schema import Box, Fact, Pledge, Word, around
from pipeline.values import Words

LIST = 2  # items: fewer are no list
INDENT = 2.5  # letter heights: how far the numbers of one list may stand apart
ASIDE = 12  # letter heights: so far right a second column of the list begins
FAR = 1.5  # letter heights between the lines of two lists: what stands lower is of neither
WIDER = 1.2  # times the least step from line to line: there another item begins
FOOT = 0.9  # of the height of a page: below it, apart from the text, stand running feet
Count = Callable[[Line, int, Words], tuple[int | None, tuple[Word, ...]]]
PAGE_NUMBER = re.compile(r"^\W*(hal(aman)?\W*)?\d{1,3}(\s*(dari|/)\s*\d{1,3})?\W*$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Item:
    """One numbered paragraph: its number and its words, line by line."""

    number: int
    lines: tuple[tuple[Word, ...], ...]
    page: int
    origin: str
    next: int | None = None  # the number after it


@dataclass(frozen=True, slots=True)
class Cut:
    """Where a second list begins: its left edge in points, and the lines that both lists stand on."""

    x: float
    rows: tuple[int, ...]


def pledges(
    leaves: Sequence[Leaf], rule: Pledges, words: Lexicon, areas: dict[int, list[Box]]
) -> tuple[Pledge, ...]:
    """The numbered pledges in printed order, each with its theme; a list with bullets is counted.

    `areas` are tables by page; neither they nor the labels of an identity hold pledges.
    """
    items = list(_items(leaves, rule, words, areas, numbered))
    if len(items) < LIST:  # one number may be a word of a sentence: "Ahli Pertama, berjanji akan:"
        items = max(items, list(_items(leaves, rule, words, areas, bulleted)), key=len)
    parts = [part for item in items for part in _parted(item)]
    return tuple(_pledge(part, rule) for part in (*parts[:-1], *_unnumbered(parts)))


def _items(
    leaves: Sequence[Leaf], rule: Pledges, words: Lexicon, areas: dict[int, list[Box]], count: Count
) -> Iterator[Item]:
    item: Item | None = None
    margin: float | None = None
    above: list[Line] = []
    for leaf in leaves:
        for line in _prose(leaf, areas.get(leaf.number, [])):
            number, rest = count(line, item.number if item is not None else 0, words)
            if _no_part(line, item, leaf, words):
                continue
            column = _next_column(item, number, line, margin)
            lost = _lost(number, rest, above) if number is not None and item is None else ()
            if number is not None and (column or _in_list(line, margin)) and _follows(item, number, lost):
                yield from _before(item, number, lost, leaf)
                margin = line.box.x0 if column or margin is None else margin
                item = Item(number, (rest,), leaf.number, leaf.layout.page.origin)
            elif item is not None and (_ends(line, item, margin, rule) or _dated(line, leaf)):
                yield item
                return
            elif item is not None:
                item = replace(item, lines=(*item.lines, line.words))
            above.append(line)
    if item is not None:
        yield item


def _no_part(line: Line, item: Item | None, leaf: Leaf, words: Lexicon) -> bool:
    """Whether a line is of no list: the label of an identity, a page number, a running foot."""
    if PAGE_NUMBER.match(line.text) or (item is None and label(line, words.labels) is not None):
        return True
    return item is not None and line.box.top > FOOT * leaf.layout.height and _far(line, item)


def _before(item: Item | None, number: int, lost: Sequence[Sequence[Line]], leaf: Leaf) -> Iterator[Item]:
    """The item that a number ends; before the first of a list those whose numbers were not read."""
    if item is not None:
        yield replace(item, next=number)
    for n, part in enumerate(lost, 1):
        said = tuple(line.words for line in part)
        yield Item(n, said, leaf.number, leaf.layout.page.origin, next=n + 1)


def _lost(number: int, rest: Sequence[Word], above: Sequence[Line]) -> Sequence[Sequence[Line]]:
    """The lines over a list that begins with `number` in as many items as it lacks; none where they are not
    so many."""
    found = list(_indented(above, rest[0])) if number > 1 else []
    if number <= 2:
        return [found] if found else []
    ends = [n for n, line in enumerate(found, 1) if line.text.rstrip().endswith((";", "."))]
    whole = len(ends) == number - 1 and ends[-1] == len(found)
    return [found[a:b] for a, b in pairwise([0, *ends])] if whole else []


def _indented(above: Sequence[Line], first: Word) -> Iterator[Line]:
    """The lines over a numbered one that begin where its text begins, in printed order."""
    kept: list[Line] = []
    for line in reversed(above):
        low = kept[0].box.top if kept else first.box.top
        if abs(line.box.x0 - first.box.x0) > first.size or low - line.box.bottom > 1.5 * first.size:
            break
        kept.insert(0, line)
    yield from kept


def _parted(item: Item) -> Iterator[Item]:
    """An item in two, where OCR lost a number: the next is one too high, and a sentence ends inside."""
    ends = [n for n, line in enumerate(item.lines[:-1], 1) if line[-1].text.rstrip().endswith((";", "."))]
    if item.origin != "text" and item.next == item.number + 2 and ends:
        yield replace(item, lines=item.lines[: ends[0]])
        yield replace(item, number=item.number + 1, lines=item.lines[ends[0] :])
    else:
        yield item


def _unnumbered(items: Sequence[Item]) -> Iterator[Item]:
    """The last item; two on a scan, where a sentence ends inside and a wider space than between its lines
    follows: the number after it was lost."""
    if not items:
        return
    last, first = items[-1], items[0].lines[0][0].text
    least = min((step for item in items for step in _steps(item) if step > 0), default=0.0)
    wide = [
        n
        for n, step in enumerate(_steps(last), 1)
        if last.lines[n - 1][-1].text.rstrip().endswith((";", "."))
        and last.lines[n][0].text[0].isupper() == first[0].isupper()
        and step > WIDER * least
    ]
    if last.origin != "text" and wide:
        yield replace(last, lines=last.lines[: wide[0]])
        yield replace(last, number=last.number + 1, lines=last.lines[wide[0] :])
    else:
        yield last


def _steps(item: Item) -> list[float]:
    """From line to line, points."""
    tops = [min(w.box.top for w in line) for line in item.lines]
    return [low - high for high, low in pairwise(tops)]


def _prose(leaf: Leaf, areas: list[Box]) -> Iterator[Line]:
    """The lines of a page outside tables; where two lists stand side by side, the left one first."""
    free = [ln for ln in leaf.lines if not any(_inside(ln.box, a) for a in areas)]
    cut = _second_list(free)
    if cut is None:
        yield from free
        return
    first, last = cut.rows[0], cut.rows[-1] + 1
    while last < len(free) and _of_lists(free[last], free[last - 1], cut):
        last += 1
    both = [w for line in free[first:last] for w in line.words]
    yield from free[:first]
    yield from lines([w for w in both if w.box.x0 < cut.x - 1])
    yield from lines([w for w in both if w.box.x0 >= cut.x - 1])
    yield from free[last:]


def _of_lists(line: Line, above: Line, cut: Cut) -> bool:
    """Whether a line under two lists is of the second, or of the first alone, which is longer."""
    space = line.box.top - above.box.bottom
    second = any(r.box.x0 >= cut.x - 2 for r in line.runs)
    return (second and space < FAR * line.size) or (space < line.size and line.box.x1 < cut.x)


def _inside(box: Box, area: Box) -> bool:
    return area.x0 - 2 <= box.middle <= area.x1 + 2 and area.top <= box.centre <= area.bottom


def _second_list(free: Sequence[Line]) -> Cut | None:
    """Where a second list stands right of the first: numbers at one place in at least two lines, one of them
    inside its line."""
    marks = [(x, place) for place, line in enumerate(free) for x in _inner(line)]
    first = [(ln.box.x0, place) for place, ln in enumerate(free) if COUNT.fullmatch(ln.words[0].text)]
    for x, _ in marks:
        rows = sorted({place for other, place in (*marks, *first) if abs(other - x) < 6})
        if len(rows) >= 2:
            return Cut(x, tuple(rows))
    return None


def _inner(line: Line) -> Iterator[float]:
    """Left edges, points, of the numbers in a line: where a part of it begins, or words of their own."""
    begins = {id(run.words[0]) for run in line.runs[1:]}
    for word in line.words[1:]:
        mark = NUMBER.match(word.text) if id(word) in begins else COUNT.fullmatch(word.text)
        if mark is not None:
            yield word.box.x0


def _in_list(line: Line, margin: float | None) -> bool:
    return margin is None or abs(line.box.x0 - margin) < INDENT * line.size


def _next_column(item: Item | None, number: int | None, line: Line, margin: float | None) -> bool:
    """Whether a list goes on with its very next number far right of where it began."""
    return item is not None and number == item.number + 1 and line.box.x0 > (margin or 0) + ASIDE * line.size


def _follows(item: Item | None, number: int, lost: Sequence[Sequence[Line]]) -> bool:
    """A list begins with 1 (or 2, or later, where those before are lost) and rises; a gap is a finding, no
    end."""
    return number <= 2 or bool(lost) if item is None else item.number < number <= item.number + 3


def _ends(line: Line, item: Item, margin: float | None, rule: Pledges) -> bool:
    """The list ends with a closing phrase, or where a line stands left of its text or far below."""
    if starts(line.text, rule.end, 88):
        return True
    text = min(w.box.x0 for w in item.lines[0])
    return (
        _far(line, item)
        or line.box.x0 < (margin or 0) - 0.5 * line.size
        or line.box.x0 > text + 12 * line.size
    )


def _dated(line: Line, leaf: Leaf) -> bool:
    """Whether place and date stand on a line, and nothing else."""
    heights = (span.box.centre for span in leaf.labelled("dateline"))
    return not leaf.prose(line) and any(line.box.top < y < line.box.bottom for y in heights)


def _far(line: Line, item: Item) -> bool:
    bottom = max(w.box.bottom for w in item.lines[-1])
    return line.box.top - bottom > 2.2 * line.size


def _pledge(item: Item, rule: Pledges) -> Pledge:
    words = [w for line in item.lines for w in line]
    printed = " ".join(w.text for w in words)
    box, sure = around([w.box for w in words]), min(w.confidence for w in words)
    number = Fact(str(item.number), item.number, "pledge:number", item.page, box, sure, origin=item.origin)
    text = Fact(printed, printed, "pledge:text", item.page, box, sure, origin=item.origin)
    return Pledge(number=number, text=text, theme=_theme(printed, rule))


def _theme(printed: str, rule: Pledges) -> str | None:
    """The theme most of whose words stand in a pledge."""
    folded = fold(printed)
    scores = [(sum(fold(w) in folded for w in t.words), t.name) for t in rule.theme]
    best = max(scores, default=(0, ""), key=lambda s: s[0])
    return best[1] if best[0] else None


def named_unit(found: Sequence[Pledge], words: Lexicon) -> Fact | None:
    """The unit that a pledge speaks of: after 'di lingkungan'. A copied form names another one."""
    units = "|".join(re.escape(u) for u in words.government.unit)
    within = "|".join(re.escape(w) for w in words.labels.within)
    pattern = re.compile(
        rf"(?:{within})\s+((?:{units})\b(?:\s+(?:[A-Z][\w-]*|dan|serta(?=\s+[A-Z])))*)", re.IGNORECASE
    )
    for pledge in found:
        said = pattern.search(pledge.text.text or "") if pledge.text is not None else None
        if said is not None and pledge.text is not None:
            return replace(pledge.text, text=said.group(0), data=_capitals(said.group(1)), rule="pledge:unit")
    return None


def _capitals(name: str) -> str:
    """A name up to its first word in small letters that joins nothing."""
    kept: list[str] = []
    for word in name.split():
        if kept and word.islower() and word not in {"dan", "serta"}:
            break
        kept.append(word)
    while kept and kept[-1] in {"dan", "serta"}:
        kept.pop()
    return " ".join(kept)
