"""The network that looks at a slot: five small convolutions, and the file in which it is kept."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

CHANNELS = ((16, 2), (24, 2), (40, 2), (56, 1), (64, 2))  # and strides
HIDDEN = 32
OPSET = 13


def network(answers: int, *, norms: bool = True, layers: int = 5) -> Any:
    """A fresh network of about 70,000 numbers: `layers` x H x W in, a logit for each answer out."""
    from torch import nn

    class Pooled(nn.Module):  # type: ignore[misc]  # torch is not there when types are checked
        def forward(self, seen: Any) -> Any:
            import torch

            return torch.cat([seen.mean(dim=(2, 3)), seen.amax(dim=(2, 3))], dim=1)

    parts: list[Any] = []
    before = layers
    for channels, stride in CHANNELS:
        parts.append(nn.Conv2d(before, channels, 3, stride, 1, bias=not norms))
        parts += [nn.BatchNorm2d(channels)] if norms else []
        parts.append(nn.ReLU())
        before = channels
    parts += [Pooled(), nn.Linear(2 * before, HIDDEN), nn.ReLU(), nn.Dropout(0.1), nn.Linear(HIDDEN, answers)]
    return nn.Sequential(*parts)


def folded(net: Any, answers: int) -> Any:
    """The same network without norms: they are folded into its convolutions."""
    import torch

    plain, parts = network(answers, norms=False), list(net)
    with torch.no_grad():
        for n in range(len(CHANNELS)):
            conv, norm = parts[3 * n], parts[3 * n + 1]
            by = norm.weight / (norm.running_var + norm.eps).sqrt()
            plain[2 * n].weight.copy_(conv.weight * by[:, None, None, None])
            plain[2 * n].bias.copy_(norm.bias - norm.running_mean * by)
        for one, two in ((-4, -4), (-1, -1)):
            plain[two].load_state_dict(parts[one].state_dict())
    return plain


def onnx_bytes(net: Any, scale: Sequence[float], shape: tuple[int, ...], labels: Sequence[str]) -> bytes:
    """A network without norms as an ONNX file, each logit divided by its `scale`."""
    from onnx import TensorProto, checker, helper, numpy_helper

    parts, divisor = list(net), np.asarray(scale, np.float32)
    weights = {
        f"{kind}{n}": getattr(parts[2 * n], long) for n in range(len(CHANNELS)) for kind, long in KINDS
    }
    weights |= {f"{kind}a": getattr(parts[-4], long) for kind, long in KINDS}
    kept = {name: value.detach().numpy() for name, value in weights.items()}
    kept["wb"] = parts[-1].weight.detach().numpy() / divisor[:, None]
    kept["bb"] = parts[-1].bias.detach().numpy() / divisor
    graph = helper.make_graph(
        _nodes(helper.make_node),
        "slot",
        [helper.make_tensor_value_info("slot", TensorProto.FLOAT, [1, *shape])],
        [helper.make_tensor_value_info("seen", TensorProto.FLOAT, [1, len(labels)])],
        [numpy_helper.from_array(np.ascontiguousarray(value), name) for name, value in kept.items()],
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", OPSET)], producer_name="pakta")
    model.ir_version = 8
    checker.check_model(model)
    return bytes(model.SerializeToString())


KINDS = (("w", "weight"), ("b", "bias"))


def _nodes(node: Any) -> list[Any]:
    """The steps of the network in the words of ONNX."""
    made: list[Any] = []
    last = "slot"
    for n, (_, stride) in enumerate(CHANNELS):
        form = {"kernel_shape": [3, 3], "strides": [stride] * 2, "pads": [1] * 4}
        made += [
            node("Conv", [last, f"w{n}", f"b{n}"], [f"c{n}"], **form),
            node("Relu", [f"c{n}"], [f"r{n}"]),
        ]
        last = f"r{n}"
    return [
        *made,
        node("GlobalAveragePool", [last], ["mean"]),
        node("GlobalMaxPool", [last], ["most"]),
        node("Concat", ["mean", "most"], ["both"], axis=1),
        node("Flatten", ["both"], ["flat"], axis=1),
        node("Gemm", ["flat", "wa", "ba"], ["ga"], transB=1),
        node("Relu", ["ga"], ["ra"]),
        node("Gemm", ["ra", "wb", "bb"], ["logits"], transB=1),
        node("Sigmoid", ["logits"], ["seen"]),
    ]
