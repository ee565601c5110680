"""Parts of a map and what-if: the members of a bloc, what is certain enough, and data that say what a page shows."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from lxml import html
from starlette.testclient import TestClient

import cordiale
from cordiale.networks import Supposed
from cordiale.web import create_app

NOW = datetime(2013, 1, 1, tzinfo=UTC)
ARTICLE = """Turkey, NATO and Russia

In 2010 Turkey was an ally of Germany. In 2010 Hungary was an ally of Turkey. In 2010 Turkey was an ally of Qatar.
In 2010 Russia opposed Turkey. In 2010 Russia opposed Germany. In 2010 Hungary was an ally of Germany.
"""


@pytest.fixture(scope="module")
def dossier(tmp_path_factory: pytest.TempPathFactory) -> Iterator[cordiale.Dossier]:
    folder = tmp_path_factory.mktemp("blocs")
    (folder / "a.txt").write_text(ARTICLE, encoding="utf-8")
    with cordiale.open(folder / "a.dossier", clock=lambda: NOW) as found:
        found.read(folder / "a.txt", jobs=1)
        yield found


@pytest.fixture
def client(dossier: cordiale.Dossier) -> TestClient:
    return TestClient(create_app(dossier, hosts=()), raise_server_exceptions=False)


def pairs(client: TestClient, address: str) -> set[tuple[str, str]]:
    return {(tie["name_a"], tie["name_b"]) for tie in client.get(address).json()["ties"]}


def rows(client: TestClient, address: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(client.get(address).text)))


@pytest.mark.parametrize(
    "path",
    [
        "/?at=2010", "/map?at=2010", "/map?at=2010&focus=Qatar&min=0.1&shape=matrix", "/map?at=2010&bloc=NATO",
        "/actors?at=2010", "/actor/turkey?at=2010", "/blocs?at=2010", "/balance?at=2010", "/search?at=2010&q=e",
        "/what-if?at=2010&a=Russia&b=Turkey", "/what-if?at=2010&a=Turkey&leaves=NATO", "/review?at=2010&by=Ann",
        "/sources?at=2010",
    ],
)  # fmt: skip
def test_every_page_is_data_at_the_addresses_that_it_says(client: TestClient, path: str) -> None:
    page = html.fromstring(client.get(path).text)
    links = page.xpath("//nav[@aria-label='Data of this page']/a/@href")
    assert [link.split("?")[0].rpartition(".")[2] for link in links] == ["json", "csv"]
    data, table = (client.get(link) for link in links)
    assert (data.status_code, table.status_code) == (200, 200)
    assert data.headers["content-type"] == "application/json"
    assert table.headers["content-type"].startswith("text/csv")
    assert data.json()
    assert "," in table.text.partition("\r\n")[0]


def test_a_map_among_the_members_of_a_bloc_has_no_others(client: TestClient) -> None:
    found = pairs(client, "/map.json?at=2010&bloc=NATO")
    assert found == {("Germany", "Turkey"), ("Hungary", "Turkey"), ("Germany", "Hungary")}
    assert len(rows(client, "/map.csv?at=2010&bloc=NATO")) == len(found)
    for shape in ("graph", "matrix"):
        page = html.fromstring(client.get(f"/map?at=2010&bloc=NATO&shape={shape}").text)
        ties = set(page.xpath("//*[contains(@class, 'figure')]//*[@data-tie]/@data-tie"))
        assert ties == {"germany turkey", "hungary turkey", "germany hungary"}
        assert "members of NATO on 2010-12-31" in page.text_content()
    course = client.get("/map/course.json?at=2010&bloc=NATO").json()
    assert set(course["ties"]) == {"germany turkey", "hungary turkey", "germany hungary"}


def test_the_data_of_a_map_are_those_that_it_shows(client: TestClient) -> None:
    everything = pairs(client, "/map.json?at=2010")
    assert pairs(client, "/map.json?at=2010&focus=Qatar") == {("Qatar", "Turkey")} < everything
    sure = client.get("/map.json?at=2010").json()["ties"]
    least = sorted(tie["certainty"] for tie in sure)[-1]
    assert pairs(client, f"/map.json?at=2010&min={least}") < everything


@pytest.mark.parametrize("name", ["Hamas", "Atlantis", "Warsaw Pact"])
def test_a_bloc_without_members_on_a_day_is_refused_with_what_to_do(client: TestClient, name: str) -> None:
    page = client.get(f"/map?at=2010&bloc={name}")
    assert page.status_code in {400, 404}
    assert name in page.text


def test_who_leaves_a_bloc_loses_its_friendly_ties_to_members_and_no_other(
    client: TestClient, dossier: cordiale.Dossier
) -> None:
    snapshot = dossier.snapshot("2010")
    left = snapshot.leaving("Turkey", "NATO")
    assert {(one.a, one.b, one.sign) for one in left} == {("germany", "turkey", 0), ("hungary", "turkey", 0)}
    told = client.get("/what-if.json?at=2010&a=Turkey&leaves=NATO").json()
    assert {(one["a"], one["b"]) for one in told["supposed"]} == {(one.a, one.b) for one in left}
    then = snapshot.what_if(("Germany", "Turkey"), ("Hungary", "Turkey"), sign=0)
    assert (told["now"], told["then"]) == (then.now.value, then.then.value)
    page = client.get("/what-if?at=2010&a=Turkey&leaves=NATO").text
    assert "If Turkey left NATO on 2010-12-31, frustration would" in html.fromstring(page).text_content()
    assert all(isinstance(one, Supposed) for one in left)


@pytest.mark.parametrize(("actor", "bloc"), [("Russia", "NATO"), ("Turkey", "Qatar"), ("Qatar", "NATO")])
def test_who_is_no_member_cannot_leave(client: TestClient, actor: str, bloc: str) -> None:
    page = client.get(f"/what-if?at=2010&a={actor}&leaves={bloc}")
    assert page.status_code == 400
    assert "name one who is a member on 2010-12-31" in page.text


def test_what_if_turned_ties_are_rows(client: TestClient) -> None:
    asked = "at=2010&a=Qatar&b=Russia&sign=friendly"
    told = client.get(f"/what-if.json?{asked}").json()
    found = [(row["change"], row["a"], row["b"]) for row in rows(client, f"/what-if.csv?{asked}")]
    assert found == [
        *(("relieved", a, b) for a, b in told["relieved"]), *(("strained", a, b) for a, b in told["strained"])
    ]  # fmt: skip
    assert client.get("/what-if.json?at=2010&a=Qatar").status_code == 400


def test_a_search_and_a_reviewers_queue_are_data(client: TestClient, dossier: cordiale.Dossier) -> None:
    found = client.get("/search.json?at=2010&q=Turkey+and+Germany").json()["found"]
    kinds = {(row["kind"], row["name"]) for row in found}
    assert ("tie", "Turkey and Germany") in kinds or ("tie", "Germany and Turkey") in kinds
    assert all(client.get(row["address"]).status_code == 200 for row in found)
    assert client.get("/search.json?at=2010&q=Turkey").json()["found"][0]["id"] == "turkey"
    queue = client.get("/review.json?by=Ann").json()
    assert (queue["left"], queue["precision"]) == (len(queue["claims"]), None)
    assert {claim["id"] for claim in queue["claims"]} == {claim.id for claim in dossier.claims()}
    assert [row["id"] for row in rows(client, "/review.csv?by=Ann")] == [claim["id"] for claim in queue["claims"]]
