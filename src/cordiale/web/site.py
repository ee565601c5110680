"""The dossier as a static site: the pages of one view as files in one folder, with no server behind them.

Each page is the one that `cordiale serve` shows, asked for in this process. What needs a server is left out of it, a
link to what is not in the site becomes text, and there is no script. The folder takes its place when it is whole.
"""

from __future__ import annotations

import asyncio
import shutil
import tempfile
from collections.abc import Callable, Iterator
from importlib.resources import files
from pathlib import Path
from urllib.parse import parse_qs, quote, unquote, urlencode, urlsplit

import httpx
from lxml import html

from cordiale.dossier import Dossier
from cordiale.exports.writing import ExportError
from cordiale.figures import stylesheet
from cordiale.web.app import create_app
from cordiale.web.desk import Desk
from cordiale.web.sources import ROWS
from cordiale.web.view import View

MARK = ".cordiale-site"
"""The file that says that a folder is such a site, and may be replaced by another one."""
LONGEST = 120
"""Letters of a file's name, at most; actors with longer ids go by a part of them and a number."""
STYLES = ("site.css", "icon.svg")
POLICY = "default-src 'none'; style-src 'self' file:; img-src 'self' file: data:"
_LEFT_OUT = {"at", "known", "sources", "ignored", "claim"}
"""Parameters that tell no page of a site from another."""
_SCHEMES = ("http:", "https:")

Progress = Callable[[int, int], None]


def write_site(dossier: Dossier, folder: str, view: View, *, progress: Progress | None = None) -> int:
    """Write the pages of a view into a folder, which is new, empty, or an earlier site; how many pages.

    A folder that holds anything else is an `ExportError`. One that is interrupted leaves what was there.
    """
    place = Path(folder).resolve()
    if folder == "-" or (place.exists() and not _ours(place)):
        raise ExportError(folder, "is no folder for a site", "name a new folder, an empty one, or an earlier site")
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        new = Path(tempfile.mkdtemp(dir=place.parent, prefix=f".{place.name}."))
    except OSError as error:
        raise ExportError(folder, (error.strerror or str(error)).lower(), "name another place") from error
    try:
        count = asyncio.run(_Site(dossier, view, new).write(progress or (lambda _done, _of: None)))
        (new / MARK).touch()
        new.chmod(0o755)
        _take_place(new, place)
    except OSError as error:
        raise ExportError(folder, (error.strerror or str(error)).lower(), "make room, or name another place") from error
    finally:
        shutil.rmtree(new, ignore_errors=True)
    return count


