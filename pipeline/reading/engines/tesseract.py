"""Tesseract in this process, by tesserocr: a reader for offices that know it; needs its Indonesian data."""

from __future__ import annotations

import functools
import hashlib
import os
import re
from collections.abc import Callable, Iterator
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import cv2
import numpy as np

from pipeline.reading.raster import Pixels
from pipeline.reading.strip import folded
from pipeline.schema import Box, Word

SETTINGS = 1  # counts up whenever what follows makes other words of the same pixels
LANGUAGE = "ind"  # never with eng: that misreads figures
PLACES = ("/usr/share/tesseract-ocr/5/tessdata", "/usr/share/tessdata", "/usr/share/tesseract-ocr/tessdata")
SMALLEST = 10  # pixels: narrower pictures hold no words
DPI = 200  # said to the engine, which would guess
PERCENT = re.compile(r"^(\d[\d.,]*)(?:Yo|%o|Y0|9o)(\W*)$")  # the Indonesian data know no per cent sign


def label() -> str:
    """The binding, the language data and our settings, as records keep them. Raises OSError without data."""
    return f"tesserocr {version('tesserocr')}, {LANGUAGE} {_digest(_data())}, {SETTINGS}"


def missing() -> str:
    """What has to be installed where it cannot be used."""
    if not find_spec("tesserocr"):
        return "tesserocr belum terpasang / is not installed: pip install 'pakta[tesseract]'"
    if not _data().is_file():
        return (
            f"{LANGUAGE}.traineddata tidak ditemukan; pasang tesseract-ocr-{LANGUAGE} atau isi"
            f" TESSDATA_PREFIX / not found: install tesseract-ocr-{LANGUAGE} or set TESSDATA_PREFIX"
        )
    return ""


def _data() -> Path:
    """Where the data of the language lie, or the first place where they could."""
    named = os.environ.get("TESSDATA_PREFIX")
    places = (Path(place) / f"{LANGUAGE}.traineddata" for place in ((named,) if named else PLACES))
    found = list(places)
    return next((file for file in found if file.is_file()), found[0])


@functools.cache
def _digest(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()[:8]


def loaded(threads: int) -> Callable[[Pixels], tuple[Word, ...]]:
    """What reads pictures; it has one thread, whatever the number of `threads`."""
    os.environ["OMP_THREAD_LIMIT"] = "1"
    import tesserocr

    api = tesserocr.PyTessBaseAPI(
        path=str(_data().parent), lang=LANGUAGE, psm=tesserocr.PSM.AUTO, oem=tesserocr.OEM.LSTM_ONLY
    )
    return lambda pixels: tuple(_words(tesserocr, api, pixels))


def _words(tesserocr: Any, api: Any, pixels: Pixels) -> Iterator[Word]:
    grey = np.ascontiguousarray(pixels if pixels.ndim == 2 else cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY))
    height, width = grey.shape
    if min(height, width) < SMALLEST:
        return
    api.SetImageBytes(grey.tobytes(), width, height, 1, width)
    api.SetSourceResolution(DPI)
    api.Recognize()
    level = tesserocr.RIL.WORD
    for place in tesserocr.iterate_level(api.GetIterator(), level):
        if place.Empty(level):
            continue
        text = PERCENT.sub(r"\1%\2", folded(place.GetUTF8Text(level)))
        if text:
            yield _word(text, place.BoundingBox(level), place.RowAttributes(), place.Confidence(level))


def _word(text: str, box: tuple[int, int, int, int], row: dict[str, float], sure: float) -> Word:
    """A word as high as the ink of its line; `row` tells how far that reaches."""
    x0, top, x1, bottom = map(float, box)
    size = max(bottom - top, min(row["row_height"], 1.5 * (bottom - top)))
    return Word(text, Box(x0, top, x1, bottom), size, max(0.0, min(1.0, sure / 100)))
