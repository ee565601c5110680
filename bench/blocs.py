"""How long the blocs of signed networks take, and whether they are proven: figures that the docs quote.

Takes the tables that bench/frustration.py takes. For each network: its actors and ties, how many blocs fit best, what
they frustrate, with the bound that proves it, and the seconds.

    python bench/blocs.py FILE.csv.gz --by window
    python bench/blocs.py --random 60
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from frustration import like_states, read

from cordiale.networks import SignedNetwork, blocs


def main() -> None:
    """Read, solve, print."""
    parser = argparse.ArgumentParser(description="Prove the blocs of signed networks.")
    parser.add_argument("file", type=Path, nargs="?", help="a table of ties, .csv or .csv.gz")
    parser.add_argument("--by", metavar="COLUMN", help="each value of it is a network of its own")
    parser.add_argument("--random", type=int, metavar="N", help="a random network like those of states, of N actors")
    parser.add_argument("--time-limit", type=float, default=60.0, metavar="SECONDS", help="for each network  [60]")
    given = parser.parse_args()
    if (given.file is None) == (given.random is None):
        parser.error("give a file, or --random N")
    networks = {f"random {given.random}": like_states(given.random, 0)} if given.random else {}
    networks = networks or read(given.file, given.by)
    print(f"{'network':24}{'n':>7}{'m':>8}{'blocs':>7}{'value':>8}{'bound':>8}{'optimal':>9}{'seconds':>9}")
    proven, total = 0, 0.0
    for name, ties in networks.items():
        network = SignedNetwork.of(ties)
        found = blocs(network, time_limit=given.time_limit)
        proven += found.optimal
        total += found.seconds
        figures = (
            len(network.actors), len(network), len(found), int(found.value), int(found.lower_bound), found.optimal,
            round(found.seconds, 3),
        )  # fmt: skip
        print(f"{name:24}" + "".join(f"{v!s:>{w}}" for v, w in zip(figures, (7, 8, 7, 8, 8, 9, 9), strict=True)))
    print(f"{proven} of {len(networks)} networks proven in {total:.2f} s", file=sys.stderr)


if __name__ == "__main__":
    main()
