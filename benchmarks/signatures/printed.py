"""What is printed around a place to sign, and which of it an OCR engine would have read."""

from __future__ import annotations

from collections.abc import Iterator

import cv2
import numpy as np
from numpy.random import Generator

from benchmarks.signatures.canvas import SCALE, Canvas
from benchmarks.signatures.pen import Mask
from benchmarks.signatures.press import written
from pipeline.schema import Box, Ruling

ROLES = (
    "PIHAK PERTAMA",
    "Pihak Kedua,",
    "PIHAK KESATU,",
    "Yang Menyatakan,",
    "Mengetahui,",
    "Pembuat Pernyataan",
    "Atasan Langsung",
    "KEPALA DINAS",
    "Kepala Bidang Tata Usaha",
    "CAMAT ILIR",
    "Direktur Perumda",
    "LURAH SUKAMAJU",
    "Sekretaris,",
)
FIRST = (
    "Budi",
    "Siti",
    "Agus",
    "Dewi",
    "Rina",
    "Hendra",
    "Yusuf",
    "Lestari",
    "Bambang",
    "Wahyu",
    "Nurul",
    "Fitri",
    "Joko",
    "Maya",
)
LAST = (
    "Santoso",
    "Wibowo",
    "Lestari",
    "Hasan",
    "Pratama",
    "Hidayat",
    "Saputra",
    "Rahman",
    "Kusuma",
    "Putri",
    "Halim",
)
TITLES = ("", "", ", S.E.", ", S.Sos., M.Si.", ", S.T., M.M.", ", S.Pd", ", SH.MH")
RANKS = ("Pembina Tk. I (IV/b)", "Penata Muda", "Pembina Utama Muda", "Penata / III.c")
READ = (0.995, 0.97, 0.88, 0.4)  # shares of words that OCR reads surely where nothing covers them
OFTEN = (0.45, 0.4, 0.13, 0.02)  # good pages, and poor ones
SPOILT = 0.6  # and where ink runs over them
COVERED = 0.03  # share of a word's box that ink must cover to disturb the reading
HIDDEN = 0.4  # and to make an end of it


def print_around(rng: Generator, canvas: Canvas, fonts: tuple[str, ...], *, cell: bool) -> None:
    """Role over the gap, name and number under it; in a row of a table a number and dots."""
    size = rng.uniform(8.5, 13)
    name = str(rng.choice(fonts))
    if cell:
        _cell(rng, canvas, name, min(size, 11))
        return
    slot, middle = canvas.slot, canvas.slot.middle + rng.normal(0, 6)
    y = slot.top + rng.uniform(-0.7, 0.25) * size
    for text in _over(rng):
        line(rng, canvas, text, (name, size), middle, y - size / 2)
        y -= 1.25 * size
    y = slot.bottom - size * rng.uniform(0.4, 1.2)
    for text in _under(rng):
        underlined = text[0].isalpha() and rng.random() < 0.4
        line(rng, canvas, text, (name, size), middle, y, underlined=underlined)
        y += size * rng.uniform(1.1, 1.35)
    if rng.random() < 0.5:
        side = rng.choice([-1, 1]) * (slot.width + rng.uniform(-10, 60))
        line(rng, canvas, _name(rng), (name, size), middle + side, slot.bottom - size / 2)


def _over(rng: Generator) -> Iterator[str]:
    lines = [str(t) for t in rng.choice(ROLES, int(rng.integers(1, 4)))]
    yield from (t.upper() if rng.random() < 0.3 else t for t in lines)
    if rng.random() < 0.4:
        yield f"Sukamaju, {rng.integers(1, 31)} Januari 20{rng.integers(18, 28)}"


def _name(rng: Generator) -> str:
    name = f"{rng.choice(FIRST)} {rng.choice(LAST)}{rng.choice(TITLES)}"
    return name.upper() if rng.random() < 0.45 else name


def _under(rng: Generator) -> Iterator[str]:
    yield _name(rng)
    if rng.random() < 0.5:
        yield str(rng.choice(RANKS))
    if rng.random() < 0.7:
        yield f"NIP. {rng.integers(1960, 1999)}0101 {rng.integers(1985, 2024)}03 1 00{rng.integers(1, 9)}"


