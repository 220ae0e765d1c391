"""A check: the rows at fault, and the sentence that says so."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from pipeline.errors import RuleError
from pipeline.rules.strict import Strict, decode


class Message(Strict, frozen=True):
    """The sentence of a finding in both languages; {names} are columns of the check's SELECT."""

    id: str
    en: str


class CheckExample(Strict, frozen=True):
    """Rows laid into an empty database, and how many findings the check then makes."""

    fires: bool
    rows: dict[str, tuple[dict[str, str | int | float | None], ...]]
    unsure: bool = False


class CheckRule(Strict, frozen=True):
    """A check: a file of rules/checks. `sql` returns the rows at fault, `unsure` those not to be told."""

    id: str
    severity: Literal["error", "warning", "info"]
    message: Message
    why: str
    sql: str
    basis: str = ""
    unsure: str = ""
    policy: bool = False  # answers only where an office switches it on
    example: tuple[CheckExample, ...] = ()


def read(path: Path) -> CheckRule:
    rule = decode(path, CheckRule)
    if rule.id != path.stem:
        raise RuleError(f"checks/{path.name}: id is '{rule.id}'; it must be the file name, '{path.stem}'")
    return rule
