"""Coverage of the samples: as their golden says, down to names, as a picture, and when a paper goes."""

from __future__ import annotations

import io
import json
import shutil
import sqlite3
from contextlib import closing
from datetime import date
from pathlib import Path
from xml.etree import ElementTree

import pytest
from PIL import Image
from rich.console import Console

from pipeline.cli.covered import matrix, parts
from pipeline.cli.root import run
from pipeline.run.ingest import ingest
from pipeline.run.order import Order
from pipeline.store.heatmap import Cell, colour, heatmap, png, svg

SAMPLES = Path(__file__).parents[1] / "samples"
GOLDEN = SAMPLES / "coverage.csv"
MAYOR = "Wali Kota/PK Wali Kota Sukamaju 2026.pdf"


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The samples, read with their registry into x.db beside them."""
    folder = tmp_path_factory.mktemp("covered")
    shutil.copytree(SAMPLES / "documents", folder / "in")
    ingest(Order((folder / "in",), folder / "x.db", SAMPLES / "registry.csv", as_of=date(2026, 3, 1)))
    return folder


def said(capsys: pytest.CaptureFixture[str], archive: Path, *more: str) -> str:
    assert run(["coverage", "--db", str(archive / "x.db"), *more]) == 0
    return capsys.readouterr().out


def test_the_coverage_of_the_samples_is_that_of_their_golden(
    capsys: pytest.CaptureFixture[str], archive: Path
) -> None:
    """Written by: pakta coverage --people --format csv --out samples/coverage.csv, after ingest."""
    assert said(capsys, archive, "--people", "--format", "csv").splitlines() == (
        GOLDEN.read_text(encoding="utf-8").splitlines()
    )


def test_numbers_by_any_dimension_add_up_to_the_same(
    capsys: pytest.CaptureFixture[str], archive: Path
) -> None:
    sums = set()
    for by in ("unit", "level", "type", "year", "unit,level,type,year"):
        rows = json.loads(said(capsys, archive, "--by", by, "--format", "json"))
        assert all(
            row["owed"] == row["met"] + row["incomplete"] + row["late"] + row["missing"] for row in rows
        )
        sums.add(tuple(sum(row[name] for row in rows) for name in ("owed", "met", "missing", "not_due")))
    assert len(sums) == 1


def test_an_unknown_dimension_is_refused(capsys: pytest.CaptureFixture[str], archive: Path) -> None:
    assert run(["coverage", "--db", str(archive / "x.db"), "--by", "colour"]) == 2
    assert "unit, level, type, year" in capsys.readouterr().err


@pytest.mark.parametrize("more", [(), ("--people",), ("--map",), ("--by", "level,type")])
def test_coverage_fits_eighty_columns(
    archive: Path, monkeypatch: pytest.MonkeyPatch, more: tuple[str, ...]
) -> None:
    out = io.StringIO()
    made = Console(file=out, width=80, markup=False, highlight=False)
    monkeypatch.setattr("pipeline.cli.covered.screen", lambda: made)
    assert run(["coverage", "--db", str(archive / "x.db"), *more]) == 0
    lines = [line for line in out.getvalue().splitlines() if " dari " not in line and " that do " not in line]
    assert max(map(len, lines)) <= 80
    if more != ("--by", "level,type"):
        assert "Pendidikan" in out.getvalue()


def test_a_picture_is_drawn_where_the_file_is_called_one(
    capsys: pytest.CaptureFixture[str], archive: Path, tmp_path: Path
) -> None:
    for name in ("c.svg", "c.png"):
        assert said(capsys, archive, "--out", str(tmp_path / name)) == ""
    assert ElementTree.parse(tmp_path / "c.svg").getroot().tag.endswith("svg")  # noqa: S314 - our own file
    with Image.open(tmp_path / "c.png") as image:
        assert image.size[0] > 400


def test_units_asked_for_are_under_audit_from_then_on(
    capsys: pytest.CaptureFixture[str], archive: Path, tmp_path: Path
) -> None:
    db = tmp_path / "x.db"
    shutil.copy(archive / "x.db", db)
    assert run(["check", "--db", str(db), "--units", "Dinas Sosial"]) == 1
    run(["check", "--db", str(db)])
    capsys.readouterr()
    assert run(["coverage", "--db", str(db)]) == 0
    out = capsys.readouterr().out
    assert ("Dinas Sosial" in out, "Inspektorat" in out, "1 dari 20 unit" in out) == (True, False, True)
    assert run(["check", "--db", str(db), "--units", "Dinas Kelautan"]) == 2
    assert run(["check", "--db", str(db), "--units", "otomatis"]) == 1


def state_of(db: Path, position: str) -> tuple[str, str | None]:
    with closing(sqlite3.connect(db)) as connection:
        found = connection.execute(
            "SELECT state, agreement_id FROM obligations WHERE position = ? AND type = 'perjanjian_kinerja'",
            (position,),
        ).fetchall()
    assert len(found) == 1
    state, agreement = found[0]
    return state, agreement


def test_a_paper_that_goes_from_the_folder_is_missing_on_the_next_run(archive: Path, tmp_path: Path) -> None:
    shutil.copytree(archive / "in", tmp_path / "in")
    order = Order((tmp_path / "in",), tmp_path / "x.db", SAMPLES / "registry.csv", as_of=date(2026, 3, 1))
    for path in (tmp_path / "in").iterdir():  # the mayor and one agency are enough
        if path.name not in ("Wali Kota", "Dinas Pendidikan"):
            shutil.rmtree(path)
    ingest(order)
    assert state_of(order.db, "Wali Kota Sukamaju")[0] == "met"
    (tmp_path / "in" / MAYOR).rename(tmp_path / "aside.pdf")
    outcome = ingest(order)
    assert outcome.changed
    assert state_of(order.db, "Wali Kota Sukamaju") == ("missing", None)
    (tmp_path / "aside.pdf").rename(tmp_path / "in" / MAYOR)
    again = ingest(order)
    assert (again.balance.read, state_of(order.db, "Wali Kota Sukamaju")[0]) == (0, "met")
    assert not ingest(order).changed


# ---------------------------------------------------------------- the picture


@pytest.mark.parametrize(
    ("owed", "done", "sign", "text"),
    [
        (0, 0, "·", "·"),
        (4, 0, "○", "○ 0/4"),
        (4, 1, "◔", "◔ 1/4"),
        (4, 3, "◕", "◕ 3/4"),
        (4, 4, "●", "● 4/4"),
    ],
)
def test_a_cell_is_told_by_sign_and_number_and_not_by_colour_alone(
    owed: int, done: int, sign: str, text: str
) -> None:
    assert (Cell(owed, done).sign, Cell(owed, done).text) == (sign, text)


def test_every_share_has_its_colour() -> None:
    assert len({colour(Cell(5, done)) for done in range(6)} | {colour(Cell(0, 0))}) == 7


def test_the_units_with_the_least_stand_first_and_names_are_harmless() -> None:
    made = heatmap(
        "<x>", [("Dinas <b>", "PK 2026", 2, 2), ("Camat", "PK 2026", 2, 0), ("Camat", "PK 2025", 1, 0)]
    )
    assert (made.rows, made.columns) == (("Camat", "Dinas <b>"), ("PK 2025", "PK 2026"))
    out, picture = io.BytesIO(), io.BytesIO()
    svg(made, out)
    png(made, picture)
    assert b"<b>" not in out.getvalue()
    assert b"Camat, PK 2026: 0/2" in out.getvalue()
    with Image.open(picture) as image:
        assert image.format == "PNG"


@pytest.mark.parametrize("width", [80, 160])
def test_a_map_of_many_years_is_told_in_parts_that_all_name_their_units(width: int) -> None:
    unit = "Badan Perencanaan Pembangunan Daerah, Penelitian dan Pengembangan"
    years = [(unit if year % 2 else "Dinas Sosial", f"PK {year}", 3, 1) for year in range(2010, 2030)]
    made = heatmap("Cakupan", years)
    found = list(parts(made, width))
    assert [name for part in found for name in part.columns] == list(made.columns)
    for part in found:
        out = io.StringIO()
        Console(file=out, width=width, markup=False, highlight=False).print(matrix(part))
        assert max(map(len, out.getvalue().splitlines())) <= width
        assert "Penelitian" in out.getvalue()
        assert all(name in out.getvalue() for name in part.columns)
