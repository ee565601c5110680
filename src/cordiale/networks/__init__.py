"""Measures of who stands with whom: snapshots in, numbers with their reasons out.

Pure: nothing here knows a store, reads a clock, or draws without a seed.
"""

from cordiale.networks.frustration import Frustration, frustration
from cordiale.networks.isolation import Isolation, isolation, isolation_over_time, pn_centrality
from cordiale.networks.running_out import AllyChange, AllyOutlook, Answer, running_out_of_allies
from cordiale.networks.signed import SignedNetwork

__all__ = [
    "AllyChange",
    "AllyOutlook",
    "Answer",
    "Frustration",
    "Isolation",
    "SignedNetwork",
    "frustration",
    "isolation",
    "isolation_over_time",
    "pn_centrality",
    "running_out_of_allies",
]
