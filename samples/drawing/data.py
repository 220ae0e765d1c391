"""What is drawn: people, layouts, looks, annexes and the list of files, from the TOML and CSV beside it."""

import csv
import tomllib
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
CITY = "Sukamaju"
MONTHS = (
    "Januari", "Februari", "Maret", "April", "Mei", "Juni",
    "Juli", "Agustus", "September", "Oktober", "November", "Desember",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Person:
    """One row of staff.csv; `registry` is "no" for the people whom the registry must not know."""

    key: str
    front: str
    name: str
    back: str
    nip: str
    position: str
    unit: str
    rank: str
    status: str
    superior: str
    registry: str

    @property
    def full(self) -> str:
        """The name with its titles: `Dr. Ir. Marsudi Wahyono, M.Sc.`"""
        return titled(self, self.name)


def titled(person: Person, name: str) -> str:
    """A name between the titles of the person."""
    return f"{person.front} {name}".strip() + (f", {person.back}" if person.back else "")


@dataclass(frozen=True, slots=True)
class Sign:
    """How a layout prints its signature blocks."""

    order: tuple[str, ...] = ("pihak_kedua", "pihak_pertama")  # from left to right
    labels: dict[str, str] = field(default_factory=dict)
    position: bool = False  # print the office above the name
    upper: bool = False
    name: str = "bold underline"
    below: tuple[str, ...] = ("rank", "nip")
    nip: str = "NIP. {spaced}"
    date: str = "right"  # left, right, own, none


@dataclass(frozen=True, slots=True)
class Family:
    """One layout: the wording and the look that an office uses."""

    font: str
    size: float
    head: str
    title: tuple[str, ...]
    opening: str
    identity: tuple[tuple[str, str], ...]
    bridge: tuple[str, ...]
    promises: tuple[str, ...]
    annex_title: tuple[str, ...]
    leading: float = 1.3
    paper: str = "A4"
    margins: float = 68.0
    number: str = ""
    underline: bool = False
    look: str = "lines"  # of the identity: lines, box, prose, columns
    numbered: bool = False  # the promises
    indent: float = 0.0
    closing: str = ""
    city: bool = True  # offices with the name of the city behind
    one_page: bool = False
    annex_facts: tuple[tuple[str, str], ...] = ()
    annex_signed: bool = True
    annex_date: bool = True
    sign: Sign = field(default_factory=Sign)


@dataclass(frozen=True, slots=True)
class Column:
    """One column of an annex table."""

    key: str
    title: str
    width: float
    under: str = ""  # a title over several columns


@dataclass(frozen=True, slots=True)
class Look:
    """How a table is printed."""

    columns: tuple[Column, ...]
    merge: str = "span"  # the objective over its indicators: span, blank, repeat
    merge_target: bool = False
    ruled: str = "grid"  # grid, none, lines
    shade: str = ""
    numbers: str = ""  # the row that numbers the columns, such as "({})"
    total: str = ""
    money: str = "{}"
    repeat: bool = True
    cut: bool = False  # rows may be cut in half at the foot of a page
    size: float = 0.0  # of the letters, when not those of the layout
    dot: str = ""  # after the row number


@dataclass(frozen=True, slots=True)
class Indicator:
    """One promise of an annex."""

    objective: str
    measure: str
    unit: str
    target: str
    quarters: tuple[str, ...] = ()
    owner: str | None = None
    quality: str = ""
    time: str = ""


@dataclass(frozen=True, slots=True)
class Budget:
    """One line of money."""

    level: str
    code: str
    name: str
    amount: int
    note: str = ""


@dataclass(frozen=True, slots=True)
class Annex:
    """What one office promises in one year, and the money for it."""

    indicators: tuple[Indicator, ...]
    budgets: tuple[Budget, ...] = ()
    beside: tuple[int, ...] = ()  # in joined tables: next to which indicator each line of money stands
    sections: tuple[tuple[int, str], ...] = ()  # headings within the table, before which indicator


@dataclass(frozen=True, slots=True)
class Part:
    """One document inside a file."""

    kind: str
    family: str = ""
    first: str = ""
    second: str = ""
    third: str = ""
    people: tuple[str, ...] = ()
    year: int = 2026
    day: date | None = None
    month: str = ""  # printed instead of a date whose day was never filled in
    annex: str = ""
    table: str = "grid"
    money: str = ""
    extras: tuple[str, ...] = ()  # pengukuran, rencana_aksi, blank
    landscape: bool = False
    rotated: bool = False  # the annex pages carry /Rotate 90
    revised: bool = False
    sign: dict[str, str] = field(default_factory=dict)  # role -> mark
    sign_annex: dict[str, str] = field(default_factory=dict)
    printed: dict[str, dict[str, str]] = field(default_factory=dict)  # who -> what the paper says instead
    annex_year: int = 0
    total: int = 0  # printed instead of the sum
    pledges: tuple[int, ...] = ()
    subject: str = ""
    number: str = ""
    said: str = ""  # the date in words
    defects: tuple[dict[str, Any], ...] = ()


@dataclass(frozen=True, slots=True)
class File:
    """One file of the archive."""

    path: str
    shows: str
    parts: tuple[Part, ...] = ()
    capture: str = "digital"
    made: str = ""  # how a broken or derived file comes about
    of: str = ""  # from which file

    @property
    def name(self) -> str:
        """The last part of the path."""
        return self.path.rsplit("/", 1)[-1]


def people() -> dict[str, Person]:
    """Everybody, by key."""
    with (HERE / "staff.csv").open(encoding="utf-8", newline="") as lines:
        return {row["key"]: Person(**row) for row in csv.DictReader(lines)}


def families() -> dict[str, Family]:
    """Every layout, by name."""
    return {name: Family(**_family(table)) for name, table in _toml("families").items()}


def looks() -> dict[str, Look]:
    """Every table look, by name."""
    return {name: _look(table) for name, table in _toml("looks").items()}


def annexes() -> dict[str, Annex]:
    """Every annex, by name; an objective left empty is the one above."""
    return {name: _annex(table) for name, table in _toml("annexes").items()}


def files() -> list[File]:
    """The archive, in the order it is written."""
    return [_file(table) for table in _toml("files")["file"]]


def plan() -> dict[str, Any]:
    """Where the plan differs from the agreements."""
    return _toml("plan")


def result() -> dict[str, Any]:
    """What is reported of what was signed, and which target it was measured against instead."""
    return _toml("result")


def words() -> dict[str, Any]:
    """The running text of pledges, letters and reports."""
    return _toml("words")


def _toml(name: str) -> dict[str, Any]:
    table: dict[str, Any] = _frozen(tomllib.loads((HERE / f"{name}.toml").read_text(encoding="utf-8")))
    return table


def _frozen(value: Any) -> Any:
    """The same with tuples for lists."""
    if isinstance(value, dict):
        return {key: _frozen(inner) for key, inner in value.items()}
    return tuple(_frozen(inner) for inner in value) if isinstance(value, list) else value


def _family(table: dict[str, Any]) -> dict[str, Any]:
    return table | {"sign": Sign(**table.get("sign", {}))}


def _look(table: dict[str, Any]) -> Look:
    return Look(**table | {"columns": tuple(Column(*column) for column in table["columns"])})


def _annex(table: dict[str, Any]) -> Annex:
    rows, objective = [], ""
    for i, (named, *rest) in enumerate(table["indicators"]):
        objective = named or objective
        rows.append(Indicator(objective, *rest, **_more(table, i)))
    budgets = tuple(Budget(*row) for row in table.get("budgets", ()))
    return Annex(tuple(rows), budgets, table.get("beside", ()), table.get("sections", ()))


COLUMNS = {"quarters": "quarters", "owner": "owners", "quality": "qualities", "time": "times"}


def _more(table: dict[str, Any], i: int) -> dict[str, Any]:
    """What stands in the columns that only some annexes have."""
    return {name: table[column][i] for name, column in COLUMNS.items() if column in table}


def _file(table: dict[str, Any]) -> File:
    parts = tuple(Part(**part) for part in table.get("part", ()))
    return File(**{key: value for key, value in table.items() if key != "part"}, parts=parts)
