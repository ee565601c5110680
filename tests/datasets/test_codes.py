"""The cross-walk from codes of states to actors: whom each code stood for, when, and what is said where it did not."""

from __future__ import annotations

import csv
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from dataset_makers import load
from hypothesis import given
from hypothesis import strategies as st

from cordiale.actors import catalogue
from cordiale.datasets import Codes, code_of
from cordiale.datasets.codes import overlap
from cordiale.errors import InvalidValue, UnknownName
from cordiale.periods import Period

COW = Codes(catalogue().values(), "cow")
GW = Codes(catalogue().values(), "gw")
TRAPS = [
    ("cow", "255", 1860, "prussia"), ("cow", "255", 1913, "germany"), ("cow", "260", 1970, "germany"),
    ("cow", "265", 1970, "east-germany"), ("cow", "255", 1990, "germany"), ("cow", "260", 1990, "germany"),
    ("cow", "678", 1980, "yemen"), ("cow", "680", 1980, "south-yemen"), ("cow", "679", 1995, "yemen"),
    ("cow", "345", 1900, "serbia"), ("cow", "345", 1950, "yugoslavia"), ("cow", "345", 2010, "serbia"),
    ("gw", "340", 1900, "serbia"), ("gw", "345", 1950, "yugoslavia"), ("gw", "345", 2010, "serbia"),
    ("cow", "816", 1970, "vietnam"), ("cow", "817", 1970, "south-vietnam"), ("cow", "365", 1913, "russian-empire"),
    ("cow", "365", 1950, "soviet-union"), ("cow", "365", 1991, "soviet-union"), ("cow", "365", 1992, "russia"),
    ("cow", "325", 1860, "kingdom-of-sardinia"), ("cow", "325", 1862, "italy"), ("cow", "300", 1850, "austrian-empire"),
    ("cow", "300", 1900, "austria-hungary"), ("cow", "305", 1930, "austria"), ("gw", "711", 1930, "tibet"),
    ("gw", "564", 1890, "orange-free-state"), ("gw", "563", 1890, "transvaal"), ("cow", "640", 1900, "ottoman-empire"),
    ("cow", "640", 1950, "turkey"), ("gw", "615", 1820, "regency-of-algiers"), ("gw", "55", 1983, "grenada"),
]  # fmt: skip


@pytest.mark.parametrize(("scheme", "code", "year", "actor"), TRAPS)
def test_a_code_stands_for_who_bore_it_longest_in_its_year(scheme: str, code: str, year: int, actor: str) -> None:
    assert {"cow": COW, "gw": GW}[scheme].actor(code, year).id == actor


def test_on_a_day_a_code_stands_for_who_bore_it_on_that_day() -> None:
    assert COW.actor("365", date(1991, 12, 25)).id == "soviet-union"
    assert COW.actor("365", date(1991, 12, 26)).id == "russia"


def test_without_a_day_a_code_stands_for_who_bore_it_last() -> None:
    assert COW.actor("365").id == "russia"


@pytest.mark.parametrize("text", ["2", "2.0", "002", " 2 "])
def test_a_code_may_be_written_as_a_program_writes_numbers(text: str) -> None:
    assert COW.actor(text, 1990).id == "united-states"


def test_a_code_that_stood_for_nobody_says_when_it_did_and_for_whom() -> None:
    with pytest.raises(
        InvalidValue, match=r"cow code 680 stood for nobody then.*it stood for South Yemen \[1967-11-30"
    ):
        COW.actor("680", 1995)


def test_an_unknown_code_suggests_near_ones() -> None:
    with pytest.raises(UnknownName, match=r"unknown cow code '9999'"):
        COW.actor("9999")
    with pytest.raises(UnknownName, match=r"did you mean .*'255'"):
        COW.actor("2555")


def test_an_unknown_scheme_suggests_those_that_exist() -> None:
    with pytest.raises(UnknownName, match="did you mean 'cow'"):
        Codes(catalogue().values(), "cows")


