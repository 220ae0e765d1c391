"""Span patterns: lines of rules/patterns, in spaCy's own format."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import msgspec

from pipeline.errors import RuleError
from pipeline.rules.strict import Strict, known, printed, unknown

TOKEN = (  # what spaCy can ask of a word without a trained model
    "ORTH", "TEXT", "NORM", "LOWER", "SHAPE", "PREFIX", "SUFFIX", "LENGTH", "IS_ALPHA", "IS_ASCII",
    "IS_DIGIT", "IS_LOWER", "IS_UPPER", "IS_TITLE", "IS_PUNCT", "IS_SPACE", "IS_STOP", "LIKE_NUM",
    "LIKE_URL", "LIKE_EMAIL", "SPACY", "OP",
)  # fmt: skip
TIMES = re.compile(r"[!?*+]|\{\d*,?\d*\}")  # how often a word may stand


class Pattern(Strict, frozen=True):
    """A line of rules/patterns, in spaCy's own format: what a span is called, and its words one by one."""

    label: str
    pattern: str | tuple[dict[str, object], ...]
    id: str = ""


def read(path: Path) -> Iterator[dict[str, object]]:
    for number, line in enumerate(printed(path).splitlines(), 1):
        if not line.strip():
            continue
        try:
            row = msgspec.json.decode(line, type=Pattern)
            fault = next(_token_faults(row), None)
        except (msgspec.MsgspecError, re.error) as error:
            fault = f"{error}{known(str(error), Pattern)}"
        if fault is not None:
            raise RuleError(f"patterns/{path.name}, line {number}: {fault}")
        yield msgspec.json.decode(line)


def _token_faults(row: Pattern) -> Iterator[str]:
    """What is wrong with the words of a pattern. Raises re.error for an expression that is none."""
    for token in () if isinstance(row.pattern, str) else row.pattern:
        yield from unknown("pattern", token, TOKEN)
        if not TIMES.fullmatch(str(token.get("OP", "?"))):
            yield f"OP: no '{token['OP']}'; there are ! ? * + {{n}} {{n,m}}"
        for value in token.values():
            if isinstance(value, dict) and isinstance(value.get("REGEX"), str):
                re.compile(value["REGEX"])
