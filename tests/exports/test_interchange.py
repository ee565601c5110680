"""Networks and ties over time for other programs: what is written is read back by readers of their own."""

from __future__ import annotations

import csv
import io
from datetime import UTC, date, datetime
from itertools import pairwise
from pathlib import Path
from xml.etree import ElementTree as Xml

import igraph
import networkx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyarrow import parquet

import cordiale
from cordiale.claims import Actor, Citation, Claim, Kind, Origin
from cordiale.datasets import read_ties
from cordiale.errors import InvalidValue, UnknownName
from cordiale.exports.gexf import write_gexf
from cordiale.exports.histories import Node, Stretch, TieCourse
from cordiale.exports.igraph import to_igraph
from cordiale.exports.pajek import write_pajek
from cordiale.exports.spells import signed, write_spells
from cordiale.networks import SignedNetwork
from cordiale.periods import Period
from cordiale.relations import relation

NOW = datetime(2013, 6, 1, 12, tzinfo=UTC)
names = st.text(min_size=1, max_size=12).filter(lambda text: text.strip())
weights = st.floats(0.01, 1).map(lambda w: round(w, 4))


@st.composite
def networks(draw: st.DrawFn) -> SignedNetwork:
    pairs = draw(st.dictionaries(st.sampled_from(["ab", "ac", "bc", "cd", "ad"]), st.tuples(
        st.sampled_from([-1, 1]), weights)))  # fmt: skip
    return SignedNetwork.of([(*pair, sign, weight) for pair, (sign, weight) in pairs.items()], weighted=True)


@given(networks())
def test_graphs_of_networkx_and_igraph_have_the_same_ties(network: SignedNetwork) -> None:
    back = SignedNetwork.of(network.to_networkx(), weighted=True)
    assert (back.actors, back.ties) == (network.actors, network.ties)
    graph = to_igraph(network)
    assert graph.vs["name"] == list(network.actors) if network.actors else graph.vcount() == 0
    ties = [
        (graph.vs[edge.source]["name"], graph.vs[edge.target]["name"], edge["sign"] * edge["weight"])
        for edge in graph.es
    ]
    assert ties == network.ties
    assert isinstance(graph, igraph.Graph)


@given(networks(), st.dictionaries(st.sampled_from("abcd"), names))
def test_pajek_has_every_tie_with_its_signed_value(network: SignedNetwork, named: dict[str, str]) -> None:
    out = io.BytesIO()
    assert write_pajek(network, named, out) == len(network)
    lines = out.getvalue().decode("utf-8-sig").split("\r\n")
    count = len(network.actors)
    assert lines[0] == f"*Vertices {count}"
    assert all(line.count('"') == 2 and "\n" not in line for line in lines[1 : count + 1])
    ties = [line.split() for line in lines[count + 2 :] if line]
    assert [
        (network.actors[int(a) - 1], network.actors[int(b) - 1], float(w)) for a, b, w in ties
    ] == network.ties  # fmt: skip


def test_pajek_is_read_by_networkx(tmp_path: Path) -> None:
    network = SignedNetwork.of([("a", "b", -1, 0.5), ("b", "c", 1, 0.25)], weighted=True)
    with (tmp_path / "a.net").open("wb") as out:
        write_pajek(network, {"a": 'The "A" Team'}, out)
    graph = networkx.Graph(networkx.read_pajek(tmp_path / "a.net", encoding="utf-8-sig"))
    assert {(a, b): data["weight"] for a, b, data in graph.edges(data=True)} == {
        ("The 'A' Team", "b"): -0.5, ("b", "c"): 0.25,
    }  # fmt: skip


days = st.dates(date(1900, 1, 1), date(2020, 1, 1))


@st.composite
def courses(draw: st.DrawFn) -> TieCourse:
    turns = sorted(draw(st.sets(days, min_size=2, max_size=5)))
    signs = draw(st.lists(st.sampled_from([-1, 0, 1]), min_size=len(turns), max_size=len(turns)))
    stretches = [
        Stretch(start=start, end=end, sign=sign, stance="friendly")
        for start, end, sign in zip(turns, [*turns[1:], None], signs, strict=True)
    ]
    return TieCourse(a="a", b="b", names=(draw(names), draw(names)), weight=0.5, episodes=tuple(stretches))


