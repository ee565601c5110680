"""A reader whose process dies of one text, as of a file that a library cannot bear; workers import it."""

from __future__ import annotations

import os
from collections.abc import Iterable

from cordiale.actors import Catalogue
from cordiale.claims import Document, Event
from cordiale.reading import Reading
from cordiale.reading.outcome import ReadsDocuments
from cordiale.reading.reader import Shipped


class Deadly(Shipped):
    """The reader that ships, but for a text with "deadly" in it."""

    def over(self, catalogue: Catalogue, events: Iterable[Event] = ()) -> ReadsDocuments:
        return _Reader(super().over(catalogue, events))


class _Reader:
    def __init__(self, reader: ReadsDocuments) -> None:
        self.reader, self.label = reader, reader.label

    def read(self, document: Document) -> Reading:
        if "deadly" in document.text:
            os._exit(9)
        return self.reader.read(document)
