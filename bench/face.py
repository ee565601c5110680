"""How long a page takes in a real browser: figures that the docs quote.

Dossiers of made-up claims, served by `cordiale serve`; each page is opened in Chromium and timed from the request to
the first frame after everything is loaded, the middle of some repeats. The first time after the start is told apart:
the claims are weighed then.

    python bench/face.py
    python bench/face.py --claims 1000000
"""

from __future__ import annotations

import argparse
import re
import shutil
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
from playwright.sync_api import Page, TimeoutError, sync_playwright

import cordiale
from cordiale.claims import Actor, Citation, Claim, Kind
from cordiale.periods import Period
from cordiale.relations import relation

REPEATS = 5
SIZES = ((40, 150, 3_000, 1.0, 0.1), (2_000, 10_000, 60_000, 2.5, 0.3))
"""Actors, ties, claims over 72 months, the seconds that a page may take, and those of a step of the slider."""
MILLION = (5_000, 50_000, 1_000_000, 1.5, 0.3)
"""The same of a large one, whose map of everybody nobody asks for."""
STEPS = """async () => {
    const slider = document.querySelector('.months input'), took = [];
    for (let place = 1; place < 72; place += 1) {
        const began = performance.now();
        slider.value = place;
        slider.dispatchEvent(new Event('input'));
        await new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)));
        took.push(performance.now() - began);
    }
    return took;
}"""
"""Moves the slider of a map through every month that has claims: the milliseconds to the frame after each."""
AT = date(2016, 1, 1)


def made_up(folder: Path, actors: int, ties: int, claims: int) -> Path:
    """A dossier of claims over 72 months, each about one of so many ties; a third of the ties is hostile."""
    rng = np.random.default_rng(1)
    names = [Actor(id=f"actor-{n}", kind=Kind.STATE, name=f"Actor {n}", origin="user") for n in range(actors)]  # type: ignore[arg-type]
    pairs = np.sort(rng.choice(actors, (4 * ties, 2)), axis=1)
    pairs = np.unique(pairs[pairs[:, 0] != pairs[:, 1]], axis=0)
    pairs = rng.permutation(pairs)[:ties]
    hostile = rng.random(len(pairs)) < 1 / 3
    kinds = relation("ally_of"), relation("rivals")

    def drawn() -> Iterator[Claim]:
        for number in range(claims):
            pair = number % len(pairs) if number < len(pairs) else int(rng.integers(len(pairs)))
            month = int(rng.integers(72))
            day = date(2010 + month // 12, month % 12 + 1, int(rng.integers(1, 28)))
            kind = kinds[int(hostile[pair]) if rng.random() < 0.9 else int(not hostile[pair])]
            a, b = pairs[pair].tolist()
            yield Claim(
                subject=f"actor-{a}", relation=kind, object=f"actor-{b}", sign=kind.sign, reader="bench 1",
                evidence=Citation(dataset=f"source {number % 7}", version="1", row=str(number)),
                held=Period.since(day), published=day,
            )  # fmt: skip

    file = folder / f"{actors}-{claims}.dossier"
    with cordiale.open(file) as dossier:
        dossier.store.add_claims(drawn(), names)
    return file


@contextmanager
def served(file: Path) -> Iterator[str]:
    """The address of a dossier that is served."""
    command = [sys.executable, "-m", "cordiale", "serve", "--port", "0", "--no-browser", "-d", str(file)]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as server:
        try:
            assert server.stderr is not None
            told = re.search(r"at (http://\S+)", server.stderr.readline())
            assert told is not None
            yield told[1]
        finally:
            server.kill()


def opened(page: Page, address: str) -> float:
    """Seconds until a page is loaded and drawn; two minutes where it takes longer."""
    began = time.perf_counter()
    try:
        page.goto(address, timeout=120_000)
    except TimeoutError:
        return 120.0
    page.evaluate("new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")
    return time.perf_counter() - began


def measured(page: Page, file: Path, most: float, step: float) -> None:
    """Open every page some times, and print how long each took; then move the slider of maps."""
    paths = (
        "", "actor/actor-1", "tie/actor-1/actor-2", "map", "map?shape=matrix", "map?focus=actor-1", "blocs", "balance",
        "what-if?a=actor-1&b=actor-2&sign=hostile", "review?by=bench", "search?q=actor", "sources", "read",
    )  # fmt: skip
    began = time.perf_counter()
    with served(file) as address:
        print(f"  ready after {time.perf_counter() - began:.2f} s")
        for path in paths:
            asked = f"{address}{path}{'&' if '?' in path else '?'}at={AT}"
            first = opened(page, asked)
            worked = answered(page, asked) if page.locator("[data-again]").count() else 0.0
            later = statistics.median(opened(page, asked) for _ in range(REPEATS))
            told = f", answer after {worked:.1f} s" if worked else ""
            print(f"  /{path:44}{first:8.2f} s first{later:8.2f} s   (asked: {most} s){told}")
        for path in ("map", "map?shape=matrix", *(["map?all=1"] if most != MILLION[3] else [])):
            page.goto(f"{address}{path}{'&' if '?' in path else '?'}at={AT}")
            page.get_by_role("button", name="Play").wait_for(timeout=120_000)
            took = page.evaluate(STEPS)
            ties = page.locator(".tie[data-tie]").count()
            middle, worst = statistics.median(took) / 1000, max(took) / 1000
            print(f"  a step on /{path:36}{middle:8.3f} s{worst:8.3f} s at most, {ties:,} ties   (asked: {step} s)")


def answered(page: Page, address: str) -> float:
    """Seconds until a page that says that it is being worked on has its answer."""
    began = time.perf_counter()
    while page.locator("[data-again]").count():
        page.wait_for_timeout(100)
        opened(page, address)
    return time.perf_counter() - began


def main() -> None:
    """Make dossiers, serve, open, time, print."""
    parser = argparse.ArgumentParser(description="How long the pages take in Chromium.")
    parser.add_argument("--claims", type=int, metavar="N", help="one dossier of so many claims instead")
    given = parser.parse_args()
    sizes = SIZES if given.claims is None else ((*MILLION[:2], given.claims, *MILLION[3:]),)
    with TemporaryDirectory() as folder, sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 1200, "height": 900})
        for actors, ties, claims, most, step in sizes:
            print(f"{actors:,} actors, {ties:,} ties, {claims:,} claims")
            measured(page, made_up(Path(folder), actors, ties, claims), most, step)
        browser.close()


if __name__ == "__main__":
    main()
