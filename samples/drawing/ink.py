"""Handwriting and office stamps, drawn from seeds: no real signature or stamp was ever looked at."""

import math
from itertools import pairwise
from pathlib import Path
from random import Random

import numpy as np
import reportlab
from PIL import Image, ImageDraw, ImageFont

Point = tuple[float, float]

FINE = 3  # strokes are drawn this much larger, then scaled down, so that edges are smooth
BLUE, BLACK, PURPLE = (32, 48, 138), (28, 28, 34), (86, 62, 150)
FONT = str(Path(reportlab.__file__).parent / "fonts" / "VeraBd.ttf")


def hand(person: str, occasion: str) -> list[list[Point]]:
    """The strokes of one signing, in a unit box: the same person, never quite the same line."""
    shape, today = Random(f"hand {person}"), Random(f"{person} {occasion}")  # noqa: S311 - drawing
    capital, letters = shape.choice((_peak, _bowl, _spiral)), shape.choice((_waves, _loops, _spikes))
    strokes = [capital(shape) + letters(shape)]
    strokes += [
        flourish(shape) for flourish in shape.sample((_knot, _underline, _bar), shape.choice((1, 1, 2)))
    ]
    slant, tall = shape.uniform(-0.05, 0.3), shape.uniform(0.75, 1.1)
    return [[_shaken(point, today, slant, tall) for point in stroke] for stroke in strokes]


def _peak(rng: Random) -> list[Point]:
    loop, top = rng.choice([0.0, 0.10, 0.16]), rng.uniform(0.02, 0.14)
    first = [(0.06 + loop, 0.42), (0.16 + rng.uniform(-0.05, 0.08), top), (0.10, 0.86)]
    return [*first, (0.03, rng.uniform(0.55, 0.75)), (0.22, rng.uniform(0.28, 0.5)), (0.20, 0.70)]


def _bowl(rng: Random) -> list[Point]:
    low = rng.uniform(0.8, 0.95)
    return [(0.24, 0.22), (0.12, 0.10), (0.02, 0.45), (0.10, low), (0.26, 0.60), (0.15, 0.48), (0.24, 0.62)]


def _spiral(rng: Random) -> list[Point]:
    turns, start = rng.uniform(1.3, 2.1), rng.uniform(0, 6)
    angles = [start + turns * 2 * math.pi * i / 12 for i in range(13)]
    return [
        (0.14 + (0.14 - i / 130) * math.cos(a), 0.48 + (0.4 - i / 45) * math.sin(a))
        for i, a in enumerate(angles)
    ]


def _waves(rng: Random) -> list[Point]:
    count, fade, height = rng.randint(3, 6), rng.uniform(0.75, 0.95), rng.uniform(0.18, 0.34)
    points, width = [], 0.5 / count
    for i in range(count):
        left, tall = 0.27 + i * width, height * fade**i * rng.choice((1.9, 1, 1, 1))
        points += [(left, 0.66 - tall), (left + width * rng.uniform(0.2, 0.5), 0.62 + rng.uniform(0, 0.12))]
    return points


def _loops(rng: Random) -> list[Point]:
    turns, radius, fade = rng.randint(3, 5), rng.uniform(0.12, 0.24), rng.uniform(0.5, 0.9)
    return [
        (
            0.28 + 0.055 * i / 4 * (6 / turns) + 0.05 * math.cos(1.57 * i),
            0.58 + radius * fade ** (i / 4) * math.sin(1.57 * i),
        )
        for i in range(turns * 4)
    ]


def _spikes(rng: Random) -> list[Point]:
    points, x = [], 0.3
    for _ in range(rng.randint(2, 4)):
        points += [(x, rng.uniform(0.1, 0.4)), (x + 0.02, 0.72), (x + 0.05, rng.uniform(0.56, 0.68))]
        x += rng.uniform(0.09, 0.15)
    return [*points, (x + 0.12, 0.64), (x + 0.3, rng.uniform(0.5, 0.62))]


def _knot(rng: Random) -> list[Point]:
    dip = rng.uniform(0.66, 0.8)
    return [
        (0.70, 0.60),
        (0.92, 0.30),
        (0.97, 0.52),
        (0.80, dip),
        (0.62, 0.58),
        (1.0, rng.uniform(0.34, 0.5)),
    ]


def _underline(rng: Random) -> list[Point]:
    tail = rng.uniform(0.78, 0.95)
    return [
        (0.84, 0.60),
        (0.90, 0.66),
        (0.62, tail - 0.05),
        (0.16, tail),
        (0.40, tail + 0.04),
        (0.86, tail - 0.1),
    ]


def _bar(rng: Random) -> list[Point]:
    height, left = rng.uniform(0.2, 0.5), rng.uniform(0.0, 0.3)
    return [(left, height + 0.06), (left + 0.2, height), (left + 0.55, height - rng.uniform(0, 0.1))]


def _shaken(point: Point, rng: Random, slant: float, tall: float) -> Point:
    x, y = point[0] + rng.gauss(0, 0.01), (point[1] - 0.5) * tall + 0.5 + rng.gauss(0, 0.016)
    return (x * 0.88 + slant * (0.5 - y) * 0.5 + 0.06, y)


