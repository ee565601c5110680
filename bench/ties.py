"""What the ties cost: a snapshot, a long history, an actor's isolation over time, on made-up claims.

Prints a table, or one JSON object with --json. Claims are drawn from a fixed seed; times are the best of three, in
seconds of wall time. Nothing here says how good the answers are.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import time
from collections.abc import Callable
from datetime import date

import numpy as np

from cordiale.columns import CERTAINTIES, CHANGES, ClaimColumns
from cordiale.networks import isolation_over_time
from cordiale.relations import relations
from cordiale.ties import assess, episodes, tie, weigh
from cordiale.ties.episodes import episodes_of

FIRST, LAST = date(1995, 1, 1), date(2025, 1, 1)


def made_up(actors: int, ties: int, claims: int, seed: int) -> ClaimColumns:
    """Claims about random pairs over 30 years: relations at random, a tenth each of ends, quotes and denials."""
    rng = np.random.default_rng(seed)
    rows = tuple(relations().values())
    pairs = rng.permutation(actors * (actors - 1) // 2)[:ties]
    upper = np.stack(np.triu_indices(actors, 1), axis=1)[pairs]
    which = rng.integers(0, ties, claims)
    flip = rng.random(claims) < 0.5
    ends = np.where(flip[:, None], upper[which][:, ::-1], upper[which])
    lean = rng.random(ties) < 0.6
    kind = rng.integers(0, len(rows), claims)
    own = np.array([r.sign for r in rows])[kind]
    friendly = rng.random(claims) < np.where(lean[which], 0.85, 0.15)
    same = np.array([[i for i, r in enumerate(rows) if r.sign == s][:12] for s in (1, -1)])
    kind = np.where(own == 0, kind, same[np.where(friendly, 0, 1), rng.integers(0, 12, claims)])
    sign = np.array([r.sign for r in rows])[kind]
    ending = rng.random(claims) < 0.1
    start = rng.integers(FIRST.toordinal(), LAST.toordinal(), claims)
    dated = rng.random(claims) < 0.6
    third = rng.random(claims)
    said = np.where(third < 0.8, -1, np.where(third < 0.9, ends[:, 0], rng.integers(0, actors, claims)))
    return ClaimColumns(
        actors=tuple(f"actor-{i:04d}" for i in range(actors)),
        relations=rows,
        number=np.arange(claims),
        subject=ends[:, 0].astype(np.int32),
        object=ends[:, 1].astype(np.int32),
        said_by=said.astype(np.int32),
        relation=kind.astype(np.int16),
        sign=np.where(ending, -sign, sign).astype(np.int8),
        change=np.where(ending, CHANGES.index("ends"), 0).astype(np.int8),
        certainty=np.where(rng.random(claims) < 0.8, 0, rng.integers(0, len(CERTAINTIES), claims)).astype(np.int8),
        confidence=rng.uniform(0.5, 1, claims),
        start=np.where(dated, start, 0).astype(np.int32),
        end=np.where(dated & (rng.random(claims) < 0.3), start + rng.integers(30, 3000, claims), 0).astype(np.int32),
        known=(start + rng.integers(0, 900, claims)).astype(np.int32),
        voice=rng.integers(0, max(claims // 2, 1), claims).astype(np.int32),
        source=rng.integers(0, 40, claims).astype(np.int32),
    )


def best(work: Callable[[], object], repeats: int = 3) -> float:
    """The shortest of some runs, in seconds."""
    times = []
    for _ in range(repeats):
        begin = time.perf_counter()
        work()
        times.append(time.perf_counter() - begin)
    return min(times)


def measure() -> dict[str, float]:
    """Every figure, by what was done."""
    many = made_up(500, 5_000, 50_000, seed=1)
    one = made_up(2, 1, 10_000, seed=2)
    quarters = [date(year, month, 1) for year in range(2005, 2025) for month in (1, 4, 7, 10)]
    actor = many.actors[7]
    assess(one, LAST)  # imports scipy
    prepared = weigh(one)
    return {
        "snapshot: 500 actors, 5,000 ties, 50,000 claims": best(lambda: assess(many, LAST)),
        "the same, every tie as a value, with since": best(lambda: list(assess(many, LAST))),
        "the same as a networkx graph": best(lambda: assess(many, LAST).to_networkx()),
        "tie: 10,000 claims over 30 years": best(lambda: tie(one, *one.actors, LAST)),
        "tie and its episodes: the same claims": best(
            lambda: (tie(one, *one.actors, LAST), episodes(one, *one.actors, until=LAST))
        ),
        "its episodes alone, claims prepared": best(lambda: episodes_of(prepared, 0, until=LAST)),
        "isolation of one actor, quarterly over 20 years": best(lambda: isolation_over_time(many, actor, quarters)),
    }


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true", help="one JSON object instead of a table")
    as_json = parser.parse_args().json
    figures = measure()
    machine = f"Python {platform.python_version()}, numpy {np.__version__}, {platform.machine()}, {os.cpu_count()} CPUs"
    if as_json:
        print(json.dumps({"machine": machine, "seconds": figures}))
        return
    for what, seconds in figures.items():
        print(f"{what:<56} {seconds:8.3f} s")
    print(machine)


if __name__ == "__main__":
    main()
