"""Trains the model of signatures on drawn blocks.

python -m benchmarks.signatures.train --out DIR      draws, trains, writes DIR/slot.onnx and DIR/slot.toml

It needs torch and onnx, which nothing else here does: pip install torch==2.13.0 onnx==1.23.2
"""

from __future__ import annotations

import argparse
import hashlib
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from benchmarks.signatures.draw import LABELS, WIDER, Plan, block, plan
from benchmarks.signatures.network import folded, network, onnx_bytes
from pipeline.reading.raster import Raster
from pipeline.reading.signatures.view import HEIGHT, LAYERS, WIDTH, inked, view

SEED = 20260115
BLOCKS, HELD_BACK = 12_000, 1_500
MORE = 4_000  # blocks by a wider range of pens and stamps
OF_MORE = 100_000  # from which number on their seeds count
EPOCHS, BATCH, RATE = 8, 64, 4e-3
AGAIN, AGAIN_RATE = 6, 2e-3  # epochs on those, mixed with as many of the others
WEIGHTS = (1.0, 0.5, 0.5, 0.3)  # of the errors, in the order of LABELS
DPI = 150
CARD = """# What is known of slot.onnx.
command = "python -m benchmarks.signatures.train --seed {seed}"
seed = {seed}
sha256 = "{sha256}"

# From which chance of a signature a slot is signed, and up to which it is empty; stricter where a stamp is.
[bands]
signed = 0.7
empty = 0.1
signed_stamped = 0.88
empty_stamped = 0.08
stamp = 0.4
initials = 0.5
meterai = 0.5
"""

Views = NDArray[np.float16]
Answers = NDArray[np.float32]


def views(seed: int, first: int, count: int, *, wider: bool = False) -> tuple[Views, Answers]:
    """What the model sees of so many blocks, and what is there; each block has a seed of its own.

    `wider`: by a wider range of pens and stamps, and more of both.
    """
    seen = np.zeros((count, LAYERS, HEIGHT, WIDTH), np.float16)
    there = np.zeros((count, len(LABELS)), np.float32)
    for place in range(count):
        rng = np.random.default_rng([seed, first + place])
        wanted = plan(rng)
        drawn = block(rng, _harder(rng, wanted), WIDER) if wider else block(rng, wanted)
        seen[place] = view(inked(Raster(drawn.picture, DPI), drawn.slot, drawn.printed, drawn.rulings))
        there[place] = drawn.labels
    return seen, there


def _harder(rng: Generator, wanted: Plan) -> Plan:
    """The plan with more stamps and duty stamps, also under signatures."""
    stamped = not wanted.coded and bool(rng.random() < 0.5)
    glued = "glued" if not wanted.cell and rng.random() < 0.12 else wanted.meterai
    return replace(wanted, stamped=stamped, meterai=glued)


