"""The archive: captures, signs, copies, cuts and packs what was drawn, with the truth about it."""

import importlib.util
import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, time
from typing import Any

from reportlab.lib.pdfencrypt import StandardEncryption

from . import data, flow, paper, scan, truth
from .data import File
from .paper import Drawn, Stock
from .truth import Row

NOTE = "Mohon dicek lagi, PK Kasi Jembatan belum masuk. Nanti disusulkan minggu depan.\n"
XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
OFFICE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
TYPES = (
    f'{XML}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    f'<Default Extension="xml" ContentType="{OFFICE}"/></Types>'
)
WORD = (
    f'{XML}<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p><w:r>'
    "<w:t>PERJANJIAN KINERJA TAHUN 2026 (naskah)</w:t></w:r></w:p></w:body></w:document>"
)
CHANGE = (2, "80,10", "88,10")  # page, what was signed, what stands there now


@dataclass(frozen=True, slots=True)
class Made:
    """One finished file: its bytes (None where a needed library is absent) and its rows of truth."""

    file: File
    content: bytes | None
    rows: tuple[Row, ...]


def stock() -> Stock:
    """The data and the faces, ready to draw."""
    flow.register()
    scan.without_fonts_of_the_machine()
    return Stock(data.people(), data.families(), data.looks(), data.annexes(), data.words())


def archive(held: Stock, files: list[File]) -> Iterator[Made]:
    """Every file in turn; what is made of others comes after them."""
    done: dict[str, Made] = {}
    for file in sorted(files, key=lambda file: (file.made in ("zip", "copy", "cut"), file.made == "zip")):
        made = _derived(file, done) if file.made in DERIVED else _drawn(held, file)
        done[file.name] = made
    copied = {file.name: file.of for file in files if file.made == "copy"}
    yield from (_twins(done[file.name], copied) for file in files)


def _drawn(held: Stock, file: File) -> Made:
    """A file with pages of its own."""
    scanned = scan.CAPTURES.get(file.capture)
    drawn = paper.drawn(held, file, seen=scanned is None, encrypt=_lock(file))
    drafts = paper.drafts(held, file)
    if scanned is None:
        changed = file.capture == "esign_changed"
        rows = truth.rows(file, drafts, drawn.marks, drawn.pages, "digital", lambda _, box: box, changed)
        kept = () if file.made == "broken" else tuple(_as_it_stands(row) if changed else row for row in rows)
        return Made(file, _digital(held, file, drawn), kept)
    found = scan.pages(drawn, scanned, file.name)
    source = "ocr" if scanned.hidden else "scan"
    rows = truth.rows(
        file, drafts, drawn.marks, drawn.pages, source, lambda page, box: found[page - 1].box(box), False
    )
    return Made(file, _captured(file, drawn, found, scanned), tuple(rows))


def _as_it_stands(row: Row) -> Row:
    """The row with the target that was put in after signing."""
    _, old, new = CHANGE
    after = {"target_printed": new, "target_value": float(new.replace(",", "."))}
    return row | {
        "indicators": [one | after if one["target_printed"] == old else one for one in row["indicators"]]
    }


def _lock(file: File) -> Any:
    return StandardEncryption("rahasia", "rahasia sekali", strength=128) if file.capture == "locked" else None


def _captured(file: File, drawn: Drawn, found: list[scan.Page], capture: scan.Capture) -> bytes:
    kinds = {"png": "png", "fax": "tiff", "jpeg": "jpeg", "phone": "jpeg"}
    if file.capture in kinds:
        return scan.picture(found, kinds[file.capture], capture.quality)
    return scan.pdf(found, drawn, capture, file.name)


def _digital(held: Stock, file: File, drawn: Drawn) -> bytes | None:
    if not file.capture.startswith("esign"):
        return drawn.pdf
    if importlib.util.find_spec("pyhanko") is None:
        return None
    from . import esign

    part = file.parts[0]
    when = datetime.combine(part.day or datetime.min.date(), time(2, 30), UTC)
    pdf = esign.signed(drawn.pdf, [held.people[part.first], held.people[part.second]], when)
    if file.capture == "esign_changed":
        pdf = esign.changed(pdf, CHANGE[0], CHANGE[1].encode(), CHANGE[2].encode())
    return pdf


def _derived(file: File, done: dict[str, Made]) -> Made:
    content, rows = DERIVED[file.made](file, done)
    return Made(file, content, rows)


def _copy(file: File, done: dict[str, Made]) -> tuple[bytes | None, tuple[Row, ...]]:
    made = done[file.of]
    return made.content, tuple(row | {"file": file.name} for row in made.rows)


def _cut(file: File, done: dict[str, Made]) -> tuple[bytes | None, tuple[Row, ...]]:
    whole = done[file.of].content or b""
    return whole[: len(whole) // 2], ()


def _zip(file: File, done: dict[str, Made]) -> tuple[bytes | None, tuple[Row, ...]]:
    names = file.of.split(", ")
    return packed({name: done[name].content or b"" for name in names}), ()


def packed(members: dict[str, bytes]) -> bytes:
    """A zip archive with fixed times, nothing compressed."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in members.items():
            archive.writestr(zipfile.ZipInfo(name, (2026, 2, 2, 8, 0, 0)), content)
    return out.getvalue()


def _empty(file: File, done: dict[str, Made]) -> tuple[bytes | None, tuple[Row, ...]]:
    return b"", ()


def _text(file: File, done: dict[str, Made]) -> tuple[bytes | None, tuple[Row, ...]]:
    return NOTE.encode(), ()


def _docx(file: File, done: dict[str, Made]) -> tuple[bytes | None, tuple[Row, ...]]:
    return packed({"[Content_Types].xml": TYPES.encode(), "word/document.xml": WORD.encode()}), ()


DERIVED = {"copy": _copy, "cut": _cut, "zip": _zip, "empty": _empty, "text": _text, "docx": _docx}


def _twins(made: Made, copied: dict[str, str]) -> Made:
    """The same document under two names: both rows say so."""
    twin = copied.get(made.file.name) or next(
        (name for name, of in copied.items() if of == made.file.name), None
    )
    if twin is None:
        return made
    defect = {"code": "duplicate_document", "detail": "bytes", "duplicate_of": twin}
    return Made(
        made.file, made.content, tuple(row | {"defects": [*row["defects"], defect]} for row in made.rows)
    )
