"""The floor of the development case: what the reader must find in a real article, and with which precision."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest


def bench() -> ModuleType:
    place = Path(__file__).parents[2] / "bench" / "case.py"
    spec = importlib.util.spec_from_file_location("bench_case", place)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def figures(shared: Path) -> dict[str, float]:
    found = bench()
    figures: dict[str, float] = found.figures(found.scored(shared / "cases" / "running-out-of-allies"))
    return figures


@pytest.mark.parametrize(("figure", "floor"), [("recall", 0.45), ("precision", 0.60), ("speaker", 0.80)])
def test_a_figure_of_the_case_stays_above_its_floor(figures: dict[str, float], figure: str, floor: float) -> None:
    assert figures[figure] >= floor


def test_every_quote_of_the_case_lies_in_the_article(figures: dict[str, float]) -> None:
    assert figures["loose"] == 0


def test_figures_are_read_off_what_the_scorer_prints() -> None:
    printed = "recall    3/4 = 0.750\nyear      none\nquotes not in the article: 2\n"
    assert bench().figures(printed) == {"recall": 0.75, "loose": 2}
