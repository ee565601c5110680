"""What the docs say of `cordiale changes`: how often noise shows shifts, how often a true one is seen, how quick it is.

Courses are drawn, 300 of each kind, from one seed: fresh noise, and four-step windows of which neighbours share three,
each with and without a step half way. Printed is the share that shows any shift and how many each shows, taken for
fresh (correlation 0), with the correlation that windows have (0.75), and with the one that is estimated.

    python bench/changes.py [TABLE.csv.gz]

With a table that has the columns window, start, a, b and sign, the shifts of its balance and of its share of hostile
ties over the windows, too.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import time
from collections import defaultdict
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import numpy as np

from cordiale.networks import SignedNetwork, frustration
from cordiale.networks.change import change_points
from cordiale.networks.turning import turning_points

STEPS, DRAWS, SEED = 51, 300, 1
CORRELATIONS = {"fresh": 0.0, "0.75": 0.75, "estimated": None}


def days(n: int) -> list[date]:
    """So many days, a quarter apart."""
    return [date(1900, 1, 1) + timedelta(days=91 * place) for place in range(n)]


def noise() -> None:
    """How often shifts are shown, with and without one."""
    rng = np.random.default_rng(SEED)
    late = np.arange(STEPS) >= STEPS // 2
    kinds: dict[str, Callable[[], np.ndarray]] = {
        "fresh": lambda: rng.normal(size=STEPS),
        "fresh, a step of 2": lambda: rng.normal(size=STEPS) + 2 * late,
        "windows": lambda: np.convolve(rng.normal(size=STEPS + 3), np.ones(4) / 2, "valid"),
        "windows, a step of 4": lambda: np.convolve(rng.normal(size=STEPS + 3), np.ones(4) / 2, "valid") + 4 * late,
    }
    for kind, make in kinds.items():
        for name, correlation in CORRELATIONS.items():
            shown = [len(change_points(days(STEPS), make().tolist(), correlation=correlation)) for _ in range(DRAWS)]
            some = np.mean(np.array(shown) > 0)
            print(f"{kind:22} taken as {name:10} {some:5.0%} show a shift, {np.mean(shown):4.1f} each")


def speed() -> None:
    """Seconds for long courses."""
    rng = np.random.default_rng(SEED)
    for n in (500, 2_000, 20_000):
        x = (rng.normal(size=n) + (np.arange(n) // 100) % 3).tolist()
        began = time.perf_counter()
        change_points(days(n), x)
        print(f"change_points, {n:,} days: {time.perf_counter() - began:.2f} s")
    for n in (500, 2_000):
        friendly, hostile = rng.poisson(1, size=(2, n)).tolist()
        began = time.perf_counter()
        turning_points(days(n), friendly, hostile)
        print(f"turning_points, {n:,} steps: {time.perf_counter() - began:.2f} s")


def windows(file: Path) -> None:
    """The shifts over a table of windows."""
    ties = defaultdict(list)
    with gzip.open(file, "rt", newline="") as lines:
        for row in csv.DictReader(lines):
            ties[int(row["start"])].append((row["a"], row["b"], int(row["sign"])))
    at = [date(year, 1, 1) for year in sorted(ties)]
    networks = [SignedNetwork.of(ties[day.year]) for day in at]
    courses = {
        "balance": [frustration(one).balance for one in networks],
        "share of hostile ties": [one.hostile / len(one) for one in networks],
    }
    for what, values in courses.items():
        for name, correlation in CORRELATIONS.items():
            found = change_points(at, values, correlation=correlation)
            told = ", ".join(f"{one.day.year} ({one.before:.3f} to {one.after:.3f})" for one in found) or "none"
            print(f"{what}, taken as {name}: {told}")


def main() -> None:
    """Draw, time, print."""
    parser = argparse.ArgumentParser(description="How often shifts are shown that are none.")
    parser.add_argument("file", type=Path, nargs="?", help="a table of windows")
    file = parser.parse_args().file
    noise()
    speed()
    if file is not None:
        windows(file)


if __name__ == "__main__":
    main()
