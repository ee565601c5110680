"""The ties of a day, or of any signed network, as a table: a row a tie, by the ids of its actors.

Sign and absolute weight are two columns. Of a network, which knows no more, the rest is empty. Ties of which too
little is known are left out.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from cordiale.claims import Actor
from cordiale.networks import SignedNetwork
from cordiale.ties import Snapshot, Stance


@dataclass(frozen=True, slots=True, kw_only=True)
class TieRow:
    """A tie as it is written: `a` and `b` are ids; `since` the first day of its stretch on this side, `at` the day that
    was asked for, `claims` how many it rests on."""

    a: str
    b: str
    name_a: str
    name_b: str
    sign: int
    weight: float
    stance: str | None = None
    p_friendly: float | None = None
    certainty: float | None = None
    evidence: float | None = None
    disputed: bool | None = None
    since: date | None = None
    at: date | None = None
    claims: int | None = None


def tie_rows(ties: SignedNetwork | Snapshot, actors: Mapping[str, Actor]) -> Iterator[TieRow]:
    """A row for each tie. An actor that `actors` lacks goes by its id.

    >>> network = SignedNetwork.of([("iran", "iraq", -1, 0.5)], weighted=True)
    >>> [(row.a, row.b, row.sign, row.weight, row.since) for row in tie_rows(network, {})]
    [('iran', 'iraq', -1, 0.5, None)]
    """

    def name(key: str) -> str:
        return actors[key].name if key in actors else key

    if isinstance(ties, SignedNetwork):
        for a, b, weight in ties.ties:
            sign = 1 if weight > 0 else -1
            yield TieRow(a=a, b=b, name_a=name(a), name_b=name(b), sign=sign, weight=abs(weight))
        return
    for tie in ties:
        if tie.stance is not Stance.UNKNOWN:
            yield TieRow(
                a=tie.a, b=tie.b, name_a=name(tie.a), name_b=name(tie.b), sign=tie.sign, weight=abs(tie.weight),
                stance=str(tie.stance), p_friendly=tie.p_friendly, certainty=tie.certainty, evidence=tie.evidence,
                disputed=tie.disputed, since=tie.since, at=tie.at, claims=len(tie.claims),
            )  # fmt: skip
