"""What reading a table has to know."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.rules import TableRule
from pipeline.values import Words


@dataclass(frozen=True, slots=True)
class Lore:
    """What is known of tables: the rules of a type, the word lists, and the year of the agreement."""

    rules: tuple[TableRule, ...]
    words: Words
    year: str = ""
