"""spaCy span rules over a page's own words: dates, years, numbers, marks."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial
from typing import Any

import msgspec

from pipeline.reading.lines import Line
from pipeline.reading.unused import Unused, without
from pipeline.schema import Box, Word, around

PIECES = re.compile(r"[,;:](?![0-9])|(?<![0-9])[,;:]|[^,;:]+(?:(?<=[0-9])[,;:](?=[0-9])[^,;:]+)*")
SENTENCE_END = re.compile(r"^([0-9]{4}|[A-Za-z]{4,})\.$")
# spaCy's command line, and the exceptions of a tokenizer that is not used: a third of its start.
UNUSED: Unused = {
    "spacy.cli": {"info": None},
    "spacy.cli.info": {"info": None},
    "spacy.lang.id.tokenizer_exceptions": {"TOKENIZER_EXCEPTIONS": {}},
}


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
    nlp = _pipeline(msgspec.json.encode(patterns))
    tokens = list(_tokens(lines))
    from spacy.tokens import Doc
    from spacy.util import filter_spans

    doc = nlp(Doc(nlp.vocab, words=[text for text, _, _ in tokens]))
    found = filter_spans(doc.spans["found"])
    return tuple(_span(s, tokens) for s in found)


@lru_cache(maxsize=4)
def _pipeline(patterns: bytes) -> Any:
    """A blank Indonesian pipeline with a span ruler: no model, nothing fetched.

    It cuts texts as pages are cut; the tokenizer of the language takes a second and a half to make.
    """
    with without(UNUSED if "spacy" not in sys.modules else {}):
        from spacy.lang.id import Indonesian

    nlp = Indonesian(create_tokenizer=lambda nlp: partial(_phrase, nlp.vocab))
    ruler = nlp.add_pipe("span_ruler", config={"spans_key": "found"})
    ruler.add_patterns(msgspec.json.decode(patterns))  # type: ignore[attr-defined]  # a SpanRuler
    return nlp


def _phrase(vocab: Any, text: str) -> Any:
    """A pattern that is a phrase, in the pieces in which pages come."""
    from spacy.tokens import Doc

    return Doc(vocab, words=[piece for word in text.split() for piece in pieces(word)])


def _tokens(lines: Sequence[Line]) -> Iterator[tuple[str, Word | None, int]]:
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
        if SENTENCE_END.match(piece):
            yield piece[:-1]
            yield "."
        else:
            yield piece


def _span(span: Any, tokens: list[tuple[str, Word | None, int]]) -> Span:
    inside = tokens[span.start : span.end]
    words = dict.fromkeys(word for _, word, _ in inside if word is not None)
    return Span(span.label_, span.id_, tuple(words), inside[0][2])
