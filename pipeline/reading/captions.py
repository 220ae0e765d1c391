"""Many signers whose names stand over their positions: under the place to sign, or left of it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from statistics import median

from msgspec import structs

from pipeline.reading.blocks import Block
from pipeline.reading.kinds import is_nip, is_rank, only_titles, position_level
from pipeline.reading.leaf import Leaf
from pipeline.reading.lines import Line
from pipeline.reading.nameline import NAME_LINES
from pipeline.rules import Lexicon
from pipeline.schema import Box, around
from pipeline.values import person

ROOM = 1.7  # letter heights: room for a signature
CLOSE = 0.9  # letter heights: a name goes on over no wider space
BESIDE = 50.0  # points: in less room beside a name nobody signs
WIDE = 140.0  # points that a place to sign under or over a name has, where its column has them
NUMBER = re.compile(r"^\W*\d{1,3}\s*[.)]\s*")


@dataclass(slots=True)
class Caption:
    """Name and position of one signer while the lines are read; the lines before end at `over`, points."""

    over: float
    name: list[Line] = field(default_factory=list)
    position: list[Line] = field(default_factory=list)
    rank: Line | None = None
    nip: Line | None = None

    @property
    def room(self) -> float:
        """Room over the name, in letter heights."""
        return (self.name[0].box.top - self.over) / self.name[0].size


def captioned(found: Sequence[Line], words: Lexicon) -> bool:
    """Whether a column of signers begins with a titled name right over a position, and ends with no name."""
    found = _counted(found, words)
    placed = [n for n, line in enumerate(found) if position_level(line.text, words) is not None]
    if not placed or not 0 < placed[0] <= NAME_LINES:
        return False
    over = found[: placed[0] + 1]
    apart = any(b.box.top - a.box.bottom > ROOM * b.size for a, b in pairwise(over))
    return not apart and titled(over[:-1], words) and not _closes(found[-1], words)


def _counted(found: Sequence[Line], words: Lexicon) -> list[Line]:
    """The lines without the numbers that stand halfway down beside a name and its position."""
    kept = [ln for ln in found if NUMBER.sub("", f"{ln.text} ").strip()]
    bare = ((ln, unnumbered(ln)) for ln in kept)
    return [b if position_level(b.text, words) is not None else ln for ln, b in bare]


def _closes(line: Line, words: Lexicon) -> bool:
    """Whether a line ends a block that begins with a position: a name or a number."""
    return is_nip(line) or titled([line], words)


def captions(
    found: Sequence[Line],
    leaf: Leaf,
    role: str,
    top: float,
    sides: tuple[float, float],
    words: Lexicon,
    *,
    beside: bool = False,
) -> Iterator[Block]:
    """The blocks of such a column; the first may be signed from `top` on. `sides` are its edges, points;
    `beside`: lines to sign on are seen right of it."""
    said = [c for c in read(_counted(found, words), top, words) if c.name]
    if not said:
        return
    right = max(line.box.x1 for c in said for line in (*c.name, *c.position))
    beside = (beside or median(c.room for c in said) < ROOM) and sides[1] - right >= BESIDE
    ends = [*(c.name[0].box.top for c in said[1:]), float("inf")]
    for caption, end in zip(said, ends, strict=True):
        gap = _beside(caption, right, sides[1], end) if beside else _over(caption, sides)
        name, position = tuple(caption.name), tuple(caption.position)
        yield Block(role, leaf.number, gap, position, name, caption.rank, caption.nip, gap)


def _over(caption: Caption, sides: tuple[float, float]) -> Box:
    box = around([line.box for line in (*caption.name, *caption.position)]) or caption.name[0].box
    half = max(box.width, WIDE) / 2
    left, right = max(sides[0], box.middle - half), min(sides[1], box.middle + half)
    name = caption.name[0].box.top
    return Box(left, min(caption.over, name), right, name)


def _beside(caption: Caption, left: float, right: float, end: float) -> Box:
    lines = [*caption.name, *caption.position]
    return Box(left, lines[0].box.top, right, min(lines[-1].box.bottom + lines[-1].size, end))


def read(found: Sequence[Line], top: float, words: Lexicon) -> Iterator[Caption]:
    """Names with what stands under them; a new one begins where a name follows a position."""
    caption = Caption(top)
    counted = bool(found) and NUMBER.match(found[0].text) is not None
    for place, line in enumerate(found):
        begun = _begins(found, place, words) or (counted and _is_counted(line, words))
        if (caption.position or caption.nip) and begun:
            yield caption
            caption = Caption(found[place - 1].box.bottom)
        _put(caption, line, words)
    yield caption


def _is_counted(line: Line, words: Lexicon) -> bool:
    """Whether a line is a name behind a number, with or without titles."""
    bare = NUMBER.sub("", line.text)
    named = person(bare, words=words) is not None and position_level(bare, words) is None
    return bare != line.text and named and len(bare.split()) > 1


def _begins(found: Sequence[Line], place: int, words: Lexicon) -> bool:
    """Whether the name of the next begins: numbered, or apart from what is over it, or with titles."""
    line, above = found[place], found[place - 1]
    if position_level(NUMBER.sub("", line.text), words) is not None or is_nip(line) or is_rank(line, words):
        return False
    name = [line]
    for under in found[place + 1 : place + NAME_LINES]:
        near = under.box.top - name[-1].box.bottom <= CLOSE * under.size
        if not near or position_level(under.text, words) is not None or titled(name, words):
            break
        name.append(under)
    apart = NUMBER.match(line.text) or line.box.top - above.box.bottom > CLOSE * line.size
    rest = " ".join(n.text for n in name[1:])
    before_titles = line.text.rstrip().endswith(",") and only_titles(rest, words)
    return titled([line], words) or bool((apart or before_titles) and titled(name, words))


def titled(name: Sequence[Line], words: Lexicon) -> bool:
    """Whether lines are a name with titles."""
    text = NUMBER.sub("", " ".join(line.text for line in name))
    parsed = person(text, words=words)
    return parsed is not None and bool(parsed.front or parsed.back) and not only_titles(text, words)


def _put(caption: Caption, line: Line, words: Lexicon) -> None:
    if is_nip(line):
        caption.nip = caption.nip or line
    elif is_rank(line, words):
        caption.rank = caption.rank or line
    elif not caption.name:
        caption.name.append(unnumbered(line))
    elif not caption.position and _goes_on(caption, line, words):
        caption.name.append(line)
    else:
        caption.position.append(line)


def _goes_on(caption: Caption, line: Line, words: Lexicon) -> bool:
    """Whether a name goes on: after a comma, with titles, or until it has some."""
    last = caption.name[-1]
    apart = line.box.top - last.box.bottom > CLOSE * line.size
    if apart or position_level(line.text, words) is not None or len(caption.name) >= NAME_LINES:
        return False
    if last.text.isupper() and not (line.words[0].text.isupper() or only_titles(line.text, words)):
        return False
    text = " ".join(ln.text for ln in caption.name)
    parsed = person(text, words=words)
    return text.rstrip().endswith(",") or only_titles(line.text, words) or not (parsed and parsed.back)


def unnumbered(line: Line) -> Line:
    """A line without the number before it, whether or not a space parts the two."""
    first = line.runs[0]
    bare = NUMBER.sub("", first.words[0].text)
    if bare == first.words[0].text:
        return line
    kept = first.words[1:] if not bare else (structs.replace(first.words[0], text=bare), *first.words[1:])
    runs = tuple(replace(r, words=k) for r, k in ((first, kept), *((r, r.words) for r in line.runs[1:])) if k)
    box = around([w.box for r in runs for w in r.words]) or line.box
    return replace(line, runs=runs, box=box, text=NUMBER.sub("", line.text)) if runs else line
