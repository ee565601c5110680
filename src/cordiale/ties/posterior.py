"""From evidence masses to a stance: the Dirichlet posterior over friendly, hostile and neutral.

Every function takes masses of shape (..., 3) in that order and gives arrays of shape (...). Nothing here knows a claim
or a date. Unknown is not neutral: a tie with little evidence is unknown, and neutral only by evidence of neutrality.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import numpy as np
from numpy.typing import NDArray

from cordiale.ties.policy import EvidencePolicy

Array = NDArray[np.float64]


class Stance(StrEnum):
    """How two actors stand, in a word.

    `leaning_*`: the evidence points there, short of firm. `contested`: strong evidence on both sides. `unknown`: too
    little evidence to say, or what there is points nowhere.
    """

    FRIENDLY = "friendly"
    LEANING_FRIENDLY = "leaning_friendly"
    NEUTRAL = "neutral"
    LEANING_HOSTILE = "leaning_hostile"
    HOSTILE = "hostile"
    CONTESTED = "contested"
    UNKNOWN = "unknown"

    @property
    def sign(self) -> int:
        """1 on the friendly side, -1 on the hostile side, 0 otherwise."""
        return _SIGNS.get(self, 0)

    @property
    def mirrored(self) -> Stance:
        """The stance with friendly and hostile exchanged."""
        return _MIRROR.get(self, self)


_SIGNS = {Stance.FRIENDLY: 1, Stance.LEANING_FRIENDLY: 1, Stance.HOSTILE: -1, Stance.LEANING_HOSTILE: -1}
_MIRROR = {
    Stance.FRIENDLY: Stance.HOSTILE,
    Stance.HOSTILE: Stance.FRIENDLY,
    Stance.LEANING_FRIENDLY: Stance.LEANING_HOSTILE,
    Stance.LEANING_HOSTILE: Stance.LEANING_FRIENDLY,
}
STANCES = tuple(Stance)
"""Arrays of stances hold indices into this."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Posterior:
    """What masses of evidence amount to; every field an array of one shape.

    `p_friendly` is P(θ₊ > θ₋); `weight` is E[θ₊] - E[θ₋], in [-1, 1]; `certainty` is 1 - K / (K + evidence);
    `ambivalence` is 0 where all evidence is on one side and 1 where both hold the same; `stance` indexes `STANCES`.
    """

    evidence: Array
    p_friendly: Array
    weight: Array
    certainty: Array
    ambivalence: Array
    stance: NDArray[np.int8]


def posterior(masses: NDArray[Any], policy: EvidencePolicy) -> Posterior:
    """The Dirichlet posterior of evidence, and its label.

    P(friendly > hostile) = I_½(α₋, α₊), the regularised incomplete beta function: the neutral share of a Dirichlet
    drops out of the comparison. Uncertainty is that of subjective logic (Jøsang 2016, §3.5). Ambivalence is
    4 e₊ e₋ / (e₊ + e₋)² of the evidence, not of the posterior mean: with the prior in it, no evidence at all would
    be the most ambivalent.

    >>> from cordiale.ties.policy import DEFAULT_POLICY
    >>> result = posterior(np.array([[0.0, 0.0, 0.0], [2.0, 0.0, 0.0]]), DEFAULT_POLICY)
    >>> [STANCES[code].value for code in result.stance], result.p_friendly.round(2).tolist()
    (['unknown', 'friendly'], [0.5, 0.97])
    """
    from scipy.special import betainc

    friendly, hostile, neutral = np.moveaxis(np.asarray(masses, dtype=np.float64), -1, 0)
    evidence = friendly + hostile + neutral
    base = policy.prior_mass * np.array(policy.prior)
    for_it, against = base[0] + friendly, base[1] + hostile
    p = np.asarray(betainc(against, for_it, 0.5), dtype=np.float64)
    signed = friendly + hostile
    with np.errstate(invalid="ignore", divide="ignore"):
        ambivalence = np.where(signed > 0, 4 * friendly * hostile / signed**2, 0.0)
    ambivalence = np.where(np.isfinite(ambivalence), ambivalence, 0.0)
    both = np.minimum(friendly, hostile) >= policy.least_evidence
    stance = np.select(
        [
            evidence < policy.least_evidence,
            (neutral > signed) & (neutral >= policy.least_evidence),
            (ambivalence >= policy.contested_from) & both,
            p >= policy.firm,
            p <= 1 - policy.firm,
            p >= policy.leaning,
            p <= 1 - policy.leaning,
        ],
        [
            STANCES.index(label)
            for label in (
                Stance.UNKNOWN,
                Stance.NEUTRAL,
                Stance.CONTESTED,
                Stance.FRIENDLY,
                Stance.HOSTILE,
                Stance.LEANING_FRIENDLY,
                Stance.LEANING_HOSTILE,
            )
        ],
        STANCES.index(Stance.UNKNOWN),
    )
    return Posterior(
        evidence=evidence,
        p_friendly=p,
        weight=(for_it - against) / (policy.prior_mass + evidence),
        certainty=evidence / (policy.unknown_mass + evidence),
        ambivalence=ambivalence,
        stance=stance.astype(np.int8),
    )
