"""The constants of the evidence model, in one frozen value that a user can replace.

Half-lives and weights by relation are not here: they stand in the relation's own row. Nothing is weighed here and
nothing is read. Half-lives are in days; weights, discounts and reliabilities are in [0, 1].
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from math import isfinite

from cordiale.claims import Certainty, Change
from cordiale.errors import InvalidValue


def _certainties() -> dict[Certainty, float]:
    return {
        Certainty.ASSERTED: 1.0,
        Certainty.BELIEVED: 0.8,
        Certainty.ALLEGED: 0.5,
        Certainty.POSSIBLE: 0.25,
        Certainty.PREDICTED: 0.0,
        Certainty.DENIED: 0.5,
    }


def _changes() -> dict[Change, float]:
    return {Change.WEAKENS: 0.5, Change.ATTEMPTED: 0.3}


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidencePolicy:
    """How claims count.

    `prior` is the base rate of friendly, hostile and neutral, `prior_mass` what it weighs (α₀), `unknown_mass` the K of
    subjective logic (Jøsang 2016): uncertainty is K / (K + evidence). Most pairs of actors are neither friends nor
    enemies, and friendly and hostile start equal. With 0.15 each, one voice that states an alliance or a war makes a
    tie lean and two independent ones make it firm.

    `reliability` is that of a source of which nothing is known, the mean of Beta(4, 1); `reliabilities` holds those
    that are known, by source number. `party`, `third_party` and `adversary` discount what a document only quotes: a
    word of one of the two actors, of somebody else, of somebody hostile to one of them. `certainties` and `changes` are
    weights by how firmly a claim is made and by what it says happened (1 where not listed); that of `denied` is the
    weight as evidence for neither side.

    A tie with less evidence than `least_evidence` is unknown. One plain statement in a source of unknown standing
    ("A opposes B") weighs 0.48, so the 0.25 here lets it speak for about one half-life. A tie is contested from
    `contested_from` of ambivalence, firm from `firm` of probability for one side, leaning from `leaning`.

    >>> EvidencePolicy(reliabilities={3: 0.95}).reliability_of(3)
    0.95
    """

    prior: tuple[float, float, float] = (0.15, 0.15, 0.7)
    prior_mass: float = 1.0
    unknown_mass: float = 2.0
    reliability: float = 0.8
    reliabilities: Mapping[int, float] = field(default_factory=dict, hash=False)
    party: float = 0.8
    third_party: float = 0.9
    adversary: float = 0.5
    certainties: Mapping[Certainty, float] = field(default_factory=_certainties, hash=False)
    changes: Mapping[Change, float] = field(default_factory=_changes, hash=False)
    attempted_half_life: float = 90.0
    ended_half_life: float = 90.0
    least_evidence: float = 0.25
    contested_from: float = 0.6
    firm: float = 0.9
    leaning: float = 0.6

    def __post_init__(self) -> None:
        if len(self.prior) != 3 or min(self.prior) <= 0 or abs(sum(self.prior) - 1) > 1e-9:
            raise InvalidValue("the prior of a policy", self.prior, "give three numbers above 0 that add up to 1")
        for name in ("prior_mass", "unknown_mass", "attempted_half_life", "ended_half_life", "least_evidence"):
            value = getattr(self, name)
            if not (value > 0 and isfinite(value)):
                raise InvalidValue(f"the {name} of a policy", value, "use a number above 0")
        shares = {name: getattr(self, name) for name in ("reliability", "party", "third_party", "adversary")}
        shares |= {"contested_from": self.contested_from}
        shares |= {f"reliability of source {number}": value for number, value in self.reliabilities.items()}
        shares |= {f"weight of {certainty}": value for certainty, value in self.certainties.items()}
        shares |= {f"weight of {change}": value for change, value in self.changes.items()}
        for name, value in shares.items():
            if not 0 <= value <= 1:
                raise InvalidValue(f"the {name} in a policy", value, "use a number from 0 to 1")
        if missing := set(Certainty) - set(self.certainties):
            raise InvalidValue("certainties without a weight", sorted(missing), "give a weight for each")
        if not 0.5 <= self.leaning <= self.firm < 1:
            raise InvalidValue(
                "the thresholds of a policy", (self.leaning, self.firm), "use 0.5 <= leaning <= firm, firm below 1"
            )

    def reliability_of(self, source: int) -> float:
        """That of a source, by its number."""
        return self.reliabilities.get(source, self.reliability)


DEFAULT_POLICY = EvidencePolicy()
"""The constants as they ship."""
