"""What a dossier writes for other programs: dyads by year, the ties of a day, ties over time."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from xml.etree import ElementTree as Xml

import networkx
import pytest
from export_makers import ODD, rows
from pyarrow import parquet

import cordiale
from cordiale.claims import Actor, Citation, Claim, Kind, Origin
from cordiale.datasets import read_ties
from cordiale.errors import InvalidValue, UnknownName
from cordiale.exports import CLAIM_FORMATS, COURSE_FORMATS, FORMATS, TIE_FORMATS, ExportError
from cordiale.exports.igraph import to_igraph
from cordiale.networks import SignedNetwork
from cordiale.periods import Period
from cordiale.relations import relation
from cordiale.ties import Stance

NOW = datetime(2013, 6, 1, 12, tzinfo=UTC)
BINARY = ("ties-parquet", "dyads-parquet")


def claim(a: str, kind: str, b: str, start: str, end: str | None = None) -> Claim:
    return Claim(
        subject=a, relation=relation(kind), object=b, sign=relation(kind).sign, reader="hand",
        evidence=Citation(dataset="notes", version="1", row=f"{a} {kind} {b}"), held=Period.parse(start, end),
        published=date(2013, 1, 1),
    )  # fmt: skip


CLAIMS = (
    claim("germany", "ally_of", "italy", "1882", "1915"), claim("germany", "fights", "france", "1914", "1919"),
    claim("germany", "ally_of", "france", "1963"), claim("hamas", "ally_of", "iran", "2006"),
    claim("yugoslavia", "rivals", "italy", "1945"), claim("~odd", "rivals", "iran", "2010"),
    claim("iran", "neutral_toward", "turkey", "2005"), claim("france", "ally_of", "turkey", "2007-03-01", "2008-09-01"),
    claim("iran", "friendly_to", "hamas", "2009-05-05", "2010-01-01"),
)  # fmt: skip


@pytest.fixture
def dossier(tmp_path: Path) -> Iterator[cordiale.Dossier]:
    with cordiale.open(tmp_path / "a.dossier", clock=lambda: NOW) as found:
        shipped = cordiale.catalogue()
        odd = Actor(id="~odd", kind=Kind.ARMED_GROUP, name=ODD, origin=Origin.PROVISIONAL)
        cast = {end for one in CLAIMS for end in (one.subject, one.object)} - {"~odd"}
        found.store.add_claims(CLAIMS, [*(shipped[key] for key in sorted(cast)), odd])
        yield found


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[cordiale.Dossier]:
    with cordiale.open(tmp_path / "b.dossier", clock=lambda: NOW) as found:
        yield found


def test_dyads_have_the_codes_of_their_year_the_lower_one_first(dossier: cordiale.Dossier, tmp_path: Path) -> None:
    assert dossier.export("dyads", tmp_path / "a.csv") == len(rows(tmp_path / "a.csv"))
    found = {(row["ccode1"], row["ccode2"], row["year"]): row for row in rows(tmp_path / "a.csv")}
    assert found["220", "260", "1970"]["sign"] == "1"
    assert found["220", "255", "1916"]["sign"] == "-1"
    assert found["220", "255", "2012"]["iso3c2"] == "DEU"
    assert found["255", "325", "1913"]["name2"] == "Italy"
    assert not any(row["name1"] == "Hamas" for row in found.values())


def test_dyads_are_in_the_order_of_codes_and_years(dossier: cordiale.Dossier, tmp_path: Path) -> None:
    dossier.export("dyads", tmp_path / "a.csv")
    keys = [(int(row["ccode1"]), int(row["ccode2"]), int(row["year"])) for row in rows(tmp_path / "a.csv")]
    assert keys == sorted(set(keys))
    assert all(one < other for one, other, _ in keys)


def test_a_dyad_year_of_which_nothing_is_known_has_no_row_and_a_neutral_one_is_0(
    dossier: cordiale.Dossier, tmp_path: Path
) -> None:
    dossier.export("dyads", tmp_path / "a.csv")
    found = {(row["name1"], row["name2"], row["year"]): row for row in rows(tmp_path / "a.csv")}
    assert ("France", "Germany", "1890") not in found
    neutral = next(row for key, row in found.items() if {"Iran", "Turkey"} < set(key))
    assert (neutral["sign"], neutral["stance"]) == ("0", "neutral")
    assert "unknown" not in {row["stance"] for row in found.values()}


def test_a_dyad_year_is_the_tie_of_its_last_day(dossier: cordiale.Dossier, tmp_path: Path) -> None:
    dossier.export("dyads-parquet", tmp_path / "a.parquet", since="2006", until="2013-06-01")
    found = parquet.read_table(tmp_path / "a.parquet").to_pylist()
    assert {row["year"] for row in found} <= set(range(2006, 2013))  # the last day of 2013 is yet to come
    for row in found:
        tie = dossier.snapshot(f"{row['year']}-12-31").tie(row["name1"], row["name2"])
        assert (row["stance"], row["sign"], row["claims"]) == (tie.stance, tie.sign, len(tie.claims))
        assert (row["weight"], row["p_friendly"]) == (abs(tie.weight), tie.p_friendly)


def test_dyads_of_everyone_have_empty_codes_and_parquet_says_the_same(
    dossier: cordiale.Dossier, tmp_path: Path
) -> None:
    dossier.export("dyads", tmp_path / "a.csv", everyone=True, since="2006", until="2012")
    dossier.export("dyads-parquet", tmp_path / "a.parquet", everyone=True, since="2006", until="2012")
    text, table = rows(tmp_path / "a.csv"), parquet.read_table(tmp_path / "a.parquet").to_pylist()
    assert [(row["name1"], row["name2"], int(row["year"]), int(row["sign"])) for row in text] == [
        (row["name1"], row["name2"], row["year"], row["sign"]) for row in table
    ]
    (hamas,) = [row for row in table if row["name2"] == "Hamas" and row["year"] == 2006]
    assert (hamas["ccode1"], hamas["ccode2"], hamas["iso3c1"], hamas["iso3c2"]) == (630, None, "IRN", None)
    assert next(row for row in text if row["name2"] == "Hamas")["ccode2"] == ""


def test_a_table_of_ties_has_the_ties_of_its_day(dossier: cordiale.Dossier, tmp_path: Path) -> None:
    snapshot = dossier.snapshot("2012")
    known = {(tie.a, tie.b): tie for tie in snapshot if tie.stance is not Stance.UNKNOWN}
    assert dossier.export("ties", tmp_path / "a.csv", at="2012") == len(known)
    assert dossier.export("ties-parquet", tmp_path / "a.parquet", at="2012") == len(known)
    text, table = rows(tmp_path / "a.csv"), parquet.read_table(tmp_path / "a.parquet").to_pylist()
    assert [(row["a"], row["b"]) for row in text] == [(row["a"], row["b"]) for row in table] == list(known)
    for row, tie in zip(table, known.values(), strict=True):
        assert (row["sign"], row["weight"], row["stance"]) == (tie.sign, abs(tie.weight), tie.stance)
        assert (row["since"], row["at"], row["claims"]) == (tie.since, date(2012, 12, 31), len(tie.claims))
    assert "odd" in {row["a"].strip("~") for row in table} | {row["b"].strip("~") for row in table}


@pytest.mark.parametrize("form", ["ties", "ties-parquet"])
def test_a_table_of_ties_is_the_network_of_the_day(dossier: cordiale.Dossier, tmp_path: Path, form: str) -> None:
    file = tmp_path / ("a.csv" if form == "ties" else "a.parquet")
    dossier.export(form, file, at="2012")
    network = SignedNetwork.of(dossier.snapshot("2012"))
    assert SignedNetwork.of(read_ties(file).at(None)).ties == network.ties


def test_a_snapshot_has_the_same_ties_in_igraph_pajek_and_graphml(dossier: cordiale.Dossier, tmp_path: Path) -> None:
    dossier.export("pajek", tmp_path / "a.net", at="2012", ids=True)
    dossier.export("graphml", tmp_path / "a.graphml", at="2012")
    pajek = networkx.Graph(networkx.read_pajek(tmp_path / "a.net"))
    graphml = networkx.read_graphml(tmp_path / "a.graphml")
    graph = to_igraph(dossier.snapshot("2012"))
    name = graph.vs["name"]
    found = {frozenset((name[one.source], name[one.target])): one["sign"] for one in graph.es}
    assert len(found) > 2
    assert found == {frozenset((a, b)): 1 if w > 0 else -1 for a, b, w in pajek.edges(data="weight")}
    assert found == {frozenset((a, b)): sign for a, b, sign in graphml.edges(data="sign") if sign}


def test_a_map_of_a_day_says_of_which_and_has_no_actor_without_a_tie(dossier: cordiale.Dossier, tmp_path: Path) -> None:
    snapshot = dossier.snapshot("2012", known="2013")
    dossier.export("graphml", tmp_path / "a.graphml", at="2012", known="2013")
    graph = networkx.read_graphml(tmp_path / "a.graphml")
    tied = {end for tie in snapshot if tie.stance is not Stance.UNKNOWN for end in (tie.a, tie.b)}
    assert set(graph) == tied
    assert tied < set(snapshot.actors)
    root = Xml.parse(tmp_path / "a.graphml").getroot()
    assert {"2012-12-31", "2013-12-31"} <= set(root.itertext())
    dossier.export("pajek", tmp_path / "a.net", at="2012", ids=True)
    assert set(networkx.read_pajek(tmp_path / "a.net")) == set(SignedNetwork.of(SignedNetwork.of(snapshot).ties).actors)


def test_spells_of_a_dossier_say_the_sign_of_a_day(dossier: cordiale.Dossier, tmp_path: Path) -> None:
    dossier.export("spells", tmp_path / "a.csv", ids=True)
    table = read_ties(tmp_path / "a.csv")
    for day in ("1890-01-01", "1914-01-01", "1913-12-31", "1970-06-01", "2012-01-01"):
        ties = {frozenset((a, b)): int(w) for a, b, w in SignedNetwork.of(dossier.snapshot(day)).ties}
        assert {frozenset((a, b)): sign for a, b, sign, _ in table.at(date.fromisoformat(day))} == ties


def test_a_stretch_is_cut_to_the_days_that_were_asked_for(dossier: cordiale.Dossier, tmp_path: Path) -> None:
    dossier.export("spells", tmp_path / "a.csv", since="1890", until="1900", ids=True)
    assert rows(tmp_path / "a.csv") == [
        {"from": "germany", "to": "italy", "sign": "1", "begin": "1890-01-01", "end": ""}
    ]


def test_a_tie_ends_with_an_actor_that_ends(dossier: cordiale.Dossier, tmp_path: Path) -> None:
    end = cordiale.catalogue()["yugoslavia"].held.end
    assert end is not None
    dossier.export("spells", tmp_path / "a.csv")
    (tie,) = [row for row in rows(tmp_path / "a.csv") if "Yugoslavia" in row.values()]
    assert date.fromisoformat(tie["end"]) <= end
    dossier.export("dyads", tmp_path / "b.csv")
    assert not [
        row for row in rows(tmp_path / "b.csv") if row["name2"] == "Yugoslavia" and int(row["year"]) >= end.year
    ]


def test_a_day_before_an_actor_ends_knows_nothing_of_its_end(dossier: cordiale.Dossier, tmp_path: Path) -> None:
    dossier.export("spells", tmp_path / "a.csv", until="1946")
    (tie,) = [row for row in rows(tmp_path / "a.csv") if "Yugoslavia" in row.values()]
    assert tie["end"] == ""


def test_what_was_not_known_is_not_written(dossier: cordiale.Dossier, tmp_path: Path) -> None:
    for form in FORMATS:
        assert dossier.export(form, tmp_path / form, known="2012") == 0
        assert dossier.export(form, tmp_path / form, known="2013") > 0


@pytest.mark.parametrize("form", FORMATS)
def test_names_of_any_kind_are_data_in_every_format(dossier: cordiale.Dossier, tmp_path: Path, form: str) -> None:
    file = tmp_path / f"a.{form}"
    assert dossier.export(form, file, **({"everyone": True} if form.startswith("dyads") else {})) > 0
    if form in ("gexf", "graphml"):
        texts = [*Xml.parse(file).getroot().itertext(), *(node.get("label") for node in Xml.parse(file).iter())]
        assert ODD in texts
    elif form in BINARY:
        table = parquet.read_table(file).to_pylist()
        assert any(ODD in row.values() for row in table)
    elif form.startswith("pajek"):
        assert "\"Ha'mas 'of' <the> & 哈马斯/ حماس\"" in file.read_text("utf-8-sig")
    elif form != "jsonl":
        assert any(ODD in row.values() for row in rows(file))


@pytest.mark.parametrize("form", FORMATS)
def test_an_empty_dossier_makes_an_empty_file(empty: cordiale.Dossier, tmp_path: Path, form: str) -> None:
    assert empty.export(form, tmp_path / "a.out") == 0
    assert (tmp_path / "a.out").exists()


@pytest.mark.parametrize("form", (*TIE_FORMATS, *COURSE_FORMATS))
def test_nothing_is_written_of_days_before_everything(dossier: cordiale.Dossier, tmp_path: Path, form: str) -> None:
    day = "at" if form in TIE_FORMATS else "until"
    assert dossier.export(form, tmp_path / "a", **{day: "1816"}) == 0


@pytest.mark.parametrize("form", FORMATS)
def test_the_same_dossier_makes_the_same_file(dossier: cordiale.Dossier, tmp_path: Path, form: str) -> None:
    files = [tmp_path / name for name in ("a", "b")]
    for file in files:
        dossier.export(form, file)
    assert files[0].read_bytes() == files[1].read_bytes()


@pytest.mark.parametrize(
    ("form", "which", "told"),
    [
        *((form, {"at": "2012"}, f"a day for {form}, which takes ties over time") for form in COURSE_FORMATS),
        *((form, {"at": "2012"}, f"a day for {form}, which takes all claims") for form in CLAIM_FORMATS),
        *((form, {"since": "2012"}, f"the beginning of a stretch for {form}") for form in TIE_FORMATS),
        ("csv", {"until": "2012"}, "the end of a stretch for csv, which takes all claims"),
        ("gexf", {"everyone": True}, "write one that takes it: dyads, dyads-parquet"),
        ("ties", {"ids": True}, "ids for names for ties"),
        ("spells", {"since": "2012", "until": "2010"}, "give the earlier day first"),
        ("gexf", {"since": "soon"}, "write YYYY"),
    ],
)
def test_an_option_that_a_format_does_not_take_is_refused_and_nothing_written(
    dossier: cordiale.Dossier, tmp_path: Path, form: str, which: dict[str, object], told: str
) -> None:
    with pytest.raises(InvalidValue, match=told):
        dossier.export(form, tmp_path / "out", **which)
    assert not (tmp_path / "out").exists()


def test_an_export_that_cannot_be_written_names_the_file(dossier: cordiale.Dossier, tmp_path: Path) -> None:
    with pytest.raises(UnknownName, match="did you mean 'gexf'"):
        dossier.export("gexff", tmp_path / "a")
    for form in FORMATS:
        with pytest.raises(ExportError, match="no such file or directory"):
            dossier.export(form, tmp_path / "no" / "a")
        with pytest.raises(ExportError, match="the dossier itself"):
            dossier.export(form, tmp_path / "a.dossier")


@pytest.mark.parametrize("day", ["1890-01-01", "1914-06-01", "1963-01-01", "2009-12-31", "2012-01-01"])
def test_gexf_says_the_stance_of_a_day_and_no_less_than_its_strength(
    dossier: cordiale.Dossier, tmp_path: Path, day: str
) -> None:
    dossier.export("gexf", tmp_path / "a.gexf")
    graph = networkx.read_gexf(tmp_path / "a.gexf")
    found = {}
    for a, b, data in graph.edges(data=True):
        for (stance, start, end), (strength, *_) in zip(data["stance"], data["strength"], strict=True):
            if start <= day and (end == "None" or day <= end):
                found[tuple(sorted((a, b)))] = (stance, strength)
    ties = {(tie.a, tie.b): tie for tie in dossier.snapshot(day) if tie.stance is not Stance.UNKNOWN}
    assert {ends: stance for ends, (stance, _) in found.items()} == {ends: tie.stance for ends, tie in ties.items()}
    assert all(found[ends][1] >= abs(tie.weight) - 1e-5 for ends, tie in ties.items())
    assert ties
