"""How well stress tells which ties turn: hit rates that the docs and `cordiale pressure` quote.

Takes signed networks of successive windows in one table, and compares each with the one that begins where it ends. A
tie in both either kept its sign or turned. Printed: the area under the curve (how often a tie that turned had the
higher stress of the two) of stress and of the sign alone, for all ties and for those of each sign; the share that
turned by stress; and how often pressure tells the sign of a tie that is new. Starts overlap, so that intervals around
these figures would be wider than the numbers of ties suggest.

    python bench/pressure.py FILE.csv.gz --by window
"""

from __future__ import annotations

import argparse
from collections import defaultdict
from itertools import pairwise
from pathlib import Path

import numpy as np
from frustration import read
from numpy.typing import NDArray
from scipy.stats import rankdata

from cordiale.networks import SignedNetwork
from cordiale.networks.pressure import BANDS, pressures

BINS = (*BANDS, 1.0)


def auc(score: NDArray[np.float64], hit: NDArray[np.bool_]) -> float:
    """The chance that one of those hit scores higher than one of the others, ties counting half."""
    ranks = rankdata(score)
    many, rest = int(hit.sum()), int((~hit).sum())
    return float((ranks[hit].sum() - many * (many + 1) / 2) / (many * rest))


def main() -> None:
    """Read, compare, print."""
    parser = argparse.ArgumentParser(description="How well stress tells which ties turn.")
    parser.add_argument("file", type=Path, help="a table with a, b, sign and a column of windows such as 46-49")
    parser.add_argument("--by", metavar="COLUMN", default="window", help="the column of windows  [window]")
    parser.add_argument("--step", type=int, default=4, help="how many windows later is the next one  [4]")
    given = parser.parse_args()
    windows = [SignedNetwork.of(ties) for ties in read(given.file, given.by).values()]
    rows: list[tuple[float, int, bool]] = []
    new: dict[str, list[bool]] = defaultdict(list)
    neighbourless = [0, 0]
    for now, later in zip(windows, windows[given.step :], strict=False):
        signs = {(a, b): weight for a, b, weight in later.ties}
        for found in pressures(now):
            if (found.a, found.b) in signs:
                turned = signs[found.a, found.b] != found.sign
                if found.stress is None:
                    neighbourless[turned] += 1
                rows.append((0.5 if found.stress is None else found.stress, found.sign, turned))
        there = {(a, b) for a, b, _ in now.ties}
        actors = set(now.actors)
        fresh = [pair for pair in signs if pair not in there and actors >= set(pair)]
        mean = defaultdict(list)
        for a, b, weight in now.ties:
            mean[a].append(weight)
            mean[b].append(weight)
        for found in pressures(now, pairs=fresh):
            if found.drawn:
                sign = signs[found.a, found.b]
                new["pressure"].append((found.drawn > 0) == (sign > 0))
                lean = sum(mean[found.a]) / len(mean[found.a]) * sum(mean[found.b]) / len(mean[found.b])
                new["signs of both actors' ties"].append((lean > 0) == (sign > 0))
    stress, sign, turned = (np.array(column) for column in zip(*rows, strict=True))
    print(f"{len(rows):,} ties in both of two windows, {int(turned.sum()):,} of which turned")
    print(f"{'':24}{'ties':>8}{'turned':>9}{'AUC of stress':>15}{'of the sign':>13}")
    for name, which in (("all", sign != 0), ("friendly", sign > 0), ("hostile", sign < 0)):
        alone = f"{auc(-sign[which].astype(float), turned[which]):13.3f}" if name == "all" else ""
        share = turned[which].mean()
        print(f"{name:24}{which.sum():8,}{share:9.1%}{auc(stress[which], turned[which]):15.3f}{alone}")
    print(f"without neighbours      {sum(neighbourless):8,}{neighbourless[1] / max(sum(neighbourless), 1):9.1%}")
    print("share that turned, by stress:")
    for low, high in pairwise(BINS):
        inside = (stress >= low) & ((stress < high) | (high == 1))
        for name, which in (("friendly", inside & (sign > 0)), ("hostile", inside & (sign < 0))):
            if which.any():
                print(f"  {low:.2f} to {high:.2f}  {name:10}{which.sum():8,}{turned[which].mean():9.1%}")
    for name, hits in new.items():
        print(f"sign of {len(hits):,} new ties told by {name}: {np.mean(hits):.3f}")


if __name__ == "__main__":
    main()
