"""`pakta coverage`: who owes what, and what became of it, by unit, level, type and year, down to names."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from pipeline.cli.options import DB, FORMAT, OUT, WITH_NIP

BY = ("unit", "level", "type", "year", "position")
PICTURES = (".svg", ".png")


def dimensions(_: click.Context, __: click.Parameter, value: tuple[str, ...]) -> tuple[str, ...]:
    """The words of --by, said apart or with commas; each once."""
    said = [word.strip() for one in value for word in one.split(",") if word.strip()]
    wrong = [word for word in said if word not in BY]
    if wrong:
        raise click.BadParameter(f"'{wrong[0]}'; {', '.join(BY)}")
    return tuple(dict.fromkeys(said)) or ("unit", "type", "year")


@click.command("coverage", short_help="Cakupan / who has handed in what")
@DB
@click.option(
    "--by", multiple=True, callback=dimensions, help="Menurut unit, level, type, year. / Counted by which."
)
@click.option("--people", is_flag=True, help="Sampai ke nama. / Down to names.")
@click.option("--map", "as_map", is_flag=True, help="Peta panas di terminal. / A heat map on the terminal.")
@click.option("--year", type=click.IntRange(1900, 2200), help="Satu tahun saja. / One year only.")
@click.option("--unit", metavar="TEXT", help="Unit yang namanya memuat ini. / Units whose name holds this.")
@click.option("--all-units", is_flag=True, help="Juga unit di luar cakupan. / Units outside the scope too.")
@FORMAT
@OUT
@WITH_NIP
def command(db: Path, year: int | None, unit: str | None, *, all_units: bool, **asked: Any) -> None:
    """Menampilkan siapa sudah menyerahkan apa. / Shows who has handed in what.

    --out coverage.svg atau .png menggambar peta panas. / --out coverage.svg or .png draws a heat map.
    """
    from pipeline.cli.covered import Asked, show
    from pipeline.cli.output import Form
    from pipeline.store.coverage import Wanted
    from pipeline.store.sqlite import open_store

    form = Form(asked["form"], asked["out"], asked["with_nip"])
    picture = form.out is not None and form.out.suffix.casefold() in PICTURES
    how = Asked(asked["by"], asked["people"], asked["as_map"] or picture)
    with open_store(db, write=False) as connection:
        show(connection, Wanted(year, unit, outside=all_units), how, form)
