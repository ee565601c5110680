"""The ties of a day as GraphML, which Gephi, Cytoscape, R and networkx read.

Sign and strength are two attributes, `sign` (-1, 0, 1) and `weight` (absolute, 0 to 1), as most programs take weights
to be positive. Every value is finite; ties of which too little is known are left out. Nodes carry id, name and kind.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import BinaryIO

from cordiale.claims import Actor
from cordiale.ties import Snapshot

_NO_XML = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def write_graphml(snapshot: Snapshot, actors: Mapping[str, Actor], out: BinaryIO) -> int:
    """Write a snapshot; how many ties."""
    import networkx

    graph = snapshot.to_networkx()
    graph.graph["at"] = snapshot.at.isoformat()
    graph.graph["known"] = snapshot.known.isoformat() if snapshot.known else ""
    graph.remove_nodes_from([node for node, degree in list(graph.degree()) if not degree])
    for node, data in graph.nodes(data=True):
        actor = actors.get(node)
        data["name"] = _NO_XML.sub("\N{REPLACEMENT CHARACTER}", actor.name) if actor else node
        data["kind"] = str(actor.kind) if actor else ""
    for _, _, data in graph.edges(data=True):
        data["since"] = data["since"].isoformat() if data.get("since") else ""
    networkx.write_graphml_xml(graph, out)
    return int(graph.number_of_edges())
