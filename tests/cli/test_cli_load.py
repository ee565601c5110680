"""Loading datasets and tables from the command line: what is told, to whom, and with which exit code."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from conftest import Run
from cordiale.datasets import DATASETS

pytestmark = pytest.mark.usefixtures("desk")

ROWS = "ccode1,ccode2,start,end\n750,770,1947,2020\n2,365,1945,1989\n"


def test_a_dataset_is_loaded_and_what_it_covers_is_told(run: Run, desk: Path) -> None:
    (desk / "rivals.csv").write_text(ROWS, encoding="utf-8")
    found = run("load", "tss-rivalries", "rivals.csv")
    page = " ".join(found.out.split())
    assert (found.code, found.err) == (0, "")
    assert "2 new claims of tss-rivalries 2021 in cordiale.dossier." in page
    assert "1494 to 2020; outside of that is unknown, not none." in page
    assert "India is a rival of Pakistan" in run("claims", "--relation", "rivals").out
    assert "tss-rivalries 2021, row 2" in run("tie", "India", "Pakistan", "--at", "1999").out


def test_loading_again_changes_nothing_and_says_so(run: Run, desk: Path) -> None:
    (desk / "rivals.csv").write_text(ROWS, encoding="utf-8")
    run("load", "tss-rivalries", "rivals.csv")
    again = run("load", "tss-rivalries", "rivals.csv")
    assert again.code == 0
    assert "0 new claims" in again.out and "2 claims known already" in again.out


def test_a_table_is_loaded_with_its_columns_named_and_unknown_names_told(run: Run, desk: Path) -> None:
    (desk / "t.csv").write_text("who;whom;sign;from when\nIran;River Folk;1;1990\n", encoding="utf-8")
    found = run("load", "ties", "t.csv", "--columns", "a=who,b=whom,begin=from when", "--published", "2000")
    assert found.code == 0
    assert "1 name that no catalogue has: River Folk; see: cordiale actors list '~'" in " ".join(found.out.split())


def test_rows_that_are_refused_are_told_with_number_and_reason_and_the_rest_is_kept(run: Run, desk: Path) -> None:
    bad = "".join(f"255,2,1,{year},{year + 1}\n" for year in range(1960, 1972))
    (desk / "t.csv").write_text("a,b,sign,begin,end\n2,200,1,1960,1970\n" + bad, encoding="utf-8")
    found = run("load", "ties", "t.csv", "--codes", "cow")
    assert found.code == 3
    assert "1 new claim of t.csv" in found.out and "12 rows refused" in " ".join(found.out.split())
    lines = found.err.splitlines()
    assert lines[0].startswith("cordiale: t.csv, row 3: cow code 255 stood for nobody then ([1960..1961]; it stood for")
    assert (len(lines), lines[-1]) == (11, "cordiale: and 2 more rows refused; --verbose shows all")
    assert len(run("load", "ties", "t.csv", "--codes", "cow", "--verbose").err.splitlines()) == 12


def test_what_is_settled_by_a_rule_is_told_and_no_failure(run: Run, desk: Path) -> None:
    (desk / "t.csv").write_text("a,b,sign\nIran,Iran,1\nIran,Syria,0\n", encoding="utf-8")
    found = run("load", "ties", "t.csv")
    assert found.code == 0
    assert "itself: left out; 1 row (row 2: Iran)" in found.err and "sign 0: neutral" in found.err


@pytest.mark.parametrize("form", ["json", "jsonl", "csv"])
def test_programs_get_counts(run: Run, desk: Path, form: str) -> None:
    (desk / "rivals.csv").write_text(ROWS + "2,2,x,y\n", encoding="utf-8")
    found = run("load", "tss-rivalries", "rivals.csv", "--format", form, "--version", "2022")
    (row,) = csv.DictReader(io.StringIO(found.out)) if form == "csv" else [json.loads(found.out)]
    assert {key: str(value) for key, value in row.items()} == {
        "dataset": "tss-rivalries", "version": "2022", "claims": "2", "known": "0", "actors": "4", "provisional": "0",
        "refused": "1", "from": "1945-01-01", "to": "2021-01-01",
    }  # fmt: skip
    assert found.code == 3


def test_the_datasets_are_listed_with_where_to_get_and_how_to_cite_each(run: Run) -> None:
    page = run("load", "--list").out
    assert all(name in page for name in (*DATASETS, "ties"))
    assert page.count("Get it:") == page.count("Cite:") == page.count("Licence:") == len(DATASETS)
    rows = json.loads(run("load", "--list", "--format", "json").out)
    assert [row["dataset"] for row in rows] == list(DATASETS)


@pytest.mark.parametrize("words", [(), ("ties",)])
def test_without_a_dataset_and_a_file_the_usage_is_told(run: Run, words: tuple[str, ...]) -> None:
    found = run("load", *words)
    assert found.code == 2
    assert "cordiale load --list" in " ".join(found.err.replace("│", " ").split())


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("atpo", "ties.csv"), "did you mean 'atop'"), (("atop", "lost.csv"), "lost.csv: cannot be read"),
        (("atop", "ties.csv"), "is no file of ATOP dyad-years"), (("ties", "members.csv"), "which is a"),
        (("ties", "ties.csv", "--codes", "cwo"), "unknown scheme of codes 'cwo'"),
    ],
)  # fmt: skip
def test_what_cannot_be_loaded_is_one_line_and_leaves_the_dossier(run: Run, words: tuple[str, ...], told: str) -> None:
    before = run("check").out
    found = run("load", *words)
    assert found.code == 1
    assert told in found.err and len(found.err.splitlines()) == 1
    assert run("check").out == before
