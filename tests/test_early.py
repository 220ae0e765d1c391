"""OCR is ready, and has the first page, before the rest of the program; it is bothered for nothing else."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import cv2
import numpy as np
import pytest

from pipeline.isolate.ahead import ahead
from pipeline.isolate.task import Bare, Desk, Task
from pipeline.run.early import begun
from pipeline.run.ingest import ingest
from pipeline.run.order import Order
from pipeline.run.slots import Eye
from tests.children import children
from tests.drawn import pdf
from tests.pages import pact

PATIENCE = 60.0  # seconds


def scan(path: Path) -> None:
    """A page of two lines as a picture."""
    page = np.full((1400, 1000), 255, np.uint8)
    for line, words in enumerate(("PAKTA INTEGRITAS", "Saya yang bertanda tangan")):
        cv2.putText(page, words, (100, 200 + 120 * line), cv2.FONT_HERSHEY_SIMPLEX, 1.5, (0,), 4)
    cv2.imwrite(str(path), page)


def order(tmp_path: Path, **more: object) -> Order:
    (tmp_path / "in").mkdir(exist_ok=True)
    given = {"folders": (tmp_path / "in",), "db": tmp_path / "x.db", "cache": tmp_path / "cache", **more}
    return Order(**given)  # type: ignore[arg-type]


def seen(tmp_path: Path) -> list[Path]:
    return sorted((tmp_path / "cache").rglob("*.json"))


def patiently(so: Callable[[], object]) -> None:
    until = time.monotonic() + PATIENCE
    while not so():
        assert time.monotonic() < until
        time.sleep(0.05)


def test_the_first_page_is_read_before_the_rest_of_the_program_is_there(tmp_path: Path) -> None:
    wanted = order(tmp_path)
    scan(tmp_path / "in" / "a.png")
    (tmp_path / "in" / "Thumbs.db").write_bytes(b"x")
    (tmp_path / "in" / "0.zip").write_bytes(b"PK\x03\x04 nothing")
    before = children()
    with begun(wanted) as places:
        patiently(lambda: seen(tmp_path))
        (first,) = seen(tmp_path)
        outcome = ingest(wanted, places=places)
    assert outcome.balance.statuses["loaded"] == 1
    assert seen(tmp_path) == [first]  # the same picture: it is not read twice
    assert children() == before


def nothing_new(tmp_path: Path) -> Order:
    wanted = order(tmp_path)
    scan(tmp_path / "in" / "a.png")
    wanted.db.touch()
    return wanted


def text_first(tmp_path: Path) -> Order:
    wanted = order(tmp_path)
    (tmp_path / "in" / "a.pdf").write_bytes(pdf(pact()))
    scan(tmp_path / "in" / "b.png")
    return wanted


def without_ocr(tmp_path: Path) -> Order:
    wanted = order(tmp_path, ocr=False)
    scan(tmp_path / "in" / "a.png")
    return wanted


def nowhere(tmp_path: Path) -> Order:
    return order(tmp_path, folders=(tmp_path / "none",))


@pytest.mark.parametrize("what", [nothing_new, text_first, without_ocr, nowhere, order])
def test_nobody_is_bothered_for_nothing(tmp_path: Path, what: Callable[[Path], Order]) -> None:
    """A database that is there may know it all; text needs no OCR; what is wrong is said by others."""
    before = children()
    with begun(what(tmp_path)) as places:
        assert places
        assert all(place.worker.process is None for place in places if isinstance(place, Eye))
        assert children() == before


def test_who_goes_ahead_is_shut_in_and_ends_with_its_block(tmp_path: Path) -> None:
    (tmp_path / "x").write_bytes(b"x")
    before = children()
    heard, said = os.pipe()

    def work(_: str, desk: Desk) -> None:
        """It may not write where it likes; what it is lent it may use."""
        assert desk.lent is not None
        try:
            (tmp_path / "y").write_bytes(b"y")
            os.write(desk.lent, b"free")
        except OSError:
            os.write(desk.lent, b"shut")
        time.sleep(PATIENCE)

    class Lender(Bare):
        def lend(self) -> int:
            return said

    task = Task("x", 1, lambda: os.open(tmp_path / "x", os.O_RDONLY))
    with ahead(task, work, Lender()):
        assert os.read(heard, 4) == b"shut"
        assert len(children() - before) == 1
    assert children() == before
    os.close(heard)
    os.close(said)


COUNTED = """
from pathlib import Path
from pipeline.cli import main
from pipeline.isolate import child
forked = child.forked
def counted(*given):
    print([line for line in Path("/proc/self/status").read_text().splitlines() if "Threads" in line])
    return forked(*given)
child.forked = counted
main()
"""


def test_who_forks_has_one_thread(tmp_path: Path) -> None:
    """Also where nobody has told the libraries of numbers how many they may start."""
    order(tmp_path)
    (tmp_path / "in" / "a.pdf").write_bytes(pdf(pact()))
    untold = {key: value for key, value in os.environ.items() if not key.endswith("_NUM_THREADS")}
    command = [sys.executable, "-c", COUNTED, "ingest", str(tmp_path / "in"), "--db", str(tmp_path / "x.db")]
    told = subprocess.run(command, capture_output=True, text=True, env=untold, check=False)
    assert told.stdout.count("Threads:") >= 2, told  # the trial document and this one
    assert told.stdout.count("Threads:\\t1'") == told.stdout.count("Threads:"), told
