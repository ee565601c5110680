"""The pages of a dossier: what each says, as a page, as JSON and as CSV, and what it says where it cannot."""

from __future__ import annotations

import csv
import io
import json
import re
import threading
import time
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from lxml import html
from starlette.testclient import TestClient

import cordiale
from cordiale.documents import ReadOptions
from cordiale.web import create_app, wholes
from cordiale.web.solving import Solving

NOW = datetime(2013, 1, 1, tzinfo=UTC)
EVIL = '<script>alert(1)</script> <img src=x onerror="alert(1)"> \u202eabc'
ARTICLE = f"""Hamas and Syria

Syria hosts Hamas and supported it with weapons since 2006. {EVIL}

In February 2012 Hamas broke with Syria because of the repression of the uprising. Iran is an ally of Syria.
"""


@pytest.fixture
def dossier(tmp_path: Path) -> Iterator[cordiale.Dossier]:
    (tmp_path / "a.txt").write_text(ARTICLE, encoding="utf-8")
    with cordiale.open(tmp_path / "a.dossier", clock=lambda: NOW) as found:
        found.read(tmp_path / "a.txt", jobs=1)
        yield found


@pytest.fixture
def client(dossier: cordiale.Dossier) -> TestClient:
    return TestClient(create_app(dossier, hosts=()), raise_server_exceptions=False)


def text(page: str) -> str:
    return " ".join(html.fromstring(page).text_content().split())


def test_the_start_says_what_changed_with_its_quote_and_shows_one_view(client: TestClient) -> None:
    page = client.get("/?at=2012-02").text
    assert "Hamas and Syria" in text(page)
    assert "In February 2012 Hamas broke with Syria" in text(page)
    assert html.fromstring(page).xpath("//*[local-name()='svg'][@aria-label]")


def test_the_start_of_a_quiet_day_leads_to_the_last_one_on_which_something_happened(client: TestClient) -> None:
    quiet = html.fromstring(client.get("/?at=2012-12").text)
    (link,) = quiet.xpath("//section[@aria-labelledby='news']/p/a/@href")
    assert "at=2012-0" in link
    assert "No tie changed" not in client.get(link).text


def test_an_actors_page_and_its_data_say_the_same(client: TestClient) -> None:
    found = client.get("/actor/syria.json?at=2011").json()
    rows = list(csv.DictReader(io.StringIO(client.get("/actor/syria.csv?at=2011").text)))
    assert [row["b"] for row in rows] == [tie["b"] for tie in found["ties"]]
    page = text(client.get("/actor/syria?at=2011").text)
    assert all(tie["name_b"] in page for tie in found["ties"])
    assert (found["at"], found["known"]) == ("2011-12-31", None)


def test_every_number_of_a_tie_leads_to_its_quotes_in_their_context(client: TestClient) -> None:
    page = html.fromstring(client.get("/tie/hamas/syria?at=2012-06").text)
    marks = [" ".join(mark.text_content().split()) for mark in page.xpath("//mark")]
    assert any(mark.startswith("In February 2012 Hamas broke with Syria") for mark in marks)
    claims = client.get("/tie/hamas/syria.json?at=2012-06").json()["claims"]
    assert len(page.xpath("//article")) == len(claims) > 1


def test_text_from_documents_is_never_markup(client: TestClient) -> None:
    page = client.get("/tie/hamas/syria?at=2012-06").text
    assert "<script>alert" not in page
    assert "<img" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert "\u202e" not in page  # shown as an escape, so that it turns nothing around


@pytest.mark.parametrize(
    ("address", "status", "words"),
    [
        ("/actor/Hamaz", 404, "did you mean"), ("/actor/hamas?at=soon", 400, "write YYYY, YYYY-MM or YYYY-MM-DD"),
        ("/tie/hamas/hamas", 400, "name two actors"), ("/nothing/here", 404, "there is no page /nothing/here"),
        ("/?known=2012-13-01", 400, "known="),
        ("/review?skip=abc", 400, "skip: input should be a valid integer"), ("/map?shape=pie", 400, "use one of"),
        ("/what-if?a=Hamas&b=Syria&sign=odd", 400, "use one of"), ("/actor/Iran?at=9999", 400, "give an earlier one"),
    ],
)  # fmt: skip
def test_what_cannot_be_shown_is_a_page_with_a_sentence(
    client: TestClient, address: str, status: int, words: str
) -> None:
    found = client.get(address)
    assert (found.status_code, words in text(found.text)) == (status, True)
    assert "Traceback" not in found.text


def test_data_that_cannot_be_had_says_why_as_data(client: TestClient) -> None:
    found = client.get("/actor/nobody.json")
    assert (found.status_code, list(found.json())) == (404, ["error"])


