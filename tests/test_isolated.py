"""The unit of work of a cluster: called in another process, it answers as it does here, whatever comes."""

import io
import os
import signal
import subprocess
import sys
import zlib
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from functools import partial
from multiprocessing import get_context
from pathlib import Path

import pikepdf
import pytest

from pipeline import rules as rulebook
from pipeline.isolate.task import Answer, Desk, Limits
from pipeline.reading import ingest as walk
from pipeline.run.glance import pictured
from pipeline.run.isolated import isolated
from pipeline.run.reader import warm
from pipeline.run.specimen import plain
from pipeline.schema import Entry, Reading
from tests.paper import pdf, typed

SAMPLE = Path(__file__).parents[1] / "samples" / "documents" / "Wali Kota" / "PK Wali Kota Sukamaju 2026.pdf"
QUICK = Limits(seconds=2, silence=10.0)


def read_there(data: bytes) -> Answer[Reading]:
    """In a worker: its own rules, its own warm reader."""
    return isolated(data, "application/pdf", warm(rulebook.load()))


def deadly(how: str, entry: Entry, _: Desk) -> Reading:
    if how == "kill":
        os.kill(os.getpid(), signal.SIGKILL)
    if how == "abort":
        os.abort()
    while how == "spin":
        pass
    return Reading(entry.sha256 or "", entry.kind, (), ())


def die_there(how: str) -> Answer[Reading]:
    return isolated(b"%PDF-1.4", "application/pdf", partial(deadly, how), QUICK)


@pytest.fixture(scope="module")
def pool() -> Iterator[ProcessPoolExecutor]:
    """One spawned worker, as a node of a cluster keeps one."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as executor:
        yield executor


def test_a_worker_reads_what_is_read_here(pool: ProcessPoolExecutor) -> None:
    data = SAMPLE.read_bytes()
    there = pool.submit(read_there, data).result()
    assert there.value is not None
    assert there.value.agreements
    assert there == read_there(data)
    assert pool.submit(read_there, plain()).result().value is not None
    assert pool.submit(read_there, b"%PDF-1.4 nothing").result().reason == "damaged"


@pytest.mark.parametrize(
    ("how", "reason"), [("kill", "out-of-memory"), ("abort", "crashed"), ("spin", "timed-out"), ("", "")]
)
def test_a_document_that_kills_its_reader_costs_no_worker(
    pool: ProcessPoolExecutor, how: str, reason: str
) -> None:
    worker = pool.submit(os.getpid).result()
    assert pool.submit(die_there, how).result().reason == reason
    assert pool.submit(os.getpid).result() == worker


def test_what_a_signed_file_needs_is_loaded_before_its_child(tmp_path: Path) -> None:
    """Looked for in files alone, also where its mark lies across two reads; and nothing else is touched."""
    code = f"""
import os, sys
from pipeline.reading.signatures.certificate import VALIDATOR
from pipeline.run.glance import CHUNK
from pipeline.run.reader import foreseen
heard, said = os.pipe()
foreseen(heard)
foreseen(os.open(os.devnull, os.O_RDONLY))
for name, size in (("plain", CHUNK), ("signed", CHUNK - 4)):
    with open(os.path.join({str(tmp_path)!r}, name), "wb+") as file:
        file.write(b" " * size + (b"/ByteRange" if name == "signed" else b"ByteRange") + b" ")
        file.flush()
        foreseen(file.fileno())
        print(name, VALIDATOR in sys.modules)
"""
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert told.stdout.split() == ["plain", "False", "signed", "True"]


@pytest.mark.parametrize(
    ("kind", "said", "so"),
    [
        ("image/png", b"/Font", True),
        ("application/pdf", b"<< /XObject << /Im0 5 0 R >> >>", True),
        ("application/pdf", b"<< /Font << /F1 5 0 R >> >>", False),
        ("application/pdf", b"<< /Type /ObjStm >>", False),  # fonts may be packed in it
        ("application/pdf", b"/Font << /Width 1241 /Height 1754 >>", True),  # a scan with text under it
        ("application/pdf", b"/Font << /Width 1754 /Height 1241 >>", True),
        ("application/pdf", b"/Font << /Width 900 /Height 900 >>", False),  # an emblem
        ("application/pdf", b"/Font << /Width 1600 /Height 300 >>", False),  # the head of a letter
    ],
)
def test_what_is_nothing_but_pictures_is_told_at_a_glance(
    tmp_path: Path, kind: str, said: bytes, so: bool
) -> None:
    (tmp_path / "x").write_bytes(said)
    where = walk.tree([tmp_path])
    (entry,) = walk.entries(where)
    assert pictured(where, replace(entry, kind=kind)) is so


def swollen(data: bytes, page: int, size: int) -> bytes:
    """A PDF in which the drawing of a page is `size` MiB of strokes, well packed."""
    packer, strokes = zlib.compressobj(1), b"0 0 m 9 9 l S \n" * (1 << 16)
    packed = b"".join(packer.compress(strokes) for _ in range(size)) + packer.flush()
    fresh = io.BytesIO()
    with pikepdf.open(io.BytesIO(data)) as document:
        document.pages[page].Contents = document.make_stream(b"")
        document.pages[page].Contents.write(packed, filter=pikepdf.Name.FlateDecode)
        document.save(fresh)
    return fresh.getvalue()


def test_a_page_that_kills_its_reader_does_not_lose_the_others() -> None:
    data = swollen(pdf(typed, typed, typed), 1, 150)
    found = isolated(data, "application/pdf", warm(rulebook.load()), Limits(memory=160 << 20)).value
    assert found is not None
    assert [page.problem for page in found.pages] == [None, "page-fatal", None]
    assert found.pages[0].text == found.pages[2].text != ""
    assert found.problems == ("page-fatal",)
