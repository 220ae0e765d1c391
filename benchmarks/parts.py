"""A folder parted for measuring: its digital files, some scanned ones, and a small page of each sort."""

from __future__ import annotations

import hashlib
import shutil
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pypdfium2

from benchmarks.measure import cost, python
from pipeline.run.specimen import plain

PAKTA = python("-c", "from pipeline.cli import main; main()")
DONE = (0, 1)  # 1: something in the files needs a person
KINDS = """
    SELECT p.sha256, count(*), sum(p.origin = 'ocr'), s.media_type
    FROM pages p JOIN sources s ON s.sha256 = p.sha256 GROUP BY p.sha256
"""
SUFFIX = {"application/pdf": ".pdf", "image/jpeg": ".jpg", "image/png": ".png", "image/tiff": ".tif"}
CUT = (60, 715, 245, 60)  # points off the left, bottom, right and top of that page: its three lines are left
DPI = 200


@dataclass(frozen=True, slots=True)
class Source:
    """A file that was read: where it lies, its pages, how many of them were scanned, and its kind."""

    path: Path
    pages: int
    scanned: int
    suffix: str


@dataclass(frozen=True, slots=True)
class Part:
    """Files of one sort in a folder of their own, and a folder with one small page of that sort."""

    name: str
    folder: Path
    start: Path
    files: int
    pages: int


def parts(folder: Path, into: Path, most: int) -> Iterator[Part]:
    """The digital files of a folder, then scanned files of at most `most` pages, copied into `into`.

    Which is which, the program itself says in a run without OCR. Copies, archives, damaged and locked files,
    and files with pages of both sorts stay out.
    """
    found = list(sources(folder, into))
    chosen = {
        "digital": [one for one in found if not one.scanned],
        "scanned": some((one for one in found if one.scanned == one.pages), most),
    }
    for name, files in chosen.items():
        if files:
            yield _part(name, files, into)


def sources(folder: Path, into: Path) -> list[Source]:
    """The files that could be read, one for each content, ordered by their sha256."""
    db = into / "sorted.db"
    cost([*PAKTA, "ingest", str(folder), "--db", str(db), "--jobs", "1", "--no-ocr"], done=DONE)
    with closing(sqlite3.connect(db)) as connection:
        known = {sha256: rest for sha256, *rest in connection.execute(KINDS)}
    paths = {_sha256(path): path for path in sorted(folder.rglob("*")) if path.is_file()}
    return [
        Source(paths[sha256], pages, scanned, SUFFIX[kind])
        for sha256, (pages, scanned, kind) in sorted(known.items())
        if sha256 in paths
    ]


def some(found: Iterable[Source], most: int) -> list[Source]:
    """As many files as have no more than `most` pages together, taken in order."""
    kept: list[Source] = []
    for one in found:
        if sum(other.pages for other in kept) + one.pages <= most:
            kept.append(one)
    return kept


def _part(name: str, files: list[Source], into: Path) -> Part:
    folder, start = into / name, into / f"{name}-start"
    for made in (folder, start):
        made.mkdir()
    for number, one in enumerate(files):
        shutil.copyfile(one.path, folder / f"{number:04}{one.suffix}")
    STARTS[name](start)
    return Part(name, folder, start, len(files), sum(one.pages for one in files))


def _digital(folder: Path) -> None:
    (folder / "page.pdf").write_bytes(plain())


def _scanned(folder: Path) -> None:
    with pypdfium2.PdfDocument(plain()) as document:
        picture = document[0].render(scale=DPI / 72, crop=CUT).to_pil()
    picture.save(folder / "page.png", dpi=(DPI, DPI))


STARTS = {"digital": _digital, "scanned": _scanned}


def _sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
