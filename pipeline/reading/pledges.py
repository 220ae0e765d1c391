"""The numbered promises of pacts and commitments."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from pipeline.reading.counts import PAGE_NUMBER, bulleted, numbered
from pipeline.reading.labelled import label
from pipeline.reading.leaf import Leaf
from pipeline.reading.lines import Line
from pipeline.reading.order import in_order
from pipeline.reading.phrases import fold, starts
from pipeline.rules import Lexicon, Pledges
from pipeline.schema import Box, Fact, Pledge, Word, around
from pipeline.values import Words

FIRST = 2  # with which a list may begin: the first number is lost more easily
LIST = 2  # items: fewer are no list
INDENT = 2.5  # letter heights: how far the numbers of one list may stand apart
ASIDE = 12  # letter heights: so far right a second column of the list begins
WIDER = 1.2  # times the least step from line to line: there another item begins
FOOT = 0.9  # of the height of a page: below it, apart from the text, stand running feet
Count = Callable[[Line, int, Words], tuple[int | None, tuple[Word, ...]]]


@dataclass(frozen=True, slots=True)
class Item:
    """One numbered paragraph: its number and its words, line by line."""

    number: int
    lines: tuple[tuple[Word, ...], ...]
    page: int
    origin: str
    next: int | None = None  # the number after it


def pledges(
    leaves: Sequence[Leaf], rule: Pledges, words: Lexicon, areas: dict[int, list[Box]]
) -> tuple[Pledge, ...]:
    """The numbered pledges in printed order, each with its theme; a list with bullets is counted.

    `areas` are tables by page; neither they nor the labels of an identity hold pledges.
    """
    items = _items(leaves, rule, words, areas, numbered)
    if len(items) < LIST:  # one number may be a word of a sentence: "Ahli Pertama, berjanji akan:"
        items = max(items, _items(leaves, rule, words, areas, bulleted), key=len)
    parts = [part for item in items for part in _parted(item)]
    return tuple(_pledge(part, rule) for part in (*parts[:-1], *_unnumbered(parts)))


def _items(
    leaves: Sequence[Leaf], rule: Pledges, words: Lexicon, areas: dict[int, list[Box]], count: Count
) -> Sequence[Item]:
    """The first list of several; without one what stands alone behind a number. A chapter is no list."""
    text = [(leaf, line) for leaf in leaves for line in in_order(leaf, areas.get(leaf.number, []))]
    alone: Sequence[Item] = ()
    above: list[Line] = []
    for at, (leaf, line) in enumerate(text):
        if _no_part(line, None, leaf, words):
            continue
        number, rest = count(line, 0, words)
        lost = _lost(number, rest, above) if number is not None else ()
        if number is not None and (number <= FIRST or lost):
            found = [*_before(lost, leaf), *_list(text[at:], rule, words, count)]
            if len(found) >= LIST:
                return found
            alone = alone or found
        above.append(line)
    return alone


def _list(text: Sequence[tuple[Leaf, Line]], rule: Pledges, words: Lexicon, count: Count) -> Iterator[Item]:
    """The items of the list that begins with the first of some lines; nothing more where another begins."""
    item: Item | None = None
    begun, margin = 0, text[0][1].box.x0
    for leaf, line in text:
        number, rest = count(line, item.number if item is not None else 0, words)
        if _no_part(line, item, leaf, words):
            continue
        if item is None and number is not None:
            begun, item = number, Item(number, (rest,), leaf.number, leaf.layout.page.origin)
            continue
        if item is None or (number == 1 and item.number == begun):
            break
        column = _next_column(item, number, line, margin)
        if number is not None and (column or _in_list(line, margin)) and _follows(item, number):
            yield replace(item, next=number)
            margin = line.box.x0 if column else margin
            item = Item(number, (rest,), leaf.number, leaf.layout.page.origin)
        elif _ends(line, item, margin, rule) or _dated(line, leaf):
            break
        else:
            item = replace(item, lines=(*item.lines, line.words))
    if item is not None:
        yield item


def _no_part(line: Line, item: Item | None, leaf: Leaf, words: Lexicon) -> bool:
    """Whether a line is of no list: the label of an identity, a page number, a running foot."""
    if PAGE_NUMBER.match(line.text) or (item is None and label(line, words.labels) is not None):
        return True
    return item is not None and line.box.top > FOOT * leaf.layout.height and _far(line, item)


def _before(lost: Sequence[Sequence[Line]], leaf: Leaf) -> Iterator[Item]:
    """The first items of a list, whose numbers were not read."""
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
    """An item in several, where OCR lost numbers: the next is so many too high, and as many sentences end
    inside; of one that was lost, the first that ends."""
    ends = [n for n, line in enumerate(item.lines[:-1], 1) if line[-1].text.rstrip().endswith((";", "."))]
    lost = (item.next or 0) - item.number - 1 if item.origin != "text" else 0
    at = ends[:1] if lost == 1 else ends if lost == len(ends) else []
    for n, (start, end) in enumerate(pairwise([0, *at, len(item.lines)])):
        yield replace(item, number=item.number + n, lines=item.lines[start:end])


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


def _in_list(line: Line, margin: float) -> bool:
    return abs(line.box.x0 - margin) < INDENT * line.size


def _next_column(item: Item, number: int | None, line: Line, margin: float) -> bool:
    """Whether a list goes on with its very next number far right of where it began."""
    return number == item.number + 1 and line.box.x0 > margin + ASIDE * line.size


def _follows(item: Item, number: int) -> bool:
    """A list rises; a gap is a finding, no end."""
    return item.number < number <= item.number + 3


def _ends(line: Line, item: Item, margin: float, rule: Pledges) -> bool:
    """The list ends with a closing phrase, or where a line stands left of its text or far below."""
    if starts(line.text, rule.end, 88):
        return True
    text = min(w.box.x0 for w in item.lines[0])
    return _far(line, item) or line.box.x0 < margin - 0.5 * line.size or line.box.x0 > text + 12 * line.size


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
