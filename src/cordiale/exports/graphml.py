"""The ties of a day, or of any signed network, as GraphML, which Gephi, Cytoscape, R and networkx read.

Sign and strength are two attributes, `sign` (-1, 0, 1) and `weight` (absolute), as most programs take weights to be
positive. Every value is finite; ties of which too little is known are left out. Nodes carry id, name and kind.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import BinaryIO

from cordiale.claims import Actor
from cordiale.networks import SignedNetwork
from cordiale.plain import plain
from cordiale.ties import Snapshot


def write_graphml(ties: SignedNetwork | Snapshot, actors: Mapping[str, Actor], out: BinaryIO) -> int:
    """Write a network or a snapshot; how many ties. An actor that `actors` lacks goes by its id, without a kind.

    Actors without ties stay in a network, which names them, and leave a snapshot, which knows too little of their ties.
    """
    import networkx

    graph = ties.to_networkx()
    if isinstance(ties, Snapshot):
        graph.graph["at"] = ties.at.isoformat()
        graph.graph["known"] = ties.known.isoformat() if ties.known else ""
        graph.remove_nodes_from([node for node, degree in list(graph.degree()) if not degree])
    for node, data in graph.nodes(data=True):
        actor = actors.get(node)
        data["name"] = plain(actor.name if actor else node)
        data["kind"] = str(actor.kind) if actor else ""
    for _, _, data in graph.edges(data=True):
        if "since" in data:
            data["since"] = data["since"].isoformat()
    networkx.write_graphml_xml(networkx.relabel_nodes(graph, {node: plain(node) for node in graph}), out)
    return int(graph.number_of_edges())
