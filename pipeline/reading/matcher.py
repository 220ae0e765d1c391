"""spaCy's matcher with its vocabulary of Indonesian, loaded without the rest of the library."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from pipeline.reading.unused import Unused, without

SCRIPT = {"direction": "ltr", "has_case": True, "has_letters": True}
PARTS = {
    "matcher": "spacy.matcher",
    "vocab": "spacy.vocab",
    "attributes": "spacy.attrs",
    "lexemes": "spacy.lang.id.lex_attrs",
    "stops": "spacy.lang.id.stop_words",
}
Pattern = Mapping[str, Any]  # as spaCy's span ruler takes it: label, pattern, perhaps id


@dataclass(frozen=True, slots=True, order=True)
class Match:
    """Tokens from `start` up to before `end`; `pattern` counts from 0 in the patterns."""

    start: int
    end: int
    pattern: int


@dataclass(frozen=True, slots=True, eq=False)
class Matcher:
    """What finds patterns in a sequence of words; `numbers` counts them, by their keys in the vocabulary."""

    vocab: Any
    matches: Callable[[Any], Iterable[tuple[int, int, int]]]
    numbers: Mapping[int, int]

    def longest(self, tokens: Sequence[str]) -> list[Match]:
        """What the patterns find, in order; of matches that overlap the longest, the first, the first rule's.

        >>> made = matcher([{"label": "A", "pattern": "b c"}, {"label": "B", "pattern": [{"LOWER": "b"}]}])
        >>> made.longest(["a", "b", "c", "B"])
        [Match(start=1, end=3, pattern=0), Match(start=3, end=4, pattern=1)]
        """
        from spacy.tokens.doc import Doc

        found = self.matches(Doc(self.vocab, words=list(tokens)))
        return sorted(_apart({Match(start, end, self.numbers[key]) for key, start, end in found}))


def matcher(patterns: Iterable[Pattern], cut: Callable[[str], Iterable[str]] = str.split) -> Matcher:
    """What finds `patterns`; `cut` makes tokens of a phrase as they are made of a page."""
    part, known = _loaded(), tuple(patterns)
    vocab = part.vocab.create_vocab("id", _indonesian(part))
    asked = {part.attributes.IDS.get(name.upper()) for pattern in known for name in _attributes(pattern)}
    vocab.lex_attr_getters = {key: get for key, get in vocab.lex_attr_getters.items() if key in asked}
    made, numbers = part.matcher.Matcher(vocab, validate=False), {}
    for number, pattern in enumerate(known):
        said, name = pattern["pattern"], repr(number)
        numbers[vocab.strings.add(name)] = number
        made.add(name, [[{"ORTH": token} for token in cut(said)] if isinstance(said, str) else said])
    return Matcher(vocab, made, numbers)


def _attributes(pattern: Pattern) -> set[str]:
    """What a pattern asks of words: of a new word, nothing else is worked out, which takes long for some."""
    said = pattern["pattern"]
    return set() if isinstance(said, str) else {name for token in said for name in token}


def _apart(found: Iterable[Match]) -> Iterator[Match]:
    """As spaCy's own filter_spans chooses."""
    taken: set[int] = set()
    for match in sorted(found, key=lambda match: (match.start - match.end, match.start, match.pattern)):
        if match.start < match.end and match.start not in taken and match.end - 1 not in taken:
            taken.update(range(match.start, match.end))
            yield match


# ---------------------------------------------------------------- loading


def _loaded() -> SimpleNamespace:
    """The parts of spaCy that are used here. The whole of it takes three quarters of a second to load."""
    try:
        return _parts(_unused() if "spacy" not in sys.modules else {})
    except (ImportError, AttributeError):  # a version that needs more of itself: all of it
        for name in [name for name in sys.modules if name.partition(".")[0] == "spacy"]:
            del sys.modules[name]
        return _parts({})


def _parts(unused: Unused) -> SimpleNamespace:
    with without(unused):
        import_module("spacy.tokens")  # first: the others go round in a circle that begins with it
        return SimpleNamespace(**{short: import_module(name) for short, name in PARTS.items()})


def _unused() -> Unused:
    """The packages without what they load: pipelines, models, a command line, a tokenizer, their settings."""
    found = find_spec("spacy")
    inside = list(found.submodule_search_locations or ()) if found else []
    return {
        "spacy": {"__path__": inside},
        "spacy.lang.id": {"__path__": [str(Path(folder) / "lang" / "id") for folder in inside]},
        "spacy.schemas": {"validate_token_pattern": None, "TokenPattern": None},
        "pydantic": {},
    }


def _indonesian(part: SimpleNamespace) -> SimpleNamespace:
    """What spaCy's own class of the language knows of words."""
    return SimpleNamespace(
        lex_attr_getters=part.lexemes.LEX_ATTRS,
        stop_words=part.stops.STOP_WORDS,
        writing_system=SCRIPT,
        syntax_iterators={},
    )
