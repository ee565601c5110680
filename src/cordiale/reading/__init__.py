"""From a document to its claims: the reader, one module a step."""

from cordiale.reading.reader import CueReader, Reading

__all__ = ["CueReader", "Reading"]
