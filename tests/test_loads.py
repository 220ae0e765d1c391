"""One load of the registry after another: what changed, who stays, and what is refused."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from pipeline.audit.loads import Held, Merged, Way, merged
from pipeline.audit.registry import Registry, read_registry
from pipeline.audit.rows import ChangeRow, StaffRow, TenureRow
from pipeline.errors import InputError
from pipeline.run.correct import Correction, correct
from pipeline.run.registry import Load, load_registry
from pipeline.run.rows import records
from pipeline.run.settings import settings
from pipeline.store.sqlite import open_store
from tests.shipped import RULES, WORDS

RULE = settings(RULES, None).registry
HEADINGS = "nip,nama,jabatan,unit_kerja,tmt_jabatan,sampai,status\n"
PEOPLE = {
    "sulastri": "197503031999032007,Sulastri Wibowo,Kepala Dinas Sosial,Dinas Sosial,,,PNS",
    "rudi": "198001012005011003,Rudi Hartanto,Pengelola Keuangan,Dinas Sosial,,,PNS",
    "desti": "199212242023212021,Desti Purnamawati,Bidan Terampil,Puskesmas Tegal Melati,,,PPPK",
    "tono": "197811032003121008,Tono Subagyo,Camat Asri,Kecamatan Asri,,,PNS",
}
EMPTY = Held((), (), (), ())


def registry(folder: Path, **changed: str) -> Registry:
    """The four people with some rows in another form; an empty form leaves the row out."""
    rows = [row for row in (PEOPLE | changed).values() if row]
    path = folder / "pegawai.csv"
    path.write_text(HEADINGS + "\n".join(rows) + "\n", encoding="utf-8")
    return read_registry(path, WORDS, RULE)


def after(held: Held, now: Registry, day: str = "2026-06-01", way: Way = "whole") -> Merged:
    return merged(held, now, day, way, WORDS, RULE)


def before(folder: Path) -> Held:
    return after(EMPTY, registry(folder), "2026-01-01").held


def kinds(found: Merged) -> list[tuple[str, str, str | None, str | None]]:
    return [(change.kind, change.name, change.before, change.after) for change in found.changes]


def test_a_first_load_is_no_change(tmp_path: Path) -> None:
    found = after(EMPTY, registry(tmp_path))
    assert found.changes == ()
    assert len(found.held.staff) == len(found.held.tenures) == 4


def test_the_same_again_changes_nothing(tmp_path: Path) -> None:
    held = before(tmp_path)
    again = after(held, registry(tmp_path))
    assert again.changes == ()
    assert again.held == held


def test_who_is_no_longer_named_has_left_and_is_not_forgotten(tmp_path: Path) -> None:
    found = after(before(tmp_path), registry(tmp_path, tono=""))
    assert kinds(found) == [("left", "Tono Subagyo", "Camat Asri, Kecamatan Asri", None)]
    (tono,) = (row for row in found.held.staff if row.name == "Tono Subagyo")
    assert (tono.listed, tono.valid_to) == (0, "2026-06-01")
    (seat,) = (one for one in found.held.tenures if one.staff_id == tono.id)
    assert (seat.valid_to, seat.origin) == ("2026-06-01", "load")


def test_a_second_absence_does_not_move_the_day_of_leaving(tmp_path: Path) -> None:
    gone = registry(tmp_path, tono="")
    once = after(before(tmp_path), gone).held
    assert after(once, gone, "2026-12-01") == Merged(once, ())


def test_who_has_another_office_has_moved_and_both_tenures_are_kept(tmp_path: Path) -> None:
    moved = "197811032003121008,Tono Subagyo,Kepala Dinas Kebudayaan,Dinas Kebudayaan,,,PNS"
    found = after(before(tmp_path), registry(tmp_path, tono=moved))
    assert [kind for kind, *_ in kinds(found)] == ["moved"]
    seats = sorted(
        (one.position, one.valid_from, one.valid_to)
        for one in found.held.tenures
        if one.staff_id == "197811032003121008"
    )
    assert seats == [("Camat Asri", None, "2026-06-01"), ("Kepala Dinas Kebudayaan", "2026-06-01", None)]
    third = after(found.held, registry(tmp_path, tono=moved), "2026-12-01")
    assert third == Merged(found.held, ())


@pytest.mark.parametrize(
    ("name", "row", "change"),
    [
        ("ayu", "199001012015012001,Ayu Lestari,Staf,Dinas Sosial,,,PNS", "new"),
        ("rudi", "198001012005011003,Rudi Hartanto Putra,Pengelola Keuangan,Dinas Sosial,,,PNS", "renamed"),
        ("rudi", "198001012005011004,Rudi Hartanto,Pengelola Keuangan,Dinas Sosial,,,PNS", "renumbered"),
        ("rudi", "198001012005011003,Rudi Hartanto,Pengelola Keuangan,Dinas Sosial,,,Pensiun", "left"),
        ("rudi", "198001012005011003,Rudi Hartanto,Plt. Camat Asri,Kecamatan Asri,,,PNS", "moved"),
        (
            "desti",
            "199212242023212021,Desti Purnamawati,Bidan Terampil,UPT Melati,,,PPPK",
            "unit_renamed",
        ),
    ],
)
def test_each_kind_of_change_is_told_once(tmp_path: Path, name: str, row: str, change: str) -> None:
    found = after(before(tmp_path), registry(tmp_path, **{name: row}))
    assert [kind for kind, *_ in kinds(found)] == [change]


def test_titles_and_capitals_are_no_change(tmp_path: Path) -> None:
    row = '198001012005011003,"RUDI HARTANTO, S.E.",Pengelola Keuangan,Dinas Sosial,,,PNS'
    assert after(before(tmp_path), registry(tmp_path, rudi=row)).changes == ()


def test_a_load_without_most_people_is_refused_with_the_cure(tmp_path: Path) -> None:
    other = registry(tmp_path, sulastri="", rudi="", desti="")
    with pytest.raises(InputError, match=r"3 dari 4.*--part.*--anew"):
        after(before(tmp_path), other)


def test_a_part_leaves_other_units_as_they_are(tmp_path: Path) -> None:
    one = registry(tmp_path, rudi="", desti="", tono="")
    found = after(before(tmp_path), one, way="part")
    assert [change.name for change in found.changes] == ["Rudi Hartanto"]
    assert {row.name for row in found.held.staff if row.listed} == {
        "Sulastri Wibowo",
        "Desti Purnamawati",
        "Tono Subagyo",
    }


def test_anew_forgets_the_loads_before(tmp_path: Path) -> None:
    other = registry(tmp_path, sulastri="", rudi="", desti="")
    found = after(before(tmp_path), other, way="anew")
    assert [row.name for row in found.held.staff] == ["Tono Subagyo"]


def test_a_history_of_offices_is_read_and_the_present_one_counts(tmp_path: Path) -> None:
    history = PEOPLE["tono"].replace("Asri,,,", "Asri,2020-01-06,2025-12-31,")
    now = "197811032003121008,Tono Subagyo,Kepala Dinas Sosial,Dinas Sosial,2026-01-02,,PNS"
    acting = "197811032003121008,Tono Subagyo,Plt. Camat Asri,Kecamatan Asri,2026-01-02,,PNS"
    found = registry(tmp_path, tono=history, now=now, acting=acting)
    (tono,) = (row for row in found.staff if row.name == "Tono Subagyo")
    assert (tono.position, tono.valid_from) == ("Kepala Dinas Sosial", "2026-01-02")
    held = [one for one in found.tenures if one.staff_id == tono.id]
    assert [(one.capacity, one.valid_from, one.valid_to) for one in held] == [
        ("definitive", "2020-01-06", "2025-12-31"),
        ("definitive", "2026-01-02", None),
        ("plt", "2026-01-02", None),
    ]
    assert held[0].office_id == held[2].office_id


# ---------------------------------------------------------------- kept in a database


def test_changes_are_kept_and_the_same_file_writes_no_second_load(tmp_path: Path) -> None:
    db, path = tmp_path / "x.db", tmp_path / "pegawai.csv"
    registry(tmp_path)
    load_registry(Load(path, date(2026, 1, 1)), db, None)
    registry(tmp_path, tono="")
    told = load_registry(Load(path, date(2026, 6, 1)), db, None)
    load_registry(Load(path, date(2026, 9, 1)), db, None)
    with open_store(db, write=False) as connection:
        assert records(connection, "changes", ChangeRow) == list(told.changes)
        assert connection.execute("SELECT as_of FROM loads").fetchall() == [("2026-01-01",), ("2026-06-01",)]
        assert len(records(connection, "tenures", TenureRow)) == 4


def test_a_correction_outlives_the_next_load(tmp_path: Path) -> None:
    db, path = tmp_path / "x.db", tmp_path / "pegawai.csv"
    registry(tmp_path)
    load_registry(Load(path, date(2026, 1, 1)), db, None)
    correct(Correction("Tono Subagyo", "Sulastri Wibowo", "arsip", "surat tugas"), db, None)
    registry(tmp_path, desti="")
    load_registry(Load(path, date(2026, 6, 1)), db, None)
    with open_store(db, write=False) as connection:
        by_name = {row.name: row for row in records(connection, "staff", StaffRow)}
    assert (by_name["Tono Subagyo"].superior, by_name["Tono Subagyo"].superior_by) == (
        "197503031999032007",
        "decision",
    )
    assert by_name["Rudi Hartanto"].superior_by == "head-of-unit"
