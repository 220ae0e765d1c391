"""Reading the picture of a page: its words, their boxes and how sure each is, here or by a worker."""

from __future__ import annotations

import hashlib
import math
import os
import unicodedata
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from importlib.metadata import version
from importlib.resources import files
from itertools import pairwise, product
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

import cv2
import msgspec
import numpy as np
from numpy.typing import NDArray

from pipeline.errors import SourceError
from pipeline.reading.raster import POINTS, Pixels, Raster
from pipeline.schema import Box, Word

SETTINGS = 1  # counts up whenever what follows makes other words of the same pixels
FIND = (1280, 1920)  # pixels of the long side in which lines are looked for, least and most
LETTER = 10.0  # pixels: height that letters should have there
READ = 1600  # pixels of the long side out of which lines are read: sharper ones lose their spaces
SPOT = 5  # pixels: lower spots are no letters
CHUNK = 48  # pixels: height at which the recogniser sees a line
WIDE = 12  # steps of the recogniser, six to the height of a line: letters farther apart are two words
RULED = 0.9  # of the height or width of a line that only a ruling line darkens
ENDS = 2  # of a gap: ink on either side
BESIDE = 3  # such steps that a letter may reach to each side of where it was seen
TOPS, MIDDLE, TAILS = 0.72, 0.5, 0.21  # of the size of letters: how far they reach above and below their line
LOW, TAILED = (
    "acegmnopqrsuvwxyz.,;:-_",
    "gjpqyQ()[]{}|/,;",
)  # letters that do not rise, and letters with tails
SMALLEST = 0.45  # of the height of a line as found: its letters are no smaller
INK = 0.01  # of the width of a line that is dark in every row with letters in it
PATIENCE = 300.0  # seconds until a worker is given up
HEAD = 1000  # bytes that a client may say before its pixels
MOST = 25_000_000  # pixels of a picture
MODELS = {"Det.model_path": "PP-OCRv6_det_small.onnx", "Rec.model_path": "PP-OCRv6_rec_small.onnx"}
FOLD = (
    {
        0x142: "l",
        0x127: "h",
        0x131: "i",
        0x3000: " ",
        0x3001: ",",
        0x3002: ".",
        0x4E00: "-",
        0x2014: "-",
        0x2013: "-",
    }
    | {0xFF01 + i: chr(0x21 + i) for i in range(94)}
    | {0x2160 + i: unicodedata.normalize("NFKC", chr(0x2160 + i)) for i in range(16)}
)


def engine_name() -> str:
    """The engine, its models and our settings, as the record of a source keeps them."""
    return f"rapidocr {version('rapidocr')} PP-OCRv6-small, onnxruntime {version('onnxruntime')}, {SETTINGS}"


@dataclass(frozen=True, slots=True)
class _Letter:
    """A letter as the recogniser answers it: `column` counts its steps along the line."""

    text: str
    column: int
    sure: float


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
    picture = cv2.cvtColor(pixels, cv2.COLOR_GRAY2BGR) if pixels.ndim == 2 else pixels[:, :, ::-1]
    large, by = _within(picture, READ)
    side = LETTER / _letters(large[:, :, 0]) * max(large.shape[:2])
    small, shrunk = _within(picture, min(max(side, FIND[0]), FIND[1]))
    quads = [quad * (by / shrunk) for quad in engine.lines(small)]
    if not quads:
        return ()
    crops = [_crop(large, quad) for quad in quads]
    read = engine.rapid.recognize_txt(crops)
    lines = zip(quads, crops, read.txts or (), read.word_results, strict=True)
    return tuple(_scaled(w, 1 / by) for line in lines if line[2] for w in _words(*line))


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


