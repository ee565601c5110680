"""Other engines add up what the one that is built in adds up, to the last digit."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from stream_makers import gdelt, icews, polecat, table, taken, written
from test_sums import made_up

from cordiale.errors import InvalidValue, MissingExtra, UnknownName
from cordiale.events import Archive, Sign, dyads
from cordiale.events.dyads import Recipe, Repeats
from cordiale.events.engine import files
from cordiale.events.portable import sql

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

RECIPES = [
    Recipe(sign=sign, repeats=repeats, root=root) for sign, repeats, root in product(Sign, Repeats, (True, False))
] + [Recipe(place="turkey"), Recipe(place="syria", repeats=Repeats.DAY)]
PLACES = ("Turkey", "Syria")
GOLDEN = Path(__file__).parent / "sql"


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    """Events with scores of their own and without, of one pair and of several, told again and again, of two years."""
    folder = tmp_path_factory.mktemp("engines")
    told = made_up(7, 300)
    twins = [row | {"code": code, "score": "", "quad": ""} for row in told[:40] for code in ("036", "190", "10")]
    later = [row | {"day": "20200203", "added": "20200203", "url": ""} for row in told[::7]]
    with Archive(folder / "[1] {an} archive*") as found:
        taken(found, written(folder, "a.csv", [gdelt(**row) for row in [*told, *twins]]))
        moved = [gdelt(**row).replace("Aleppo\tSY\tSY09", "Ankara\tTU\tTU68") for row in later]
        taken(found, written(folder, "b.csv", moved))
        shares = [
            polecat(f"E{number}", **{"Intensity": score, "Recipient Country": whom, "Country": PLACES[number % 2]})
            for number, (score, whom)
            in enumerate(product(("-9.5", "", "0.0", "7.2"), ("TUR", "TUR;USA", "IRN;TUR;USA")))
        ]  # fmt: skip
        taken(found, written(folder, "p.txt", table("polecat", shares).splitlines()))
        blank = [
            icews(number % 20, **{"Intensity": score, "CAMEO Code": code, "Country": PLACES[number % 2]})
            for number, (score, code) in enumerate(product(("-10", "", "3.4"), ("190", "057", "", "1823")))
            if score or code
        ]
        taken(found, written(folder, "events.2018.tab", table("icews", blank).splitlines()))
        yield found


def rows(archive: Archive, found: list[Any]) -> list[tuple[Any, ...]]:
    paths = files(archive.paths(one.path for one in found))
    return archive.con.execute(f"SELECT * FROM read_parquet({paths}) ORDER BY {dyads.CELL}").fetchall()


def streams(archive: Archive) -> list[str]:
    return sorted({one.stream for one in archive.ledger.files()})


@pytest.mark.parametrize("recipe", RECIPES, ids=lambda one: one.name)
def test_the_one_query_gives_the_cells_of_the_engine_that_is_built_in(archive: Archive, recipe: Recipe) -> None:
    for stream in streams(archive):
        expected = rows(archive, dyads.cells(archive, stream, recipe))
        paths = archive.paths(part.path for part in archive.ledger.parts(stream))
        archive.con.execute(f"CREATE OR REPLACE TEMP VIEW events AS SELECT * FROM read_parquet({files(paths)})")
        query = sql(archive, stream, recipe, dialect="duckdb")
        assert archive.con.execute(f"SELECT * FROM ({query}) ORDER BY {dyads.CELL}").fetchall() == expected


def test_the_one_query_gives_the_cells_of_real_files(shared: Path, tmp_path: Path) -> None:
    with Archive(tmp_path / "archive") as archive:
        list(archive.ingest([shared / "data" / "events"]))
        assert len(streams(archive)) == 4
        for stream, repeats in product(streams(archive), Repeats):
            recipe = Recipe(repeats=repeats)
            paths = archive.paths(part.path for part in archive.ledger.parts(stream))
            archive.con.execute(f"CREATE OR REPLACE TEMP VIEW events AS SELECT * FROM read_parquet({files(paths)})")
            found = archive.con.execute(
                f"SELECT * FROM ({sql(archive, stream, recipe, dialect='duckdb')}) ORDER BY {dyads.CELL}"
            ).fetchall()
            assert found and found == rows(archive, dyads.cells(archive, stream, recipe))


@pytest.mark.filterwarnings("ignore:unclosed <socket:ResourceWarning")  # PySpark leaves closing them to Python
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.parametrize("recipe", RECIPES[::5], ids=lambda one: one.name)
def test_spark_gives_the_same_cells_and_enters_them_alike(
    archive: Archive, spark: SparkSession, recipe: Recipe
) -> None:
    from cordiale.events.spark import cells

    assert spark.version.startswith("4.")
    for stream in streams(archive):
        parts = dyads.cells(archive, stream, recipe)
        expected = rows(archive, parts)
        archive.ledger.enter_cells([], parts)  # as if nothing had been added up
        again = cells(archive, stream, recipe)
        assert (again, rows(archive, again)) == (parts, expected)


@pytest.mark.parametrize("dialect", ["bigquery", "trino"])
@pytest.mark.parametrize(
    ("stream", "recipe"),
    [
        ("polecat", Recipe(sign=Sign.QUAD, repeats=Repeats.NONE)),
        ("icews", Recipe(repeats=Repeats.EVENT_ID, root=True)),
        ("gdelt2", Recipe(sign=Sign.PLOVER)),
    ],
    ids=lambda one: getattr(one, "name", one),
)
def test_the_sql_for_engines_that_are_elsewhere_is_as_it_was(
    archive: Archive, dialect: str, stream: str, recipe: Recipe
) -> None:
    expected = GOLDEN / f"{stream}.{recipe.name}.{dialect}.sql"
    found = sql(archive, stream, recipe, dialect=dialect, table="research.streams.events") + "\n"
    if os.environ.get("CORDIALE_GOLDEN"):  # to write them anew, and read what changed
        expected.write_text(found, encoding="utf-8")
    assert found == expected.read_text(encoding="utf-8")


def test_an_engine_that_nothing_is_written_for_is_named_with_those_that_there_are(archive: Archive) -> None:
    with pytest.raises(UnknownName, match="bigquery"):
        sql(archive, "gdelt2", Recipe(), dialect="oracle")


@pytest.mark.parametrize("table", ["", "a..b", "a.b.c.d"])
def test_a_table_that_no_engine_has_is_refused_with_how_to_name_one(archive: Archive, table: str) -> None:
    with pytest.raises(InvalidValue, match=r"project\.set\.table"):
        sql(archive, "gdelt2", Recipe(), dialect="trino", table=table)


def test_a_recipe_of_an_empty_source_or_place_is_refused_as_it_would_go_by_the_name_of_all() -> None:
    for narrowed in ({"source": " "}, {"place": ""}):
        with pytest.raises(InvalidValue, match="leave it out"):
            Recipe(**narrowed)  # type: ignore[arg-type]


def test_without_pyspark_the_extra_is_named(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    from cordiale.events.spark import cells

    for name in ("pyspark", "pyspark.errors", "pyspark.sql"):
        monkeypatch.setitem(sys.modules, name, None)
    with pytest.raises(MissingExtra, match=r"cordiale\[spark\]"):
        cells(archive, "gdelt2", Recipe())
