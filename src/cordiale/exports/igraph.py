"""A signed network as igraph has it: `sign` and absolute `weight` as edge attributes, `name` on vertices.

igraph is under the GPL and no part of Cordiale: it is imported when this is asked for, and only if it is installed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from cordiale.errors import MissingExtra
from cordiale.networks import SignedNetwork
from cordiale.networks.signed import Ties

if TYPE_CHECKING:
    import igraph


def to_igraph(ties: Ties) -> igraph.Graph:
    """A network with its strengths; ties of sign 0 are none. `MissingExtra` where igraph is not installed.

    >>> graph = to_igraph([("a", "b", -1, 0.5)])
    >>> graph.vs["name"], graph.es["sign"], graph.es["weight"]
    (['a', 'b'], [-1], [0.5])
    """
    try:
        import igraph
    except ImportError as error:
        raise MissingExtra("igraph", "igraph", "an igraph graph") from error
    network = SignedNetwork.of(ties, weighted=True)
    return igraph.Graph(
        n=len(network.actors), edges=network.ends.tolist(), vertex_attrs={"name": list(network.actors)},
        edge_attrs={
            "sign": np.sign(network.weights).astype(int).tolist(), "weight": np.abs(network.weights).tolist(),
        },
    )  # fmt: skip
