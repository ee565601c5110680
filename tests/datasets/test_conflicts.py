"""Conflicts, disputes, rivalries and support: what their rows become."""

from __future__ import annotations

from pathlib import Path

import pytest
from dataset_makers import load, rows, told

from cordiale.claims import Certainty, Change, Kind, Means
from cordiale.errors import UnreadableInput

SIDES = (
    "conflict_id,year,side_a,gwno_a,gwno_a_2nd,side_b,side_b_id,gwno_b,gwno_b_2nd,start_date2,start_prec2,ep_end,"
    "ep_end_date\n"
)
IRAQ = '1,2003,"Government of Australia, Government of United Kingdom","900, 200",,Government of Iraq,4,645,'
EPISODE = ",2003-03-20,1,1,2003-04-09\n"


def who(text: str, folder: Path, name: str = "ucdp-armed-conflict") -> set[tuple[str, str, str]]:
    claims, _ = load(folder, name, SIDES + text)
    return {(a, kind, b) for a, kind, b, _ in told(claims)}


def test_both_sides_of_a_war_fight_and_states_of_one_side_are_friendly(tmp_path: Path) -> None:
    assert who(IRAQ + EPISODE, tmp_path) == {
        ("australia", "fights", "iraq"), ("united-kingdom", "fights", "iraq"),
        ("australia", "friendly_to", "united-kingdom"),
    }  # fmt: skip


def test_who_joins_a_side_supports_it_with_troops_and_fights_the_other(tmp_path: Path) -> None:
    text = '2,2016,Government of Syria,652,"365, 630",Syrian insurgents,4456,,640,,,0,\n'
    claims, _ = load(tmp_path, "ucdp-dyadic", SIDES + text)
    assert {(a, kind, b) for a, kind, b, _ in told(claims)} >= {
        ("russia", "supports", "syria"), ("iran", "supports", "syria"), ("russia", "fights", "turkey"),
        ("syria", "fights", "turkey"),
    }  # fmt: skip
    assert {one.means for one in claims if one.relation.name == "supports"} == {(Means.TROOPS,)}


def test_an_episode_has_the_days_of_its_start_and_end(tmp_path: Path) -> None:
    claims, _ = load(tmp_path, "ucdp-armed-conflict", SIDES + IRAQ + EPISODE)
    assert {str(one.held) for one in claims} == {"[2003-03-20..2003-04-10]"}


@pytest.mark.parametrize(
    ("precision", "start"), [("1", "2003-03-20"), ("2", "2003-03-20"), ("3", "2003-03"), ("5", "2003"), ("", "2003")]
)
def test_a_start_is_as_precise_as_its_code_says(tmp_path: Path, precision: str, start: str) -> None:
    claims, _ = load(tmp_path, "ucdp-armed-conflict", SIDES + IRAQ + f",2003-03-20,{precision},0,\n")
    assert {one.held.start_text for one in claims} == {start}


def test_years_of_a_conflict_are_one_spell_and_a_lull_ends_it(tmp_path: Path) -> None:
    text = "".join(f"3,{year},Government of Chad,483,,FROLINAT,1,,,,,0,\n" for year in (1966, 1967, 1968, 1971))
    claims, _ = load(tmp_path, "ucdp-armed-conflict", SIDES + text)
    assert [when for *_, when in told(claims)] == ["[1966..1969]", "[1971..1972]"]
    assert rows(claims) == ["2", "5"]


def test_a_conflict_of_the_last_year_goes_on_unless_it_ended(tmp_path: Path) -> None:
    text = "4,2024,Government of Chad,483,,FACT,1,,,,,0,\n"
    text += "5,2024,Government of Mali,432,,JNIM,1,,,2024-02-01,1,1,2024-08-31\n"
    claims, _ = load(tmp_path, "ucdp-armed-conflict", SIDES + text)
    assert [when for *_, when in told(claims)] == ["[2024..]", "[2024-02-01..2024-09-01]"]


