"""From the day of the budget document to who is late, in a database of its own."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from pipeline.run.audit import again
from pipeline.run.plans import load_plans
from pipeline.run.registry import Load, load_registry
from pipeline.schema import Agreement, Entry, Fact, Page, Party, Reading
from pipeline.store.sqlite import open_store, put_reading

STAFF = "nip,nama,jabatan,unit\n197503031999032007,Sulastri Wibowo,Camat Asri,Kecamatan Asri\n"
PLAN = "tahun,unit,program,anggaran,tanggal dpa\n2026,{},Program A,100,{}\n"


def fact(text: str, data: str | int | None = None) -> Fact:
    return Fact(text, data if data is not None else text, "test", 1)


def signed(day: str) -> Reading:
    """The agreement of the camat, signed on this day."""
    party = Party(
        role="pihak_pertama",
        name=fact("Sulastri Wibowo"),
        position=fact("Camat Asri"),
        nip=fact("197503031999032007"),
    )
    made = Agreement(
        type="perjanjian_kinerja",
        year=fact("2026", 2026),
        signed_on=fact(day),
        unit=fact("Kecamatan Asri"),
        parties=(party,),
    )
    return Reading("ab", "application/pdf", (Page(1, 595.0, 842.0),), (made,))


@pytest.mark.parametrize(
    ("unit", "approved", "state", "due_on", "checks"),
    [
        ("Kecamatan Asri", "2026-01-02", "late", "2026-02-02", {"late"}),
        ("Kec. Asri", "2 Januari 2026", "late", "2026-02-02", {"late"}),
        ("Kecamatan Asri", "2026-02-15", "met", "2026-03-15", set()),
        ("Kecamatan Asri", "", "met", None, set()),
    ],
)
def test_late_is_told_from_the_day_of_the_budget_alone(
    tmp_path: Path, unit: str, approved: str, state: str, due_on: str | None, checks: set[str]
) -> None:
    db, staff, plan = tmp_path / "x.db", tmp_path / "staff.csv", tmp_path / "plan.csv"
    staff.write_text(STAFF, encoding="utf-8")
    plan.write_text(PLAN.format(unit, approved), encoding="utf-8")
    load_registry(Load(staff, date(2026, 3, 1)), db, None)
    with open_store(db, write=True) as connection:
        entry = Entry("a.pdf", "a.pdf", "application/pdf", sha256="ab")
        put_reading(connection, entry, signed("2026-03-02"), "key", 1)
    load_plans(plan, db, None)
    with closing(sqlite3.connect(db)) as connection:
        sql = "SELECT state, due_on FROM obligations WHERE type = 'perjanjian_kinerja'"
        assert connection.execute(sql).fetchall() == [(state, due_on)]
        sql = "SELECT check_id FROM findings WHERE check_id = 'late' AND state = 'open'"
        assert {row[0] for row in connection.execute(sql)} == checks
        doubts = connection.execute("SELECT count(*) FROM doubts WHERE check_id = 'late'").fetchone()[0]
        assert doubts == (due_on is None)


def test_an_offices_own_day_of_the_budget_counts_where_no_plan_says_it(tmp_path: Path) -> None:
    db, staff, own = tmp_path / "x.db", tmp_path / "staff.csv", tmp_path / "own"
    staff.write_text(STAFF, encoding="utf-8")
    own.mkdir()
    shipped = (Path(__file__).parents[1] / "rules/coverage.toml").read_text(encoding="utf-8")
    (own / "coverage.toml").write_text(f'{shipped}\n"2026" = "2026-01-02"\n', encoding="utf-8")
    load_registry(Load(staff, date(2026, 3, 1)), db, None)
    with open_store(db, write=True) as connection:
        entry = Entry("a.pdf", "a.pdf", "application/pdf", sha256="ab")
        put_reading(connection, entry, signed("2026-03-02"), "key", 1)
    again(db, own)
    with closing(sqlite3.connect(db)) as connection:
        sql = "SELECT state FROM obligations WHERE type = 'perjanjian_kinerja'"
        assert connection.execute(sql).fetchall() == [("late",)]
