"""spaCy span rules over a page's own words: dates, years, numbers, marks."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import msgspec

from pipeline.reading.lines import Line
from pipeline.reading.matcher import Matcher, matcher
from pipeline.schema import Box, Word, around

PIECES = re.compile(r"[,;:](?![0-9])|(?<![0-9])[,;:]|[^,;:]+(?:(?<=[0-9])[,;:](?=[0-9])[^,;:]+)*")
SENTENCE_END = re.compile(r"^([0-9]{4}|[A-Za-z]{4,})\.$")
DOTTED_DAY = re.compile(r"^(\d{1,2})\.([A-Z][a-z]{2,})$")  # a speck for a space: 13.Januari
Token = tuple[str, Word | None, int]  # a piece, the word it stands in, the line of that


@dataclass(frozen=True, slots=True)
class Span:
    """Words that a pattern found, with its label and id; `line` counts from 0 on the page."""

    label: str
    id: str
    words: tuple[Word, ...]
    line: int

    @property
    def text(self) -> str:
        """Its words, as printed."""
        return " ".join(w.text for w in self.words)

    @property
    def box(self) -> Box:
        """The box around its words, points."""
        box = around([w.box for w in self.words])
        assert box is not None  # noqa: S101 - a span has words
        return box


def find(lines: Sequence[Line], patterns: tuple[dict[str, object], ...]) -> tuple[Span, ...]:
    """The longest spans that `patterns` find on a page; one runs over the end of a line only by naming it."""
    if not lines:
        return ()
    tokens = list(_tokens(lines))
    found = _matcher(msgspec.json.encode(patterns)).longest([text for text, _, _ in tokens])
    return tuple(_span(patterns[match.pattern], tokens[match.start : match.end]) for match in found)


@lru_cache(maxsize=4)
def _matcher(patterns: bytes) -> Matcher:
    """Made once: the same patterns go over every page."""
    return matcher(msgspec.json.decode(patterns), _phrase)


def _phrase(text: str) -> Iterator[str]:
    """A pattern that is a phrase, in the pieces in which pages come."""
    return (piece for word in text.split() for piece in pieces(word))


def _tokens(lines: Sequence[Line]) -> Iterator[Token]:
    """Pieces of words with the word they stand in; a line ends with a token of its own, `\\n`."""
    for number, line in enumerate(lines):
        for word in line.words:
            for piece in pieces(word.text):
                yield piece, word, number
        yield "\n", None, number


def pieces(text: str) -> Iterable[str]:
    """A word without the punctuation that hangs on it, and that punctuation.

    >>> list(pieces("Linggau,14"))
    ['Linggau', ',', '14']
    >>> list(pieces("85,5"))
    ['85,5']
    """
    for piece in PIECES.findall(text):
        if (dotted := DOTTED_DAY.match(piece)) is not None:
            yield from (f"{dotted[1]}.", dotted[2])
        elif SENTENCE_END.match(piece):
            yield piece[:-1]
            yield "."
        else:
            yield piece


def _span(pattern: Mapping[str, object], tokens: Sequence[Token]) -> Span:
    words = dict.fromkeys(word for _, word, _ in tokens if word is not None)
    return Span(str(pattern["label"]), str(pattern.get("id", "")), tuple(words), tokens[0][2])
