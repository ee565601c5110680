"""The pages in a real browser: by keyboard and by name, light and dark, wide and narrow, and nothing from elsewhere."""

from __future__ import annotations

import hashlib
import re
import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest
from stream_makers import gdelt, taken, written

import cordiale
from cordiale.documents import ReadOptions
from cordiale.events import Archive

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

HARM = '<script>document.title="harmed"</script><img src=x onerror="document.title=\'harmed\'">'
ARTICLE = f"""Syria hosts Hamas and supported it with weapons since 2006. {HARM} Iran is an ally of Syria.
In February 2012 Hamas broke with Syria because of the repression of the uprising. Israel fights Hamas.
Qatar hosts Hamas. Egypt supports Hamas. Turkey opposes Syria. Iran supports Hamas with weapons. Israel opposes Iran.
Qatar opposes Syria. Russia is an ally of Syria. Egypt is an ally of Qatar. Turkey supports Qatar. Jordan opposes Iran.
"""
EVENTS = [
    *(gdelt(day=f"2010{month:02}03", code="057", score="8.0", quad="1") for month in range(1, 13)),
    *(gdelt(day=f"2011{month:02}{day:02}", url=f"javascript:alert(1)//{HARM}" if day == 5 else None)
      for month in range(1, 13) for day in range(3, 12)),
]  # fmt: skip
"""Turkey and Syria: a quiet year, and one with many shots, whose stories would do harm."""
PAGES = (
    "", "actor/hamas", "tie/hamas/syria", "map", "map?shape=matrix", "map?focus=hamas", "map?all=1&min=0.2",
    "map?tie=hamas+syria", "blocs", "balance", "what-if", "what-if?a=Hamas&b=Iran&sign=hostile",
    "what-if?a=Egypt&leaves=Arab+League", "map?bloc=Arab+League", "review",
    "review?by=Ann", "search?q=Hammas", "search?q=Hamas+Syria", "actor/nobody",
    "sources", "sources?q=a.txt", "sources?page=9", f"source/{hashlib.sha256(ARTICLE.encode()).hexdigest()}", "read",
    "read/nobody", "tie/syria/turkey", "events/syria/turkey", "events/hamas/syria",
)  # fmt: skip


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("web")
    (folder / "a.txt").write_text(ARTICLE, encoding="utf-8")
    with cordiale.open(folder / "a.dossier") as dossier:
        dossier.read(folder / "a.txt", jobs=1, options=ReadOptions(published=date(2012, 3, 1)))
    with Archive(folder / "archive") as archive:
        taken(archive, written(folder, "events.csv", EVENTS))
    command = [
        sys.executable,
        "-m",
        "cordiale",
        "serve",
        "--port",
        "0",
        "--no-browser",
        "-d",
        str(folder / "a.dossier"),
        "--archive",
        str(folder / "archive"),
    ]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as server:
        try:
            assert server.stderr is not None
            told = re.search(r"at (http://\S+)", server.stderr.readline())
            assert told
            yield told[1]
        finally:
            server.kill()


@pytest.fixture(scope="module")
def browser(chromium: str) -> Iterator[Browser]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as driver:
        made = driver.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        yield made
        made.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    made = browser.new_page(viewport={"width": 1100, "height": 900})
    yield made
    made.close()


def at(address: str, path: str, day: str = "2012-06-01") -> str:
    return f"{address}{path}{'&' if '?' in path else '?'}at={day}"


@pytest.mark.parametrize("path", PAGES)
def test_no_page_keeps_anybody_out(page: Page, address: str, path: str) -> None:
    from axe_playwright_python.sync_playwright import Axe

    page.goto(at(address, path))
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        found = Axe().run(page)
        assert found.violations_count == 0, (scheme, found.generate_report())


@pytest.mark.parametrize("path", PAGES)
def test_no_request_leaves_its_origin_no_harm_is_done_and_a_narrow_screen_scrolls_one_way_only(
    page: Page, address: str, path: str
) -> None:
    asked: list[str] = []
    errors: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto(at(address, path))
    page.wait_for_load_state("networkidle")
    assert {urlsplit(url).netloc for url in asked} == {urlsplit(address).netloc}
    assert page.title() != "harmed"
    assert [error for error in errors if "404" not in error] == []
    page.set_viewport_size({"width": 360, "height": 740})
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


