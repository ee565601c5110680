"""How long the frustration index of signed networks takes, and whether it is proven: figures that the docs quote.

A table of ties has columns for the two ends and for the sign: `a, b, sign`, or `source, target, weight`, of which the
sign counts. Arcs in both directions are one tie, of the sign of their sum. With `--by` every value of a column is a
network of its own. `--random N` makes one like those of states: N actors, eight ties each, 12 % of them hostile.

    python bench/frustration.py FILE.csv.gz --by window
    python bench/frustration.py FILE.csv.gz --time-limit 120 --json
    python bench/frustration.py --random 1000
    python bench/frustration.py FILE.csv.gz --by window --annealing
"""

from __future__ import annotations

import argparse
import csv
import gzip
import json
import math
import random
import resource
import sys
from pathlib import Path

from cordiale.networks import SignedNetwork, frustration

Tie = tuple[str, str, float]
ENDS = (("a", "b", "sign"), ("source", "target", "weight"))


def read(path: Path, by: str | None) -> dict[str, list[Tie]]:
    """The ties of each network of a file."""
    with gzip.open(path, "rt") if path.suffix == ".gz" else path.open(encoding="utf-8") as file:
        rows = csv.DictReader(file)
        columns = set(rows.fieldnames or ())
        ends = next((names for names in ENDS if columns >= set(names)), None)
        if ends is None or (by is not None and by not in columns):
            raise SystemExit(f"{path}: columns {', '.join(columns)}; it takes a, b, sign or source, target, weight.")
        found: dict[str, list[Tie]] = {}
        for row in rows:
            tie = (row[ends[0]], row[ends[1]], float(row[ends[2]]))
            found.setdefault(row[by] if by else path.name, []).append(tie)
        return found


def like_states(actors: int, seed: int) -> list[Tie]:
    """A random network with as many ties an actor, and as many hostile ones, as those of states."""
    rng = random.Random(seed)
    pairs: set[tuple[int, int]] = set()
    while len(pairs) < 4 * actors:
        a, b = sorted(rng.sample(range(actors), 2))
        pairs.add((a, b))
    return [(str(a), str(b), -1 if rng.random() < 0.12 else 1) for a, b in sorted(pairs)]


def annealing(network: SignedNetwork, seed: int, steps: int = 100_000) -> int:
    """What plain simulated annealing gives, as packages that prove nothing use it: one actor at a time, cooled from 1
    to a hundredth by the same factor each step (Kirkpatrick, Gelatt & Vecchi 1983).
    """
    rng = random.Random(seed)
    near: list[list[tuple[int, int]]] = [[] for _ in network.actors]
    for (a, b), weight in zip(network.ends.tolist(), network.weights.tolist(), strict=True):
        near[a].append((b, int(weight)))
        near[b].append((a, int(weight)))
    side = [rng.choice((-1, 1)) for _ in near]
    heat = 1.0
    for _ in range(steps):
        heat *= 0.01 ** (1 / steps)
        actor = rng.randrange(len(near))
        gain = -side[actor] * sum(weight * side[other] for other, weight in near[actor])
        if gain >= 0 or rng.random() < math.exp(gain / heat):
            side[actor] = -side[actor]
    ties = zip(network.ends.tolist(), network.weights.tolist(), strict=True)
    return sum(side[a] * side[b] * weight < 0 for (a, b), weight in ties)


def main() -> None:
    """Read, solve, print."""
    parser = argparse.ArgumentParser(description="Prove the frustration index of signed networks.")
    parser.add_argument("file", type=Path, nargs="?", help="a table of ties, .csv or .csv.gz")
    parser.add_argument("--by", metavar="COLUMN", help="each value of it is a network of its own")
    parser.add_argument("--random", type=int, metavar="N", help="a random network like those of states, of N actors")
    parser.add_argument("--time-limit", type=float, default=60.0, metavar="SECONDS", help="for each network  [60]")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--annealing", action="store_true", help="beside plain annealing, one run a network")
    parser.add_argument("--json", action="store_true", help="print one JSON object a network")
    given = parser.parse_args()
    if (given.file is None) == (given.random is None):
        parser.error("give a file, or --random N")
    networks = {f"random {given.random}": like_states(given.random, given.seed)} if given.random else {}
    networks = networks or read(given.file, given.by)
    if not given.json:
        print(f"{'network':24}{'n':>7}{'m':>8}{'m-':>8}{'L':>8}{'bound':>8}{'optimal':>9}{'seconds':>9}")
    total = 0.0
    worse, over = 0, []
    for name, ties in networks.items():
        network = SignedNetwork.of(ties)
        found = frustration(network, time_limit=given.time_limit, seed=given.seed)
        total += found.seconds
        row = {
            "network": name, "n": len(network.actors), "m": len(network), "m-": network.hostile, "L": int(found.value),
            "bound": int(found.lower_bound), "optimal": found.optimal, "seconds": round(found.seconds, 3),
        }  # fmt: skip
        if given.annealing:
            other = annealing(network, given.seed)
            worse += found.value > other
            over.append(other / found.value - 1 if found.value else float(other > 0))
        if given.json:
            print(json.dumps(row))
        else:
            _, *figures = row.values()
            print(f"{name:24}" + "".join(f"{v!s:>{w}}" for v, w in zip(figures, (7, 8, 8, 8, 8, 9, 9), strict=True)))
    if given.annealing:
        hit = sum(share == 0 for share in over)
        print(
            f"beside annealing: {worse} of {len(over)} values worse; annealing found {hit} of them, and overshoots by "
            f"{max(over):.0%} at most, {sum(over) / len(over):.0%} on average",
            file=sys.stderr,
        )
    if not given.json:
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        print(f"{len(networks)} networks in {total:.2f} s; peak {peak} MiB", file=sys.stderr)


if __name__ == "__main__":
    main()
