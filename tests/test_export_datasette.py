"""Datasette opens the database with its dictionary, and the usual questions have their answers."""

import asyncio
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from pipeline.schema import (
    TABLES,
    Agreement,
    Box,
    Budget,
    Entry,
    Fact,
    Indicator,
    Page,
    Party,
    Reading,
    Signature,
)
from pipeline.store.build import database
from pipeline.store.datasette import metadata, questions
from pipeline.store.sqlite import begin_run, open_store, put_reading
from pipeline.store.views import views

NIP = "198001022005011007"
SHA = "a1b2c3d4e5f60718" * 4
AGREEMENT, PARTY = f"{SHA[:16]}-01", f"{SHA[:16]}-01-p1"


def fact(text: str, confidence: float = 0.9) -> Fact:
    return Fact(text, text, "perjanjian_kinerja.x", 1, Box(1.0, 2.0, 3.0, 4.0), confidence)


READING = Reading(
    SHA,
    "application/pdf",
    (Page(1, 595.0, 842.0, text=f"Rangga Wisnuaji NIP {NIP}"),),
    (
        Agreement(
            type="perjanjian_kinerja",
            year=Fact("2026", 2026, "perjanjian_kinerja.year", 1),
            unit=fact("Dinas Pertanian"),
            parties=(Party("pihak_pertama", name=fact("Rangga Wisnuaji"), nip=fact(NIP, 0.1)),),
            indicators=(Indicator(measure=fact("Luas tanam", 0.42), target=fact("85,5 ha"), party=0),),
            budgets=(
                Budget(level="program", amount=Fact("Rp 1.250.000", 1_250_000, "perjanjian_kinerja.x", 1)),
            ),
            signatures=(Signature("pihak_pertama", "Rangga Wisnuaji", 1, state="missing", party=0),),
        ),
    ),
)
ACCUSED: dict[str, list[dict[str, str | None]]] = {
    "staff": [{"id": "s", "nip": NIP, "name": "RANGGA WISNUAJI"}],
    "matches": [{"party_id": PARTY, "staff_id": "s", "verdict": "match"}],
    "findings": [
        {
            "id": "f",
            "check_id": "signature-missing",
            "severity": "error",
            "agreement_id": AGREEMENT,
            "party_id": PARTY,
            "message": f"Rangga ({NIP}) belum menandatangani.",
            "message_en": f"Rangga ({NIP}) has not signed.",
            "state": "open",
        },
        {
            "id": "g",
            "check_id": "year-missing",
            "severity": "warning",
            "message_en": "No year.",
            "state": "open",
        },
        {
            "id": "h",
            "check_id": "place-missing",
            "severity": "warning",
            "message_en": "No place.",
            "state": "waived",
        },
    ],
}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    target = tmp_path / "kota.db"
    with open_store(target, write=True) as connection:
        run = begin_run(connection, "ingest", "0", "r")
        put_reading(connection, Entry("a.pdf", "a.pdf", "application/pdf", 1, SHA), READING, "key", run)
        for table, rows in ACCUSED.items():
            database(connection).table(table).insert_all(rows)
    return target


