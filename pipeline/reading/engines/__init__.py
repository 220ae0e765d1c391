"""OCR engines that can be chosen by name: each is one function from the pixels of a page to its words."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from pipeline.reading.engines import null, rapid, tesseract
from pipeline.reading.raster import Pixels
from pipeline.schema import Word

See = Callable[[Pixels], tuple[Word, ...]]  # H x W or H x W x 3 (RGB); words with boxes in pixels


@dataclass(frozen=True, slots=True)
class Engine:
    """An engine: what it is called in records, the language it reads, what it lacks here, how it is loaded.

    `missing` says for people what has to be installed, nothing where it can be used. `loaded` takes the
    number of threads that may work on one picture; it loads models: once for a worker, never before a fork.
    """

    label: Callable[[], str]
    language: str  # ISO 639-3; mul: several
    missing: Callable[[], str]
    loaded: Callable[[int], See]


BY_NAME = {  # the names are those of schema.ENGINES
    "rapidocr": Engine(rapid.label_onnxruntime, "mul", rapid.missing_onnxruntime, rapid.onnxruntime),
    "openvino": Engine(rapid.label_openvino, "mul", rapid.missing_openvino, rapid.openvino),
    "tesseract": Engine(tesseract.label, tesseract.LANGUAGE, tesseract.missing, tesseract.loaded),
    "null": Engine(null.label, "zxx", null.missing, null.loaded),
}
