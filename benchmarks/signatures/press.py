"""Marks that are pressed or printed: office stamps of every shape, duty stamps, codes, dirt."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import cv2
import numpy as np
import reportlab
from numpy.random import Generator
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from benchmarks.signatures.pen import Mask

FONTS = Path(reportlab.__file__).parent / "fonts"
SERIF = ("_er_____.pfb", "_eb_____.pfb")
PLAIN = ("_a______.pfb", "_ab_____.pfb")
LEANING = ("_ei_____.pfb", "_ebi____.pfb"), ("_ai_____.pfb", "_abi____.pfb")
BOOK = (SERIF, PLAIN, *LEANING)
OFFICES = (
    "PEMERINTAH KOTA",
    "DINAS KESEHATAN",
    "KECAMATAN",
    "BADAN DAERAH",
    "SEKRETARIAT",
    "KELURAHAN",
    "RSUD",
    "INSPEKTORAT",
    "DINAS PENDIDIKAN",
    "PEMERINTAH KABUPATEN",
    "UPTD PUSKESMAS",
    "BAGIAN UMUM",
    "PERUMDA",
    "DISHUB",
    "KANTOR CAMAT",
)
COLOURS = {
    "blue": (40, 60, 170),
    "purple": (100, 60, 160),
    "red": (185, 40, 50),
    "grey": (110, 110, 115),
    "green": (40, 120, 80),
    "black": (35, 35, 40),
}


@cache
def font(name: str, size: int) -> ImageFont.FreeTypeFont:
    """A font that comes with reportlab."""
    return ImageFont.truetype(str(FONTS / name), size)


def written(text: str, name: str, size: int) -> Mask:
    """A line of print, cut close."""
    letters = font(name, size)
    x0, top, x1, bottom = letters.getbbox(text)
    image = Image.new("L", (max(1, int(x1 - x0) + 2), max(1, int(bottom - top) + 2)))
    ImageDraw.Draw(image).text((1 - x0, 1 - top), text, 255, letters)
    return np.asarray(image, np.float32) / 255


def stamp(rng: Generator, scale: float, fonts: tuple[str, ...] = PLAIN) -> Mask:
    """An office stamp, `scale` pixels to the point: round, oval or a box; worn, turned a little."""
    shape = rng.choice(["round", "round", "round", "oval", "box"])
    size = rng.uniform(55, 115) * scale
    made = _box(rng, size, fonts) if shape == "box" else _round(rng, size, fonts)
    if shape == "oval":
        made = cv2.resize(made, (made.shape[1], max(8, round(made.shape[0] * rng.uniform(0.55, 0.75)))))
    aslant = turned(made, rng.normal(0, 9))
    return np.asarray(aslant * _wear(rng, aslant.shape), np.float32)


def _round(rng: Generator, size: float, fonts: tuple[str, ...]) -> Mask:
    side = round(size)
    radius, mask = side / 2 - 2, np.zeros((side, side), np.uint8)
    middle, thin = (side // 2, side // 2), max(1, round(side / 90))
    for share in [1.0, 0.94][: int(rng.integers(1, 3))]:
        cv2.circle(mask, middle, round(radius * share), 255, thin * int(rng.integers(1, 3)), cv2.LINE_AA)
    inner = rng.uniform(0.58, 0.72)
    if rng.random() < 0.8:
        cv2.circle(mask, middle, round(radius * inner), 255, thin, cv2.LINE_AA)
    ringed = np.maximum(mask.astype(np.float32) / 255, _ring(rng, side, radius, inner, fonts))
    return _centred(rng, ringed, radius * inner * 1.5, fonts)


def _ring(rng: Generator, side: int, radius: float, inner: float, fonts: tuple[str, ...]) -> Mask:
    """Words around the rim: a strip of print rolled into a ring."""
    text = " \u2022 ".join(rng.choice(OFFICES, int(rng.integers(2, 4)))) + " \u2022 "
    tall = max(6, int(radius * (0.92 - inner) * 0.75))
    strip = written(text, str(rng.choice(fonts)), tall)
    around = max(16, round(2 * np.pi * radius * 0.8))
    strip = cv2.resize(strip, (around, max(4, round(radius * (0.86 - inner)))), interpolation=cv2.INTER_AREA)
    polar = np.zeros((around, round(radius) + 1), np.float32)
    start = min(round(radius * (inner + 0.06)), polar.shape[1] - strip.shape[0] - 1)
    polar[:, start : start + strip.shape[0]] = strip[::-1].T
    flags = cv2.WARP_POLAR_LINEAR | cv2.WARP_INVERSE_MAP | cv2.WARP_FILL_OUTLIERS
    return np.asarray(cv2.warpPolar(polar, (side, side), (side / 2, side / 2), radius, flags), np.float32)


def _centred(rng: Generator, mask: Mask, width: float, fonts: tuple[str, ...]) -> Mask:
    """A word or two, or a star, in the middle."""
    side = mask.shape[0]
    if rng.random() < 0.2:
        points = [
            (side / 2 + side * r * np.sin(a), side / 2 - side * r * np.cos(a))
            for a, r in zip(np.arange(10) * np.pi / 5, [0.17, 0.07] * 5, strict=True)
        ]
        filled = np.zeros(mask.shape, np.uint8)
        cv2.fillPoly(filled, [np.round(points).astype(np.int32)], 255, cv2.LINE_AA)
        return np.maximum(mask, filled.astype(np.float32) / 255)
    lines = [str(word) for word in rng.choice(OFFICES, int(rng.integers(1, 4)))]
    tall = max(5, int(side * rng.uniform(0.06, 0.09)))
    for place, line in enumerate(lines):
        text = written(line, str(rng.choice(fonts)), tall)
        if text.shape[1] > width:
            text = cv2.resize(text, (max(1, round(width)), text.shape[0]), interpolation=cv2.INTER_AREA)
        top = round(side / 2 + (place - (len(lines) - 1) / 2) * tall * 1.4 - text.shape[0] / 2)
        left = round(side / 2 - text.shape[1] / 2)
        mask[top : top + text.shape[0], left : left + text.shape[1]] = text
    return mask


def _box(rng: Generator, size: float, fonts: tuple[str, ...]) -> Mask:
    """A stamp in a frame: two or three lines of words."""
    count = int(rng.integers(2, 4))
    height = max(12, round(size * 0.16 * count + size * 0.1))
    mask = np.zeros((height, round(size)), np.float32)
    line = max(1, round(size / 90))
    framed = mask.copy()
    cv2.rectangle(framed, (line, line), (mask.shape[1] - line - 1, height - line - 1), 1.0, line)
    for place in range(count):
        text = written(str(rng.choice(OFFICES)), str(rng.choice(fonts)), max(5, round(size * 0.11)))
        wide = min(text.shape[1], mask.shape[1] - 4 * line - 4)
        text = cv2.resize(text, (max(1, wide), text.shape[0]), interpolation=cv2.INTER_AREA)
        top = round(size * 0.07 + place * size * 0.155)
        left = (mask.shape[1] - wide) // 2
        part = framed[top : top + text.shape[0], left : left + wide]
        part[:] = np.maximum(part, text[: part.shape[0]])
    return framed


def bare(rng: Generator, scale: float) -> Mask:
    """A stamp with hardly a word in it: rims, an emblem, a number; solid or worn."""
    side = round(rng.uniform(50, 110) * scale)
    height = round(side * float(rng.choice([1.0, 1.0, 0.6, 0.45])))
    mask = np.zeros((height, side), np.uint8)
    middle, thick = (side // 2, height // 2), max(1, round(scale * rng.uniform(0.7, 2.6)))
    corners = int(rng.choice([3, 4, 4, 6, 8])) if rng.random() < 0.35 else 60
    start = rng.uniform(0, np.pi) if corners != 60 else 0.0
    angles = start + np.arange(corners) * 2 * np.pi / corners
    for share in rng.choice([1.0, 0.9, 0.75, 0.6], int(rng.integers(1, 4)), replace=False):
        half = ((side / 2 - 3) * share, (height / 2 - 3) * share)
        points = np.stack(
            [middle[0] + half[0] * np.cos(angles), middle[1] + half[1] * np.sin(angles)], axis=1
        )
        cv2.polylines(mask, [points.astype(np.int32)], True, 255, thick, cv2.LINE_AA)
    inked = np.maximum(mask.astype(np.float32) / 255, _emblem(rng, height, side))
    aslant = turned(inked, rng.normal(0, 12))
    return np.asarray(aslant * _wear(rng, aslant.shape) if rng.random() < 0.6 else aslant, np.float32)


def _emblem(rng: Generator, height: int, side: int) -> Mask:
    """A star, a shield or a few signs in the middle, filled or drawn; or nothing."""
    mask = np.zeros((height, side), np.uint8)
    kind, reach = rng.integers(4), min(height, side) * rng.uniform(0.1, 0.25)
    if kind < 2:
        spikes = int(rng.integers(4, 9)) if kind == 0 else 5
        radii = np.array([reach, reach * rng.uniform(0.35, 0.8)] * spikes)
        angles = np.arange(2 * spikes) * np.pi / spikes
        points = np.stack(
            [side / 2 + radii * np.sin(angles), height / 2 - radii * np.cos(angles)], axis=1
        ).astype(np.int32)
        if rng.random() < 0.6:
            cv2.fillPoly(mask, [points], 255, cv2.LINE_AA)
        else:
            cv2.polylines(mask, [points], True, 255, 2, cv2.LINE_AA)
    elif kind == 2:
        text = str(rng.choice(["19", "2026", "OK", "KPU", "DITERIMA", "A.1", "ARSIP", "TGL 4 FEB 2025"]))
        made = written(text, PLAIN[1], max(8, round(reach * 1.3)))
        top, left = max(0, (height - made.shape[0]) // 2), max(0, (side - made.shape[1]) // 2)
        part = mask[top : top + made.shape[0], left : left + made.shape[1]]
        part[:] = (255 * made[: part.shape[0], : part.shape[1]]).astype(np.uint8)
    return mask.astype(np.float32) / 255


def worded(rng: Generator, scale: float) -> Mask:
    """A stamp of one or two large words: a frame of any form around it, or none."""
    side = round(rng.uniform(45, 110) * scale)
    height = round(side * rng.uniform(0.25, 0.7))
    mask = np.zeros((height, side), np.float32)
    for inset in range(int(rng.integers(0, 3))):
        _frame(rng, mask, 1 + inset * round(rng.uniform(2, 4) * scale))
    count = int(rng.choice([1, 1, 2]))
    for place in range(count):
        line = written(_word(rng), str(rng.choice(PLAIN + SERIF)), max(7, round(height * 0.5 / count)))
        wide = max(1, min(line.shape[1], round(side * rng.uniform(0.55, 0.85))))
        line = cv2.resize(line, (wide, line.shape[0]), interpolation=cv2.INTER_AREA)
        top = max(0, round(height * (place + 1) / (count + 1) - line.shape[0] / 2))
        left = (side - wide) // 2
        part = mask[top : top + line.shape[0], left : left + wide]
        part[:] = np.maximum(part, line[: part.shape[0]])
    aslant = turned(mask, rng.normal(0, 14))
    return np.asarray(aslant * _wear(rng, aslant.shape) if rng.random() < 0.7 else aslant, np.float32)


def _frame(rng: Generator, mask: Mask, inset: int) -> None:
    """A rectangle, an oval or a shape with few corners, drawn into the mask."""
    height, side = mask.shape
    thick, middle = int(rng.integers(1, 5)), (side // 2, height // 2)
    half = (max(2, side // 2 - inset), max(2, height // 2 - inset))
    kind = rng.random()
    if kind < 0.4:
        cv2.rectangle(mask, (inset, inset), (side - inset - 1, height - inset - 1), 1.0, thick)
    elif kind < 0.65:
        cv2.ellipse(mask, middle, half, 0, 0, 360, 1.0, thick, cv2.LINE_AA)
    else:
        corners, start = int(rng.choice([3, 4, 5, 6, 8])), rng.choice([0, np.pi / 4, np.pi / 2])
        angles = start + np.arange(corners) * 2 * np.pi / corners
        points = np.stack([middle[0] + half[0] * np.cos(angles), middle[1] + half[1] * np.sin(angles)], 1)
        cv2.polylines(mask, [points.astype(np.int32)], True, 1.0, thick, cv2.LINE_AA)


def _word(rng: Generator) -> str:
    """A word that stamps bear, a date, a number, or any capitals: print is known by its form."""
    kind = rng.random()
    if kind < 0.3:
        return str(rng.choice(OFFICES))
    if kind < 0.5:
        return str(rng.choice(["ASLI", "TEMBUSAN", "LUNAS", "SALINAN", "AGENDA NO.", "TERIMA", "COPY"]))
    if kind < 0.65:
        return f"{rng.integers(1, 31)} {rng.choice(['JAN', 'MAR', 'AGU', 'DES'])} 20{rng.integers(15, 28)}"
    letters = "".join(rng.choice(list("ABDEFGHIJKLMNOPRSTUWY0123456789"), int(rng.integers(3, 10))))
    return letters if rng.random() < 0.8 else letters.title()


def any_stamp(rng: Generator, scale: float) -> Mask:
    """A stamp of an office, of large words, or with hardly a word."""
    return (stamp, worded, bare)[int(rng.choice(3, p=[0.4, 0.35, 0.25]))](rng, scale)


def mostly_worded(rng: Generator, scale: float) -> Mask:
    """The same kinds, those of large words most often."""
    return (stamp, worded, bare)[int(rng.choice(3, p=[0.3, 0.5, 0.2]))](rng, scale)


def turned(mask: Mask, degrees: float) -> Mask:
    """The mask turned, with room around it."""
    height, width = mask.shape
    more = round(0.08 * max(height, width)) + 2
    padded = np.pad(mask, more)
    turn = cv2.getRotationMatrix2D((padded.shape[1] / 2, padded.shape[0] / 2), degrees, 1.0)
    return np.asarray(cv2.warpAffine(padded, turn, padded.shape[::-1]), np.float32)


def _wear(rng: Generator, shape: tuple[int, ...]) -> Mask:
    """Where the rubber carried less ink."""
    coarse = rng.uniform(0, 1, (7, 7)).astype(np.float32)
    patches = cv2.resize(coarse, (shape[1], shape[0]), interpolation=cv2.INTER_CUBIC)
    fine = 0.5 + 0.5 * rng.random(shape, np.float32)
    return np.asarray(np.clip(rng.uniform(0.2, 0.9) + patches, 0, 1) * fine, np.float32)


def meterai(rng: Generator, scale: float) -> tuple[Mask, NDArray[np.float32]]:
    """A duty stamp: a coloured piece of paper with a number on it, its cover and its colours."""
    width, height = round(rng.uniform(44, 72) * scale), round(rng.uniform(34, 66) * scale)
    tint = np.array(rng.choice([[215, 150, 165], [225, 170, 150], [190, 160, 205], [180, 200, 170]]), float)
    colour = np.tile(tint, (height, width, 1)) + rng.normal(0, 12, (height, width, 1))
    ink = np.zeros((height, width), np.float32)
    cv2.rectangle(ink, (2, 2), (width - 3, height - 3), 0.8, max(1, round(scale * 0.7)))
    for place, text in enumerate(("METERAI TEMPEL", "10000", "SEPULUH RIBU")):
        line = written(text, PLAIN[1], max(5, round(height * (0.22 if place == 1 else 0.11))))
        line = line[:, : max(1, width - 8)]
        top, left = round(height * (0.1 + 0.28 * place)), (width - line.shape[1]) // 2
        part = ink[top : top + line.shape[0], left : left + line.shape[1]]
        part[:] = np.maximum(part, line[: part.shape[0]])
    cv2.circle(ink, (width // 5, height // 2), max(2, height // 7), 0.6, -1)
    ink = np.maximum(ink, _waves(rng, ink.shape))
    colour *= 1 - 0.75 * ink[..., None]
    return np.ones((height, width), np.float32), np.clip(colour, 0, 255).astype(np.float32)


def _waves(rng: Generator, shape: tuple[int, ...]) -> Mask:
    """The fine curves on paper of value."""
    ys, xs = np.mgrid[0 : shape[0], 0 : shape[1]].astype(np.float32)
    bent = ys + rng.uniform(0, 6) * np.sin(xs / rng.uniform(4, 12) + rng.uniform(0, 6))
    lines = np.sin(bent * rng.uniform(0.6, 1.6)) > rng.uniform(0.2, 0.8)
    return np.asarray(lines * np.float32(rng.uniform(0, 0.4)), np.float32)


def code(rng: Generator, scale: float) -> Mask:
    """Something like a QR code: squares in three corners, cells at random."""
    cells = int(rng.integers(21, 34))
    grid = (rng.random((cells, cells)) < 0.5).astype(np.float32)
    for x, y in ((0, 0), (0, cells - 7), (cells - 7, 0)):
        grid[x : x + 7, y : y + 7] = 1
        grid[x + 1 : x + 6, y + 1 : y + 6] = 0
        grid[x + 2 : x + 5, y + 2 : y + 5] = 1
    side = max(cells, round(rng.uniform(34, 70) * scale))
    return np.asarray(cv2.resize(grid, (side, side), interpolation=cv2.INTER_NEAREST), np.float32)
