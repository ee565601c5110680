"""From a document to its claims: the reader, one module a step, and a second one that asks a language model."""

from cordiale.reading.happenings import read_events
from cordiale.reading.outcome import LANGUAGE, ReaderChoice, Reading, Usage

__all__ = ["LANGUAGE", "ReaderChoice", "Reading", "Usage", "read_events"]
