"""How fast event streams go in and are added up: figures that the docs quote, beside the same work by hand.

Made-up events in GDELT's layout, from a seed: actors of 220 countries and 14 roles, about as unevenly spread as in a
real file (two events have one actor in 3 of 100), ten years, some dated back, many without an actor. Each step runs in
a process of its own, so that its memory is its own: peak RSS in MiB.

    python bench/events.py                     text into an archive, then sums of 5 million events
    python bench/events.py --rows 50000000     sums of 50 million
    python bench/events.py --kills 20          400 files, killed 20 times at random moments
"""

from __future__ import annotations

import argparse
import multiprocessing
import os
import random
import resource
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import date, timedelta
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np

from cordiale.events import Archive
from cordiale.events.dyads import Recipe, Repeats, cells
from cordiale.events.ledger import Entry, Filed, Part
from cordiale.events.pairs import Every, Level, month_ends, pairs, states
from cordiale.events.parts import write
from cordiale.events.series import series

COUNTRIES, ROLES, YEARS = (
    220,
    ("", "GOV", "MIL", "REB", "OPP", "CVL", "BUS", "COP", "JUD", "LEG", "MED", "EDU", "IGO", "SPY"),
    10,
)
FIRST = date(2010, 1, 1)
CALLED = ("", "CAPITAL OF ", "PEOPLE OF ", "THE ARMY OF ", "LEADERS OF ")
"""By which names stories call one actor."""


