"""Text to data, one function a type; each takes any text and answers None where it says nothing."""

from pipeline.values.dates import DateParts, date_parts, day, year
from pipeline.values.mended import mended_name
from pipeline.values.nips import Nip, nip
from pipeline.values.numbers import decimal_comma, money, number, spelled
from pipeline.values.persons import Person, person
from pipeline.values.ranks import Rank, rank
from pipeline.values.targets import Target, measure, target
from pipeline.values.texts import folded, text
from pipeline.values.words import Words

__all__ = [
    "DateParts",
    "Nip",
    "Person",
    "Rank",
    "Target",
    "Words",
    "date_parts",
    "day",
    "decimal_comma",
    "folded",
    "measure",
    "mended_name",
    "money",
    "nip",
    "number",
    "person",
    "rank",
    "spelled",
    "target",
    "text",
    "year",
]
