"""The dossier as files: every link leads to one, nothing asks for a server, and a folder is replaced whole or not."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import pytest
from lxml import html
from starlette.testclient import TestClient

import cordiale
from cordiale.documents import ReadOptions
from cordiale.exports.writing import ExportError
from cordiale.web import create_app, site
from cordiale.web.site import write_site
from cordiale.web.view import View

NOW = datetime(2013, 1, 1, tzinfo=UTC)
EVIL = '<script>alert(1)</script><a href="/review">x</a>'
ARTICLE = f"""Syria hosts Hamas since 2006. {EVIL} Iran is an ally of Syria. The Blue Sun Brigade supports Hamas.
In February 2012 Hamas broke with Syria because of the repression of the uprising. Israel fights Hamas.
"""
VIEW = View(at=date(2012, 6, 1))


@pytest.fixture(scope="module")
def dossier(tmp_path_factory: pytest.TempPathFactory) -> Iterator[cordiale.Dossier]:
    folder = tmp_path_factory.mktemp("site")
    options = ReadOptions(published=date(2012, 3, 1), url="https://example.org/a", publisher="Gazette")
    with cordiale.open(folder / "a.dossier", clock=lambda: NOW) as found:
        found.read("-", stdin=io.BytesIO(ARTICLE.encode()), jobs=1, options=options)
        yield found


@pytest.fixture(scope="module")
def made(dossier: cordiale.Dossier, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("made") / "site"
    told: list[tuple[int, int]] = []
    count = write_site(dossier, str(folder), VIEW, progress=lambda done, of: told.append((done, of)))
    assert told[-1] == (count, count) == (len(pages(folder)), len(pages(folder)))
    return folder


def pages(folder: Path) -> list[Path]:
    return sorted(folder.glob("*.html"))


def test_every_link_leads_to_a_file_of_the_site_or_to_an_original(made: Path) -> None:
    outside = set()
    for page in pages(made):
        tree = html.parse(str(page)).getroot()
        for address in tree.xpath("//@href | //@src"):
            parts = urlsplit(address)
            if parts.scheme:
                outside.add(address)
            elif parts.path:
                assert "/" not in parts.path
                assert (made / unquote(parts.path)).is_file(), (page.name, address)
            else:
                assert tree.xpath("//*[@id=$name]", name=parts.fragment), (page.name, address)
    assert outside == {"https://example.org/a"}


def test_nothing_in_it_needs_a_server_or_runs(made: Path, dossier: cordiale.Dossier) -> None:
    for page in pages(made):
        text = page.read_text("utf-8")
        tree = html.fromstring(text)
        assert not tree.xpath("//script | //form | //input | //button | //aside")
        assert "127.0.0.1" not in text
        assert str(Path(dossier.name).parent) not in text
        assert "As of 2012-06-01" in tree.text_content()


def test_a_tie_has_its_quotes_and_text_stays_text(made: Path) -> None:
    tree = html.parse(str(made / "tie-hamas--syria.html")).getroot()
    assert any("Hamas broke with Syria" in mark.text_content() for mark in tree.xpath("//mark"))
    assert "<script>alert(1)</script>" in tree.text_content()
    assert not any(link.text_content() == "x" for link in tree.xpath("//a"))


def test_every_actor_tie_and_source_has_a_page_and_its_data_is_that_of_the_server(
    made: Path, dossier: cordiale.Dossier
) -> None:
    client = TestClient(create_app(dossier, hosts=()))
    for path, file in (
        ("/actor/hamas.json", "actor-hamas.json"), ("/tie/hamas/syria.json", "tie-hamas--syria.json"),
        ("/map.json", "map.json"), ("/actors.json", "actors.json"), ("/blocs.json", "blocs.json"),
    ):  # fmt: skip
        assert json.loads((made / file).read_text("utf-8")) == client.get(f"{path}?at=2012-06-01").json()
    names = {page.name for page in pages(made)}
    assert {"index.html", "map.html", "matrix.html", "balance.html", "sources.html"} < names
    assert sum(name.startswith("source-") for name in names) == 1
    assert any(name.startswith("actor-~") for name in names)
    for row in json.loads((made / "map.json").read_text("utf-8"))["ties"]:
        assert f"tie-{row['a']}--{row['b']}.html" in names


def test_an_earlier_site_is_replaced_and_any_other_folder_is_refused(dossier: cordiale.Dossier, tmp_path: Path) -> None:
    mine = tmp_path / "mine"
    mine.mkdir()
    (mine / "precious.txt").write_text("keep me")
    with pytest.raises(ExportError, match="earlier site"):
        write_site(dossier, str(mine), VIEW)
    assert (mine / "precious.txt").read_text() == "keep me"
    with pytest.raises(ExportError):
        write_site(dossier, "-", VIEW)
    place = tmp_path / "site"
    write_site(dossier, str(place), VIEW)
    (place / "old.html").write_text("old")
    write_site(dossier, str(place), View(at=date(2010, 1, 1)))
    assert not (place / "old.html").exists()
    assert "As of 2010-01-01" in (place / "index.html").read_text("utf-8")
    assert sorted(one.name for one in tmp_path.iterdir()) == ["mine", "site"]


def test_what_is_interrupted_leaves_what_was_there(
    dossier: cordiale.Dossier, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = tmp_path / "site"
    write_site(dossier, str(place), VIEW)
    before = (place / "index.html").read_bytes()
    asked = site._Site._page

    def stop(self: Any, markup: bytes, data: dict[str, str]) -> bytes:
        if len(data) > 8:
            raise KeyboardInterrupt
        return asked(self, markup, data)

    monkeypatch.setattr(site._Site, "_page", stop)
    with pytest.raises(KeyboardInterrupt):
        write_site(dossier, str(place), View(at=date(2010, 1, 1)))
    assert (place / "index.html").read_bytes() == before
    assert [one.name for one in tmp_path.iterdir()] == ["site"]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_it_is_read_from_the_disk_by_clicking(made: Path, chromium: str, scheme: Any) -> None:
    from axe_playwright_python.sync_playwright import Axe
    from playwright.sync_api import sync_playwright

    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 1000, "height": 800}, color_scheme=scheme)
        errors: list[str] = []
        page.on("console", lambda message: errors.append(message.text))
        page.goto((made / "index.html").as_uri())
        page.get_by_role("link", name="Actors").click()
        page.get_by_role("link", name="Hamas", exact=True).click()
        page.get_by_role("link", name="Hamas and Syria").first.click()
        assert page.url.endswith("tie-hamas--syria.html")
        assert page.locator("mark").count() > 0
        assert page.locator("main").evaluate("node => getComputedStyle(node).maxWidth") == "832px"  # its style is there
        assert errors == []
        for name in ("index", "map", "matrix", "actor-hamas", "tie-hamas--syria", "sources"):
            page.goto((made / f"{name}.html").as_uri())
            found = Axe().run(page)
            assert found.violations_count == 0, found.generate_report()
        browser.close()