def test_a_conflict_older_than_the_data_has_its_own_start(tmp_path: Path) -> None:
    text = "6,1946,Government of China,710,,PLA,1,,,1945-08-15,1,0,\n7,1946,Government of Iran,630,,KDPI,1,,,,,0,\n"
    claims, _ = load(tmp_path, "ucdp-armed-conflict", SIDES + text)
    assert [(one.held.start_text, one.change) for one in claims] == [
        ("1945-08-15", Change.NONE), ("1946", Change.CONTINUES),
    ]  # fmt: skip


def test_armed_groups_that_nobody_knows_become_provisional_ones(tmp_path: Path) -> None:
    text = "8,1990,Government of Chad,483,,Front of the Ford,1,,,,,0,\n"
    _, found = load(tmp_path, "ucdp-armed-conflict", SIDES + text)
    assert found.actors["~front-of-the-ford"].kind is Kind.ARMED_GROUP


@pytest.mark.parametrize(
    ("name", "year", "actor"),
    [
        ("Russia (Soviet Union)", 1980, "soviet-union"), ("Russia (Soviet Union)", 2000, "russia"),
        ("Vietnam (North Vietnam)", 1970, "vietnam"), ("DR Congo (Zaire)", 1975, "democratic-republic-of-the-congo"),
    ],
)  # fmt: skip
def test_a_state_with_its_earlier_name_in_brackets_is_that_state(
    tmp_path: Path, name: str, year: int, actor: str
) -> None:
    claims, _ = load(tmp_path, "ucdp-dyadic", SIDES + f"9,{year},Government of {name},,,Front of the Ford,1,,,,,0,\n")
    assert [one.subject for one in claims] == [actor]


def test_a_file_without_names_of_groups_still_says_who_joined_whom(tmp_path: Path) -> None:
    text = "conflict_id,year,gwno_a,gwno_a_2nd,gwno_b,gwno_b_2nd\n1,2015,652,630,,\n2,1994,517,,,\n"
    claims, found = load(tmp_path, "ucdp-armed-conflict", text)
    assert told(claims) == [("iran", "supports", "syria", "[2015..2016]")]
    assert found.notes.counts() == {"a side that the file does not name: only who joined the other, if any": 2}
    assert found.notes.refused == 0


def test_days_that_cannot_be_leave_the_whole_year(tmp_path: Path) -> None:
    claims, found = load(tmp_path, "ucdp-armed-conflict", SIDES + IRAQ + ",2003-05-20,1,1,2003-04-09\n")
    assert {str(one.held) for one in claims} == {"[2003..2004]"}
    assert "an episode with days that cannot be: its whole year" in found.notes.counts()


DISPUTES = "dispnum,ccode1,ccode2,year,gmlmidonset,sidea1,sidea2,hostlev1,hostlev2,stmon\n"


@pytest.mark.parametrize(
    ("level", "relation"), [(2, "threatens"), (3, "mobilizes_against"), (4, "coerces"), (5, "fights")]
)
def test_a_level_of_hostility_is_a_relation(tmp_path: Path, level: int, relation: str) -> None:
    claims, _ = load(tmp_path, "gml-mids", DISPUTES + f"1,2,645,1990,0,1,0,{level},1,3\n")
    assert told(claims) == [("united-states", relation, "iraq", "[1990..1991]")]


def test_two_states_on_one_side_are_not_hostile(tmp_path: Path) -> None:
    claims, found = load(tmp_path, "gml-mids", DISPUTES + "1,2,200,1990,1,1,1,5,5,8\n")
    assert claims == []
    assert found.notes.counts() == {"both on one side of the dispute: left out": 1}


def test_each_state_is_hostile_at_its_own_level_and_once(tmp_path: Path) -> None:
    claims, _ = load(tmp_path, "gml-mids", DISPUTES + "1,2,645,1990,0,1,0,4,3,8\n1,645,2,1990,0,0,1,3,4,8\n")
    assert {(a, kind, b) for a, kind, b, _ in told(claims)} == {
        ("united-states", "coerces", "iraq"), ("iraq", "mobilizes_against", "united-states"),
    }  # fmt: skip
    assert len(claims) == 2


