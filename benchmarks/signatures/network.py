"""The network that looks at a slot, and the file in which it is kept."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

# Convolutions: channels, width of the kernel, stride, padding; the last two are added to what they are given.
CONVOLUTIONS = ((24, 8, 4, 2), (48, 3, 2, 1), (64, 3, 1, 1), (96, 3, 2, 1), (96, 3, 1, 1), (96, 3, 1, 1))
ADDED = 2
HIDDEN = 64
OPSET = 13


def network(answers: int, *, norms: bool = True, layers: int = 5) -> Any:
    """A fresh network of some 280,000 numbers: `layers` x H x W in, a logit for each answer out."""
    from torch import nn

    class Slot(nn.Module):  # type: ignore[misc]  # torch is not there when types are checked
        def __init__(self) -> None:
            super().__init__()
            before = [layers, *(channels for channels, *_ in CONVOLUTIONS)]
            self.convs = nn.ModuleList(
                nn.Conv2d(given, *form, bias=not norms)
                for given, form in zip(before, CONVOLUTIONS, strict=False)
            )
            self.norms = nn.ModuleList(nn.BatchNorm2d(c) if norms else nn.Identity() for c in before[1:])
            self.hidden = nn.Linear(2 * before[-1], HIDDEN)
            self.last = nn.Linear(HIDDEN, answers)
            self.dropped = nn.Dropout(0.1)

        def forward(self, seen: Any) -> Any:
            import torch

            kept = seen
            for at, (conv, norm) in enumerate(zip(self.convs, self.norms, strict=True)):
                if at == len(CONVOLUTIONS) - ADDED:
                    kept = seen
                seen = norm(conv(seen))
                seen = torch.relu(seen + kept if at == len(CONVOLUTIONS) - 1 else seen)
            pooled = torch.cat([seen.mean(dim=(2, 3)), seen.amax(dim=(2, 3))], dim=1)
            return self.last(self.dropped(torch.relu(self.hidden(pooled))))

    return Slot()


def folded(net: Any, answers: int) -> Any:
    """The same network without norms: they are folded into its convolutions."""
    import torch

    plain = network(answers, norms=False)
    with torch.no_grad():
        for conv, norm, made in zip(net.convs, net.norms, plain.convs, strict=True):
            by = norm.weight / (norm.running_var + norm.eps).sqrt()
            made.weight.copy_(conv.weight * by[:, None, None, None])
            made.bias.copy_(norm.bias - norm.running_mean * by)
    plain.hidden.load_state_dict(net.hidden.state_dict())
    plain.last.load_state_dict(net.last.state_dict())
    return plain.eval()


def onnx_bytes(net: Any, scale: Sequence[float], shape: tuple[int, ...], labels: Sequence[str]) -> bytes:
    """A network without norms as an ONNX file: its first answers, divided by `scale`, as chances."""
    from onnx import TensorProto, checker, helper, numpy_helper

    graph = helper.make_graph(
        _nodes(helper.make_node),
        "slot",
        [helper.make_tensor_value_info("slot", TensorProto.FLOAT, [1, *shape])],
        [helper.make_tensor_value_info("seen", TensorProto.FLOAT, [1, len(labels)])],
        [
            numpy_helper.from_array(np.ascontiguousarray(value), name)
            for name, value in _weights(net, np.asarray(scale, np.float32)).items()
        ],
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", OPSET)], producer_name="pakta")
    model.ir_version = 8
    checker.check_model(model)
    return bytes(model.SerializeToString())


def _weights(net: Any, scale: Any) -> dict[str, Any]:
    """The numbers of a network by the names that the nodes use."""
    parts = {**{str(at): conv for at, conv in enumerate(net.convs)}, "a": net.hidden, "b": net.last}
    kept = {}
    for name, part in parts.items():
        kept[f"w{name}"], kept[f"b{name}"] = part.weight.detach().numpy(), part.bias.detach().numpy()
    kept["wb"], kept["bb"] = kept["wb"][: len(scale)] / scale[:, None], kept["bb"][: len(scale)] / scale
    return kept


def _nodes(node: Any) -> list[Any]:
    """The steps of the network in the words of ONNX."""
    made: list[Any] = []
    last, first_added = "slot", len(CONVOLUTIONS) - ADDED
    kept = ""
    for n, (_, kernel, stride, pad) in enumerate(CONVOLUTIONS):
        kept = last if n == first_added else kept
        form = {"kernel_shape": [kernel] * 2, "strides": [stride] * 2, "pads": [pad] * 4}
        made.append(node("Conv", [last, f"w{n}", f"b{n}"], [f"c{n}"], **form))
        last = f"c{n}"
        if n == len(CONVOLUTIONS) - 1:
            made.append(node("Add", [last, kept], ["added"]))
            last = "added"
        made.append(node("Relu", [last], [f"r{n}"]))
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
