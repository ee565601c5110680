"""How long a question to a dossier takes, from the front desk to the answer: figures that the docs quote.

Claims are made as in bench/store.py: from a seed, on actors by Zipf's law, over thirty years. Every question weighs its
claims anew, as the command line does; where nothing else is said it is asked of the busiest actor. Seconds of wall
time, the best of three; the last row is a process of its own, start and imports included.

    python bench/dossier.py
    python bench/dossier.py --claims 1000000 --json
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import cordiale
from store import drawn_claims, machine, made_actors, peak, zipf_pairs

AT = "2015-06-30"


def best(ask: Callable[[], object], repeats: int = 3) -> float:
    """The shortest of some tries, in seconds."""
    times = []
    for _ in range(repeats):
        began = time.perf_counter()
        ask()
        times.append(time.perf_counter() - began)
    return min(times)


def measured(folder: Path, claims: int, actors: int) -> Iterator[tuple[str, float]]:
    """What was asked, and how long it took."""
    where = folder / "bench.dossier"
    cast = made_actors(actors)
    with cordiale.open(where) as dossier:
        dossier.store.add_claims(drawn_claims(zipf_pairs(claims, actors, seed=1), cast, seed=2), cast)
    with cordiale.open(where, create=False) as dossier:
        first, second = cast[0].id, cast[1].id
        dossier.find(first)  # the catalogue, once
        for place in (0, 3, 10, 30, actors // 2):
            asked = cast[place].id
            count = len(dossier.store.columns(actor=asked))
            yield f"who, of an actor with {count:,} claims", best(lambda asked=asked: dossier.who(asked, AT))
        yield "tie, with its episodes", best(lambda: dossier.tie(first, second, AT).episodes())
        yield "tie, with its 20 weightiest claims", best(lambda: dossier.tie(first, second, AT).claims(20))
        yield "isolation, quarterly over ten years", best(lambda: dossier.isolation(first, AT, since="2005-07"))
        yield "running out of allies?", best(lambda: dossier.running_out_of_allies(first, AT), 1)
        yield "claims of an actor, the first 100", best(lambda: list(dossier.claims(actor=first, limit=100)))
    command = [sys.executable, "-m", "cordiale", "-d", str(where), "who", first, "--at", AT]
    yield "cordiale who", best(lambda: subprocess.run(command, check=True, capture_output=True))


def main() -> None:
    """Measure, and print."""
    parser = argparse.ArgumentParser(description="Measure questions to a dossier.")
    parser.add_argument("--claims", type=int, default=100_000, help="claims in the dossier")
    parser.add_argument("--actors", type=int, default=2000, help="actors in the dossier")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    given = parser.parse_args()
    with TemporaryDirectory() as folder:
        figures = dict(measured(Path(folder), given.claims, given.actors))
    if given.json:
        print(json.dumps({"machine": machine(), "claims": given.claims, "seconds": figures, "peak_mib": peak()}))
        return
    print(", ".join(f"{name} {value}" for name, value in machine().items()))
    print(f"{given.claims:,} claims on {given.actors:,} actors; peak {peak():,.0f} MiB")
    for what, seconds in figures.items():
        print(f"{what:<44}{seconds:8.3f} s")


if __name__ == "__main__":
    main()
