"""Networks for other programs: what is written is read back by readers of their own."""

from __future__ import annotations

import builtins
import io
from collections.abc import Callable
from itertools import combinations
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import igraph
import networkx
import pytest
from export_makers import IDS, ODD, actors, names, networks, rows, written
from hypothesis import given
from hypothesis import strategies as st
from pyarrow import parquet

from cordiale.datasets import read_ties
from cordiale.errors import MissingExtra, UnknownName
from cordiale.exports import export_ties
from cordiale.exports.graphml import write_graphml
from cordiale.exports.igraph import to_igraph
from cordiale.exports.pajek import write_pajek
from cordiale.networks import SignedNetwork


def pajek(network: SignedNetwork, named: dict[str, str]) -> bytes:
    out = io.BytesIO()
    assert write_pajek(network, named, out) == len(network)
    return out.getvalue()


def ties_of(graph: networkx.Graph) -> dict[frozenset[str], float]:
    return {frozenset((a, b)): data.get("sign", 1) * data["weight"] for a, b, data in graph.edges(data=True)}


def expected(network: SignedNetwork, named: dict[str, str]) -> dict[frozenset[str], float]:
    return {frozenset((named.get(a, a), named.get(b, b))): weight for a, b, weight in network.ties}


@given(networks())
def test_a_network_comes_back_from_networkx(network: SignedNetwork) -> None:
    graph = network.to_networkx()
    assert all(data["weight"] > 0 for *_, data in graph.edges(data=True))
    back = SignedNetwork.of(graph, weighted=True)
    assert back.ties == network.ties
    assert tuple(graph) == network.actors


@given(networks())
def test_igraph_has_the_same_ties_with_sign_and_absolute_weight(network: SignedNetwork) -> None:
    graph = to_igraph(network)
    assert isinstance(graph, igraph.Graph)
    assert (graph.vs["name"] if graph.vcount() else []) == list(network.actors)
    assert not graph.is_directed()
    ends = [(graph.vs[edge.source]["name"], graph.vs[edge.target]["name"]) for edge in graph.es]
    found = [(a, b, edge["sign"] * edge["weight"]) for (a, b), edge in zip(ends, graph.es, strict=True)]
    assert found == network.ties
    assert all(edge["sign"] in (-1, 1) and edge["weight"] > 0 for edge in graph.es)


@pytest.mark.parametrize(
    ("missing", "write"),
    [
        ("igraph", lambda network, _: to_igraph(network)),
        ("pyarrow", lambda network, file: export_ties(network, "ties-parquet", str(file))),
    ],
)
def test_a_package_that_is_not_installed_is_named_with_its_extra(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, missing: str, write: Callable[[Any, Path], Any]
) -> None:
    usual = builtins.__import__

    def without(name: str, *rest: Any, **named: Any) -> Any:
        if name.partition(".")[0] == missing:
            raise ImportError(name)
        return usual(name, *rest, **named)

    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(MissingExtra, match=rf"{missing}; install it with: pip install 'cordiale\["):
        write(SignedNetwork.of([("a", "b", 1)]), tmp_path / "a")
    assert list(tmp_path.iterdir()) == []


@given(networks(), st.dictionaries(st.sampled_from(IDS), written))
def test_a_network_comes_back_from_graphml(network: SignedNetwork, named: dict[str, str]) -> None:
    out = io.BytesIO()
    assert write_graphml(network, actors(**named), out) == len(network)
    out.seek(0)
    graph = networkx.read_graphml(out)
    assert ties_of(graph) == expected(network, {})
    assert all(data["sign"] in (-1, 1) for *_, data in graph.edges(data=True))
    assert {node: data["name"] for node, data in graph.nodes(data=True)} == {
        actor: named.get(actor, actor) for actor in network.actors
    }


@given(names)
def test_graphml_can_be_read_whatever_an_actor_is_called(name: str) -> None:
    out = io.BytesIO()
    write_graphml(SignedNetwork.of([(name, "b" + name, -1)]), actors(iran=name), out)
    out.seek(0)
    assert networkx.read_graphml(out).number_of_edges() == 1


