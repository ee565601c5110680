"""Answers that may take longer than somebody waits for a page: begun once, asked for again, kept while they hold.

One is worked on at a time, so that the pages that need none of it stay quick.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Hashable
from concurrent.futures import CancelledError, Future, ThreadPoolExecutor
from concurrent.futures import wait as wait_for
from typing import Any, TypeVar

T = TypeVar("T")

PATIENCE = 0.4
"""Seconds that a page waits for an answer before it says that it is being worked on."""
KEPT = 32
"""Answers that are kept, or worked on, at most."""


class Solving:
    """The answers of one dossier."""

    def __init__(self) -> None:
        self._work = ThreadPoolExecutor(1, thread_name_prefix="solving")
        self._lock = threading.Lock()
        self._begun: dict[Hashable, Future[Any]] = {}
        self._stale: set[Future[Any]] = set()

    def answer(self, key: Hashable, make: Callable[[], T], *, wait: bool = False) -> T | None:
        """What `make` gives, made once for a key; None where it takes longer than one waits, but with `wait`,
        as programs do. What `make` raises is raised, and forgotten.

        >>> Solving().answer("sum", lambda: 1 + 1)
        2
        """
        while True:
            with self._lock:
                found: Future[T] | None = self._begun.get(key)
                if found is None:
                    while len(self._begun) >= KEPT:
                        self._begun.pop(next(iter(self._begun))).cancel()
                    found = self._begun[key] = self._work.submit(make)
            try:
                wait_for([found], None if wait else PATIENCE)
                if not found.done():
                    return None
                if found in self._stale:
                    self._drop(key, found)
                return found.result()
            except CancelledError:  # what it rests on has changed: it is asked anew
                if not wait:
                    return None
            except Exception:
                self._drop(key, found)
                raise

    def forget(self) -> None:
        """Drop every answer: what they rest on has changed. One that is being worked on is still given, once, to who
        asks for it: where somebody writes all the time, nobody would see an answer otherwise.
        """
        with self._lock:
            for key, one in list(self._begun.items()):
                if one.cancel() or one.done():
                    del self._begun[key]
                    self._stale.discard(one)
                else:
                    self._stale.add(one)

    def _drop(self, key: Hashable, found: Future[Any]) -> None:
        with self._lock:
            self._stale.discard(found)
            if self._begun.get(key) is found:
                del self._begun[key]
