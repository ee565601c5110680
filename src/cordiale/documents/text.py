"""Plain text: one document a file, whole. Nothing is left out; `body` says what of it is reporting.

The title is the first line where it stands alone and is no sentence. The day is the one that the text gives itself, in
a dateline or on a line of its own; none is taken from the file system.
"""

from __future__ import annotations

from collections.abc import Iterator

from cordiale.claims import Document
from cordiale.documents.datelines import day_of
from cordiale.documents.encodings import decode
from cordiale.documents.raw import Raw

_SENTENCE_ENDS = '.!?:;…。！？؟।,"”’»'


def text_documents(raw: Raw) -> Iterator[Document]:
    """The one document of a text. UnreadableInput where it is blank or its encoding cannot be told."""
    text = decode(raw.data, source=raw.source, declared=raw.charset)
    if not text.strip():
        raise raw.refused("there is no text in it", "give a text with words")
    published = day_of(text, today=raw.retrieved.date())
    yield raw.document(text=text, title=headline(text), published=published)


def headline(text: str) -> str | None:
    """The first line of a text where it is followed by more, short, and no sentence.

    >>> headline("Two States Talk\\n\\nEnvoys met on Monday.")
    'Two States Talk'
    """
    first, _, rest = text.lstrip().partition("\n")
    first = first.strip()
    is_headline = rest.strip() and 3 <= len(first) <= 150 and first[-1] not in _SENTENCE_ENDS
    return first if is_headline else None