def test_war_is_one_tie_from_the_month_of_its_onset(tmp_path: Path) -> None:
    text = "1,2,645,1990,1,1,0,5,5,8\n1,645,2,1990,1,0,1,5,5,8\n1,2,645,1991,0,1,0,5,5,8\n"
    claims, _ = load(tmp_path, "gml-mids", DISPUTES + text)
    assert told(claims) == [("united-states", "fights", "iraq", "[1990-08..1992]")]


def test_an_act_of_the_last_year_was_over_by_then(tmp_path: Path) -> None:
    claims, _ = load(tmp_path, "gml-mids", DISPUTES + "1,2,645,2010,0,1,0,3,1,3\n")
    assert str(claims[0].held) == "[2010..2011]"


def test_disputes_of_other_numbers_stay_apart(tmp_path: Path) -> None:
    claims, _ = load(tmp_path, "gml-mids", DISPUTES + "1,2,645,1990,0,1,0,3,1,3\n2,2,645,1990,0,1,0,3,1,3\n")
    assert rows(claims) == ["2", "3"]


RIVALS = "tssr_id,rivalry,ccode1,ccode2,start,end\n"


def test_a_rivalry_runs_through_its_last_year_or_goes_on(tmp_path: Path) -> None:
    claims, _ = load(tmp_path, "tss-rivalries", RIVALS + "1,a,2,365,1945,1989\n2,b,750,770,1947,2020\n")
    assert told(claims) == [
        ("united-states", "rivals", "soviet-union", "[1945..1990]"), ("india", "rivals", "pakistan", "[1947-08-15..]"),
    ]  # fmt: skip


def test_a_rivalry_is_that_of_each_bearer_of_a_code(tmp_path: Path) -> None:
    claims, found = load(tmp_path, "tss-rivalries", RIVALS + "1,a,255,220,1756,1955\n")
    assert told(claims) == [
        ("prussia", "rivals", "france", "[1816..1871-01-18]"),
        ("germany", "rivals", "france", "[1871-01-18..1945-05-09]"),
    ]
    assert list(found.notes.counts()) == ["a code that stood for nobody for a part of the time: left out for that part"]


def test_years_that_cannot_be_are_refused(tmp_path: Path) -> None:
    claims, found = load(tmp_path, "tss-rivalries", RIVALS + "1,a,2,365,x,1989\n2,b,2,365,1989,1945\n")
    assert (claims, found.notes.refused) == ([], 2)


GIVEN = "year,actor_id,actor_name,ext_id,ext_name,ext_sup,ext_alleged,ext_x,ext_p,ext_w,ext_f,ext_o\n"


def test_support_has_its_means_and_is_alleged_where_it_is(tmp_path: Path) -> None:
    text = (
        "2006,1,Hezbollah,114,Government of Iran,1,0,0,0,1,1,0\n2007,1,Hezbollah,114,Government of Iran,1,1,0,0,1,1,0\n"
    )
    claims, _ = load(tmp_path, "ucdp-external-support", GIVEN + text)
    assert [(one.subject, one.object, one.means, one.certainty) for one in claims] == [
        ("iran", "hezbollah", (Means.WEAPONS, Means.FUNDING), Certainty.ASSERTED),
        ("iran", "hezbollah", (Means.WEAPONS, Means.FUNDING), Certainty.ALLEGED),
    ]


def test_the_ids_of_ucdp_are_no_codes_of_states(tmp_path: Path) -> None:
    claims, _ = load(
        tmp_path, "ucdp-external-support", GIVEN + "2006,1,Hezbollah,70,Government of Iran,1,0,0,0,1,0,0\n"
    )
    assert [one.subject for one in claims] == ["iran"]  # 70 is Mexico's code, and was no id of it


