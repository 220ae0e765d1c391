"""The head of a table: which of its columns holds which field of a rule."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise, takewhile

from pipeline.reading.phrases import fold
from pipeline.reading.tables import periods, priced, vocabulary
from pipeline.reading.tables.grid import Cell, Grid
from pipeline.reading.tables.periods import MONTHS, QUARTERS
from pipeline.reading.tables.title import Named, Title
from pipeline.reading.tables.vocabulary import LONGEST, Vocabulary, begins, named, plain
from pipeline.reading.tables.wording import printed
from pipeline.rules import TableRule
from pipeline.schema import Word

INSTEAD = {  # a required field that these may stand for
    "target": ("quantity", *QUARTERS, *MONTHS),
    "program": (priced.FIELD,),
    "amount": (priced.FIELD,),
}
SEVERAL = ("program",)  # fields that may take several columns, one for each rung
NEXT = (
    "objective",
    "measure",
)  # of several columns the one next before the target counts; of others the first
LAST_COLUMN = 999
PLANNED = ("target", "amount")  # fields of what is to come
DEEPEST = 4  # rows of a head
SPACE = 0.75  # letter heights between two words of a title, at most
LONGEST_NUMBER = 6  # letters: `5=4/3` is still the number of a column

_ONES = str.maketrans("il", "11")  # as readers of scans mistake them
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_AMOUNT = re.compile(r"\b(?!1(?:[.,]000)+\b)\d{1,3}(?:[.,]\d{3}){2}")  # in no title, but for `(Rp1.000.000)`
_ROMAN = re.compile(r"[iv1l|234]{1,3}")


@dataclass(frozen=True, slots=True)
class Head:
    """The titles of a table that a rule knows, each with its field, from left to right."""

    rule: TableRule
    titles: tuple[tuple[str, Title], ...]

    def of(self, field: str) -> tuple[Title, ...]:
        """The titles of `field`; none where the table has no such column."""
        return tuple(t for f, t in self.titles if f == field)


# ---------------------------------------------------------------- titles of a grid


def titles(grid: Grid, row: int, depth: int, rules: Sequence[TableRule]) -> tuple[Title, ...]:
    """The titles in the `depth` rows from `row` on: one for each cell that lies in the last of them."""
    found: dict[Cell, list[int]] = {}
    for col, cell in enumerate(grid.cells[row + depth - 1]):
        found.setdefault(cell, []).append(col)
    return tuple(
        title
        for cell, cols in found.items()
        for title in _titles(grid, cell, cols, tuple(_above(grid, row, depth, cols[0])), rules)
    )


def _above(grid: Grid, row: int, depth: int, col: int) -> Iterator[str]:
    cells = dict.fromkeys(grid.cells[r][col] for r in range(row, row + depth))
    yield from (text for cell in list(cells)[:-1] if (text := printed(cell.words)))


def _titles(
    grid: Grid, cell: Cell, cols: Sequence[int], above: tuple[str, ...], rules: Sequence[TableRule]
) -> Iterator[Title]:
    """The title in a cell; two in a scan, where each stands over its column and the border is lost."""
    shares = [tuple(w for w in cell.words if grid.xs[c] <= w.box.middle < grid.xs[c + 1]) for c in cols]
    if grid.origin == "ocr" and len(cols) > 1 and all(is_title(printed(s), rules) for s in shares):
        for place, several in _whole(shares, rules):
            words = tuple(w for share in shares[place : place + several] for w in share)
            yield Title(tuple(cols[place : place + several]), (*above, printed(words)), cell.box, words)
    else:
        own = (printed(cell.words),) if cell.words or above else ()
        yield Title(tuple(cols), (*above, *own), cell.box, cell.words)


def _whole(shares: Sequence[tuple[Word, ...]], rules: Sequence[TableRule]) -> Iterator[tuple[int, int]]:
    """From which share on so many are one title, to the letter as many as may be: 'Indikator', 'Kinerja'."""
    place = 0
    while place < len(shares):
        near = takewhile(lambda pair: _follows(*pair), pairwise(shares[place:]))
        ends = range(place + 1 + sum(1 for _ in near), place + 1, -1)
        joined = ((end, [w for share in shares[place:end] for w in share]) for end in ends)
        end = next((end for end, words in joined if exactly(printed(words), rules)), place + 1)
        yield place, end - place
        place = end


def _follows(one: Sequence[Word], other: Sequence[Word]) -> bool:
    """Whether words follow others as on one line: titles of two columns stand wider apart."""
    return bool(one and other) and other[0].box.x0 - one[-1].box.x1 < SPACE * one[-1].size


def depth(grid: Grid, row: int, rules: Iterable[TableRule]) -> int:
    """How many rows the head at `row` has: as its cells reach down, and further rows of titles alone."""
    deep = min(_bottom(grid, row) - row, DEEPEST)
    while deep < DEEPEST and row + deep < len(grid.cells) and _all_titles(grid, row + deep, rules):
        deep = _bottom(grid, row + deep) - row
    return deep


def _bottom(grid: Grid, row: int) -> int:
    """The row under the lowest of the cells with words that lie in `row`."""
    return max((c.row + c.rows for c in grid.band(row) if c.words), default=row + 1)


def _all_titles(grid: Grid, row: int, rules: Iterable[TableRule]) -> bool:
    texts = [t for t in (plain(printed(c.words)) for c in grid.band(row)) if t]
    if len(texts) < 2 or all(t.isdigit() for t in texts):
        return False
    return any(all(text in vocabulary.titles(rule).exact for text in texts) for rule in rules)


# ---------------------------------------------------------------- titles against a rule


def likely(texts: Iterable[str], rules: Iterable[TableRule]) -> bool:
    """Whether two of the texts are titles to the letter: a cheap look before `head`."""
    folded = [plain(t) for t in texts if t and len(t) <= LONGEST]
    return any(sum(t in vocabulary.titles(rule).exact for t in folded) > 1 for rule in rules)


def exactly(text: str, rules: Iterable[TableRule]) -> bool:
    """Whether a text is the title of a column to the letter."""
    return any(plain(text) in vocabulary.titles(rule).exact for rule in rules)


def is_title(text: str, rules: Iterable[TableRule]) -> bool:
    """Whether a title, or a piece of one, may read so."""
    known = vocabulary.together(tuple(rules))
    return len(text) <= LONGEST and any(named(plain(text), one)[1] for one in known)


def refused(found: Sequence[Title], rules: Sequence[TableRule]) -> bool:
    """Whether a title says that this is a table of no rule (realisasi, capaian); what an earlier year brought
    may stand beside the target of this one, and what is planned for each quarter over four columns."""
    results = _said(found, [vocabulary.refusals(rule) for rule in rules], rules)
    return bool(results) and not (len(results) == 1 and _earlier(results[0], found, rules))


def is_second(found: Sequence[Title], rules: Sequence[TableRule]) -> bool:
    """Whether a title says that this is a table for want of another: what is to be done (rencana aksi)."""
    return bool(_said(found, [vocabulary.seconds(rule) for rule in rules], rules))


def _said(found: Sequence[Title], phrases: Sequence[Vocabulary], rules: Sequence[TableRule]) -> list[str]:
    """The titles that begin with one of some phrases, but for what stands over the columns of quarters."""
    texts = dict.fromkeys(t for title in found for t in title.path)
    said = [t for t in texts if any(begins(plain(t), known) for known in phrases)]
    return [t for t in said if not _over_quarters(t, found, rules)]


def _over_quarters(result: str, found: Iterable[Title], rules: Sequence[TableRule]) -> bool:
    """Whether a result stands over four columns with titles of their own, and may stand over quarters."""
    under = [t for t in found if result in t.path[:-1]]
    named_so = any(named(plain(result), vocabulary.titles(rule))[0] == "quarters" for rule in rules)
    return named_so and len(under) == len(QUARTERS)


def _earlier(result: str, found: Iterable[Title], rules: Sequence[TableRule]) -> bool:
    """Whether a result is of a year, and there is a target or an amount that is not of that year."""
    years = set(_YEAR.findall(result))
    known = [vocabulary.titles(rule) for rule in rules]
    planned = [t.text for t in found if any(named(plain(t.text), k)[0] in PLANNED for k in known)]
    return bool(years) and bool(planned) and not any(years & set(_YEAR.findall(text)) for text in planned)


def of_year(found: tuple[Title, ...], year: str) -> tuple[Title, ...]:
    """The titles without those of other years than `year`, where columns differ in nothing but the year."""
    current = {_undated(t) for t in found if year and _YEAR.findall(t.text) == [year]}
    return tuple(
        t for t in found if not (_undated(t) in current and _YEAR.findall(t.text) not in ([], [year]))
    )


def _undated(title: Title) -> tuple[str, ...]:
    return (*title.path[:-1], fold(_YEAR.sub("", title.text)))


def head(found: Sequence[Title], rule: TableRule) -> Head | None:
    """The fields of `rule` under these titles; None where one that it requires is not there."""
    if any(_AMOUNT.search(title.text) for title in found):
        return None
    known = vocabulary.titles(rule)
    kept = _measured(_chosen(periods.parted([(*_best(title, known), title) for title in found], known)))
    fields = {field for field, _ in kept}
    beside = sum(any(title.path) for title in found) > 1  # a caption over a list stands alone
    alone = len(fields) < 2 and not (priced.FIELD in fields and beside)
    if alone or not all(_has(fields, field) for field in rule.required):
        return None
    return Head(rule, _adopted(kept, found))


def _measured(kept: tuple[tuple[str, Title], ...]) -> tuple[tuple[str, Title], ...]:
    """The fields; where duties have quantities, and nothing else to be measured by, they are the measures."""
    fields = {field for field, _ in kept}
    if "quantity" not in fields or "measure" in fields:
        return kept
    return tuple(("measure" if field == "objective" else field, title) for field, title in kept)


def _has(fields: set[str], field: str) -> bool:
    return field in fields or any(other in fields for other in INSTEAD.get(field, ()))


def _best(title: Title, known: Vocabulary) -> tuple[str, float]:
    """The field that a title names: by its own words, with those above it, or by those above it alone."""
    for text in _readings(title):
        field, score = named(plain(text), known)
        if score and not (field in QUARTERS and _ROMAN.fullmatch(plain(text))):
            return field, score
    return _either(title.text, known)


def _either(text: str, known: Vocabulary) -> tuple[str, float]:
    """The field of a title of several names, if all of them name it: 'Sasaran/Rencana Hasil Kerja'."""
    said = [named(plain(part), known) for part in text.split("/")]
    fields = {field for field, _ in said}
    return (fields.pop(), min(score for _, score in said)) if len(fields) == 1 < len(said) else ("", 0.0)


def _readings(title: Title) -> Iterator[str]:
    yield title.text
    if len(title.path) > 1:
        yield " ".join(title.path)
        yield from reversed(title.path[:-1])


def _chosen(entries: Iterable[Named]) -> tuple[tuple[str, Title], ...]:
    """One title for each field, the surest; of equals the first, or the last one before the target."""
    by_field: dict[str, list[tuple[float, Title]]] = {}
    for field, score, title in entries:
        if field not in ("", "unread"):
            by_field.setdefault(field, []).append((score, title))
    end = by_field["target"][0][1].columns if "target" in by_field else (LAST_COLUMN,)
    kept: list[tuple[str, Title]] = []
    for field, several in by_field.items():
        before = [e for e in several if e[1].columns < end] if field in NEXT else []
        top = max(score for score, _ in before or several)
        same = [title for score, title in before or several if score == top or field in SEVERAL]
        kept += [(field, t) for t in (same if field in SEVERAL else same[-1:] if before else same[:1])]
    return tuple(sorted(kept, key=lambda e: e[1].columns))


def _adopted(kept: tuple[tuple[str, Title], ...], found: Sequence[Title]) -> tuple[tuple[str, Title], ...]:
    """Columns without a title: the first numbers the rows, one beside names of programmes has finer ones."""
    fields = {title.columns: field for field, title in kept}
    added = []
    for i, title in enumerate(found):
        if title.path or title.columns in fields:
            continue
        left = fields.get(found[i - 1].columns, "") if i else "margin"
        if left == "margin" and "number" not in fields.values():
            added.append(("number", title))
        elif left in SEVERAL:
            added.append((left, title))
    return tuple(sorted([*kept, *added], key=lambda e: e[1].columns))


def sureness(found: Iterable[Title], rule: TableRule) -> float:
    """How well the rule knows these titles: each that it does not know takes half a point."""
    known = vocabulary.titles(rule)
    return sum(_best(title, known)[1] or -0.5 for title in found)


def unknown(found: Iterable[Title], heads: Sequence[Head], rules: Sequence[TableRule]) -> Iterator[Title]:
    """Titles with words that no rule knows, not even to pass over."""
    taken = {title.columns for h in heads for _, title in h.titles}
    for title in found:
        is_known = any(_best(title, vocabulary.titles(rule))[1] for rule in rules)
        if any(title.path) and title.columns not in taken and not is_known:
            yield title


# ---------------------------------------------------------------- rows that belong to the head


def numbers_columns(texts: Sequence[str]) -> bool:
    """Whether a row of cells reads `1 2 3 4` or `(1) (2) (3)`: it numbers the columns.

    >>> numbers_columns(["(1)", "(2)", "(3)", "(4)"]), numbers_columns(["1", "Meningkatnya mutu", "2", ""])
    (True, False)
    """
    said = [fold(t) for t in texts if fold(t)]
    bracketed = all(t.strip().startswith("(") for t in texts if t)
    if len(said) < (2 if bracketed else 3) or any(len(t) > LONGEST_NUMBER for t in said):
        return False
    numbers = [int(found[0]) if (found := re.match(r"\d{1,2}", t.translate(_ONES))) else -1 for t in said]
    steps = sum(b - a == 1 for a, b in pairwise(numbers) if a > 0)
    return numbers[0] in (1, 2) and steps * 2 >= len(said) - 1
