"""Trains the model of signatures on drawn blocks.

python -m benchmarks.signatures.train --out DIR      draws, trains, writes DIR/slot.onnx and DIR/slot.toml

It needs torch and onnx, which nothing else here does: pip install torch==2.13.0 onnx==1.23.2
Three hours of one core and 8 GB of memory. What was drawn is kept in DIR and is not drawn again.
"""

from __future__ import annotations

import argparse
import hashlib
from pathlib import Path
from typing import Any

import cv2
import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from benchmarks.signatures.draw import ASIDE, LABELS, STAMPED, USUAL, WIDER, Block, block, harder, plan
from benchmarks.signatures.muon import muon
from benchmarks.signatures.network import folded, network, onnx_bytes
from pipeline.reading.raster import Raster
from pipeline.reading.signatures.view import HEIGHT, LAYERS, WIDTH, inked, view

SEED = 20260301
BLOCKS, HELD_BACK = 26_000, 2_000
EPOCHS = 27
RATE, RATE_OF_KERNELS = 3e-3, 0.02  # the highest of each step
PART = 2_000  # blocks that are drawn and kept together
BATCH = 64
WEIGHTS = (1.0, 0.4, 0.4, 0.3, 0.2, 0.2, 0.2)  # of the errors, in the order of LABELS and ASIDE
SHIFT = 5  # pixels to any side by which a view is moved
STEPS = 127  # of darkness that are kept
DPI = 150
CARD = """# What is known of slot.onnx: the steps of this command made it, from this seed. Another processor
# or version of torch makes one that is alike, not the same bytes; `make model` compares them.
command = "python -m benchmarks.signatures.train --seed {seed}"
seed = {seed}
sha256 = "{sha256}"

# From which chance of a signature a slot is signed, and up to which it is empty, also where a stamp is: the
# widest by which hardly any of the blocks that were held back are wrong, seen as they are and in a mirror.
[bands]
{bands}
stamp = {stamp}
initials = 0.5
meterai = 0.5
"""
STAMP = 0.5  # chance from which there is a stamp
# Of the unsigned blocks so many are called signed at most, and of the signed ones missing, with a stamp and
# without one. Those held back are harder than what people hand in, and every third far harder.
WRONGLY_SIGNED, WRONGLY_MISSING = 0.008, 0.015
TRIED = np.linspace(0.02, 0.98, 97)  # bands
MOST_EMPTY = 0.15  # what is likelier signed is never called empty
TURN, GROW, STRETCH = (
    3.0,
    0.08,
    0.06,
)  # degrees, and shares: half of the views are turned and resized
Views = NDArray[np.int8]
Answers = NDArray[np.float32]


def views(seed: int, first: int, count: int) -> tuple[Views, Answers]:
    """What the model sees of so many blocks, and what is there; each block has a seed of its own.

    They are by the usual pens and stamps, by a wider range of both, and, every third, harder, in turn.
    """
    seen = np.zeros((count, LAYERS, HEIGHT, WIDTH), np.int8)
    there = np.zeros((count, len(LABELS) + len(ASIDE)), np.float32)
    for place in range(count):
        drawn = _drawn(seed, first + place)
        looked = view(inked(Raster(drawn.picture, DPI), drawn.slot, drawn.printed, drawn.rulings))
        seen[place] = np.rint(looked * STEPS)
        there[place] = drawn.labels
    return seen, there


def _drawn(seed: int, number: int) -> Block:
    rng = np.random.default_rng([seed, number])
    planned = (plan, plan, harder)[number % 3](rng)
    return block(rng, planned, (USUAL, WIDER, STAMPED)[number % 3])


