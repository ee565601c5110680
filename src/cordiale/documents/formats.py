"""What a file is: decided by its first bytes, and by its suffix or media type only where those say nothing.

Only the head of the input is looked at. Nothing is parsed here beyond the name of the first element or the first JSON
line, and nothing is decoded but to read those.
"""

from __future__ import annotations

import codecs
import json
import re
from enum import StrEnum


class Format(StrEnum):
    """What there is a module for."""

    HTML = "html"
    PDF = "pdf"
    TEXT = "text"
    JSONL = "jsonl"
    FEED = "feed"


SUFFIXES = {
    ".html": Format.HTML, ".htm": Format.HTML, ".xhtml": Format.HTML, ".pdf": Format.PDF, ".txt": Format.TEXT,
    ".text": Format.TEXT, ".md": Format.TEXT, ".jsonl": Format.JSONL, ".ndjson": Format.JSONL, ".rss": Format.FEED,
    ".atom": Format.FEED, ".xml": Format.FEED,
}  # fmt: skip

MEDIA_TYPES = {
    "text/html": Format.HTML, "application/xhtml+xml": Format.HTML, "application/pdf": Format.PDF,
    "text/plain": Format.TEXT, "text/markdown": Format.TEXT, "application/jsonl": Format.JSONL,
    "application/x-ndjson": Format.JSONL, "application/x-jsonlines": Format.JSONL,
    "application/rss+xml": Format.FEED, "application/atom+xml": Format.FEED, "application/rdf+xml": Format.FEED,
    "application/xml": Format.FEED, "text/xml": Format.FEED,
}  # fmt: skip

_UTF16 = ((codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
# Before the first element: an XML declaration, comments, a document type (with its internal subset).
_PROLOG = re.compile(rb"\s*(?:<\?[^>]*\?>|<!--.*?-->|<!DOCTYPE[^>\[]*(?:\[.*?\]\s*)?>)", re.DOTALL | re.IGNORECASE)
_DOCTYPE_HTML = re.compile(rb"<!DOCTYPE\s+html", re.IGNORECASE)
_ELEMENT = re.compile(rb"\s*<([A-Za-z][\w:.-]*)")
_TAG = re.compile(rb"<[A-Za-z!/][^<>]*>")
_FEED_ROOTS = {b"rss", b"feed", b"rdf:rdf", b"atom:feed"}
_HTML_TAGS = set(
    b"html head body meta title link script style div p span article main section header footer nav h1 h2 h3 h4 ul ol "
    b"table blockquote a b i em strong br center font pre".split()
)
_CONTROL = bytes(set(range(32)) - {9, 10, 12, 13, 27})

# What people drop in by mistake, so that the error can name it.
_OTHERS = (
    (b"PK\x03\x04", "a zip archive or office document", "save it as PDF, HTML or plain text"),
    (b"\xd0\xcf\x11\xe0", "an old office document", "save it as PDF, HTML or plain text"),
    (b"{\\rtf", "a rich-text document", "save it as PDF, HTML or plain text"),
    (b"\x1f\x8b", "a gzip archive", "unpack it first"),
    (b"\x89PNG", "an image", "make text of it with a text recogniser first"),
    (b"\xff\xd8\xff", "an image", "make text of it with a text recogniser first"),
    (b"GIF8", "an image", "make text of it with a text recogniser first"),
    (b"\x7fELF", "a program", "leave it out"),
)


def sniff(head: bytes, hint: Format | None = None) -> Format | None:
    """The format of an input by its first bytes; `hint` (by suffix or media type) where they do not tell.

    None where the bytes are XML of some other kind.

    >>> str(sniff(b"<!doctype html><title>A</title>", Format.TEXT)), str(sniff(b"Plain words.", Format.TEXT))
    ('html', 'text')
    """
    for bom, name in _UTF16:
        if head.startswith(bom):
            head = head[2:].decode(name, "ignore").encode()
    head = head.removeprefix(codecs.BOM_UTF8)
    if b"%PDF-" in head[:1024]:
        return Format.PDF
    start = head.lstrip()
    if start.startswith(b"<"):
        found = _markup(start)
        if found is not None:
            return found
        if start.startswith(b"<?xml"):
            return Format.FEED if hint is Format.FEED and _ELEMENT.match(_without_prolog(start)) is None else None
    if start.startswith(b"{") and _is_json_line(start):
        return Format.JSONL
    # The suffix says so and the bytes do not: text that is named .pdf or .html is text.
    if hint is Format.PDF or (hint is Format.HTML and not _TAG.search(head)):
        return Format.TEXT
    return hint or Format.TEXT


def stranger(head: bytes) -> tuple[str, str] | None:
    """What the bytes are, and what to do, where they are of a known kind that holds no text for us; else None.

    >>> stranger(b"PK\\x03\\x04...")[0]
    'a zip archive or office document'
    """
    for magic, what, mend in _OTHERS:
        if head.startswith(magic):
            return what, mend
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) or unmarked_utf16(head):
        return None
    # A stray NUL or bell occurs in old text; a file with many is no text.
    controls = len(head) - len(head.translate(None, _CONTROL))
    if controls > 2 + len(head) // 100:
        return "binary data, not text", "give HTML, PDF, plain text, JSONL or a feed"
    return None


def unmarked_utf16(head: bytes) -> str | None:
    """The codec of UTF-16 text that has no byte-order mark: every other byte of Western text is NUL.

    >>> unmarked_utf16("Some words".encode("utf-16-le"))
    'utf-16-le'
    """
    even, odd = head[:4096:2], head[1:4096:2]
    if len(odd) < 4:
        return None
    if odd.count(0) > 0.7 * len(odd) and even.count(0) < 0.05 * len(even):
        return "utf-16-le"
    if even.count(0) > 0.7 * len(even) and odd.count(0) < 0.05 * len(odd):
        return "utf-16-be"
    return None


def _without_prolog(start: bytes) -> bytes:
    while match := _PROLOG.match(start):
        start = start[match.end() :]
    return start


def _markup(start: bytes) -> Format | None:
    rest = start
    while match := _PROLOG.match(rest):
        if _DOCTYPE_HTML.search(match[0]):
            return Format.HTML
        rest = rest[match.end() :]
    if _DOCTYPE_HTML.match(rest.lstrip()):
        return Format.HTML
    element = _ELEMENT.match(rest)
    if element is None:
        return None
    name = element[1].lower()
    if name in _FEED_ROOTS:
        return Format.FEED
    return Format.HTML if name in _HTML_TAGS else None


def _is_json_line(start: bytes) -> bool:
    line = start.split(b"\n", 1)[0]
    try:
        return isinstance(json.loads(line), dict)
    except (ValueError, RecursionError):
        # A first row longer than the head cannot be parsed; it still begins as a JSON object does.
        return len(line) == len(start) > 4096 and re.match(rb'\{\s*"[^"]*"\s*:', line) is not None
