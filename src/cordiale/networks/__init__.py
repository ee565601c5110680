"""Measures of who stands with whom: snapshots in, numbers with their reasons out.

Pure: nothing here knows a store, reads a clock, or draws without a seed.
"""

from cordiale.networks.balance import Balance, balance_of
from cordiale.networks.blockmodel import Blockmodel, blockmodel
from cordiale.networks.blocs import Blocs, blocs, two_blocs
from cordiale.networks.brokerage import Brokerage, brokerage
from cordiale.networks.chance import Chance, against_chance
from cordiale.networks.change import ChangePoint, Turned, change_points, turned
from cordiale.networks.cloud import Cloud, frustration_cloud
from cordiale.networks.course import Course, course
from cordiale.networks.dependency import (
    Concentration,
    Criticality,
    Dependence,
    Dependency,
    Flow,
    criticalities,
    dependency,
    flows_of,
)
from cordiale.networks.dynamics import Ending, endings, energy
from cordiale.networks.everyone import everyone_over_time, isolation_of_everyone
from cordiale.networks.frustration import Frustration, frustration
from cordiale.networks.isolation import Isolation, isolation, isolation_over_time, pn_centrality
from cordiale.networks.labels import Labelled, blocs_over_time, matched
from cordiale.networks.landscape import Configuration, Landscape, frustrations, landscape
from cordiale.networks.pressure import Pressure, pressures
from cordiale.networks.running_out import AllyChange, AllyOutlook, Answer, running_out_of_allies
from cordiale.networks.sampled import Interval, interval, intervals
from cordiale.networks.signed import SignedNetwork
from cordiale.networks.similarity import Similarity, most_similar, similarity
from cordiale.networks.tension import (
    Bloc,
    CrossPressure,
    Fracture,
    Tension,
    cross_pressures,
    fracture,
    tensions,
    with_stances,
)
from cordiale.networks.tie_change import TieChange, TieChanges, tie_changes
from cordiale.networks.triangles import Triad, Triangles, triads, triangles
from cordiale.networks.turning import TurningPoint, turning_points
from cordiale.networks.walks import walk_balance
from cordiale.networks.what_if import Leverage, Supposed, WhatIf, leverages, what_if

__all__ = [
    "AllyChange",
    "AllyOutlook",
    "Answer",
    "Balance",
    "Bloc",
    "Blockmodel",
    "Blocs",
    "Brokerage",
    "Chance",
    "ChangePoint",
    "Cloud",
    "Concentration",
    "Configuration",
    "Course",
    "Criticality",
    "CrossPressure",
    "Dependence",
    "Dependency",
    "Ending",
    "Flow",
    "Fracture",
    "Frustration",
    "Interval",
    "Isolation",
    "Labelled",
    "Landscape",
    "Leverage",
    "Pressure",
    "SignedNetwork",
    "Similarity",
    "Supposed",
    "Tension",
    "TieChange",
    "TieChanges",
    "Triad",
    "Triangles",
    "Turned",
    "TurningPoint",
    "WhatIf",
    "against_chance",
    "balance_of",
    "blockmodel",
    "blocs",
    "blocs_over_time",
    "brokerage",
    "change_points",
    "course",
    "criticalities",
    "cross_pressures",
    "dependency",
    "endings",
    "energy",
    "everyone_over_time",
    "flows_of",
    "fracture",
    "frustration",
    "frustration_cloud",
    "frustrations",
    "interval",
    "intervals",
    "isolation",
    "isolation_of_everyone",
    "isolation_over_time",
    "landscape",
    "leverages",
    "matched",
    "most_similar",
    "pn_centrality",
    "pressures",
    "running_out_of_allies",
    "similarity",
    "tensions",
    "tie_changes",
    "triads",
    "triangles",
    "turned",
    "turning_points",
    "two_blocs",
    "walk_balance",
    "what_if",
    "with_stances",
]
