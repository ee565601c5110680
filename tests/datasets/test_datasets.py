"""Curated datasets: their shapes, their codes and years, and what becomes of their rows in a dossier."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

import cordiale
from cordiale.actors import catalogue
from cordiale.claims import Certainty, Claim, Means
from cordiale.datasets import DATASETS, Codes, code_of, loading
from cordiale.datasets.loading import Loading
from cordiale.datasets.when import held
from cordiale.errors import InvalidValue, UnknownName, UnreadableInput

NOW = datetime(2026, 1, 1, tzinfo=UTC)


def read(tmp_path: Path, name: str, text: str, **how: object) -> tuple[list[Claim], Loading]:
    file = tmp_path / "rows.csv"
    file.write_text(text, encoding="utf-8")
    found = loading(name, file, catalogue(), **how)  # type: ignore[arg-type]
    return list(found.claims), found


def told(claims: list[Claim]) -> list[tuple[str, str, str, str]]:
    return [(one.subject, one.relation.name, one.object, str(one.held)) for one in claims]


ALLIANCES = """\
version4id,ccode1,state_name1,ccode2,state_name2,dyad_st_day,dyad_st_month,dyad_st_year,\
dyad_end_day,dyad_end_month,dyad_end_year,left_censor,right_censor,defense,neutrality,nonaggression,entente
1,255,Germany,300,Austria-Hungary,7,10,1879,3,11,1918,0,0,1,1,1,1
2,2,United States,20,Canada,4,4,1949,,,,0,1,1,0,1,1
3,365,Russia,255,Germany,18,6,1887,18,6,1890,0,0,0,1,0,0
4,260,German Federal Republic,220,France,1,1,1925,1,1,1930,0,0,1,0,0,0
5,2,United States,9999,Nowhere,1,1,1950,1,1,1960,0,0,1,0,0,0
6,2,United States,200,United Kingdom,1,1,1960,1,1,1950,0,0,1,0,0,0
"""


def test_alliances_run_through_their_last_day_and_are_of_the_strongest_kind(tmp_path: Path) -> None:
    claims, found = read(tmp_path, "cow-alliances", ALLIANCES)
    assert told(claims) == [
        ("germany", "ally_of", "austria-hungary", "[1879-10-07..1918-11-04]"),
        ("united-states", "ally_of", "canada", "[1949-04-04..]"),
        ("russian-empire", "neutral_toward", "germany", "[1887-06-18..1890-06-19]"),
    ]
    assert found.notes.refused == 3
    assert any("cow code 260 stood for nobody then" in line and "row 5" in line for line in found.notes.lines())
    assert claims[0].evidence == cordiale.Citation(dataset="cow-alliances", version="4.1", row="2")
    assert claims[0].published == DATASETS["cow-alliances"].published


def test_yearly_rows_of_one_alliance_are_one_spell_that_goes_on_at_the_end_of_the_data(tmp_path: Path) -> None:
    head = "version4id,ccode1,ccode2,year,defense,neutrality,nonaggression,entente\n"
    rows = "".join(f"1,200,220,{year},1,0,0,0\n" for year in (*range(1904, 1908), *range(2009, 2013)))
    claims, _ = read(tmp_path, "cow-alliances", head + rows)
    assert [(str(one.held), one.evidence.row) for one in claims] == [  # type: ignore[union-attr]
        ("[1904..1908]", "2"), ("[2009..]", "6"),
    ]  # fmt: skip


def test_atop_dyad_years_take_the_strongest_obligation(tmp_path: Path) -> None:
    head = "dyad,mem1,mem2,year,atopally,defense,offense,neutral,nonagg,consul\n"
    rows = (
        "2020,2,20,1950,1,1,0,0,0,1\n2020,20,2,1951,1,1,0,0,0,1\n"
        "2200,2,200,1950,1,0,0,0,0,1\n2220,2,220,1950,0,0,0,0,0,0\n"
    )
    claims, found = read(tmp_path, "atop", head + rows)
    assert told(claims) == [
        ("united-states", "ally_of", "canada", "[1950..1952]"),
        ("united-states", "friendly_to", "united-kingdom", "[1950..1951]"),
    ]
    assert found.notes.counts() == {"no obligation is marked: left out": 1}


def test_sides_of_a_conflict_fight_and_those_that_join_one_support_it(tmp_path: Path) -> None:
    head = "conflict_id,year,side_a,gwno_a,gwno_a_2nd,side_b,gwno_b,gwno_b_2nd\n"
    rows = (
        '1,1990,Government of Iraq,645,,Government of Kuwait,690,"2, 200"\n'
        "2,1994,Government of Rwanda,517,,FPR,,\n3,1990,X,,,,,\n"
    )
    claims, found = read(tmp_path, "ucdp-armed-conflict", head + rows)
    assert {(a, kind, b) for a, kind, b, _ in told(claims)} == {
        ("iraq", "fights", "kuwait"), ("iraq", "fights", "united-states"), ("iraq", "fights", "united-kingdom"),
        ("united-states", "supports", "kuwait"), ("united-kingdom", "supports", "kuwait"),
        ("rwanda", "fights", "rwandan-patriotic-front"),
    } or ("rwanda", "fights", "~fpr") in {(a, k, b) for a, k, b, _ in told(claims)}  # fmt: skip
    assert found.notes.counts() == {"a side that the file does not name: only who joined the other, if any": 1}


def test_a_dispute_on_one_side_is_no_hostility_and_levels_are_relations(tmp_path: Path) -> None:
    head = "dispnum,ccode1,ccode2,year,sidea1,sidea2,hostlev1\n"
    rows = "1,2,200,1990,1,1,5\n1,2,645,1990,1,0,5\n1,645,2,1990,0,1,3\n2,2,40,1962,1,0,2\n2,40,2,1962,0,1,1\n"
    claims, found = read(tmp_path, "gml-mids", head + rows)
    assert {(a, kind, b) for a, kind, b, _ in told(claims)} == {
        ("united-states", "fights", "iraq"), ("iraq", "mobilizes_against", "united-states"),
        ("united-states", "threatens", "cuba"),
    } or {kind for _, kind, _, _ in told(claims)} == {"assaults", "mobilizes_against", "threatens"}  # fmt: skip
    assert sum(found.notes.counts().values()) == 2


def test_support_is_of_its_types_and_alleged_where_it_is(tmp_path: Path) -> None:
    head = "year,actor_id,actor_name,ext_id,ext_name,ext_sup,ext_alleged,ext_x,ext_p,ext_w,ext_f,ext_o\n"
    rows = (
        "2006,1,Hezbollah,630,Government of Iran,1,0,0,0,1,1,0\n"
        "2007,1,Hezbollah,630,Government of Iran,1,1,0,0,1,1,0\n"
        "2006,1,Hezbollah,,,1,0,0,0,0,0,1\n"
        "2006,1,Hezbollah,652,Syria,0,0,0,0,0,0,0\n"
    )
    claims, found = read(tmp_path, "ucdp-external-support", head + rows)
    assert [(one.subject, one.object, one.means, one.certainty) for one in claims] == [
        ("iran", "hezbollah", (Means.WEAPONS, Means.FUNDING), Certainty.ASSERTED),
        ("iran", "hezbollah", (Means.WEAPONS, Means.FUNDING), Certainty.ALLEGED),
    ]
    assert found.notes.counts() == {
        "support from or for somebody that the row does not name: refused": 1, "a year without support: no claim": 1,
    }  # fmt: skip
    with pytest.raises(UnreadableInput, match="give the triad-year file as CSV"):
        read(tmp_path, "ucdp-external-support", "year,actor_name,ext_sup,ext_w\n2006,Hezbollah,1,1\n")


def test_a_rivalry_begins_when_there_was_such_a_state(tmp_path: Path) -> None:
    head = "tssr_id,rivalry,ccode1,ccode2,start,end\n"
    claims, found = read(
        tmp_path, "tss-rivalries", head + "1,a,255,220,1756,1955\n2,b,679,670,1931,1935\n3,c,2,365,x,1989\n"
    )
    assert told(claims) == [
        ("prussia", "rivals", "france", "[1816..1871-01-18]"),
        ("germany", "rivals", "france", "[1871-01-18..1945-05-09]"),
    ]
    assert found.notes.refused == 2


def test_a_code_is_of_its_day() -> None:
    codes = Codes(list(catalogue().values()), "cow")
    stood = {
        ("255", 1913): "germany", ("260", 1970): "germany", ("265", 1970): "east-germany", ("678", 1980): "yemen",
        ("679", 1995): "yemen", ("345", 1900): "serbia", ("345", 1950): "yugoslavia", ("345", 2010): "serbia",
        ("365", 1950): "soviet-union", ("365", 2000): "russia",
    }  # fmt: skip
    assert {(code, year): codes.actor(code, date(year, 7, 1)).id for code, year in stood} == stood
    with pytest.raises(InvalidValue, match="255 stood for nobody then.*it stood for Prussia.*Germany"):
        codes.actor("255", date(1970, 1, 1))
    with pytest.raises(UnknownName, match="cow code '9999'"):
        codes.actor("9999", None)
    with pytest.raises(UnknownName, match="scheme of codes"):
        Codes(list(catalogue().values()), "wow")
    assert codes.actor("002.0", date(1990, 1, 1)).id == "united-states"
    assert code_of(catalogue()["yemen"], "cow", date(2000, 1, 1)) == "679"


@pytest.mark.parametrize(("scheme", "name"), [("cow", "cow_states.csv"), ("gw", "gw_states.csv")])
def test_every_state_of_the_lists_is_in_the_catalogue_in_each_of_its_years(
    shared: Path, scheme: str, name: str
) -> None:
    codes = Codes(list(catalogue().values()), scheme)
    with (shared / "data" / "networks" / name).open() as file:
        for row in csv.DictReader(file):
            if scheme == "cow":
                first = date(int(row["styear"]), int(row["stmonth"]), int(row["stday"]))
                last = date(int(row["endyear"]), int(row["endmonth"]), int(row["endday"]))
            else:
                first, last = date.fromisoformat(row["startdate"]), date.fromisoformat(row["enddate"])
            for year in range(first.year, last.year + 1):
                day = min(max(date(year, 7, 1), first), last)
                assert codes.actor(row["ccode" if scheme == "cow" else "gwcode"], day).name


def test_a_file_of_another_shape_says_which_columns_are_missing(tmp_path: Path) -> None:
    for name in DATASETS:
        with pytest.raises(UnreadableInput, match=r"is no .*: no column .* among x, y; "):
            read(tmp_path, name, "x,y\n1,2\n")
    with pytest.raises(UnknownName, match="did you mean 'atop'"):
        read(tmp_path, "atpo", "x\n")
    with pytest.raises(InvalidValue, match="it is for ties"):
        read(tmp_path, "atop", "x\n", scheme="cow")


def test_every_dataset_says_where_to_get_it_and_how_to_cite_it() -> None:
    for one in DATASETS.values():
        assert one.where and one.licence and one.cite
        assert one.years[0] < one.years[1] <= one.published.year
        assert "http" not in one.where


@pytest.mark.parametrize(
    ("begin", "end", "last", "year", "found"),
    [
        ("1990", "", "", "", "[1990..]"), ("", "", "1990-05", "", "[..1990-06]"), ("", "", "", "1990", "[1990..1991]"),
        ("1990-05-01T00:00:00Z", "1991.0", "", "", "[1990-05-01..1991]"), ("NA", "-9", "", "", "[..]"),
        ("1980", "", "", "1990", "[1980..]"),
    ],
)  # fmt: skip
def test_times_are_read_as_they_are_written(begin: str, end: str, last: str, year: str, found: str) -> None:
    assert str(held(begin, end, last, year)) == found


@pytest.fixture
def dossier(tmp_path: Path) -> Iterator[cordiale.Dossier]:
    with cordiale.open(tmp_path / "a.dossier", clock=lambda: NOW) as found:
        yield found


def test_a_dataset_in_a_dossier_answers_and_is_covered_and_loads_once(
    dossier: cordiale.Dossier, tmp_path: Path
) -> None:
    (tmp_path / "rows.csv").write_text(ALLIANCES, encoding="utf-8")
    first = dossier.load("cow-alliances", tmp_path / "rows.csv")
    assert (first.claims, first.known, first.notes.refused) == (3, 0, 3)
    again = dossier.load("cow-alliances", tmp_path / "rows.csv")
    assert (again.claims, again.known) == (0, 3)
    assert [tie.b.name for tie in dossier.who("Germany", "1900").allies] == ["Austria-Hungary"]
    assert dossier.check() == ()
    (covered,) = dossier.coverage()
    assert (covered.dataset, covered.version, covered.claims) == ("cow-alliances", "4.1", 3)
    assert (covered.held.start, covered.held.end) == (date(1816, 1, 1), date(2013, 1, 1))


def test_a_table_in_a_dossier_has_provisional_actors_for_names_that_nobody_bears(
    dossier: cordiale.Dossier, tmp_path: Path
) -> None:
    (tmp_path / "t.csv").write_text("a,b,sign,begin,means\nIran,River League,1,1990,\nFRA,Iran,0,1995,\n,x,1,,\n")
    found = dossier.load("ties", tmp_path / "t.csv", published="2000")
    assert (found.claims, found.provisional, found.notes.refused) == (2, ("River League",), 1)
    assert {actor.actor.id for actor in dossier.actors("river")} == {"~river-league"}
    (tmp_path / "codes.csv").write_text("a,b,sign,year\n255,300,1,1900\n260,220,1,1970\n260,220,1,1925\n")
    coded = dossier.load("ties", tmp_path / "codes.csv", scheme="cow", version="2")
    assert (coded.claims, coded.notes.refused, coded.coverage.version) == (2, 1, "2")
    assert {row.dataset for row in dossier.coverage()} == {found.coverage.dataset, coded.coverage.dataset}


def test_a_file_that_breaks_on_the_way_leaves_nothing(dossier: cordiale.Dossier, tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text('a,b,sign\nIran,Iraq,1\n"Iran,Iraq,1\n' + "x" * 20_000_000)
    with pytest.raises(UnreadableInput):
        dossier.load("ties", tmp_path / "t.csv")
    assert dossier.store.counts().claims == 0


@pytest.mark.parametrize(
    ("name", "file", "least"),
    [
        ("ucdp-armed-conflict", "ucdp_acd.csv.gz", 200), ("gml-mids", "gml_mid_ddydisps.csv.gz", 4000),
        ("tss-rivalries", "tss_rivalries.csv", 200),
    ],
)  # fmt: skip
def test_real_files_are_read_with_few_refusals(shared: Path, name: str, file: str, least: int) -> None:
    found = loading(name, shared / "data" / "networks" / file, catalogue())
    claims = list(found.claims)
    assert len(claims) >= least
    assert found.notes.refused < len(claims) / 10
    first, last = DATASETS[name].years
    assert all(one.held.start is not None and first <= one.held.start.year <= last for one in claims)


def test_real_tables_have_the_ties_of_their_days(shared: Path) -> None:
    found = loading("ties", shared / "data" / "networks" / "wwi_protagonists_1872_1918.csv", catalogue(),
                    scheme="iso3", published=date(2006, 1, 1))  # fmt: skip
    claims = list(found.claims)
    assert found.notes.refused  # AUH is no ISO code
    assert ("united-kingdom", "friendly_to", "france", "[1904..1918]") in told(claims)
