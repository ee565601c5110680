"""How long the command line takes to start: the figure on `cordiale --help` that the docs quote.

Each command runs in a process of its own, one after another; the median of ten, in seconds of wall time.

    python bench/start.py
    python bench/start.py --runs 30 --json
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import subprocess
import sys
import time
from statistics import median

COMMANDS = {
    "python -c pass": ["-c", "pass"],
    "import cordiale": ["-c", "import cordiale"],
    "import typer": ["-c", "import typer"],
    "cordiale --help": ["-m", "cordiale", "--help"],
    "cordiale who --help": ["-m", "cordiale", "who", "--help"],
    "cordiale --version": ["-m", "cordiale", "--version"],
}


def timed(arguments: list[str], runs: int) -> float:
    """The median time of a command."""
    times = []
    for _ in range(runs):
        began = time.perf_counter()
        subprocess.run([sys.executable, *arguments], check=True, capture_output=True)
        times.append(time.perf_counter() - began)
    return median(times)


def main() -> None:
    """Measure, and print."""
    parser = argparse.ArgumentParser(description="Measure how long the command line takes to start.")
    parser.add_argument("--runs", type=int, default=10, help="runs of each command; the median counts")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    given = parser.parse_args()
    figures = {what: timed(arguments, given.runs) for what, arguments in COMMANDS.items()}
    machine = f"Python {platform.python_version()}, {platform.machine()}, {os.cpu_count()} CPUs, {sys.platform}"
    if given.json:
        print(json.dumps({"machine": machine, "seconds": figures}))
        return
    print(machine)
    for what, seconds in figures.items():
        print(f"{what:<24}{seconds:8.3f} s")


if __name__ == "__main__":
    main()
