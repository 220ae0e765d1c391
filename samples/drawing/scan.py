"""Paper that went through a scanner, a fax machine or a phone: drawn pages as pixels, with ink."""

import ctypes
import io
from dataclasses import dataclass
from random import Random
from typing import Any

import numpy as np
import pypdfium2 as pdfium
from numpy.typing import NDArray
from PIL import Image, ImageFilter
from pypdfium2 import raw
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from .flow import Box, Mark
from .paper import Drawn
from .place import Piece, placed

Matrix = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Capture:
    """How pages became pixels."""

    dpi: int = 150
    colour: bool = False
    skew: float = 0.0  # degrees
    bend: float = 0.0  # how far the corners of a phone picture are off, as a share of the page
    noise: float = 3.0
    blur: float = 0.4
    shade: float = 0.04  # how much darker one side is
    paper: tuple[int, int, int] = (250, 250, 246)
    desk: tuple[int, int, int] = (225, 225, 222)
    quality: int = 42
    said: int = 0  # resolution in the header, when not the true one
    bits: bool = False  # black and white only
    turned: tuple[int, ...] = ()  # pages that lie on their side
    hidden: bool = False  # carries the faulty text of a scanner


CAPTURES = {
    "grey": Capture(skew=0.7),
    "colour": Capture(colour=True, skew=-0.9, paper=(252, 248, 238), turned=(2,), quality=38),
    "phone": Capture(
        dpi=140,
        colour=True, bend=0.035, noise=4, blur=0.7, shade=0.22, desk=(74, 60, 52), said=72, quality=46
    ),
    "fax": Capture(dpi=200, skew=-0.5, noise=20, bits=True, shade=0),
    "png": Capture(skew=0.4, noise=0, shade=0.0, blur=0.3),
    "jpeg": Capture(skew=-0.6, colour=True, noise=2, quality=38),
    "hidden": Capture(skew=0.3, noise=2.5, hidden=True),
}  # fmt: skip


LETTERS = ctypes.POINTER(ctypes.c_char)
NOWHERE = (LETTERS * 2)(
    ctypes.cast(ctypes.c_char_p(b"/nowhere"), LETTERS)
)  # pdfium keeps it; ends with a null


def without_fonts_of_the_machine() -> None:
    """Starts pdfium anew with the fonts it brings along: pages come out the same on every machine."""
    config = raw.FPDF_LIBRARY_CONFIG(version=2, m_pUserFontPaths=NOWHERE)
    raw.FPDF_DestroyLibrary()
    raw.FPDF_InitLibraryWithConfig(config)


@dataclass(frozen=True, slots=True)
class Page:
    """One page of pixels, and how points of the drawn page map to points of this one."""

    image: Image.Image
    matrix: Matrix  # pixels drawn -> pixels captured
    dpi: int  # drawn
    said: int  # as the header has it
    turned: bool

    def box(self, box: Box) -> Box:
        """A box of the drawn page, in points of the captured one."""
        corners = [(x * self.dpi / 72, y * self.dpi / 72) for x in (box[0], box[2]) for y in (box[1], box[3])]
        moved = [self._moved(x, y) for x, y in corners]
        xs, ys = [x for x, _ in moved], [y for _, y in moved]
        scale = 72 / self.said
        return tuple(round(value * scale, 1) for value in (min(xs), min(ys), max(xs), max(ys)))  # type: ignore[return-value]

    def _moved(self, x: float, y: float) -> tuple[float, float]:
        u, v, w = self.matrix @ np.array([x, y, 1.0])
        return (v / w, self.image.height - u / w) if self.turned else (u / w, v / w)


def pages(drawn: Drawn, capture: Capture, seed: str) -> list[Page]:
    """Every page of a drawing, captured."""
    document = pdfium.PdfDocument(drawn.pdf)
    found = [_page(document, i, drawn, capture, seed) for i in range(len(document))]
    document.close()
    return found


