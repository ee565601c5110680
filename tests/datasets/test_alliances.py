"""Alliances by the Correlates of War and ATOP: what their rows become."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from dataset_makers import load, rows, told

from cordiale.claims import Change, Citation
from cordiale.errors import UnreadableInput

DYADS = (
    "version4id,ccode1,state_name1,ccode2,state_name2,dyad_st_day,dyad_st_month,dyad_st_year,dyad_end_day,"
    "dyad_end_month,dyad_end_year,left_censor,right_censor,defense,neutrality,nonaggression,entente\n"
)


def test_an_alliance_runs_through_its_last_day(tmp_path: Path) -> None:
    claims, _ = load(tmp_path, "cow-alliances", DYADS + "1,300,A,255,G,7,10,1879,3,11,1918,0,0,1,1,1,1\n")
    assert told(claims) == [("austria-hungary", "ally_of", "germany", "[1879-10-07..1918-11-04]")]


def test_an_alliance_that_goes_on_has_no_end(tmp_path: Path) -> None:
    claims, _ = load(tmp_path, "cow-alliances", DYADS + "2,2,US,20,Canada,4,4,1949,31,12,2012,0,1,1,0,1,1\n")
    assert told(claims) == [("united-states", "ally_of", "canada", "[1949-04-04..]")]


def test_an_alliance_ends_with_the_data_only_where_the_row_says_so(tmp_path: Path) -> None:
    for censored, held in (("", "[1949-04-04..]"), ("0", "[1949-04-04..2013-01-01]")):
        text = DYADS + f"2,2,US,20,Canada,4,4,1949,31,12,2012,0,{censored},1,0,1,1\n"
        assert str(load(tmp_path, "cow-alliances", text)[0][0].held) == held


def test_an_end_of_another_version_stays_and_its_last_year_is_not_guessed(tmp_path: Path) -> None:
    text = DYADS + "1,2,US,20,C,17,8,1992,31,12,1999,0,0,1,0,0,0\n2,2,US,200,U,4,4,1949,,,,0,1,1,0,0,0\n"
    claims, found = load(tmp_path, "cow-alliances", text, version="5.0")
    assert [str(one.held) for one in claims] == ["[1992-08-17..2000-01-01]", "[1949-04-04..]"]
    assert found.years == (1949, None)


def test_a_year_of_a_dyad_with_dates_that_cannot_be_is_refused_and_not_loaded(tmp_path: Path) -> None:
    head = "version4id,ccode1,ccode2,year,dyad_st_day,dyad_st_month,dyad_st_year,dyad_end_year,defense,neutrality,"
    rows = "1,300,255,1895,1,13,1892,1899,1,0,0,0\n1,300,255,1905,1,1,1892,1899,1,0,0,0\n"
    claims, found = load(tmp_path, "cow-alliances", head + "nonaggression,entente\n" + rows)
    assert told(claims) == [("austria-hungary", "ally_of", "germany", "[1905..1906]")]
    assert found.notes.counts() == {
        "dates that cannot be: refused": 1, "a year outside of the dates of its dyad: kept, as that year": 1,
    }  # fmt: skip


def test_an_alliance_as_old_as_the_data_continues(tmp_path: Path) -> None:
    claims, _ = load(
        tmp_path,
        "cow-alliances",
        DYADS + "1,200,UK,235,P,1,1,1816,,,,1,1,1,0,1,0\n2,2,US,20,C,4,4,1949,,,,0,1,1,0,0,0\n",
    )
    assert [one.change for one in claims] == [Change.CONTINUES, Change.NONE]


@pytest.mark.parametrize(
    ("marks", "relation"),
    [
        ("1,0,1,1", "ally_of"), ("0,0,0,1", "ally_of"), ("0,0,1,0", "friendly_to"), ("0,1,0,0", "neutral_toward"),
        ("0,1,1,0", "friendly_to"), ("1,1,0,0", "ally_of"),
    ],
)  # fmt: skip
def test_the_strongest_obligation_of_a_row_counts(tmp_path: Path, marks: str, relation: str) -> None:
    claims, _ = load(tmp_path, "cow-alliances", DYADS + f"1,220,F,365,R,1,1,1960,1,1,1970,0,0,{marks}\n")
    assert [one.relation.name for one in claims] == [relation]


def test_an_alliance_passes_on_with_the_code_of_a_state(tmp_path: Path) -> None:
    claims, _ = load(tmp_path, "cow-alliances", DYADS + "3,365,R,731,K,6,7,1961,10,9,1996,0,0,1,0,0,0\n")
    assert told(claims) == [
        ("soviet-union", "ally_of", "north-korea", "[1961-07-06..1991-12-26]"),
        ("russia", "ally_of", "north-korea", "[1991-12-26..1996-09-11]"),
    ]
    assert [one.change for one in claims] == [Change.NONE, Change.CONTINUES]


def test_a_claim_cites_its_row_and_is_known_from_the_release(tmp_path: Path) -> None:
    claims, _ = load(tmp_path, "cow-alliances", DYADS + "2,2,US,20,Canada,4,4,1949,,,,0,1,1,0,1,1\n")
    assert claims[0].evidence == Citation(dataset="cow-alliances", version="4.1", row="2")
    assert claims[0].published == date(2013, 12, 31)


def test_rows_that_cannot_be_are_refused_with_their_numbers(tmp_path: Path) -> None:
    text = (
        "4,260,G,220,F,1,1,1925,1,1,1930,0,0,1,0,0,0\n5,2,US,9999,N,1,1,1950,1,1,1960,0,0,1,0,0,0\n"
        "6,2,US,200,UK,1,1,1960,1,1,1950,0,0,1,0,0,0\n7,2,US,200,UK,x,1,1960,1,1,1970,0,0,1,0,0,0\n"
        "8,2,US,200,UK,1,1,,1,1,1970,0,0,1,0,0,0\n9,2,US,200,UK,1,1,1960,1,1,1970,0,0,0,0,0,0\n"
    )
    claims, found = load(tmp_path, "cow-alliances", DYADS + text)
    assert claims == []
    assert [line.split(":")[0] for line in found.notes.refusals()] == ["row 2", "row 3", "row 4", "row 5", "row 6"]
    assert found.notes.counts()["no obligation is marked: left out"] == 1


def test_years_of_one_alliance_are_one_spell_with_the_days_of_its_ends(tmp_path: Path) -> None:
    head = DYADS.replace("entente\n", "entente,year\n")
    text = "".join(f"3,365,R,731,K,6,7,1985,10,9,1989,0,0,1,0,0,0,{year}\n" for year in range(1985, 1990))
    claims, _ = load(tmp_path, "cow-alliances", head + text)
    assert told(claims) == [("soviet-union", "ally_of", "north-korea", "[1985-07-06..1989-09-11]")]
    assert rows(claims) == ["2"]


def test_years_apart_are_two_spells_and_the_last_of_the_data_goes_on(tmp_path: Path) -> None:
    head = "version4id,ccode1,ccode2,year,defense,neutrality,nonaggression,entente\n"
    text = "".join(f"1,200,220,{year},1,0,0,0\n" for year in (*range(1904, 1908), *range(2009, 2013)))
    claims, _ = load(tmp_path, "cow-alliances", head + text)
    assert [(str(one.held), row) for one, row in zip(claims, rows(claims), strict=True)] == [
        ("[1904..1908]", "2"), ("[2009..]", "6"),
    ]  # fmt: skip


def test_members_of_one_alliance_are_allies_while_both_are_in_it(tmp_path: Path) -> None:
    head = (
        "version4id,ccode,state_name,mem_st_day,mem_st_month,mem_st_year,mem_end_day,mem_end_month,mem_end_year,"
        "left_censor,right_censor,defense,neutrality,nonaggression,entente\n"
    )
    text = (
        "1,2,US,4,4,1949,,,,0,1,1,0,0,0\n1,640,T,18,2,1952,,,,0,1,1,0,0,0\n2,200,UK,1,1,1950,1,1,1960,0,0,1,0,0,0\n"
        "2,220,F,1,1,1970,1,1,1980,0,0,1,0,0,0\n"
    )
    claims, _ = load(tmp_path, "cow-alliances", head + text)
    assert told(claims) == [("united-states", "ally_of", "turkey", "[1952-02-18..]")]
    assert rows(claims) == ["3"]


def test_atop_years_of_a_dyad_are_one_spell_either_way(tmp_path: Path) -> None:
    head = "dyad,mem1,mem2,year,atopally,defense,offense,neutral,nonagg,consul\n"
    text = "2020,2,20,1950,1,1,0,0,0,1\n2020,20,2,1951,1,1,0,0,0,1\n"
    text += "2200,2,200,1950,1,0,0,0,0,1\n2220,2,220,1950,0,0,0,0,0,0\n"
    claims, found = load(tmp_path, "atop", head + text)
    assert {(*sorted((a, b)), kind, when) for a, kind, b, when in told(claims)} == {
        ("canada", "united-states", "ally_of", "[1950..1952]"),
        ("united-kingdom", "united-states", "friendly_to", "[1950..1951]"),
    }
    assert found.notes.counts() == {"no obligation is marked: left out": 1}


def test_files_of_other_shapes_say_what_is_missing_and_what_to_give(tmp_path: Path) -> None:
    with pytest.raises(UnreadableInput, match=r"no column defense, .* among x; give alliance_v4.1_by_dyad.csv"):
        load(tmp_path, "cow-alliances", "x\n1\n")
    with pytest.raises(UnreadableInput, match=r"names no states among year.*they are mem1 and mem2"):
        load(tmp_path, "atop", "year,defense,offense,nonagg,consul,neutral\n")
