"""What reading a table has to know."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.rules import TableRule
from pipeline.values import Words


@dataclass(frozen=True, slots=True)
class Lore:
    """What is known of tables: the rules of a document type, and the word lists."""

    rules: tuple[TableRule, ...]
    words: Words