def test_a_figure_is_one_stop_of_the_tab_key_and_the_search_key_works_on_the_slider(page: Page, address: str) -> None:
    page.goto(at(address, "map"))
    page.get_by_role("button", name="Play").wait_for()
    page.locator("form.filter button").focus()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.tagName") == "a"
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('svg')") is None
    page.locator(".months input").focus()
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.id") == "q"


def test_the_table_of_a_map_is_there_for_the_day_that_the_slider_shows(page: Page, address: str) -> None:
    page.goto(at(address, "map"))
    page.get_by_role("button", name="Play").wait_for()
    page.locator(".months input").focus()
    page.keyboard.press("ArrowLeft")
    page.get_by_role("link", name="The same as a table, on 2012-05-31").click()
    page.wait_for_url("**at=2012-05-31*")
    assert page.get_by_text("The same as a table, on 2012-05-31").count() == 1


def test_a_name_is_searched_a_day_moved_and_a_quote_read_by_keyboard(page: Page, address: str) -> None:
    page.goto(at(address, ""))
    page.keyboard.press("/")
    page.keyboard.type("Hamas")
    page.keyboard.press("Enter")
    page.wait_for_url("**/actor/hamas?*")
    page.get_by_label("On the day").fill("2010")
    page.keyboard.press("Enter")
    page.wait_for_url("**at=2010*")
    tie = page.get_by_role("link", name=re.compile("^Hamas and Syria: "))
    tie.focus()
    page.keyboard.press("Enter")
    panel = page.get_by_role("complementary", name="Evidence")
    assert "supported it with weapons" in (panel.locator("mark").first.text_content() or "")
    assert "tie=hamas+syria" in page.url
    page.keyboard.press("Escape")
    assert not panel.is_visible()
    assert "tie=" not in page.url
    assert page.evaluate("document.activeElement.dataset.tie") == "hamas syria"


def test_a_sent_address_shows_the_same_evidence_and_leads_to_all_of_it(page: Page, address: str) -> None:
    page.goto(at(address, "map?tie=hamas+syria"))
    panel = page.get_by_role("complementary", name="Evidence")
    panel.get_by_role("link", name=re.compile("^Its history")).click()
    page.wait_for_url("**/tie/hamas/syria?at=2012-06-01")
    assert page.locator("mark").count() > 1


def test_the_map_follows_the_slider_without_asking_for_anything(page: Page, address: str) -> None:
    page.goto(at(address, "map", "2012-02-29"))
    page.get_by_role("button", name="Play").wait_for()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    tie = page.get_by_role("link", name=re.compile("^Hamas and Syria: "))
    assert "disputed" in (tie.get_attribute("aria-label") or "")
    slider = page.get_by_role("slider")
    slider.focus()
    for _ in range(2):
        page.keyboard.press("ArrowLeft")
    page.wait_for_url("**at=2011-12-31*")
    assert "friendly" in (tie.get_attribute("aria-label") or "")
    assert page.get_by_label("On the day").input_value() == "2011-12-31"
    assert "on 2011-12-31" in (page.locator("svg.figure").get_attribute("aria-label") or "")
    for href in page.eval_on_selector_all("a[href^='/']", "links => links.map(link => link.getAttribute('href'))"):
        assert "at=2011-12-31" in href
    assert [url for url in asked if not url.endswith("icon.svg")] == []  # which a browser looks for by itself
    before = page.url
    page.keyboard.press("Shift+ArrowRight")
    page.wait_for_url(lambda url: url != before)
    assert "at=2012-02-29" in page.url  # the month in which the two broke
    page.reload()
    assert "on 2012-02-29" in (page.locator("svg.figure").get_attribute("aria-label") or "")