def test_a_period_is_taken_apart_where_the_bearer_changes() -> None:
    found = COW.bearers("365", Period.parse("1917", "1993"))
    assert [(one.actor.id, str(one.held)) for one in found] == [
        ("russian-empire", "[1917..1917-11-07]"), ("soviet-russia", "[1917-11-07..1922-12-30]"),
        ("soviet-union", "[1922-12-30..1991-12-26]"), ("russia", "[1991-12-26..1993]"),
    ]  # fmt: skip


def test_of_a_year_alone_only_its_longest_bearer_is_taken() -> None:
    found = COW.bearers("365", Period.parse("1985", "1992"))
    assert [(one.actor.id, str(one.held)) for one in found] == [("soviet-union", "[1985..1991-12-26]")]


def test_days_on_which_lists_differ_are_forgiven() -> None:
    found = COW.bearers("305", Period.parse("1918-11-01", "1918-11-05"))
    assert [one.actor.id for one in found] == ["austria"]


@given(st.sampled_from(["365", "345", "255", "640", "325"]), st.integers(1850, 2000), st.integers(1, 60))
def test_the_parts_of_a_period_follow_one_another_within_it(code: str, first: int, years: int) -> None:
    held = Period.parse(f"{first}-01-01", f"{first + years}-01-01")
    try:
        found = COW.bearers(code, held)
    except InvalidValue:
        return
    assert all(overlap(one.held, held) == one.held for one in found) or len(found) == 1
    for one, other in pairwise(found):
        assert one.held.end is not None and other.held.start is not None and one.held.end <= other.held.start


def test_codes_of_actors_are_those_of_the_day() -> None:
    germany = catalogue()["germany"]
    assert [code_of(germany, "cow", date(year, 1, 1)) for year in (1913, 1947, 1970, 2000)] == [
        "255", None, "260", "255",
    ]  # fmt: skip
    assert COW.code("yemen", date(2000, 1, 1)) == code_of(catalogue()["yemen"], "cow", date(2000, 1, 1)) == "679"
    assert GW.code("serbia", date(2010, 1, 1)) == "340"


def listed(shared: Path, scheme: str) -> list[tuple[str, date, date]]:
    """Each membership of a list of states: code, first day, last day."""
    with (shared / "data" / "networks" / f"{scheme}_states.csv").open(encoding="utf-8") as file:
        if scheme == "gw":
            return [
                (row["gwcode"], date.fromisoformat(row["startdate"]), date.fromisoformat(row["enddate"]))
                for row in csv.DictReader(file)
            ]
        days = [tuple(f"{end}{part}" for part in ("year", "month", "day")) for end in ("st", "end")]
        return [
            (row["ccode"], *(date(*(int(row[part]) for part in parts)) for parts in days))  # type: ignore[misc]
            for row in csv.DictReader(file)
        ]


@pytest.mark.parametrize("scheme", ["cow", "gw"])
def test_every_state_of_the_list_has_one_actor_on_each_of_its_days(shared: Path, scheme: str) -> None:
    wrong = []
    for code, first, last in listed(shared, scheme):
        bearers = [
            (one, c.held) for one in catalogue().values() for c in one.codes if (c.scheme, c.value) == (scheme, code)
        ]
        day = first
        while day <= last:
            there = [actor.id for actor, held in bearers if held.holds(day)]
            if len(there) != 1:
                wrong.append((code, day, there))
            day = last if last - timedelta(days=28) < day < last else day + timedelta(days=28)
    assert wrong == []


@pytest.mark.parametrize("scheme", ["cow", "gw"])
def test_every_state_of_the_list_resolves_in_each_of_its_years(shared: Path, scheme: str) -> None:
    codes = {"cow": COW, "gw": GW}[scheme]
    years = [(code, year) for code, first, last in listed(shared, scheme) for year in range(first.year, last.year + 1)]
    assert len(years) > 10_000
    for code, year in years:
        assert codes.actor(code, year).id in catalogue()


def test_a_gap_within_a_codes_time_is_noted(tmp_path: Path) -> None:
    claims, found = load(tmp_path, "ties", "a,b,sign,begin,end\n255,220,1,1930,2000\n", scheme="cow")
    assert [str(one.held) for one in claims] == ["[1930..1945-05-09]", "[1990-10-03..2000]"]
    assert list(found.notes.counts()) == ["a code that stood for nobody for a part of the time: left out for that part"]
