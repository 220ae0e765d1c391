"""`pakta match`: people decide who somebody is; the audit obeys, learns the name, and unlearns it."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from pipeline.cli.root import run
from tests.filled import filled

SULASTRI, RUDI = "197503031999032007", "198001012005011003"
PK = "perjanjian_kinerja"
ROWS: dict[str, list[dict[str, object]]] = {
    "sources": [{"sha256": "f" * 64}],
    "files": [{"path": "pk.pdf", "shown": "pk.pdf", "sha256": "f" * 64, "status": "loaded"}],
    "staff": [
        {"id": SULASTRI, "nip": SULASTRI, "name": "Sulastri Wibowo", "position": "Bendahara", "listed": 1},
        {"id": RUDI, "nip": RUDI, "name": "Rudi Hartanto", "position": "Kepala Dinas Sosial", "listed": 1},
    ],
    "agreements": [
        {"id": id_, "sha256": "f" * 64, "type": PK, "year": 2026, "first_page": 1} for id_ in ("a", "b")
    ],
    "parties": [
        # the name alone; and the same name, as nobody would know it, with the position
        {"id": "p", "agreement_id": "a", "role": "pihak_pertama", "name": "Cek Lastri"},
        {"id": "q", "agreement_id": "b", "role": "pembuat", "name": "CEK LASTRI, S.E.", "nip": SULASTRI},
    ],
}  # fmt: skip


@pytest.fixture
def db(tmp_path: Path) -> Path:
    path = filled(tmp_path / "a.db", ROWS)
    assert run(["check", "--db", str(path)]) in {0, 1}
    return path


def said(db: Path) -> dict[str, tuple[str | None, str]]:
    """Whom each party is taken for, and how surely."""
    with closing(sqlite3.connect(db)) as connection:
        rows = connection.execute("SELECT party_id, staff_id, verdict FROM matches")
        return {party: (person, verdict) for party, person, verdict in rows}


def test_who_is_confirmed_is_believed_known_again_and_let_go_again(db: Path) -> None:
    before = said(db)
    assert before["p"] == (None, "none")
    assert before["q"][1] != "match"
    assert run(["match", "confirm", "p", "Sulastri Wibowo", "--why", "surat tugas", "--db", str(db)]) == 0
    assert said(db) == {"p": (SULASTRI, "match"), "q": (SULASTRI, "match")}
    assert run(["check", "--db", str(db)]) in {0, 1}
    assert said(db)["p"] == (SULASTRI, "match")
    assert run(["match", "undo", "p", "--why", "keliru", "--db", str(db)]) == 0
    assert said(db) == before


def test_nobody_is_an_answer(db: Path) -> None:
    assert run(["match", "confirm", "q", SULASTRI, "--why", "paraf dikenal", "--db", str(db)]) == 0
    assert run(["match", "reject", "q", "--why", "orang luar", "--db", str(db)]) == 0
    assert said(db)["q"] == (None, "none")


def test_the_log_says_who_what_when_and_why(db: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(["match", "confirm", "p", RUDI, "--why", "surat tugas", "--db", str(db)])
    run(["match", "reject", "p", "--why", "orang luar", "--db", str(db)])
    capsys.readouterr()
    assert run(["match", "log", "--db", str(db), "--format", "json"]) == 0
    first, last = json.loads(capsys.readouterr().out)
    assert (first["why"], first["party"], first["decided"]) == ("surat tugas", "p", "Rudi Hartanto")
    assert (last["before"], last["decided"]) == ("Rudi Hartanto", "bukan siapa pun / nobody")
    assert first["who"]
    assert first["when"] <= last["when"]


@pytest.mark.parametrize(
    "arguments",
    [
        ["confirm", "x", RUDI, "--why", "y"],  # no such party
        ["confirm", "p", "Bambang", "--why", "y"],  # no such person
        ["confirm", "p", "--why", "y"],  # nobody is proposed
        ["confirm", "p", RUDI, "--why", " "],
        ["confirm", "p", RUDI],
        ["undo", "p", "--why", "y"],  # nothing is decided
    ],
)
def test_what_cannot_be_decided_is_refused_and_leaves_no_trace(db: Path, arguments: list[str]) -> None:
    assert run(["match", *arguments, "--db", str(db)]) == 2
    with closing(sqlite3.connect(db)) as connection:
        assert connection.execute("SELECT count(*) FROM decisions").fetchone() == (0,)


def test_what_is_to_be_decided_is_listed_with_its_code(db: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["match", "list", "--all", "--db", str(db), "--format", "json"]) == 0
    rows = json.loads(capsys.readouterr().out)
    assert {row["party"]: row["file"] for row in rows} == {"p": "pk.pdf", "q": "pk.pdf"}
