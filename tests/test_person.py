"""`pakta person`: everything held about somebody, by number or name; never guessed, masked, exported."""

from __future__ import annotations

import json
from pathlib import Path

import openpyxl
import pytest

from pipeline.cli.root import run
from pipeline.store.sqlite import open_store
from tests.filled import filled

SULASTRI = "197503031999032007"
PK, PI = "perjanjian_kinerja", "pakta_integritas"
FIRST, SECOND = "pihak_pertama", "pihak_kedua"
ROWS: dict[str, list[dict[str, object]]] = {
    "sources": [{"sha256": "f" * 64}],
    "files": [{"path": "pk.pdf", "shown": "pk.pdf", "sha256": "f" * 64, "status": "loaded"}],
    "staff": [
        {
            "id": SULASTRI, "nip": SULASTRI, "name": "Sulastri Wibowo",
            "position": "Kepala Dinas Sosial", "listed": 1,
        },
        {"id": "m1", "nip": "198607152010012004", "name": "Maryam", "unit": "Dinas Sosial", "listed": 1},
        {"id": "m2", "nip": "199002202015032005", "name": "Maryam", "unit": "Dinas Kesehatan", "listed": 1},
    ],
    "agreements": [{"id": "a", "sha256": "f" * 64, "type": PK, "year": 2026, "first_page": 1}],
    "parties": [
        {"id": "p", "agreement_id": "a", "role": FIRST, "name": "SULASTRI WIBOWO", "nip": SULASTRI},
        {"id": "q", "agreement_id": "a", "role": SECOND, "name": "H. Bramantyo Wiratmaja, S.E."},
    ],
    "matches": [
        {"party_id": "p", "staff_id": SULASTRI, "score": 1.0, "verdict": "match", "reasons": "NIP sama"},
        {"party_id": "q", "score": 0.0, "verdict": "none", "reasons": "-"},
    ],
    "signatures": [{"id": "s", "agreement_id": "a", "party_id": "p", "role": FIRST, "state": "missing"}],
    "facts": [
        {"agreement_id": "a", "record": "parties", "record_id": "p", "field": "nip", "data": SULASTRI},
    ],
    "obligations": [{"id": "o", "staff_id": SULASTRI, "type": PI, "year": 2026, "state": "missing"}],
}  # fmt: skip


@pytest.fixture
def db(tmp_path: Path) -> Path:
    return filled(tmp_path / "a.db", ROWS)


@pytest.mark.parametrize("who", ["Sulastri Wibowo", "sulastri", "Dra. Hj. SULASTRI WIBOWO, M.Si.", SULASTRI])
def test_a_person_is_shown_with_everything(db: Path, who: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["person", who, "--db", str(db)]) == 0
    shown = capsys.readouterr().out
    for text in ("Kepala Dinas Sosial", "NIP sama", "pk.pdf", "missing", "pakta_integritas", "2007"):
        assert text in shown
    assert SULASTRI not in shown


def test_whole_numbers_are_shown_where_they_are_asked_for(
    db: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["person", "Sulastri", "--db", str(db), "--with-nip"]) == 0
    assert SULASTRI in capsys.readouterr().out


def test_namesakes_are_listed_and_not_guessed(db: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["person", "Maryam", "--db", str(db)]) == 2
    said = capsys.readouterr()
    assert "Dinas Sosial" in said.out
    assert "Dinas Kesehatan" in said.out
    assert "2 orang" in said.err
    assert "198607152010012004" not in said.out


def test_who_is_in_no_registry_is_found_in_the_documents(
    db: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["person", "Bramantyo Wiratmaja", "--db", str(db)]) == 0
    assert "pihak_kedua" in capsys.readouterr().out


@pytest.mark.parametrize("who", ["Rendra Kelana", "198001012005011003", "...."])
def test_nobody_is_an_error(db: Path, who: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["person", who, "--db", str(db)]) == 2
    assert "pakta:" in capsys.readouterr().err


def test_an_export_holds_every_value_and_is_logged(db: Path, tmp_path: Path) -> None:
    out = tmp_path / "sulastri.json"
    assert run(["person", SULASTRI, "--db", str(db), "--export", str(out)]) == 0
    held = json.loads(out.read_text(encoding="utf-8"))
    assert held["name"] == "Sulastri Wibowo"
    assert held["documents"][0]["name"] == "SULASTRI WIBOWO"
    assert [fact["field"] for fact in held["facts"]] == ["nip"]
    assert SULASTRI not in out.read_text(encoding="utf-8")
    with open_store(db, write=False) as connection:
        ((command, ended),) = connection.execute("SELECT command, ended FROM runs").fetchall()
    assert command.startswith("person --export staff-")
    assert ended is not None


def test_an_export_to_a_spreadsheet_has_a_sheet_for_each_kind(db: Path, tmp_path: Path) -> None:
    out = tmp_path / "sulastri.xlsx"
    assert run(["person", SULASTRI, "--db", str(db), "--export", str(out), "--with-nip"]) == 0
    book = openpyxl.load_workbook(out)
    assert {"registry", "documents", "signatures", "obligations", "findings", "facts"} <= set(book.sheetnames)
    (heads, row) = book["registry"].iter_rows(values_only=True)
    assert dict(zip(heads, row, strict=True))["nip"] == SULASTRI


def test_another_ending_is_refused(db: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["person", SULASTRI, "--db", str(db), "--export", str(tmp_path / "x.doc")]) == 2
    assert ".json" in capsys.readouterr().err