def _cell(rng: Generator, canvas: Canvas, name: str, size: float) -> None:
    slot = canvas.slot
    if rng.random() < 0.7:
        dots = "." * int(rng.choice([0, 6, 10, 14, 20]))
        text = f"{rng.integers(1, 40)}.{dots}"
        x = slot.x0 + (rng.uniform(0.06, 0.2) if rng.random() < 0.6 else rng.uniform(0.4, 0.6)) * slot.width
        line(rng, canvas, text, (name, size), x + len(dots) * size * 0.13, slot.centre + rng.normal(0, 2))
    line(rng, canvas, _name(rng), (name, size), slot.x0 - rng.uniform(40, 70), slot.centre)


def line(
    rng: Generator,
    canvas: Canvas,
    text: str,
    face: tuple[str, float],
    x: float,
    y: float,
    *,
    underlined: bool = False,
) -> None:
    """Print a line around a point, points, and note its words."""
    font, size = face
    mask = written(text, font, max(6, round(size * SCALE)))
    ink = int(rng.integers(5, 70))
    canvas.print(mask, x, y, ink)
    left, top = x - mask.shape[1] / SCALE / 2, y - mask.shape[0] / SCALE / 2
    for a, b in _words(mask):
        canvas.words.append(Box(left + a, top, left + b, top + mask.shape[0] / SCALE))
    if underlined:
        under = np.ones((int(rng.integers(2, 4)), mask.shape[1]), np.float32)
        canvas.print(under, x, y + mask.shape[0] / SCALE / 2 + 1.2, ink)


def _words(mask: Mask) -> Iterator[tuple[float, float]]:
    """Where words begin and end in a line, points."""
    inked = mask.max(axis=0) > 0.2
    wide = max(3, round(mask.shape[0] * 0.28))
    joined = cv2.morphologyEx(inked.astype(np.uint8)[None], cv2.MORPH_CLOSE, np.ones((1, wide)))[0]
    edges = np.flatnonzero(np.diff(np.concatenate([[0], joined, [0]])))
    for a, b in edges.reshape(-1, 2):
        yield float(a / SCALE), float(b / SCALE)


def rule(rng: Generator, canvas: Canvas) -> None:
    """The borders of a row of a table; most of them are known as lines."""
    slot, height, width = canvas.slot, canvas.ink.shape[0] / SCALE, canvas.ink.shape[1] / SCALE
    inset, thick, known = rng.uniform(0, 2.5), int(rng.integers(1, 4)), rng.random() < 0.85
    for line_ in (
        *(Ruling(0, y, width, y) for y in (slot.top - inset, slot.bottom + inset)),
        *(Ruling(x, 0, x, height) for x in (slot.x0 - inset, slot.x1 + inset)),
    ):
        start = round(line_.x0 * SCALE), round(line_.top * SCALE)
        cv2.line(
            canvas.paint,
            start,
            (round(line_.x1 * SCALE), round(line_.bottom * SCALE)),
            (40.0, 40.0, 40.0),
            thick,
        )
        if known:
            canvas.rulings.append(line_)


def read(rng: Generator, canvas: Canvas) -> Iterator[Box]:
    """The words that OCR reads surely and at normal height; ink over a word often spoils that."""
    usual = float(rng.choice(READ, p=OFTEN))
    for word in canvas.words:
        rows = slice(max(0, round(word.top * SCALE)), max(0, round(word.bottom * SCALE)))
        covered = canvas.ink[rows, max(0, round(word.x0 * SCALE)) : max(0, round(word.x1 * SCALE))]
        share = float((covered > 0.25).mean()) if covered.size else 0.0
        spoilt = min(usual, SPOILT * max(0.0, 1 - share / HIDDEN))
        if rng.random() < (spoilt if share > COVERED else usual):
            a, b, c, d = rng.normal(0, 0.7, 4)
            yield Box(word.x0 + a - 0.5, word.top + b - 0.5, word.x1 + c + 0.5, word.bottom + d + 0.5)
