"""Steps for the kernels of a network that turn all directions alike (Muon, Keller Jordan 2024)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

TURNS = ((3.4445, -4.7750, 2.0315),) * 5  # of the Newton-Schulz iteration, as published
MOMENTUM, DECAY = 0.9, 0.02


def muon(kernels: Iterable[Any], rate: float) -> Any:
    """An optimiser of `kernels`, each seen as a matrix of its outputs by all else.

    Measured here: it learns from the same blocks more than AdamW does, for a twentieth more time.
    """
    import torch

    class Muon(torch.optim.Optimizer):  # type: ignore[misc]  # torch is not there when types are checked
        def step(self) -> None:  # type: ignore[override,unused-ignore]
            with torch.no_grad():
                for group in self.param_groups:
                    for kernel in group["params"]:
                        _step(kernel, self.state[kernel], group["lr"])

    return Muon(list(kernels), {"lr": rate})


def _step(kernel: Any, state: dict[str, Any], rate: float) -> None:
    import torch

    mean = state.setdefault("mean", torch.zeros_like(kernel))
    mean.lerp_(kernel.grad, 1 - MOMENTUM)
    way = _even(kernel.grad.lerp(mean, MOMENTUM).flatten(1))
    kernel.mul_(1 - rate * DECAY)
    kernel.add_(way.reshape(kernel.shape), alpha=-rate * max(1.0, way.shape[0] / way.shape[1]) ** 0.5)


def _even(matrix: Any) -> Any:
    """A matrix with the same directions, all of them about as long."""
    tall = matrix.shape[0] > matrix.shape[1]
    made = matrix.T if tall else matrix
    made = made / (made.norm() + 1e-7)
    for a, b, c in TURNS:
        square = made @ made.T
        made = a * made + (b * square + c * square @ square) @ made
    return made.T if tall else made
