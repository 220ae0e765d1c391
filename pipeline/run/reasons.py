"""Reason codes in words: rules/reasons.toml."""

from __future__ import annotations

from pathlib import Path

from pipeline.rules import Strict, decode, layered, shipped


class Reason(Strict, frozen=True):
    """Why a file or a page was not read, and what can be done about it, in both languages."""

    code: str
    id: str
    en: str
    do_id: str = ""
    do_en: str = ""


class Reasons(Strict, frozen=True):
    """The file reasons.toml."""

    reason: tuple[Reason, ...]


def reasons(overlay: Path | None = None) -> dict[str, Reason]:
    """The reasons by code, with an office's own laid over. Raises RuleError."""
    found = decode(layered(shipped(), overlay)["/reasons.toml"], Reasons)
    return {reason.code: reason for reason in found.reason}


def reason_of(code: str, known: dict[str, Reason]) -> Reason:
    """The reason of a code; one that nobody has put into words stands for itself."""
    return known.get(code) or Reason(code, code, code)


def sentence(code: str, known: dict[str, Reason]) -> str:
    """A reason in words, with what to do, in both languages."""
    reason = reason_of(code, known)
    return f"{reason.id}. {reason.do_id} / {reason.en}. {reason.do_en}".strip()
