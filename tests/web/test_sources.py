"""Sources in the browser: what was read, what could not be, a document with its quotes, and what a search finds."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import quote

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from lxml import html
from starlette.testclient import TestClient

import cordiale
from cordiale.store import FailedInput
from cordiale.web import create_app, sources
from cordiale.web.marking import WINDOW, Span, pieces, window

NOW = datetime(2013, 1, 1, tzinfo=UTC)
EVIL = '<script>alert(1)</script> <img src=x onerror="alert(1)"> <a href="javascript:alert(1)">x</a> \u202eabc'
ARTICLE = f"""Hamas and Syria

Syria hosts Hamas and supported it with weapons since 2006. {EVIL}

In February 2012 Hamas broke with Syria because of the repression of the uprising. Iran is an ally of Syria.
"""


@pytest.fixture
def dossier(tmp_path: Path) -> Iterator[cordiale.Dossier]:
    (tmp_path / "a.txt").write_text(ARTICLE, encoding="utf-8")
    with cordiale.open(tmp_path / "a.dossier", clock=lambda: NOW) as found:
        found.read(tmp_path / "a.txt", "https://me:secret@127.0.0.1/a", "lost.pdf", jobs=1)
        yield found


@pytest.fixture
def client(dossier: cordiale.Dossier) -> TestClient:
    return TestClient(create_app(dossier, hosts=()))


def text(page: str) -> str:
    return " ".join(html.fromstring(page).text_content().split())


def sha256(dossier: cordiale.Dossier) -> str:
    return next(dossier.store.documents()).sha256


def test_the_sources_are_listed_with_their_claims_and_as_data(client: TestClient, dossier: cordiale.Dossier) -> None:
    page = client.get("/sources").text
    assert "Hamas and Syria" in text(page)
    assert html.fromstring(page).xpath(f"//a[contains(@href, '/source/{sha256(dossier)}')]")
    found = client.get("/sources.json").json()
    (row,) = csv.DictReader(io.StringIO(client.get("/sources.csv").text))
    assert found["documents"] == 1
    assert int(row["claims"]) == found["sources"][0]["claims"] == len(dossier.claims())


def test_what_could_not_be_read_is_listed_with_its_mend_and_without_passwords(client: TestClient) -> None:
    page = client.get("/sources")
    assert "no such file or folder" in text(page.text) and "check the path" in text(page.text)
    assert "lost.pdf" in text(page.text) and "the address holds a user name" in text(page.text)
    assert "secret" not in page.text + client.get("/sources.json").text
    assert client.get("/sources.json").json()["failures"] == 2


def test_a_failure_that_was_mended_is_marked(client: TestClient, dossier: cordiale.Dossier, tmp_path: Path) -> None:
    later = tmp_path / "later.txt"
    dossier.read(later, jobs=1)
    assert "read since" not in client.get("/sources").text
    later.write_text("Iran is an ally of Syria.", encoding="utf-8")
    dossier.read(later, jobs=1)
    failed = {one["source"]: one["read_since"] for one in client.get("/sources.json").json()["failed"]}
    assert failed[str(later)]


def test_words_find_sources_and_failures_by_name(client: TestClient) -> None:
    assert client.get("/sources.json?q=hamas%20AND").json()["documents"] == 1
    found = client.get("/sources.json?q=lost").json()
    assert (found["documents"], found["failures"]) == (0, 1)
    assert "The texts are not searched" in client.get("/sources?q=weapons").text


def test_pages_lead_to_each_other(
    client: TestClient, monkeypatch: pytest.MonkeyPatch, dossier: cordiale.Dossier
) -> None:
    monkeypatch.setattr(sources, "ROWS", 2)
    dossier.store.add_failures(FailedInput(source=f"{n}.pdf", why="w", mend="m") for n in range(3))
    page = html.fromstring(client.get("/sources?failed=2").text)
    turns = {link.get("rel"): link.get("href") for link in page.xpath("//nav[contains(@class, 'turn')]//a")}
    assert set(turns) == {"prev", "next"}
    assert "failed=3" in turns["next"] and "failed" not in turns["prev"]
    assert len(page.xpath("//h2[@id='failed']/following::tbody/tr")) == 2
    assert client.get("/sources?page=9").status_code == 200


@pytest.mark.parametrize("asked", ["page=0", "page=x", "page=" + "9" * 40, "failed=-1"])
def test_a_page_that_cannot_be_is_a_sentence(client: TestClient, asked: str) -> None:
    assert client.get(f"/sources?{asked}").status_code == 400


def test_copies_of_a_story_are_told_together(client: TestClient, dossier: cordiale.Dossier, tmp_path: Path) -> None:
    for name in ("b", "c"):
        (tmp_path / f"{name}.txt").write_text(ARTICLE + f"\n{name}\n", encoding="utf-8")
    dossier.read(tmp_path / "b.txt", tmp_path / "c.txt", jobs=1)
    page = text(client.get("/sources").text)
    assert page.count("told again:") == 2 and "3 documents that tell 1 story" in page
    first = sha256(dossier)
    assert "Told again by" in text(client.get(f"/source/{first}").text)
    assert client.get(f"/sources.json?story={first}").json()["documents"] == 3


def test_a_day_that_one_knows_as_of_leaves_out_later_sources(client: TestClient) -> None:
    assert client.get("/sources.json?known=2012").json()["documents"] == 0
    assert client.get("/sources.json?known=2013").json()["documents"] == 1


def test_a_document_shows_every_quote_where_it_stands(client: TestClient, dossier: cordiale.Dossier) -> None:
    page = html.fromstring(client.get(f"/source/{sha256(dossier)}").text)
    (shown,) = page.xpath("//div[@class='text']")
    for claim in dossier.claims(unclear=True):
        assert page.xpath(f"//*[@id='q-{claim.id}']"), claim.id
        assert page.xpath(f"//li[@id='{claim.id}']//a[contains(@href, '/tie/')]")
    marked = " ".join(mark.text_content() for mark in shown.xpath(".//mark"))
    assert "Iran is an ally of Syria" in marked
    assert all("/tie/" in link for link in shown.xpath(".//mark/a/@href"))
    ids = page.xpath("//@id")
    assert len(ids) == len(set(ids))


def test_the_text_of_a_document_is_text(client: TestClient, dossier: cordiale.Dossier) -> None:
    page = client.get(f"/source/{sha256(dossier)}").text
    assert "<script>alert" not in page and "<img" not in page and "\u202e" not in page
    assert not html.fromstring(page).xpath("//a[starts-with(@href, 'javascript')]")
    shown = text(page)
    assert "<script>alert(1)</script>" in shown


def test_the_data_of_a_document_are_its_claims(client: TestClient, dossier: cordiale.Dossier) -> None:
    key = sha256(dossier)
    found = client.get(f"/source/{key}.json").json()
    assert (found["about"]["sha256"], found["characters"]) == (key, len(ARTICLE))
    assert {one["id"] for one in found["claims"]} == {one.id for one in dossier.claims(unclear=True)}
    assert client.get(f"/source/{key}.csv").text.count("\n") >= len(found["claims"])


@pytest.mark.parametrize("key", ["0" * 64, "nobody", "%00", "a" * 5000])
def test_an_unknown_document_is_a_sentence(client: TestClient, key: str) -> None:
    for ending in ("", ".json", ".csv"):
        found = client.get(f"/source/{key}{ending}")
        assert found.status_code == 404
        assert "unknown document" in found.text


def test_a_long_document_is_shown_a_part_at_a_time(
    client: TestClient, dossier: cordiale.Dossier, tmp_path: Path
) -> None:
    filler = "Nothing of note happened on the road that day. " * 10_000
    (tmp_path / "long.txt").write_text(filler + "\n\nQatar is an ally of Turkey.\n", encoding="utf-8")
    dossier.read(tmp_path / "long.txt", jobs=1)
    key = next(d.sha256 for d in dossier.store.documents() if "Qatar" in d.text)
    (claim,) = dossier.store.claims(document=key)
    first = client.get(f"/source/{key}")
    assert len(first.text) < WINDOW + 20_000
    assert "left out after" in text(first.text) and "Qatar" not in text(first.text)
    around = html.fromstring(client.get(f"/source/{key}?claim={claim.id}").text)
    assert around.xpath(f"//mark[@id='q-{claim.id}']")
    assert client.get(f"/source/{key}?from={10**30}").status_code == 200


spans = st.lists(st.tuples(st.integers(0, 60), st.integers(1, 30)).map(lambda s: Span(start=s[0], end=s[0] + s[1])))


@given(text=st.text(min_size=1, max_size=80), quotes=spans, start=st.integers(0, 80), size=st.integers(1, 80))
def test_pieces_joined_are_the_part_and_each_quote_is_the_pieces_within_it(
    text: str, quotes: list[Span], start: int, size: int
) -> None:
    part = Span(start=min(start, len(text) - 1), end=min(len(text), start + size))
    found = pieces(text, quotes, part)
    assert "".join(piece.text for piece in found) == text[part.start : part.end]
    for place, quoted in enumerate(quotes):
        whole = text[max(quoted.start, part.start) : min(quoted.end, part.end)]
        assert "".join(piece.text for piece in found if place in piece.inside) == whole
        assert sum(place in piece.begins for piece in found) == bool(whole)
        assert sum(place in piece.ends for piece in found) == bool(whole)


@given(length=st.integers(1, 10**7), start=st.integers(-(10**9), 10**9))
def test_a_window_is_always_within_its_text(length: int, start: int) -> None:
    part = window(length, start)
    assert 0 <= part.start < part.end <= length
    assert part.end - part.start == min(length, WINDOW)


@pytest.mark.parametrize(
    "asked", ["Hamas Syria", "hamas and syria", "Syria – Hamas", "Hamas, Syria", "Hamas-Syria", "Hamas vs. Syria"]
)
def test_two_names_find_the_tie_of_the_two(client: TestClient, asked: str) -> None:
    page = html.fromstring(client.get("/search", params={"q": asked, "at": "2012-06"}).text)
    first = page.xpath("//ul[@class='found']//a/@href")[0]
    assert first.startswith("/tie/") and {"hamas", "syria"} <= set(first.partition("?")[0].split("/"))


def test_a_search_finds_sources_by_their_names(client: TestClient, dossier: cordiale.Dossier) -> None:
    page = html.fromstring(client.get("/search?q=Hamas%20and%20Syr").text)
    assert page.xpath(f"//a[contains(@href, '/source/{sha256(dossier)}')]")
    assert page.xpath("//a[contains(@href, '/sources?')][contains(@href, 'q=Hamas%20and%20Syr')]")


def test_one_actor_is_not_two(client: TestClient) -> None:
    assert "The two together" not in client.get("/search?q=Syria,%20Syria").text
    assert client.get("/search?q=Saudi%20Arabia", follow_redirects=False).status_code == 303


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(asked=st.text(max_size=300))
@example("\0")
@example("%_\\")
@example("a and " * 60)
@example("Iran " * 60)
@example("\ud800")
@example("{{ 7 * 7 }}")
def test_no_search_is_an_error(client: TestClient, asked: str) -> None:
    address = "/search?q=" + quote(asked, safe="", errors="surrogatepass")
    assert client.get(address, follow_redirects=False).status_code in {200, 303}
    assert client.get(address.replace("search", "sources")).status_code == 200
