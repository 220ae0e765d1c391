"""Scans as machines write them: bitonal pages by fax codes, pages in strips, stamps drawn over pictures."""

from __future__ import annotations

import io
import struct
from collections.abc import Callable

import cv2
import numpy as np
import pikepdf
from pikepdf import Array, Dictionary, Name
from PIL import Image, TiffImagePlugin

from pipeline.reading.raster import Pixels
from tests.paper import SIZE, pdf

INK = 128  # grey from which a pixel of a bitonal page is white


def bitonal(pixels: Pixels, level: int = INK) -> Pixels:
    """Black and white alone."""
    grey = pixels if pixels.ndim == 2 else cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY)
    return np.where(grey < level, 0, 255).astype(np.uint8)


def group4(pixels: Pixels) -> bytes:
    """The bare code of a bitonal page (ITU-T T.6), 1 for black."""
    out = io.BytesIO()
    Image.fromarray(bitonal(pixels)).convert("1").save(
        out, "TIFF", compression="group4", tiffinfo={278: pixels.shape[0], 262: 0}
    )
    with Image.open(out) as image:
        assert isinstance(image, TiffImagePlugin.TiffImageFile)
        start, size = image.tag_v2[273][0], image.tag_v2[279][0]
    return out.getvalue()[start : start + size]


def ccitt(pixels: Pixels) -> bytes:
    """A PDF whose page is one picture in CCITT group 4."""
    height, width = pixels.shape[:2]
    parms = Dictionary(K=-1, Columns=width, Rows=height, BlackIs1=False)
    return _one(group4(pixels), width, height, Name.CCITTFaxDecode, parms)


def jbig2(pixels: Pixels) -> bytes:
    """A PDF whose page is one JBIG2 picture: one generic region, coded by MMR (ITU-T T.88, 7.4.6)."""
    height, width = pixels.shape[:2]
    page = struct.pack(">IIIIBH", width, height, 0, 0, 0, 0)
    region = struct.pack(">IIIIBB", width, height, 0, 0, 0, 1) + group4(pixels)
    data = _segment(0, 48, page) + _segment(1, 38, region)
    return _one(data, width, height, Name.JBIG2Decode, Dictionary())


def _segment(number: int, kind: int, data: bytes) -> bytes:
    return struct.pack(">IBBBI", number, kind, 0, 1, len(data)) + data


def _one(data: bytes, width: int, height: int, code: Name, parms: Dictionary) -> bytes:
    def place(document: pikepdf.Pdf, page: pikepdf.Page) -> None:
        image = pikepdf.Stream(document, data)
        image.stream_dict.update(
            Dictionary(
                Type=Name.XObject, Subtype=Name.Image, Width=width, Height=height, BitsPerComponent=1,
                ColorSpace=Name.DeviceGray, Filter=Array([code]), DecodeParms=Array([parms]),
            )
        )  # fmt: skip
        page.Resources = Dictionary(XObject=Dictionary(Im=image))
        page.Contents = document.make_stream(b"q %g 0 0 %g 0 0 cm /Im Do Q" % SIZE)

    return _placed(place)


def strips(pixels: Pixels, count: int = 5) -> bytes:
    """A PDF whose page is cut into pictures, one below the other, as some copiers write it."""
    rows = np.array_split(pixels, count)

    def place(document: pikepdf.Pdf, page: pikepdf.Page) -> None:
        images, drawn, top = Dictionary(), b"", SIZE[1]
        for number, part in enumerate(rows):
            grey = part if part.ndim == 2 else cv2.cvtColor(part, cv2.COLOR_RGB2GRAY)
            image = pikepdf.Stream(document, np.ascontiguousarray(grey).tobytes())
            image.stream_dict.update(
                Dictionary(
                    Type=Name.XObject, Subtype=Name.Image, Width=part.shape[1], Height=part.shape[0],
                    BitsPerComponent=8, ColorSpace=Name.DeviceGray,
                )
            )  # fmt: skip
            images[f"/S{number}"] = image
            high = SIZE[1] * part.shape[0] / pixels.shape[0]
            top -= high
            drawn += b"q %g 0 0 %g 0 %g cm /S%d Do Q " % (SIZE[0], high, top, number)
        page.Resources = Dictionary(XObject=images)
        page.Contents = document.make_stream(drawn)

    return _placed(place)


def _placed(place: Callable[[pikepdf.Pdf, pikepdf.Page], None]) -> bytes:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf(lambda _: None))) as document:
        place(document, document.pages[0])
        document.save(out)
    return out.getvalue()


def fax(pixels: Pixels) -> Pixels:
    """A page of 200 dpi as a fax sends it: every second row, black and white."""
    return bitonal(cv2.resize(pixels, None, fx=1, fy=0.5, interpolation=cv2.INTER_AREA), 150)


def faint(pixels: Pixels) -> Pixels:
    """A page printed with the last of the toner, on yellowed paper with a shadow from one side and grain."""
    grain = np.random.default_rng(1).normal(0, 4, pixels.shape[:2])[..., None]
    light = np.linspace(1.0, 0.72, pixels.shape[1])[None, :, None]
    paper = np.array([236, 226, 196])
    page = paper * (0.72 + 0.28 * pixels / 255.0)
    return np.clip(page * light + grain, 0, 255).astype(np.uint8)
