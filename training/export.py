"""From trained weights to the files that the package ships.

python training/export.py FOLDER [TO]

Reads FOLDER/weights.pt; writes model.onnx (in int8), tokenizer.json and model.json to TO (default: where the package
keeps them).
"""

from __future__ import annotations

import hashlib
import json
import sys
import tempfile
from pathlib import Path

import onnx
import sources
import torch
from network import RELATIONS, Network
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
        tags = [self.network.tags[head](states) for head in sources.HEADS]
        return (*self.network.pair(states, subject, object_), *self.network.links(states), *tags)


SHIPPED = Path(__file__).parents[1] / "src" / "cordiale" / "reading" / "model" / "weights"


def package(network: Network, temperature: dict[str, float], to: Path) -> str:
    """Writes the files that `cordiale.reading.model.network` reads; the version that they go by."""
    to.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        (to / "model.onnx").write_bytes(export(network, Path(folder)).read_bytes())
    (to / "tokenizer.json").write_bytes((sources.folder() / "tokenizer.json").read_bytes())
    digests = {name: hashlib.sha256((to / name).read_bytes()).hexdigest() for name in ("model.onnx", "tokenizer.json")}
    about = {
        "version": digests["model.onnx"][:8],
        "heads": sources.HEADS,
        "relations": RELATIONS,
        "temperature": temperature,
        "files": digests,
    }
    (to / "model.json").write_text(json.dumps(about, indent=1) + "\n", "utf-8")
    return digests["model.onnx"][:8]


def export(network: Network, folder: Path) -> Path:
    """Writes the network to a file of the folder, in int8; the heads, which are small, in full precision."""
    full, out = folder / "full.onnx", folder / "model.onnx"
    example = (torch.tensor([[101, 5, 6, 102]] * 2), torch.zeros(2, 4, dtype=torch.long), torch.ones(2).long())
    rows, words = {0: "rows"}, {0: "rows", 1: "words"}
    outputs = ["relation", "change", "certainty", "source", "target", *sources.HEADS]
    torch.onnx.export(
        Whole(network).eval(),
        (*example, example[-1]),
        str(full),
        input_names=["ids", "shapes", "subject", "object"],
        output_names=outputs,
        dynamic_axes={
            **dict.fromkeys(("ids", "shapes", "source", "target", *sources.HEADS), words),
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
    # Seven bits of eight: a processor without VNNI adds products in 16 bits, which eight would overflow.
    quantize_dynamic(
        str(ready), str(out), weight_type=QuantType.QInt8, per_channel=True, reduce_range=True, nodes_to_exclude=heads
    )
    ready.unlink()
    return out


if __name__ == "__main__":
    from calibrate import temperatures
    from train import loaded

    made = loaded(Path(sys.argv[1]) / "weights.pt")
    to = Path(sys.argv[2]) if len(sys.argv) > 2 else SHIPPED
    print(f"version {package(made, temperatures(made), to)}")
    for path in sorted(to.iterdir()):
        print(f"{path.name}: {path.stat().st_size / 1e6:.1f} MB")
