"""Every engine turns a picture into words, says what it is, and says what it lacks before it is needed."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from contextlib import closing
from functools import cache
from pathlib import Path

import numpy as np
import pytest
from rapidfuzz.distance import Levenshtein

from pipeline.errors import UsageError
from pipeline.reading.engines import BY_NAME, See, rapid, tesseract
from pipeline.reading.raster import Pixels
from pipeline.run.ingest import ingest
from pipeline.run.order import Order
from pipeline.schema import ENGINES
from tests.paper import TEXT, pdf, picture, scan, typed

DPI = 150
READERS = ENGINES[:-1]


@cache
def page() -> Pixels:
    return picture(pdf(typed), DPI)


@cache
def loaded(name: str) -> See:
    lacks = BY_NAME[name].missing()
    if lacks:
        pytest.skip(lacks)
    return BY_NAME[name].loaded(1)


def test_all_engines_have_the_names_of_the_schema() -> None:
    assert tuple(BY_NAME) == ENGINES


@pytest.mark.parametrize("name", READERS)
def test_an_engine_reads_a_page_line_by_line_with_boxes_in_pixels(name: str) -> None:
    words = loaded(name)(page())
    read = " ".join(word.text for word in words)
    assert Levenshtein.normalized_similarity(read, " ".join(TEXT)) > 0.97
    first, last = words[0], words[-1]
    assert first.box.x0 == pytest.approx(40 * DPI / 72, abs=6)
    assert first.box.centre < last.box.centre < 300 * DPI / 72
    assert all(0.5 < word.confidence <= 1 and 0 < word.size < 60 for word in words)


@pytest.mark.parametrize("name", READERS)
@pytest.mark.parametrize("pixels", [np.full((400, 400), 255, np.uint8), np.zeros((5, 5, 3), np.uint8)])
def test_an_engine_reads_nothing_where_nothing_is_written(name: str, pixels: Pixels) -> None:
    assert loaded(name)(pixels) == ()


def test_nothing_that_fetches_is_loaded_with_the_engine() -> None:
    code = """
import sys
from pipeline.reading.engines import BY_NAME
BY_NAME["rapidocr"].loaded(1)
print(sorted({"requests", "urllib3"} & set(sys.modules)))
"""
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert told.stdout.strip() == "[]"


def test_the_null_engine_reads_nothing_anywhere() -> None:
    assert loaded("null")(page()) == ()


def test_labels_name_engine_models_and_what_runs_them() -> None:
    label = BY_NAME["rapidocr"].label()
    assert label.startswith("rapidocr 3.")
    assert "PP-OCRv6" in label
    assert "onnxruntime" in label


@pytest.mark.parametrize(("module", "name"), [(rapid, "openvino"), (tesseract, "tesseract")])
def test_an_engine_that_is_not_installed_is_refused_before_anything_is_written(
    module: object, name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "find_spec", lambda _: None)
    with pytest.raises(UsageError, match=rf"pip install 'pakta\[{name}\]'"):
        ingest(Order((tmp_path,), tmp_path / "x.db", engine=name))
    assert not (tmp_path / "x.db").exists()


def test_a_reader_without_its_language_says_where_to_get_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tesseract, "find_spec", lambda _: True)
    monkeypatch.setenv("TESSDATA_PREFIX", str(tmp_path))
    assert "tesseract-ocr-ind" in tesseract.missing()
    (tmp_path / "ind.traineddata").write_bytes(b"data")
    assert tesseract.missing() == ""


@pytest.mark.parametrize(("read", "meant"), [("85,5Yo", "85,5%"), ("100Yo.", "100%."), ("Yogya", "Yogya")])
def test_a_reader_that_knows_no_per_cent_sign_is_mended(read: str, meant: str) -> None:
    assert tesseract.PERCENT.sub(r"\1%\2", read) == meant


def test_every_page_says_what_read_it_and_another_engine_reads_it_again(tmp_path: Path) -> None:
    folder, db = tmp_path / "in", tmp_path / "x.db"
    folder.mkdir()
    (folder / "scan.pdf").write_bytes(scan(page()))
    (folder / "text.pdf").write_bytes(pdf(typed))
    order = Order((folder,), db, jobs=1, engine="null")
    assert ingest(order).balance.read == 2
    assert engines(db) == {("ocr", "null", "zxx"), ("text", None, None)}
    assert ingest(order).balance.read == 0
    assert ingest(Order((folder,), db, jobs=1)).balance.read == 1
    assert {language for _, _, language in engines(db)} == {"mul", None}
    assert ingest(Order((folder,), db, jobs=1, ocr=False)).balance.read == 0


def engines(db: Path) -> set[tuple[str, str | None, str | None]]:
    with closing(sqlite3.connect(db)) as connection:
        return set(connection.execute("SELECT origin, engine, language FROM pages"))
