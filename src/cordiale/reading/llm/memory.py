"""Answers that were paid for, kept on disk: the same question to the same endpoint is asked once.

A file an answer, named by the digest of the question, written beside and renamed; only the user can read it, as the
question holds the text. A damaged file is no answer, and is written anew.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import tempfile
from pathlib import Path
from typing import Any

from platformdirs import user_cache_path

from cordiale.reading.llm.endpoint import Answer


class Memory:
    """The answers in a folder; without one, in the user's cache."""

    def __init__(self, folder: Path | None = None) -> None:
        self.folder = folder or user_cache_path("cordiale") / "llm"

    def recall(self, url: str, body: dict[str, Any]) -> Answer | None:
        """The answer to a question, if it is known."""
        try:
            found = json.loads(self._path(url, body).read_text("utf-8"))
            return Answer(
                text=str(found["text"]),
                prompt_tokens=_count(found["prompt_tokens"]),
                completion_tokens=_count(found["completion_tokens"]),
            )
        except (OSError, ValueError, KeyError, TypeError):
            return None

    def keep(self, url: str, body: dict[str, Any], answer: Answer) -> None:
        """Write an answer down. What cannot be written is asked again some day, which is no reason to fail."""
        path = self._path(url, body)
        fields = {
            "text": answer.text,
            "prompt_tokens": answer.prompt_tokens,
            "completion_tokens": answer.completion_tokens,
        }
        with contextlib.suppress(OSError):
            self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            handle, beside = tempfile.mkstemp(dir=self.folder, suffix=".part")  # for the user's eyes only, 0600
            try:
                with os.fdopen(handle, "w", encoding="utf-8") as file:
                    json.dump(fields, file)
                    file.flush()
                    os.fsync(file.fileno())
                Path(beside).replace(path)
            except BaseException:
                Path(beside).unlink(missing_ok=True)
                raise

    def _path(self, url: str, body: dict[str, Any]) -> Path:
        asked = json.dumps([url, body], sort_keys=True, ensure_ascii=True)
        return self.folder / f"{hashlib.sha256(asked.encode()).hexdigest()}.json"


def _count(value: Any) -> int | None:
    return None if value is None else int(value)
