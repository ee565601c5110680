"""Streams of machine-coded events: read into an archive, added up by pair and day. No claim is made here."""

from __future__ import annotations

from cordiale.events.archive import Archive, ArchiveError
from cordiale.events.batches import Fate, Ingested
from cordiale.events.scores import Sign
from cordiale.events.streams import STREAMS

__all__ = ["STREAMS", "Archive", "ArchiveError", "Fate", "Ingested", "Sign"]
