"""What a user may say about how inputs are read: defaults for what a document lacks, and limits.

`published`, `publisher` and `url` fill in where a document has none of its own, and never replace what it has. Sizes
are in bytes, times in seconds. Nothing here reads anything.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from cordiale.errors import InvalidValue


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadOptions:
    """How inputs are read.

    `timeout` is the total time, in seconds, that one URL may take, redirects included. `max_bytes` bounds what is
    fetched from a URL, `max_file_bytes` a file or standard input (of a JSONL file: each line), `max_pages` a PDF.
    `allow_private` permits addresses of this machine and its own network. InvalidValue where a limit is not positive.

    >>> ReadOptions(publisher="The Example Gazette").timeout
    30.0
    """

    published: date | None = None
    publisher: str | None = None
    url: str | None = None
    allow_private: bool = False
    timeout: float = 30.0
    max_bytes: int = 50_000_000
    max_file_bytes: int = 64_000_000
    max_pages: int = 2_000
    max_redirects: int = 5

    def __post_init__(self) -> None:
        for name in ("timeout", "max_bytes", "max_file_bytes", "max_pages"):
            if not getattr(self, name) > 0:
                raise InvalidValue(f"the limit {name}", getattr(self, name), "give a number above zero")
        if self.max_redirects < 0:
            raise InvalidValue("the limit max_redirects", self.max_redirects, "give zero or more")
        if isinstance(self.published, datetime):
            raise InvalidValue("the day of publication is a time", self.published, "give a datetime.date")
