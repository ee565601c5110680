"""Where links lead in a static site: to a file beside the page, to an original elsewhere, or nowhere.

An address is that of `cordiale serve`; the pages of another day, and whatever needs a server, have no file. Names of
files are made by the site, and never by a document. Of a long text each part has a page: one that is met gets its file.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from urllib.parse import parse_qs, quote, unquote, urlencode, urlsplit

from cordiale.web.marking import WINDOW
from cordiale.web.view import View

_OUTSIDE = ("http:", "https:")
_OF_VIEW = ("at", "known", "sources", "ignored")
_PLAIN = {"shape": "graph", "page": "1", "failed": "1"}
"""What a page shows where its address does not say so."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Data:
    """The data of a page: its file, and the address that gives it."""

    file: str
    address: str


@dataclass(slots=True, kw_only=True)
class Links:
    """The files of a site by the addresses of their pages, and what was met while links were followed.

    `met` are parts of long texts that have a file now and no page yet, `quotes` the files of quotes in later parts.
    """

    view: View
    files: dict[str, str]
    met: list[str] = field(default_factory=list)
    quotes: dict[str, str] = field(default_factory=dict)

    def to(self, address: str) -> str | Data | None:
        """Where a link leads: within the site, or out of it, or to data; None where it leads nowhere.

        >>> links = Links(view=View.of({"at": "2012"}, None), files={"/map": "map.html", "/tie/a/b": "tie-a--b.html"})
        >>> links.to("/tie/b/a?at=2012-12-31#c1"), links.to("/map?at=2013-12-31"), links.to("/review?at=2012-12-31")
        ('tie-a--b.html#c1', None, None)
        """
        if address.startswith(("#", *_OUTSIDE)):
            return address
        parts = urlsplit(address)
        path, asked = unquote(parts.path), parse_qs(parts.query)
        if path.startswith("/static/"):
            return path.removeprefix("/static/")
        if not address.startswith("/") or not self._of_this_view(asked):
            return None
        rest = {n: v[0] for n, v in asked.items() if n not in _OF_VIEW and v[0] != _PLAIN.get(n)}
        stem, dot, kind = path.rpartition(".")
        if dot and kind in ("json", "csv"):
            file = self._file("/" if stem == "/start" else stem, rest)
            address = f"{parts.path}?{parts.query}"
            return None if file is None else Data(file=f"{file.removesuffix('.html')}.{kind}", address=address)
        file = self._file(path, rest)
        if file is None:
            return None
        if parts.fragment.startswith("q-"):
            file = self.quotes.get(parts.fragment, file)
        return quote(file, safe="~") + (f"#{parts.fragment}" if parts.fragment else "")

    def _file(self, path: str, rest: dict[str, str]) -> str | None:
        key = one_address(path)
        rest.pop("claim", None)
        if path.startswith("/source/") and "from" in rest and key in self.files:
            return self._part(key, int(rest["from"]))
        return self.files.get(f"{key}?{urlencode(rest)}" if rest else key)

    def _part(self, key: str, start: int) -> str:
        """The file of the part of a text that begins nearest to a character."""
        number = (start + WINDOW // 2) // WINDOW
        if number == 0:
            return self.files[key]
        part = f"{key}?from={number * WINDOW}"
        if part not in self.files:
            self.files[part] = f"{self.files[key].removesuffix('.html')}-{number + 1}.html"
            self.met.append(part)
        return self.files[part]

    def _of_this_view(self, asked: dict[str, list[str]]) -> bool:
        mine = parse_qs(self.view.query[1:])
        return all(asked.get(name) == mine.get(name) for name in _OF_VIEW)


def one_address(path: str) -> str:
    """The one address of a page: a tie has two, by which of its actors comes first."""
    if path.startswith("/tie/") and path.count("/") == 3:
        return "/tie/" + "/".join(sorted(path.split("/")[2:]))
    return path
