"""`pakta coverage`: who owes what, and what became of it, unit by unit."""

from __future__ import annotations

from pathlib import Path

import click

from pipeline.cli.options import DB, FORMAT, OUT, WITH_NIP

COUNTED = ("owed", "met", "incomplete", "late", "missing", "not_due")
SUMS = ", ".join(f"sum({name})" for name in COUNTED)
YEAR = " WHERE year = {year}"
ROWS = "SELECT unit, type, year, {counted} FROM coverage{where} ORDER BY unit, type, year"
TOTALS = "SELECT 'JUMLAH / TOTAL', type, NULL, {sums} FROM coverage{where} GROUP BY type ORDER BY type"


@click.command("coverage", short_help="Cakupan / who has handed in what")
@DB
@click.option("--year", type=click.IntRange(1900, 2200), help="Satu tahun saja. / One year only.")
@FORMAT
@OUT
@WITH_NIP
def command(db: Path, year: int | None, form: str, out: Path | None, *, with_nip: bool) -> None:
    """Menampilkan siapa sudah menyerahkan apa. / Shows who has handed in what."""
    from pipeline.cli.output import Form, deliver_sheet
    from pipeline.cli.screen import screen
    from pipeline.store.export import query
    from pipeline.store.sqlite import open_store

    where = YEAR.format(year=year) if year else ""
    rows = ROWS.format(counted=", ".join(COUNTED), where=where)
    totals = TOTALS.format(sums=SUMS, where=where)
    sql = f"SELECT * FROM ({rows}) UNION ALL SELECT * FROM ({totals})" if form == "table" else rows  # noqa: S608 - our own text
    with open_store(db, write=False) as connection:
        if connection.execute("SELECT 1 FROM obligations").fetchone() is None and form == "table":
            screen().print(NOTHING, soft_wrap=True)
            return
        deliver_sheet(query(connection, "coverage", sql, with_nip=with_nip), Form(form, out, with_nip))


NOTHING = (
    "Belum ada kewajiban untuk dihitung: muat data pegawai dahulu (pakta registry load BERKAS). / "
    "Nothing is owed yet: load the staff registry first (pakta registry load FILE)."
)
