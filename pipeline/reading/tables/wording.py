"""The words of a cell as text, as they are read, and as facts."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from msgspec import structs

from pipeline import values
from pipeline.schema import Box, Data, Fact, Layout, Word, around

LEVEL = 0.5  # of the letters' height: how far apart the centres of words on one line may lie
COUNTED = " .0123456789"  # behind the title of one of several: `Sasaran 1`
_MARK = re.compile(
    r"\s*(?:\(?(?:\d{1,2}(?:\.\d{1,2})*|[a-z]|[ivx]{1,4}|(?:[A-Z]|[IVX]{1,4})(?=..[A-Z]))[.)]"
    r"|\d{1,2}(?:\.\d{1,2})+|[A-Z]{2,4}[-.]\d{1,2}(?:\.\d{1,2})*|[A-Z]{2,4}\s\d{1,2}\.\d{1,2}"
    r"|[A-Z]{2,4}\d{1,2}(?:\.\d{1,2})*\.(?=\s)"
    r"|\[[A-Z]{1,4}[.\- ]?\d{1,2}(?:\.\d{1,2})*\]"
    r"|[-–•·●○◦▪▫■□◆◇➢➤►▶*✓✔\uf0a7\uf0b7\uf0d8\uf0fc])(?:\s+|(?=[A-Z]))"
)
_OPEN = re.compile(r"[\d][.,]$|[/]$")  # a line that ends so goes on without a space


@dataclass(frozen=True, slots=True)
class Piece:
    """What stands in one field of one row. `fresh`: its cell begins in this row, and not above it."""

    page: int
    origin: str
    box: Box  # of the cell
    words: tuple[Word, ...] = ()
    fresh: bool = True
    title: str = ""  # of its column

    @property
    def text(self) -> str:
        """Its words, a line of the cell a line of text."""
        return printed(self.words)


def piece_of(layout: Layout, words: tuple[Word, ...]) -> Piece:
    """Words of a page, outside of any cell, as a piece."""
    box = around([w.box for w in words]) or Box(0, 0, 0, 0)
    return Piece(layout.page.number, layout.page.origin, box, words)


def free(layout: Layout, areas: Iterable[tuple[int, Box]]) -> list[Word]:
    """The words of a page outside of `areas`: page and box."""
    boxes = [box for page, box in areas if page == layout.page.number]
    return [w for w in layout.words if not any(box.holds(w.box) for box in boxes)]


def rows(words: Iterable[Word]) -> list[list[Word]]:
    """Words by line, top to bottom and left to right."""
    found: list[list[Word]] = []
    for word in sorted(words, key=lambda w: (w.box.centre, w.box.x0)):
        last = found[-1][-1].box if found else None
        if last and word.box.centre - last.centre <= LEVEL * min(last.height, word.box.height):
            found[-1].append(word)
        else:
            found.append([word])
    return [sorted(row, key=lambda w: w.box.x0) for row in found]


def printed(words: Iterable[Word]) -> str:
    """The words in reading order, lines parted by line ends, numbers broken between two lines closed up."""
    text = ""
    for row in rows(words):
        line = " ".join(w.text for w in row)
        text += line if not text or _OPEN.search(text) else f"\n{line}"
    return text


def at_colon(words: Sequence[Word]) -> tuple[str, tuple[Word, ...]]:
    """The title before the first colon, without what counts it, and the words behind it; all, and none,
    where there is no colon: `Sasaran 1 : ...`."""
    place = next((n for n, word in enumerate(words) if ":" in word.text), len(words))
    at, rest = tuple(words[place : place + 1]), tuple(words[place + 1 :])
    title = " ".join([*(word.text for word in words[:place]), *(word.text.partition(":")[0] for word in at)])
    behind = (structs.replace(word, text=after) for word in at if (after := word.text.partition(":")[2]))
    return title.rstrip(COUNTED), (*behind, *rest)


def unmarked(text: str) -> str:
    """`text` without the number, letter or dot that counts it off.

    >>> [unmarked(text) for text in ("1.1 Jumlah dokumen", "a. Nilai e-Government", "3 laporan", "E. coli")]
    ['Jumlah dokumen', 'Nilai e-Government', '3 laporan', 'E. coli']
    >>> [unmarked(text) for text in ("[IKU 1.1] Predikat SAKIP", "SS2. Penguatan data", "COVID19 menurun")]
    ['Predikat SAKIP', 'Penguatan data', 'COVID19 menurun']
    """
    mark = _MARK.match(text)
    return text[mark.end() :] or text if mark else text


def marked(text: str) -> bool:
    """Whether `text` begins with a number, letter or dot that counts it off."""
    return _MARK.match(text) is not None


def fact(
    pieces: Sequence[Piece], rule: str, data: Data, *, required: bool = False, sure: float | None = None
) -> Fact:
    """What the pieces say as a fact. No words: text and data None, and the box of the empty cell."""
    words = [w for p in pieces for w in p.words]
    first = next((p for p in pieces if p.words), pieces[0])
    box = around([w.box for w in first.words]) or first.box
    text = values.text("\n".join(p.text for p in pieces if p.words)) or None
    confidence = sure if sure is not None else confidence_of(words)
    return Fact(text, data if text else None, rule, first.page, box, confidence, required, first.origin)


def confidence_of(words: Sequence[Word]) -> float:
    """The mean over the words, by their letters; of one or two words the least."""
    if len(words) <= 2:
        return min((w.confidence for w in words), default=1.0)
    return sum(w.confidence * len(w.text) for w in words) / sum(len(w.text) for w in words)