@given(networks(), st.dictionaries(st.sampled_from(IDS), written))
def test_a_network_comes_back_from_pajek_by_the_reader_of_networkx(
    network: SignedNetwork, named: dict[str, str]
) -> None:
    labels = {key: " ".join(name.replace('"', "'").replace("\\", "/").split()) for key, name in named.items()}
    called = [labels.get(actor, actor) for actor in network.actors]
    if len(set(called)) == len(called):
        text = pajek(network, named).decode("utf-8-sig")
        graph = networkx.Graph(networkx.parse_pajek(text.replace("\r\n", "\n")))
        assert list(graph) == called
        assert ties_of(graph) == pytest.approx(expected(network, labels))


@given(networks())
def test_a_network_comes_back_from_pajek_by_the_reader_of_igraph(network: SignedNetwork) -> None:
    with TemporaryDirectory() as folder:
        Path(folder, "a.net").write_bytes(pajek(network, {}))
        graph = igraph.Graph.Read_Pajek(f"{folder}/a.net")
    found = {(edge.source, edge.target): edge["weight"] for edge in graph.es}
    expected = {(a, b): w for (a, b), w in zip(network.ends.tolist(), network.weights.tolist(), strict=True)}
    assert found == pytest.approx(expected)
    assert graph.vcount() == len(network.actors)


@given(st.lists(names, min_size=2, max_size=4))
def test_a_label_of_pajek_is_one_line_in_one_pair_of_quotes_and_no_other_s(called: list[str]) -> None:
    network = SignedNetwork.of([(a, b, 1) for a, b in combinations(IDS[: len(called)], 2)])
    text = pajek(network, dict(zip(IDS, called, strict=False))).decode("utf-8-sig")
    lines = text.split("\r\n")[1 : len(called) + 1]
    assert all(line.count('"') == 2 and len(line.splitlines()) == 1 and "\\" not in line for line in lines)
    assert len({line.split(" ", 1)[1] for line in lines}) == len(called)


def test_only_a_pajek_file_beyond_ascii_begins_with_the_mark_of_utf_8() -> None:
    network = SignedNetwork.of([("iran", "syria", -1)])
    assert pajek(network, {}).startswith(b"*Vertices 2\r\n")
    assert pajek(network, {"iran": "ایران"}).startswith(b"\xef\xbb\xbf*Vertices 2\r\n")


def test_a_table_of_a_network_is_read_as_a_table_of_ties(tmp_path: Path) -> None:
    network = SignedNetwork.of([("iran", "israel", -1, 0.5), ("iran", "syria", 1, 0.25)], weighted=True)
    assert export_ties(network, "ties", str(tmp_path / "a.csv"), actors=actors(iran=ODD)) == 2
    assert export_ties(network, "ties-parquet", str(tmp_path / "a.parquet"), actors=actors(iran=ODD)) == 2
    for file in ("a.csv", "a.parquet"):
        assert SignedNetwork.of(read_ties(tmp_path / file).at(None), weighted=True).ties == network.ties
    assert [row["name_a"] for row in rows(tmp_path / "a.csv")] == [ODD, ODD]
    assert rows(tmp_path / "a.csv")[0]["certainty"] == ""


def test_what_steers_a_terminal_is_shown_as_an_escape_in_tables(tmp_path: Path) -> None:
    network, odd = SignedNetwork.of([("iran", "israel", -1)]), actors(iran="A\x1b[2J\ud800\u202e")
    export_ties(network, "ties", str(tmp_path / "a.csv"), actors=odd)
    export_ties(network, "ties-parquet", str(tmp_path / "a.parquet"), actors=odd)
    (row,) = parquet.read_table(tmp_path / "a.parquet").to_pylist()
    assert rows(tmp_path / "a.csv")[0]["name_a"] == row["name_a"] == r"A\x1b[2J\ud800\u202e"


@pytest.mark.parametrize("form", ["graphml", "pajek", "ties", "ties-parquet"])
def test_an_empty_network_is_written_and_read(tmp_path: Path, form: str) -> None:
    file = tmp_path / "a"
    assert export_ties(SignedNetwork.of([]), form, str(file)) == 0
    assert file.stat().st_size > 0
    if form == "graphml":
        assert len(networkx.read_graphml(file)) == 0
    if form == "pajek":
        assert file.read_text("ascii") == "*Vertices 0\n*Edges\n"


def test_a_format_of_ties_that_is_none_suggests_the_near_one(tmp_path: Path) -> None:
    with pytest.raises(UnknownName, match="did you mean 'pajek'"):
        export_ties(SignedNetwork.of([]), "pajeck", str(tmp_path / "a"))
