"""The dossier as a static site: the pages of one view as files in one folder, with no server behind them.

Each page is the one that `cordiale serve` shows, asked for in this process. What needs a server is left out of it, a
link to what is not in the site becomes text, and there is no script. The folder takes its place when it is whole.
"""

from __future__ import annotations

import asyncio
import os
import re
import shutil
import tempfile
from collections import deque
from collections.abc import Callable, Iterator
from importlib.resources import files
from itertools import count
from pathlib import Path
from typing import Any
from urllib.parse import quote

import httpx
from lxml import etree, html

from cordiale.dossier import Dossier
from cordiale.errors import ExportError
from cordiale.figures import stylesheet
from cordiale.web.app import create_app
from cordiale.web.desk import Desk
from cordiale.web.links import Data, Links, one_address
from cordiale.web.sources import ROWS
from cordiale.web.view import View

MARK = ".cordiale-site"
"""The file that says that a folder is such a site, with the names of its files, and may be replaced by another one."""
LONGEST = 120
"""Letters of a file's name, at most; what is longer goes by a part of it and a number."""
POLICY = "default-src 'none'; style-src 'self'; img-src 'self' data:"
"""What headers say elsewhere; a browser holds to it for files too."""
AT_REST = "\nbody > footer { position: static; }\n"
"""Added to the style of pages: a foot without a date bar need not stay in sight."""
_FIGURE = re.compile(r'<svg [^>]*class="figure figure-([a-z-]+)".*?</svg>', re.DOTALL)
_PARSER = html.HTMLParser(encoding="utf-8", huge_tree=True)

Progress = Callable[[int, int], None]


def write_site(dossier: Dossier, folder: str, view: View, *, progress: Progress | None = None) -> int:
    """Write the pages of a view into a folder, which is new, empty, or an earlier site; how many pages.

    A folder that holds anything else is an `ExportError`. One that is interrupted leaves what was there.
    """
    if folder == "-":
        raise ExportError("standard output", "is no folder, and a site is one", "name one: -o FOLDER")
    try:
        place = Path(folder).resolve()
        if place.exists() and not _ours(place):
            raise ExportError(folder, "holds something else", "name a new folder, an empty one, or an earlier site")
        place.parent.mkdir(parents=True, exist_ok=True)
        new = Path(tempfile.mkdtemp(dir=place.parent, prefix=f".{place.name}."))
    except OSError as error:
        raise _told(folder, error) from error
    try:
        made = asyncio.run(_Site(dossier, view, new, folder).write(progress or (lambda _done, _of: None)))
        (new / MARK).write_text("".join(f"{one.name}\n" for one in sorted(new.iterdir())), encoding="utf-8")
        _take_place(new, place)
    except OSError as error:
        raise _told(folder, error) from error
    finally:
        shutil.rmtree(new, ignore_errors=True)
    return made


class _Site:
    """The addresses of a view, the file of each, and the application that answers them."""

    def __init__(self, dossier: Dossier, view: View, folder: Path, called: str) -> None:
        self.view, self.folder, self.called = view, folder, called
        self.app = create_app(dossier, hosts=(), still=True)
        self.links = Links(view=view, files={})
        self.written: set[str] = set()
        for path, name in _addresses(self.app.state.desk, view):
            short = name if len(name) <= LONGEST else f"{name[:LONGEST]}-{len(self.links.files)}"
            self.links.files.setdefault(path, f"{short}.html")

    async def write(self, progress: Progress) -> int:
        """Ask for every page, with its figures and its data; how many pages. Nothing is kept of one that is written."""
        static = files("cordiale.web") / "static"
        (self.folder / "icon.svg").write_bytes((static / "icon.svg").read_bytes())
        (self.folder / "site.css").write_bytes((static / "site.css").read_bytes() + AT_REST.encode())
        (self.folder / "figure.css").write_text(stylesheet(), encoding="utf-8")
        waiting = deque(self.links.files)
        transport = httpx.ASGITransport(app=self.app)
        async with httpx.AsyncClient(transport=transport, base_url="http://site", timeout=None) as client:
            for done in count(1):
                path = waiting.popleft()
                found = (await self._asked(client, f"{path}{'&' if '?' in path else '?'}{self.view.query[1:]}")).text
                for data in self._page(path, found):
                    if data.file not in self.written:
                        self.written.add(data.file)
                        answer = await self._asked(client, data.address)
                        (self.folder / data.file).write_bytes(answer.content)
                waiting.extendleft(reversed(self.links.met))  # before the ties, whose quotes lead there
                self.links.met.clear()
                progress(done, done + len(waiting))
                if not waiting:
                    return done
        raise AssertionError("a site has a first page")

    async def _asked(self, client: httpx.AsyncClient, address: str) -> httpx.Response:
        while (answer := await client.get(address)).status_code == 202:  # it is being worked on
            await asyncio.sleep(0.2)
        if answer.status_code != 200:
            why = f"is not written, as {address} gave an error ({answer.status_code})"
            raise ExportError(self.called, why, "try again, once no other process writes to the dossier")
        return answer

    def _page(self, path: str, found: str) -> list[Data]:
        """Write a page whose links are within the site, and its figures; the data that it leads to."""
        file = self.links.files[path]
        page = html.document_fromstring(found, parser=_PARSER)
        page.find("head").insert(1, html.Element("meta", {"http-equiv": "Content-Security-Policy", "content": POLICY}))
        data = self._relink(page)
        for one in page.xpath("//@*[starts-with(name(), 'data-') and starts-with(., '/')]"):
            del one.getparent().attrib[one.attrname]  # what only a script asks for
        drawn = self._figures(file.removesuffix(".html"), found)
        for shelf in page.xpath("(//body/footer//nav)[last()]") or page.xpath("//body/footer"):
            for number, (name, title) in enumerate(drawn, start=1):
                link = etree.SubElement(shelf, "a", {"href": quote(name, safe="~")})
                link.text = "SVG" if len(drawn) == 1 else f"SVG {number}"
                link.set("aria-label", f"{link.text}: {title}")
                link.tail = " "
        if "?from=" in path:
            self.links.quotes |= dict.fromkeys(page.xpath("//@id[starts-with(., 'q-')]"), file)
        (self.folder / file).write_bytes(html.tostring(page, encoding="utf-8", doctype="<!doctype html>"))
        return data

    def _relink(self, page: Any) -> list[Data]:
        data = []
        for one in page.xpath("//*[@href]"):
            to = self.links.to(one.get("href"))
            if isinstance(to, Data):
                data.append(to)
                to = quote(to.file, safe="~")
            if to is not None:
                one.set("href", to)
            elif one.xpath("ancestor::*[local-name()='svg']"):  # a part of a figure, which goes on saying what it is
                del one.attrib["href"]
                one.set("role", "img")
            else:
                one.drop_tag()
        return data

    def _figures(self, stem: str, found: str) -> list[tuple[str, str]]:
        """Write the figures of a page as files of their own; the name and the title of each."""
        made: dict[str, str] = {}
        for match in _FIGURE.finditer(found):
            root = etree.fromstring(match[0], parser=etree.XMLParser(huge_tree=True, resolve_entities=False))
            self._relink(root)
            style = etree.Element("{http://www.w3.org/2000/svg}style")
            style.text = stylesheet()
            root.insert(0, style)
            name = f"{stem}.{match[1]}{f'-{len(made) + 1}' if f'{stem}.{match[1]}.svg' in made else ''}.svg"
            (self.folder / name).write_bytes(etree.tostring(root, encoding="utf-8", xml_declaration=True))
            made[name] = root.get("aria-label", "")
        return list(made.items())


