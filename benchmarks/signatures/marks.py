"""Where the marks of a block come to lie: the signer's ink, the neighbour's, stamps, initials, dirt."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.random import Generator

from benchmarks.signatures import pen, press
from benchmarks.signatures.canvas import SCALE, Canvas
from benchmarks.signatures.pen import Mask
from benchmarks.signatures.printed import line
from pipeline.schema import Box

INKS = ((28, 45, 150), (20, 30, 110), (45, 80, 190), (25, 25, 30), (15, 15, 20), (70, 40, 120))
RARE = ((150, 30, 40), (30, 110, 60))
TYPED = ("ttd", "TTD.", "ttd", "Ditandatangani secara elektronik", "Tanda Tangan", "cap/ttd")
GHOSTS = ("SALINAN", "DRAFT", "ARSIP", "CONTOH")

Write = Callable[[Generator, int, int, float], Mask]  # width, height and pen in pixels


@dataclass(frozen=True, slots=True)
class Hand:
    """How ink looks: a way to sign, to initial and to stamp, and the fonts of print and of stamps."""

    signature: Write
    initials: Write
    stamp: Callable[[Generator, float], Mask]
    fonts: tuple[tuple[str, ...], ...]


def colour(rng: Generator) -> tuple[int, ...]:
    """The colour of a pen."""
    return tuple(int(v) for v in rng.choice(RARE if rng.random() < 0.05 else INKS))


def _ink(rng: Generator, write: Write, width: float, height: float) -> Mask:
    thick = rng.uniform(0.7, 2.1) * SCALE
    return write(rng, max(12, round(width * SCALE)), max(10, round(height * SCALE)), thick)


def _size(rng: Generator, canvas: Canvas, *, cell: bool) -> tuple[float, float]:
    slot = canvas.slot
    width = rng.uniform(0.28, 0.8) * min(slot.width, 190)
    width = max(width, 22 if cell else 34)
    height = min(rng.uniform(0.4, 1.25) * slot.height, 80, 1.3 * width)
    return width, max(height, 13 if cell else 16, 0.18 * width)


def sign(
    rng: Generator, canvas: Canvas, hand: Hand, *, faint: bool, cell: bool, over: Box | None = None
) -> None:
    """The signer's own ink: around the middle of the slot, often over the name or the role.

    `over`: a duty stamp, from which it runs out to the right.
    """
    slot, (width, height) = canvas.slot, _size(rng, canvas, cell=cell)
    x = slot.middle + float(np.clip(rng.normal(0, 0.13), -0.3, 0.3)) * slot.width
    y = slot.centre + float(np.clip(rng.normal(0.04, 0.14), -0.35, 0.4)) * slot.height
    if over is not None:
        x, y = over.x1 + rng.uniform(-0.1, 0.35) * width, over.centre + rng.normal(0, 0.12) * slot.height
    strength = rng.uniform(0.22, 0.5) if faint else rng.uniform(0.62, 1.0)
    canvas.sign(_ink(rng, hand.signature, width, height), x, y, colour(rng), strength)


def next_to(rng: Generator, canvas: Canvas, hand: Hand, *, cell: bool) -> None:
    """Somebody else's ink that runs into the slot by a little."""
    slot, (width, height) = canvas.slot, _size(rng, canvas, cell=cell)
    into = rng.uniform(-0.05, 0.3)
    if cell and rng.random() < 0.7:
        side = rng.choice([-1, 1])
        x = slot.middle + rng.normal(0, 0.15) * slot.width
        y = slot.centre + side * (slot.height / 2 + height * (0.5 - into))
    else:
        into = min(into, 0.2 * slot.width / width)
        x = slot.middle + rng.choice([-1, 1]) * (slot.width / 2 + width * (0.5 - into))
        y = slot.centre + rng.normal(0, 0.15) * slot.height
    canvas.put(_ink(rng, hand.signature, width, height), x, y, colour(rng), rng.uniform(0.5, 1.0))


