"""The reader on Spark gives what it gives here."""

from __future__ import annotations

from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

import deadly
import pytest

import cordiale
from cordiale.errors import UnknownName
from cordiale.reading.reader import Shipped
from cordiale.spark import SparkError

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

NOW = datetime(2024, 6, 1, 12, tzinfo=UTC)
BRIEFS = Path(__file__).parents[2] / "examples" / "briefs"
pytestmark = [
    pytest.mark.filterwarnings("ignore:unclosed <socket:ResourceWarning"),  # PySpark leaves closing them to Python
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]


def test_spark_reads_the_same_claims_in_the_same_order_and_nothing_twice(tmp_path: Path, spark: SparkSession) -> None:
    assert spark.version.startswith("4.")
    claims = []
    for engine in ("local", "spark"):
        with cordiale.open(tmp_path / f"{engine}.dossier", clock=lambda: NOW) as dossier:
            inputs = (*sorted(BRIEFS.iterdir())[:6], tmp_path / "lost.txt", "https://[bad")
            first = dossier.read(*inputs, engine=engine, jobs=1)
            assert (first.documents, len(first.failed)) == (6, 2)
            again = dossier.read(*inputs, engine=engine, jobs=1)
            assert (again.documents, again.known, again.claims) == (0, 6, 0)
            claims.append(list(dossier.store.claims()))
    assert len(claims[0]) > 50
    assert claims[0] == claims[1]


def test_what_brings_a_worker_down_costs_that_input_only(tmp_path: Path, spark: SparkSession) -> None:
    spark.sparkContext.addPyFile(deadly.__file__)
    texts = {"a": "Iran is an ally of Syria.", "b": "It was deadly.", "c": "Turkey is an enemy of Syria."}
    for name, text in texts.items():
        (tmp_path / f"{name}.txt").write_text(text, encoding="utf-8")
    with cordiale.open(tmp_path / "a.dossier", clock=lambda: NOW) as dossier:
        summary = dossier.read(tmp_path, reader=deadly.Deadly(), engine="spark")
    assert (summary.documents, summary.claims) == (2, 2)
    assert [str(one) for one in summary.failed] == [
        f"{tmp_path / 'b.txt'}: it brought the reading process down; leave it out, or save it in another format"
    ]


def test_workers_that_lack_what_they_need_are_told_of_and_no_document_is_blamed(
    tmp_path: Path, spark: SparkSession
) -> None:
    class Missing(Shipped):
        def __reduce__(self) -> tuple[object, ...]:
            return import_module, ("a_package_that_workers_lack",)

    assert spark.version.startswith("4.")
    (tmp_path / "a.txt").write_text("Iran is an ally of Syria.", encoding="utf-8")
    with cordiale.open(tmp_path / "a.dossier", clock=lambda: NOW) as dossier:
        with pytest.raises(SparkError, match=r"a_package_that_workers_lack.*on every worker"):
            dossier.read(tmp_path / "a.txt", reader=Missing(), engine="spark")
        assert not dossier.store.failures()


def test_another_engine_is_refused_with_those_that_there_are(tmp_path: Path) -> None:
    with cordiale.open(tmp_path / "a.dossier") as dossier, pytest.raises(UnknownName, match="local"):
        dossier.read("-", engine="hadoop")