def test_what_the_slider_shows_of_a_month_is_what_the_server_says_of_it(page: Page, address: str) -> None:
    page.goto(at(address, "map", "2010-03"))
    page.get_by_role("button", name="Play").wait_for()
    read = """() => [...document.querySelectorAll('.tie:not(.unknown)[data-tie]')].map(tie =>
        tie.dataset.tie + ' ' + tie.getAttribute('class').replace(/ c\\d/, '')).sort().join()"""
    seen = {}
    slider = page.get_by_role("slider")
    slider.focus()
    for _ in range(4):
        page.keyboard.press("Shift+ArrowRight")
        day = page.get_by_label("On the day").input_value()
        seen[day] = (page.evaluate(read), page.locator("svg.figure").get_attribute("aria-label"))
    assert len(seen) > 1
    for day, (ties, title) in seen.items():
        page.goto(at(address, "map", day))
        assert page.evaluate(read) == ties
        assert page.locator("svg.figure").get_attribute("aria-label") == title


def test_a_figure_is_one_stop_and_arrows_go_from_tie_to_tie(page: Page, address: str) -> None:
    page.goto(at(address, "map"))
    figure = page.locator("svg.figure")
    assert figure.locator("a").count() > 5
    assert figure.locator('a[tabindex="0"]').count() == 1
    figure.locator('a[tabindex="0"]').focus()
    first = page.evaluate("document.activeElement.getAttribute('aria-label')")
    page.keyboard.press("ArrowRight")
    assert page.evaluate("document.activeElement.getAttribute('aria-label')") != first
    page.keyboard.press("Home")
    assert page.evaluate("document.activeElement.getAttribute('aria-label')") == first


def test_another_page_is_loaded_once_the_slider_rests_and_keeps_it(page: Page, address: str) -> None:
    page.goto(at(address, "actor/hamas"))
    slider = page.get_by_role("slider")
    slider.focus()
    with page.expect_navigation():
        page.keyboard.press("ArrowLeft")
    assert "at=2012-05-31" in page.url
    assert page.evaluate("document.activeElement.type") == "range"


def test_ten_claims_are_reviewed_by_one_key_each_and_one_is_taken_back(page: Page, address: str) -> None:
    page.goto(f"{address}review")
    page.get_by_label("Who reviews?").fill("Key Board")
    with page.expect_navigation():  # until it is loaded, and with it what listens to keys
        page.keyboard.press("Enter")
    before = page.get_by_role("status").text_content() or ""
    for key in ("a", "r", "a", "s", "a", "1", "a", "a", "r", "a", "a"):
        if key == "1":
            page.keyboard.press("1")
            key = "r"  # noqa: PLW2901 -- a reason is chosen first, then the claim rejected
        with page.expect_navigation():
            page.keyboard.press(key)
    assert page.get_by_role("status").text_content() != before
    assert "10 decided" in (page.get_by_role("status").text_content() or "")
    with page.expect_navigation():
        page.keyboard.press("u")
    assert "9 decided" in (page.get_by_role("status").text_content() or "")
    assert page.get_by_text("withdrawn").count() == 1


def test_print_drops_what_is_for_the_screen(page: Page, address: str, tmp_path: Path) -> None:
    page.goto(at(address, "tie/hamas/syria"))
    page.emulate_media(media="print")
    assert not page.locator("header").is_visible()
    assert page.locator("article").first.is_visible()
    page.pdf(path=tmp_path / "a.pdf")
    assert (tmp_path / "a.pdf").read_bytes().startswith(b"%PDF")


def test_an_article_is_pasted_and_its_claims_are_seen_before_they_enter(page: Page, address: str) -> None:
    page.goto(f"{address}read")
    page.get_by_label("Paste its text").fill(f"Jordan is an ally of Egypt. {HARM} Qatar hosts the Muslim Brotherhood.")
    page.get_by_role("button", name="Read it").click()
    page.wait_for_url("**/read/*")
    enter = page.get_by_role("button", name="Enter into the dossier").first
    enter.wait_for(timeout=60_000)
    assert "Jordan is an ally of Egypt" in (page.locator("mark").first.text_content() or "")
    assert page.title() != "harmed"
    enter.click()
    page.wait_for_url("**/source/*")
    assert page.locator("mark").count() > 0
    page.goto(at(address, "tie/egypt/jordan", "2030"))
    assert page.locator("mark").count() > 0
