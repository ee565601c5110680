"""The pictures of pages in the docs: each was taken of the page as it is, or `make screens` takes it anew.

What is compared is what draws a page: its templates, styles, scripts and figures. Pixels differ by browser, and what a
network in int8 reads differs a little by processor.
"""

from __future__ import annotations

import hashlib
import json
import os
import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import httpx
import pytest
import uvicorn
from stream_makers import gdelt, taken, written

import cordiale
from cordiale.events import Archive
from cordiale.web import create_app

ROOT = Path(__file__).parents[2]
SCREENS = ROOT / "docs" / "screens"
WEB = ROOT / "src" / "cordiale" / "web"
MADE_OF = SCREENS / "made-of.json"
NOW = datetime(2017, 1, 1, tzinfo=UTC)
PAGES = {
    "start": "?at=2012-12",
    "actor": "actor/hamas?at=2012-12",
    "tie": "tie/hamas/syria?at=2012-12",
    "map": "map?at=2012-12&tie=hamas+syria",
    "around": "map?at=2012-12&focus=hamas",
    "matrix": "map?at=2012-12&shape=matrix",
    "blocs": "blocs?at=2012-12",
    "balance": "balance?at=2012-12",
    "what-if": "what-if?at=2012-12&a=Hamas&b=Syria&sign=friendly",
    "search": "search?q=Hamas+Syria&at=2012-12",
    "sources": "sources?at=2012-12",
    "read": "read",
    "review": "review?by=A.+Reviewer",
    "events": "events/hamas/syria?at=2012-12",
}
DEALINGS = [
    gdelt("PSE", "SYR", groups=("HMS", ""), day=f"{year}{month:02}{day:02}", code=code, score=score, event_id=number,
          url=f"https://www.example.org/{number}")
    for year in range(2008, 2013) for month in range(1, 13)
    for n, day in enumerate(range(2, 26, 4 if month % 5 else 2))
    for code, score in [("112", "-2.0") if (year, month) > (2012, 1) else ("050", "3.5") if n % 3 else ("036", "4.0")]
    for number in [f"{year}{month:02}{day:02}"]
]  # fmt: skip
"""Made-up events of Hamas and Syria: friendly to the beginning of 2012, then not."""
ARTICLE = "Qatar hosts Hamas, and Egypt supports it. In 2012 Hamas broke with Syria. Iran is an ally of Syria."


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("screens")
    with (
        pytest.MonkeyPatch.context() as patch,
        cordiale.open(folder / "briefs.dossier", clock=lambda: NOW) as dossier,
        Archive(folder / "archive") as archive,
    ):
        taken(archive, written(folder, "events.csv", DEALINGS))
        patch.chdir(ROOT)  # so that sources are where a reader of the docs has them
        dossier.read("examples/briefs", jobs=1)
        patch.setattr(type(dossier), "name", "briefs.dossier")
        config = uvicorn.Config(
            create_app(dossier, archive=archive), port=0, log_level="warning", lifespan="off", ws="none"
        )
        server = uvicorn.Server(config)
        thread = threading.Thread(target=server.run)
        thread.start()
        try:
            while not server.started:
                assert thread.is_alive()
            yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}/"
        finally:
            server.should_exit = True
            thread.join()


def previewed(address: str) -> str:
    """The path of the page that shows the claims of an article before they enter the dossier."""
    form = {"text": ARTICLE, "published": "2012-12-01", "publisher": "The Example Gazette"}
    answer = httpx.post(f"{address}read", data=form, headers={"origin": address.rstrip("/")}, timeout=60)
    return answer.headers["location"].lstrip("/")


def drawn_by() -> str:
    """What draws the pages, in sixteen digits."""
    drawing = [*(WEB / "templates").iterdir(), *(WEB / "static").iterdir(), *(WEB.parent / "figures").glob("*.*")]
    told = hashlib.sha256()
    for file in sorted(drawing):
        told.update(file.name.encode() + file.read_bytes())
    return told.hexdigest()[:16]


def test_no_picture_of_a_page_in_the_docs_is_stale(address: str, chromium: str) -> None:
    from playwright.sync_api import sync_playwright

    paths = {**PAGES, "preview": previewed(address)}
    for path in paths.values():
        assert httpx.get(address + path, timeout=60, follow_redirects=True).status_code in (200, 202)
    made_of = {"drawn_by": drawn_by(), "pages": sorted(paths)}
    if os.environ.get("CORDIALE_SCREENS"):
        SCREENS.mkdir(exist_ok=True)
        with sync_playwright() as driver:
            browser = driver.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
            page = browser.new_page(viewport={"width": 1200, "height": 900})
            for name, path in paths.items():
                page.goto(address + path)
                while page.locator("[data-again]").count():
                    page.goto(address + path)
                page.wait_for_load_state("networkidle")
                page.screenshot(path=SCREENS / f"{name}.png")
            browser.close()
        MADE_OF.write_text(json.dumps(made_of, indent=1) + "\n", encoding="utf-8")
    assert json.loads(MADE_OF.read_text("utf-8")) == made_of, "pages look otherwise than in the docs: make screens"
    for name in paths:
        assert (SCREENS / f"{name}.png").read_bytes().startswith(b"\x89PNG")
        assert f"screens/{name}.png" in (ROOT / "docs" / "web.md").read_text("utf-8")
