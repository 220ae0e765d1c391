"""The model that looks at slots: a small network beside this file, and what is known of it."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import rtoml

from pipeline.errors import OwnError
from pipeline.reading.signatures.view import View

HERE = Path(__file__).parent
LEAST = 1e-6  # chance: no answer counts as surer
NETWORK, CARD = "slot.onnx", "slot.toml"


@dataclass(frozen=True, slots=True)
class Chances:
    """How likely each mark is in a slot, 0 to 1, in the order in which the network answers."""

    signature: float
    stamp: float
    initials: float
    meterai: float


@dataclass(frozen=True, slots=True)
class Bands:
    """From which chance a slot is signed, up to which it is empty; what lies between is unclear.

    Where a stamp is likely, both are stricter: a stamp hides ink, and looks like it.
    """

    signed: float
    empty: float
    signed_stamped: float
    empty_stamped: float
    stamp: float
    initials: float
    meterai: float


@dataclass(frozen=True, slots=True)
class Model:
    """A network that is loaded, and its bands."""

    network: Any
    bands: Bands


def chances(seen: View, model: Model) -> Chances:
    """What the network says of a view; about three milliseconds."""
    return Chances(*map(float, _told(seen, model)))


def twice(seen: View, model: Model) -> Chances:
    """The same of a view and of its mirror image together: surer, where one look does not decide."""
    both = (np.clip(_told(one, model), LEAST, 1 - LEAST) for one in (seen, seen[..., ::-1]))
    logit = sum(np.log(told / (1 - told)) for told in both) / 2
    return Chances(*(float(value) for value in 1 / (1 + np.exp(-logit))))


def _told(seen: View, model: Model) -> Any:
    model.network.setInput(np.ascontiguousarray(seen[None]))
    return model.network.forward()[0]


@cache
def model(folder: Path = HERE) -> Model:
    """The model in a folder, loaded once: a child that is forked later has it already.

    Raises OwnError where the network is not the one that its card tells of.
    """
    card = rtoml.load(folder / CARD)
    data = (folder / NETWORK).read_bytes()
    if hashlib.sha256(data).hexdigest() != card["sha256"]:
        raise OwnError(f"{NETWORK}: bukan berkas yang dicatat di {CARD} / not the file on record")
    return Model(cv2.dnn.readNetFromONNX(np.frombuffer(data, np.uint8)), Bands(**card["bands"]))
