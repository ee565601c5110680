"""The commands on event streams: what they print, and how they end."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from stream_makers import gdelt

from conftest import STREAM, Run


@pytest.mark.usefixtures("desk")
def test_files_are_taken_in_once_and_told(run: Run) -> None:
    first = run("events", "ingest", "downloads", "-a", "new")
    assert first.code == 0
    assert "1 file new" in first.out and "3 events in new" in first.out and "Reports, not events" in first.out
    again = run("events", "ingest", "downloads", "-a", "new")
    assert (again.code, "1 file in it already" in again.out) == (0, True)


def test_refused_lines_and_files_are_told_on_stderr_and_end_in_3(desk: Path, run: Run) -> None:
    (desk / "bad.csv").write_text(STREAM + "half\ta line\n" * 12, encoding="utf-8")
    found = run("events", "ingest", "bad.csv", "article.html", "-a", "new")
    assert found.code == 3
    assert "bad.csv, line 4: missing columns" in found.err
    assert "and 2 more lines refused; --verbose shows all" in found.err
    assert "article.html: a web page, and no table of events; load the file itself" in found.err
    assert "12 lines refused" in found.out and "1 file refused" in found.out
    assert run("events", "ingest", "bad.csv", "-a", "other", "--verbose").err.count("missing columns") == 12
    rows = json.loads(run("events", "ingest", "bad.csv", "-a", "third", "--format", "json").out)
    assert [(row["fate"], row["events"], row["refused"]) for row in rows] == [("new", 3, 12)]
    found = run("events", "check", "-a", "third")
    assert (found.code, "12 as missing columns: bad.csv, line" in found.out) == (3, True)
    found = run("events", "check", "-a", "third", "--refused")
    assert (found.code, found.out.count("missing columns")) == (3, 12)
    assert len(json.loads(run("events", "check", "-a", "third", "--refused", "--format", "json").out)) == 12


@pytest.mark.usefixtures("desk")
def test_a_check_of_a_sound_archive_ends_well(run: Run) -> None:
    found = run("events", "check")
    assert found.code == 0
    assert "1 file; 3 events, 3 of them between two different actors." in found.out
    (stream,) = json.loads(run("events", "check", "--format", "json").out)
    assert (stream["stream"], stream["events"], stream["missing"], stream["lost"]) == ("gdelt1", 3, [], [])
    rows = list(csv.DictReader(io.StringIO(run("events", "check", "--format", "csv").out)))
    assert rows[0]["rejected"] == "0"


@pytest.mark.usefixtures("desk")
def test_a_series_says_by_what_it_was_counted(run: Run) -> None:
    found = run("events", "series", "Russia", "Ukraine", "--every", "day")
    assert found.code == 0
    assert "Russia and Ukraine by day, GDELT 1.0 Event Database; sign by goldstein; each story once" in " ".join(
        found.out.split()
    )
    assert "2024-01-15" in found.out and "-20.0" in found.out
    rows = list(csv.DictReader(io.StringIO(run("events", "series", "RUS", "UKR", "--format", "csv", "--directed").out)))
    assert [(row["period"], row["events"], row["conflictual"]) for row in rows] == [("2024-01-01", "1.0", "-10.0")]


@pytest.mark.usefixtures("desk")
def test_pairs_are_written_as_tables_and_ranked(run: Run) -> None:
    rows = list(csv.DictReader(io.StringIO(run("events", "dyads").out)))
    assert {(row["stream"], row["recipe"]) for row in rows} == {("gdelt1", "goldstein.day-dyad-code-url")}
    assert {(frozenset((row["a"], row["b"])), row["events"]) for row in rows} == {
        (frozenset(("russia", "ukraine")), "2.0"), (frozenset(("china", "united-states")), "1.0"),
    }  # fmt: skip
    states = list(csv.DictReader(io.StringIO(run("events", "dyads", "--half-life", "16").out)))
    assert [row["day"] for row in states] == ["2024-01-31"] * 2
    assert sorted(float(row["state"]) for row in states) == [-10.0, -5.0]
    best = run("events", "top", "--by", "conflictual", "--limit", "1")
    assert "Russia and Ukraine" in best.out and "China" not in best.out


def test_an_archive_that_is_not_there_says_how_to_begin(desk: Path, run: Run) -> None:
    found = run("events", "top", "-a", "nowhere")
    assert (found.code, "begin one with: cordiale events ingest FILES" in found.err) == (1, True)
    assert not (desk / "nowhere").exists()


@pytest.mark.usefixtures("desk")
def test_what_is_asked_wrongly_names_what_there_is(run: Run) -> None:
    for words, told in (
        (("series", "Russia", "Ukrane"), "did you mean 'Ukraine'"), (("top", "--by", "size"), "events"),
        (("top", "--sign", "gold"), "did you mean 'goldstein'"), (("dyads", "--every", "year"), "month"),
        (("top", "--stream", "gdelt2"), "gdelt1"), (("top", "--repeats", "all"), "event_id"),
        (("export", "-o", "x.xlsx"), ".parquet, .csv"), (("export", "-o", "none/x.csv"), "check the folder"),
        (("export", "-o", "x.csv", "--sign", "quad"), "add --dyad-days"),
        (("series", "Russia", "Ukraine", "--from", "soon"), "YYYY"),
        (("top", "--from", "2025", "--to", "2024"), "give the earlier one first"),
        (("series", "Russia", "Ukraine", "--figure", "x.png"), "end its name in .svg"),
        (("dyads", "--every", "day", "--half-life", "9"), "leave one out"),
        (("top", "--source", "example.com"), "did you mean 'example.org'"), (("top", "--in", "Japan"), "none of them"),
    ):  # fmt: skip
        found = run("events", *words)
        assert (found.code, told in found.err) == (1, True), (words, found.err)
        assert "Traceback" not in found.err


@pytest.mark.usefixtures("desk")
def test_an_answer_that_is_empty_says_what_there_is(run: Run) -> None:
    for words in (("top",), ("dyads",), ("series", "Russia", "Ukraine"), ("series", "Russia", "Ukraine", "--changes")):
        found = run("events", *words, "--from", "2030")
        assert (found.code, "gdelt1 has events from 2024-01-15 to" in found.err) == (0, True), words


def test_a_figure_says_where_it_is(desk: Path, run: Run) -> None:
    assert "drawn into x.svg" in run("events", "series", "Russia", "Ukraine", "--figure", "x.svg").err
    assert "Russia and Ukraine" in (desk / "x.svg").read_text("utf-8")


def test_an_export_is_a_file(desk: Path, run: Run) -> None:
    found = run("events", "export", "-o", "events.csv")
    assert (found.code, found.out.strip()) == (0, "3 rows in events.csv.")
    rows = list(csv.DictReader(io.StringIO((desk / "events.csv").read_text("utf-8"))))
    assert [row["url"] for row in rows] == [f"https://example.org/{number}" for number in (1, 2, 3)]


@pytest.mark.usefixtures("desk")
def test_changes_are_told_with_their_events(run: Run) -> None:
    found = run("events", "series", "Russia", "Ukraine", "--changes")
    assert (found.code, "No shift stands out" in found.out) == (0, True)
    assert run("events", "series", "Russia", "Ukraine", "--changes", "--format", "json").out.strip() == "[]"


def test_divergence_holds_what_is_done_against_what_is_said(desk: Path, run: Run) -> None:
    assert "None: of 0 ties known that day and " in run("events", "divergence", "--at", "2024").out
    (desk / "b.txt").write_text("In 2024 Russia is an ally of Ukraine.", encoding="utf-8")
    assert run("read", "b.txt", "--published", "2024-01-10").code == 0
    assert run("events", "ingest", "downloads").code == 0
    found = run("events", "divergence", "--at", "2024-01-20")
    assert "Russia and Ukraine" in found.out and "leaning friendly" in found.out
    (row,) = json.loads(run("events", "divergence", "--at", "2024-01-20", "--format", "json").out)
    assert (row["a"], row["b"], row["said"] > 0 > row["done"], row["value"] > 0.3) == ("russia", "ukraine", True, True)


def test_a_release_that_has_lost_events_is_told_of_and_the_other_comes_back(desk: Path, run: Run) -> None:
    lines = [gdelt(version=1, day="20240116", event_id=f"9{number}") for number in range(9)]
    for folder, count in (("whole", 9), ("cut", 2)):
        (desk / folder).mkdir()
        (desk / folder / "20240116.export.CSV").write_text("\n".join(lines[:count]) + "\n", encoding="utf-8")
    assert run("events", "ingest", "whole").code == 0
    found = run("events", "ingest", "cut")
    assert "it has 2 events, and what it replaces had 9" in found.err and "in place of another release" in found.out
    assert "1 of those replaced since, by cut" in run("events", "ingest", "whole").out
    assert "9 events" in run("events", "ingest", "whole", "--replace").out
    assert "12 events" in run("events", "check").out