def stamp(rng: Generator, canvas: Canvas, hand: Hand) -> None:
    """An office stamp over the slot, more to the left; words in it may be read as print."""
    slot, mask = canvas.slot, hand.stamp(rng, SCALE)
    x = slot.middle + rng.normal(-0.2, 0.25) * slot.width
    y = slot.centre + rng.normal(0, 0.25) * slot.height
    x, y = float(np.clip(x, slot.x0 - 10, slot.x1 + 10)), float(np.clip(y, slot.top - 5, slot.bottom + 5))
    name = str(rng.choice(list(press.COLOURS), p=[0.27, 0.36, 0.1, 0.12, 0.03, 0.12]))
    canvas.press(mask, x, y, press.COLOURS[name], rng.uniform(0.35, 1.0))
    if rng.random() < 0.4:
        canvas.words.append(_inner(mask, x, y))


def _inner(mask: Mask, x: float, y: float) -> Box:
    """Where the words in the middle of a stamp stand."""
    wide, tall = 0.2 * mask.shape[1] / SCALE, 0.07 * mask.shape[0] / SCALE
    return Box(x - wide, y - tall, x + wide, y + tall)


def initial(rng: Generator, canvas: Canvas, hand: Hand, *, cell: bool) -> None:
    """One to three parafs at an edge of the slot or beside it."""
    slot = canvas.slot
    side, height = rng.choice([-1, 1]), rng.uniform(-0.5, 0.5)
    x = slot.middle + side * (slot.width / 2 + rng.uniform(-14, 14))
    y = slot.centre + height * (slot.height - 10)
    tint = colour(rng)
    for _ in range(int(rng.choice([1, 1, 2, 3]))):
        size = rng.uniform(8, 13 if cell else 18)
        mask = hand.initials(
            rng,
            round(size * SCALE),
            round(size * rng.uniform(0.6, 1.1) * SCALE),
            rng.uniform(0.6, 1.3) * SCALE,
        )
        canvas.put(mask, x, y, tint, rng.uniform(0.5, 1.0))
        x += (size + rng.uniform(1, 5)) * -side


def meterai(rng: Generator, canvas: Canvas, how: str, font: str) -> None:
    """A duty stamp glued to the left of the name, or the printed frame where one should be."""
    slot = canvas.slot
    x, y = slot.middle - rng.uniform(0.0, 0.35) * slot.width, slot.centre + rng.normal(0, 0.1) * slot.height
    if how == "glued":
        mask, paint = press.meterai(rng, SCALE)
        left, top = round(x * SCALE - mask.shape[1] / 2), max(0, round(y * SCALE - mask.shape[0] / 2))
        left = max(0, left)
        part = canvas.paint[top : top + mask.shape[0], left : left + mask.shape[1]]
        part[:] = paint[: part.shape[0], : part.shape[1]]
        x0, y0 = left / SCALE, top / SCALE
        canvas.glued = Box(x0, y0, x0 + mask.shape[1] / SCALE, y0 + mask.shape[0] / SCALE)
        return
    width, height = rng.uniform(40, 66) * SCALE, rng.uniform(24, 44) * SCALE
    canvas.print(_dashed(round(width), round(height), dashed=bool(rng.random() < 0.6)), x, y, 90)
    for place, text in enumerate((str(rng.choice(["METERAI", "e-Meterai", "Materai"])), "10.000")):
        line(rng, canvas, text, (font, 7.5), x, y - 5 + 9 * place)


def _dashed(width: int, height: int, *, dashed: bool) -> Mask:
    mask = np.zeros((height, width), np.float32)
    cv2.rectangle(mask, (1, 1), (width - 2, height - 2), 1.0, 1)
    if dashed:
        mask[1::-1, (np.arange(width) % 9) < 4] = mask[-2:, (np.arange(width) % 9) < 4] = 0.0
        mask[(np.arange(height) % 9) < 4] = 0.0
    return mask


def code(rng: Generator, canvas: Canvas, font: str) -> None:
    """The badge of an electronic signature, with or without words beside it."""
    slot, mask = canvas.slot, press.code(rng, SCALE)
    side = rng.choice([0.0, -0.25])
    canvas.put(mask, slot.middle + side * slot.width, slot.centre, (10, 10, 10), 1.0)
    if side:
        for place in range(3):
            text = str(rng.choice(press.OFFICES))
            line(rng, canvas, text, (font, 7), slot.middle + 0.15 * slot.width, slot.centre - 10 + 10 * place)


def dirt(rng: Generator, canvas: Canvas, font: str) -> None:
    """What is no signature: dots to sign on, typed words, a written date, ghosts of other pages."""
    DIRT[int(rng.integers(len(DIRT)))](rng, canvas, font)


