"""Another hand, other fonts, other stamps and other machines: what the model was never trained on."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.random import Generator
from PIL import Image

from benchmarks.signatures import press
from benchmarks.signatures.capture import Paint, Picture
from benchmarks.signatures.marks import Hand
from benchmarks.signatures.pen import Mask
from samples.drawing import ink

FONTS = (("Vera.ttf", "VeraBd.ttf"), ("com_____.pfb", "cob_____.pfb"), ("VeraIt.ttf", "VeraBI.ttf"))
SCRIPT = "callig15.pfb"
NAMES = (
    "Rulog",
    "Hendra",
    "Yuli",
    "Masayu",
    "Nurlaila",
    "B. Iman",
    "Kgs",
    "T. Sari",
    "Zul",
    "AMIR",
    "Ny. Eva",
    "Rw",
)
WAYS = ("office scanner", "two scans", "dithered", "bitonal", "telephone", "digital")


def _signed(rng: Generator, width: int, height: int, pen: float) -> Mask:
    """A signature by the pen that signs the samples, or a name in a script."""
    if rng.random() < 0.25:
        return _script(rng, width, height)
    person, occasion = (str(v) for v in rng.integers(0, 10**9, 2))
    drawn = ink._written(ink.hand(person, occasion), (width, height), ink.BLUE, pen * 0.62)
    return _alpha(drawn)


def _script(rng: Generator, width: int, height: int) -> Mask:
    letters = press.written(str(rng.choice(NAMES)), SCRIPT, max(12, round(height * 0.8)))
    slant = np.array([[1, -rng.uniform(0, 0.4), 6], [rng.uniform(-0.1, 0), 1, 4]], np.float32)
    leaning = cv2.warpAffine(letters, slant, (letters.shape[1] + 12, letters.shape[0] + 8))
    return np.asarray(cv2.resize(leaning, (width, height), interpolation=cv2.INTER_AREA), np.float32)


def _alpha(picture: Image.Image) -> Mask:
    return np.asarray(picture.getchannel("A"), np.float32) / 255


def _initials(rng: Generator, width: int, height: int, pen: float) -> Mask:
    del pen  # the hand of the samples has its own
    drawn = ink.initials(str(rng.integers(0, 10**9)))
    return _alpha(drawn.resize((width, height), Image.Resampling.LANCZOS))


def _stamp(rng: Generator, scale: float) -> Mask:
    """The stamp of the samples, or a lozenge or a double frame with a date."""
    side = round(rng.uniform(60, 105) * scale)
    if rng.random() < 0.6:
        ring, middle = (str(t) for t in rng.choice(press.OFFICES, 2))
        picture = ink.stamp(f"KOTA {ring}", middle.replace(" ", "\n"), str(rng.integers(10**9)))
        return _alpha(picture.resize((side, side), Image.Resampling.LANCZOS))
    return _framed(rng, side)


def _framed(rng: Generator, side: int) -> Mask:
    height = round(side * rng.uniform(0.35, 0.6))
    mask = np.zeros((height, side), np.float32)
    if rng.random() < 0.4:
        corners = np.array(
            [[side // 2, 1], [side - 2, height // 2], [side // 2, height - 2], [1, height // 2]]
        )
        cv2.polylines(mask, [corners], True, 1.0, 3, cv2.LINE_AA)
    else:
        cv2.rectangle(mask, (1, 1), (side - 2, height - 2), 1.0, 2)
        cv2.rectangle(mask, (6, 6), (side - 7, height - 7), 1.0, 1)
    text = press.written(
        str(rng.choice(["DITERIMA", "DISAHKAN", "19 JAN 2026", "KASUBAG TU"])), FONTS[0][1], height // 3
    )
    wide = min(text.shape[1], side - 30)
    text = cv2.resize(text, (wide, text.shape[0]))
    top, left = (height - text.shape[0]) // 2, (side - wide) // 2
    mask[top : top + text.shape[0], left : left + wide] = text
    grain = (rng.random((height // 2 + 1, side // 2 + 1)) > 0.25).astype(np.float32)
    return np.asarray(press.turned(mask * cv2.resize(grain, (side, height)), rng.normal(0, 12)), np.float32)


OTHER = Hand(_signed, _initials, _stamp, FONTS)


def captured(rng: Generator, canvas: Paint, way: str | None = None) -> tuple[Picture, str]:
    """The picture of a block by other machines than those of the training, and which it was."""
    way = way or str(rng.choice(WAYS, p=[0.3, 0.15, 0.1, 0.15, 0.2, 0.1]))
    if way == "digital":
        return _bytes(canvas), way
    if way in {"dithered", "bitonal"}:
        return _black_and_white(rng, canvas, dithered=way == "dithered"), way
    if way == "telephone":
        return _telephone(rng, canvas), way
    seen = _office(rng, canvas)
    return (_office(rng, seen.astype(np.float32)) if way == "two scans" else seen), way


def _bytes(canvas: Paint) -> Picture:
    return np.asarray(np.clip(canvas, 0, 255), np.uint8)


def _office(rng: Generator, canvas: Paint) -> Picture:
    """Sharpened, with its own gamma, and squeezed into a small JPEG."""
    height, width = canvas.shape[:2]
    share = float(rng.choice([0.67, 0.8, 1.0]))
    small = cv2.resize(canvas, (round(width * share), round(height * share)), interpolation=cv2.INTER_AREA)
    seen = cv2.resize(small, (width, height), interpolation=cv2.INTER_CUBIC)
    seen = seen + rng.uniform(0, 0.8) * (seen - cv2.GaussianBlur(seen, (0, 0), 1.5))
    seen = 255 * (np.clip(seen, 0, 255) / 255) ** rng.uniform(0.6, 1.5)
    seen = seen * rng.uniform(0.85, 1.0) + rng.normal(0, rng.uniform(0.5, 4), seen.shape)
    if rng.random() < 0.6:
        seen = np.repeat(seen.mean(axis=2, keepdims=True), 3, axis=2)
    return _jpeg(seen, int(rng.integers(25, 75)))


def _telephone(rng: Generator, canvas: Paint) -> Picture:
    """Bent paper, warm light from a corner, noise in blotches."""
    height, width = canvas.shape[:2]
    ys, xs = np.mgrid[0:height, 0:width].astype(np.float32)
    wave = rng.uniform(0, 3) * np.sin(ys / rng.uniform(60, 140) + rng.uniform(0, 6))
    bent = cv2.remap(
        canvas, xs + wave.astype(np.float32), ys, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE
    )
    corner = np.hypot(xs / width - rng.choice([0, 1]), ys / height - rng.choice([0, 1]))
    light = 1 - rng.uniform(0.1, 0.5) * corner[..., None] / 1.42
    warm = np.array([1.0, rng.uniform(0.9, 1.0), rng.uniform(0.75, 1.0)], np.float32)
    blotch = cv2.resize(
        rng.normal(0, 5, (height // 3 + 1, width // 3 + 1)).astype(np.float32), (width, height)
    )
    seen = cv2.GaussianBlur(bent, (0, 0), rng.uniform(0.6, 1.5)) * light * warm + blotch[..., None]
    return _jpeg(seen, int(rng.integers(30, 80)))


def _black_and_white(rng: Generator, canvas: Paint, *, dithered: bool) -> Picture:
    grey = Image.fromarray(_bytes(cv2.GaussianBlur(canvas, (0, 0), 0.5))).convert("L")
    if dithered:
        made = np.asarray(grey.convert("1").convert("L"))
    else:
        level, _ = cv2.threshold(np.asarray(grey), 0, 255, cv2.THRESH_BINARY + cv2.THRESH_OTSU)
        made = np.where(np.asarray(grey) < level + rng.uniform(-20, 50), 0, 255).astype(np.uint8)
    return np.asarray(np.repeat(made[..., None], 3, axis=2), np.uint8)


def _jpeg(seen: Paint, quality: int) -> Picture:
    _, data = cv2.imencode(".jpg", _bytes(seen), [cv2.IMWRITE_JPEG_QUALITY, quality])
    return np.asarray(cv2.imdecode(data, cv2.IMREAD_COLOR), np.uint8)