def country(number: int) -> str:
    """A code of three letters; the first ones are real, so that somebody can be asked for."""
    real = (
        "USA",
        "RUS",
        "CHN",
        "GBR",
        "FRA",
        "DEU",
        "ISR",
        "IRN",
        "SYR",
        "TUR",
        "UKR",
        "IND",
        "PAK",
        "IRQ",
        "SAU",
        "JPN",
    )
    return real[number] if number < len(real) else "Q" + chr(65 + number // 26) + chr(65 + number % 26)


def text_file(path: Path, rows: int, seed: int, day: date) -> None:
    """A file of GDELT 2.0."""
    rng = np.random.default_rng(seed)
    ends = np.minimum((rng.pareto(0.7, (rows, 2))).astype(int), COUNTRIES - 1)
    roles, codes = rng.integers(0, len(ROLES), (rows, 2)), rng.integers(10, 210, rows)
    missing, back = rng.random((rows, 2)) < (0.1, 0.25), rng.random(rows) < 0.03
    geo = "4\tVancouver, British Columbia, Canada\tCA\tCA02\t12552\t49.25\t-123.133\t-575268"
    with path.open("w", encoding="utf-8") as file:
        for n in range(rows):
            at = day - timedelta(days=7) if back[n] else day
            sides = []
            for side in (0, 1):
                code, role = country(int(ends[n, side])), ROLES[roles[n, side]]
                called = f"{CALLED[n % len(CALLED)]}{code}"
                sides.append("\t" * 9 if missing[n, side] else f"{code}{role}\t{called}\t{code}\t\t\t\t\t{role}\t\t")
            code = f"{codes[n]:03}"
            score = (n % 200 - 100) / 10
            file.write(
                f"{seed * 10_000_000 + n}\t{at:%Y%m%d}\t{at:%Y%m}\t{at:%Y}\t{at:%Y}.8\t{sides[0]}\t{sides[1]}\t{n % 2}"
                f"\t{code}\t{code}\t{code[:2]}\t{1 + n % 4}\t{score}\t3\t1\t3\t2.02774813233724\t{geo}\t{geo}\t{geo}"
                f"\t{day:%Y%m%d}143000\thttps://www.example.org/news/{seed}/{n // 4}/what-was-said-of-it\n"
            )


def made_archive(folder: Path, rows: int) -> None:
    """An archive of so many events, its parts written as `ingest` does."""
    with Archive(folder) as archive:
        people = []
        for number in range(COUNTRIES * len(ROLES)):
            code, role = country(number // len(ROLES)), ROLES[number % len(ROLES)]
            people.append((number + 1, "gdelt2", "\x1f".join((f"{code}{role}", "", code, "", role))))
        con, months = archive.con, 12 * YEARS
        con.execute("SELECT setseed(0.42)")
        parts = []
        for month in range(months):
            first = date(FIRST.year + month // 12, month % 12 + 1, 1)
            md5, count = f"{month:032x}", rows // months
            path = Path("events") / "gdelt2" / f"{first:%Y-%m}" / f"{md5}.parquet"
            state = f"floor(exp(pow(random(), 1.5) * ln({COUNTRIES + 1})))"
            role = f"CASE WHEN random() < 0.58 THEN 0 ELSE floor(random() * {len(ROLES)}) END"
            who = f"({len(ROLES)} * ({state} - 1) + {role} + 1)::INTEGER"
            write(con, archive.folder / path, f"""
                SELECT * FROM (SELECT ({month} * 10000000 + i)::VARCHAR AS event_id,
                    (DATE '{first}' + (random() * 27)::INTEGER)::DATE AS day, 1::SMALLINT AS days,
                    (DATE '{first}' + 27 + CASE WHEN random() < 0.03 THEN 7 ELSE 0 END)::DATE AS added,
                    CASE WHEN random() > 0.1 THEN {who} END AS actor,
                    CASE WHEN random() > 0.25 THEN {who} END AS target,
                    'NAME ' || i % 500 AS actor_name, 'NAME ' || i % 499 AS target_name,
                    lpad((10 + (random() * 195)::INTEGER)::VARCHAR, 3, '0') AS code,
                    (random() * 200 - 100)::SMALLINT AS score, (1 + (random() * 3)::INTEGER)::TINYINT AS quad,
                    random() < 0.6 AS root, 'US' AS place, hash(i // 4)::UBIGINT AS url, 3 AS mentions,
                    2520::SMALLINT AS weight FROM range({count}) t(i)
                ) ORDER BY actor NULLS LAST, target NULLS LAST, day, event_id""")  # fmt: skip
            entry = Entry(
                md5=md5, name=f"{first}", logical=None, stream="gdelt2", size=0, lines=count, events=count, rejected=0
            )
            parts.append((entry, Part(path=path.as_posix(), stream="gdelt2", month=first, rows=count)))
        archive.ledger.enter(
            Filed(entry=entry, parts=[part], actors=[] if number else people)
            for number, (entry, part) in enumerate(parts)
        )


def alone(what: Callable[..., Any], *args: Any) -> tuple[float, float, Any]:
    """Seconds, peak MiB and result of a function in a process of its own; the start of the process is not counted."""
    context = multiprocessing.get_context("spawn")
    with context.Pool(1, maxtasksperchild=1) as pool:
        return pool.apply(_measured, (what, args))


def _measured(what: Callable[..., Any], args: tuple[Any, ...]) -> tuple[float, float, Any]:
    began = time.perf_counter()
    found = what(*args)
    return time.perf_counter() - began, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, found


def ingest(folder: str, *files: str) -> int:
    with Archive(folder, memory="700MB") as archive:
        return sum(one.events for one in archive.ingest(files))


def by_hand(folder: str, *files: str) -> int:
    """Text into one Parquet file of 14 columns, as a script would do it: no check, no actors, no ledger, no sorting."""
    import duckdb

    con = duckdb.connect(config={"memory_limit": "700MB", "preserve_insertion_order": False, "temp_directory": folder})
    columns = "{" + ", ".join(f"'c{n}': 'VARCHAR'" for n in range(61)) + "}"
    con.execute(f"""COPY (SELECT c0, c1, c5, c6, c7, c12, c15, c16, c17, c22, c26, c29, c30, c60
        FROM read_csv({list(files)}, columns={columns}, auto_detect=false, delim='\t', quote='', escape='',
            header=false, store_rejects=true))
        TO '{folder}/hand.parquet' (FORMAT parquet, COMPRESSION zstd)""")
    return con.execute(f"SELECT count(*) FROM '{folder}/hand.parquet'").fetchone()[0]  # type: ignore[index]


def dyad_days(folder: str, repeats: str) -> int:
    with Archive(folder, memory="700MB") as archive:
        return sum(part.rows for part in cells(archive, "gdelt2", Recipe(repeats=Repeats(repeats))))


def dyad_days_by_hand(folder: str) -> int:
    """The same sums without repeats left out, in one query, into one file."""
    import duckdb

    con = duckdb.connect(config={"memory_limit": "700MB", "preserve_insertion_order": False, "temp_directory": folder})
    con.execute(f"""COPY (SELECT actor, target, day, added, count(*) AS events, sum(weight)::BIGINT AS weight,
        sum(greatest(score, 0) * weight::BIGINT)::BIGINT AS cooperative,
        sum(least(score, 0) * weight::BIGINT)::BIGINT AS conflictual
        FROM '{folder}/events/gdelt2/*/*.parquet' WHERE actor IS NOT NULL AND target IS NOT NULL AND actor <> target
        GROUP BY ALL ORDER BY actor, target, day, added)
        TO '{folder}/hand.parquet' (FORMAT parquet, COMPRESSION zstd)""")
    return con.execute(f"SELECT count(*) FROM '{folder}/hand.parquet'").fetchone()[0]  # type: ignore[index]


def dyad_days_polars(folder: str) -> int:
    import polars as pl

    found = (
        pl.scan_parquet(f"{folder}/events/gdelt2/*/*.parquet")
        .filter(pl.col("actor").is_not_null() & pl.col("target").is_not_null() & (pl.col("actor") != pl.col("target")))
        .group_by("actor", "target", "day", "added")
        .agg(
            pl.len(),
            pl.col("weight").cast(pl.Int64).sum(),
            (pl.col("score").clip(0).cast(pl.Int64) * pl.col("weight")).sum(),
        )
    )
    found.sort("actor", "target", "day", "added").sink_parquet(f"{folder}/polars.parquet")
    return pl.scan_parquet(f"{folder}/polars.parquet").select(pl.len()).collect().item()  # type: ignore[no-any-return]


def dyad_days_pandas(folder: str) -> int:
    import pandas as pd

    columns = ["actor", "target", "day", "added", "score", "weight"]
    rows = pd.read_parquet(sorted(Path(folder, "events", "gdelt2").glob("*/*.parquet")), columns=columns)
    rows = rows.dropna(subset=["actor", "target"])
    rows = rows[rows["actor"] != rows["target"]]
    weight = rows["weight"].astype("int64")
    rows = rows.assign(
        weight=weight,
        cooperative=rows["score"].clip(lower=0) * weight,
        conflictual=rows["score"].clip(upper=0) * weight,
    )
    found = rows.groupby(["actor", "target", "day", "added"]).agg(
        events=("weight", "size"), weight=("weight", "sum"), cooperative=("cooperative", "sum"),
        conflictual=("conflictual", "sum"),
    )  # fmt: skip
    found.to_parquet(f"{folder}/pandas.parquet")
    return len(found)


def dyad_days_spark(folder: str) -> int:
    """On two cores of one machine, the start of its session counted; Java's memory is not."""
    from pyspark.sql import SparkSession
    from pyspark.sql import functions as f

    spark = (
        SparkSession.builder.master("local[2]").config("spark.driver.memory", "8g")
        .config("spark.ui.showConsoleProgress", "false").getOrCreate()
    )  # fmt: skip
    spark.sparkContext.setLogLevel("ERROR")
    rows = spark.read.parquet(f"{folder}/events/gdelt2/*/*.parquet").where("actor <> target")
    weight, score = f.col("weight").cast("long"), f.col("score")
    found = rows.groupBy("actor", "target", "day", "added").agg(
        f.count("*").alias("events"), f.sum(weight).alias("weight"),
        f.sum(f.greatest(score, f.lit(0)) * weight).alias("cooperative"),
        f.sum(f.least(score, f.lit(0)) * weight).alias("conflictual"),
    )  # fmt: skip
    found.sort("actor", "target", "day", "added").write.mode("overwrite").parquet(f"{folder}/spark")
    count = spark.read.parquet(f"{folder}/spark").count()
    spark.stop()
    return count


def asked(folder: str) -> dict[str, float]:
    """Seconds of questions on an archive whose dyad-days are made: the best of three."""
    took = {}
    with Archive(folder, memory="700MB") as archive:
        archive.people()
        ends = month_ends(archive, "gdelt2", None, None)
        for name, question in {
            "dyad-months of all actors": lambda: pairs(archive, stream="gdelt2", every=Every.MONTH, level=Level.ACTOR),
            "dyad-months of all states": lambda: pairs(archive, stream="gdelt2", every=Every.MONTH),
            "one pair of states by month": lambda: series(archive, "Syria", "Turkey", stream="gdelt2"),
            "one pair of actors by month": lambda: series(archive, "code:SYRMIL", "code:TURMIL", stream="gdelt2"),
            f"{len(ends)} fading states of all pairs of states": lambda: states(
                archive, ends, stream="gdelt2", half_life=90
            ),
            f"{len(ends)} of all pairs of states, each way": lambda: states(
                archive, ends, stream="gdelt2", half_life=90, directed=True
            ),
        }.items():
            best = 1e9
            for _ in range(3):
                began = time.perf_counter()
                question()
                best = min(best, time.perf_counter() - began)
            took[name] = best
    return took


def killed(folder: Path, times: int) -> None:
    """400 files of 2,111 lines and one that is broken, the writer killed at random moments, then run to its end."""
    files, archive = folder / "files", folder / "archive"
    files.mkdir()
    for number in range(400):
        text_file(files / f"{number:03}.csv", 2111, number, FIRST + timedelta(days=number))
        with (files / f"{number:03}.csv").open("a") as file:
            file.write("broken\tline\n")
    command = [sys.executable, "-m", "cordiale", "events", "ingest", str(files), "-a", str(archive)]
    rng, kills = random.Random(0), 0
    while kills < times:
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        time.sleep(rng.uniform(0.2, 1.2))
        if process.poll() is not None:
            break
        os.kill(process.pid, signal.SIGKILL)
        process.wait()
        kills += 1
    began = time.perf_counter()
    subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)
    last = time.perf_counter() - began
    began = time.perf_counter()
    subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)
    with Archive(archive) as found:
        entries = list(found.ledger.files(replaced=True))
        rows = sum(part.rows for part in found.ledger.parts())
        there = {one.relative_to(archive).as_posix() for one in (archive / "events").rglob("*") if one.is_file()}
        print(f"  {kills} kills; last run {last:.1f} s, a run with nothing new {time.perf_counter() - began:.1f} s")
        print(
            f"  files {len(entries)} of 400, events {sum(e.events for e in entries):,} of {400 * 2111:,}, rows {rows:,}"
        )
        print(f"  refused lines {sum(e.rejected for e in entries)} of 400, files on the disk and in the ledger alike: "
              f"{there == {part.path for part in found.ledger.parts()}}")  # fmt: skip


NEEDED = {dyad_days_polars: "polars", dyad_days_pandas: "pandas", dyad_days_spark: "pyspark"}
"""What some of these need beyond Cordiale's own."""


def main() -> None:
    """Make, measure, print."""
    parser = argparse.ArgumentParser(description="How fast event streams go in and are added up.")
    parser.add_argument("--rows", type=int, default=5_000_000, metavar="N", help="events of the archive that is asked")
    parser.add_argument("--kills", type=int, default=0, metavar="N", help="only this: kill the writer so many times")
    given = parser.parse_args()
    with TemporaryDirectory() as name:
        folder = Path(name)
        if given.kills:
            killed(folder, given.kills)
            return
        files = [folder / f"{number}.csv" for number in range(4)]
        for number, file in enumerate(files):
            text_file(file, 600_000, number, FIRST + timedelta(days=31 * number))
        small = [folder / f"small{number}.csv" for number in range(400)]
        for number, file in enumerate(small):
            text_file(file, 2_000, 10 + number, FIRST + timedelta(days=number // 96))
        for told, what, some in (
            ("into an archive", ingest, files), ("by hand into one Parquet file", by_hand, files),
            ("into an archive", ingest, small), ("by hand into one Parquet file", by_hand, small),
        ):  # fmt: skip
            size = sum(file.stat().st_size for file in some) / 1e6
            there = folder / f"{what.__name__}{len(some)}"
            there.mkdir()
            seconds, peak, _ = alone(what, str(there), *map(str, some))
            print(
                f"{len(some)} files, {size:,.0f} MB of text, {told:30}"
                f"{size / seconds:6.0f} MB/s{seconds:8.1f} s{peak:8,.0f} MiB"
            )
        made_archive(folder / "large", given.rows)
        held = sum(path.stat().st_size for path in (folder / "large" / "events").rglob("*.parquet")) / 1e6
        print(f"{given.rows:,} events in 120 months, {held:,.0f} MB on the disk")
        for told, what, args in (
            ("dyad-days, no repeats left out", dyad_days, ("none",)),
            ("the same by hand in DuckDB", dyad_days_by_hand, ()),
            ("the same by hand in Polars", dyad_days_polars, ()),
            ("the same by hand in pandas", dyad_days_pandas, ()),
            ("the same by hand in PySpark", dyad_days_spark, ()),
            ("dyad-days, each story once", dyad_days, ("day-dyad-code-url",)),
        ):  # fmt: skip
            needed = NEEDED.get(what)
            if needed is not None and find_spec(needed) is None:
                print(f"  {told:44}    not installed: {needed}")
                continue
            seconds, peak, rows = alone(what, str(folder / "large"), *args)
            print(f"  {told:44}{seconds:8.1f} s{peak:8,.0f} MiB   {rows:,} cells")
        seconds, peak, took = alone(asked, str(folder / "large"))
        for told, best in took.items():
            print(f"  {told:44}{best:8.3f} s")
        print(f"  all of these questions{'':38}{peak:8,.0f} MiB")


if __name__ == "__main__":
    main()
