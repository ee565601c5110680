"""Datasets and tables in a dossier: versions, years covered, names and codes, and nothing twice."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from dataset_makers import load, told

import cordiale
from cordiale.actors import catalogue
from cordiale.claims import Means
from cordiale.datasets import DATASETS, loading, read_ties
from cordiale.errors import InvalidValue, UnknownName, UnreadableInput
from cordiale.ties import Stance

NOW = datetime(2026, 1, 1, tzinfo=UTC)
TREATIES = (
    "version4id,ccode1,ccode2,dyad_st_year,dyad_end_year,right_censor,defense,neutrality,nonaggression,entente,version\n"
    "1,255,300,1879,1917,0,1,0,0,0,{version}\n2,2,20,1949,,1,1,0,0,0,{version}\n3,2,9999,1950,,1,1,0,0,0,{version}\n"
)
FOUR = TREATIES.format(version="4.1")


def test_every_dataset_says_where_to_get_it_and_how_to_cite_it() -> None:
    for one in DATASETS.values():
        assert one.where and one.licence and one.cite and one.covers
        assert one.years[0] < one.years[1] <= one.published.year
        assert "http" not in one.where


@pytest.mark.parametrize("name", DATASETS)
def test_a_file_of_another_shape_says_which_columns_it_has(tmp_path: Path, name: str) -> None:
    with pytest.raises(UnreadableInput, match=r"among x, y; give "):
        load(tmp_path, name, "x,y\n1,2\n")


def test_an_unknown_dataset_suggests_near_ones(tmp_path: Path) -> None:
    with pytest.raises(UnknownName, match="did you mean 'atop'"):
        load(tmp_path, "atpo", "x\n")


def test_a_scheme_is_for_tables_alone(tmp_path: Path) -> None:
    with pytest.raises(InvalidValue, match="it is for ties"):
        load(tmp_path, "atop", "x\n", scheme="cow")


def test_columns_of_a_dataset_may_have_other_names(tmp_path: Path) -> None:
    text = "one,two,begin,last\n2,365,1945,1989\n"
    columns = {"ccode1": "one", "ccode2": "Two", "start": "begin", "end": "last"}
    claims, _ = load(tmp_path, "tss-rivalries", text, columns=columns)
    assert told(claims) == [("united-states", "rivals", "soviet-union", "[1945..1990]")]
    with pytest.raises(UnknownName, match="did you mean 'two'"):
        load(tmp_path, "tss-rivalries", text, columns={"ccode2": "tow"})


def test_the_version_is_that_of_the_file_where_it_says_so(tmp_path: Path) -> None:
    claims, found = load(tmp_path, "cow-alliances", TREATIES.format(version="4.2"))
    assert (found.version, claims[0].published, found.years) == ("4.2", None, (1879, None))
    assert load(tmp_path, "cow-alliances", FOUR)[1].years == (1816, 2012)


def test_rows_past_the_years_of_a_dataset_are_of_a_later_copy(tmp_path: Path) -> None:
    claims, found = load(tmp_path, "tss-rivalries", "ccode1,ccode2,start,end\n750,770,1947,2022\n2,365,1990,2020\n")
    assert found.years == (1494, 2022)
    assert [one.held.end_text for one in claims] == [None, "1991-12-26", "2021"]


TIES = "a,b,sign,begin,end\n"


def test_letters_of_countries_follow_whom_they_stood_for(tmp_path: Path) -> None:
    claims, found = load(tmp_path, "ties", TIES + "GBR,FRA,-1,1872,1904\nGBR,RUS,1,1985,1995\n")
    assert told(claims) == [
        ("united-kingdom", "rivals", "france", "[1872..1904]"),
        ("united-kingdom", "friendly_to", "soviet-union", "[1985..1991-12-26]"),
        ("united-kingdom", "friendly_to", "russia", "[1991-12-26..1995]"),
    ]
    assert "letters of a country that was not there then: who bore its name" in found.notes.counts()


def test_names_are_those_of_their_day(tmp_path: Path) -> None:
    claims, _ = load(tmp_path, "ties", TIES + "Russia,France,1,1891,1917\nRussia,France,1,1992,2014\n")
    assert [one.subject for one in claims] == ["russian-empire", "russia"]


def test_a_name_that_nobody_bears_is_a_provisional_actor(tmp_path: Path) -> None:
    _, found = load(tmp_path, "ties", TIES + "Gavev,Kotun,1,,\n")
    assert [actor.id for actor in found.actors.values()] == ["~gavev", "~kotun"]


def test_numbers_as_names_are_noted(tmp_path: Path) -> None:
    _, found = load(tmp_path, "ties", TIES + "2,20,1,1990,\n")
    assert any("say of which scheme" in rule for rule in found.notes.counts())


def test_codes_of_a_table_are_of_its_scheme_and_of_its_time(tmp_path: Path) -> None:
    claims, found = load(tmp_path, "ties", TIES + "255,300,1,1900,1901\n260,220,1,1925,1926\n", scheme="cow")
    assert told(claims) == [("germany", "friendly_to", "austria-hungary", "[1900..1901]")]
    assert list(found.notes.refusals()) == [
        "row 3: cow code 260 stood for nobody then ([1925..1926]; it stood for Germany [1955-05-05..1990-10-03])"
    ]


def test_a_sign_beside_a_relation_is_what_is_said_to_have_happened(tmp_path: Path) -> None:
    claims, _ = load(tmp_path, "ties", "a,b,relation,sign\nIran,Syria,ally_of,-1\nIran,Syria,ally_of,\n")
    assert [(one.relation.name, one.sign) for one in claims] == [("ally_of", -1), ("ally_of", 1)]


def test_a_neutral_row_is_a_neutral_claim(tmp_path: Path) -> None:
    claims, _ = load(tmp_path, "ties", TIES + "Iran,Syria,0,1990,\n")
    assert [(one.relation.name, one.sign) for one in claims] == [("neutral_toward", 0)]


def test_types_of_support_are_means(tmp_path: Path) -> None:
    rows = ("Iran,Syria,supports,Weapons | funding", "Iran,Iraq,supports,magic", "Iran,Israel,rivals,weapons")
    text = "\n".join(["a,b,relation,means", *rows])
    claims, found = load(tmp_path, "ties", text)
    assert [one.means for one in claims] == [(Means.WEAPONS, Means.FUNDING), (), ()]
    assert len(found.notes.counts()) == 2


def test_a_table_is_known_by_its_bytes(tmp_path: Path) -> None:
    versions = [load(tmp_path, "ties", TIES + f"Iran,Syria,{sign},1990,\n")[1].version for sign in (1, 1, -1)]
    assert versions[0] == versions[1] != versions[2]


@pytest.fixture
def dossier(tmp_path: Path) -> Iterator[cordiale.Dossier]:
    with cordiale.open(tmp_path / "a.dossier", clock=lambda: NOW) as found:
        yield found


def test_a_dataset_in_a_dossier_answers_and_loads_once(dossier: cordiale.Dossier, tmp_path: Path) -> None:
    (tmp_path / "rows.csv").write_text(FOUR, encoding="utf-8")
    first = dossier.load("cow-alliances", tmp_path / "rows.csv")
    assert (first.claims, first.known, first.actors, first.provisional, first.notes.refused) == (2, 0, 4, (), 1)
    again = dossier.load("cow-alliances", tmp_path / "rows.csv")
    assert (again.claims, again.known, again.actors) == (0, 2, 0)
    assert [tie.b.name for tie in dossier.who("Germany", "1900").allies] == ["Austria-Hungary"]
    assert dossier.tie("Germany", "Austria-Hungary", at="1878").stance is Stance.UNKNOWN
    assert dossier.check() == ()


def test_claims_of_another_copy_of_a_version_stay_and_are_told(dossier: cordiale.Dossier, tmp_path: Path) -> None:
    for sign, others in ((1, 0), (-1, 1), (1, 1)):
        (tmp_path / "t.csv").write_text(TIES + f"Iran,Syria,{sign},1990,\n", encoding="utf-8")
        assert dossier.load("ties", tmp_path / "t.csv", version="1").others == others


def test_a_file_without_a_claim_leaves_no_coverage(dossier: cordiale.Dossier, tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text(TIES, encoding="utf-8")
    assert dossier.load("ties", tmp_path / "t.csv").coverage.claims == 0
    assert len(dossier.coverage()) == 0


def test_a_pipe_is_known_by_its_bytes(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    text = (TIES + "Iran,Syria,1,1990,\n").encode()
    with ThreadPoolExecutor() as pool:
        pool.submit(pipe.write_bytes, text)
        assert read_ties(pipe).sha256 == hashlib.sha256(text).hexdigest()


@pytest.mark.parametrize(("end", "last"), [("1995", 1994), ("", None), ("9999-12-31", None)])
def test_a_table_covers_no_last_year_where_a_tie_goes_on(tmp_path: Path, end: str, last: int | None) -> None:
    _, found = load(tmp_path, "ties", TIES + f"Iran,Syria,1,1990,{end}\n")
    assert found.years == (1990, last)


def test_what_datasets_cover_is_kept_in_the_dossier(dossier: cordiale.Dossier, tmp_path: Path) -> None:
    (tmp_path / "rows.csv").write_text(FOUR, encoding="utf-8")
    (tmp_path / "t.csv").write_text(TIES + "Iran,Syria,1,1990,1995\n", encoding="utf-8")
    dossier.load("cow-alliances", tmp_path / "rows.csv")
    dossier.load("ties", tmp_path / "t.csv", version="2")
    assert dossier.coverage().rows() == [
        ("cow-alliances", "4.1", date(1816, 1, 1), date(2013, 1, 1), "pairs of states of the COW state system", 2),
        ("t.csv", "2", date(1990, 1, 1), date(1995, 1, 1), "the pairs of its rows", 1),
    ]


def test_a_dataset_is_known_from_its_release_and_a_table_from_its_loading(
    dossier: cordiale.Dossier, tmp_path: Path
) -> None:
    (tmp_path / "rows.csv").write_text(FOUR, encoding="utf-8")
    (tmp_path / "t.csv").write_text(TIES + "Iran,Syria,1,1990,1995\n", encoding="utf-8")
    dossier.load("cow-alliances", tmp_path / "rows.csv")
    dossier.load("ties", tmp_path / "t.csv")
    assert len(dossier.claims(known="2012")) == 0
    assert [claim.published for claim in dossier.claims(known="2014")] == [date(2013, 12, 31)] * 2
    assert len(dossier.claims(known="2026")) == 3


def test_provisional_actors_of_a_table_are_told_and_those_of_the_dossier_known_again(
    dossier: cordiale.Dossier, tmp_path: Path
) -> None:
    (tmp_path / "t.csv").write_text(TIES + "Iran,River League,1,1990,\n", encoding="utf-8")
    (tmp_path / "u.csv").write_text(TIES + "Syria,River League,1,1990,\n", encoding="utf-8")
    assert dossier.load("ties", tmp_path / "t.csv").provisional == ("River League",)
    assert dossier.load("ties", tmp_path / "u.csv").provisional == ()
    assert len(dossier.claims(actor="River League")) == 2


def test_a_file_that_breaks_on_the_way_leaves_nothing(dossier: cordiale.Dossier, tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text('a,b,sign\nIran,Iraq,1\n"Iran,Iraq,1\n' + "x" * 20_000_000)
    with pytest.raises(UnreadableInput):
        dossier.load("ties", tmp_path / "t.csv")
    assert (dossier.store.counts().claims, len(dossier.coverage())) == (0, 0)


@pytest.mark.parametrize(
    ("name", "file", "least", "relations"),
    [
        ("ucdp-armed-conflict", "ucdp_acd.csv.gz", 1000, {"fights", "supports"}),
        ("gml-mids", "gml_mid_ddydisps.csv.gz", 4000, {"fights", "coerces", "mobilizes_against", "threatens"}),
        ("tss-rivalries", "tss_rivalries.csv", 250, {"rivals"}),
    ],
)  # fmt: skip
def test_real_files_are_read_with_few_refusals(
    shared: Path, name: str, file: str, least: int, relations: set[str]
) -> None:
    found = loading(name, shared / "data" / "networks" / file, catalogue())
    claims = list(found.claims)
    assert len(claims) == len({one.id for one in claims}) >= least
    assert {one.relation.name for one in claims} == relations
    assert found.notes.refused < len(claims) / 10
    first, last = DATASETS[name].years
    for one in claims:
        assert one.held.start is not None and 1939 * (first == 1946) <= one.held.start.year <= last
        for end in (one.subject, one.object):
            gone = catalogue()[end].held.end
            assert gone is None or one.held.end is not None


def test_wars_of_real_files_are_found_on_their_days(shared: Path, dossier: cordiale.Dossier) -> None:
    dossier.load("ucdp-armed-conflict", shared / "data" / "networks" / "ucdp_acd.csv.gz")
    assert dossier.tie("Iraq", "Kuwait", at="1990-09").stance.sign == -1
    assert dossier.tie("Iraq", "Kuwait", at="1989").stance is Stance.UNKNOWN
    assert "Iran" in {tie.b.name for tie in dossier.who("Iraq", "1983").adversaries}
    assert dossier.check() == ()


def test_the_great_powers_of_before_the_first_war_are_found(shared: Path, dossier: cordiale.Dossier) -> None:
    file = shared / "data" / "networks" / "wwi_protagonists_1872_1918.csv"
    found = dossier.load("ties", file, published="1918")
    assert (found.claims, found.provisional) == (20, ("AUH",))  # no ISO code, and no name
    assert dossier.tie("United Kingdom", "France", at="1903").stance.sign == -1
    assert dossier.tie("United Kingdom", "France", at="1905").stance.sign == 1
    assert dossier.tie("Germany", "Russian Empire", at="1900").stance.sign == -1


def test_windows_of_real_networks_are_loaded(shared: Path, dossier: cordiale.Dossier) -> None:
    file = shared / "data" / "networks" / "cow_signed_windows_1946_1999.csv.gz"
    found = dossier.load("ties", file, columns={"begin": "start", "last": "end"})
    assert found.claims > 41_000
    assert (found.coverage.held.start_text, found.coverage.held.end_text) == ("1946-01-01", "2000-01-01")
    assert dossier.tie("India", "Pakistan", at="1971").stance.sign == -1