@given(courses())
def test_spells_say_the_sign_of_each_day(tie: TieCourse) -> None:
    for episode in tie.episodes:
        found = [
            sign for sign, begin, end in signed(tie) if begin <= episode.start and (end is None or episode.start < end)
        ]
        assert found == ([episode.sign] if episode.sign else [])
    stretches = list(signed(tie))
    for one, other in pairwise(stretches):
        assert one[0] != other[0] or one[2] != other[1]


@given(courses())
def test_gexf_has_one_edge_a_tie_and_a_spell_an_episode(tie: TieCourse) -> None:
    out = io.BytesIO()
    nodes = [Node(id=key, name=name, kind="state") for key, name in zip("ab", tie.names, strict=True)]
    assert write_gexf(nodes, [tie], out) == 1
    space = "{http://gexf.net/1.3}"
    root = Xml.fromstring(out.getvalue())
    (edge,) = root.iter(f"{space}edge")
    assert float(edge.get("weight", "0")) == 0.5
    spells = [(spell.get("start"), spell.get("end")) for spell in edge.iter(f"{space}spell")]
    assert [start for start, _ in spells] == [episode.start.isoformat() for episode in tie.episodes]
    assert spells[-1][1] is None
    values = [value.get("value") for value in edge.iter(f"{space}attvalue") if value.get("for") == "sign"]
    assert values == [str(episode.sign) for episode in tie.episodes]


def test_gexf_is_read_by_networkx(tmp_path: Path) -> None:
    tie = TieCourse(a="a", b="b", names=("A & <B>", "B"), weight=0.5, episodes=(
        Stretch(start=date(2000, 1, 1), end=date(2001, 1, 1), sign=1, stance="friendly"),
        Stretch(start=date(2001, 1, 1), end=None, sign=-1, stance="hostile")))  # fmt: skip
    with (tmp_path / "a.gexf").open("wb") as out:
        write_gexf([Node(id="a", name="A & <B>", kind="state"), Node(id="b", name="B\0", kind="state")], [tie], out)
    text = (tmp_path / "a.gexf").read_text("utf-8").replace("http://gexf.net/1.3", "http://www.gexf.net/1.2draft")
    (tmp_path / "b.gexf").write_text(text.replace('version="1.3"', 'version="1.2"'), encoding="utf-8")
    graph = networkx.read_gexf(tmp_path / "b.gexf")
    assert graph.nodes["a"]["label"] == "A & <B>"
    assert graph.edges["a", "b"]["sign"] == [(1, "2000-01-01", "2000-12-31"), (-1, "2001-01-01", "None")]


def test_spells_come_back_through_the_reader_of_tables(tmp_path: Path) -> None:
    tie = TieCourse(a="a", b="b", names=("=1+1", "Côte d'Ivoire"), weight=0.5, episodes=(
        Stretch(start=date(2000, 5, 1), end=date(2001, 1, 1), sign=1, stance="friendly"),
        Stretch(start=date(2001, 1, 1), end=None, sign=-1, stance="hostile")))  # fmt: skip
    with (tmp_path / "a.csv").open("wb") as out:
        assert write_spells([tie], out) == 2
    table = read_ties(tmp_path / "a.csv")
    assert [row[2] for row in table.at(date(2000, 12, 31))] == [1]
    assert [row[2] for row in table.at(date(2001, 1, 1))] == [-1]
    assert table.at(date(2000, 4, 30)) == []
    assert table.actors == ("'=1+1", "Côte d'Ivoire")  # no spreadsheet takes it for a formula


# --- from a dossier ---


def claim(a: str, kind: str, b: str, start: str, end: str | None = None) -> Claim:
    return Claim(
        subject=a, relation=relation(kind), object=b, sign=relation(kind).sign, reader="hand",
        evidence=Citation(dataset="notes", version="1", row=f"{a} {kind} {b}"), held=Period.parse(start, end),
        published=date(2013, 1, 1),
    )  # fmt: skip


