"""From trained weights to the files that the package ships.

python training/export.py FOLDER        reads FOLDER/weights.pt, writes FOLDER/model.onnx in full precision and in int8
"""

from __future__ import annotations

import sys
from pathlib import Path

import onnx
import torch
from network import Network
from onnxruntime.quantization import QuantType, quantize_dynamic
from onnxruntime.quantization.shape_inference import quant_pre_process
from torch import Tensor, nn

OPSET = 17


class Whole(nn.Module):
    """All heads over one pass: pairs where there are marks, words where there are none."""

    def __init__(self, network: Network) -> None:
        super().__init__()
        self.network = network

    def forward(self, ids: Tensor, shapes: Tensor, subject: Tensor, object_: Tensor) -> tuple[Tensor, ...]:
        states = self.network.encoder(ids, shapes)
        tags = [head(states) for head in self.network.tags.values()]
        return (*self.network.pair(states, subject, object_), *self.network.links(states), *tags)


def export(network: Network, folder: Path) -> Path:
    """Writes FOLDER/full.onnx and FOLDER/model.onnx, the one that ships."""
    full, out = folder / "full.onnx", folder / "model.onnx"
    example = (torch.tensor([[101, 5, 6, 102]] * 2), torch.zeros(2, 4, dtype=torch.long), torch.ones(2).long())
    rows, words = {0: "rows"}, {0: "rows", 1: "words"}
    outputs = ["relation", "change", "certainty", "source", "target", *network.tags]
    torch.onnx.export(
        Whole(network).eval(),
        (*example, example[-1]),
        str(full),
        input_names=["ids", "shapes", "subject", "object"],
        output_names=outputs,
        dynamic_axes={
            **dict.fromkeys(("ids", "shapes", "source", "target", *network.tags), words),
            **dict.fromkeys(("subject", "object", "relation", "change", "certainty"), rows),
        },
        opset_version=OPSET,
        dynamo=False,
    )
    ready = folder / "ready.onnx"
    quant_pre_process(str(full), str(ready), skip_symbolic_shape=True)
    heads = [
        node.name
        for node in onnx.load(str(ready)).graph.node
        if node.op_type in ("MatMul", "Gemm") and "encoder" not in node.name
    ]
    quantize_dynamic(str(ready), str(out), weight_type=QuantType.QInt8, per_channel=True, nodes_to_exclude=heads)
    ready.unlink()
    return out


if __name__ == "__main__":
    from measure import loaded

    at = export(loaded(Path(sys.argv[1]) / "weights.pt"), Path(sys.argv[1]))
    print(f"{at}: {at.stat().st_size / 1e6:.1f} MB")
