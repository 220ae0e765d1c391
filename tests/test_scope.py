"""Which unit a printed unit is, and which units are under audit."""

from __future__ import annotations

import pytest

from pipeline.audit.duties import ScopeRule
from pipeline.audit.rows import DutyRow, UnitRow
from pipeline.audit.scope import Papers, marked, scope, within
from pipeline.audit.spelling import Spelling
from pipeline.audit.units import PrintedUnit, linked, unit_index
from pipeline.errors import UsageError
from pipeline.run.settings import settings
from pipeline.values import folded
from tests.shipped import RULES, WORDS

KNOWN = settings(RULES, None)
NAMES = (
    "Dinas Komunikasi dan Informatika", "Dinas Kesehatan", "Dinas Sosial", "Kelurahan Seruni I",
    "Kelurahan Seruni II", "UPT Puskesmas Seruni", "Sekretariat Daerah", "Pemerintah Kota Asri",
)  # fmt: skip
UNITS = tuple(
    UnitRow(folded(name), name, "dinaskesehatan" if "Puskesmas" in name else None) for name in NAMES
)
INDEX = unit_index(UNITS, Spelling(WORDS, KNOWN.bands.expand), KNOWN.units)
RULE = ScopeRule(units=(), unit_share=0.05, whole=0.5)


def link(printed: str | None, *people: str, region: bool = False) -> tuple[str | None, str]:
    (row,) = linked([PrintedUnit("a", printed, people, region)], INDEX)
    return row.unit_id, row.verdict


@pytest.mark.parametrize(
    ("printed", "unit"),
    [
        ("DINAS KESEHATAN", "dinaskesehatan"),
        ("Dinas Kesehatan Kota Asri", "dinaskesehatan"),
        ("Diskominfo Kota Asri", "dinaskomunikasidaninformatika"),
        ("DINAS K0MUNIKASI DAN lNFORMATIKA", "dinaskomunikasidaninformatika"),
        ("Dinas Komunikasi", None),
        ("Kelurahan Seruni II", "kelurahanseruniii"),
        ("Kelurahan Seruni", None),  # one of two
        ("Dinas Kelautan dan Perikanan", None),
    ],
)
def test_a_printed_unit_is_found_however_it_is_written(printed: str, unit: str | None) -> None:
    found, verdict = link(printed)
    assert (found if verdict == "match" else None) == unit


@pytest.mark.parametrize(
    ("printed", "people", "region", "unit"),
    [
        (None, ("dinassosial",), False, "dinassosial"),
        ("Pemerintah Kota Asri", ("dinassosial",), True, "dinassosial"),
        ("Dinas Kesehatan", ("uptpuskesmasseruni",), False, "uptpuskesmasseruni"),  # inside it
        ("Dinas Kesehatan", ("dinassosial",), False, "dinaskesehatan"),  # what is printed counts
        ("Dinas Kesehatan", ("dinassosial", "uptpuskesmasseruni"), False, "dinaskesehatan"),
    ],
)
def test_the_people_tell_the_unit_where_the_paper_does_not(
    printed: str | None, people: tuple[str, ...], region: bool, unit: str
) -> None:
    assert link(printed, *people, region=region) == (unit, "match")


def test_every_link_has_a_reason() -> None:
    rows = linked([PrintedUnit("a", "Diskominfo"), PrintedUnit("b", "Entah Apa")], INDEX)
    assert [bool(row.reasons) for row in rows] == [True, True]


def test_a_paper_that_names_no_unit_has_no_link() -> None:
    assert list(linked([PrintedUnit("a", None), PrintedUnit("b", " ")], INDEX)) == []


# ---------------------------------------------------------------- scope


def duties(*units: str, state: str = "missing") -> list[DutyRow]:
    return [
        DutyRow(f"{unit}/2026", unit, "Kepala", unit, "perjanjian_kinerja", 2026, state=state, unit_id=unit)
        for unit in units
    ]


ALL = duties("dinaskesehatan", "dinassosial", "sekretariatdaerah", "uptpuskesmasseruni")


def under(papers: dict[str, int], *asked: str, rule: ScopeRule = RULE) -> set[str]:
    count = Papers({(unit, 2026): number for unit, number in papers.items()})
    found = scope(ALL, count, rule, asked, INDEX)
    return {row.unit or "" for row in within(ALL, found) if row.scope}


def test_a_folder_of_one_agency_accuses_nobody_else() -> None:
    assert under({"dinassosial": 40}) == {"dinassosial"}


def test_a_stray_paper_of_a_neighbour_brings_no_unit_under_audit() -> None:
    assert under({"dinassosial": 40, "dinaskesehatan": 1}) == {"dinassosial"}


def test_a_folder_of_most_units_is_the_archive_of_all() -> None:
    assert len(under({"dinassosial": 2, "dinaskesehatan": 3})) == 4


def test_who_asks_for_a_unit_gets_it_and_those_below() -> None:
    assert under({"dinassosial": 40}, "Dinas Kesehatan") == {"dinaskesehatan", "uptpuskesmasseruni"}


def test_an_office_can_say_so_in_its_rules() -> None:
    rule = ScopeRule(units=("Sekretariat Daerah",), unit_share=0.05, whole=0.5)
    assert under({"dinassosial": 40}, rule=rule) == {"sekretariatdaerah"}


def test_a_unit_that_the_registry_does_not_have_is_refused() -> None:
    with pytest.raises(UsageError, match="Dinas Kelautan"):
        under({}, "Dinas Kelautan")


def test_a_year_in_which_a_unit_has_nothing_is_not_held_against_it() -> None:
    earlier = [DutyRow("x", "x", "Kepala", "d", "perjanjian_kinerja", 2025, unit_id="dinassosial")]
    found = scope([*ALL, *earlier], Papers({("dinassosial", 2026): 9}), RULE, (), INDEX)
    assert [row.scope for row in within(earlier, found)] == [0]


def test_units_say_why_they_are_under_audit() -> None:
    found = scope(ALL, Papers({("dinassosial", 2026): 9}), RULE, (), INDEX)
    by_id = {unit.id: unit.scope for unit in marked(UNITS, ALL, found)}
    assert (by_id["dinassosial"], by_id["dinaskesehatan"]) == ("files", "outside")
