"""Reading the picture of a page: its words, their boxes and how sure each is, here or by a worker."""

from __future__ import annotations

import hashlib
import math
import os
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path

import msgspec
import numpy as np

from pipeline.errors import SourceError
from pipeline.reading.engines import See
from pipeline.reading.raster import POINTS, Pixels, Raster
from pipeline.reading.strip import scaled
from pipeline.schema import Word

PATIENCE = 300.0  # seconds until a worker is given up
HEAD = 1000  # bytes that a client may say before its pixels
MOST = 25_000_000  # pixels of a picture


def words(see: See, raster: Raster) -> tuple[Word, ...]:
    """The words on the picture, as the engine gives them; boxes in points of the picture."""
    return tuple(scaled(word, POINTS / raster.dpi) for word in see(raster.pixels))


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
        return tuple(scaled(word, POINTS / raster.dpi) for word in answer.words)

    return read


def _answered(connection: Connection, raster: Raster) -> Answer:
    asked = Asked(raster.pixels.shape)
    connection.send_bytes(msgspec.json.encode(asked))
    connection.send_bytes(np.ascontiguousarray(raster.pixels).data.cast("B"))
    if not connection.poll(PATIENCE):
        raise EOFError
    return msgspec.json.decode(connection.recv_bytes(), type=Answer)


@dataclass(frozen=True, slots=True)
class Reader:
    """An engine that is loaded when first needed, by its label, and the folder of what it has once read."""

    label: str
    see: Callable[[], See]
    cache: Path


def serve(connection: Connection, reader: Reader) -> None:
    """Read pictures for a client until it goes; what was once read is not read again."""
    with suppress(EOFError, OSError, msgspec.DecodeError):
        while True:
            asked = msgspec.json.decode(connection.recv_bytes(HEAD), type=Asked)
            data = connection.recv_bytes(3 * MOST)
            if math.prod(asked.shape) != len(data) or not 2 <= len(asked.shape) <= 3:
                return
            pixels = np.frombuffer(data, np.uint8).reshape(asked.shape)
            connection.send_bytes(_remembered(pixels, reader))


def _remembered(pixels: Pixels, reader: Reader) -> bytes:
    """The answer to a picture, JSON; kept by the hash of the pixels and of all that makes words of them."""
    told = hashlib.sha256(f"{reader.label} {pixels.shape} ".encode())
    told.update(pixels.data)
    key = told.hexdigest()
    file = reader.cache / key[:2] / f"{key}.json"
    with suppress(OSError, msgspec.DecodeError):
        known = file.read_bytes()
        msgspec.json.decode(known, type=Answer)
        return known
    try:
        answer = msgspec.json.encode(Answer(reader.see()(pixels)))
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