def _words(quad: Pixels, crop: Pixels, text: str, info: Any) -> Iterator[Word]:
    """The words of a line: cut where the recogniser saw spaces or much space, each drawn in to its ink."""
    groups = list(_groups(text, info))
    step = crop.shape[1] / info.line_txt_len
    inked = np.asarray(_darkest(crop).any(axis=0))
    gaps = [_gap(inked, a[-1].column * step, (b[0].column + 1) * step) for a, b in pairwise(groups)]
    top, size = _standing(crop, text)
    down = (top / crop.shape[0], (top + size) / crop.shape[0])
    for group, start, end in zip(groups, [0, *gaps], [*gaps, crop.shape[1]], strict=True):
        first = max(start, int((group[0].column - BESIDE) * step))
        last = min(end, int((group[-1].column + 1 + BESIDE) * step))
        found = np.flatnonzero(inked[first:last])
        word = folded("".join(letter.text for letter in group))
        if word and len(found):
            across = ((first + int(found[0])) / crop.shape[1], (first + int(found[-1]) + 1) / crop.shape[1])
            sure = sum(letter.sure for letter in group) / len(group)
            yield Word(word, _inside(quad, across, down), size, sure)


def _gap(inked: NDArray[np.bool_], start: float, end: float) -> int:
    """The middle of the widest gap without ink in a part of a line, pixels; else the middle of the part."""
    filled = np.flatnonzero(inked[int(start) : int(end) + 1])
    if len(filled) < ENDS:
        return round((start + end) / 2)
    widest = int(np.argmax(np.diff(filled)))
    return int(start) + int(filled[widest] + filled[widest + 1] + 1) // 2


def _groups(text: str, info: Any) -> Iterator[list[_Letter]]:
    """The letters of each word of a line."""
    columns = (column for part in info.word_cols for column in part)
    group: list[_Letter] = []
    for letter, sure in zip(text, info.confs, strict=True):
        found = None if letter.isspace() else _Letter(letter, next(columns), sure)
        if group and (found is None or found.column - group[-1].column > WIDE):
            yield group
            group = []
        if found:
            group.append(found)
    if group:
        yield group


def _darkest(crop: Pixels) -> NDArray[np.bool_]:
    """The ink of a line of text, without what crosses it from edge to edge as ruling lines do."""
    grey = crop[:, :, 0]
    dark = grey <= (int(grey.min()) + 2 * int(grey.max())) / 3
    ruled = dark.mean(axis=0) > RULED
    level = dark.mean(axis=1) > RULED
    return np.asarray(dark & ~ruled & ~level[:, None], np.bool_)


def _standing(crop: Pixels, text: str) -> tuple[float, float]:
    """Where the letters of a line begin, in pixels from its top, and their size, as a digital page has it.

    The ink reaches from the tops to the tails of those letters that the line has.
    """
    rows = np.flatnonzero(_darkest(crop).sum(axis=1) >= max(2, INK * crop.shape[1]))
    if not len(rows):
        return 0.0, float(crop.shape[0])
    above = TOPS if any(c not in LOW for c in text if not c.isspace()) else MIDDLE
    below = TAILS if any(c in TAILED for c in text) else 0.0
    ink = float(rows[-1] + 1 - rows[0])
    size = min(max(ink / (above + below), SMALLEST * crop.shape[0]), crop.shape[0])
    return float(rows[-1] + 1) + (TAILS - below) * size - size, size


def _inside(quad: Pixels, across: tuple[float, float], down: tuple[float, float]) -> Box:
    """A part of the line, shares of its width and height."""
    (ax, ay), (bx, by), (cx, cy), (dx, dy) = quad.tolist()
    xs, ys = [], []
    for t, u in product(across, down):
        xs.append((ax + (bx - ax) * t) * (1 - u) + (dx + (cx - dx) * t) * u)
        ys.append((ay + (by - ay) * t) * (1 - u) + (dy + (cy - dy) * t) * u)
    return Box(min(xs), min(ys), max(xs), max(ys))


def folded(text: str) -> str:
    """A word as read, its full-width signs and stray accents folded, a Roman number out of l and | mended.

    >>> folded("\uff2e\u00edp\u3002"), folded("Il"), folded("|")
    ('Nip.', 'II', '')
    """
    plain = unicodedata.normalize("NFD", text.translate(FOLD))
    word = unicodedata.normalize("NFC", "".join(c for c in plain if not unicodedata.combining(c))).strip()
    if word.strip("|") == "":
        return ""
    return "I" * len(word) if not word.strip("Il|") else word


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
