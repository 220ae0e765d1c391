"""What a child does with a document: warmed up in the parent, and tried on one that is known to be good."""

from __future__ import annotations

import gc
import hashlib
import os
import sys
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from importlib import import_module
from multiprocessing.connection import Connection
from typing import Any

from pipeline.errors import OwnError
from pipeline.isolate.pool import answer
from pipeline.isolate.task import Desk, Task
from pipeline.rules import Rules
from pipeline.schema import Entry, Reading, Word

Reader = Callable[[Entry, Desk], Reading]

THREADS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")  # a parent that forks has only one
TRIES = 10
SIGNED = "pipeline.reading.signatures.certificate_file"  # what only signed files need
DEATHS = ("crashed", "out-of-memory")
LINES = ("PERJANJIAN KINERJA TAHUN 2026", "Nama : BUDI SANTOSO", "Sukamaju, 5 Januari 2026")


def warm(rules: Rules) -> Reader:
    """A reader that has loaded what it needs: the children forked from here on need not.

    Raises OwnError where a document known to be good reads otherwise in a child.
    """
    for name in THREADS:
        os.environ.setdefault(name, "1")
    import cv2

    from pipeline.reading.read import read
    from pipeline.reading.signatures.model import model

    cv2.setNumThreads(1)
    model()  # a child may not open files
    reader = partial(_read, rules)
    _tried(reader, read(trial(), "application/pdf", _sha256(trial()), rules, None))
    return reader


def ready(reading: Reading) -> None:
    """Load here, once, what the children of other documents like this one would each load again.

    Validating a signature takes some 300 modules; a folder without signed files never pays for them.
    """
    if reading.certificates and SIGNED not in sys.modules:
        import_module(SIGNED)
        gc.freeze()


def _read(rules: Rules, entry: Entry, desk: Desk) -> Reading:
    from pipeline.reading.ingest import content
    from pipeline.reading.read import read

    data = content(desk.descriptor, entry)
    reading = read(data, entry.kind, entry.sha256 or "", rules, None if desk.lent is None else _sight(desk))
    return replace(reading, engine=_engine(reading))


def _sight(desk: Desk) -> Callable[[Any], tuple[Word, ...]]:
    """What turns a picture into words: the worker at the other end of the line."""
    from pipeline.reading.ocr import client

    assert desk.lent is not None  # noqa: S101 - asked before
    ask = client(Connection(desk.lent))

    def see(picture: Any) -> tuple[Word, ...]:
        desk.sign()
        return ask(picture)

    return see


def _engine(reading: Reading) -> str:
    if not any(page.origin == "ocr" for page in reading.pages):
        return ""
    from pipeline.reading.ocr import engine_name

    return engine_name()


def _tried(reader: Reader, expected: Reading) -> None:
    entry = Entry("", "", expected.media_type, len(trial()), expected.sha256)
    for _ in range(TRIES):
        found = answer(Task(entry, entry.bytes, _behind_pipe), reader, Reading)
        if found.reason not in DEATHS:  # else something outside may have killed it
            break
    if found.value != expected:
        raise OwnError(
            f"dokumen uji terbaca lain di proses terpisah / the trial document reads otherwise in a child"
            f" ({found.reason} {found.detail})"
        )


def _behind_pipe() -> int:
    heard, said = os.pipe()
    os.write(said, trial())
    os.close(said)
    return heard


def _sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def trial() -> bytes:
    """A small PDF known to be good: one page with the lines of an agreement."""
    text = "".join(f"({line}) Tj T* " for line in LINES)
    drawn = f"BT /F 12 Tf 14 TL 72 760 Td {text}ET"
    objects = (
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R"
        " /Resources << /Font << /F 5 0 R >> >> >>",
        f"<< /Length {len(drawn)} >>\nstream\n{drawn}\nendstream",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    )
    made, places = "%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(made))
        made += f"{number} 0 obj\n{body}\nendobj\n"
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    size = len(objects) + 1
    end = f"trailer\n<< /Size {size} /Root 1 0 R >>\nstartxref\n{len(made)}\n%%EOF\n"
    return f"{made}xref\n0 {size}\n0000000000 65535 f \n{table}{end}".encode()
