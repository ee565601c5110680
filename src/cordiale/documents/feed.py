"""RSS and Atom: a document an entry, of its content or else its summary, made plain text.

The feed's title is the publisher. `sha256` is that of the entry's id and text as canonical JSON, so that a feed fetched
again gives the same documents; `source` is `feed.xml#id`. A feed that breaks off gives its good entries and an error.
Links are not followed. A feed that declares entities is refused: feeds need none, and they can grow without bound.
"""

from __future__ import annotations

import hashlib
import io
import json
import re
from collections.abc import Iterator
from datetime import date
from typing import Any

from cordiale.claims import Document
from cordiale.documents.encodings import declared_charset, decode, one_line
from cordiale.documents.html import plain
from cordiale.documents.raw import Raw
from cordiale.errors import UnreadableInput

MAX_CHARACTERS = 20_000_000

_DECLARATION = re.compile(r"\A\s*<\?xml[^>]*\?>")
# References to halves of characters, which no XML may hold and feedparser fails on.
_HALF = re.compile(r"&#(?:x0*(d[89a-f][0-9a-f]{2})|0*(5[5-7]\d{3}));", re.IGNORECASE)
_ROOT = re.compile(r"<(?:rss|feed|rdf:rdf|atom:feed)\b", re.IGNORECASE)


def feed_documents(raw: Raw) -> Iterator[Document | UnreadableInput]:
    """Documents and errors, in the order of the entries. UnreadableInput where it is no feed or has no entries."""
    import feedparser

    text = decode(raw.data, source=raw.source, declared=raw.charset or declared_charset(raw.data))
    if len(text) > MAX_CHARACTERS:
        raise raw.refused(f"a feed of {len(text):,} characters", f"cut it below {MAX_CHARACTERS:,}")
    root = _ROOT.search(text)
    if "<!ENTITY" in text[: root.start() if root else None].upper():
        raise raw.refused("the feed declares entities", "remove its <!ENTITY ...> lines")
    xml = '<?xml version="1.0" encoding="utf-8"?>' + _HALF.sub(_whole, _DECLARATION.sub("", text))
    # As a stream: given a string, feedparser would take it for an address or a path where it looks like one.
    headers = {"content-type": "application/xml; charset=utf-8"}
    feed = feedparser.parse(io.BytesIO(xml.encode()), response_headers=headers)
    broken = feed.get("bozo_exception") if feed.bozo else None
    if not feed.entries:
        if broken is not None or not feed.version:
            raise raw.refused(_fault(broken), "check that it is an RSS or Atom feed")
        raise raw.refused("the feed has no items", "check that it is the right feed")
    for number, entry in enumerate(feed.entries, 1):
        try:
            yield _document(raw, feed.feed, entry, number)
        except UnreadableInput as error:
            yield error
    if broken is not None:
        yield raw.refused(f"{_fault(broken)}; items after that may be missing", "fetch the feed again")


def _document(raw: Raw, feed: Any, entry: Any, number: int) -> Document:
    contents = [c.get("value", "") for c in entry.get("content", ())] or [entry.get("summary", "")]
    text = "\n".join(filter(None, (plain(value) for value in contents)))
    key = one_line(entry.get("id")) or one_line(entry.get("link")) or str(number)
    if not text.strip():
        raise raw.refused("no text in the item", "nothing, or read the page that it links to", place=f"item {number}")
    language = one_line(feed.get("language")) or ""
    return raw.document(
        text=text,
        sha256=hashlib.sha256(json.dumps([key, text]).encode()).hexdigest(),
        source=f"{raw.source}#{key}",
        title=plain(entry.get("title", "")),
        authors=[author.get("name") for author in entry.get("authors", ())],
        publisher=plain(feed.get("title", "")),
        url=entry.get("link"),
        published=_day(entry),
        language=language.lower().partition("-")[0] or None,
    )


def _day(entry: Any) -> date | None:
    # dict.get, as feedparser's own warns when it falls back from `updated` to `published`
    instant = dict.get(entry, "published_parsed") or dict.get(entry, "updated_parsed")
    try:
        return date(*instant[:3]) if instant else None
    except ValueError:
        return None


def _whole(reference: re.Match[str]) -> str:
    code = int(reference[1], 16) if reference[1] else int(reference[2])
    return "\ufffd" if 0xD800 <= code <= 0xDFFF else reference[0]


def _fault(error: object) -> str:
    line = getattr(error, "getLineNumber", lambda: None)()
    return f"the feed's XML is broken at line {line}" if line else "the feed's XML is broken" if error else "not a feed"
