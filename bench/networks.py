"""How long the measures of networks take: figures that the docs quote.

Seconds of wall time, on made-up claims and, with a table of signed networks of states, on the last of its windows.

    python bench/networks.py
    python bench/networks.py cow_signed_windows_1946_1999.csv.gz --by window
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from frustration import like_states, read

import cordiale
from cordiale.networks import (
    SignedNetwork,
    Supposed,
    balance_of,
    everyone_over_time,
    frustration,
    frustration_cloud,
    leverages,
    what_if,
)
from store import drawn_claims, made_actors, zipf_pairs
from ties import made_up

MONTHS = [date(1995 + month // 12, month % 12 + 1, 1) for month in range(360)]


def timed(what: str, ask: Callable[[], object]) -> None:
    """Ask once, and print how long it took."""
    began = time.perf_counter()
    answer = ask()
    print(f"{what:76}{time.perf_counter() - began:8.2f} s   {answer}")


def main() -> None:
    """Ask, time, print."""
    parser = argparse.ArgumentParser(description="How long the measures of networks take.")
    parser.add_argument("file", type=Path, nargs="?", help="a table of signed networks")
    parser.add_argument("--by", metavar="COLUMN", help="each value of it is a network of its own")
    given = parser.parse_args()
    for ties in (2_000, 19_900):
        columns = made_up(200, ties, 100_000, seed=1)
        timed(
            f"isolation of everyone, 360 months: 200 actors, {ties:,} ties, 100,000 claims",
            lambda columns=columns: f"{sum(map(len, everyone_over_time(columns, MONTHS))):,} values",
        )
    with TemporaryDirectory() as folder:
        cast = made_actors(200)
        with cordiale.open(Path(folder) / "bench.dossier") as dossier:
            dossier.store.add_claims(drawn_claims(zipf_pairs(100_000, 200, seed=1), cast, seed=2), cast)
            timed(
                "the same from a dossier of 200 actors and 100,000 claims",
                lambda: f"{len(dossier.isolation(at='2015-01-01', since='1985-02-01', every='month')):,} values",
            )
            timed(
                "balance of that dossier on a day, with 200 draws",
                lambda: dossier.snapshot("2012").balance().intervals["frustration"],
            )
    networks = read(given.file, given.by) if given.file else {"random": like_states(150, 0)}
    name, rows = networks.popitem()
    network = SignedNetwork.of(rows)
    what = f"{name}: {len(network.actors)} actors, {len(network)} ties"
    bad = frustration(network).frustrated
    timed(
        f"what-if of each of {len(bad)} frustrated ties, {what}",
        lambda: sum(what_if(network, [Supposed(a=a, b=b, sign=0)]).delta for a, b in bad),
    )
    timed(f"leverage of frustrated and stressed ties, {what}", lambda: f"{len(leverages(network))} ties")
    timed(
        f"leverage of all ties, {what}",
        lambda: f"{len(leverages(network, pairs=[(a, b) for a, b, _ in network.ties]))} ties",
    )
    timed(f"frustration cloud, {what}", lambda: f"{frustration_cloud(network).optima} optima")
    timed(f"balance with chance, {what}", lambda: balance_of(network).chance)


if __name__ == "__main__":
    main()
