"""The folder rules/ as frozen values; refuses what it does not understand, by name."""

from __future__ import annotations

from pathlib import Path

import msgspec

from pipeline.rules import checks, files, patterns, trust, types, words
from pipeline.rules.checks import CheckExample, CheckRule, Message
from pipeline.rules.files import layered, shipped
from pipeline.rules.strict import Strict, decode
from pipeline.rules.trust import Anchor
from pipeline.rules.types import (
    OTHER,
    Columns,
    Field,
    Levels,
    PartyRule,
    Pledges,
    Recognise,
    SignatureRule,
    TableRule,
    Theme,
    TypeExample,
    TypeRule,
)
from pipeline.rules.words import PARTY, Government, Labels, Level, Lexicon, Offices

READING_ROOMS = ("types", "patterns", "words")  # what a reading depends on
AUDIT_ROOMS = ("checks", "obligations", "")  # what findings depend on besides; "" is the top of the folder


class Rules(msgspec.Struct, frozen=True):
    """All rules of a run. `patterns` are of the span ruler; `digest` names what readings depend on.

    `trust` are the certificates relied on; only what is said of electronic signatures depends on them, and so
    their digest is kept apart: another root makes nobody read the scans again.
    """

    types: tuple[TypeRule, ...]
    checks: tuple[CheckRule, ...]
    patterns: tuple[dict[str, object], ...]
    words: Lexicon
    trust: tuple[Anchor, ...]
    digest: str
    trust_digest: str
    check_digest: str

    @property
    def other(self) -> TypeRule:
        """The type of pages that are no agreement."""
        return next(t for t in self.types if t.id == OTHER)


def load(overlay: Path | None = None) -> Rules:
    """The shipped rules with an office's own laid over: the same file name replaces, a new name adds.

    Raises RuleError naming file, key and what would be right.
    """
    found = layered(shipped(), overlay)
    spans = tuple(row for path in files.of(found, "patterns") for row in patterns.read(path))
    labels = {str(row["label"]) for row in spans}
    return Rules(
        types=tuple(types.read(path, labels) for path in files.of(found, "types")),
        checks=tuple(checks.read(path) for path in files.of(found, "checks")),
        patterns=spans,
        words=words.read({path.stem: path for path in files.of(found, "words")}),
        trust=trust.read(files.of(found, "trust")),
        digest=files.digest(found, READING_ROOMS),
        trust_digest=files.digest(found, ("trust",)),
        check_digest=files.digest(found, AUDIT_ROOMS),
    )


__all__ = [
    "OTHER",
    "PARTY",
    "Anchor",
    "CheckExample",
    "CheckRule",
    "Columns",
    "Field",
    "Government",
    "Labels",
    "Level",
    "Levels",
    "Lexicon",
    "Message",
    "Offices",
    "PartyRule",
    "Pledges",
    "Recognise",
    "Rules",
    "SignatureRule",
    "Strict",
    "TableRule",
    "Theme",
    "TypeExample",
    "TypeRule",
    "decode",
    "layered",
    "load",
    "shipped",
]
