"""How fast articles become claims in a dossier, and whether memory stays flat: figures on reading that the docs quote.

Articles of about 800 words are written from a seed: sentences of this script about actors of the catalogue, among
sentences that claim nothing. They are read from files as a user's would be, into a new dossier. Memory is the
resident set at its highest in the process that writes, and the sum over the processes that read, in MiB; at the end of
each stage, so that growth shows.

    python bench/reading.py
    python bench/reading.py --articles 200 --jobs 1 --json
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import random
import sys
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import cordiale
from cordiale.actors import catalogue
from cordiale.claims import Kind
from cordiale.dossier import Progress

WORDS = 800
STAGES = (500, 1000, 2000)
CLAIMING = (
    "{a} has supplied {b} with weapons since {year}, according to two officials in the region.",
    "Relations between {a} and {b} have deteriorated over the past months.",
    "{a} and {b} signed a treaty of friendship in {year}.",
    "“{a} will not abandon {b},” the minister said, “because our interests are the same.”",
    "In {year} {a} broke off diplomatic relations with {b} over the border dispute.",
    "{a} remains a close ally of {b}, diplomats said.",
    "{a} accused {b} of training the rebels in the north.",
    "The government of {a} denied that it had cut its funding for {b}.",
    "Fighting between {a} and {b} resumed in the spring of {year}.",
    "{a} imposed sanctions on {b} after the vote.",
)
FILLING = (
    "The talks lasted for two days and ended without a statement.",
    "Prices in the markets of the old town have doubled since the winter, and the queues have grown longer.",
    "A spokesman declined to comment on the report when he was reached by telephone.",
    "The road to the airport was closed in the morning and opened again before noon.",
    "Observers had expected a decision by the end of the week, but none was announced.",
    "Rain delayed the harvest, and the ministry of agriculture promised seed for the next season.",
    "The committee will meet again in the first days of the coming month.",
    "Several newspapers printed the letter in full on their front pages.",
    "Officials in {a} were not available for comment.",
    "Analysts who follow {b} said that it was too early to tell what the visit would change.",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """What had been done after so many articles: seconds since the start, claims, and memory in MiB."""

    articles: int
    seconds: float
    a_minute: float
    writer_mib: float
    readers_mib: float


def machine() -> dict[str, str]:
    """What the figures were measured on."""
    model = platform.processor() or platform.machine()
    cpuinfo = Path("/proc/cpuinfo")
    if cpuinfo.exists():
        names = [line.split(":", 1)[1].strip() for line in cpuinfo.read_text().splitlines() if "model name" in line]
        model = names[0] if names else model
    return {"cpu": model, "cores": str(os.cpu_count()), "python": platform.python_version(), "system": sys.platform}


def written(count: int, seed: int) -> Iterator[str]:
    """Articles as pages, about a dozen actors each."""
    chance = random.Random(seed)
    names = [actor.name for actor in catalogue().values() if actor.kind in (Kind.STATE, Kind.ARMED_GROUP, Kind.PARTY)]
    first = date(2000, 1, 1)
    for number in range(count):
        cast = chance.sample(names, 12)
        paragraphs, words = [], 0
        while words < WORDS:
            sentences = []
            for _ in range(chance.randint(3, 5)):
                a, b = chance.sample(cast, 2)
                template = chance.choice(CLAIMING if chance.random() < 0.3 else FILLING)
                sentences.append(template.format(a=a, b=b, year=chance.randint(1990, 2020)))
            paragraphs.append(" ".join(sentences))
            words += len(paragraphs[-1].split())
        day = first + timedelta(days=chance.randrange(7_000))
        body = "\n".join(f"<p>{text}</p>" for text in paragraphs)
        yield (
            f'<html lang="en"><head><title>Report {number}</title><meta name="date" content="{day}">'
            f"</head><body><article><h1>Report {number}</h1>\n{body}\n</article></body></html>"
        )


def resident(process: str = "self") -> float:
    """The memory of a process now, in MiB; 0 where the system does not say."""
    try:
        status = Path(f"/proc/{process}/status").read_text()
    except OSError:
        return 0.0
    return next((int(line.split()[1]) / 1024 for line in status.splitlines() if line.startswith("VmRSS:")), 0.0)


def below(process: int) -> list[int]:
    """The processes that a process started, and theirs."""
    found = []
    for task in Path("/proc").glob("[0-9]*/stat"):
        try:
            parts = task.read_text().rsplit(")", 1)[1].split()
        except OSError:
            continue
        if int(parts[1]) == process:
            child = int(task.parent.name)
            found += [child, *below(child)]
    return found


def measured(folder: Path, articles: int, jobs: int, seed: int) -> Iterator[Stage | int]:
    """A stage at a time, then the number of claims."""
    pages = folder / "pages"
    pages.mkdir()
    for number, page in enumerate(written(articles, seed)):
        (pages / f"{number:05}.html").write_text(page, encoding="utf-8")
    stages: list[Stage] = []
    stops = {stop for stop in STAGES if stop < articles} | {articles}

    def look(progress: Progress) -> None:
        if progress.done in stops:
            spent = time.perf_counter() - began
            readers = sum(resident(str(child)) for child in below(os.getpid()))
            stages.append(
                Stage(
                    articles=progress.done, seconds=spent, a_minute=progress.done / spent * 60,
                    writer_mib=resident(), readers_mib=readers,
                )
            )  # fmt: skip

    with cordiale.open(folder / "bench.dossier") as dossier:
        began = time.perf_counter()
        summary = dossier.read(pages, jobs=jobs, progress=look)
        if summary.failed:
            raise SystemExit(f"{len(summary.failed)} failed, the first: {summary.failed[0]}")
    yield from stages
    yield summary.claims


def main() -> None:
    """Measure, and print."""
    parser = argparse.ArgumentParser(description="Measure reading.")
    parser.add_argument("--articles", type=int, default=2000, help="how many articles to write and read")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1, help="how many processes read")
    parser.add_argument("--seed", type=int, default=1, help="what the articles are drawn from")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    given = parser.parse_args()
    with TemporaryDirectory() as folder:
        found = list(measured(Path(folder), given.articles, given.jobs, given.seed))
    stages = [stage for stage in found if isinstance(stage, Stage)]
    claims = next(count for count in found if isinstance(count, int))
    if given.json:
        figures = {"machine": machine(), "jobs": given.jobs, "words": WORDS, "claims": claims}
        print(json.dumps({**figures, "stages": [asdict(stage) for stage in stages]}))
        return
    print(", ".join(f"{name} {value}" for name, value in machine().items()), f"jobs {given.jobs}", sep=", ")
    print(f"{'articles':>10}{'seconds':>10}{'a minute':>10}{'writer MiB':>12}{'readers MiB':>13}")
    for s in stages:
        print(f"{s.articles:>10,}{s.seconds:>10.1f}{s.a_minute:>10,.0f}{s.writer_mib:>12.0f}{s.readers_mib:>13.0f}")
    print(f"{claims:,} claims")


if __name__ == "__main__":
    main()