def _addresses(desk: Desk, view: View) -> Iterator[tuple[str, str]]:
    """Every page of a site, and what its file is called. No id has two dashes in a row, so that no two names clash."""
    yield "/", "index"
    yield "/map", "map"
    yield "/map?shape=matrix", "matrix"
    for name in ("actors", "blocs", "balance"):
        yield f"/{name}", name
    yield "/sources", "sources"
    yield from _sources(desk, view)
    evidence = desk.evidence(view)
    names = evidence.columns.actors
    for actor in names:
        yield f"/actor/{actor}", f"actor-{actor}"
    for a, b in zip(evidence.a.tolist(), evidence.b.tolist(), strict=True):
        first, second = sorted((names[a], names[b]))
        yield one_address(f"/tie/{first}/{second}"), f"tie-{first}--{second}"


def _sources(desk: Desk, view: View) -> Iterator[tuple[str, str]]:
    """The lists of documents and of failed inputs, and every document, also those that tell a story again."""
    store = desk.dossier.store
    for number in count(1):
        found = store.sources(known=view.known, first=(number - 1) * ROWS, limit=ROWS)
        if not found.page:
            break
        if number > 1:
            yield f"/sources?page={number}", f"sources-{number}"
        for story in found.page:
            told = list(story.documents)
            if story.left:
                sha256 = told[0].story
                yield f"/sources?story={sha256}", f"story-{sha256[:16]}"
                listed = store.sources(story=sha256, known=view.known, limit=len(told) + story.left).page
                told += [one for each in listed for one in each.documents]
            for document in told:
                yield f"/source/{document.sha256}", f"source-{document.sha256[:16]}"
    for number in range(2, -(-store.sources(known=view.known, limit=1).failures // ROWS) + 1):
        yield f"/sources?failed={number}", f"failed-{number}"


def _ours(place: Path) -> bool:
    return place.is_dir() and ((place / MARK).is_file() or not any(place.iterdir()))


def _take_place(new: Path, place: Path) -> None:
    """Put a folder where another one may be: that one goes once it has been replaced, and comes back if it is not."""
    mask = os.umask(0)
    os.umask(mask)
    new.chmod(0o777 & ~mask)  # temporary folders are for their owner's eyes
    if not place.exists():
        new.rename(place)
        return
    old = Path(tempfile.mkdtemp(dir=place.parent, prefix=f".{place.name}.old."))
    place.rename(old / "site")
    try:
        new.rename(place)
    except BaseException:
        (old / "site").rename(place)
        old.rmdir()
        raise
    _carry_over(old / "site", place)
    shutil.rmtree(old, ignore_errors=True)


def _carry_over(old: Path, place: Path) -> None:
    """Move what is not of the earlier site, such as a repository or a domain's file, into the folder of the new one."""
    mark = old / MARK
    written = set(mark.read_text("utf-8").splitlines()) | {MARK} if mark.is_file() else set()
    for one in list(old.iterdir()):
        if one.name not in written and not (place / one.name).exists():
            one.rename(place / one.name)


def _told(folder: str, error: OSError) -> ExportError:
    if isinstance(error, ExportError):
        return error
    why = f"cannot be written ({(error.strerror or str(error)).lower()})"
    return ExportError(folder, why, "check the folder, your rights to it and the free space")
