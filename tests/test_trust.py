"""Roots as configuration: what an office trusts is judged again, and nothing else is read anew."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from pipeline.run.ingest import ingest
from pipeline.run.order import Order
from tests.drawn import pdf
from tests.esigned import issued, root, signed
from tests.pages import annex, pact, statement

ASKED = "SELECT certificate_name, name, intact, trusted_then, trusted_today, root FROM electronic_signatures"
OPEN = "SELECT check_id FROM findings WHERE state = 'open' AND check_id LIKE 'esign-%' ORDER BY check_id"


def taken(folder: Path, db: Path, rules: Path | None) -> int:
    """How many documents were read anew."""
    return ingest(Order((folder,), db, rules=rules, jobs=1, ocr=False)).balance.read


def asked(db: Path, question: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(db)) as connection:
        return [tuple(row) for row in connection.execute(question)]


def test_a_root_that_is_laid_there_later_is_judged_by(tmp_path: Path) -> None:
    folder, db, rules = tmp_path / "berkas", tmp_path / "satu.db", tmp_path / "aturan"
    folder.mkdir()
    (folder / "PK.pdf").write_bytes(signed(pdf(statement(), annex()), issued("ARKANA HALIM")))
    (folder / "Pakta.pdf").write_bytes(pdf(pact()))
    assert taken(folder, db, None) == 2
    assert asked(db, ASKED) == [("ARKANA HALIM", "Drs. Arkana Halim, M.Si.", "valid", None, None, None)]
    assert ("esign-untrusted",) in asked(db, OPEN)

    (rules / "trust").mkdir(parents=True)
    (rules / "trust" / "uji.pem").write_bytes(root().pem)
    assert taken(folder, db, rules) == 1  # the one that is signed
    assert asked(db, ASKED)[0][3:] == (1, 1, "Otoritas Uji Telagabiru")
    assert asked(db, OPEN) == []
    assert taken(folder, db, rules) == 0

    (rules / "trust" / "uji.pem").write_bytes(root("Otoritas Lain").pem)
    assert taken(folder, db, rules) == 1
    assert asked(db, ASKED)[0][3:] == (0, 0, None)
    assert asked(db, OPEN) == [("esign-untrusted",)]
