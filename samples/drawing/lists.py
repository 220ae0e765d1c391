"""The lists beside the archive: registry, plan, results, and the README that says what each file shows."""

import csv
import io
from collections.abc import Iterable, Iterator

from .data import HERE, Annex, File, Part, Person
from .data import plan as planned
from .data import result as reported
from .truth import Row, meaning

REGISTRY = (
    "nip",
    "nama",
    "gelar_depan",
    "gelar_belakang",
    "jabatan",
    "unit_kerja",
    "pangkat_gol",
    "status",
    "atasan_nip",
)
PLAN = ("tahun", "unit_kerja", "jenis", "kode", "sasaran", "uraian", "satuan", "target", "anggaran", "sumber")
RESULT = ("tahun", "triwulan", "unit_kerja", "indikator", "satuan", "target", "realisasi")


def registry(people: dict[str, Person]) -> str:
    """The staff list of the city as CSV."""
    rows = (
        (
            p.nip,
            p.name,
            p.front,
            p.back,
            p.position,
            p.unit,
            p.rank,
            p.status,
            people[p.superior].nip if p.superior else "",
        )
        for p in people.values()
        if p.registry == "yes"
    )
    return _csv(REGISTRY, rows)


def plan(files: Iterable[File], people: dict[str, Person], annexes: dict[str, Annex]) -> str:
    """Planned indicators, targets and budgets as CSV: those of the agreements, changed by plan.toml."""
    changes = planned()
    lines = [line for file in files for part in file.parts for line in _planned(part, people, annexes)]
    return _csv(PLAN, [*_changed(lines, changes["changed"]), *(tuple(row) for row in changes["added"])])


def results(files: Iterable[File], people: dict[str, Person], annexes: dict[str, Annex]) -> str:
    """Reported results of signed indicators as CSV; of some the target is changed by result.toml."""
    said = reported()
    lines = [line for file in files for part in file.parts for line in _planned(part, people, annexes)]
    signed = {(line[1], line[5]): line for line in _changed(lines, said["changed"])}
    found = ((signed[unit, measure], quarter, result) for unit, measure, quarter, result in said["reported"])
    rows = ((line[0], quarter, line[1], line[5], line[6], line[7], result) for line, quarter, result in found)
    return _csv(RESULT, rows)


def _changed(
    lines: Iterable[tuple[str, ...]], changes: Iterable[tuple[str, str, str]]
) -> Iterator[tuple[str, ...]]:
    changes = tuple(changes)
    return (_replaced(line, changes) for line in lines)


def _planned(part: Part, people: dict[str, Person], annexes: dict[str, Annex]) -> Iterator[tuple[str, ...]]:
    """Offices whose head answers to the mayor are planned for."""
    if not part.annex or "walikota" not in (part.first, part.second):
        return
    year, unit, annex = str(part.year), people[part.first].unit, annexes[part.annex]
    for row in annex.indicators:
        scale = meaning(row, bool(row.unit))[1] or ""
        target = row.target.removesuffix(scale).strip()
        yield (year, unit, "indikator", "", row.objective, row.measure, scale, target, "", "IKU")
    for money in annex.budgets:
        yield (year, unit, money.level, money.code, "", money.name, "", "", str(money.amount), "DPA")


def _replaced(line: tuple[str, ...], changes: Iterable[tuple[str, str, str]]) -> tuple[str, ...]:
    for unit, text, new in changes:
        if line[1] == unit and line[5] == text:
            return (*line[:7], new, *line[8:]) if line[2] == "indikator" else (*line[:8], new, line[9])
    return line


def _csv(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(head)
    writer.writerows(rows)
    return out.getvalue()


def readme(files: list[File], truth: list[Row], people: dict[str, Person]) -> str:
    """README.md of the samples."""
    staff = sum(person.registry == "yes" for person in people.values())
    text = (
        (HERE / "readme.md")
        .read_text(encoding="utf-8")
        .format(count=sum(file.made != "member" for file in files), people=staff)
    )
    folder = ""
    for file in files:
        here = file.path.rsplit("/", 1)[0]
        if here != folder:
            text += f"\n### {here}\n\n| file | read as | shows |\n|---|---|---|\n"
        folder = here
        text += f"| `{file.name}` | {_read_as(file, truth)} | {file.shows} |\n"
    return text


def _read_as(file: File, truth: list[Row]) -> str:
    found = [row for row in truth if row["file"] == file.name]
    if not found:
        return "-"
    types = ", ".join(f"`{row['doc_type']}`" for row in found)
    return f"{types}; {found[0]['source']}, {found[0]['n_pages_file']} p."
