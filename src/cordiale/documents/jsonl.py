"""JSON Lines: a document a row, `{"id", "title", "text", "url", "published", "publisher"}`; only `text` is needed.

Each row stands alone: a broken one is reported with the number of its line, and the rest are read. Lines are read one
at a time, so a file may be larger than memory. A `published` that is no day, or lies in the future, is an error of its
row: it was written on purpose. `sha256` is that of the line's bytes, `source` is `file.jsonl#id` (the line's number
where there is no id).
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from typing import Any, BinaryIO

from cordiale.claims import Document
from cordiale.documents.encodings import clean, one_line
from cordiale.documents.raw import Raw, iso_day
from cordiale.errors import UnreadableInput


def jsonl_documents(raw: Raw, lines: BinaryIO) -> Iterator[Document | UnreadableInput]:
    """Documents and errors, in the order of the rows. UnreadableInput where there are no rows at all."""
    rows = 0
    for number, line in _numbered(raw, lines):
        rows += 1
        if isinstance(line, UnreadableInput):
            yield line
            continue
        try:
            yield _document(raw, line, number)
        except UnreadableInput as error:
            yield error
    if not rows:
        raise raw.refused("it has no rows", "write one JSON object a line")


def _numbered(raw: Raw, lines: BinaryIO) -> Iterator[tuple[int, bytes | UnreadableInput]]:
    limit, number = raw.options.max_file_bytes, 0
    while piece := lines.readline(limit + 1):
        number += 1
        if len(piece) > limit:
            while piece and not piece.endswith(b"\n"):
                piece = lines.readline(limit)
            yield number, raw.refused(f"longer than {limit:,} bytes", "shorten the row", place=f"line {number}")
            continue
        line = piece.rstrip(b"\r\n")
        if number == 1:
            line = line.removeprefix(b"\xef\xbb\xbf")
        if line.strip():
            yield number, line


def _document(raw: Raw, line: bytes, number: int) -> Document:
    place = f"line {number}"
    row = _row(raw, line, place)
    text = row.get("text")
    if not isinstance(text, str) or not (text := clean(text)).strip():
        raise raw.refused("no text in the row", 'give it a "text" with words', place=place)
    published = row.get("published")
    day = iso_day(published)
    if published not in (None, "") and day is None:
        raise raw.refused(f"published {_shown(published)} is no day", "write YYYY-MM-DD, or leave it out", place=place)
    if day is not None and raw.in_time(day) is None:
        raise raw.refused(f"published {day} lies in the future", "correct the date, or leave it out", place=place)
    key = row.get("id")
    name = one_line(str(key)) if isinstance(key, str | int) and not isinstance(key, bool) else None
    authors = row.get("authors")
    language = one_line(row.get("language"))
    return raw.document(
        text=text,
        sha256=hashlib.sha256(line).hexdigest(),
        source=f"{raw.source}#{name or number}",
        title=row.get("title"),
        authors=authors if isinstance(authors, list) else [authors],
        publisher=row.get("publisher"),
        url=row.get("url"),
        published=day,
        language=language.lower() if language else None,
    )


def _row(raw: Raw, line: bytes, place: str) -> dict[str, Any]:
    try:
        row = json.loads(line.decode("utf-8"))
    except UnicodeDecodeError as error:
        raise raw.refused("not UTF-8", "save the file as UTF-8", place=place) from error
    except json.JSONDecodeError as error:
        why = f"not JSON ({error.msg.lower()}, column {error.colno})"
        raise raw.refused(why, "write one JSON object a line", place=place) from error
    except (ValueError, RecursionError) as error:  # a number of a million digits, brackets a million deep
        raise raw.refused("JSON beyond all measure", "write one plain object a line", place=place) from error
    if not isinstance(row, dict):
        raise raw.refused("not a JSON object", 'write {"text": "..."}', place=place)
    return row


def _shown(value: object) -> str:
    text = repr(value)
    return text if len(text) <= 40 else text[:37] + "..."
