"""The questions: who, tie, claims, isolation, as people and as programs see them."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from conftest import Run
from cordiale.records import FIELDS

pytestmark = pytest.mark.usefixtures("desk")


def allies(run: Run, *options: str) -> list[str]:
    rows = [json.loads(line) for line in run("who", "Hamas", "--format", "jsonl", *options).out.splitlines()]
    return [row["other"] for row in rows if row["group"] == "allies"]


def test_claims_as_json_lines_have_exactly_the_fields_that_are_promised(run: Run) -> None:
    first = json.loads(run("claims", "--format", "jsonl").out.splitlines()[0])
    promised = (
        "id, subject, relation, object, sign, change, means, held_from, held_to, said_by, certainty, confidence, why, "
        "quote, start, end, document, source, url, published, reader, recorded_at"
    )
    assert list(first) == promised.split(", ")
    assert tuple(first) == FIELDS


def test_a_claim_names_its_row_its_quote_its_cause_and_the_month_it_knows(run: Run) -> None:
    line = run("claims", "--pair", "Hamas", "Syria", "--relation", "estranged_from", "--format", "jsonl").out
    claim = json.loads(line)
    assert claim["source"].endswith("news.jsonl#break")
    assert claim["quote"].startswith("In February 2012 Hamas broke with Syria")
    assert (claim["held_from"], claim["said_by"], claim["sign"]) == ("2012-02", "document", -1)
    assert "repression" in claim["why"]
    assert claim["end"] - claim["start"] == len(claim["quote"])


def test_claims_can_be_chosen_by_sign_and_limited(run: Run) -> None:
    lines = run("claims", "--actor", "Hamas", "--sign", "-1", "--format", "jsonl").out.splitlines()
    assert {json.loads(line)["sign"] for line in lines} == {-1}
    assert len(run("claims", "--limit", "2", "--format", "jsonl").out.splitlines()) == 2


def test_claims_as_csv_are_a_row_each(run: Run) -> None:
    rows = list(csv.DictReader(io.StringIO(run("claims", "--format", "csv").out)))
    assert len(rows) == len(run("claims", "--format", "jsonl").out.splitlines())
    assert tuple(rows[0]) == FIELDS


def test_who_tells_sides_with_their_quotes(run: Run) -> None:
    page = run("who", "Hamas", "--at", "2010-06").out
    assert page.index("Allies") < page.index("Iran") < page.index("Adversaries") < page.index("Israel")
    assert "“Israel fights Hamas.”" in page


def test_known_shows_what_would_have_been_said(run: Run) -> None:
    assert "Egypt" in allies(run, "--at", "2012-12-15")
    assert "Egypt" not in allies(run, "--at", "2012-12-15", "--known", "2012-11")


def test_a_year_means_its_last_day(run: Run) -> None:
    assert json.loads(run("who", "Hamas", "--at", "2012", "--format", "json").out)["at"] == "2012-12-31"


def test_an_unknown_actor_suggests_the_near_ones(run: Run) -> None:
    found = run("who", "Hamass")
    assert found.code == 1
    assert found.err.startswith("cordiale: error: unknown actor 'Hamass'; did you mean 'Hamas'")
    assert len(found.err.splitlines()) == 1


def test_an_actor_of_whom_nothing_was_read_has_no_ties_and_that_is_no_error(run: Run) -> None:
    found = run("who", "Paraguay")
    assert found.code == 0
    assert "Paraguay" in found.err


def test_a_missing_dossier_says_how_to_begin(tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("CORDIALE_DOSSIER", raising=False)
    found = run("who", "Hamas")
    assert found.code == 1
    assert "cordiale read FILES" in found.err
    assert not (tmp_path / "cordiale.dossier").exists()


def test_an_empty_dossier_says_what_to_do_first(desk: Path, run: Run) -> None:
    (desk / "blank.txt").write_text("Nothing was said.", encoding="utf-8")
    run("read", "blank.txt", "-d", "empty.dossier")
    assert "nothing was read, or nothing found in it" in run("who", "Hamas", "-d", "empty.dossier").err
    assert "nothing was read, or nothing found in it" in run("claims", "-d", "empty.dossier").err


def test_a_tie_tells_its_episodes_with_the_stated_cause(run: Run) -> None:
    page = run("tie", "Hamas", "Syria", "--at", "2012-12-15").out
    assert "leaning friendly" in page
    assert "because: “because of the repression of the uprising”" in page


def test_a_tie_as_json_holds_the_claims_of_each_episode(run: Run) -> None:
    found = json.loads(run("tie", "Hamas", "Syria", "--at", "2012-12-15", "--format", "json").out)
    assert found["episodes"][0]["stance"] == "leaning_friendly"
    assert all(episode["because"][0]["quote"] for episode in found["episodes"])


def test_actors_without_a_tie_are_unknown_to_each_other(run: Run) -> None:
    found = run("tie", "Egypt", "Israel")
    assert found.code == 0
    assert "unknown" in found.out


def test_isolation_gives_its_interval_and_a_verdict_with_reasons(run: Run) -> None:
    found = json.loads(run("isolation", "Hamas", "--at", "2012-12-15", "--format", "json").out)
    now = found["course"][0]
    assert now["low"] <= now["isolation"] <= now["high"]
    assert found["running_out_of_allies"] in ("yes", "no", "unclear", "abstain")
    assert found["reasons"]
    assert "running out of allies?" in run("isolation", "Hamas", "--at", "2012-12-15").out


def test_the_course_of_isolation_takes_a_row_a_step(run: Run) -> None:
    rows = run("isolation", "Hamas", "--from", "2010", "--to", "2012", "--every", "year", "--format", "csv").out
    assert [row["at"] for row in csv.DictReader(io.StringIO(rows))] == ["2010-01-01", "2011-01-01", "2012-01-01"]


def test_a_rejected_claim_counts_no_more_until_it_is_accepted(run: Run) -> None:
    key = json.loads(run("claims", "--pair", "Egypt", "Hamas", "--format", "jsonl").out)["id"]
    assert run("review", key, "reject", "--by", "A. Analyst", "--why", "misread").code == 0
    assert "Egypt" not in allies(run, "--at", "2012-12-15")
    run("review", key, "accept", "--by", "A. Analyst")
    assert "Egypt" in allies(run, "--at", "2012-12-15")


def test_a_review_of_no_claim_is_our_error(run: Run) -> None:
    assert run("review", "ffffffffffffffff", "reject", "--by", "A. Analyst").code == 1


def test_a_merged_actor_is_found_under_both_names_and_splits_again(run: Run) -> None:
    assert run("actors", "merge", "Dawn Brigade", "Northern Dawn Brigade", "--by", "A. Analyst").code == 0
    assert run("actors", "show", "Dawn Brigade").out.startswith("Northern Dawn Brigade")
    listed = run("actors", "list", "~", "--format", "csv").out
    assert "~northern-dawn-brigade" in listed
    assert "~dawn-brigade" not in listed
    run("actors", "split", "~dawn-brigade", "--by", "A. Analyst")
    assert run("actors", "show", "~dawn-brigade").out.startswith("Dawn Brigade")


def test_actors_of_ones_own_are_read_from_then_on(desk: Path, run: Run) -> None:
    assert run("actors", "add", "my-actors.csv").code == 0
    (desk / "league.txt").write_text("The League of the River supports Syria.", encoding="utf-8")
    run("read", "league.txt")
    line = run("claims", "--actor", "River League", "--format", "jsonl").out
    assert json.loads(line)["subject"] == "River League"


def test_an_actors_own_page_tells_codes_and_names(run: Run) -> None:
    found = json.loads(run("actors", "show", "Iran", "--format", "json").out)
    assert found["id"] == "iran"
    assert "iso3 IRN" in found["codes"]
    assert json.loads(run("actors", "show", "Hamas", "--format", "json").out)["identities"]


def test_a_sound_dossier_checks_out(run: Run) -> None:
    found = run("check")
    assert found.code == 0
    assert found.out.startswith("Sound: 3 documents")


def test_the_demo_tells_what_to_do_where_the_briefs_are_not(
    tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("cordiale.__file__", str(tmp_path / "a" / "b" / "c" / "__init__.py"))
    found = run("demo")
    assert found.code == 1
    assert "--briefs" in found.err


def test_the_demo_shows_any_folder_of_briefs(run: Run) -> None:
    found = run("demo", "--briefs", "reports", "-d", "demo.dossier")
    assert found.code == 0
    assert "Turkey" in run("claims", "-d", "demo.dossier").out


def test_events_of_ones_own_date_what_is_read_afterwards(desk: Path, run: Run) -> None:
    assert run("events", "add", "my-events.csv").out == "1 event new or changed in cordiale.dossier\n"
    assert "2009-04-02" in run("events", "list").out
    (desk / "ford.txt").write_text("Oman has armed Hezbollah since the Ford battle.", encoding="utf-8")
    run("read", "ford.txt")
    assert '"held_from": "2009-04-02"' in run("claims", "--pair", "Oman", "Hezbollah", "--format", "jsonl").out


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("name,from\nX,2009\n", "begin with: name,names,from,to"),
        ("name,names,from,to\nX,,soon,\n", "line 2"),
        ("name,names,from,to\nX,,2009\n", "line 2"),
        ("name,names,from,to\nX,,,\n", "a first day"),
    ],
)
def test_a_file_of_events_that_does_not_hold_says_where_and_why(desk: Path, run: Run, text: str, told: str) -> None:
    (desk / "bad.csv").write_text(text, encoding="utf-8")
    found = run("events", "add", "bad.csv")
    assert (found.code, told in found.err) == (1, True)