def test_a_search_goes_to_the_actor_or_to_near_ones(client: TestClient) -> None:
    found = client.get("/search?q=Hamas&at=2012-01-01", follow_redirects=False)
    assert (found.status_code, found.headers["location"]) == (303, "/actor/hamas?at=2012-01-01")
    assert "Did you mean" in text(client.get("/search?q=Hammas").text)
    assert "Type a part of it" in text(client.get("/search?q=qqqqqqq").text)


def test_an_empty_dossier_says_what_to_do_first(tmp_path: Path) -> None:
    with cordiale.open(tmp_path / "b.dossier") as empty:
        page = TestClient(create_app(empty, hosts=())).get("/").text
    assert "cordiale read" in text(page)


def test_a_page_shows_what_was_read_meanwhile(dossier: cordiale.Dossier, client: TestClient, tmp_path: Path) -> None:
    assert "Qatar" not in client.get("/actor/syria?at=2012-06").text
    (tmp_path / "b.txt").write_text("In March 2012 Qatar armed rebels against Syria. Qatar opposes Syria.", "utf-8")
    dossier.read(tmp_path / "b.txt", jobs=1)
    assert "Qatar" in client.get("/actor/syria?at=2012-06").text


def test_the_data_are_described_for_programs(client: TestClient) -> None:
    paths = client.get("/openapi.json").json()["paths"]
    assert {"/actor/{actor}.json", "/tie/{a}/{b}.json", "/start.json"} <= set(paths)
    assert json.dumps(paths["/actor/{actor}.json"]).count("ActorView")


def test_another_day_keeps_what_else_is_asked(client: TestClient) -> None:
    page = html.fromstring(client.get("/map?at=2012-06&focus=hamas&shape=matrix").text)
    fields = {field.get("name"): field.get("value") for field in page.xpath("//form[@class='days']//input")}
    assert fields == {"at": "2012-06-30", "known": "", "focus": "hamas", "shape": "matrix"}


def test_the_map_around_an_actor_is_around_it_in_every_shape(client: TestClient) -> None:
    for shape in ("graph", "matrix"):
        page = client.get(f"/map?at=2012-06&focus=hamas&shape={shape}").text
        ties = {tie for svg in html.fromstring(page).xpath("//*[@data-tie]/@data-tie") for tie in [str(svg)]}
        assert ties == {"hamas syria"}, shape


def test_the_data_of_all_ties_say_what_the_command_line_says(client: TestClient, dossier: cordiale.Dossier) -> None:
    ties = client.get("/map.json?at=2012-06").json()["ties"]
    assert [(tie["a"], tie["b"]) for tie in ties] == [(tie.a, tie.b) for tie in dossier.snapshot("2012-06")]
    assert client.get("/map.csv?at=2012-06").text.count("\n") == len(ties) + 1
    balance = dossier.snapshot("2012-06").balance(draws=0).frustration
    found = client.get("/balance.json?at=2012-06").json()
    assert (found["frustration"], found["optimal"], found["total"]) == (balance.value, True, balance.total)
    blocs = client.get("/blocs.json?at=2012-06").json()
    assert {one["actor"] for one in blocs["members"]} == {tie["a"] for tie in ties} | {tie["b"] for tie in ties}
    assert client.get("/blocs.csv?at=1800").text == "bloc,actor,name\r\n"
    asked = "/what-if.json?at=2012-06&a=Iran&b=Hamas&sign=hostile"
    told = client.get(asked).json()
    assert told["then"] == dossier.snapshot("2012-06").what_if(("Iran", "Hamas"), sign=-1).then.value


def test_every_view_takes_its_days_from_the_address_as_the_description_says(client: TestClient) -> None:
    for path in client.get("/openapi.json").json()["paths"].values():
        assert {"at", "known"} <= {one["name"] for one in path["get"]["parameters"]}


def test_a_view_may_hear_some_sources_alone_and_ignore_others_and_says_so(
    client: TestClient, dossier: cordiale.Dossier, tmp_path: Path
) -> None:
    (tmp_path / "b.txt").write_text("Hamas is an ally of Syria. Hamas is an ally of Iran.", encoding="utf-8")
    dossier.read(tmp_path / "b.txt", jobs=1, options=ReadOptions(publisher="Gazette, The", published=date(2012, 3, 1)))
    everybody = client.get("/actor/hamas.json?at=2012-12").json()["ties"]
    alone = client.get("/actor/hamas.json?at=2012-12&sources=Gazette,+The").json()["ties"]
    without = client.get("/actor/hamas.json?at=2012-12&ignored=Gazette,+The").json()["ties"]
    assert {tie["b"] for tie in alone if tie["sign"]} == {"syria", "iran"}
    assert {tie["b"] for tie in without if tie["sign"]} == {"syria"}
    assert [t["sign"] for t in alone if t["b"] == "syria"] != [t["sign"] for t in without if t["b"] == "syria"]
    assert len(everybody) >= len(alone)
    page = client.get("/actor/hamas?at=2012-12&sources=Gazette,+The")
    assert "By Gazette, The alone." in text(page.text)
    assert all("sources=Gazette" in link for link in html.fromstring(page.text).xpath("//td/a/@href"))
    refused = client.get("/actor/hamas?sources=Gazete,+The")
    assert refused.status_code == 404
    assert "Gazette, The" in text(refused.text)


