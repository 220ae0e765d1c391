"""How often the verdict on a slot is right, on blocks by another hand than the one that trained the model.

python -m benchmarks.signatures.bench [--blocks 1530] [--out docs/signatures.md] [--model DIR]

`--model` takes a model that was trained anew, and compares it with the one that is shipped.
"""

from __future__ import annotations

import argparse
import time
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import cv2
import numpy as np

from benchmarks.signatures.capture import captured as trained
from benchmarks.signatures.draw import LABELS, USUAL, Block, Plan, block, plan
from benchmarks.signatures.marks import Hand
from benchmarks.signatures.other import OTHER, captured
from benchmarks.signatures.visible import Capture
from pipeline.reading.raster import Raster
from pipeline.reading.signatures.model import HERE, Model, model
from pipeline.reading.signatures.verdict import Seen, decided
from pipeline.reading.signatures.view import inked, view

SEED = 20261129  # never that of the training
BLOCKS = 1_530
DPI = 150
PLAIN = Plan()
KINDS = {
    "signed, plain": replace(PLAIN, signed=True),
    "signed, under a stamp": replace(PLAIN, signed=True, stamped=True),
    "signed, faint": replace(PLAIN, signed=True, faint=True),
    "signed, bitonal": replace(PLAIN, signed=True, way="bitonal"),
    "signed, and a neighbour": replace(PLAIN, signed=True, neighbour=True),
    "signed, across a meterai": replace(PLAIN, signed=True, meterai="glued", across=True),
    "signed, row of a table": replace(PLAIN, signed=True, cell=True),
    "empty": PLAIN,
    "empty, bitonal": replace(PLAIN, way="bitonal"),
    "empty, dirt or typed words": replace(PLAIN, dirty=True),
    "empty, row of a table": replace(PLAIN, cell=True),
    "stamp only": replace(PLAIN, stamped=True),
    "stamp only, bitonal": replace(PLAIN, stamped=True, way="bitonal"),
    "initials only": replace(PLAIN, initialled=True),
    "ink of a neighbour": replace(PLAIN, neighbour=True),
    "meterai, or the place for it": replace(PLAIN, meterai="glued"),
    "code": replace(PLAIN, coded=True),
}


@dataclass(frozen=True, slots=True)
class Maker:
    """Who makes the blocks of a table."""

    title: str
    hand: Hand
    capture: Capture


MAKERS = (
    Maker("Another hand, other fonts, stamps, scanners and telephones", OTHER, captured),
    Maker("The hand of the training, unseen seeds, other fonts", replace(USUAL, fonts=OTHER.fonts), trained),
)


@dataclass(frozen=True, slots=True)
class Tried:
    """A block of some kind, what is there, and the verdict."""

    kind: str
    signed: bool
    seen: Seen


def blocks(seed: int, count: int, by: Maker) -> Iterator[tuple[str, Block]]:
    """So many blocks of every kind in turn, each with a seed of its own."""
    names = list(KINDS)
    for place in range(count):
        rng = np.random.default_rng([seed, place])
        kind = names[place % len(names)]
        wanted = KINDS[kind]
        if wanted.meterai and rng.random() < 0.4 and not wanted.signed:
            wanted = replace(wanted, meterai="printed")
        if wanted.way is None and not (wanted.cell or wanted.meterai or wanted.initialled):
            wanted = replace(wanted, cell=plan(rng).cell)
        made = block(rng, wanted, by.hand, by.capture)
        while wanted.stamped and not made.labels[LABELS.index("stamp")]:
            made = block(rng, wanted, by.hand, by.capture)
        yield kind, made


def tried(seed: int, count: int, by: Maker, model_: Model) -> tuple[list[Tried], float]:
    """The verdicts, and the milliseconds of processor time that one took."""
    found, spent = [], 0.0
    for kind, drawn in blocks(seed, count, by):
        start = time.process_time()
        looked = view(inked(Raster(drawn.picture, DPI), drawn.slot, drawn.printed, drawn.rulings))
        seen = decided(looked, model_, "ink")
        spent += time.process_time() - start
        found.append(Tried(kind, bool(drawn.labels[0]), seen))
    return found, 1000 * spent / max(1, len(found))


def table(found: list[Tried], spent: float) -> str:
    """The confusion by kind, as Markdown."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for one in found:
        counts[one.kind][one.seen.state] += 1
    lines = ["| block | blocks | signed | missing | unclear |", "|---|---|---|---|---|"]
    for kind in KINDS:
        row = counts[kind]
        cells = (row["signed"], row["missing"], row["unclear"])
        lines.append(f"| {kind} | {sum(cells)} | {' | '.join(map(str, cells))} |")
    return "\n".join([*lines, "", *_rates(found, spent)]) + "\n"


def _rates(found: list[Tried], spent: float) -> Iterator[str]:
    unsigned, signed = [t for t in found if not t.signed], [t for t in found if t.signed]
    yield f"- missing called signed: {_share(unsigned, 'signed')} of {len(unsigned)} unsigned blocks"
    yield f"- signed called missing: {_share(signed, 'missing')} of {len(signed)} signed blocks"
    yield f"- unclear: {_share(found, 'unclear')} of all {len(found)}"
    yield f"- processor time a slot, drawing of the page apart: {spent:.1f} ms"


def _share(found: list[Tried], state: str) -> str:
    return f"{100 * sum(t.seen.state == state for t in found) / max(1, len(found)):.2f} %"


HEAD = """# Signatures: how often the verdict on a slot is right

Made by `python -m benchmarks.signatures.bench --out docs/signatures.md`: the model alone, on blocks drawn
from seeds that were never used before, in fonts that were never used in training. The bands were chosen on
other blocks, of other seeds. No real signature is in them, nor in the training. In a signed block
some of the signer's ink can be seen in the slot: where a threshold of black and white, or a duty stamp,
leaves nothing of it, the pen is pressed harder, or the block is drawn anew; where there is a stamp, it can be
seen. Wrong is only `signed` where nobody signed, and `missing` where somebody did.

"""


def main() -> None:
    """Measure, and say or write it."""
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--blocks", type=int, default=BLOCKS, help="of each table")
    ask.add_argument("--seed", type=int, default=SEED)
    ask.add_argument("--out", type=Path)
    ask.add_argument("--model", type=Path)
    given = ask.parse_args()
    cv2.setNumThreads(1)
    told = "\n".join(_told(maker, given) for maker in MAKERS)
    if given.out is None:
        print(told)
    else:
        given.out.write_text(HEAD + told, encoding="utf-8")


def _told(maker: Maker, given: argparse.Namespace) -> str:
    """The table of a maker, and how often another model says the same."""
    found, spent = tried(given.seed, given.blocks, maker, model(HERE))
    told = f"## {maker.title}\n\n{table(found, spent)}"
    if given.model is None:
        return told
    again, spent = tried(given.seed, given.blocks, maker, model(given.model))
    same = sum(a.seen.state == b.seen.state for a, b in zip(found, again, strict=True))
    share = 100 * same / max(1, len(found))
    return (
        f"{told}\nThe model in {given.model} says the same of {share:.2f} % of them:\n\n{table(again, spent)}"
    )


if __name__ == "__main__":
    main()
