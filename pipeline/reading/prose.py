"""Who introduces himself in a sentence: 'Saya, NAMA, NIP ..., jabatan ..., selanjutnya disebut ...'."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from msgspec import structs

from pipeline.reading.identities import Identity, value_fact
from pipeline.reading.labelled import FIELDS
from pipeline.reading.leaf import Leaf
from pipeline.reading.roles import role_after, role_named
from pipeline.rules import Lexicon, TypeRule
from pipeline.schema import Box, Fact, Word

UPPER = 0.25  # of the height of a page: place and date above it are of a letter
AFTER = 120  # letters after an introduction in which its role is named


def introductions(
    leaf: Leaf, rule: TypeRule, words: Lexicon, areas: Sequence[Box] = ()
) -> tuple[Identity, ...]:
    """The people introduced in the running text of a page, outside of tables, in printed order, each once."""
    end = _signed_from(leaf)
    found = [w for w in leaf.layout.words if w.box.top < end and not any(a.holds(w.box) for a in areas)]
    text, starts = _joined(found)
    taken: list[tuple[int, Identity]] = []
    for pattern in _patterns(words):
        for match in re.finditer(pattern, text):
            if not any(abs(match.end() - end) < len(match.group(0)) for end, _ in taken):
                role = _role(match, text[match.end() : match.end() + AFTER], rule, words)
                values = dict(_facts(match, found, starts, leaf, words))
                taken.append((match.end(), Identity(role, values, leaf.number, 0.0)))
    return tuple(identity for _, identity in sorted(taken, key=lambda t: t[0]))


def _signed_from(leaf: Leaf) -> float:
    """The height of place and date under the text of a page: below them people sign, and say nothing."""
    dated = [span.box.top for span in leaf.labelled("dateline") if not leaf.prose(leaf.lines[span.line])]
    return next((top for top in reversed(dated) if top > UPPER * leaf.layout.height), float("inf"))


def _role(match: re.Match[str], after: str, rule: TypeRule, words: Lexicon) -> str | None:
    """The role that a pattern finds beside somebody, or that is named after them."""
    said = match.groupdict().get("role")
    return role_named(said, rule) if said else role_after(after, rule, words.labels)


def _patterns(words: Lexicon) -> Iterator[str]:
    """The patterns of the rules, with the words that positions begin with for `{office}`."""
    offices = sorted(set(words.offices.begins), key=len, reverse=True)
    known = "|".join(re.escape(o) for o in offices)
    for pattern in words.labels.prose:
        yield pattern.replace("{office}", f"(?:{known})")


def _joined(found: Sequence[Word]) -> tuple[str, list[int]]:
    """The words as one text, and where in it each begins."""
    starts, place = [], 0
    for word in found:
        starts.append(place)
        place += len(word.text) + 1
    return " ".join(w.text for w in found), starts


def _facts(
    match: re.Match[str], found: Sequence[Word], starts: Sequence[int], leaf: Leaf, words: Lexicon
) -> Iterator[tuple[str, Fact]]:
    groups = match.groupdict()
    for name in FIELDS:
        if groups.get(name):
            first, last = match.span(name)
            fact = value_fact(name, list(_inside(found, starts, first, last)), f"prose:{name}", leaf, words)
            yield name, fact


def _inside(found: Sequence[Word], starts: Sequence[int], first: int, last: int) -> Iterator[Word]:
    """The words of a stretch of the text, without the brackets and commas around it."""
    for word, start in zip(found, starts, strict=True):
        if first - len(word.text) < start < last:
            yield structs.replace(word, text=word.text[max(first - start, 0) : last - start])
