"""Signatures that are one picture: nobody writes the same line twice."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import product

import numpy as np
from numpy.typing import NDArray

WIDTH, HEIGHT = 96, 48  # bits of an outline
ALIKE = 0.8  # shared ink of two outlines, of all their ink; two signings by one hand reach 0.57
COARSE = 4  # bits that are one where pairs are looked for
NEAR = 0.85  # cosine of two coarse outlines that may be one picture
SHIFTS = (-1, 0, 1)  # bits
BLOCK = 2_000  # outlines compared at a time

Bits = NDArray[np.uint8]  # HEIGHT x WIDTH


@dataclass(frozen=True, slots=True)
class OutlineRow:
    """The outline of a signature, and the agreement that it stands in: the same facts, the same paper."""

    id: str
    shape: str
    sha256: str
    agreement: str


@dataclass(frozen=True, slots=True)
class LikenessRow:
    """Two signatures that are one picture; of `kind` paper where the same agreement was scanned twice."""

    signature_id: str
    other_id: str
    likeness: float
    kind: str


def likenesses(found: Iterable[OutlineRow]) -> Iterator[LikenessRow]:
    """Every pair of outlines that are one picture, each pair once, in the order given."""
    rows = [row for row in found if len(row.shape) == WIDTH * HEIGHT // 4]
    if len(rows) < 2:
        return
    bits = [_bits(row.shape) for row in rows]
    for one, two in _candidates(np.stack([_coarse(b) for b in bits])):
        likeness = _aligned(bits[one], bits[two])
        if likeness >= ALIKE:
            yield LikenessRow(rows[one].id, rows[two].id, round(likeness, 3), _kind(rows[one], rows[two]))


def _kind(one: OutlineRow, two: OutlineRow) -> str:
    return "paper" if one.sha256 != two.sha256 and one.agreement == two.agreement else "picture"


def _bits(shape: str) -> Bits:
    flat: Bits = np.unpackbits(np.frombuffer(bytes.fromhex(shape), np.uint8))
    return flat.reshape(HEIGHT, WIDTH)


def _coarse(bits: Bits) -> NDArray[np.float32]:
    """An outline of a few hundred cells, of length one."""
    cells = bits.reshape(HEIGHT // COARSE, COARSE, WIDTH // COARSE, COARSE).mean(axis=(1, 3)).ravel()
    return np.asarray(cells / max(float(np.linalg.norm(cells)), 1e-6), np.float32)


def _candidates(coarse: NDArray[np.float32]) -> Iterator[tuple[int, int]]:
    """Pairs of outlines that are roughly one."""
    for start in range(0, len(coarse), BLOCK):
        alike = coarse[start : start + BLOCK] @ coarse[start:].T
        for one, two in np.argwhere(alike > NEAR):
            if one < two:
                yield start + int(one), start + int(two)


def _aligned(one: Bits, two: Bits) -> float:
    """The ink that two outlines share, of all their ink, where they lie best over each other."""
    return max(_shared(one, np.roll(two, shift, (0, 1))) for shift in product(SHIFTS, SHIFTS))


def _shared(a: Bits, b: Bits) -> float:
    return float((a & b).sum() / max(1, (a | b).sum()))
