"""Whether the tellers of a tie say opposite things: a dispute is between tellers, and never within one alone."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from cordiale.ties.evidence import Evidence, Rows


def disputed(evidence: Evidence, rows: Rows, count: int) -> NDArray[np.bool_]:
    """For each of `count` queries: both a side and what speaks against it hold enough evidence, and not all of it comes
    from one teller. `rows` are the claims behind the queries, as `Evidence.rows` gives them.
    """
    kind, denied = evidence.kind[rows.row], evidence.denied[rows.row]
    involved = (rows.mass > 0) & ((kind < 2) | (denied != 0))
    query, mass = rows.query[involved], rows.mass[involved]
    kind, denied = kind[involved], denied[involved]
    side = [np.bincount(query, mass * (kind == k), minlength=count) for k in (0, 1)]
    denial = [np.bincount(query, mass * (denied == sign), minlength=count) for sign in (1, -1)]
    claims = evidence.claim[rows.row[involved]]
    columns = evidence.columns
    teller = columns.voice[claims].astype(np.int64) * (len(columns.actors) + 1) + columns.said_by[claims] + 1
    lowest = np.full(count, np.iinfo(np.int64).max)
    highest = np.full(count, -1)
    np.minimum.at(lowest, query, teller)
    np.maximum.at(highest, query, teller)
    least = evidence.policy.least_evidence
    against = [side[1] + denial[0], side[0] + denial[1]]
    split = [(one >= least) & (other >= least) for one, other in zip(side, against, strict=True)]
    found: NDArray[np.bool_] = (split[0] | split[1]) & (highest > lowest)
    return found
