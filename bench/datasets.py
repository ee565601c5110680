"""How long a table of ties takes to read and to ask, and a dataset to load: figures that the docs quote.

Tables are made from a seed: pairs of 3,000 actors, signs, days of beginning and years of ending, or a user's own file.
Seconds are wall time; peak RSS is the process's resident memory at its highest in that step, in MiB.

    python bench/datasets.py
    python bench/datasets.py --rows 100000 --dataset gml-mids --file gml_mid_ddydisps.csv.gz
"""

from __future__ import annotations

import argparse
import random
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TypeVar

import cordiale
from cordiale.actors import catalogue
from cordiale.datasets import read_ties
from store import machine, peak, reset_peak

T = TypeVar("T")


def made_table(file: Path, rows: int, seed: int = 1) -> None:
    """A table of ties among 3,000 actors, three of four friendly, of one to fifteen years between 1816 and 2015."""
    draw = random.Random(seed)
    with file.open("w", encoding="utf-8") as table:
        table.write("a,b,sign,begin,end\n")
        for _ in range(rows):
            a, b = draw.sample(range(3000), 2)
            year, month, day = draw.randint(1816, 2000), draw.randint(1, 12), draw.randint(1, 28)
            sign = draw.choice((1, 1, 1, -1))
            table.write(f"A{a},A{b},{sign},{year}-{month:02}-{day:02},{year + draw.randint(1, 15)}\n")


def timed(what: str, ask: Callable[[], T], size: Callable[[T], str]) -> T:
    """Do it once, and print how long it took, what came of it, and the peak."""
    reset_peak()
    began = time.perf_counter()
    found = ask()
    print(f"{what:<48}{time.perf_counter() - began:8.2f} s{peak():8.0f} MiB  {size(found)}")
    return found


def main() -> None:
    """Measure, and print."""
    parser = argparse.ArgumentParser(description="Measure tables of ties and datasets.")
    parser.add_argument("--rows", type=int, default=1_000_000, help="rows of the made table")
    parser.add_argument("--dataset", help="the dataset that --file is a copy of")
    parser.add_argument("--file", type=Path, help="a user's own copy")
    given = parser.parse_args()
    print(", ".join(f"{name} {value}" for name, value in machine().items()))
    catalogue()["iran"]
    with TemporaryDirectory() as folder:
        file, part = Path(folder) / "ties.csv", Path(folder) / "part.csv"
        made_table(file, given.rows)
        table = timed(f"read a table of {given.rows:,} ties", lambda: read_ties(file), lambda t: f"{len(t):,} kept")
        timed("its ties on a day", lambda: table.at(date(1950, 1, 1)), lambda ties: f"{len(ties):,} ties")
        with cordiale.open(Path(folder) / "bench.dossier") as dossier:
            made_table(part, given.rows // 10)
            what = f"a table of {given.rows // 10:,} ties into a dossier"
            timed(f"load {what}", lambda: dossier.load("ties", part), lambda s: f"{s.claims:,} claims")
            timed("load it again", lambda: dossier.load("ties", part), lambda s: f"{s.claims:,} new")
            if given.file and given.dataset:
                load = timed(
                    f"load {given.dataset}", lambda: dossier.load(given.dataset, given.file),
                    lambda s: f"{s.claims:,} claims, {s.notes.refused:,} rows refused",
                )  # fmt: skip
                for line in load.notes.lines():
                    print(f"  {line}")


if __name__ == "__main__":
    main()
