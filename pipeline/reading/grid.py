"""Many signers without role lines: position, place to sign, name, again and again in columns."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise, takewhile
from statistics import median

from pipeline.reading.abreast import columns, tiers
from pipeline.reading.blocks import Block
from pipeline.reading.captions import captioned, captions
from pipeline.reading.celled import celled
from pipeline.reading.columns import TALL
from pipeline.reading.counted import GAP, counted
from pipeline.reading.counts import PLACE, worded
from pipeline.reading.kinds import is_nip, is_rank, only_titles, position_level, unended
from pipeline.reading.leaf import Leaf
from pipeline.reading.lines import Line, lines
from pipeline.reading.phrases import EXACTLY, alone, says
from pipeline.rules import Lexicon, PartyRule
from pipeline.schema import Box, Word, around
from pipeline.values import person

SIGNING_GAP = 1.7  # letter heights: room for a signature
NAME_GAP = 0.9  # letter heights: a name goes on over no wider space
LONGER = 2  # letters that the line of a role may have more than its phrase
FOOT = 0.93  # of the height of a page: below it stand running feet
NAME_PART = 3  # words at most of the second line of a name without titles
HARDLY = 0.5  # confidence under which a word is taken for ink
PRINTED = 0.95  # confidence from which it is print, if it may be the first part of a name


@dataclass(slots=True)
class Draft:
    """A block while its lines are read, top to bottom."""

    heads: list[Line] = field(default_factory=list)
    name: list[Line] = field(default_factory=list)
    rank: Line | None = None
    nip: Line | None = None

    def last(self) -> Line | None:
        """The line read last."""
        lines = [*self.heads, *self.name, *filter(None, (self.rank, self.nip))]
        return lines[-1] if lines else None

    def closed(self) -> bool:
        """Whether rank or number have followed the name."""
        return self.rank is not None or self.nip is not None


def grid(
    leaf: Leaf, party: PartyRule, between: tuple[float, float], words: Lexicon, areas: Sequence[Box]
) -> Iterator[Block]:
    """The blocks of a party `between` two heights of a page (points), column by column."""
    role = party.role
    top, bottom = between
    free = [w for w in leaf.layout.words if top < w.box.centre < bottom and not _covered(w, areas)]
    inside = _above_foot(free, leaf.layout.height)
    seen = list(printed(inside))
    if framed := list(celled(leaf, role, seen, words)):
        over = min(block.box.top for block in framed)
        above = [w for w in seen if w.box.bottom <= over]
        alone = [block for tier in tiers(above) for block in _tier(leaf, party, tier, top, words)]
        yield from (block for block in alone if block.name and block.position)
        yield from framed
        return
    for tier in tiers(seen):
        yield from _tier(leaf, party, tier, top, words)
        top = max([top, *(w.box.bottom for w in tier)])


def _tier(leaf: Leaf, party: PartyRule, seen: Sequence[Word], top: float, words: Lexicon) -> Iterator[Block]:
    role = party.role
    for left, right in columns(seen):
        own = [w for w in seen if left <= w.box.middle < right]
        found = [ln for ln in lines(own, gap=GAP) if not _aside(ln, party, words)]
        sides = max(left, 0.0), beginning(right, seen, leaf)
        if captioned(found, words):
            beside = sum(PLACE.fullmatch(w.text) is not None for w in seen if w.box.middle >= right) > 1
            yield from captions(found, leaf, role, top, sides, words, beside=beside)
            continue
        bare = not any(position_level(line.text, words) is not None for line in found)
        if bare and (listed := list(counted([w for ln in found for w in ln.words], leaf, role, sides[1]))):
            yield from listed
            continue
        for draft in drafts(found, words):
            yield _block(draft, leaf, role, (left, right))


def _aside(line: Line, party: PartyRule, words: Lexicon) -> bool:
    """Whether a line is of no signer: it names the role of all, or a service of electronic signatures."""
    return says(line.text, words.labels.electronic, 85) is not None or names_role(line.text, party)


def names_role(text: str, party: PartyRule) -> bool:
    """Whether a text says nothing but the role of a party: 'Yang berikrar :'."""
    return alone(text, party.anchors, LONGER, EXACTLY) is not None


def beginning(right: float, seen: Sequence[Word], leaf: Leaf) -> float:
    """Where the words of the next column begin, or the margin: so far reaches a place to sign. The numbers of
    places to sign, '(1)', and what a reader of scans made of ink are in it."""
    after = [w.box.x0 for w in seen if w.box.middle >= right and worded(w.text)]
    return min(after, default=max(right, leaf.layout.width - min(w.box.x0 for w in seen)))


def _above_foot(inside: Sequence[Word], height: float) -> list[Word]:
    """The words without a running foot, which stands in the foot of a page, far under all others."""
    foot = [w for w in inside if w.box.top > FOOT * height]
    rest = [w for w in inside if w.box.top <= FOOT * height]
    last = max((w.box.bottom for w in rest), default=0.0)
    return rest if foot and min(w.box.top - 3 * w.size for w in foot) > last else list(inside)


def _covered(word: Word, areas: Sequence[Box]) -> bool:
    return any(area.holds(word.box) for area in areas)


def printed(inside: Sequence[Word]) -> Iterator[Word]:
    """Words without the ink that OCR took for letters: what is much taller than print, or hardly read."""
    usual = median([w.box.height for w in inside] or [0.0])
    for word in inside:
        if word.box.height <= TALL * usual and word.confidence >= HARDLY:
            yield word


# ---------------------------------------------------------------- blocks of one column


def drafts(found: Sequence[Line], words: Lexicon) -> Iterator[Draft]:
    """The blocks of a column: a new one begins where a position follows a name."""
    if not any(position_level(line.text, words) is not None for line in found):
        yield from _names_only(found, words)
        return
    draft = Draft()
    for place, line in enumerate(found):
        kind = _kind(line, found[place + 1 : place + 3], draft, words)
        if kind == "head" and (draft.name or draft.nip):
            yield draft
            draft = Draft()
        _put(draft, kind, line)
    if draft.name or draft.nip:  # a name under ink may be gone, and the number still says whose block it is
        yield draft


def _names_only(found: Sequence[Line], words: Lexicon) -> Iterator[Draft]:
    """A column with no positions: each group of lines under a place to sign begins with a name."""
    draft = Draft()
    for line in found:
        last = draft.last()
        if last is not None and line.box.top - last.box.bottom > SIGNING_GAP * line.size:
            yield draft
            draft = Draft()
        if is_nip(line) or (draft.name and is_rank(line, words)):
            _put(draft, "nip" if is_nip(line) else "rank", line)
        elif draft.name or person(line.text, words=words) is not None:
            _put(draft, "name", line)
    if draft.name:
        yield draft


def _kind(line: Line, below: Sequence[Line], draft: Draft, words: Lexicon) -> str:
    """What a line is, after the lines before it: nip, rank, head, name or ink."""
    if is_nip(line):
        return "nip"
    if is_rank(line, words) and (draft.name or any(is_nip(ln) for ln in below[:1])):
        return "rank"
    if position_level(line.text, words) is not None:
        return "head"
    if draft.name:
        return "name" if _name_goes_on(line, below, draft, words) else "head"
    if _is_ink(line, below, draft, words):
        return "ink"
    return "name" if _is_name(line, draft, words) else "head"


def _is_ink(line: Line, below: Sequence[Line], draft: Draft, words: Lexicon) -> bool:
    """Whether a lone word is ink that OCR took for letters: a name with titles stands right under it."""
    if len(line.words) > 1 or not below or below[0].box.top - line.box.bottom > SIGNING_GAP * line.size:
        return False
    parsed = person(below[0].text, words=words)
    last = draft.last()  # right under it stands the end of a position; a name has no word before its title
    begun = parsed is not None and bool(parsed.front) and not (last and _close(last, line))
    if not begun and line.words[0].confidence >= PRINTED and line.text.isalpha() and line.text[0].isupper():
        return False
    return parsed is not None and bool(parsed.front or parsed.back) and not only_titles(below[0].text, words)


def _is_name(line: Line, draft: Draft, words: Lexicon) -> bool:
    """A name stands under a position, and has titles or a place to sign over it."""
    last, parsed = draft.last(), person(line.text, words=words)
    if last is None or parsed is None or unended(line.words, words.labels):
        return False
    if unended(last.words, words.labels) and _close(last, line):
        return False
    return bool(parsed.front or parsed.back) or line.box.top - last.box.bottom > SIGNING_GAP * line.size


def _name_goes_on(line: Line, below: Sequence[Line], draft: Draft, words: Lexicon) -> bool:
    """A name goes on after a comma, with titles, or where titles or a number follow close below."""
    above = draft.name[-1]
    if draft.closed() or not _close(above, line):
        return False
    if above.text.rstrip().endswith(",") or _ends_name(line, words) or _last_part(above, line, below, words):
        return True
    near = takewhile(lambda pair: _close(*pair), pairwise([line, *below]))
    return above.text.isupper() == line.text.isupper() and any(_ends_name(ln, words) for _, ln in near)


def _last_part(above: Line, line: Line, below: Sequence[Line], words: Lexicon) -> bool:
    """Whether a line right under a name, printed alike, is all that follows: the rest of a long name."""
    bare = (parsed := person(above.text, words=words)) is not None and not parsed.back
    apart = not below or below[0].box.top - line.box.bottom > SIGNING_GAP * line.size
    alike = above.text.isupper() and line.text.isupper() and len(line.words) <= NAME_PART
    return bare and apart and alike and person(line.text, words=words) is not None


def _close(upper: Line, lower: Line) -> bool:
    """Whether a line follows so close that a name may go on in it; else there is room to sign."""
    return lower.box.top - upper.box.bottom <= NAME_GAP * lower.size


def _ends_name(line: Line, words: Lexicon) -> bool:
    """Whether a line is the end of a name: titles, or the number under it."""
    if position_level(line.text, words) is not None:
        return False
    parsed = person(line.text, words=words)
    return is_nip(line) or only_titles(line.text, words) or (parsed is not None and bool(parsed.back))


def _put(draft: Draft, kind: str, line: Line) -> None:
    if kind == "nip":
        draft.nip = draft.nip or line
    elif kind == "rank":
        draft.rank = draft.rank or line
    elif kind == "ink":
        return
    elif kind == "name":
        draft.name.append(line)
    else:
        draft.heads.append(line)


def _block(draft: Draft, leaf: Leaf, role: str, sides: tuple[float, float]) -> Block:
    lower = next(ln for ln in (*draft.name, draft.rank, draft.nip) if ln is not None)
    first = lower.box
    box = around([ln.box for ln in (*draft.heads, *draft.name)]) or first
    upper = draft.heads[-1].box.bottom if draft.heads else first.top - 4 * lower.size
    gap = Box(max(sides[0], box.x0 - 4), min(upper, first.top), min(sides[1], box.x1 + 4), first.top)
    head = draft.heads[0].box if draft.heads else gap
    return Block(role, leaf.number, head, tuple(draft.heads), tuple(draft.name), draft.rank, draft.nip, gap)
