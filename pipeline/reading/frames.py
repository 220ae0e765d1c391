"""The frames of an image file: a scan or a photograph without a PDF around it."""

from __future__ import annotations

import io

import numpy as np
from PIL import Image, JpegImagePlugin, PngImagePlugin, TiffImagePlugin

from pipeline.errors import SourceError
from pipeline.reading.document import DAMAGE
from pipeline.reading.raster import POINTS, Raster, scaled

READERS = {"JPEG": JpegImagePlugin, "PNG": PngImagePlugin, "TIFF": TiffImagePlugin}  # and no other
GREY = {"1", "L", "I", "F", "I;16"}  # modes of an image without colour
FEWEST = 30.0  # dots an inch: less is no resolution but the aspect of a pixel
OVER = 4  # times the pixels allowed: as many are decoded, to be scaled down


def count(data: bytes) -> int:
    """How many frames the file has. Raises SourceError where it is no image."""
    try:
        with _opened(data) as image:
            return int(getattr(image, "n_frames", 1))
    except (*DAMAGE, Image.DecompressionBombError) as error:
        raise SourceError("damaged") from error


def _opened(data: bytes) -> Image.Image:
    return Image.open(io.BytesIO(data), formats=tuple(READERS))


def resolution(data: bytes, number: int) -> tuple[float, float, float]:
    """Width and height of a frame in points and its dots an inch, by the header of the file, or 72."""
    with _opened(data) as image:
        image.seek(number - 1)
        dpi = float(image.info.get("dpi", (POINTS, POINTS))[0])
        dpi = dpi if dpi >= FEWEST else POINTS
        return image.width * POINTS / dpi, image.height * POINTS / dpi, dpi


def drawn(data: bytes, number: int, pixels: int, dpi: float) -> Raster:
    """A frame at `dpi`, never enlarged, of at most so many `pixels`. Raises SourceError for far too many."""
    _, _, native = resolution(data, number)
    with _opened(data) as image:
        image.seek(number - 1)
        if image.width * image.height > OVER * pixels:
            raise SourceError("too-large", f"{image.width} x {image.height}")
        found = Raster(_pixels(image), native)
        most = native * (pixels / (image.width * image.height)) ** 0.5
    return scaled(found, min(dpi, most))


def _pixels(image: Image.Image) -> np.ndarray:
    if image.mode in GREY:
        return np.asarray(image.convert("L"))
    if "A" in image.getbands() or "transparency" in image.info:
        clear = image.convert("RGBA")
        paper = Image.new("RGBA", clear.size, "white")
        return np.asarray(Image.alpha_composite(paper, clear).convert("RGB"))
    return np.asarray(image.convert("RGB"))
