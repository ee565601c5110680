"""What was read, before any format is known: the bytes, where they came from and when.

`Raw.document` is the one place where a document is made: it cleans what came from outside, fills in the user's defaults
and drops a date that lies in the future. `retrieved` is the instant of reading, in UTC; the clock is the caller's.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from cordiale.claims import Document
from cordiale.documents.encodings import one_line
from cordiale.documents.languages import language_of
from cordiale.documents.options import ReadOptions
from cordiale.errors import UnreadableInput

_ISO_DAY = re.compile(r"(\d{4}-\d{2}-\d{2})(?:[T ].*)?\Z", re.DOTALL)


@dataclass(frozen=True, slots=True, kw_only=True)
class Raw:
    """Bytes to make documents of. `url` is the address they were fetched from, `charset` what its server declared."""

    source: str
    retrieved: datetime
    options: ReadOptions
    data: bytes = field(default=b"", repr=False)
    url: str | None = None
    charset: str | None = None

    def refused(self, why: str, mend: str, *, place: str | None = None) -> UnreadableInput:
        """An error about this input, to raise or to give."""
        return UnreadableInput(self.source, why, mend, place=place)

    def in_time(self, day: date | None) -> date | None:
        """The day, unless it lies in the future: a day's grace, as it may be tomorrow where the text was published."""
        return day if day is not None and day <= self.retrieved.date() + timedelta(days=1) else None

    def document(
        self,
        *,
        text: str,
        sha256: str | None = None,
        source: str | None = None,
        title: object = None,
        authors: Iterable[object] = (),
        publisher: object = None,
        url: object = None,
        published: date | None = None,
        language: str | None = None,
    ) -> Document:
        """A document of this text, which must be clean and not blank. What is None is filled in from the options."""
        names = dict.fromkeys(name for author in authors if (name := one_line(author)))
        return Document(
            sha256=sha256 or hashlib.sha256(self.data).hexdigest(),
            text=text,
            source=readable(source or self.source),
            retrieved=self.retrieved,
            title=one_line(title),
            authors=tuple(names),
            publisher=one_line(publisher) or one_line(self.options.publisher),
            url=web_address(url) or self.url or self.options.url,
            published=self.in_time(published) or self.options.published,
            language=language or language_of(text),
        )


def readable(source: str) -> str:
    r"""A source as text: the bytes of a file's name that are no UTF-8 are shown as escapes.

    >>> readable("caf\udce9.txt")
    'caf\\xe9.txt'
    """
    return source.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")


def web_address(url: object) -> str | None:
    """The address, where it is one of the web that can be shown as a link; else None.

    >>> web_address("https://example.org/a"), web_address("javascript:alert(1)")
    ('https://example.org/a', None)
    """
    line = one_line(url)
    return line if line and re.match(r"https?://[^\s/]", line, re.IGNORECASE) and " " not in line else None


def iso_day(text: object) -> date | None:
    """The day of an ISO date, or of an ISO date and time as written; None where it is none.

    A year or a month alone is no day: to take its first day would date a document before anyone could read it.

    >>> iso_day("2015-06-03T23:10:00+02:00"), iso_day("2015-06")
    (datetime.date(2015, 6, 3), None)
    """
    match = _ISO_DAY.match(text.strip()) if isinstance(text, str) else None
    if match is None:
        return None
    try:
        return date.fromisoformat(match[1])
    except ValueError:
        return None
