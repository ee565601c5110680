"""How fast a dossier takes claims in and gives them back: the figures on the store that the docs quote.

Claims are made from a seed, cite a dataset, and fall on actors by Zipf's law over thirty years. Seconds are wall time,
the best of `--repeat` for questions; peak RSS is the process's resident memory at its highest in that step, in MiB.

    python bench/store.py
    python bench/store.py --claims 20000 --json
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import random
import resource
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from datetime import date
from itertools import accumulate
from pathlib import Path
from tempfile import TemporaryDirectory

from cordiale.claims import Actor, Citation, Claim, Kind
from cordiale.columns import ClaimColumns
from cordiale.periods import Period
from cordiale.relations import relations
from cordiale.store import Store

FIRST_DAY = date(1990, 1, 1).toordinal()
DAYS = 30 * 365


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One measurement: `rows` claims in `seconds`, with `peak` MiB resident at the highest."""

    what: str
    rows: int
    seconds: float
    peak: float


def machine() -> dict[str, str]:
    """What the figures were measured on."""
    model = platform.processor() or platform.machine()
    cpuinfo = Path("/proc/cpuinfo")
    if cpuinfo.exists():
        names = [line.split(":", 1)[1].strip() for line in cpuinfo.read_text().splitlines() if "model name" in line]
        model = names[0] if names else model
    return {"cpu": model, "cores": str(os.cpu_count()), "python": platform.python_version(), "system": sys.platform}


def reset_peak() -> None:
    """Begin to measure the peak anew, where the system can (Linux)."""
    try:
        Path("/proc/self/clear_refs").write_text("5")
    except OSError:
        return


def peak() -> float:
    """The highest resident memory since `reset_peak`, in MiB."""
    status = Path("/proc/self/status")
    if status.exists():
        for line in status.read_text().splitlines():
            if line.startswith("VmHWM:"):
                return int(line.split()[1]) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def made_actors(count: int) -> list[Actor]:
    """Actors by rank: the first is the busiest."""
    return [Actor(id=f"actor-{n}", kind=Kind.STATE, name=f"Actor {n}") for n in range(count)]


def drawn_claims(
    pairs: Iterator[tuple[int, int]], actors: list[Actor], *, seed: int, dataset: str = "bench"
) -> Iterator[Claim]:
    """A claim for each pair of ranks, with a relation, an interval and a day of its own."""
    chance = random.Random(seed)
    kinds = list(relations().values())
    for row, (one, other) in enumerate(pairs):
        day = date.fromordinal(FIRST_DAY + chance.randrange(DAYS))
        kind = chance.choice(kinds)
        yield Claim(
            subject=actors[one].id,
            relation=kind,
            object=actors[other].id,
            sign=kind.sign,
            evidence=Citation(dataset=dataset, version="1", row=str(row)),
            reader="bench 1",
            held=Period.within(day),
            confidence=chance.random(),
            published=day,
        )


def zipf_pairs(count: int, ranks: int, *, seed: int) -> Iterator[tuple[int, int]]:
    """Pairs of different ranks, rank n drawn in proportion to 1 / (n + 1)."""
    chance = random.Random(seed)
    weights = list(accumulate(1 / (n + 1) for n in range(ranks)))
    left = count
    while left:
        one, other = chance.choices(range(ranks), cum_weights=weights, k=2)
        if one != other:
            left -= 1
            yield one, other


def timed(what: str, ask: Callable[[], ClaimColumns], repeat: int) -> Figure:
    """The best of some tries at a question."""
    reset_peak()
    best, rows = float("inf"), 0
    for _ in range(repeat):
        began = time.perf_counter()
        rows = len(ask())
        best = min(best, time.perf_counter() - began)
    return Figure(what=what, rows=rows, seconds=best, peak=peak())


def measured(folder: Path, claims: int, actor_count: int, repeat: int) -> Iterator[Figure]:
    """Every figure, as it is measured."""
    actors = made_actors(actor_count)
    reset_peak()
    began = time.perf_counter()
    for _ in drawn_claims(zipf_pairs(claims, actor_count, seed=1), actors, seed=2):
        pass
    yield Figure(what="making the claims alone", rows=claims, seconds=time.perf_counter() - began, peak=peak())
    with Store.open(folder / "large.dossier", create=True) as store:
        reset_peak()
        began = time.perf_counter()
        loaded = store.add_claims(drawn_claims(zipf_pairs(claims, actor_count, seed=1), actors, seed=2), actors)
        yield Figure(
            what="making and loading them", rows=loaded.claims, seconds=time.perf_counter() - began, peak=peak()
        )
        tie = min(10_000, claims)
        lone = made_actors(actor_count + 2)[-2:]
        store.add_claims(drawn_claims(iter([(0, 1)] * tie), lone, seed=3, dataset="pair"), lone)
    with Store.open(folder / "large.dossier", create=False) as store:
        median = f"actor-{actor_count // 2}"
        yield timed("columns of the busiest actor", lambda: store.columns(actor="actor-0"), repeat)
        yield timed("columns of the median actor", lambda: store.columns(actor=median), repeat)
        yield timed("columns of a pair", lambda: store.columns(pair=(lone[0].id, lone[1].id)), repeat)
        yield timed("columns of every claim", store.columns, 1)
    few = made_actors(500)
    chance = random.Random(4)
    every = [(one, other) for one in range(500) for other in range(one)]
    ties = chance.sample(every, 5_000) * 10
    with Store.open(folder / "small.dossier", create=True) as store:
        store.add_claims(drawn_claims(iter(ties), few, seed=5), few)
        yield timed("columns of 500 actors, 5,000 ties", store.columns, repeat)


def main() -> None:
    """Measure, and print."""
    parser = argparse.ArgumentParser(description="Measure the store.")
    parser.add_argument("--claims", type=int, default=1_000_000, help="claims in the large dossier")
    parser.add_argument("--actors", type=int, default=2_000, help="actors in the large dossier")
    parser.add_argument("--repeat", type=int, default=5, help="tries at each question; the best counts")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    given = parser.parse_args()
    with TemporaryDirectory() as folder:
        figures = list(measured(Path(folder), given.claims, given.actors, given.repeat))
        size = (Path(folder) / "large.dossier").stat().st_size / 2**20
    if given.json:
        print(json.dumps({"machine": machine(), "figures": [asdict(f) for f in figures], "file_mib": size}))
        return
    print(", ".join(f"{name} {value}" for name, value in machine().items()))
    print(f"{'':36}{'claims':>12}{'seconds':>10}{'peak MiB':>10}")
    for f in figures:
        print(f"{f.what:36}{f.rows:>12,}{f.seconds:>10.3f}{f.peak:>10.0f}")
    print(f"file: {size:,.0f} MiB")


if __name__ == "__main__":
    main()
