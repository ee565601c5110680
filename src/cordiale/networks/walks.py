"""How balanced a signed network is by its closed walks: far cycles count, but less the longer they are.

Closed walks of every length are counted with their signs and held against the same walks without signs; a walk of k
ties weighs βᵏ/k! (Estrada & Benzi 2014, Physical Review E 90:042802). No division into sides is sought here.
"""

from __future__ import annotations

import sys

import numpy as np
from scipy.linalg import eigvalsh

from cordiale.errors import InvalidValue
from cordiale.networks.signed import SignedNetwork, Ties

MOST = 8_000
"""Actors, at most: the walks of more would take the memory of a large machine."""


def walk_balance(ties: Ties, *, weighted: bool = False, beta: float = 1.0) -> float:
    """tr exp(βA) / tr exp(β|A|), in (0, 1]: 1 where no closed walk is of negative sign, thus where balanced. What is
    too small for a number is the smallest one.

    Dense networks have many long walks and come out low; compare it with chance, or over time, not between networks of
    other sizes. `beta` above 0 is how far walks reach.

    >>> round(walk_balance([("a", "b", 1), ("b", "c", 1), ("a", "c", -1)]), 3)
    0.686
    >>> walk_balance([("a", "b", 1), ("b", "c", -1), ("a", "c", -1)])
    1.0
    """
    if not (beta > 0 and np.isfinite(beta)):
        raise InvalidValue("how far walks reach (beta)", beta, "give a number above 0")
    network = SignedNetwork.of(ties, weighted=weighted)
    used = np.unique(network.ends)
    if len(used) > MOST:
        raise InvalidValue(
            "actors with ties, for the walk index", len(used), f"give at most {MOST:,}, or use triangles"
        )
    if not len(used):
        return 1.0
    a, b = np.searchsorted(used, network.ends).T
    matrix = np.zeros((len(used), len(used)))
    matrix[a, b] = matrix[b, a] = beta * network.weights
    signed, plain = eigvalsh(matrix), eigvalsh(np.abs(matrix))
    top = plain.max()  # exponents are taken below it: no network overflows
    loose = len(network.actors) - len(used)
    alone = loose * np.exp(-top)  # an actor without ties has the walk of no tie
    found = float((np.exp(signed - top).sum() + alone) / (np.exp(plain - top).sum() + alone))
    return min(1.0, max(found, sys.float_info.min))
