"""Any language model as a reader: over an OpenAI-compatible endpoint, with every claim checked against the text."""

from cordiale.reading.llm.endpoint import Endpoint
from cordiale.reading.llm.reader import LlmReader

__all__ = ["Endpoint", "LlmReader"]
