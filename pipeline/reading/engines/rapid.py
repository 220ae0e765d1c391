"""RapidOCR with the models of its wheel (PP-OCRv6-small), run by onnxruntime or by OpenVINO."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib import import_module
from importlib.metadata import version
from importlib.resources import files
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import cv2
import numpy as np

from pipeline.reading import strip
from pipeline.reading.raster import Pixels
from pipeline.reading.unused import Unused, without
from pipeline.schema import Word

SETTINGS = 4  # counts up whenever what follows makes other words of the same pixels
FIND = (1280, 1920)  # pixels of the long side in which lines are looked for, least and most
LETTER = 10.0  # pixels: height that letters should have there
READ = 1600  # pixels of the long side out of which lines are read: sharper ones lose their spaces
SPOT = 5  # pixels: lower spots are no letters
CHUNK = 48  # pixels: height at which the recogniser sees a line
MODELS = {"Det.model_path": "PP-OCRv6_det_small.onnx", "Rec.model_path": "PP-OCRv6_rec_small.onnx"}
# What could fetch models, and the list of those there are: a second of a start of two.
FETCHING: Unused = {
    "requests": {},
    "rapidocr.utils.download_file": {"DownloadFile": None, "DownloadFileInput": None},
}
LIST = "default_models.yaml"


def label_onnxruntime() -> str:
    """The engine, its models, what runs them, and our settings, as records keep them."""
    return _label("onnxruntime")


def label_openvino() -> str:
    """The same where OpenVINO runs the models."""
    return _label("openvino")


def _label(runtime: str) -> str:
    return f"rapidocr {version('rapidocr')} PP-OCRv6-small, {runtime} {version(runtime)}, {SETTINGS}"


def missing_onnxruntime() -> str:
    """Nothing: it is installed with the program."""
    return ""


def missing_openvino() -> str:
    """How OpenVINO is installed, where it is not."""
    if find_spec("openvino"):
        return ""
    return "OpenVINO belum terpasang / is not installed: pip install 'pakta[openvino]'"


def onnxruntime(threads: int) -> Callable[[Pixels], tuple[Word, ...]]:
    """What reads pictures by onnxruntime; the models take 0.4 GB."""
    return Rapid(threads=threads).seen


def openvino(threads: int) -> Callable[[Pixels], tuple[Word, ...]]:
    """What reads pictures by OpenVINO; twice the memory."""
    kind = library().EngineType.OPENVINO
    return Rapid({"Det.engine_type": kind, "Rec.engine_type": kind}, threads=threads).seen


def library() -> Any:
    """RapidOCR, loaded without what it would fetch models with: those of its wheel are named to it."""
    import rapidocr

    with without({} if "rapidocr.main" in sys.modules else FETCHING), _unlisted():
        import_module("rapidocr.main")
    return rapidocr


@contextmanager
def _unlisted() -> Iterator[None]:
    """While this lasts the list of models is empty: it is read twice, and never asked."""
    from omegaconf import OmegaConf

    read = OmegaConf.load

    def load(file: Any) -> Any:
        return OmegaConf.create() if isinstance(file, Path) and file.name == LIST else read(file)

    OmegaConf.load = load  # type: ignore[method-assign,assignment]
    try:
        yield
    finally:
        OmegaConf.load = read  # type: ignore[method-assign]


class Rapid:
    """The loaded models."""

    def __init__(self, more: dict[str, Any] | None = None, *, threads: int = 1) -> None:
        """Load the models of the installed wheel; `threads` work on one picture; `more` settings."""
        folder = files("rapidocr") / "models"
        self.rapid = library().RapidOCR(
            params={
                "Global.log_level": "error",
                "Global.use_cls": False,
                "Global.use_vertical_padding": False,
                "Global.return_word_box": True,
                "EngineConfig.onnxruntime.intra_op_num_threads": threads,
                "EngineConfig.onnxruntime.inter_op_num_threads": 1,
                "EngineConfig.onnxruntime.enable_cpu_mem_arena": True,  # a twentieth off a page
                "EngineConfig.openvino.inference_num_threads": threads,
                "EngineConfig.openvino.num_streams": 1,
                "EngineConfig.openvino.enable_cpu_pinning": False,  # else two workers share one core
                "Det.limit_side_len": 32,
                "Rec.rec_batch_num": 1,
                "Rec.rec_img_shape": [3, CHUNK, 2 * CHUNK],
                **{key: str(folder / name) for key, name in MODELS.items()},
                **(more or {}),
            }
        )

    def seen(self, pixels: Pixels) -> tuple[Word, ...]:
        """The words, line by line from the top."""
        if min(pixels.shape[:2]) < CHUNK:
            return ()
        picture = cv2.cvtColor(pixels, cv2.COLOR_GRAY2BGR if pixels.ndim == 2 else cv2.COLOR_RGB2BGR)
        large, by = _within(picture, READ)
        side = LETTER / _letters(large[:, :, 0]) * max(large.shape[:2])
        small, shrunk = _within(picture, min(max(side, FIND[0]), FIND[1]))
        quads = [quad * (by / shrunk) for quad in self.lines(small)]
        if not quads:
            return ()
        crops = [_crop(large, quad) for quad in quads]
        read = self.rapid.recognize_txt(crops)
        lines = zip(quads, crops, read.txts or (), read.word_results, strict=True)
        strips = [strip.strip(*line) for line in lines if line[2].strip()]
        return tuple(strip.scaled(word, 1 / by) for line in strips for word in strip.words(line))

    def lines(self, picture: Pixels) -> list[Pixels]:
        """Where lines of text stand: four corners each, clockwise from the upper left, in pixels."""
        from rapidocr.main import RapidOCRError

        try:
            _, found = self.rapid.detect_and_crop(picture, {})
        except RapidOCRError:  # there are none
            return []
        return [] if found.boxes is None else list(found.boxes)


def _letters(grey: Pixels) -> float:
    """The height of most letters, pixels: small print has to be looked at more closely."""
    dark = cv2.adaptiveThreshold(grey, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, 25, 15)
    _, _, found, _ = cv2.connectedComponentsWithStats(dark, connectivity=8)
    heights = found[1:, cv2.CC_STAT_HEIGHT]
    shaped = heights[(heights >= SPOT) & (found[1:, cv2.CC_STAT_WIDTH] <= 3 * heights)]
    return float(np.median(shaped)) if len(shaped) else LETTER


def _within(picture: Pixels, side: float) -> tuple[Pixels, float]:
    """The picture with no side longer than `side` pixels, and the factor that made it so."""
    factor = min(1.0, side / max(picture.shape[:2]))
    if factor == 1.0:
        return picture, factor
    size = (round(picture.shape[1] * factor), round(picture.shape[0] * factor))
    return cv2.resize(picture, size, interpolation=cv2.INTER_AREA), factor


def _crop(picture: Pixels, quad: Pixels) -> Pixels:
    """The line inside four corners, clockwise from the upper left, laid level."""
    width = max(1, round(max(np.linalg.norm(quad[0] - quad[1]), np.linalg.norm(quad[3] - quad[2]))))
    height = max(1, round(max(np.linalg.norm(quad[0] - quad[3]), np.linalg.norm(quad[1] - quad[2]))))
    level = np.array([[0, 0], [width, 0], [width, height], [0, height]], np.float32)
    by = cv2.getPerspectiveTransform(quad.astype(np.float32), level)
    return cv2.warpPerspective(
        picture, by, (width, height), flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE
    )
