"""Which claims are best checked next, and what checking has shown so far.

The claims that move a tie most and of which the reader is least sure come first. Nothing is decided here: a verdict is
a row of its own (`Dossier.review`), by a name and with a reason, and the claim stays as it was.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations
from math import sqrt

import numpy as np

from cordiale.claims import UNCLEAR, Verdict
from cordiale.store import Word
from cordiale.ties import Evidence

SET_ASIDE = (Verdict.REJECTED, Verdict.CORRECTED)
"""Verdicts by which a claim does not count."""
Z90 = 1.6449
"""The standard normal quantile of a central 90 %."""


def queue(evidence: Evidence, words: Iterable[Word], by: str) -> list[int]:
    """The numbers of the claims on which a reviewer has no word yet: the most influential unsure ones first, and last
    those that others have set aside, so that two reviewers can differ.

    A claim of mass m in a tie of evidence e moves it by about m / (K + e) of subjective logic, and is wrong with one
    minus its confidence. An unclear claim counts as its confidence, were it to count.
    """
    columns, policy = evidence.columns, evidence.policy
    alone = np.zeros(len(columns))
    np.maximum.at(alone, evidence.claim, evidence.credible * evidence.intensity)
    unclear = columns.confidence < UNCLEAR
    alone[unclear] = columns.confidence[unclear]
    ends = np.sort(np.stack([columns.subject, columns.object]).astype(np.int64), axis=0)
    _, tie = np.unique(ends[0] * max(len(columns.actors), 1) + ends[1], return_inverse=True)
    total = np.bincount(tie, weights=alone)
    influence = alone / (policy.unknown_mass + total[tie]) * (1 - columns.confidence)
    words = list(words)
    said = {word.claim for word in words if word.by == by}
    order = np.lexsort((columns.number, -influence))
    waiting = [number for number in columns.number[order].tolist() if number not in said]
    passed_over = said.union(waiting)
    aside = dict.fromkeys(word.claim for word in words if word.verdict in SET_ASIDE)
    return waiting + [number for number in aside if number not in passed_over]


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """What checking has shown: claims that were checked, those that were right, and the share of the right ones with
    its 90 % interval (Wilson 1927); `alpha` is how far reviewers agree beyond chance, None where no two said anything
    of one claim; `split` are the numbers of the claims on which they differ."""

    claims: int
    right: int
    precision: float | None
    low: float | None
    high: float | None
    alpha: float | None
    split: tuple[int, ...]


def checked(words: Sequence[Word]) -> Checked:
    """What the words of all reviewers add up to; of a claim with several the latest decides.

    >>> checked([]).precision is None
    True
    """
    of: dict[int, list[Word]] = {}
    for word in words:
        of.setdefault(word.claim, []).append(word)
    right = sum(some[-1].verdict is Verdict.ACCEPTED for some in of.values())
    precision = low = high = None
    if of:
        precision = right / len(of)
        low, high = wilson(right, len(of))
    units = [[str(word.verdict) for word in some] for some in of.values()]
    split = tuple(claim for claim, some in of.items() if len({word.verdict for word in some}) > 1)
    return Checked(
        claims=len(of), right=right, precision=precision, low=low, high=high, alpha=krippendorff(units), split=split
    )


def wilson(right: int, of: int) -> tuple[float, float]:
    """The central 90 % for a share, by Wilson's score (1927, J. Am. Stat. Assoc. 22:209).

    >>> tuple(round(bound, 2) for bound in wilson(9, 10))
    (0.65, 0.98)
    """
    share, square = right / of, Z90**2
    middle = (share + square / (2 * of)) / (1 + square / of)
    spread = Z90 / (1 + square / of) * sqrt(share * (1 - share) / of + square / (4 * of**2))
    return max(0.0, middle - spread), min(1.0, middle + spread)


def krippendorff(units: Iterable[Sequence[str]]) -> float | None:
    """Krippendorff's alpha for nominal values (Krippendorff 2019, Content Analysis, ch. 12): 1 - observed / expected
    disagreement, over units with two values or more. None where there is none, or only one value was ever given.

    >>> krippendorff([["a", "a"], ["b", "b"], ["a", "b"], ["a", "a"]])
    0.5333333333333333
    """
    paired = [unit for unit in units if len(unit) > 1]
    values = [value for unit in paired for value in unit]
    count = len(values)
    observed = sum(
        2 * sum(one != other for one, other in combinations(unit, 2)) / (len(unit) - 1) for unit in paired
    )  # fmt: skip
    many = {value: values.count(value) for value in set(values)}
    expected = sum(many[one] * many[other] for one in many for other in many if one != other)
    return 1 - (count - 1) * observed / expected if expected else None
