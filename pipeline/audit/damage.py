"""Numbers that a spreadsheet program has damaged: a NIP has 18 digits, and Excel keeps 15."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from pipeline.errors import InputError
from pipeline.rules import Strict

SCIENTIFIC = re.compile(r"\d(?:[.,]\d+)?[eE]\+?\d{1,2}")
DECIMAL = re.compile(r"(\d{9,})[.,]0+")
CURE = (
    "Di lembar asli, ubah format kolom NIP menjadi Teks sebelum menempelkan angkanya, atau ekspor ulang"
    " (in the original sheet, format the NIP column as Text before pasting the numbers, or export again)."
)


class Damage(Strict, frozen=True):
    """What damaged numbers look like, and the share of rows from which a column is refused."""

    share: float
    digits: int
    precision: int
    step: int
    shortest: int


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of the column of numbers, and the row it stands in."""

    row: int
    text: str


def refuse_damaged(path: Path, cells: Sequence[Cell], damage: Damage) -> None:
    """Returns for a sound column. Raises InputError naming the row, the reason and the cure."""
    for cell, reason in _broken(cells):
        raise InputError(f"{path}, baris {cell.row}: NIP {cell.text!r}: {reason}. {CURE}")
    filled = [cell for cell in cells if re.search(r"\d", cell.text)]
    for reason, found in _suspects(filled, damage):
        if len(found) > damage.share * len(filled):
            some = ", ".join(f"baris {cell.row}: {cell.text}" for cell in found[:3])
            raise InputError(
                f"{path}: kolom NIP rusak, {len(found)} dari {len(filled)}: {reason} ({some}). {CURE}"
            )


def _broken(cells: Sequence[Cell]) -> Iterator[tuple[Cell, str]]:
    for cell in cells:
        plain = cell.text.strip("' ")
        if SCIENTIFIC.fullmatch(plain):
            yield (
                cell,
                "angka ilmiah, angka aslinya sudah hilang (a number in scientific form; its digits are lost)",
            )
        elif DECIMAL.fullmatch(plain):
            yield (
                cell,
                "disimpan sebagai bilangan, angka terakhir sudah dibulatkan (kept as a number and rounded)",
            )


def _suspects(cells: Sequence[Cell], damage: Damage) -> Iterator[tuple[str, list[Cell]]]:
    """Each kind of damage that only a whole column shows, with the cells that have it."""
    numbers = [(cell, re.sub(r"\D", "", cell.text)) for cell in cells]
    whole = [(cell, number) for cell, number in numbers if len(number) == damage.digits]
    zeros = "0" * damage.precision
    yield (
        f"berakhir dengan {zeros} (the last digits have become zeros)",
        [cell for cell, number in whole if number.endswith(zeros)],
    )
    if len(whole) >= damage.precision and all(int(number) % damage.step == 0 for _, number in whole):
        yield "angka terakhir dibulatkan (the last digits are rounded)", [cell for cell, _ in whole]
    short = [cell for cell, number in numbers if damage.shortest <= len(number) < damage.digits]
    yield f"kurang dari {damage.digits} angka (digits are lost)", short