ASKED: tuple[tuple[str, dict[str, str], list[tuple[object, ...]]], ...] = (
    (
        "belum-tanda-tangan",
        {},
        [("Dinas Pertanian", "perjanjian_kinerja", 2026, "Rangga Wisnuaji", None, "pihak_pertama")],
    ),
    ("belum-lengkap-per-unit", {}, [("Dinas Pertanian", "perjanjian_kinerja", 2026, 1, 0, 1, 0, 1)]),
    ("target", {"unit": "", "indicator": ""}, [("Dinas Pertanian", 2026, None, "Luas tanam", "85,5 ha")]),
    (
        "target",
        {"unit": "tani", "indicator": "TANAM"},
        [("Dinas Pertanian", 2026, None, "Luas tanam", "85,5 ha")],
    ),
    ("target", {"unit": "kesehatan", "indicator": ""}, []),
    ("target", {"unit": "", "indicator": "padi"}, []),
    ("anggaran-per-unit", {"unit": ""}, [("Dinas Pertanian", 2026, "program", 1, 1_250_000, 0)]),
    ("anggaran-per-unit", {"unit": "kesehatan"}, []),
    ("keyakinan-rendah", {"below": ""}, [(0.42, "indicators", "measure", "Luas tanam")]),
    ("keyakinan-rendah", {"below": "0.3"}, []),
    ("orang-dalam-perjanjian", {"agreement": AGREEMENT}, [("pihak_pertama", "Rangga Wisnuaji")]),
    ("orang-dalam-perjanjian", {"agreement": ""}, []),
    (
        "temuan",
        {"severity": ""},
        [
            ("error", "signature-missing", "Dinas Pertanian", "Rangga ((NIP)) belum menandatangani."),
            ("warning", "year-missing", None, None, "No year."),
        ],
    ),
    ("temuan", {"severity": "warning"}, [("warning", "year-missing", None, None, "No year.")]),
)


@pytest.mark.parametrize(("name", "params", "expected"), ASKED)
def test_a_question_has_its_answer(
    path: Path, name: str, params: dict[str, str], expected: list[tuple[object, ...]]
) -> None:
    with open_store(path, write=False) as connection:
        found = connection.execute(questions()[name]["sql"], params).fetchall()
    assert [row[: len(first)] for row, first in zip(found, expected, strict=True)] == expected
    assert NIP not in repr(found)


def test_every_question_is_asked_here() -> None:
    assert {name for name, _, _ in ASKED} == set(questions())


def test_the_metadata_describes_every_table_and_column() -> None:
    content = metadata("Perjanjian Kota", "kota")
    assert content["title"] == "Perjanjian Kota"
    tables = content["databases"]["kota"]["tables"]
    assert list(tables) == [*(table.name for table in TABLES), *(view.name for view in views())]
    assert {name: list(table["columns"]) for name, table in tables.items()} == {
        **{table.name: [column.name for column in table.columns] for table in TABLES},
        **{view.name: list(view.columns) for view in views()},
    }
    assert [n for n, t in tables.items() if not (t["description"] and all(t["columns"].values()))] == []
    assert [(n, f) for n, t in tables.items() for f in t.get("facets", []) if f not in t["columns"]] == []


def test_every_question_has_a_title_and_a_description() -> None:
    assert [name for name, asked in questions().items() if not all(asked.values())] == []


@pytest.fixture
def served(path: Path) -> Iterator[Any]:
    app = pytest.importorskip("datasette.app")
    found = app.Datasette([str(path)], metadata=metadata("Perjanjian Kota", "kota"))
    yield found
    for opened in found.databases.values():
        opened.close()


def test_datasette_shows_all_of_it(served: Any) -> None:
    async def pages() -> dict[str, tuple[int, str]]:
        await served.invoke_startup()
        paths = ["/", "/kota", "/kota/overview", "/kota/agreements", "/kota/parties?_search=rangga"]
        paths += [f"/kota/{name}" for name in questions()]
        paths += [
            f"/kota/{name}.json?_shape=array&unit=&indicator=&below=&severity=&agreement="
            for name in questions()
        ]
        found = {path: await served.client.get(path) for path in paths}
        return {path: (page.status_code, page.text) for path, page in found.items()}

    shown = asyncio.run(pages())
    assert {path: status for path, (status, _) in shown.items() if status != 200} == {}
    assert "Perjanjian Kota" in shown["/"][1]
    assert "Date of signing, ISO" in shown["/kota/agreements"][1]
    assert "Rangga Wisnuaji" in shown["/kota/parties?_search=rangga"][1]
    assert [
        name for name, asked in questions().items() if asked["title"] not in shown[f"/kota/{name}"][1]
    ] == []
    assert "belum menandatangani" in shown["/kota/temuan"][1]
    assert [name for name in questions() if NIP in shown[f"/kota/{name}"][1]] == []
