"""Why a tie weighs what it weighs: the sum of its claims, and what it would be without some of them.

Leaving claims out is a question and no change: it is in the address of a page, and nowhere else.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

import numpy as np

from cordiale.dossier import SourcedTie
from cordiale.dossier.mapping import sourced_tie
from cordiale.ties import DEFAULT_POLICY
from cordiale.web.desk import Desk
from cordiale.web.view import View

MOST = 200
"""Claims that may be left out at once."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sum:
    """What the claims of a tie weigh together of friendship, of hostility and of neutrality, and the formula that makes
    a weight and a certainty of it, written out."""

    friendly: float
    hostile: float
    neutral: float
    weight: str
    certainty: str


def sum_of(tie: SourcedTie) -> Sum:
    """The sum behind a tie; that of `ties.posterior`, in numbers."""
    sides = {sign: sum(part.weight for part in tie.tie.contributions if part.sign == sign) for sign in (1, -1, 0)}
    total, policy = sum(sides.values()), DEFAULT_POLICY
    lead = policy.prior_mass * (policy.prior[0] - policy.prior[1])
    start = f"{lead:+.2f} " if lead else ""
    return Sum(
        friendly=sides[1], hostile=sides[-1], neutral=sides[0],
        weight=f"({start}{sides[1]:.2f} − {sides[-1]:.2f}) / ({policy.prior_mass:g} + {total:.2f})",
        certainty=f"{total:.2f} / ({policy.unknown_mass:g} + {total:.2f})",
    )  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Lessened:
    """A tie without some of its claims, and how many those are."""

    tie: SourcedTie
    left_out: int


def without(desk: Desk, tie: SourcedTie, view: View, claims: Collection[str]) -> Lessened | None:
    """A tie as it would be without some of its claims, by their ids; None where none of them is behind it."""
    left_out = [number for number, claim in zip(tie.tie.claims, tie.claims(), strict=True) if claim.id in claims]
    if not left_out:
        return None
    columns, dossier = desk.heard(view, pair=(tie.a.id, tie.b.id)), desk.dossier
    kept = columns.where(~np.isin(columns.number, left_out))
    evidence = dossier.weighed(kept, view.known)
    other = sourced_tie(dossier, evidence, tie.a, tie.b, at=view.at, known=view.known)
    return Lessened(tie=other, left_out=len(left_out))