def kept_views(folder: Path, seed: int, begin: int, count: int) -> tuple[Views, Answers]:
    """The views of so many blocks, drawn part by part into a folder where they are not yet there."""
    parts = []
    for first in range(begin, begin + count, PART):
        path = folder / f"views-{seed}-{first}.npz"
        if not path.exists():
            seen, there = views(seed, first, min(PART, begin + count - first))
            np.savez(path, seen=seen, there=there)
            print(f"drawn: {first + len(seen)}", flush=True)
        with np.load(path) as found:
            parts.append((found["seen"], found["there"]))
    return np.concatenate([seen for seen, _ in parts]), np.concatenate([there for _, there in parts])


def train(seed: int, seen: Views, there: Answers) -> Any:
    """A network without norms, the same for the same seed and the same version of torch."""
    import torch

    torch.manual_seed(seed)
    torch.use_deterministic_algorithms(mode=True)
    net = network(there.shape[1]).to(memory_format=torch.channels_last)
    kernels = [part for part in net.parameters() if part.ndim > 2]
    others = [part for part in net.parameters() if part.ndim <= 2]
    mends = (torch.optim.AdamW(others, lr=RATE, weight_decay=2e-3), muon(kernels, RATE_OF_KERNELS))
    steps = EPOCHS * (len(seen) // BATCH)
    paces = [torch.optim.lr_scheduler.LambdaLR(mend, lambda step: _pace(step / steps)) for mend in mends]
    order = np.random.default_rng(seed)
    for epoch in range(EPOCHS):
        lost = _epoch(net, (*mends, *paces), order, seen, there)
        print(f"epoch {epoch + 1}/{EPOCHS}: {lost:.4f}", flush=True)
    net.eval()
    return folded(net, there.shape[1])


def _pace(done: float) -> float:
    """The share of the highest rate: it rises at once, stays, and falls to nothing."""
    return min(done / 0.08 + 0.05, 1.0, max(0.0, 1 - done) / 0.7)


def _epoch(net: Any, steps: tuple[Any, ...], order: Generator, seen: Views, there: Answers) -> float:
    """Once through all blocks, in some order; the mean loss."""
    net.train()
    shuffled, losses = order.permutation(len(seen)), []
    for start in range(0, len(seen) - BATCH + 1, BATCH):
        chosen = shuffled[start : start + BATCH]
        loss = _loss(net, _varied(order, seen[chosen]), there[chosen])
        net.zero_grad()
        loss.backward()
        for step in steps:
            step.step()
        losses.append(float(loss.detach()))
    return float(np.mean(losses))


def _loss(net: Any, batch: NDArray[np.float32], there: Answers) -> Any:
    import torch

    found = net(torch.from_numpy(batch).contiguous(memory_format=torch.channels_last))
    lost = torch.nn.functional.binary_cross_entropy_with_logits
    return (
        lost(found, torch.from_numpy(there), reduction="none") * torch.tensor(WEIGHTS[: there.shape[1]])
    ).mean()


def _varied(order: Generator, batch: Views) -> NDArray[np.float32]:
    """The views moved a little, half of them mirrored, a fifth without colour, more or less dark."""
    moved = np.zeros((len(batch), LAYERS, HEIGHT + 2 * SHIFT, WIDTH + 2 * SHIFT), np.float32)
    moved[..., SHIFT:-SHIFT, SHIFT:-SHIFT] = batch
    made = np.empty(batch.shape, np.float32)
    for place, (down, right) in enumerate(order.integers(0, 2 * SHIFT + 1, (len(batch), 2))):
        made[place] = moved[place, :, down : down + HEIGHT, right : right + WIDTH]
    made /= STEPS
    mirrored = order.random(len(batch)) < 0.5
    made[mirrored] = made[mirrored][..., ::-1]
    made[order.random(len(batch)) < 0.2, 1:3] = 0
    made[:, 0] = np.minimum(made[:, 0] * order.uniform(0.75, 1.15, (len(batch), 1, 1)), 1)
    for turned in np.flatnonzero(order.random(len(batch)) < 0.5):
        made[turned] = _turned(order, made[turned])
    return made


def _turned(order: Generator, seen: NDArray[np.float32]) -> NDArray[np.float32]:
    """A view as another hand might have written it: a little aslant, larger or smaller, wider or narrower."""
    wide = float(np.exp(order.normal(0, STRETCH)))
    by = cv2.getRotationMatrix2D(
        (WIDTH / 2, HEIGHT / 2), order.normal(0, TURN), float(np.exp(order.normal(0, GROW)))
    )
    by[0] *= wide
    by[0, 2] += WIDTH / 2 * (1 - wide)
    turned = cv2.warpAffine(np.ascontiguousarray(seen.transpose(1, 2, 0)), by, (WIDTH, HEIGHT))
    return np.asarray(turned.transpose(2, 0, 1), np.float32)


def logits_of(net: Any, seen: Views) -> Answers:
    """What a network says of views, before any scale: logits."""
    import torch

    parts = np.array_split(seen, max(1, len(seen) // BATCH))
    with torch.no_grad():
        told = [net(torch.from_numpy(part.astype(np.float32) / STEPS)) for part in parts]
    return np.asarray(torch.cat(told).numpy())


def temperature(logits: Answers, there: Answers) -> tuple[float, ...]:
    """By how much each answer has to be divided so that it is as sure as it is right."""
    tried = np.geomspace(0.5, 4.0, 60)
    best = (min(tried, key=lambda t: _surprise(logits[:, n] / t, there[:, n])) for n in range(len(LABELS)))
    return tuple(float(t) for t in best)


def _surprise(logits: NDArray[np.float32], there: Answers) -> float:
    return float(np.mean(np.logaddexp(0, np.where(there > 0.5, -logits, logits))))


def bands(logits: Answers, there: Answers) -> dict[str, float]:
    """The widest bands by which no more of these blocks are wrong than may be, with a stamp and without."""
    chance = 1 / (1 + np.exp(-logits))
    stamped, signed = chance[:, 1] >= STAMP, there[:, 0] > 0.5
    found = {}
    for kind, among in (("", ~stamped), ("_stamped", stamped)):
        yes, no = chance[among & signed, 0], chance[among & ~signed, 0]
        over = [t for t in TRIED if t >= 0.5 and (no >= t).mean() <= WRONGLY_SIGNED]
        under = [t for t in TRIED if t <= 0.5 and (yes <= t).mean() <= WRONGLY_MISSING]
        found[f"signed{kind}"] = round(float(min(over, default=TRIED[-1])), 2)
        found[f"empty{kind}"] = round(min(float(max(under, default=TRIED[0])), MOST_EMPTY), 2)
    return found


def main() -> None:
    """Draw, train, write."""
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--out", type=Path, required=True)
    ask.add_argument("--seed", type=int, default=SEED)
    given = ask.parse_args()
    given.out.mkdir(parents=True, exist_ok=True)
    cv2.setNumThreads(1)
    seen, there = kept_views(given.out, given.seed, 0, BLOCKS + HELD_BACK)
    net = train(given.seed, seen[:BLOCKS], there[:BLOCKS])
    write(given.out, given.seed, net, seen[BLOCKS:], there[BLOCKS:])


def write(folder: Path, seed: int, net: Any, seen: Views, there: Answers) -> None:
    """The network and its card into a folder, fitted to blocks that were held back."""
    both = logits_of(net, seen) + logits_of(net, seen[..., ::-1])
    logits = (both[:, : len(LABELS)] / 2).astype(np.float32)
    scale = temperature(logits, there)
    data = onnx_bytes(net, scale, (LAYERS, HEIGHT, WIDTH), LABELS)
    (folder / "slot.onnx").write_bytes(data)
    told = "\n".join(f"{name} = {value}" for name, value in bands(logits / scale, there).items())
    card = CARD.format(seed=seed, sha256=hashlib.sha256(data).hexdigest(), bands=told, stamp=STAMP)
    (folder / "slot.toml").write_text(card, encoding="utf-8")


if __name__ == "__main__":
    main()
