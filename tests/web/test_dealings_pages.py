"""What two did, beside what is said of them: pages and data of an archive of events."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from lxml import html
from starlette.testclient import TestClient
from stream_makers import gdelt, taken, written

import cordiale
from cordiale.documents import ReadOptions
from cordiale.dossier.divergence import divergences
from cordiale.dossier.layers import layers, treaties
from cordiale.events import Archive
from cordiale.events.behaviour import behaviour
from cordiale.web import create_app

NOW = datetime(2020, 1, 1, tzinfo=UTC)
EVIL = "javascript:alert(1)//<script>"


@pytest.fixture
def client(tmp_path: Path) -> Iterator[TestClient]:
    (tmp_path / "a.txt").write_text(
        "The United States is an ally of Canada. Iran is an ally of Syria.", encoding="utf-8"
    )
    (tmp_path / "cow.csv").write_text(
        "version4id,ccode1,state_name1,ccode2,state_name2,dyad_st_day,dyad_st_month,dyad_st_year,dyad_end_day,"
        "dyad_end_month,dyad_end_year,left_censor,right_censor,defense,neutrality,nonaggression,entente\n"
        "2,2,US,20,Canada,4,4,1949,31,12,2012,0,1,1,0,1,1\n",
        encoding="utf-8",
    )
    quiet = [gdelt("USA", "CAN", day=f"2018{month:02}03", code="057", score="8.0", quad="1") for month in range(1, 13)]
    loud = [gdelt("CAN", "USA", day=f"2019{month:02}{day:02}", url=EVIL if day == 5 else None)
            for month in range(1, 13) for day in (3, 4, 5)]  # fmt: skip
    with cordiale.open(tmp_path / "a.dossier", clock=lambda: NOW) as dossier, Archive(tmp_path / "archive") as archive:
        dossier.read(tmp_path / "a.txt", jobs=1, options=ReadOptions(published=date(2019, 6, 1)))
        dossier.load("cow-alliances", tmp_path / "cow.csv")
        taken(archive, written(tmp_path, "e.csv", [*quiet, *loud]))
        yield TestClient(create_app(dossier, hosts=(), archive=archive), raise_server_exceptions=False)


def test_pairs_that_part_say_what_treaties_agree_of_them(tmp_path: Path, client: TestClient) -> None:
    assert client
    at = date(2019, 12, 31)
    with cordiale.open(tmp_path / "a.dossier", clock=lambda: NOW) as dossier, Archive(tmp_path / "archive") as archive:
        snapshot = dossier.snapshot(at)
        agreed = treaties(dossier, snapshot)
        assert agreed is not None
        (found,) = divergences(snapshot, behaviour(archive, at, stream="gdelt2"), treaties=agreed)
        assert (found.a, found.b, found.opposed) == ("canada", "united-states", True)
        beside = layers(dossier, dossier.tie("Canada", "United States", at), archive)
        assert found.agreed is not None and beside.agreed is not None
        assert found.agreed.weight == beside.agreed.weight > 0
        assert found.value == beside.apart("gdelt2") > 0.3
    with cordiale.open(tmp_path / "other.dossier") as other:
        assert treaties(other, other.snapshot(at)) is None


def text(page: str) -> str:
    return " ".join(html.fromstring(page).text_content().split())


def test_an_ally_that_shoots_is_seen_in_three_layers_none_of_which_corrects_another(client: TestClient) -> None:
    found = client.get("/events/canada/united-states.json?at=2019-12-31").json()
    layers = {(row["layer"], row["by"]): row for row in found["layers"]}
    assert list(layers) == [("said", None), ("agreed", None), ("done", "gdelt2")]
    assert layers["said", None]["weight"] > 0.3 and layers["agreed", None]["weight"] > 0
    assert layers["done", "gdelt2"]["weight"] < -0.5 and layers["done", "gdelt2"]["apart"] > 0.3
    assert client.get("/tie/canada/united-states.json?at=2019-12-31").json()["layers"] == found["layers"]
    page = text(client.get("/tie/canada/united-states?at=2019-12-31").text)
    assert "Said, agreed, done" in page and "1 of treaties, in datasets" in page and "gdelt2" in page
    faded = client.get("/tie/canada/united-states.json?at=2025-12-31").json()["layers"][-1]
    assert (faded["layer"], faded["weight"], faded["apart"]) == ("done", None, None)
    assert "too few to say" in text(client.get("/tie/canada/united-states?at=2025-12-31").text)
    other = text(client.get("/tie/iran/syria?at=2019-12-31").text)
    assert "no treaty in a dataset" in other and "no event of the two" in other


def test_the_page_of_two_in_events_tells_each_shift_with_its_stories_and_leads_nowhere_unsafe(
    client: TestClient,
) -> None:
    page = client.get("/events/united-states/canada?at=2019-12-31")
    assert page.status_code == 200
    root = html.fromstring(page.text)
    assert "Between 2018-12-01 and 2019-01-01" in text(page.text) and "Reports, not events" in text(page.text)
    assert "told 3 times https://example.org/" in text(page.text)
    assert all(link.startswith(("/", "#", "https://", "http://")) for link in root.xpath("//a/@href"))
    assert "<script>" not in page.text.replace("<script ", "") and EVIL.partition("<")[0] in text(page.text)
    assert root.xpath("//*[local-name()='svg']//*[contains(@aria-label, 'Events of gdelt2')]")
    found = client.get("/events/united-states/canada.json?at=2019-12-31").json()
    assert [row["day"] for row in found["shifts"]] == ["2019-01-01"] and len(found["events"]) == 20
    rows = list(csv.DictReader(io.StringIO(client.get("/events/united-states/canada.csv?at=2019-12-31").text)))
    assert (len(rows), rows[0]["period"], rows[0]["cooperative"]) == (24, "2018-01-01", "8.0")


def test_events_after_the_day_of_a_page_or_not_yet_known_are_not_told(client: TestClient) -> None:
    early = client.get("/events/united-states/canada.json?at=2018-06-30").json()
    assert [row["period"] for row in early["periods"]][-1] == "2018-06-01" and early["shifts"] == []
    known = client.get("/events/united-states/canada.json?at=2019-12-31&known=2018-06-30").json()
    assert max(row["day"] for row in known["events"]) <= "2018-06-30" if known["events"] else True
    assert sum(row["events"] or 0 for row in known["periods"]) == 6
    none = text(client.get("/events/iran/syria?at=2019-12-31").text)
    assert "No stream of the archive has an event between the two" in none


def test_without_an_archive_there_is_no_word_of_events(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Iran is an ally of Syria.", encoding="utf-8")
    with cordiale.open(tmp_path / "a.dossier", clock=lambda: NOW) as dossier:
        dossier.read(tmp_path / "a.txt", jobs=1)
        client = TestClient(create_app(dossier, hosts=()), raise_server_exceptions=False)
        assert "Said, agreed, done" not in client.get("/tie/iran/syria").text
        assert client.get("/events/iran/syria").status_code == 404
