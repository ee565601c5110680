"""Another process, for tests: `python store_writer.py fill|hold|load WHERE [DOCUMENTS]`; says each step on stdout."""

from __future__ import annotations

import sys
from dataclasses import replace

from store_makers import ACTORS, TEXT, cited, document, quoted

from cordiale.claims import Claim, Document, Quote
from cordiale.store import Store

CLAIMS = 12


def say(line: str) -> None:
    """A line for the test that waits for it."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def reading(number: int) -> tuple[Document, list[Claim]]:
    """A document and its claims, the same each time."""
    source = document(f"d{number}", f"{TEXT} {number}")
    return source, [replace(quoted(source), evidence=Quote(document=source, start=n, end=n + 9)) for n in range(CLAIMS)]


def fill(where: str, documents: int) -> None:
    """Read documents one by one."""
    with Store.open(where, create=False) as store:
        for number in range(documents):
            source, claims = reading(number)
            store.add_reading(source, claims, ACTORS, reader="cues 1")
            say(str(number))


def hold(where: str) -> None:
    """Hold the turn to write until stdin closes."""
    with Store.open(where, create=False) as store, store._backend.writing():
        say("holding")
        sys.stdin.read()


def load(where: str, claims: int) -> None:
    """Load claims of a dataset, and say what went wrong."""
    with Store.open(where, create=False) as store:
        try:
            store.add_claims((cited(n) for n in range(claims)), ACTORS)
        except OSError as error:
            say(f"{type(error).__name__}: {error}")


if __name__ == "__main__":
    act, place, *rest = sys.argv[1:]
    {"fill": fill, "hold": hold, "load": load}[act](place, *map(int, rest))
