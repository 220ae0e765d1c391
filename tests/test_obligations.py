"""Who owes which document, from the registry down."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import msgspec
import pytest

from pipeline.audit.duties import Due, Duty, later, read_duty
from pipeline.audit.obligations import Book, claimed, owed
from pipeline.audit.rows import DutyRow, OfficeRow, StaffRow, TenureRow
from pipeline.audit.seats import Seat, seats
from pipeline.errors import RuleError
from pipeline.run.settings import obligations, settings
from tests.shipped import RULES, WORDS

SETTINGS = settings(RULES, None)
PK, PAKTA = (next(d for d in SETTINGS.obligations if d.id == id_) for id_ in ("pk-heads", "pakta-heads"))
BOOK = Book((PK, PAKTA), SETTINGS.duties, SETTINGS.registry, {}, "2026-12-31", "2026-06-01")
HEAD = StaffRow(
    id="h", nip=None, name="Sulastri Wibowo", position="Camat Asri", unit="Kecamatan Asri", head=1, kind="PNS"
)
CLERK = StaffRow(
    id="c", nip=None, name="Rudi Hartanto", position="Staf Umum", unit="Kecamatan Asri", kind="PNS"
)


def seat(row: StaffRow = HEAD, **changed: object) -> Seat:
    return replace(next(seats([row], [], {}, WORDS)), **changed)  # type: ignore[arg-type] # as each test says


def due(duty: Duty, **said: object) -> Duty:
    return msgspec.structs.replace(duty, due=Due(**said))  # type: ignore[arg-type] # as each test says


def claims(book: Book = BOOK, year: int = 2026, **changed: Any) -> tuple[str, str | None, str | None]:
    found = claimed(seat(**changed), book.duties[0], year, book)
    assert found is not None
    return (found.state, found.reason, found.due_on)


def test_a_head_owes_both_documents_for_each_year_under_audit() -> None:
    types = ("perjanjian_kinerja", "pakta_integritas")
    found = owed([seat()], BOOK, [2025, 2026])
    assert [row.id for row in found] == [f"h/{type_}/{year}" for type_ in types for year in (2025, 2026)]


def test_who_is_no_head_is_not_due_because_of_the_level() -> None:
    found = list(owed([seat(CLERK)], BOOK, [2026]))
    assert {(row.state, row.reason, row.level) for row in found} == {("not_due", "level", "staf")}


def test_an_office_that_extends_the_duty_makes_the_level_owe_it() -> None:
    extended = msgspec.structs.replace(PK, later={"staf": "2026-04-01"})
    book = replace(BOOK, duties=(extended,))
    assert [row.state for row in owed([seat(CLERK)], book, [2025, 2026])] == ["not_due", "missing"]


@pytest.mark.parametrize(
    ("row", "state", "reason"),
    [
        (HEAD, "missing", None),
        (replace(HEAD, status="PNS"), "missing", None),
        (replace(HEAD, valid_from="2026-01-02"), "missing", None),
        (replace(HEAD, valid_from="2026-05-01"), "missing", "new_official"),
        (replace(HEAD, valid_from="2026-12-15"), "not_due", "new"),
        (replace(HEAD, valid_to="2026-03-31"), "missing", None),
        (replace(HEAD, status="Pensiun"), "not_due", "left"),
        (replace(HEAD, status="Cuti di Luar Tanggungan Negara"), "not_due", "leave"),
        (replace(HEAD, valid_from="2027-01-01"), "not_due", "new"),
        (replace(HEAD, valid_to="2025-12-31"), "not_due", "left"),
        (replace(HEAD, kind="non-asn"), "not_due", "not_asn"),
        (replace(HEAD, kind="elected"), "missing", None),
        (replace(HEAD, kind="BUMD"), "missing", None),
        (replace(HEAD, kind=None), "missing", None),
    ],
)
def test_who_is_not_due_and_why(row: StaffRow, state: str, reason: str | None) -> None:
    found = claimed(seat(row), PK, 2026, BOOK)
    assert found is not None
    assert (found.state, found.reason) == (state, reason)


def test_the_elected_owe_no_pact_of_civil_servants() -> None:
    found = claimed(seat(replace(HEAD, kind="elected")), PAKTA, 2026, BOOK)
    assert found is not None
    assert (found.state, found.reason) == ("not_due", "elected")


@pytest.mark.parametrize(("capacity", "state"), [("plt", "missing"), ("pj", "missing"), ("plh", "not_due")])
def test_an_acting_official_owes_what_the_rule_says(capacity: str, state: str) -> None:
    assert claims(capacity=capacity)[0] == state


@pytest.mark.parametrize(
    ("year", "known_since", "reason"),
    [
        (2026, "2026-06-01", None),
        (2025, "2026-06-01", None),
        (2024, "2026-06-01", "undated"),
        (2024, None, None),
    ],
)
def test_an_undated_registry_is_not_believed_for_years_long_past(
    year: int, known_since: str | None, reason: str | None
) -> None:
    assert claims(replace(BOOK, known_since=known_since), year)[1] == reason


# ---------------------------------------------------------------- deadlines


@pytest.mark.parametrize(
    ("said", "approved", "day"),
    [
        ({"after": "dpa", "months": 1}, {}, None),  # without the day of the DPA nobody can tell
        ({"after": "dpa", "months": 1}, {(2026, None): "2026-01-02"}, "2026-02-02"),
        ({"after": "dpa", "months": 1}, {(2026, "kecamatanasri"): "2026-01-31"}, "2026-02-28"),
        ({"after": "dpa", "months": 1}, {(2025, None): "2025-01-02"}, None),
        ({"after": "day", "day": "01-30"}, {}, "2026-01-30"),
        ({"after": "none"}, {(2026, None): "2026-01-02"}, None),
    ],
)
def test_the_deadline_follows_from_the_rule(
    said: dict[str, object], approved: dict[tuple[int, str | None], str], day: str | None
) -> None:
    book = replace(BOOK, duties=(due(PK, **said),), approved=approved)
    assert claims(book, unit_id="kecamatanasri") == ("missing", None, day)


def test_a_deadline_that_has_not_come_accuses_nobody() -> None:
    book = replace(BOOK, duties=(due(PK, after="day", day="01-30"),), today="2026-01-15")
    assert claims(book) == ("not_due", "not_yet", "2026-01-30")


def test_who_left_before_the_deadline_owes_nothing() -> None:
    book = replace(BOOK, duties=(due(PK, after="day", day="03-31"),))
    assert claims(book, until="2026-02-01")[:2] == ("not_due", "left")


def test_who_came_after_the_deadline_has_a_month_from_that_day() -> None:
    book = replace(BOOK, duties=(due(PK, after="day", day="01-30"),))
    assert claims(book, since="2026-05-10") == ("missing", "new_official", "2026-06-10")


@pytest.mark.parametrize(
    ("day", "months", "then"),
    [("2026-01-31", 1, "2026-02-28"), ("2025-12-15", 1, "2026-01-15"), ("2024-01-31", 1, "2024-02-29")],
)
def test_a_month_later_is_the_same_day_or_the_last_one(day: str, months: int, then: str) -> None:
    assert later(day, months) == then


# ---------------------------------------------------------------- offices over time


def test_two_offices_in_a_year_are_two_agreements_and_one_pact() -> None:
    offices = {
        "a": OfficeRow("a", "Camat Asri", "kecamatanasri", "III", 1),
        "b": OfficeRow("b", "Kepala Dinas Sosial", "dinassosial", "II", 1),
    }
    tenures = [
        TenureRow("1", "h", "a", "Camat Asri", valid_to="2026-05-31"),
        TenureRow("2", "h", "b", "Kepala Dinas Sosial", valid_from="2026-06-01"),
    ]
    found = list(owed(seats([HEAD], tenures, offices, WORDS), BOOK, [2026]))
    assert sorted(row.id for row in found) == [
        "h/pakta_integritas/2026",
        "h/perjanjian_kinerja/2026",
        "h/perjanjian_kinerja/2026/b",
    ]
    assert {row.position for row in found if row.reason == "new_official"} == {"Kepala Dinas Sosial"}


@pytest.mark.parametrize("staff", [[], [replace(CLERK, position="Pramusaji")]])
def test_nobody_in_charge_means_nothing_owed(staff: list[StaffRow]) -> None:
    assert list(owed(seats(staff, [], {}, WORDS), BOOK, [2026])) == []


def test_no_year_under_audit_means_nothing_owed() -> None:
    assert list(owed([seat()], BOOK, [])) == []


# ---------------------------------------------------------------- rules


def written(folder: Path, text: str, name: str = "pk-heads") -> Path:
    (folder / "obligations").mkdir(exist_ok=True)
    path = folder / "obligations" / f"{name}.toml"
    path.write_text(text, encoding="utf-8")
    return path


SHIPPED = (Path(__file__).parents[1] / "rules/obligations/pk-heads.toml").read_text(encoding="utf-8")


def test_an_offices_own_rule_replaces_and_adds(tmp_path: Path) -> None:
    written(
        tmp_path, SHIPPED.replace("levels = []", 'levels = ["III"]').replace("heads = true", "heads = false")
    )
    written(tmp_path, SHIPPED.replace('id = "pk-heads"', 'id = "pk-staf"'), "pk-staf")
    found = {duty.id: duty for duty in obligations(RULES, tmp_path)}
    assert set(found) == {"pk-heads", "pakta-heads", "pk-staf"}
    assert not found["pk-heads"].who.heads


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("heads = true", "head = true", "unknown field `head`.*it has heads, levels"),
        ('type = "perjanjian_kinerja"', 'type = "pakta"', "no 'pakta'; there are"),
        ('roles = ["pihak_pertama"]', 'roles = ["pertama"]', "no 'pertama'; there are"),
        ('acting = ["plt", "pj"]', 'acting = ["plt", "pjs"]', "no 'pjs'; there are"),
        ('after = "dpa"', 'after = "dpaa"', "dpa, day, appointment, none"),
        (
            'valid_from = "2014-12-01"',
            'valid_from = "Desember 2014"',
            "valid_from: 'Desember 2014' is no day",
        ),
        ('day = "" # MM-DD', 'day = "30-01"', "due.day"),
        ('id = "pk-heads"', 'id = "pk"', "must be the file name"),
        ('basis = "', 'why = "', "why"),
    ],
)
def test_a_rule_that_says_what_nobody_understands_is_refused_by_name(
    tmp_path: Path, old: str, new: str, says: str
) -> None:
    assert old in SHIPPED
    with pytest.raises(RuleError, match=says):
        read_duty(written(tmp_path, SHIPPED.replace(old, new)), RULES.types)


def test_every_duty_of_the_shipped_rules_names_its_source() -> None:
    assert all("reported" in duty.basis for duty in SETTINGS.obligations)


def test_a_row_tells_who_countersigns_and_by_which_rule() -> None:
    row = replace(HEAD, superior="w", superior_by="region")
    (pk, pact) = owed([seat(row)], BOOK, [2026])
    assert (pk.countersigned_by, pk.rule, pact.countersigned_by) == ("w", "pk-heads", None)
    assert isinstance(pk, DutyRow)
