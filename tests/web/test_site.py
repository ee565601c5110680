"""The dossier as files: every link leads to one, nothing asks for a server, and a folder is replaced whole or not."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import pytest
from lxml import etree, html
from starlette.testclient import TestClient

import cordiale
from cordiale.documents import ReadOptions
from cordiale.errors import CordialeError, ExportError
from cordiale.store import listing
from cordiale.web import create_app, links, marking, site
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
            if not parts.scheme and (not parts.path or parts.fragment.startswith("q-")):
                there = html.parse(str(made / unquote(parts.path))).getroot() if parts.path else tree
                assert there.xpath("//*[@id=$name]", name=parts.fragment), (page.name, address)
    assert outside == {"https://example.org/a"}


def test_nothing_in_it_needs_a_server_or_runs(made: Path, dossier: cordiale.Dossier) -> None:
    for page in pages(made):
        text = page.read_text("utf-8")
        tree = html.fromstring(text)
        assert not tree.xpath("//script | //form | //input | //button | //aside")
        assert not tree.xpath("//@*[starts-with(., '/') or starts-with(name(), 'on')]")
        assert "127.0.0.1" not in text
        assert str(Path(dossier.name).parent) not in text
        assert "below" not in tree.xpath("string(//main)")


def test_each_page_says_what_it_was_made_of_and_lets_nothing_in(made: Path) -> None:
    for page in pages(made):
        tree = html.parse(str(page)).getroot()
        (foot,) = tree.xpath("//body/footer/p")
        assert foot.text.startswith("As of 2012-06-01, as known on 2013-01-01. Made by Cordiale ")
        assert foot.text.endswith(" from 1 document and 0 datasets.")
        policy = tree.xpath("//head/*")[1]
        assert policy.get("http-equiv") == "Content-Security-Policy"
        assert policy.get("content") == "default-src 'none'; style-src 'self'; img-src 'self' data:"


def test_figures_are_files_of_their_own_that_lead_to_pages(made: Path) -> None:
    drawn = {file.name for file in made.glob("*.svg")} - {"icon.svg"}
    assert {"map.graph.svg", "matrix.matrix.svg", "actor-hamas.stance.svg", "tie-hamas--syria.timeline.svg"} <= drawn
    for name in drawn:
        root = etree.parse(str(made / name)).getroot()
        assert root.findtext("{http://www.w3.org/2000/svg}style")
        assert root.get("viewBox")
        for address in root.xpath("//@href"):
            assert address.startswith("#") or (made / unquote(urlsplit(address).path)).is_file(), (name, address)
    told = html.parse(str(made / "actor-hamas.html")).getroot().xpath("//footer//a[starts-with(., 'SVG')]/@href")
    assert set(told) == {name for name in drawn if name.startswith("actor-hamas.")}


def test_actors_are_listed_by_name(made: Path) -> None:
    names = html.parse(str(made / "actors.html")).getroot().xpath("//tbody//a/text()")
    assert names == sorted(names, key=str.casefold)
    assert len(names) == len(list(made.glob("actor-*.html")))


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
    told = client.get("/actor/hamas.csv?at=2012-06-01").content
    assert (made / "actor-hamas.csv").read_bytes() == told
    for page in pages(made):
        if page.name != "matrix.html":  # which has the data of the map
            json.loads(page.with_suffix(".json").read_text("utf-8"))
    for table in made.glob("*.csv"):
        assert next(csv.reader(io.StringIO(table.read_text("utf-8"))))
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
    with pytest.raises(ExportError, match="-o FOLDER"):
        write_site(dossier, "-", VIEW)
    with pytest.raises(ExportError, match="earlier site"):
        write_site(dossier, str(mine / "precious.txt"), VIEW)
    place = tmp_path / "site"
    write_site(dossier, str(place), VIEW)
    (place / ".git").mkdir()
    (place / ".git" / "HEAD").write_text("mine")
    (place / "CNAME").write_text("example.org")
    mark = place / site.MARK
    mark.write_text(mark.read_text("utf-8") + "old.html\n", encoding="utf-8")
    (place / "old.html").write_text("a page of the earlier site")
    write_site(dossier, str(place), View(at=date(2010, 1, 1)))
    assert not (place / "old.html").exists()
    assert ((place / ".git" / "HEAD").read_text(), (place / "CNAME").read_text()) == ("mine", "example.org")
    assert "As of 2010-01-01" in (place / "index.html").read_text("utf-8")
    assert sorted(one.name for one in tmp_path.iterdir()) == ["mine", "site"]


def test_what_is_interrupted_leaves_what_was_there(
    dossier: cordiale.Dossier, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = tmp_path / "site"
    write_site(dossier, str(place), VIEW)
    before = (place / "index.html").read_bytes()
    asked = site._Site._page

    def stop(self: Any, path: str, found: str) -> Any:
        if path.startswith("/tie/"):
            raise KeyboardInterrupt
        return asked(self, path, found)

    monkeypatch.setattr(site._Site, "_page", stop)
    with pytest.raises(KeyboardInterrupt):
        write_site(dossier, str(place), View(at=date(2010, 1, 1)))
    assert (place / "index.html").read_bytes() == before
    assert [one.name for one in tmp_path.iterdir()] == ["site"]


def test_what_cannot_take_its_place_leaves_what_was_there(
    dossier: cordiale.Dossier, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = tmp_path / "site"
    write_site(dossier, str(place), VIEW)
    before, move = (place / "index.html").read_bytes(), Path.rename

    def refused(self: Path, target: Path) -> Path:
        if target == place and self.name != "site":
            raise PermissionError(13, "Permission denied")
        return move(self, target)

    monkeypatch.setattr(Path, "rename", refused)
    with pytest.raises(ExportError, match="permission denied"):
        write_site(dossier, str(place), View(at=date(2010, 1, 1)))
    assert (place / "index.html").read_bytes() == before
    assert [one.name for one in tmp_path.iterdir()] == ["site"]


def test_a_page_that_gives_an_error_ends_it_with_a_plain_sentence(
    dossier: cordiale.Dossier, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def locked(*_: object, **__: object) -> None:
        raise CordialeError("locked")

    monkeypatch.setattr(cordiale.Dossier, "who", locked)
    with pytest.raises(ExportError, match="gave an error"):
        write_site(dossier, str(tmp_path / "site"), VIEW)
    assert list(tmp_path.iterdir()) == []


def test_a_tie_that_is_only_known_of_later_has_a_page_too(dossier: cordiale.Dossier, tmp_path: Path) -> None:
    write_site(dossier, str(tmp_path / "site"), View(at=date(1990, 1, 1)))
    assert "No claim that counts" in (tmp_path / "site" / "tie-hamas--syria.html").read_text("utf-8")


def test_every_part_of_a_long_text_has_a_page_and_quotes_lead_to_theirs(
    dossier: cordiale.Dossier, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in (marking, links):
        monkeypatch.setattr(module, "WINDOW", 100)
    folder = tmp_path / "site"
    write_site(dossier, str(folder), VIEW)
    parts = sorted(folder.glob("source-*.html"))
    assert [part.stem.count("-") for part in parts] == [2, 2, 1]
    tree = html.parse(str(folder / "tie-hamas--israel.html")).getroot()
    (address,) = tree.xpath("//dd/a[contains(@href, '#q-')]/@href")
    part, mark = address.split("#")
    assert part in {one.name for one in parts[:2]}
    assert html.parse(str(folder / part)).getroot().xpath("//mark[@id=$name]", name=mark)


def test_a_story_that_many_tell_has_a_page_that_leads_to_all_of_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(listing, "COPIES", 1)
    with cordiale.open(tmp_path / "a.dossier", clock=lambda: NOW) as found:
        for number in range(4):
            text = f"{ARTICLE} {'Nobody else was there, and nothing more is known. ' * 9}{number}"
            found.read("-", stdin=io.BytesIO(text.encode()), jobs=1)
        write_site(found, str(tmp_path / "site"), VIEW)
    (story,) = (tmp_path / "site").glob("story-*.html")
    told = {one for one in html.parse(str(story)).getroot().xpath("//tbody//a/@href") if one.startswith("source-")}
    assert told == {one.name for one in (tmp_path / "site").glob("source-*.html")}
    assert len(told) == 4


def test_an_empty_dossier_is_a_site_that_says_so(tmp_path: Path) -> None:
    with cordiale.open(tmp_path / "a.dossier") as found:
        write_site(found, str(tmp_path / "site"), VIEW)
    assert "no claims" in (tmp_path / "site" / "index.html").read_text("utf-8")


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
        seen = ("index", "map", "matrix", "actor-hamas", "tie-hamas--syria", "sources", "actors", "blocs", "balance")
        for name in seen:
            page.goto((made / f"{name}.html").as_uri())
            page.set_viewport_size({"width": 360, "height": 800})
            assert page.evaluate("document.documentElement.scrollWidth") <= 360
            page.set_viewport_size({"width": 1000, "height": 800})
            found = Axe().run(page)
            assert found.violations_count == 0, found.generate_report()
        errors.clear()  # axe asks for the style sheets, which the policy forbids it
        page.goto((made / "map.html").as_uri())
        page.locator("svg a[data-tie='hamas israel']").focus()
        page.keyboard.press("Enter")
        page.wait_for_url("**/tie-hamas--israel.html")
        assert errors == []
        browser.close()