def _curve(points: list[Point], steps: int = 28) -> list[Point]:
    """A Catmull-Rom line through the points."""
    padded = [points[0], *points, points[-1]]
    pieces = zip(padded, padded[1:], padded[2:], padded[3:], strict=False)
    return [_between(piece, i / steps) for piece in pieces for i in range(steps)]


def _between(piece: tuple[Point, Point, Point, Point], t: float) -> Point:
    a, b, c, d = piece
    x, y = (
        0.5 * (2 * b[k] + (c[k] - a[k]) * t + (2 * a[k] - 5 * b[k] + 4 * c[k] - d[k]) * t**2
               + (3 * b[k] - a[k] - 3 * c[k] + d[k]) * t**3)
        for k in (0, 1)
    )  # fmt: skip
    return x, y


def signature(person: str, occasion: str, *, ink: tuple[int, int, int] = BLUE) -> Image.Image:
    """A signature with transparent paper, 330 x 150 pixels."""
    return _written(hand(person, occasion), (330, 150), ink, pen=2.2)


def initials(person: str, *, ink: tuple[int, int, int] = BLUE) -> Image.Image:
    """A paraf: the first stroke alone, small."""
    return _written([hand(person, "paraf")[0][:7]], (70, 60), ink, pen=1.6)


def _written(
    strokes: list[list[Point]], size: tuple[int, int], ink: tuple[int, int, int], pen: float
) -> Image.Image:
    mask = Image.new("L", (size[0] * FINE, size[1] * FINE))
    draw = ImageDraw.Draw(mask)
    for stroke in strokes:
        _dots(draw, _curve(stroke), mask.size, pen * FINE)
    return _inked(mask.resize(size, Image.Resampling.LANCZOS), ink)


def _dots(draw: ImageDraw.ImageDraw, line: list[Point], size: tuple[int, int], pen: float) -> None:
    """Dots so close that they make a line: thick where the hand is slow, thin where it is fast."""
    width, height = size[0] * 0.9, size[1] * 0.8
    placed = [(x * width + size[0] * 0.05, y * height + size[1] * 0.08) for x, y in line]
    for (x, y), (u, v) in pairwise(placed):
        speed = math.hypot(u - x, v - y)
        radius = pen * max(0.45, 1 - speed / (pen * 9)) / 1.6
        for i in range(int(speed) + 1):
            t = i / (int(speed) + 1)
            cx, cy = x + (u - x) * t, y + (v - y) * t
            draw.ellipse((cx - radius, cy - radius, cx + radius, cy + radius), fill=255)


def _inked(mask: Image.Image, ink: tuple[int, int, int]) -> Image.Image:
    picture = Image.new("RGBA", mask.size, (*ink, 0))
    picture.putalpha(mask)
    return picture


def stamp(ring: str, middle: str, seed: str) -> Image.Image:
    """A round office stamp, 280 pixels wide, worn and turned a little."""
    size, rng = 280, Random(f"stamp {seed}")  # noqa: S311 - drawing
    mask = Image.new("L", (size * 2, size * 2))
    _rings(ImageDraw.Draw(mask), size)
    _around(mask, f"{ring} \u2022 ", size, radius=0.80 * size)
    _centre(ImageDraw.Draw(mask), middle, size)
    turned = mask.rotate(rng.uniform(-14, 14), Image.Resampling.BICUBIC).resize(
        (size, size), Image.Resampling.LANCZOS
    )
    return _inked(_worn(turned, rng.randrange(2**31)), PURPLE)


def _rings(draw: ImageDraw.ImageDraw, size: int) -> None:
    for radius, width in ((0.98, 9), (0.92, 3), (0.64, 4)):
        edge = size * (1 - radius)
        draw.ellipse((edge, edge, 2 * size - edge, 2 * size - edge), outline=210, width=width)


def _around(mask: Image.Image, text: str, size: int, radius: float) -> None:
    font = ImageFont.truetype(FONT, int(min(46, 5.6 * radius / len(text) * 1.25)))
    for i, letter in enumerate(text):
        angle = 2 * math.pi * i / len(text) - math.pi * 0.75
        tile = Image.new("L", (90, 90))
        ImageDraw.Draw(tile).text((45, 45), letter, 220, font, anchor="mm")
        tile = tile.rotate(-math.degrees(angle) - 90, Image.Resampling.BICUBIC)
        x, y = size + radius * math.cos(angle), size + radius * math.sin(angle)
        mask.paste(220, (int(x - 45), int(y - 45)), tile)


def _centre(draw: ImageDraw.ImageDraw, text: str, size: int) -> None:
    font = ImageFont.truetype(FONT, 36)
    lines = text.split("\n")
    for i, line in enumerate(lines):
        draw.text((size, size + (i - (len(lines) - 1) / 2) * 44), line, 210, font, anchor="mm")


def _worn(mask: Image.Image, seed: int) -> Image.Image:
    """Patches where the rubber carried less ink."""
    noise = np.random.RandomState(seed).uniform(0, 255, (14, 14)).astype("uint8")  # its stream never changes
    patches = Image.fromarray(noise).resize(mask.size, Image.Resampling.BICUBIC)
    worn = np.asarray(mask, dtype=float) * np.clip(0.35 + np.asarray(patches, dtype=float) / 220, 0, 1)
    return Image.fromarray(worn.astype("uint8"))