def _dots(rng: Generator, canvas: Canvas, font: str) -> None:
    """A dotted line to sign on, as text."""
    slot, text = canvas.slot, str(rng.choice(["." * 30, "_" * 20, "(" + "." * 26 + ")", "-" * 24]))
    line(rng, canvas, text, (font, 11), slot.middle, slot.centre + rng.uniform(-0.1, 0.3) * slot.height)
    _unread(rng, canvas)


def _instead(rng: Generator, canvas: Canvas, font: str) -> None:
    """What is typed where a copy has no signature."""
    slot = canvas.slot
    line(rng, canvas, str(rng.choice(TYPED)), (font, rng.uniform(8, 12)), slot.middle, slot.centre)
    _unread(rng, canvas)


def _specks(rng: Generator, canvas: Canvas, font: str) -> None:
    del font
    slot = canvas.slot
    for _ in range(int(rng.integers(2, 40))):
        size, tone = int(rng.integers(1, 5)), (60, 60, 60)
        x, y = rng.uniform(slot.x0, slot.x1), rng.uniform(slot.top, slot.bottom)
        canvas.put(np.ones((size, size), np.float32), x, y, tone, rng.uniform(0.3, 1.0))


def _dated(rng: Generator, canvas: Canvas, font: str) -> None:
    """A date by hand, over the room to sign."""
    del font
    slot, day = canvas.slot, pen.dated(rng, round(rng.uniform(9, 15) * SCALE), rng.uniform(0.7, 1.4) * SCALE)
    x = slot.middle + rng.normal(0.1, 0.2) * slot.width
    canvas.put(day, x, slot.top - rng.uniform(3, 18), colour(rng), rng.uniform(0.5, 1.0))


def _through(rng: Generator, canvas: Canvas, font: str) -> None:
    """The other side of the paper, which shines through."""
    slot, text = canvas.slot, "yang selanjutnya disebut pihak pertama"
    mask = cv2.flip(press.written(text, font, round(11 * SCALE)), 1)
    for place in range(4):
        canvas.print(0.15 * mask, slot.middle, slot.top + 14 * place, 60)


def _typed(rng: Generator, canvas: Canvas, font: str) -> None:
    """A line or two of print in the room to sign."""
    slot, size = canvas.slot, rng.uniform(6, 13)
    x, y = slot.middle + rng.normal(0, 0.15) * slot.width, slot.centre + rng.normal(0, 0.2) * slot.height
    for place in range(int(rng.choice([1, 1, 2]))):
        line(rng, canvas, str(rng.choice(press.OFFICES + TYPED)), (font, size), x, y + 1.3 * size * place)
        _unread(rng, canvas)


def _under(rng: Generator, canvas: Canvas, font: str) -> None:
    """A line to sign on that was not found as one: drawn through, dashed or dotted."""
    del font
    slot, step = canvas.slot, int(rng.integers(3, 12))
    mask = np.ones((int(rng.integers(1, 4)), round(rng.uniform(0.4, 0.95) * slot.width * SCALE)), np.float32)
    if rng.random() < 0.6:
        mask[:, np.arange(mask.shape[1]) % step > step * rng.uniform(0.2, 0.7)] = 0.0
    y = slot.centre + rng.uniform(-0.2, 0.45) * slot.height
    canvas.print(mask, slot.middle + rng.normal(0, 4), y, int(rng.integers(0, 90)))


def _unread(rng: Generator, canvas: Canvas) -> None:
    """Forget the words of the last line, half of the time."""
    if rng.random() < 0.5:
        canvas.words.pop()


def _ghost(rng: Generator, canvas: Canvas, font: str) -> None:
    """A pale large word across the page."""
    mask = press.written(str(rng.choice(GHOSTS)), font, round(rng.uniform(40, 80) * SCALE))
    turned = press.turned(mask, rng.uniform(-50, 50))
    slot = canvas.slot
    x, y = slot.middle + rng.normal(0, 0.4) * slot.width, slot.centre + rng.normal(0, 0.6) * slot.height
    canvas.print(turned * rng.uniform(0.1, 0.3), x, y, 60)


DIRT = (_dots, _instead, _ghost, _specks, _typed, _under, _dated, _through)
