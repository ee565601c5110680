"""Pairs of the corpus's held-out tenth through the shipped network: false alarms, what is found, and calibration.

Every ordered pair of actors of a sentence is judged as when a document is read, those that the corpus labels by the
mentions that it labels, the others by any two. A pair is found where something of one sign is said with a probability
of at least `fusion.SURE`, as for a claim that only the network sees; `--at P` asks for another threshold.
The expected calibration error (Guo et al. 2017) is over ten bins of equal width. The temperatures come from these
pairs, by two halves in turn: `training/calibrate.py` prints the error of the half that a temperature has not seen.

    python bench/pairs.py
    python bench/pairs.py --at 0.5
    python bench/pairs.py --json
"""

from __future__ import annotations

import argparse
import json
import random
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from cordiale.claims import Change
from cordiale.reading.fusion import SURE
from cordiale.reading.model.network import NONE, Judgement, Likeliest, shipped
from cordiale.relations import relation

sys.path.insert(0, str(Path(__file__).parents[1] / "training"))
from corpus import Label, Sentence, by_pair, items, sentences, silent

BINS = 10
Sure = tuple[float, bool]
"""How sure the network was of its answer, and whether it was right."""


@dataclass(frozen=True, slots=True)
class Judged:
    """A pair, what the corpus says of it (nothing, where it is unrelated), and what the network does."""

    labels: Sequence[Label]
    judgement: Judgement

    @property
    def told(self) -> Likeliest:
        return self.judgement.likeliest()


def judged(held: list[Sentence]) -> list[Judged]:
    """Every ordered pair of the sentences that fits into the network."""
    network, rng = shipped(), random.Random(0)
    asked, labels = [], []
    for one, text in zip(held, network.pieces([one.text for one in held]), strict=True):
        place = {span.id: (span.start, span.end) for span in one.spans}
        told = by_pair(one.labels)
        for pair in [*told, *silent(one, rng)]:
            asked.append((text, place[pair[0]], place[pair[1]]))
            labels.append(told.get(pair, []))
    return [Judged(said, found) for said, found in zip(labels, network.pairs(asked), strict=True) if found is not None]


def signs(label: Label) -> int:
    kind = relation(label.relation)
    return -kind.sign if label.change is Change.ENDS else kind.sign


def figures(pairs: list[Judged], at: float) -> dict[str, float]:
    """In per cent, of unrelated and of related pairs."""
    found = [one for one in pairs if one.told.probability >= at]
    silent = [one for one in pairs if not one.labels]
    said = [one for one in pairs if one.labels]
    right = [one for one in found if one.labels]
    return {
        "unrelated pairs": len(silent),
        "false alarms %": round(100 * sum(not one.labels for one in found) / len(silent), 1),
        "related pairs": len(said),
        "found %": round(100 * len(right) / len(said), 1),
        "of these: relation %": _share(one.told.relation in {x.relation for x in one.labels} for one in right),
        "of these: sign %": _share(one.told.sign in {signs(x) for x in one.labels} for one in right),
    }


def _share(right: object) -> float:
    told = list(right)  # type: ignore[call-overload]
    return round(100 * sum(told) / max(len(told), 1), 1)


def sureties(pairs: list[Judged]) -> dict[str, list[Sure]]:
    """For each head, of the pairs of which the answer is known."""
    heads: dict[str, list[Sure]] = {"relation": [], "change": [], "certainty": []}
    for one in pairs:
        name, p = one.judgement.best()
        heads["relation"].append((p, name in ({x.relation for x in one.labels} or {NONE})))
        for head, shares in (("change", one.judgement.change), ("certainty", one.judgement.certainty)):
            known = {getattr(x, "change" if head == "change" else "sure") for x in one.labels}
            if len(known) == 1:
                best = max(shares, key=shares.__getitem__)
                heads[head].append((shares[best], best in known))
    return heads


def diagram(told: list[Sure]) -> list[tuple[float, float, float]]:
    """For each bin that is not empty: its share of the pairs, how sure they are, how many are right."""
    rows = []
    for k in range(BINS):
        inside = [one for one in told if k / BINS < one[0] <= (k + 1) / BINS]
        if inside:
            n = len(inside)
            rows.append((n / len(told), sum(p for p, _ in inside) / n, sum(right for _, right in inside) / n))
    return rows


def error(told: list[Sure]) -> float:
    """The expected calibration error."""
    return sum(share * abs(sure - right) for share, sure, right in diagram(told))


def main() -> None:
    """Judge, compare, print."""
    parser = argparse.ArgumentParser(description="Score the pair model on the corpus's held-out tenth.")
    parser.add_argument(
        "--at", type=float, default=SURE, metavar="P", help="the probability from which a pair is found"
    )
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    given = parser.parse_args()
    pairs = judged([one for item in items() if item.held_out for one in sentences(item)])
    told = figures(pairs, given.at)
    heads = sureties(pairs)
    told |= {f"calibration error, {head}": round(error(one), 3) for head, one in heads.items()}
    if given.json:
        print(json.dumps({**told, "diagram": {head: diagram(one) for head, one in heads.items()}}))
        return
    for name, value in told.items():
        print(f"{name:30}{value:>8}")
    for head, one in heads.items():
        print(f"\n{head}: pairs, how sure, how many right")
        for share, sure, right in diagram(one):
            bar = "#" * round(40 * right)
            print(f"{100 * share:6.1f} %  {sure:.2f}  {right:.2f}  {bar:·<40}")


if __name__ == "__main__":
    main()
