"""From inputs to documents: each input is opened, recognised and given to the module of its format.

Errors are values, in their place among the documents, so that one bad input stops nothing; only a programmer's mistake,
such as a clock without a time zone, is raised. One input is in memory at a time. Nothing is stored. `clock` gives the
instant of reading as an aware UTC datetime.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from cordiale.claims import Document
from cordiale.documents import formats
from cordiale.documents.feed import feed_documents
from cordiale.documents.fetch import fetch
from cordiale.documents.files import limited, opened
from cordiale.documents.formats import Format
from cordiale.documents.html import html_documents
from cordiale.documents.inputs import Input, InputKind, expand
from cordiale.documents.jsonl import jsonl_documents
from cordiale.documents.options import ReadOptions
from cordiale.documents.pdf import pdf_documents
from cordiale.documents.raw import Raw
from cordiale.documents.text import text_documents
from cordiale.errors import InvalidValue, UnreadableInput

Clock = Callable[[], datetime]

_HEAD = 65_536


def read_inputs(
    inputs: Iterable[str], *, clock: Clock, stdin: BinaryIO | None = None, options: ReadOptions | None = None
) -> Iterator[Document | UnreadableInput]:
    """The documents of these paths, folders, globs and URLs (`-` is `stdin`), and what could not be read, in order.

    Lazy: an input is read when its turn comes. Raises for no input. To know how many there are, `expand` them first
    and ask `documents_in` for each.

    >>> from datetime import UTC
    >>> stdin = io.BytesIO(b"Envoys met on Monday.")
    >>> found = read_inputs(["-", "lost.txt"], clock=lambda: datetime(2024, 5, 1, tzinfo=UTC), stdin=stdin)
    >>> [item.text if isinstance(item, Document) else str(item) for item in found]
    ['Envoys met on Monday.', 'lost.txt: no such file or folder; check the path']
    """
    for item in expand(inputs):
        yield from documents_in(item, clock=clock, stdin=stdin, options=options)


def documents_in(
    item: Input, *, clock: Clock, stdin: BinaryIO | None = None, options: ReadOptions | None = None
) -> Iterator[Document | UnreadableInput]:
    """The documents of one input, and what in it could not be read. Raises for no input."""
    try:
        yield from _documents(item, clock, stdin, options or ReadOptions())
    except UnreadableInput as error:
        yield error
    except InvalidValue:
        raise  # a clock that is not in UTC, say: the caller's mistake, not the input's
    except Exception as error:  # noqa: BLE001 -- parsers of four formats, fed by anyone: their faults are the input's
        why = f"it could not be read ({type(error).__name__}: {' '.join(str(error).split())[:120]})"
        yield UnreadableInput(item.source, why, "save it in another format, or leave it out")


def _documents(
    item: Input, clock: Clock, stdin: BinaryIO | None, options: ReadOptions
) -> Iterator[Document | UnreadableInput]:
    if item.kind is InputKind.REFUSED:
        raise UnreadableInput(item.source, item.why, item.mend)
    if item.kind is InputKind.URL:
        fetched = fetch(item.source, options)
        raw = Raw(
            source=item.source,
            retrieved=clock(),
            options=options,
            data=fetched.data,
            url=fetched.url,
            charset=fetched.charset,
        )
        hint = formats.MEDIA_TYPES.get(fetched.media_type) or _by_suffix(fetched.url.partition("?")[0])
        found = _recognised(raw, fetched.data[:_HEAD], hint)
        yield from _of_format(raw, found, io.BytesIO(fetched.data))
    elif item.kind is InputKind.STDIN:
        if stdin is None:
            raise UnreadableInput("-", "there is no standard input here", "give a path")
        yield from _of_stream(Raw(source="-", retrieved=clock(), options=options), stdin, None)
    elif item.kind is InputKind.GIVEN:
        raw = Raw(source=item.source, retrieved=clock(), options=options)
        yield from _of_stream(raw, io.BytesIO(item.data), _by_suffix(item.source))
    else:
        with opened(item.source) as file:
            raw = Raw(source=item.source, retrieved=clock(), options=options)
            yield from _of_stream(raw, file, _by_suffix(item.source))


def _of_stream(raw: Raw, file: BinaryIO, hint: Format | None) -> Iterator[Document | UnreadableInput]:
    head = file.read(_HEAD)
    found = _recognised(raw, head, hint)
    if found is Format.JSONL and file.seekable():
        file.seek(0)
        yield from jsonl_documents(raw, file)
        return
    data = limited(file, head, raw.source, raw.options.max_file_bytes)
    whole = Raw(source=raw.source, retrieved=raw.retrieved, options=raw.options, data=data)
    yield from _of_format(whole, found, io.BytesIO(data))


def _recognised(raw: Raw, head: bytes, hint: Format | None) -> Format:
    if not head.strip():
        raise raw.refused("it is empty", "leave it out, or save it again")
    found = formats.sniff(head, hint)
    if found is not Format.PDF and (other := formats.stranger(head)):
        raise raw.refused(*other)
    if found is None:
        raise raw.refused("XML that is no feed and no page", "give HTML, PDF, plain text, JSONL or a feed")
    return found


def _of_format(raw: Raw, found: Format, lines: BinaryIO) -> Iterator[Document | UnreadableInput]:
    if found is Format.JSONL:
        yield from jsonl_documents(raw, lines)
    elif found is Format.FEED:
        yield from feed_documents(raw)
    elif found is Format.HTML:
        yield from html_documents(raw)
    elif found is Format.PDF:
        yield from pdf_documents(raw)
    else:
        yield from text_documents(raw)


def _by_suffix(name: str) -> Format | None:
    return formats.SUFFIXES.get(Path(name).suffix.lower())
