"""The engine that reads by default, loaded once for all tests that need it."""

from __future__ import annotations

from functools import cache

from pipeline.reading import ocr
from pipeline.reading.engines import BY_NAME, See
from pipeline.reading.raster import Raster
from pipeline.schema import Word


@cache
def engine() -> See:
    return BY_NAME["rapidocr"].loaded(1)


def eyes(raster: Raster) -> tuple[Word, ...]:
    return ocr.words(engine(), raster)
