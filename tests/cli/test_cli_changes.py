"""`cordiale changes`: a tie, a measure, a table, as people and as programs see them."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
from pathlib import Path

import pytest

from conftest import Run

pytestmark = pytest.mark.usefixtures("desk")

STRETCH = ("--from", "2010", "--to", "2013")


def test_a_turn_is_told_with_its_days_its_levels_and_the_quotes_behind_it(run: Run) -> None:
    page = run("changes", "Hamas", "Syria", *STRETCH).out
    flat = " ".join(page.split())
    assert "Hamas and Syria: 1 change from" in page
    assert "turned from leaning friendly to" in page
    assert "“In February 2012 Hamas broke with Syria" in flat
    assert "because: “because of the repression of the uprising”" in flat
    assert "P(friendly > hostile) 0." in flat


def test_events_around_a_turn_are_named_and_not_called_its_cause(run: Run, desk: Path) -> None:
    (desk / "more.csv").write_text("name,names,from,to\nStorm on the ford,,2012-01-30,2012-02-02\n", encoding="utf-8")
    assert run("events", "add", "more.csv").code == 0
    page = " ".join(run("changes", "Hamas", "Syria", *STRETCH).out.split())
    assert "Began around then: Storm on the ford (2012-01-30)" in page


def test_a_tie_as_json_has_its_course_and_each_change_with_its_claims(run: Run) -> None:
    found = json.loads(run("changes", "Hamas", "Syria", *STRETCH, "--format", "json").out)
    assert (found["a"], found["b"]) == ("Hamas", "Syria")
    assert [row["day"] for row in found["course"]][:2] == ["2010-01-01", "2010-04-01"]
    assert sum(row["p_friendly"] is None for row in found["course"]) == found["missing"]
    (change,) = found["changes"]
    assert (change["was"], change["turn"]) == ("leaning_friendly", True)
    assert change["claims"][0]["quote"]


def test_changes_as_rows_have_a_line_a_change(run: Run) -> None:
    rows = list(csv.DictReader(io.StringIO(run("changes", "Hamas", "Syria", *STRETCH, "--format", "csv").out)))
    lines = run("changes", "Hamas", "Syria", *STRETCH, "--format", "jsonl").out.splitlines()
    assert [row["day"] for row in rows] == [json.loads(line)["day"] for line in lines]
    assert len(rows) == 1


def test_a_tie_that_did_not_change_says_so_and_how_it_stands(run: Run) -> None:
    page = run("changes", "Iran", "Syria", "--to", "2010-12").out
    assert "no changes" in page
    assert "No source has them change sides" in page
    assert "leaning friendly" in page


def test_a_pair_of_which_nothing_is_said_is_no_error(run: Run) -> None:
    found = run("changes", "Turkey", "Egypt", "--to", "2012")
    assert found.code == 0
    assert "No claim that counts" in found.out


@pytest.mark.parametrize("measure", ["balance", "blocs", "hostile"])
def test_measures_of_all_ties_are_told_of_a_dossier_and_of_a_table(run: Run, measure: str) -> None:
    for where in (STRETCH, ("--ties", "ties.csv")):
        for form in ("table", "json", "jsonl", "csv"):
            found = run("changes", "--measure", measure, *where, "--format", form)
            assert (found.code, found.err) == (0, "")
            assert measure in found.out or form in {"jsonl", "csv"}


def test_the_isolation_of_an_actor_is_told_of_a_dossier_and_of_a_table(run: Run) -> None:
    assert "The isolation of Hamas" in run("changes", "hamas", "--measure", "isolation", *STRETCH).out
    found = json.loads(run("changes", "gbr", "--measure", "isolation", "--ties", "ties.csv", "--format", "json").out)
    assert found["actor"] == "GBR"
    days = [row["day"] for row in found["course"]]
    assert (days[0], days[-1]) == ("1872-01-01", "1907-01-01")
    assert "1904-01-01" in days
    assert found["course"][0]["value"] > found["course"][-1]["value"]


def test_the_shift_of_a_measure_lists_the_ties_that_turned(run: Run, desk: Path) -> None:
    signs = [("a", "b"), ("b", "c"), ("a", "c"), ("c", "d")]
    rows = [f"{a},{b},1,{year},{year + 1}\n" for year in range(1900, 1910) for a, b in signs]
    rows += [f"{a},{b},{-1 if a == 'a' else 1},{year},{year + 1}\n" for year in range(1910, 1920) for a, b in signs]
    (desk / "long.csv").write_text("a,b,sign,begin,end\n" + "".join(rows), encoding="utf-8")
    page = run("changes", "--measure", "hostile", "--ties", "long.csv", "--to", "1919", "--turned", "1").out
    assert "1910-01-01: rose from 0.00 to 0.50" in page
    assert "Ties that turned in between: 2 changed sides, 0 new, 0 gone." in page
    assert "a and b: from friendly to hostile" in page
    assert "and 1 more; show them with --turned 2" in page


def test_a_tie_of_a_table_is_told_by_its_turns(run: Run) -> None:
    page = run("changes", "GBR", "FRA", "--ties", "ties.csv").out
    assert "1904-01-01: from hostile to friendly" in page
    rows = json.loads(run("changes", "GBR", "FRA", "--ties", "ties.csv", "--format", "json").out)
    assert [(row["day"], row["before"], row["after"]) for row in rows] == [("1904-01-01", -1, 1)]


def test_a_table_without_dates_has_no_course(run: Run, desk: Path) -> None:
    (desk / "plain.csv").write_text("a,b,sign\nx,y,1\n", encoding="utf-8")
    found = run("changes", "--measure", "balance", "--ties", "plain.csv")
    assert (found.code, "without dates" in found.err) == (1, True)


@pytest.mark.parametrize(
    "words", [(), ("Hamas",), ("Hamas", "Syria", "--measure", "isolation"), ("A", "B", "--ties", "t.csv", "-d", "x")]
)
def test_what_is_asked_for_is_a_tie_or_a_measure(run: Run, words: tuple[str, ...]) -> None:
    assert run("changes", *words).code == 2


@pytest.mark.parametrize("words", [("--measure", "balanc"), ("Hamas", "Syrya"), ("--measure", "isolation")])
def test_what_is_unknown_is_an_error_with_a_hint(run: Run, words: tuple[str, ...]) -> None:
    found = run("changes", *words)
    assert found.code == 1
    assert found.err.count("\n") == 1


def test_help_loads_nothing_heavy() -> None:
    heavy = "{'numpy', 'scipy', 'ruptures', 'networkx'}"
    code = f"import sys; from cordiale.cli.app import app; print({heavy} & {{*sys.modules}})"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"