def _page(document: Any, i: int, drawn: Drawn, capture: Capture, seed: str) -> Page:
    rng = Random(f"{seed} {i}")  # noqa: S311 - drawing
    image = document[i].render(scale=capture.dpi / 72).to_pil().convert("RGB")
    _inked(image, [mark for mark in drawn.marks if mark.page == i + 1 and mark.key[0] == "slot"], capture.dpi)
    image, matrix = _warped(_tinted(image, capture), capture, rng)
    image = _grained(image, capture, rng.randrange(2**31))
    turned = i + 1 in capture.turned
    image = image.transpose(Image.Transpose.ROTATE_90) if turned else image
    return Page(_reduced(image, capture), matrix, capture.dpi, capture.said or capture.dpi, turned)


def _inked(image: Image.Image, slots: list[Mark], dpi: int) -> None:
    """Puts the ink of every slot on the page."""
    for mark in slots:
        width, height = mark.box[2] - mark.box[0], mark.box[3] - mark.box[1]
        for piece in placed(mark.key[5], width, height):
            _pressed(image, piece, mark, dpi / 72)


def _pressed(image: Image.Image, piece: Piece, mark: Mark, scale: float) -> None:
    x, y, width, height = piece.box
    size = (max(1, round(width * scale)), max(1, round(height * scale)))
    picture = piece.picture.convert("RGBA").resize(size, Image.Resampling.LANCZOS)
    corner = (round((mark.box[0] + x) * scale), round((mark.box[3] - y - height) * scale))
    image.paste(picture, corner, picture.getchannel("A").point(lambda a: int(a * 0.92)))


def _tinted(image: Image.Image, capture: Capture) -> Image.Image:
    """White becomes the colour of the paper."""
    tint = np.asarray(capture.paper, dtype=float) / 255
    return Image.fromarray((np.asarray(image, dtype=float) * tint).astype("uint8"))


def _warped(image: Image.Image, capture: Capture, rng: Random) -> tuple[Image.Image, Matrix]:
    """The page turned a little, or seen from aside, on whatever lies below it."""
    width, height = image.size
    before: list[tuple[float, float]] = [(0, 0), (width, 0), (width, height), (0, height)]
    after = [_corner(corner, image.size, capture, rng) for corner in before]
    back = homography(after, before)
    warped = image.transform(
        image.size,
        Image.Transform.PERSPECTIVE,
        tuple(back.flatten()[:8]),
        Image.Resampling.BICUBIC,
        fillcolor=capture.desk,
    )
    return warped, homography(before, after)


def _corner(
    corner: tuple[float, float], size: tuple[int, int], capture: Capture, rng: Random
) -> tuple[float, float]:
    angle = np.radians(capture.skew)
    x, y = corner[0] - size[0] / 2, corner[1] - size[1] / 2
    turned = (
        x * np.cos(angle) - y * np.sin(angle) + size[0] / 2,
        x * np.sin(angle) + y * np.cos(angle) + size[1] / 2,
    )
    inward = [capture.bend * side * rng.uniform(0.3, 1.4) for side in size]
    return tuple(t + (push if c == 0 else -push) for t, c, push in zip(turned, corner, inward, strict=True))


def homography(before: list[tuple[float, float]], after: list[tuple[float, float]]) -> Matrix:
    """The 3 x 3 matrix that takes four points to four others."""
    rows, values = [], []
    for (x, y), (u, v) in zip(before, after, strict=True):
        rows += [[x, y, 1, 0, 0, 0, -u * x, -u * y], [0, 0, 0, x, y, 1, -v * x, -v * y]]
        values += [u, v]
    return np.append(
        np.linalg.solve(np.array(rows, dtype=float), np.array(values, dtype=float)), 1.0
    ).reshape(3, 3)


