"""Web pages: the article's text, and what the page says of itself (title, authors, publisher, date, address, language).

Menus, teasers, captions, comments and boxes are left to trafilatura to leave out. A date is taken from the page's
markup or address, never from words in the text, and not if it lies in the future. Links are not followed.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

from cordiale.claims import Document
from cordiale.documents.encodings import clean, declared_charset, decode
from cordiale.documents.raw import Raw, iso_day, web_address

# trafilatura takes seconds a megabyte; no article comes near this.
MAX_CHARACTERS = 8_000_000

_DATA_URI = re.compile(r"data:[\w/+.-]*;base64,[A-Za-z0-9+/=\s]{200,}")
_XML_DECLARATION = re.compile(r"\A\s*<\?xml[^>]*\?>")
_LANGUAGE = re.compile(r"<html\b[^>]{0,500}?\blang\s*=\s*[\"']?([A-Za-z]{2,3})\b", re.IGNORECASE)
# trafilatura makes one blank of every run of blanks, and so loses non-breaking spaces between words. They travel as
# symbols that no article uses, and come back as what they were.
_NO_BREAK = re.compile(r"(?<=[^\s>;])(?:&nbsp;|&#0*160;|&#x0*a0;|\u00a0)(?=[^\s<&])", re.IGNORECASE)
_NARROW = re.compile(r"(?<=[^\s>;])(?:&#8239;|&#x202f;|\u202f)(?=[^\s<&])", re.IGNORECASE)
_STAND_INS = {"\u237d": "\u00a0", "\u2423": "\u202f"}
_BACK = str.maketrans(_STAND_INS)

_BLOCKS = frozenset((
    "address", "article", "aside", "blockquote", "br", "dd", "div", "dl", "dt", "figcaption", "figure", "footer", "h1",
    "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "main", "nav", "ol", "p", "pre", "section", "table", "td", "th",
    "tr", "ul",
))  # fmt: skip
_UNSEEN = frozenset(("script", "style", "template", "noscript", "iframe", "svg", "head"))


def html_documents(raw: Raw) -> Iterator[Document]:
    """The one document of a page. UnreadableInput where no article is found in it or it is too large."""
    page = decode(raw.data, source=raw.source, declared=raw.charset or declared_charset(raw.data))
    page = _XML_DECLARATION.sub("", _DATA_URI.sub("", page))
    if len(page) > MAX_CHARACTERS:
        raise raw.refused(f"a page of {len(page):,} characters", f"cut it below {MAX_CHARACTERS:,}")
    if "<html" not in page[:10_000].lower():  # trafilatura takes no fragment
        page = f"<html><body>{page}</body></html>"
    found = _extracted(page, raw)
    text = _restored(found.text) if found is not None else ""
    if not text:
        raise raw.refused("no article text was found in the page", "save the article itself, or its text")
    address = web_address(found.url)
    host = urlsplit(raw.url or address or "").hostname
    language = _LANGUAGE.search(page[:20_000])
    yield raw.document(
        text=text,
        title=_restored(found.title),
        authors=(_restored(found.author) or "").split(";"),
        # an outlet is who it says it is; where it does not, its address tells
        publisher=_restored(found.sitename) or raw.options.publisher or (host or "").removeprefix("www."),
        url=address,
        published=iso_day(found.date),
        language=language[1].lower() if language else None,
    )


def plain(fragment: str) -> str:
    """The text of a piece of HTML, a line a block; nothing is judged or left out but scripts and styles.

    >>> plain("<p>One&nbsp;<b>word</b></p><p>Two<br>lines</p>")
    'One\\xa0word\\nTwo\\nlines'
    """
    if "<" not in fragment and "&" not in fragment:
        return clean(fragment).strip()
    from lxml import etree

    parser = etree.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, no_network=True)
    root = etree.fromstring(f"<div>{clean(fragment)}</div>".encode(), parser)
    if root is None:
        return ""
    pieces: list[str] = []
    hidden = 0
    for event, element in etree.iterwalk(root, events=("start", "end")):  # a walk, not a call a level: depth is free
        tag = element.tag
        if tag in _BLOCKS:
            pieces.append("\n")
        hidden += (tag in _UNSEEN) * (1 if event == "start" else -1)
        words = element.text if event == "start" else element.tail
        if words and not hidden:
            pieces.append(re.sub(r"[ \t\n]+", " ", words))
    lines = (re.sub(r" {2,}", " ", line).strip(" ") for line in "".join(pieces).split("\n"))
    return "\n".join(line for line in lines if line.strip())


def _extracted(page: str, raw: Raw) -> Any:
    import trafilatura

    for name in ("trafilatura", "htmldate", "courlan", "justext"):
        # They log what they could not find; without a handler Python prints that to stderr, past our own report.
        logger = logging.getLogger(name)
        if not logger.handlers:
            logger.addHandler(logging.NullHandler())
    for stand_in in _STAND_INS:
        page = page.replace(stand_in, " ")
    page = _NARROW.sub("\u2423", _NO_BREAK.sub("\u237d", page))
    latest = raw.retrieved.date() + timedelta(days=1)
    return trafilatura.bare_extraction(
        page,
        url=raw.url,
        include_comments=False,
        include_tables=False,  # cells torn out of their row are no sentences
        with_metadata=True,
        date_extraction_params={
            "original_date": True,  # when it could first be read, not when it was last changed
            "extensive_search": False,  # a date in the text is when something happened
            "min_date": "1980-01-01",
            "max_date": latest.isoformat(),
        },
    )


def _restored(text: object) -> str:
    if not isinstance(text, str):
        return ""
    lines = clean(text).translate(_BACK).split("\n")
    return "\n".join(line for line in lines if line.strip())
