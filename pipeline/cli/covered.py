"""Coverage on the terminal and in files: a table that fits 80 columns, names, and a heat map."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from rich.box import SIMPLE
from rich.table import Table
from rich.text import Text

from pipeline.cli.output import Form, deliver, into
from pipeline.cli.screen import cell, screen
from pipeline.store import heatmap
from pipeline.store.coverage import COUNTED, Wanted, counts, outside, people
from pipeline.store.heatmap import Cell, Map

HEADINGS = {
    "unit": "unit",
    "level": "tingkat\nlevel",
    "type": "jenis\ntype",
    "year": "tahun\nyear",
    "position": "jabatan / position",
    "owed": "wajib\nowed",
    "met": "ada\nmet",
    "incomplete": "kurang\nincom.",
    "late": "telat\nlate",
    "missing": "nihil\nmiss.",
    "not_due": "belum\nn.due",
}
SHORT = {"perjanjian_kinerja": "PK", "pakta_integritas": "Pakta", "komitmen_bersama": "Komitmen"}
STATES = {
    "met": ("●", "green", "lengkap / met"),
    "late": ("◕", "yellow", "terlambat / late"),
    "incomplete": ("◑", "yellow", "belum lengkap / incomplete"),
    "missing": ("○", "red", "belum ada / missing"),
    "not_due": ("·", "dim", "belum wajib / not due"),
}
REASONS = {
    "level": "tingkat jabatan belum diwajibkan / level not reached yet",
    "left": "sudah keluar / left",
    "leave": "cuti atau tugas belajar / on leave",
    "elected": "kepala daerah terpilih / elected",
    "not_asn": "bukan ASN / not a civil servant",
    "new": "baru menjabat / new in office",
    "not_yet": "belum jatuh tempo / not due yet",
    "acting": "pelaksana harian / acting",
    "new_official": "pejabat baru / new official",
    "undated": "masa jabatan tidak diketahui / time in office not known",
}
NAME, DONE = 40, 9  # columns of a terminal for the name of a unit, and for "◔ 12/345"
COLOUR = {"●": "green", "○": "red", "·": "dim"}
NOTHING = (
    "Belum ada kewajiban untuk dihitung: muat data pegawai dahulu (pakta registry load BERKAS). / "
    "Nothing is owed yet: load the staff registry first (pakta registry load FILE)."
)


@dataclass(frozen=True, slots=True)
class Asked:
    """How coverage is wanted."""

    by: tuple[str, ...]
    people: bool
    map: bool


def show(connection: sqlite3.Connection, wanted: Wanted, asked: Asked, form: Form) -> None:
    """Coverage as asked for. Raises UsageError for a form that does not fit."""
    if connection.execute("SELECT 1 FROM obligations").fetchone() is None and form.form == "table":
        screen().print(NOTHING, soft_wrap=True)
    elif asked.map:
        _map(connection, wanted, form)
    elif form.form != "table" or form.out is not None:
        sql = people(wanted) if asked.people else counts(asked.by, wanted)
        deliver(connection, "coverage", sql, form)
    elif asked.people:
        _names(connection, wanted, form)
        _about(connection, wanted)
    else:
        _table(connection, wanted, asked.by)
        _about(connection, wanted)


# ---------------------------------------------------------------- numbers


def _table(connection: sqlite3.Connection, wanted: Wanted, by: tuple[str, ...]) -> None:
    years = [row[0] for row in connection.execute(counts(("year",), wanted))]
    if len(years) == 1:  # said above the table, and room is left for names
        by = tuple(name for name in by if name != "year") or ("year",)
    made = _framed(f"Cakupan / coverage {', '.join(map(str, years))}")
    for name in by:
        made.add_column(HEADINGS[name], overflow="fold", no_wrap=name in ("type", "year"))
    made.add_column("", no_wrap=True)
    for name in COUNTED:
        made.add_column(HEADINGS[name], justify="right", no_wrap=True)
    before: Sequence[object] = ()
    for row in connection.execute(counts(by, wanted)):
        made.add_row(*_keys(row[: len(by)], before), *_numbers(row[len(by) :]))
        before = row[: len(by)]
    made.add_section()
    for row in connection.execute(counts(("type",), wanted)):
        made.add_row(*_total(by, SHORT.get(row[0], row[0])), *_numbers(row[1:]))
    screen().print(made)


def _framed(title: str) -> Table:
    return Table(
        title=Text(title, "bold"),
        box=SIMPLE,
        title_justify="left",
        pad_edge=False,
        padding=(0, 1, 0, 0),
    )


def _total(by: Sequence[str], kind: str) -> list[str]:
    """The names of a row of sums: its document type in the column of types, else beside the word."""
    if "type" in by[1:]:
        return ["JUMLAH / TOTAL", *(kind if name == "type" else "" for name in by[1:])]
    return [f"JUMLAH / TOTAL {kind}", *[""] * (len(by) - 1)]


def _keys(row: Sequence[object], before: Sequence[object]) -> list[str]:
    """The names of a row; those that stand in the row above already are left out."""
    same = 0
    while same < len(row) - 1 and before[: same + 1] == row[: same + 1]:
        same += 1
    return ["" if at < same else cell(SHORT.get(str(one), one)) for at, one in enumerate(row)]


def _numbers(row: Sequence[int]) -> list[Text]:
    owed, met, incomplete, late, *rest = row
    share = Cell(owed, met + late)
    numbers = [owed, met, incomplete, late, *rest[:2]]
    return [_sign(share), *(Text(str(number or 0), "" if number else "dim") for number in numbers)]


def _sign(share: Cell) -> Text:
    percent = "" if share.share is None else f" {share.share:.0%}"
    return Text(f"{share.sign}{percent}", COLOUR.get(share.sign, "yellow"))


# ---------------------------------------------------------------- names


def _names(connection: sqlite3.Connection, wanted: Wanted, form: Form) -> None:
    made = _framed("Cakupan / coverage")
    for name in ("unit", "nama, jabatan\nname, position", "jenis\ntype", "keadaan / state"):
        made.add_column(name, overflow="fold")
    before, left = "", 0
    for row in connection.execute(people(wanted)):
        unit, name, position, _, kind, year, due, state, reason, _, file = row
        if reason == "level" and not file:
            left += 1
            continue
        sign, colour, said = STATES[state]
        why = [REASONS.get(reason, reason) if reason else "", f"≤ {due}" if due else "", file or ""]
        made.add_row(
            "" if unit == before else cell(unit),
            cell(f"{name}, {position}", with_nip=form.with_nip),
            f"{SHORT.get(kind, kind)} {year}",
            Text("; ".join(filter(None, (f"{sign} {said}", *map(cell, why)))), colour),
        )
        before = unit
    screen().print(made)
    if left:
        screen().print(
            f"{left} kewajiban yang belum menjangkau tingkat jabatannya tidak ditampilkan; --format csv"
            f" memuat semuanya. / {left} that do not reach the level yet are not shown.",
            soft_wrap=True,
        )


def _about(connection: sqlite3.Connection, wanted: Wanted) -> None:
    """How much of the registry is under audit, said plainly."""
    here, every, left = connection.execute(outside(wanted)).fetchone()
    if every > here and not wanted.outside:
        screen().print(
            f"{here} dari {every} unit dinilai, karena dokumennya ada di sini; {left} kewajiban unit lain"
            " tidak dinilai. Lihat --all-units; ubah: pakta check --units NAMA. / "
            f"{here} of {every} units are under audit; {left} obligations of the others are not judged.",
            soft_wrap=True,
        )


# ---------------------------------------------------------------- heat map


def _map(connection: sqlite3.Connection, wanted: Wanted, form: Form) -> None:
    made = heatmap.heatmap("Cakupan / coverage", _counted(connection, wanted))
    if form.out is None:
        for part in parts(made, screen().width):
            screen().print(matrix(part))
        _about(connection, wanted)
    else:
        draw = heatmap.png if form.out.suffix.casefold() == ".png" else heatmap.svg
        into(form, lambda out: draw(made, out))


def _counted(connection: sqlite3.Connection, wanted: Wanted) -> Iterable[tuple[str, str, int, int]]:
    for unit, kind, year, owed, met, _, late, *_ in connection.execute(
        counts(("unit", "type", "year"), wanted)
    ):
        if owed:
            yield str(unit), f"{SHORT.get(kind, kind)} {year}", owed, met + late


def parts(made: Map, width: int) -> Iterator[Map]:
    """The map in parts that fit beside the names of units, each with the rows that have something in it."""
    wide = max((len(name) for name in made.columns), default=0) + 2
    most = max(1, (width - NAME) // max(wide, DONE))
    for at in range(0, len(made.columns), most):
        kept = [(name, cells[at : at + most]) for name, cells in zip(made.rows, made.cells, strict=True)]
        owing = [(name, cells) for name, cells in kept if any(cell.owed for cell in cells)]
        rows, cells = tuple(name for name, _ in owing), tuple(cells for _, cells in owing)
        yield replace(made, rows=rows, columns=made.columns[at : at + most], cells=cells)


def matrix(made: Map) -> Table:
    """A map as a table for the terminal."""
    drawn = _framed(made.title)
    drawn.add_column("unit", overflow="fold", min_width=NAME // 2)
    for name in made.columns:
        drawn.add_column(Text(name), no_wrap=True)
    for name, cells in zip(made.rows, made.cells, strict=True):
        drawn.add_row(cell(name), *(Text(one.text, COLOUR.get(one.sign, "yellow")) for one in cells))
    return drawn
