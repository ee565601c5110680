"""The ties of a day as a Pajek network: signed values on undirected lines, labels in quotes, UTF-8 with a mark.

The value of a line is its sign times its strength, as Pajek's signed methods take it. Pajek has no way to write a quote
in a label: it becomes an apostrophe.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import BinaryIO

from cordiale.networks import SignedNetwork


def write_pajek(network: SignedNetwork, names: Mapping[str, str], out: BinaryIO) -> int:
    """Write a network; how many ties. An actor that `names` lacks goes by its id."""
    lines = [f"*Vertices {len(network.actors)}"]
    for number, actor in enumerate(network.actors, start=1):
        label = " ".join(names.get(actor, actor).replace('"', "'").split())
        lines.append(f'{number} "{label}"')
    lines.append("*Edges")
    lines += [f"{a + 1} {b + 1} {w:.6g}" for (a, b), w in zip(network.ends.tolist(), network.weights, strict=True)]
    out.write("\ufeff".encode() + "\r\n".join([*lines, ""]).encode())
    return len(network)