@pytest.fixture
def dossier(tmp_path: Path):  # type: ignore[no-untyped-def]
    with cordiale.open(tmp_path / "a.dossier", clock=lambda: NOW) as found:
        claims = [
            claim("germany", "ally_of", "italy", "1882", "1915"), claim("germany", "fights", "france", "1914", "1919"),
            claim("germany", "ally_of", "france", "1963"), claim("hamas", "ally_of", "iran", "2006"),
            claim("yugoslavia", "rivals", "italy", "1945"), claim("~a-b", "rivals", "iran", "2010"),
        ]  # fmt: skip
        shipped = cordiale.catalogue()
        odd = Actor(id="~a-b", kind=Kind.ARMED_GROUP, name='The "A" &\n<B>', origin=Origin.PROVISIONAL)
        cast = {end for one in claims for end in (one.subject, one.object)} - {"~a-b"}
        found.store.add_claims(claims, [*(shipped[key] for key in cast), odd])
        yield found


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_dyads_have_the_codes_of_their_year_the_lower_one_first(dossier: cordiale.Dossier, tmp_path: Path) -> None:
    assert dossier.export("dyads", tmp_path / "a.csv") == len(rows(tmp_path / "a.csv"))
    found = {(row["ccode1"], row["ccode2"], row["year"]): row for row in rows(tmp_path / "a.csv")}
    assert found["220", "260", "1970"]["sign"] == "1"
    assert found["220", "255", "1916"]["sign"] == "-1"
    assert found["220", "255", "2012"]["iso3c2"] == "DEU"
    assert ("255", "325", "1913") in found
    assert ("325", "345", "2010") not in found  # Yugoslavia was no more
    assert not any(row["name1"] == "Hamas" for row in found.values())
    assert ("220", "255", "1890") not in found  # nothing is known, which is not 0


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
    assert {row["year"] for row in table} <= set(range(2006, 2013))


@pytest.mark.parametrize("form", ["gexf", "spells", "dyads", "graphml", "pajek"])
def test_names_of_any_kind_are_data_in_every_format(dossier: cordiale.Dossier, tmp_path: Path, form: str) -> None:
    file = tmp_path / f"a.{form}"
    more = {"everyone": True} if form == "dyads" else {}
    assert dossier.export(form, file, **more) > 0
    if form in ("gexf", "graphml"):
        text = "".join(Xml.parse(file).getroot().itertext()) + file.read_text("utf-8")
        assert "&lt;B&gt;" in text
    else:
        assert "<B>" in file.read_text("utf-8-sig")


@pytest.mark.parametrize("form", ["gexf", "spells", "dyads", "dyads-parquet", "graphml", "pajek"])
def test_an_empty_dossier_makes_an_empty_file_that_can_be_read(tmp_path: Path, form: str) -> None:
    with cordiale.open(tmp_path / "b.dossier", clock=lambda: NOW) as empty:
        assert empty.export(form, tmp_path / "a.out") == 0
    assert (tmp_path / "a.out").stat().st_size > 0


def test_a_tie_ends_with_an_actor_that_ends(dossier: cordiale.Dossier, tmp_path: Path) -> None:
    dossier.export("spells", tmp_path / "a.csv")
    (tie,) = [row for row in rows(tmp_path / "a.csv") if "Yugoslavia" in row.values()]
    assert tie["end"] == cordiale.catalogue()["yugoslavia"].held.end_text


def test_options_that_a_format_does_not_take_are_refused(dossier: cordiale.Dossier, tmp_path: Path) -> None:
    with pytest.raises(InvalidValue, match="a day for gexf"):
        dossier.export("gexf", tmp_path / "a", at="2012")
    with pytest.raises(InvalidValue, match="a stretch of time for pajek"):
        dossier.export("pajek", tmp_path / "a", since="2012")
    with pytest.raises(InvalidValue, match="ends before it begins"):
        dossier.export("spells", tmp_path / "a", since="2012", until="2010")
    with pytest.raises(UnknownName, match="did you mean 'gexf'"):
        dossier.export("gexff", tmp_path / "a")
    assert not (tmp_path / "a").exists()
