"""Measures on the command line: of a dossier, and of a plain table of ties, as people and as programs see them."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from conftest import Run

pytestmark = pytest.mark.usefixtures("desk")

MEASURES = [("balance",), ("isolation",), ("pressure",), ("what-if",), ("blocs",), ("tension",)]


def test_balance_tells_the_index_its_proof_and_its_misfits_with_quotes(run: Run) -> None:
    page = run("balance", "--at", "2012-06").out
    assert "Two sides leave 1 of 4 frustrated, proven least" in page
    assert "(90 % of 200 draws)" in " ".join(page.split())
    assert "Misfits" in page
    assert "“" in page.split("Misfits")[1]


def test_balance_as_json_has_everything_and_as_csv_the_misfits(run: Run) -> None:
    found = json.loads(run("balance", "--at", "2012-06", "--format", "json").out)
    assert (found["frustration"], found["lower_bound"], found["optimal"]) == (1, 1, True)
    assert set(found["sides"].values()) == {0, 1}
    assert found["intervals"]["frustration"]["draws"] == 200
    rows = list(csv.DictReader(io.StringIO(run("balance", "--at", "2012-06", "--format", "csv").out)))
    assert [(row["a"], row["b"]) for row in rows] == [(one["a"], one["b"]) for one in found["misfits"]]


def test_a_course_of_balance_has_a_row_a_step(run: Run) -> None:
    found = json.loads(run("balance", "--from", "2010", "--to", "2012", "--every", "year", "--format", "json").out)
    assert [row["at"] for row in found] == ["2010-01-01", "2011-01-01", "2012-01-01"]
    assert run("balance", "--from", "2010", "--to", "2012").out.count("\n  201") == 3


def test_a_day_without_ties_is_told_and_no_error(run: Run) -> None:
    found = run("balance", "--at", "1900")
    assert (found.code, "No ties: nothing is known" in found.out) == (0, True)
    assert run("pressure", "--at", "1900").code == 0
    assert "two sides explain every tie" in run("what-if", "--at", "1900").out
    assert "No bloc has a member" in run("tension", "--at", "1900").out


def test_dependence_is_told_by_type_with_the_quotes_behind_it(run: Run) -> None:
    page = run("depends", "Hamas", "--at", "2010-06").out
    assert "Iran: 0.50, 0.50–0.50 (weapons 100%)" in page
    assert "“Iran supports Hamas with weapons.”" in page
    found = json.loads(run("depends", "Hamas", "--at", "2010-06", "--format", "json").out)
    assert {one["giver"] for one in found["givers"]} == {"Iran", "Syria"}
    assert found["givers"][0]["claims"][0]["quote"]
    assert {one["friend"] for one in found["criticality"]} == {"Iran", "Syria"}
    assert "Nobody is said to give" in run("depends", "Israel", "--at", "2010-06").out


def test_what_if_tells_only_what_would_differ(run: Run) -> None:
    page = run("what-if", "Hamas", "Iran", "hostile", "--at", "2010-06").out
    assert "Ties that no two sides can keep: 0 now, 1 then (+1)." in page
    assert "Isolation of Hamas: 0.38 now, 0.62 then." in page
    found = json.loads(run("what-if", "Hamas", "Iran", "hostile", "--at", "2010-06", "--format", "json").out)
    assert (found["frustration"]["now"], found["frustration"]["then"]) == (0, 1)
    assert run("what-if", "Hamas", "Iran", "sideways").code == 2
    assert run("what-if", "Hamas").code == 2


def test_pressure_is_told_with_how_often_such_ties_turned(run: Run) -> None:
    page = run("pressure", "Hamas", "--at", "2012-06").out
    assert "no forecast" in page
    rows = [json.loads(line) for line in run("pressure", "--at", "2012-06", "--format", "jsonl").out.splitlines()]
    assert all(row["stress"] is None or 0 <= row["stress"] <= 1 for row in rows)


def test_everyone_is_ranked_by_isolation(run: Run) -> None:
    rows = list(csv.DictReader(io.StringIO(run("isolation", "--at", "2012-06", "--format", "csv").out)))
    assert [float(row["isolation"]) for row in rows] == sorted((float(row["isolation"]) for row in rows), reverse=True)
    assert len(rows) > 3


@pytest.mark.parametrize("measure", MEASURES)
def test_measures_take_a_table_of_ties(run: Run, measure: tuple[str, ...]) -> None:
    more = ("--members", "members.csv") if measure == ("tension",) else ()
    for form in ("table", "json", "jsonl", "csv"):
        found = run(*measure, "--ties", "ties.csv", "--at", "1895", "--format", form, *more)
        assert (found.code, found.err) == (0, ""), found.err
        assert "Germany" not in found.out
        assert "ITA" in found.out or form in ("csv", "jsonl")


def test_without_a_day_a_table_is_taken_as_of_its_last(run: Run) -> None:
    last = json.loads(run("balance", "--ties", "ties.csv", "--format", "json").out)
    assert last["at"] == "1907-01-01"
    assert (last["ties"], last["frustration"]) == (7, 0)
    assert json.loads(run("balance", "--ties", "ties.csv", "--at", "1895", "--format", "json").out)["frustration"] == 1


def test_an_actor_that_a_table_lacks_is_unknown(run: Run) -> None:
    found = run("isolation", "ITL", "--ties", "ties.csv")
    assert found.code == 1
    assert "did you mean 'ITA'" in found.err


def test_a_table_instead_of_a_dossier_not_both(run: Run) -> None:
    assert run("balance", "--ties", "ties.csv", "-d", "cordiale.dossier").code == 2
    assert run("balance", "--columns", "a=b").code == 2
    assert run("tension", "--ties", "ties.csv").code == 2


def test_what_is_wrong_with_a_table_is_told_and_the_rest_measured(run: Run, desk: Path) -> None:
    (desk / "bad.csv").write_text("from;to;sign\na;b;1\nb;c;-1\na;a;1\na;c;friend\n", encoding="utf-8")
    found = run("balance", "--ties", "bad.csv", "--format", "json")
    assert found.code == 3
    assert json.loads(found.out)["ties"] == 2
    assert "row 4" in found.err
    assert "row 5" in found.err


def test_members_of_blocs_of_their_day_are_in_tension(run: Run, desk: Path) -> None:
    ties = "".join(f"{a},x,{sign}\n" for a, sign in (("a", 1), ("b", 1), ("c", -1), ("d", -1), ("e", -1)))
    (desk / "t.csv").write_text(f"a,b,sign\n{ties}", encoding="utf-8")
    rows = "".join(f"{bloc},{actor}\n" for bloc, actor in ("Aa", "Ab", "Bb", "Bc", "Bd", "Be"))
    (desk / "m.csv").write_text(f"bloc,actor\n{rows}", encoding="utf-8")
    page = run("tension", "--ties", "t.csv", "--members", "m.csv").out
    assert "A and B: 0.50" in page
    assert "opposed on 100% of 1 common targets: x (+ to the first)" in page
    assert "b: 1.00, between A and B" in page
    assert "FRA and ITA" in run("tension", "--ties", "ties.csv", "--members", "members.csv", "--at", "1895").out
    assert "FRA and ITA" not in run("tension", "--ties", "ties.csv", "--members", "members.csv", "--at", "1905").out
    (desk / "worse.csv").write_text("bloc,actor,share\nA,DEU,2\nA,NOBODY,1\nB,FRA,0.5\n", encoding="utf-8")
    found = run("tension", "--ties", "ties.csv", "--members", "worse.csv", "--at", "1895")
    assert found.code == 0
    assert "row 2: 2.0" in found.err
    assert "row 3: NOBODY" in found.err
    (desk / "none.csv").write_text("who,what\n", encoding="utf-8")
    assert "name its columns" in run("tension", "--ties", "ties.csv", "--members", "none.csv").err
