"""How sure a network may be: a temperature for each head, from a part that it was not trained on.

python training/calibrate.py FOLDER        reads FOLDER/weights.pt and prints temperatures and errors

The held-out items of the corpus are taken in two halves: the temperatures come from the one and the errors, before and
after, from the other, and then the other way about; what ships comes from both. Expected calibration error is that
of Guo et al. (2017), over ten bins of equal width of the probability of the likeliest label.
"""

from __future__ import annotations

import random
import sys
from pathlib import Path

import rows
import sources
import tagged
import torch
from learn import pair_logits
from network import Network
from rows import IGNORED, PairRow
from torch import Tensor
from torch.nn import functional

HEADS = ("relation", "change", "certainty")
BINS = 10


@torch.no_grad()
def logits(network: Network, given: list[PairRow]) -> list[Tensor]:
    """Of each head, for each row."""
    found: list[list[Tensor]] = [[] for _ in HEADS]
    for k in range(0, len(given), 32):
        for head, one in zip(found, pair_logits(network, given[k : k + 32]), strict=True):
            head.append(one)
    return [torch.cat(head) for head in found]


def temperature(scores: Tensor, right: Tensor) -> float:
    """That under which the right labels are likeliest."""
    heats = torch.linspace(0.5, 4.0, 351)
    losses = [-torch.log((functional.softmax(scores / t, -1) * right).sum(-1).clamp(min=1e-9)).mean() for t in heats]
    return round(float(heats[int(torch.stack(losses).argmin())]), 2)


def error(scores: Tensor, right: Tensor) -> float:
    """The expected calibration error."""
    return sum(share * abs(sure - hit) for share, sure, hit in diagram(scores, right))


def diagram(scores: Tensor, right: Tensor) -> list[tuple[float, float, float]]:
    """For each bin that is not empty: its share of the rows, how sure they are, how many are right."""
    sure, best = functional.softmax(scores, -1).max(-1)
    hit = right.gather(-1, best[:, None])[:, 0] > 0
    found = []
    for k in range(BINS):
        inside = (sure > k / BINS) & (sure <= (k + 1) / BINS)
        if inside.any():
            found.append((inside.float().mean().item(), sure[inside].mean().item(), hit[inside].float().mean().item()))
    return found


def wanted(given: list[PairRow], head: str, width: int) -> tuple[Tensor, Tensor]:
    """Which rows have a right answer, and one for each answer that is right."""
    right = torch.zeros(len(given), width)
    for i, row in enumerate(given):
        known = row.relations if head == "relation" else (getattr(row, head),)
        right[i, [label for label in known if label != IGNORED]] = 1
    return right.sum(-1) > 0, right


def temperatures(network: Network) -> dict[str, float]:
    """One for each head; prints what they do."""
    _, apart = sources.parted(tagged.SHARE)
    given, _ = rows.of_corpus(sources.tokenizer(), apart.sentences, None, random.Random(0), 100)
    random.Random(1).shuffle(given)
    heats = {}
    for head, told in zip(HEADS, logits(network, given), strict=True):
        known, wished = wanted(given, head, told.shape[1])
        scores, right = told[known], wished[known]
        half = torch.arange(len(scores)) % 2 == 0
        raw, mended = 0.0, 0.0
        for one in (half, ~half):
            t = temperature(scores[one], right[one])
            raw += error(scores[~one], right[~one]) / 2
            mended += error(scores[~one] / t, right[~one]) / 2
        heats[head] = temperature(scores, right)
        print(f"{head}: {len(scores)} rows, temperature {heats[head]}, error {raw:.3f} before and {mended:.3f} after")
        for share, sure, hit in diagram(scores / heats[head], right):
            print(f"  {100 * share:5.1f} % of rows: sure {sure:.2f}, right {hit:.2f}")
    return heats


if __name__ == "__main__":
    from train import loaded

    torch.set_num_threads(1)
    temperatures(loaded(Path(sys.argv[1]) / "weights.pt"))
