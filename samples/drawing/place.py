"""Where ink lands: which pictures stand in and around a signature slot."""

import textwrap
from dataclasses import dataclass
from random import Random

from PIL import Image

from . import ink

STATES = {
    "ink": "signed",
    "picture": "signed",
    "ink+stamp": "signed",
    "picture+stamp": "signed",
    "stamp": "stamp_only",
    "none": "missing",
    "paraf": "missing",
    "qr": "qr",
    "esign": "digital_valid",
}

Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Signing:
    """One person signing one slot, or not."""

    mark: str  # a key of STATES
    person: str
    name: str
    office: str
    unit: str
    occasion: str


@dataclass(frozen=True, slots=True)
class Piece:
    """A picture and its box (left, bottom, width, height) in points from the lower left of the slot."""

    kind: str  # hand, stamp, paraf
    picture: Image.Image
    box: Box


def placed(signing: Signing, width: float, height: float) -> list[Piece]:
    """The pictures of a slot; the stamp comes last, over the hand."""
    rng = Random(f"{signing.person} {signing.occasion} place")  # noqa: S311 - drawing
    pieces = [_hand(signing, rng, width, height)] if signing.mark.startswith(("ink", "picture")) else []
    if "stamp" in signing.mark:
        pieces.append(_stamp(signing, rng, width, height))
    if signing.mark == "paraf":
        pieces.append(Piece("paraf", ink.initials(signing.person), (width * 0.72, height * 0.1, 24, 20)))
    return pieces


def _hand(signing: Signing, rng: Random, width: float, height: float) -> Piece:
    wide = min(width * 0.92, height * rng.uniform(2.1, 2.6), 130)
    box = ((width - wide) / 2 + rng.uniform(-8, 8), rng.uniform(-9, 1), wide, wide * 150 / 330)
    if signing.mark.startswith("picture"):  # scanned once, pasted everywhere, white paper and all
        picture = ink.signature(signing.person, "pasted", ink=ink.BLACK)
        return Piece("hand", _on_white(picture), box)
    colour = Random(signing.person).choice((ink.BLUE, ink.BLUE, ink.BLACK))  # noqa: S311 - drawing
    return _cropped(ink.signature(signing.person, signing.occasion, ink=colour), box)


def _cropped(picture: Image.Image, box: Box) -> Piece:
    """The picture without its empty margins."""
    left, top, right, bottom = picture.getchannel("A").getbbox() or (0, 0, *picture.size)
    scale = box[2] / picture.width
    inner = (
        box[0] + left * scale,
        box[1] + (picture.height - bottom) * scale,
        (right - left) * scale,
        (bottom - top) * scale,
    )
    return Piece("hand", picture.crop((left, top, right, bottom)), inner)


def _stamp(signing: Signing, rng: Random, width: float, height: float) -> Piece:
    middle = "\n".join(wrapped(signing.unit.upper(), 14)[:3])
    side = min(86.0, height * 1.7)
    left = width / 2 - side * rng.uniform(0.75, 0.95) if signing.mark != "stamp" else width / 2 - side * 0.55
    return Piece(
        "stamp",
        ink.stamp("PEMERINTAH KOTA SUKAMAJU", middle, f"{signing.unit} {signing.occasion}"),
        (left, -14, side, side),
    )


def _on_white(picture: Image.Image) -> Image.Image:
    paper = Image.new("RGB", picture.size, "white")
    paper.paste(picture, mask=picture)
    return paper.convert("L")


def wrapped(text: str, width: int) -> list[str]:
    """Text in lines of at most `width` letters."""
    return textwrap.wrap(text, width)
