"""Measures of who stands with whom: snapshots in, numbers with their reasons out.

Pure: nothing here knows a store, reads a clock, or draws without a seed.
"""

from cordiale.networks.chance import Chance, against_chance
from cordiale.networks.frustration import Frustration, frustration
from cordiale.networks.isolation import Isolation, isolation, isolation_over_time, pn_centrality
from cordiale.networks.running_out import AllyChange, AllyOutlook, Answer, running_out_of_allies
from cordiale.networks.signed import SignedNetwork
from cordiale.networks.triangles import Triangles, triangles

__all__ = [
    "AllyChange",
    "AllyOutlook",
    "Answer",
    "Chance",
    "Frustration",
    "Isolation",
    "SignedNetwork",
    "Triangles",
    "against_chance",
    "frustration",
    "isolation",
    "isolation_over_time",
    "pn_centrality",
    "running_out_of_allies",
    "triangles",
]