def _grained(image: Image.Image, capture: Capture, seed: int) -> Image.Image:
    """Blur, uneven light and grain."""
    pixels = np.asarray(image.filter(ImageFilter.GaussianBlur(capture.blur)), dtype=float)
    light = 1 - capture.shade * np.linspace(0, 1, pixels.shape[1])[None, :, None]
    # RandomState: its stream never changes
    grain = np.random.RandomState(seed).normal(0, capture.noise, pixels.shape[:2]) if capture.noise else 0
    return Image.fromarray(np.clip(pixels * light + np.asarray(grain)[..., None], 0, 255).astype("uint8"))


def _reduced(image: Image.Image, capture: Capture) -> Image.Image:
    if capture.bits:
        return (
            image.convert("L").point(lambda v: 255 if v > 165 else 0).convert("1", dither=Image.Dither.NONE)
        )
    return image if capture.colour else image.convert("L")


def picture(found: list[Page], kind: str, quality: int) -> bytes:
    """The pages as one picture file: jpeg, png or tiff."""
    out, first = io.BytesIO(), found[0]
    dpi = (first.said, first.said)
    if kind == "jpeg":
        first.image.save(out, "JPEG", quality=quality, dpi=dpi)
    elif kind == "png":
        first.image.quantize(16).save(out, "PNG", dpi=dpi, optimize=True)
    else:
        rest = [page.image for page in found[1:]]
        first.image.save(out, "TIFF", compression="group4", save_all=True, append_images=rest, dpi=dpi)
    return out.getvalue()


def pdf(found: list[Page], drawn: Drawn, capture: Capture, seed: str) -> bytes:
    """The pages as a PDF of pictures, perhaps with the faulty text of the scanner behind them."""
    out = io.BytesIO()
    canvas = Canvas(out, invariant=1)
    for i, page in enumerate(found):
        width, height = (side * 72 / page.said for side in page.image.size)
        canvas.setPageSize((width, height))
        canvas.drawImage(
            ImageReader(io.BytesIO(picture([page], "jpeg", capture.quality))), 0, 0, width, height
        )
        if capture.hidden:
            _behind(canvas, drawn, i, page, height, Random(f"{seed} read"))  # noqa: S311 - drawing
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def _behind(canvas: Canvas, drawn: Drawn, i: int, page: Page, height: float, rng: Random) -> None:
    """Invisible words where the scanner thought it read them."""
    document = pdfium.PdfDocument(drawn.pdf)
    text, paper = document[i].get_textpage(), document[i].get_height()
    for k in range(text.count_rects()):
        left, bottom, right, top = text.get_rect(k)
        words = misread(text.get_text_bounded(left, bottom, right, top).strip(), rng)
        x0, y0, x1, y1 = page.box((left, paper - top, right, paper - bottom))
        _invisible(canvas, words, (x0, height - y1, x1, height - y0))
    document.close()


def _invisible(canvas: Canvas, words: str, box: Box) -> None:
    size = max(4.0, (box[3] - box[1]) * 0.9)
    wide = canvas.stringWidth(words, "Helvetica", size)
    if not wide:
        return
    text = canvas.beginText(box[0], box[1] + 1)
    text.setTextRenderMode(3)
    text.setFont("Helvetica", size)
    text.setHorizScale(100 * (box[2] - box[0]) / wide)
    text.textOut(words)
    canvas.drawText(text)


SLIPS = (
    ("rn", "m"),
    ("l", "1"),
    ("0", "O"),
    ("i", "l"),
    ("S", "5"),
    ("e", "c"),
    ("8", "B"),
    (" ", ""),
    ("t", "f"),
    ("1", "l"),
)


def misread(words: str, rng: Random) -> str:
    """Text as a poor reader has it: about one slip in each line."""
    for old, new in rng.sample(SLIPS, 3):
        if old in words and rng.choice((True, True, False, False, False)):
            at = rng.choice([i for i in range(len(words)) if words.startswith(old, i)])
            words = words[:at] + new + words[at + len(old) :]
    return words
