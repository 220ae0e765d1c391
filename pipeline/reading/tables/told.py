"""What stands in no table: indicators counted off with their targets, and budgets in running text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from msgspec import structs

from pipeline import values
from pipeline.reading.lines import Line, lines
from pipeline.reading.phrases import fold, starts
from pipeline.reading.tables.lists import far
from pipeline.reading.tables.rows import Row
from pipeline.reading.tables.wording import free, marked, piece_of, unmarked
from pipeline.rules import TableRule
from pipeline.schema import Box, Layout, Word
from pipeline.values import Words

LEAST = 2  # of them: one alone may be anything
MOST = 4  # lines of an indicator or an objective
LONG = 16  # words of the name of a programme
SHORT = 6  # words of a target
TARGET = "target"
_VALUE = re.compile(r"[^a-z]|(?:minimal|maksimal|minimum|maksimum|sebesar|sebanyak|kurang|lebih|paling)\b")
END = " .;,"


def rows(layouts: Sequence[Layout], areas: Sequence[tuple[int, Box]], rule: TableRule) -> list[Row]:
    """The rows of indicators told on these pages, outside of their tables; none where there is hardly one."""
    found = [row for layout in layouts for row in _rows(layout, areas, rule)]
    return found if len(found) >= LEAST else []


def money(
    layouts: Sequence[Layout], areas: Sequence[tuple[int, Box]], rule: TableRule, words: Words
) -> list[Row]:
    """The rows of budgets in running text, and the sum: '... Program A sebesar Rp1.000,- dan ...'."""
    return [row for layout in layouts for row in _money(layout, areas, rule, words)]


def _money(layout: Layout, areas: Sequence[tuple[int, Box]], rule: TableRule, known: Words) -> Iterator[Row]:
    said = [w for line in lines(free(layout, areas)) for w in line.words]
    sentence, sums = ({fold(p) for p in phrases} for phrases in (rule.sentence, rule.columns.amount))
    for place in (n for n, w in enumerate(said) if fold(w.text) in sentence):
        amount = _amount(said[place + 1 : place + 3], known)
        name = _named(said[max(0, place - LONG) : place], rule)
        summed = fold(" ".join(w.text for w in said[max(0, place - 1) : place])) in sums
        if amount and (name or summed):
            priced, piece = piece_of(layout, amount), piece_of(layout, name or amount)
            if summed:
                yield Row(layout.page.number, "total", {"amount": priced}, (), piece)
            else:
                pieces = {"program": piece, "amount": priced}
                yield Row(layout.page.number, "data", pieces, (("", piece),), piece)


def _amount(words: Sequence[Word], known: Words) -> tuple[Word, ...]:
    """The amount that follows, its sign beside it or before it."""
    for count in (1, 2):
        text = " ".join(w.text for w in words[:count])
        if any(c.isdigit() for c in text) and values.money(text.rstrip("."), words=known) is not None:
            return _closed(words[:count])
    return ()


def _named(words: Sequence[Word], rule: TableRule) -> tuple[Word, ...]:
    """The name that stands before: from the last word on with which one begins."""
    rungs = (*rule.levels.sub_kegiatan, *rule.levels.kegiatan, *rule.levels.program)
    begun = [n for n, w in enumerate(words) if w.text[:1].isupper() and starts(w.text, rungs, 100)]
    return tuple(words[begun[-1] :]) if begun and len(words) - begun[-1] > 1 else ()


def _rows(layout: Layout, areas: Sequence[tuple[int, Box]], rule: TableRule) -> Iterator[Row]:
    objective: tuple[Word, ...] = ()
    for sentence in _sentences(lines(free(layout, areas)), rule):
        if starts(_said(sentence), rule.columns.objective, rule.similar):
            objective = _objective(sentence, rule)
            continue
        parts = _parted(sentence)
        if parts is not None and objective:
            said, measure, target = (piece_of(layout, part) for part in (objective, *parts))
            pieces = {"objective": said, "measure": measure, "target": target}
            yield Row(layout.page.number, "data", pieces, (), measure)


def _sentences(text: Sequence[Line], rule: TableRule) -> Iterator[tuple[Word, ...]]:
    """Lines that are counted off or begin with an objective, with those that go on under them."""
    held: list[Line] = []
    for line in text:
        if held and not _begins(line, rule) and len(held) < MOST and not far(held[-1], line):
            held.append(line)
            continue
        if held:
            yield tuple(w for each in held for w in each.words)
        held = [line] if _begins(line, rule) else []
    if held:
        yield tuple(w for each in held for w in each.words)


def _begins(line: Line, rule: TableRule) -> bool:
    return marked(line.text) or starts(line.text, rule.columns.objective, rule.similar) is not None


def _said(words: Sequence[Word]) -> str:
    return unmarked(" ".join(w.text for w in words))


def _objective(words: Sequence[Word], rule: TableRule) -> tuple[Word, ...]:
    """What an objective says: behind its title, and up to where its indicators are announced."""
    after = next((n for n, w in enumerate(words[:MOST]) if w.text.endswith(":")), 0) + 1
    kept: list[Word] = []
    for word in words[after:]:
        if starts(word.text, rule.columns.measure, 100):
            break
        kept.append(word)
    return _closed(kept)


def _parted(words: Sequence[Word]) -> tuple[tuple[Word, ...], tuple[Word, ...]] | None:
    """An indicator and its target, where the sentence says which is which."""
    places = [n for n, w in enumerate(words) if fold(w.text) == TARGET]
    if not places or not marked(" ".join(w.text for w in words)):
        return None
    measure, target = _closed(words[: places[-1]]), _closed(words[places[-1] + 1 :])
    return (measure, target) if measure and _is_target(target) else None


def _is_target(words: Sequence[Word]) -> bool:
    """Whether words are a target: few, with a figure, or a grade, and not the end of another sentence."""
    said = " ".join(w.text for w in words)
    return 0 < len(words) <= SHORT and _VALUE.match(said) is not None


def _closed(words: Sequence[Word]) -> tuple[Word, ...]:
    """Words without the comma or full stop that ends them."""
    if not words:
        return ()
    last = structs.replace(words[-1], text=words[-1].text.rstrip(END))
    return (*words[:-1], last) if last.text else tuple(words[:-1])
