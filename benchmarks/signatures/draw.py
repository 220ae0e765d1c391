"""One block to sign in: print around a gap, and by chance ink, stamps and dirt in it; all from a seed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from numpy.random import Generator

from benchmarks.signatures import marks, pen, press
from benchmarks.signatures.canvas import Canvas, blank
from benchmarks.signatures.capture import Paint, Picture, captured
from benchmarks.signatures.marks import Hand
from benchmarks.signatures.printed import print_around, read, rule
from pipeline.schema import Box, Ruling

LABELS = ("signature", "stamp", "initials", "meterai")
Capture = Callable[[Generator, Paint, str | None], tuple[Picture, str]]
TRAINED = Hand(pen.signature, pen.initials, press.stamp, (press.SERIF, press.PLAIN))
WIDER = Hand(pen.fine, pen.initials, press.either, (press.SERIF, press.PLAIN))


@dataclass(frozen=True, slots=True)
class Block:
    """A picture of a block: its slot and print in points, and what is there, in the order of LABELS."""

    picture: Picture
    slot: Box
    printed: tuple[Box, ...]
    rulings: tuple[Ruling, ...]
    labels: tuple[int, ...]
    way: str


@dataclass(frozen=True, slots=True)
class Plan:
    """What is to be in a block."""

    signed: bool = False
    stamped: bool = False
    initialled: bool = False
    neighbour: bool = False
    meterai: str = ""  # glued, printed
    coded: bool = False
    faint: bool = False
    dirty: bool = False
    cell: bool = False  # a row of a table
    way: str | None = None


def plan(rng: Generator) -> Plan:
    """What may be in a block, as often as a model needs to see it."""
    signed = bool(rng.random() < 0.45)
    coded = not signed and bool(rng.random() < 0.08)
    return Plan(
        signed=signed,
        stamped=not coded and bool(rng.random() < 0.36),
        initialled=bool(rng.random() < 0.16),
        neighbour=bool(rng.random() < 0.26),
        meterai=str(rng.choice(["", "glued", "printed"], p=[0.82, 0.1, 0.08])),
        coded=coded,
        faint=bool(rng.random() < 0.16),
        dirty=bool(rng.random() < 0.3),
        cell=bool(rng.random() < 0.28),
    )


def block(rng: Generator, wanted: Plan, hand: Hand = TRAINED, capture: Capture = captured) -> Block:
    """A block as planned, written by `hand` and taken by `capture`."""
    fonts = hand.fonts[int(rng.integers(len(hand.fonts)))]
    canvas = _paper(rng, wanted, fonts)
    _mark(rng, canvas, wanted, hand, str(rng.choice(fonts)))
    picture, way = capture(rng, canvas.paint, wanted.way)
    labels = (wanted.signed, wanted.stamped, wanted.initialled, wanted.meterai == "glued")
    return Block(
        picture,
        _about(rng, canvas.slot),
        tuple(read(rng, canvas)),
        tuple(canvas.rulings),
        tuple(map(int, labels)),
        way,
    )


def _about(rng: Generator, slot: Box) -> Box:
    """A slot is never found to the point."""
    a, b, c, d = (float(v) for v in rng.normal(0, 2.0, 4))
    return Box(slot.x0 + a, slot.top + b, slot.x1 + c, slot.bottom + d)


def _paper(rng: Generator, wanted: Plan, fonts: tuple[str, ...]) -> Canvas:
    wide, tall = ((70, 190), (17, 44)) if wanted.cell else ((110, 250), (34, 105))
    canvas = blank(rng.uniform(*wide), rng.uniform(*tall))
    print_around(rng, canvas, fonts, cell=wanted.cell)
    if wanted.cell:
        rule(rng, canvas)
    return canvas


def _mark(rng: Generator, canvas: Canvas, wanted: Plan, hand: Hand, font: str) -> None:
    """The marks of a plan, in the order in which they come on the paper."""
    early = rng.random() < 0.3
    steps: tuple[tuple[bool, Callable[[], None]], ...] = (
        (bool(wanted.meterai), lambda: marks.meterai(rng, canvas, wanted.meterai, font)),
        (wanted.coded, lambda: marks.code(rng, canvas, font)),
        (wanted.dirty, lambda: marks.dirt(rng, canvas, font)),
        (wanted.stamped and bool(early), lambda: marks.stamp(rng, canvas, hand)),
        (wanted.signed, lambda: marks.sign(rng, canvas, hand, faint=wanted.faint, cell=wanted.cell)),
        (wanted.stamped and not early, lambda: marks.stamp(rng, canvas, hand)),
        (wanted.neighbour, lambda: marks.next_to(rng, canvas, hand, cell=wanted.cell)),
        (wanted.initialled, lambda: marks.initial(rng, canvas, hand, cell=wanted.cell)),
    )
    for there, lay in steps:
        if there:
            lay()