def test_the_sum_behind_a_tie_is_shown_and_what_it_would_be_without_a_claim(client: TestClient) -> None:
    page = html.fromstring(client.get("/tie/hamas/syria?at=2012-06").text)
    (sentence,) = (" ".join(p.text_content().split()) for p in page.xpath("//details/p[starts-with(., 'Weight:')]"))
    friendly, hostile, prior, total, weight = (
        float(number.replace("−", "-"))
        for number in re.fullmatch(r".*?\((\S+) − (\S+)\) / \((\S+) \+ (\S+)\) = (\S+):.*", sentence).groups()  # type: ignore[union-attr]
    )
    assert weight == pytest.approx((friendly - hostile) / (prior + total), abs=0.02)
    claims = client.get("/tie/hamas/syria.json?at=2012-06").json()["claims"]
    friends = [claim["id"] for claim in claims if claim["sign"] > 0]
    other = client.get("/tie/hamas/syria?at=2012-06&" + "&".join(f"without={one}" for one in friends)).text
    assert re.search(rf"Without {len(friends)} claims? it would be (leaning )?hostile", text(other))
    assert [box.get("value") for box in html.fromstring(other).xpath("//input[@checked]")] == friends


def test_large_networks_are_worked_on_while_a_page_says_so(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("cordiale.web.solving.PATIENCE", 0.0)
    release = threading.Event()
    solved = wholes.blocs

    def slow(*args: Any, **how: Any) -> Any:
        release.wait(20)
        return solved(*args, **how)

    monkeypatch.setattr(wholes, "blocs", slow)
    first = client.get("/blocs?at=2012-02")
    assert first.status_code == 202
    assert "Load the page again" in text(first.text)
    release.set()
    deadline = time.monotonic() + 20
    while client.get("/blocs?at=2012-02").status_code == 202:
        assert time.monotonic() < deadline
    assert "Blocs on 2012-02-29" in text(client.get("/blocs?at=2012-02").text)


def test_an_answer_whose_ground_has_changed_is_asked_anew() -> None:
    solving, release = Solving(), threading.Event()
    first = threading.Thread(target=lambda: solving.answer("first", lambda: release.wait(20), wait=True))
    first.start()
    found: list[int | None] = []
    second = threading.Thread(target=lambda: found.append(solving.answer("second", lambda: 2, wait=True)))
    second.start()
    while "second" not in solving._begun:
        time.sleep(0.01)
    solving.forget()
    assert solving.answer("third", lambda: 3) is None  # it waits behind the first
    release.set()
    first.join()
    second.join()
    assert found == [2]
    with pytest.raises(ValueError, match="no"):
        solving.answer("fourth", lambda: int("no"), wait=True)


def test_an_answer_that_is_worked_on_while_something_is_written_is_given_once() -> None:
    solving, release = Solving(), threading.Event()

    def slow() -> str:
        release.wait(20)
        return "before"

    given: list[str | None] = []
    asking = threading.Thread(target=lambda: given.append(solving.answer("asked", slow, wait=True)))
    assert solving.answer("asked", slow) is None
    asking.start()
    solving.forget()
    release.set()
    asking.join()
    assert given == ["before"]
    assert solving.answer("asked", lambda: "after", wait=True) == "after"


def test_a_claim_that_is_not_behind_a_tie_is_not_left_out_of_it(client: TestClient) -> None:
    assert "Without" not in text(client.get("/tie/hamas/syria?at=2012-06&without=nonsense").text)


def test_pages_stand_while_others_write(client: TestClient, dossier: cordiale.Dossier) -> None:
    claims = [claim.id for claim in dossier.claims()]
    statuses: list[int] = []
    addresses = ("/map?at=2012-06", "/map/course.json?at=2012-06", "/blocs?at=2012-06", "/balance?at=2012-06")

    def ask() -> None:
        statuses.extend(client.get(address).status_code for _ in range(3) for address in addresses)

    asking = [threading.Thread(target=ask) for _ in range(3)]
    for one in asking:
        one.start()
    turn = 0
    while any(one.is_alive() for one in asking):
        verdict = ("rejected", "withdrawn")[turn // len(claims) % 2]
        form = {"claim": claims[turn % len(claims)], "verdict": verdict, "by": "Ann"}
        assert client.post("/review", data=form, headers={"origin": "http://testserver"}).status_code == 200
        turn += 1
    assert set(statuses) <= {200, 202}
