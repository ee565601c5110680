"""From claims to ties: how two actors stand on a day, since when, how sure, and by which claims.

Pure: nothing here knows a store, reads a clock, or draws without a seed.
"""

from cordiale.ties.episodes import Cause, Episode, StanceChange, changes, episodes, episodes_of
from cordiale.ties.evidence import Evidence, Hindsight, weigh
from cordiale.ties.policy import DEFAULT_POLICY, EvidencePolicy
from cordiale.ties.posterior import STANCES, Posterior, Stance
from cordiale.ties.snapshot import Snapshot, assess, tie
from cordiale.ties.tie import Contribution, Tie

__all__ = [
    "DEFAULT_POLICY",
    "STANCES",
    "Cause",
    "Contribution",
    "Episode",
    "Evidence",
    "EvidencePolicy",
    "Hindsight",
    "Posterior",
    "Snapshot",
    "Stance",
    "StanceChange",
    "Tie",
    "assess",
    "changes",
    "episodes",
    "episodes_of",
    "tie",
    "weigh",
]