def test_support_of_other_kinds_has_no_means(tmp_path: Path) -> None:
    claims, _ = load(tmp_path, "ucdp-external-support", GIVEN + "2006,1,Hezbollah,1,Government of Iran,1,0,0,0,0,0,1\n")
    assert [one.means for one in claims] == [()]


def test_support_by_nobody_named_is_refused_and_a_year_without_is_noted(tmp_path: Path) -> None:
    _, found = load(
        tmp_path,
        "ucdp-external-support",
        GIVEN + "2006,1,Hezbollah,,,1,0,0,0,0,0,1\n2007,1,Hezbollah,,,0,0,0,0,0,0,0\n",
    )
    assert found.notes.counts() == {
        "support from or for somebody that the row does not name: refused": 1, "a year without support: no claim": 1,
    }  # fmt: skip
    assert found.notes.refused == 1


def test_files_that_do_not_say_who_supports_are_refused_with_the_one_that_does(tmp_path: Path) -> None:
    with pytest.raises(UnreadableInput, match=r"no column ext_name or actor_name.*give the triad-year file"):
        load(tmp_path, "ucdp-external-support", "year,actor_name,ext_sup,ext_w\n2006,Hezbollah,1,1\n")


def test_support_in_other_conflicts_stays_apart(tmp_path: Path) -> None:
    head = GIVEN.replace("year,", "dyad_id,year,", 1)
    text = "".join(f"{dyad},2006,1,Hezbollah,1,Government of Iran,1,0,0,0,1,0,0\n" for dyad in (7, 9))
    assert rows(load(tmp_path, "ucdp-external-support", head + text)[0]) == ["2", "3"]


def test_a_state_without_action_is_noted_and_a_level_that_is_none_refused(tmp_path: Path) -> None:
    text = "1,2,645,1990,0,1,0,4,-9,3\n2,2,645,1991,0,1,0,7,1,3\n"
    claims, found = load(tmp_path, "gml-mids", DISPUTES + text)
    assert told(claims) == [("united-states", "coerces", "iraq", "[1990..1991]")]
    assert list(found.notes.counts()) == [
        "no militarised action of a state: none of its claims", "a year or a level of hostility that is none: refused",
    ]  # fmt: skip


@pytest.mark.parametrize("year", ["inf", "1e400", "1990.5", "nan", "0", "12345"])
@pytest.mark.parametrize(
    ("name", "text"),
    [
        (
            "cow-alliances",
            "version4id,ccode1,ccode2,year,defense,neutrality,nonaggression,entente\n1,2,20,{},1,0,0,0\n",
        ),
        ("atop", "mem1,mem2,year,defense,offense,nonagg,consul,neutral\n2,20,{},1,0,0,0,0\n"),
        ("ucdp-armed-conflict", "conflict_id,year,gwno_a,gwno_b\n1,{},2,645\n"),
        ("ucdp-external-support", GIVEN + "{},1,Hezbollah,1,Government of Iran,1,0,0,0,1,0,0\n"),
        ("gml-mids", DISPUTES + "1,2,645,{},0,1,0,4,4,3\n"),
        ("tss-rivalries", RIVALS + "1,a,2,365,{},1989\n"),
    ],
)
def test_a_year_that_is_none_costs_its_row(tmp_path: Path, name: str, text: str, year: str) -> None:
    claims, found = load(tmp_path, name, text.format(year))
    assert (claims, found.notes.refused) == ([], 1)


def test_an_episode_that_ended_with_the_data_has_an_end(tmp_path: Path) -> None:
    for ended, held in (("1", "[2024..2025]"), ("0", "[2024..]")):
        text = f"conflict_id,year,gwno_a,gwno_b,ep_end,ep_end_date\n1,2024,2,645,{ended},2024-12-31\n"
        assert [str(one.held) for one in load(tmp_path, "ucdp-armed-conflict", text)[0]] == [held]
