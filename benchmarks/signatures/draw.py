"""One block to sign in: print around a gap, and by chance ink, stamps and dirt in it; all from a seed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from numpy.random import Generator

from benchmarks.signatures import marks, pen, press
from benchmarks.signatures.canvas import Canvas, blank
from benchmarks.signatures.capture import Picture, captured
from benchmarks.signatures.marks import Hand
from benchmarks.signatures.printed import print_around, read, rule
from benchmarks.signatures.visible import Capture, taken, told
from pipeline.schema import Box, Ruling

LABELS = ("signature", "stamp", "initials", "meterai")
ASIDE = ("neighbour", "code", "dirt")  # what a model learns to tell apart, and is not asked for
USUAL = Hand(pen.signature, pen.initials, press.stamp, press.BOOK)
WIDER = Hand(pen.fine, pen.initials, press.any_stamp, press.BOOK)
STAMPED = Hand(pen.either, pen.initials, press.mostly_worded, press.BOOK)


@dataclass(frozen=True, slots=True)
class Block:
    """A picture of a block: its slot and print in points, what is there in the order of LABELS and ASIDE."""

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
    across: bool = False  # signed partly on the duty stamp and partly on the paper, as the rules ask
    coded: bool = False
    faint: bool = False
    dirty: bool = False
    cell: bool = False  # a row of a table
    way: str | None = None


def plan(rng: Generator) -> Plan:
    """What may be in a block, as often as a model needs to see it.

    A row of a table has no room for a duty stamp, and small writing in it is how people sign there.
    """
    cell = bool(rng.random() < 0.26)
    signed = bool(rng.random() < 0.45)
    coded = not signed and bool(rng.random() < 0.08)
    glued = str(rng.choice(["", "glued", "printed"], p=[0.74, 0.15, 0.11]))
    return Plan(
        signed=signed,
        stamped=not coded and bool(rng.random() < 0.42),
        initialled=not cell and bool(rng.random() < 0.2),
        neighbour=bool(rng.random() < 0.26),
        meterai="" if cell else glued,
        coded=coded,
        faint=bool(rng.random() < 0.16),
        dirty=bool(rng.random() < 0.34),
        cell=cell,
    )


def harder(rng: Generator) -> Plan:
    """What is hard to tell, more often: stamps, faint ink, duty stamps under ink, black and white."""
    usual = plan(rng)
    signed = usual.signed
    return replace(
        usual,
        stamped=not usual.coded and bool(rng.random() < 0.6),
        faint=bool(rng.random() < 0.3),
        meterai="glued" if not usual.cell and rng.random() < 0.2 else usual.meterai,
        across=signed,
        way="bitonal" if rng.random() < 0.2 else None,
    )


def block(rng: Generator, wanted: Plan, hand: Hand = USUAL, capture: Capture = captured) -> Block:
    """A block as planned, written by `hand` and taken by `capture`; its ink can be seen, and a stamp counts
    as one only where it can."""
    fonts = hand.fonts[int(rng.integers(len(hand.fonts)))]
    canvas = _paper(rng, wanted, fonts)
    _mark(rng, canvas, wanted, hand, str(rng.choice(fonts)))
    shot = taken(rng, canvas, capture, wanted.way)
    printed = tuple(read(rng, canvas))
    if shot is None or (wanted.signed and not told(shot, canvas.slot, printed)):
        return block(rng, wanted, hand, capture)
    glued = wanted.meterai == "glued"
    labels = (wanted.signed, shot.stamped, wanted.initialled, glued)
    aside = (wanted.neighbour, wanted.coded, wanted.dirty)
    return Block(
        shot.picture,
        _about(rng, canvas.slot, 1.5 if wanted.cell else 3.2),
        printed,
        tuple(canvas.rulings),
        tuple(map(int, (*labels, *aside))),
        shot.way,
    )


def _about(rng: Generator, slot: Box, by: float) -> Box:
    """A slot is never found to the point: `by` about so many it is off."""
    a, b, c, d = (float(v) for v in rng.normal(0, by, 4))
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
        (wanted.signed, lambda: _sign(rng, canvas, wanted, hand)),
        (wanted.stamped and not early, lambda: marks.stamp(rng, canvas, hand)),
        (wanted.neighbour, lambda: marks.next_to(rng, canvas, hand, cell=wanted.cell)),
        (wanted.initialled, lambda: marks.initial(rng, canvas, hand, cell=wanted.cell)),
    )
    for there, lay in steps:
        if there:
            lay()


def _sign(rng: Generator, canvas: Canvas, wanted: Plan, hand: Hand) -> None:
    over = canvas.glued if wanted.across else None
    marks.sign(rng, canvas, hand, faint=wanted.faint, cell=wanted.cell, over=over)