def train(seed: int, seen: Views, there: Answers, epochs: int) -> Any:
    """A network without norms, the same for the same seed and the same version of torch."""
    import torch

    torch.manual_seed(seed)
    torch.use_deterministic_algorithms(mode=True)
    torch.set_num_threads(2)
    net = network(len(LABELS)).to(memory_format=torch.channels_last)
    steps = epochs * (len(seen) // BATCH)
    mend = torch.optim.AdamW(net.parameters(), lr=RATE, weight_decay=1e-3)
    pace = torch.optim.lr_scheduler.OneCycleLR(mend, RATE, total_steps=steps, pct_start=0.2)
    order = np.random.default_rng(seed)
    for epoch in range(epochs):
        print(f"epoch {epoch + 1}/{epochs}: {_epoch(net, mend, pace, order, seen, there):.4f}", flush=True)
    net.eval()
    return folded(net, len(LABELS))


def train_again(seed: int, net: Any, seen: Views, there: Answers) -> None:
    """The same network a little further, on other blocks."""
    import torch

    torch.manual_seed(seed + 1)
    torch.set_num_threads(2)
    net.to(memory_format=torch.channels_last)
    steps = AGAIN * (len(seen) // BATCH)
    mend = torch.optim.AdamW(net.parameters(), lr=AGAIN_RATE, weight_decay=1e-3)
    pace = torch.optim.lr_scheduler.LinearLR(mend, 1.0, 0.01, total_iters=steps)
    order = np.random.default_rng(seed + 1)
    for epoch in range(AGAIN):
        print(f"again {epoch + 1}/{AGAIN}: {_epoch(net, mend, pace, order, seen, there):.4f}", flush=True)
    net.eval()


def _epoch(net: Any, mend: Any, pace: Any, order: Generator, seen: Views, there: Answers) -> float:
    """Once through all blocks, in some order; the mean loss."""
    net.train()
    shuffled, losses = order.permutation(len(seen)), []
    for start in range(0, len(seen) - BATCH + 1, BATCH):
        chosen = shuffled[start : start + BATCH]
        loss = _loss(net, _varied(order, seen[chosen].astype(np.float32)), there[chosen])
        mend.zero_grad()
        loss.backward()
        mend.step()
        pace.step()
        losses.append(float(loss.detach()))
    return float(np.mean(losses))


def _loss(net: Any, batch: NDArray[np.float32], there: Answers) -> Any:
    import torch

    found = net(torch.from_numpy(batch).contiguous(memory_format=torch.channels_last))
    lost = torch.nn.functional.binary_cross_entropy_with_logits
    return (lost(found, torch.from_numpy(there), reduction="none") * torch.tensor(WEIGHTS)).mean()


def _varied(order: Generator, batch: NDArray[np.float32]) -> NDArray[np.float32]:
    """Half of the blocks mirrored, a fifth without colour, darkness a little more or less."""
    mirrored = order.random(len(batch)) < 0.5
    batch[mirrored] = batch[mirrored][..., ::-1]
    grey = order.random(len(batch)) < 0.2
    batch[grey, 1:3] = 0
    batch[:, 0] = np.minimum(batch[:, 0] * order.uniform(0.75, 1.1, (len(batch), 1, 1)), 1).astype(np.float32)
    return np.ascontiguousarray(batch)


def temperature(net: Any, seen: Views, there: Answers) -> tuple[float, ...]:
    """By how much each answer has to be divided so that it is as sure as it is right."""
    import torch

    parts = np.array_split(seen, max(1, len(seen) // BATCH))
    with torch.no_grad():
        logits = torch.cat([net(torch.from_numpy(part.astype(np.float32))) for part in parts]).numpy()
    tried = np.geomspace(0.5, 4.0, 60)
    best = (min(tried, key=lambda t: _surprise(logits[:, n] / t, there[:, n])) for n in range(there.shape[1]))
    return tuple(float(t) for t in best)


def _surprise(logits: NDArray[np.float32], there: Answers) -> float:
    return float(np.mean(np.logaddexp(0, np.where(there > 0.5, -logits, logits))))


def main() -> None:
    """Draw, train, write."""
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--out", type=Path, required=True)
    ask.add_argument("--seed", type=int, default=SEED)
    given = ask.parse_args()
    given.out.mkdir(parents=True, exist_ok=True)
    seen, there = views(given.seed, 0, BLOCKS + HELD_BACK)
    net = train(given.seed, seen[:BLOCKS], there[:BLOCKS], EPOCHS)
    more, of_more = views(given.seed, OF_MORE, MORE, wider=True)
    mixed = np.concatenate([more, seen[:MORE]]), np.concatenate([of_more, there[:MORE]])
    train_again(given.seed, net, *mixed)
    write(given.out, given.seed, net, temperature(net, seen[BLOCKS:], there[BLOCKS:]))


def write(folder: Path, seed: int, net: Any, scale: tuple[float, ...]) -> None:
    """The network and its card into a folder."""
    data = onnx_bytes(net, scale, (LAYERS, HEIGHT, WIDTH), LABELS)
    (folder / "slot.onnx").write_bytes(data)
    card = CARD.format(seed=seed, sha256=hashlib.sha256(data).hexdigest())
    (folder / "slot.toml").write_text(card, encoding="utf-8")


if __name__ == "__main__":
    main()
