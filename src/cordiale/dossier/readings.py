"""Reading many inputs: each once, in order, across processes where there are many, with memory flat.

It finds the documents, asks what is known already, and gives readings and failures back in the order of the inputs. It
stores nothing. Files are opened by the processes that read them; addresses, feeds, rows and standard input here, as
they come in order anyway. A process that a file brings down costs that file only.
"""

from __future__ import annotations

import hashlib
import os
import signal
import sys
import threading
import time
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from datetime import datetime
from multiprocessing import get_context
from pathlib import Path
from typing import BinaryIO

from cordiale.actors import Catalogue, catalogue
from cordiale.claims import Actor, Document, Event
from cordiale.documents import Fingerprint, Input, InputKind, ReadOptions, body, documents_in, fingerprint
from cordiale.documents.files import opened
from cordiale.errors import UnreadableInput
from cordiale.reading import ReaderChoice, Reading
from cordiale.reading.outcome import ReadsDocuments

ALONE = 24
"""Documents read in this process before others are started: starting one costs as much as reading about ten."""

_AHEAD = 4  # tasks handed out for each process: enough that none waits, few enough that results stay few
_SUFFIXES = frozenset({".html", ".htm", ".xhtml", ".pdf", ".txt", ".text", ".md"})  # a file is one document


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """A document that this reader has read before, or (`sha256` twice) in this very run."""

    source: str
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """Every document of one input has been given."""

    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """A document that was read, and the fingerprint of its story."""

    reading: Reading
    fingerprint: Fingerprint


Result = Read | Known | UnreadableInput | Done


Found = list[Read | UnreadableInput]
"""What comes of one task: a file of several documents has several."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """What a reading of many inputs needs to know: which reader, how to read, the user's own actors and events, what
    is known.

    `known` says whether a document with this sha256 was read by this reader; `stored` gives the document as it is
    stored, if it is: its text is the one to read, whatever today's extraction makes of the bytes. `itself` says whether
    a path leads to the dossier, which must not be opened (`Store.owns`).
    """

    reader: ReaderChoice
    options: ReadOptions
    actors: tuple[Actor, ...]
    events: tuple[Event, ...]
    clock: Callable[[], datetime]
    known: Callable[[str], bool]
    stored: Callable[[str], Document | None]
    stdin: BinaryIO | None = None
    itself: Callable[[str], bool] = lambda _: False


def read_all(inputs: Iterable[Input], desk: Desk, *, jobs: int) -> Generator[Result, None, None]:
    """Readings, failures and what was known, in order, with a `Done` after each input."""
    queue = _Queue(desk, jobs)
    try:
        for item in inputs:
            for task in tasks_of(item, desk):
                yield from queue.put(task)
            yield from queue.put(Done(source=item.source))
        yield from queue.rest()
    finally:
        queue.close()


def tasks_of(item: Input, desk: Desk) -> Iterator[Input | Document | Known | UnreadableInput]:
    """What there is to read of an input, and what needs no reading."""
    if item.kind is InputKind.FILE and desk.itself(item.source):
        yield UnreadableInput(item.source, "it is the dossier itself, and no document", "leave it out")
        return
    if item.kind is InputKind.FILE and Path(item.source).suffix.lower() in _SUFFIXES:
        sha256 = _sha256(item.source, desk.options.max_file_bytes)
        if sha256 is not None and desk.known(sha256):
            yield Known(source=item.source, sha256=sha256)
        else:
            yield (sha256 and desk.stored(sha256)) or item
        return
    for document in documents_in(item, clock=desk.clock, stdin=desk.stdin, options=desk.options):
        if isinstance(document, UnreadableInput):
            yield document
        elif desk.known(document.sha256):
            yield Known(source=document.source, sha256=document.sha256)
        else:
            yield desk.stored(document.sha256) or document


def _sha256(path: str, limit: int) -> str | None:
    """That of a file's bytes; None where it is too long or cannot be read, which whoever opens it next will explain."""
    try:
        with opened(path) as file:
            return _digest(file) if os.fstat(file.fileno()).st_size <= limit else None
    except (UnreadableInput, OSError):
        return None


def _digest(file: BinaryIO) -> str:
    found = hashlib.sha256()
    while piece := file.read(1 << 20):
        found.update(piece)
    return found.hexdigest()


