"""Reading the picture of a page: its words, their boxes and how sure each is, here or by a worker."""

from __future__ import annotations

import hashlib
import math
import os
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from importlib.metadata import version
from importlib.resources import files
from multiprocessing.connection import Connection
from pathlib import Path

import cv2
import msgspec
import numpy as np

from pipeline.errors import SourceError
from pipeline.reading import strip
from pipeline.reading.raster import POINTS, Pixels, Raster
from pipeline.schema import Box, Word

SETTINGS = 1  # counts up whenever what follows makes other words of the same pixels
FIND = (1280, 1920)  # pixels of the long side in which lines are looked for, least and most
LETTER = 10.0  # pixels: height that letters should have there
READ = 1600  # pixels of the long side out of which lines are read: sharper ones lose their spaces
SPOT = 5  # pixels: lower spots are no letters
CHUNK = 48  # pixels: height at which the recogniser sees a line
PATIENCE = 300.0  # seconds until a worker is given up
HEAD = 1000  # bytes that a client may say before its pixels
MOST = 25_000_000  # pixels of a picture
MODELS = {"Det.model_path": "PP-OCRv6_det_small.onnx", "Rec.model_path": "PP-OCRv6_rec_small.onnx"}


def engine_name() -> str:
    """The engine, its models and our settings, as the record of a source keeps them."""
    return f"rapidocr {version('rapidocr')} PP-OCRv6-small, onnxruntime {version('onnxruntime')}, {SETTINGS}"


class Engine:
    """The loaded models, 0.4 GB: one for a worker process, never forked."""

    def __init__(self, *, threads: int = 1) -> None:
        """Load the models of the installed wheel; `threads` work on one picture."""
        from rapidocr import RapidOCR

        folder = files("rapidocr") / "models"
        self.rapid = RapidOCR(
            params={
                "Global.log_level": "error",
                "Global.use_cls": False,
                "Global.use_vertical_padding": False,
                "Global.return_word_box": True,
                "EngineConfig.onnxruntime.intra_op_num_threads": threads,
                "EngineConfig.onnxruntime.inter_op_num_threads": 1,
                "Det.limit_side_len": 32,
                "Rec.rec_batch_num": 1,
                "Rec.rec_img_shape": [3, CHUNK, 2 * CHUNK],
                **{key: str(folder / name) for key, name in MODELS.items()},
            }
        )

    def lines(self, picture: Pixels) -> list[Pixels]:
        """Where lines of text stand: four corners each, clockwise from the upper left, in pixels."""
        from rapidocr.main import RapidOCRError

        try:
            _, found = self.rapid.detect_and_crop(picture, {})
        except RapidOCRError:  # there are none
            return []
        return [] if found.boxes is None else list(found.boxes)


def words(engine: Engine, raster: Raster) -> tuple[Word, ...]:
    """The words on the picture, line by line from the top; boxes in points of the picture."""
    by = POINTS / raster.dpi
    return tuple(_scaled(word, by) for word in _seen(engine, raster.pixels))


def _scaled(word: Word, by: float) -> Word:
    box = Box(word.box.x0 * by, word.box.top * by, word.box.x1 * by, word.box.bottom * by)
    return replace(word, box=box, size=word.size * by)


def _seen(engine: Engine, pixels: Pixels) -> tuple[Word, ...]:
    """The words, boxes in pixels."""
    if min(pixels.shape[:2]) < CHUNK:
        return ()
    picture = cv2.cvtColor(pixels, cv2.COLOR_GRAY2BGR if pixels.ndim == 2 else cv2.COLOR_RGB2BGR)
    large, by = _within(picture, READ)
    side = LETTER / _letters(large[:, :, 0]) * max(large.shape[:2])
    small, shrunk = _within(picture, min(max(side, FIND[0]), FIND[1]))
    quads = [quad * (by / shrunk) for quad in engine.lines(small)]
    if not quads:
        return ()
    crops = [_crop(large, quad) for quad in quads]
    read = engine.rapid.recognize_txt(crops)
    lines = zip(quads, crops, read.txts or (), read.word_results, strict=True)
    strips = [strip.strip(*line) for line in lines if line[2].strip()]
    return tuple(_scaled(word, 1 / by) for line in strips for word in strip.words(line))


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


# ---------------------------------------------------------------- for others


class Asked(msgspec.Struct, frozen=True):
    """What a client says before it sends its pixels."""

    shape: tuple[int, ...]


class Answer(msgspec.Struct, frozen=True):
    """What it is told: the words, boxes in pixels of its picture, or that they could not be read."""

    words: tuple[Word, ...] = ()
    failed: str = ""


def client(connection: Connection) -> Callable[[Raster], tuple[Word, ...]]:
    """Reading pictures by way of a worker; the reading raises SourceError where the worker fails or dies."""

    def read(raster: Raster) -> tuple[Word, ...]:
        try:
            answer = _answered(connection, raster)
        except (EOFError, OSError) as error:
            raise SourceError("ocr-failed", "worker gone") from error
        if answer.failed:
            raise SourceError("ocr-failed", answer.failed)
        return tuple(_scaled(word, POINTS / raster.dpi) for word in answer.words)

    return read


def _answered(connection: Connection, raster: Raster) -> Answer:
    asked = Asked(raster.pixels.shape)
    connection.send_bytes(msgspec.json.encode(asked))
    connection.send_bytes(np.ascontiguousarray(raster.pixels).data.cast("B"))
    if not connection.poll(PATIENCE):
        raise EOFError
    return msgspec.json.decode(connection.recv_bytes(), type=Answer)


def serve(connection: Connection, engine: Callable[[], Engine], cache: Path) -> None:
    """Read pictures for a client until it goes; what was once read is taken from the folder `cache`."""
    with suppress(EOFError, OSError, msgspec.DecodeError):
        while True:
            asked = msgspec.json.decode(connection.recv_bytes(HEAD), type=Asked)
            data = connection.recv_bytes(3 * MOST)
            if math.prod(asked.shape) != len(data) or not 2 <= len(asked.shape) <= 3:
                return
            pixels = np.frombuffer(data, np.uint8).reshape(asked.shape)
            connection.send_bytes(_remembered(pixels, engine, cache))


def _remembered(pixels: Pixels, engine: Callable[[], Engine], cache: Path) -> bytes:
    """The answer to a picture, JSON; kept by the hash of the pixels and of all that makes words of them."""
    key = hashlib.sha256(f"{engine_name()} {pixels.shape} ".encode() + pixels.tobytes()).hexdigest()
    file = cache / key[:2] / f"{key}.json"
    with suppress(OSError, msgspec.DecodeError):
        known = file.read_bytes()
        msgspec.json.decode(known, type=Answer)
        return known
    try:
        answer = msgspec.json.encode(Answer(_seen(engine(), pixels)))
    except Exception as error:  # here the worker answers for a picture, and lives on
        return msgspec.json.encode(Answer(failed=type(error).__name__))
    with suppress(OSError):  # a full disk must not cost the answer
        _kept(file, answer)
    return answer


def _kept(file: Path, data: bytes) -> None:
    """Write whole or not at all."""
    file.parent.mkdir(parents=True, exist_ok=True)
    part = file.with_suffix(f".{os.getpid()}")
    part.write_bytes(data)
    part.replace(file)