class _Site:
    """The addresses of a view, the file of each, and the application that answers them."""

    def __init__(self, dossier: Dossier, view: View, folder: Path) -> None:
        self.view, self.folder = view, folder
        self.app = create_app(dossier, hosts=(), still=True)
        self.files: dict[str, str] = {}
        desk = Desk(dossier)
        for path, name in _addresses(desk, view):
            short = name if len(name) <= LONGEST else f"{name[:LONGEST]}-{len(self.files)}"
            self.files[path] = f"{short}.html"

    async def write(self, progress: Progress) -> int:
        """Ask for every page and its data; how many pages."""
        styles = files("cordiale.web") / "static"
        for name in STYLES:
            (self.folder / name).write_bytes((styles / name).read_bytes())
        (self.folder / "figure.css").write_text(stylesheet(), encoding="utf-8")
        data: dict[str, str] = {}
        transport = httpx.ASGITransport(app=self.app)
        async with httpx.AsyncClient(transport=transport, base_url="http://site", timeout=None) as client:
            for done, (path, name) in enumerate(self.files.items(), start=1):
                answer = await self._asked(client, path)
                (self.folder / name).write_bytes(self._page(answer.content, data))
                progress(done, len(self.files))
            for path, name in data.items():
                (self.folder / name).write_bytes((await self._asked(client, path)).content)
        return len(self.files)

    async def _asked(self, client: httpx.AsyncClient, path: str) -> httpx.Response:
        address = path + ("&" if "?" in path else "?") + self.view.query[1:]
        while (answer := await client.get(address)).status_code == 202:  # it is being worked on
            await asyncio.sleep(0.2)
        answer.raise_for_status()
        return answer

    def _page(self, markup: bytes, data: dict[str, str]) -> bytes:
        """A page with links within the site; the data that it leads to is noted."""
        page = html.document_fromstring(
            markup.decode("utf-8"), parser=html.HTMLParser(encoding="utf-8", huge_tree=True)
        )
        policy = html.Element("meta", {"http-equiv": "Content-Security-Policy", "content": POLICY})
        page.find("head").insert(1, policy)
        for one in page.xpath("//*[@href]"):
            to = self._link(one.get("href"), data)
            if to is not None:
                one.set("href", to)
            elif one.tag == "a" and not one.xpath("ancestor::*[local-name()='svg']"):
                one.drop_tag()
            else:  # a part of a figure, which goes on saying what it is
                del one.attrib["href"]
                one.set("role", "img")
        made: bytes = html.tostring(page, encoding="utf-8", doctype="<!doctype html>")
        return made

    def _link(self, address: str, data: dict[str, str]) -> str | None:
        """Where a link leads within the site, or outside of it; None where it leads nowhere."""
        if address.startswith(("#", *_SCHEMES)):
            return address
        parts = urlsplit(address)
        asked = parse_qs(parts.query)
        path = unquote(parts.path)
        if path.startswith("/static/"):
            return path.removeprefix("/static/")
        if not address.startswith("/") or not self._of_view(asked):
            return None
        ending = f"#{parts.fragment}" if parts.fragment else ""
        stem, dot, kind = path.rpartition(".")
        if dot and kind in ("json", "csv") and stem != path:
            told = self.files.get(_key(stem), stem.strip("/"))
            data[parts.path] = f"{told.removesuffix('.html')}.{kind}"
            return quote(data[parts.path], safe="~")
        rest = {name: value[0] for name, value in asked.items() if name not in _LEFT_OUT}
        if rest.get("shape") == "graph" or rest.get("page") == "1":
            rest = {}
        key = _key(path) + (f"?{urlencode(rest)}" if rest else "")
        return quote(self.files[key], safe="~") + ending if key in self.files else None

    def _of_view(self, asked: dict[str, list[str]]) -> bool:
        mine = parse_qs(self.view.query[1:])
        return all(asked.get(name) == mine.get(name) for name in ("at", "known", "sources", "ignored"))


def _addresses(desk: Desk, view: View) -> Iterator[tuple[str, str]]:
    """Every page of a site, and the name of its file."""
    yield "/", "index"
    yield "/map", "map"
    yield "/map?shape=matrix", "matrix"
    for name in ("actors", "blocs", "balance"):
        yield f"/{name}", name
    evidence = desk.evidence(view)
    for actor in evidence.columns.actors:
        yield f"/actor/{actor}", f"actor-{actor}"
    for tie in desk.snapshot(view).at_a_glance():
        yield _key(f"/tie/{tie.a}/{tie.b}"), f"tie-{tie.a}--{tie.b}"
    yield "/sources", "sources"
    number = 1
    while page := desk.dossier.store.sources(known=view.known, first=(number - 1) * ROWS, limit=ROWS).page:
        if number > 1:
            yield f"/sources?page={number}", f"sources-{number}"
        for story in page:
            for document in story.documents:
                yield f"/source/{document.sha256}", f"source-{document.sha256[:16]}"
        number += 1


def _key(path: str) -> str:
    """The one address of a page: a tie has two, by which of its actors comes first."""
    if path.startswith("/tie/") and path.count("/") == 3:
        return "/tie/" + "/".join(sorted(path.split("/")[2:]))
    return path


def _ours(place: Path) -> bool:
    return place.is_dir() and ((place / MARK).exists() or not any(place.iterdir()))


def _take_place(new: Path, place: Path) -> None:
    """Put a folder where another one may be: that one goes once it has been replaced."""
    old = None
    if place.exists():
        old = Path(tempfile.mkdtemp(dir=place.parent, prefix=f".{place.name}.old.")) / "site"
        place.rename(old)
    new.rename(place)
    if old is not None:
        shutil.rmtree(old.parent, ignore_errors=True)