class _Queue:
    """Tasks in, results out, in the same order: read here at first, by processes once there are many."""

    def __init__(self, desk: Desk, jobs: int) -> None:
        self._desk, self._jobs = desk, jobs
        self._here: ReadsDocuments | None = None
        self._count = 0
        self._pool: ProcessPoolExecutor | None = None
        self._waiting: deque[tuple[Input | Document, Future[Found]] | Result] = deque()

    def put(self, task: Input | Document | Result) -> Iterator[Result]:
        """Take a task, and give the results that are due: all but a bounded number."""
        if isinstance(task, Input | Document):
            self._count += 1
            if self._jobs > 1 and self._count > ALONE:
                self._waiting.append((task, self._submitted(task)))
                while len(self._waiting) > self._jobs * _AHEAD:
                    yield from self._next()
                return
            yield from self.rest()
            if self._here is None:
                self._here = self._desk.reader.over(catalogue_of(self._desk.actors), self._desk.events)
            yield from read_task(task, self._here, self._desk.options, self._desk.clock())
        elif self._waiting:
            self._waiting.append(task)
        else:
            yield task

    def rest(self) -> Iterator[Result]:
        """Every result that is still due."""
        while self._waiting:
            yield from self._next()

    def close(self) -> None:
        """Let the processes go, without waiting for what nobody asks for any more."""
        if self._pool is not None:
            self._pool.shutdown(wait=False, cancel_futures=True)

    def _submitted(self, task: Input | Document) -> Future[Found]:
        if self._pool is None:
            self._pool = self._processes(self._jobs)
        try:
            return self._pool.submit(_work, task, self._desk.clock())
        except BrokenProcessPool:  # found when the task that broke it comes out
            failed: Future[Found] = Future()
            failed.set_exception(BrokenProcessPool())
            return failed

    def _processes(self, count: int) -> ProcessPoolExecutor:
        # Never by fork: a copy of a process with threads and open databases may hang.
        start = "forkserver" if sys.platform == "linux" else "spawn"
        given = (self._desk.reader, self._desk.actors, self._desk.events, self._desk.options, os.getpid())
        return ProcessPoolExecutor(count, mp_context=get_context(start), initializer=_begin, initargs=given)

    def _next(self) -> Iterator[Result]:
        head = self._waiting.popleft()
        if not isinstance(head, tuple):
            yield head
            return
        task, future = head
        try:
            found = future.result()
        except BrokenProcessPool:
            found = self._alone(task)
        yield from found

    def _alone(self, task: Input | Document) -> Found:
        """Do a task of a pool that broke in a process of its own, and hand the others out again."""
        with self._processes(1) as one:
            try:
                found = one.submit(_work, task, self._desk.clock()).result()
            except BrokenProcessPool:
                why, mend = "it brought the reading process down", "leave it out, or save it in another format"
                found = [UnreadableInput(task.source, why, mend)]
        if self._pool is not None:
            self._pool.shutdown(wait=False, cancel_futures=True)
            self._pool = None
        again = list(self._waiting)
        self._waiting.clear()
        for item in again:
            self._waiting.append((item[0], self._submitted(item[0])) if isinstance(item, tuple) else item)
        return found


_reader: ReadsDocuments | None = None
_options = ReadOptions()


def _begin(
    choice: ReaderChoice, actors: tuple[Actor, ...], events: tuple[Event, ...], options: ReadOptions, desk: int
) -> None:
    """What a reading process does once: the interrupt key is for the process that the user started, and when that one
    is gone, however it went, this one goes too."""
    global _reader, _options
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_go_with, args=(desk,), daemon=True).start()
    _reader, _options = choice.over(catalogue_of(actors), events), options


def _go_with(process: int) -> None:
    while _alive(process):
        time.sleep(1)
    os._exit(1)


def _alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True


def _work(task: Input | Document, instant: datetime) -> Found:
    if _reader is None:
        raise RuntimeError("a reading process without a reader")
    return list(read_task(task, _reader, _options, instant))


def read_task(
    task: Input | Document, reader: ReadsDocuments, options: ReadOptions, instant: datetime
) -> Iterator[Read | UnreadableInput]:
    """Read a task; what fails is told, and stops nothing else."""
    documents = [task] if isinstance(task, Document) else documents_in(task, clock=lambda: instant, options=options)
    for document in documents:
        if isinstance(document, UnreadableInput):
            yield document
            continue
        try:
            reading = reader.read(document)
            text = "\n".join(document.text[span.start : span.end] for span in body(document.text, document.title))
            yield Read(reading=reading, fingerprint=fingerprint(text or document.text))
        except UnreadableInput as error:
            yield error
        except Exception as error:  # noqa: BLE001 -- one text must not stop the others, whatever it trips
            why = f"it could not be read ({type(error).__name__}: {' '.join(str(error).split())[:120]})"
            yield UnreadableInput(document.source, why, "leave it out, and report this as a bug")


def catalogue_of(actors: tuple[Actor, ...]) -> Catalogue:
    """The catalogue that ships, with the actors of a user."""
    return catalogue().extended(actors) if actors else catalogue()
