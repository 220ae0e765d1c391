"""Which lines belong to a table without lines of its own: where its columns lie, and where it ends."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from pipeline import values
from pipeline.reading.lines import Line, Run
from pipeline.reading.phrases import fold
from pipeline.reading.tables.header import head, likely, numbers_columns
from pipeline.reading.tables.lore import Lore
from pipeline.reading.tables.rows import is_sum
from pipeline.reading.tables.title import Title
from pipeline.reading.tables.vocabulary import plain
from pipeline.reading.tables.wording import marked, unmarked
from pipeline.rules import TableRule
from pipeline.schema import Box, around
from pipeline.values import Words

FAR = 1.6  # letter heights: after a wider space the table is over, unless a row with figures follows
FARTHEST = 6.0  # letter heights: after a wider space the table is over
LEVEL = 0.8  # letter heights between lines of one row
AHEAD = 4  # lines in which a row must come for the table to go on
FEW = 2  # digits: a sum has more
HALF = 0.5  # of a title: a run that covers so much of it reaches over it
MANY = 2  # runs: a row has more; and beginnings of runs: with fewer no column is known yet
SIGN = 2  # letters of a currency sign
SENTENCE = 5  # words: a heading of a group that ends with a colon has fewer
LIST = 24  # lines in which the sum of a list comes
STRAY = 5.0  # points: so far may a run lie beside its column

_PART = re.compile(
    r"^(?:lampiran|tabel|formulir)\s+(?:\d{1,2}|[IVX]{1,4}|[A-Z])\b\s*[.:–-]?\s*", re.IGNORECASE
)
_SIGNED = re.compile(r"\brp[.\s]*\d{1,3}(?:[.,]\d{3})+\S*$", re.IGNORECASE)
_PLACE = re.compile(r"[^\W\d][^\d,]{2,40},\s*(?=\S)")


def body(text: Sequence[Line], titles: Sequence[Title], lore: Lore) -> list[Line]:
    """The lines under a head that are its table; rows that number the columns are passed over."""
    found: list[Line] = []
    places = Places.under(titles, lore.rules)
    bottom = max(t.box.bottom for t in titles)
    summed = False
    for at, line in enumerate(text):
        if numbers_columns([r.text for r in line.runs]):
            bottom = line.box.bottom
            continue
        sums = _sums(line, lore.rules)
        summed = sums or (summed and not marked(f"{line.text} "))
        if (summed and not sums) or (sums and _told_aside(line, titles)) or _ends(line, bottom, lore):
            break
        if not places.money and _list_of_money(text[at : at + LIST], lore.rules):
            break
        more = _rows_follow(text[at + 1 : at + 1 + AHEAD], lore)
        if (not more and _told(line, lore.rules)) or not places.hold(line, more=more):
            break
        found.append(line)
        places = places.wider(line)
        bottom = line.box.bottom
    return found


def _list_of_money(text: Sequence[Line], rules: Sequence[TableRule]) -> bool:
    """Whether a list begins here whose every entry ends with its money, up to their sum: what a table without
    a column for money has under it."""
    entry = False
    for line in text:
        priced = len(line.runs) > 1 and _SIGNED.search(line.text) is not None
        if priced and _sums(line, rules):
            return entry
        if not priced and len(line.runs) > 1:
            return False
        entry = entry or priced
        if not entry:
            return False
    return False


def _told_aside(line: Line, titles: Sequence[Title]) -> bool:
    """Whether a sum ends before the last column begins: it stands under the table, 'Jumlah : Rp1.000'."""
    figures = sum(c.isdigit() for c in line.text) > FEW
    return figures and line.box.x1 < max(title.box.x0 for title in titles) - STRAY


def _rows_follow(text: Sequence[Line], lore: Lore) -> bool:
    """Whether a row with figures comes soon, and no other head before it; cells that are centred beside each
    other make lines that stand a little apart."""
    for at, line in enumerate(text):
        if likely((r.text for r in line.runs), lore.rules):
            return False
        row = [ln for ln in text[at : at + 2] if ln.box.centre - line.box.centre < LEVEL * line.size]
        if sum(len(ln.runs) for ln in row) > MANY and any(_figures(ln) for ln in row):
            return True
    return False


def _ends(line: Line, bottom: float, lore: Lore) -> bool:
    """Whether the table is over before a line: after a wide space, at another head, at place and date."""
    space = (line.box.top - bottom) / max(line.size, 1.0)
    if space > (FARTHEST if _figures(line) else FAR):
        return True
    if len(line.runs) == 1 and (captions(line.text, lore.rules) or _announces(line)):
        return True
    return likely((r.text for r in line.runs), lore.rules) or _dateline(line.text, lore.words)


def _announces(line: Line) -> bool:
    """Whether a line is a sentence that says what follows: 'Anggaran yang disediakan untuk itu adalah:'."""
    return line.text.endswith(":") and len(line.words) >= SENTENCE


def captions(text: str, rules: Iterable[TableRule]) -> bool:
    """Whether a line is nothing but what stands over a table: 'Program dan Anggaran (dalam juta rupiah)'."""
    said = plain(unmarked(_PART.sub("", text)))
    return any(said in (fold(p), f"{fold(p)}tahun") for rule in rules for p in rule.caption)


def _dateline(text: str, words: Words) -> bool:
    """`Sungai Batu,   Januari 2026`, and nothing else."""
    place = _PLACE.match(text)
    date = values.date_parts(text[place.end() :], words=words) if place else None
    return date is not None and date.month is not None and date.year is not None


def _figures(line: Line) -> bool:
    return len(line.runs) > 1 and any(c.isdigit() for c in line.text)


def _sums(line: Line, rules: Sequence[TableRule]) -> bool:
    figures = sum(c.isdigit() for c in line.text) > FEW
    return len(line.runs) > 1 and figures and any(is_sum(line.runs[0].text, rule) for rule in rules)


def _told(line: Line, rules: Sequence[TableRule]) -> bool:
    """Whether a line tells the sum by itself, and not in the columns: 'Jumlah Anggaran : Rp. 4.847.000,-'."""
    figures = sum(c.isdigit() for c in line.text) > FEW
    return len(line.runs) == 1 and figures and ":" in line.text and any(is_sum(line.text, r) for r in rules)


@dataclass(frozen=True, slots=True)
class Places:
    """Where the columns lie, as far as lines show it, where their runs begin, and which are money."""

    titles: tuple[Box, ...]
    columns: tuple[Box, ...]
    starts: tuple[float, ...]
    money: frozenset[int]

    @staticmethod
    def under(titles: Sequence[Title], rules: Sequence[TableRule]) -> Places:
        """The places under a head, before any line of the table is known."""
        boxes = tuple(t.box for t in titles)
        heads = [h for h in (head(titles, rule) for rule in rules) if h is not None]
        money = frozenset(i for h in heads for t in h.of("amount") for i in t.columns)
        return Places(boxes, boxes, (), money)

    def hold(self, line: Line, *, more: bool) -> bool:
        """Whether a line fits the columns. With `more` rows to come it may head a group of them.

        Else no run reaches over two titles; and no words stand where money does.
        """
        if any(self._letters(run) for run in line.runs):
            return False
        over = [run for run in line.runs if self._over(run) > 1]
        if over and len(line.runs) > 1:  # two columns so close that they read as one run
            return all(self._begun(run) or self._titled(run) for run in line.runs)
        if over or more:
            return more
        return len(line.runs) > 1 or len(self.starts) < MANY or self._fits(line.runs[0])

    def wider(self, line: Line) -> Places:
        """The places with a further line: each run belongs to the column that it shares most with."""
        found = list(self.columns)
        for run in line.runs:
            best = self._column(run)
            if best is not None and self._over(run) < 2:
                found[best] = around([found[best], run.box]) or run.box
        begun = [w.box.x0 for r in line.runs for w in r.words[:2]]  # the first word may be a number
        return replace(self, columns=tuple(found), starts=(*self.starts, *begun))

    def _column(self, run: Run) -> int | None:
        shared = [min(c.x1, run.box.x1) - max(c.x0, run.box.x0) for c in self.columns]
        best = shared.index(max(shared))
        return best if shared[best] > 0 else None

    def _letters(self, run: Run) -> bool:
        column = self._column(run)
        letters = sum(c.isalpha() for c in run.text)
        return column in self.money and letters > SIGN and letters > sum(c.isdigit() for c in run.text)

    def _over(self, run: Run) -> int:
        """Over how many titles a run reaches, its number aside: that may stand in a column of its own."""
        start = run.words[1 if marked(f"{run.text} ") and len(run.words) > 1 else 0].box.x0
        return sum(min(run.box.x1, t.x1) - max(start, t.x0) > HALF * t.width for t in self.titles)

    def _fits(self, run: Run) -> bool:
        """Whether a run lies within a column, or begins where others began."""
        if any(c.x0 - STRAY <= run.box.x0 and run.box.x1 <= c.x1 + STRAY for c in self.columns):
            return True
        return self._begun(run)

    def _titled(self, run: Run) -> bool:
        """Whether a run of the first line, before columns are known, stands under a title."""
        if self.starts:
            return False
        return self._over(run) == 1 or any(abs(t.x0 - run.box.x0) <= STRAY for t in self.titles)

    def _begun(self, run: Run) -> bool:
        return any(abs(x - run.box.x0) <= STRAY for x in self.starts)
