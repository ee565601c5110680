"""Taking in what was read: each reading into the store, one transaction a document, counted as it goes.

It decides how many processes read, and keeps the counts and the failures; reading is in `readings`. Ctrl-C leaves whole
documents.
"""

from __future__ import annotations

import os
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager, suppress
from datetime import datetime
from typing import BinaryIO

from cordiale.actors import Catalogue, catalogue
from cordiale.claims import Actor, Document, Origin
from cordiale.documents import Expansion, ReadOptions
from cordiale.dossier.answers import Progress, ReadSummary
from cordiale.dossier.readings import Desk, Done, Known, Read, Result, read_all
from cordiale.errors import DossierError, InvalidValue, UnknownName, UnreadableInput
from cordiale.reading import LANGUAGE, ReaderChoice, Usage
from cordiale.reading.reader import Shipped
from cordiale.store import FailedInput, Recorded, Store

ENGINES = ("local", "spark")
"""Who reads: processes of this machine, or the workers of Spark."""


def take_in(
    store: Store,
    expansion: Expansion,
    own: tuple[Actor, ...],
    *,
    reader: ReaderChoice | None,
    clock: Callable[[], datetime],
    options: ReadOptions | None,
    jobs: int | None,
    engine: str,
    stdin: BinaryIO | None,
    progress: Callable[[Progress], None] | None,
) -> ReadSummary:
    """Read the inputs into the store. `own` are the actors of a user, whom the reader knows beside the catalogue's."""
    if jobs is not None and jobs < 1:
        raise InvalidValue("the number of processes", jobs, "give 1 or more")
    if engine not in ENGINES:
        raise UnknownName("engine", engine, ENGINES)
    desk = desk_of(store, own, reader=reader, clock=clock, options=options, stdin=stdin)
    if engine == "spark":
        from cordiale.dossier.on_spark import read_on_spark

        found = read_on_spark(expansion, desk)
    else:
        found = read_all(expansion, desk, jobs=jobs or _jobs())
    with closing(found) as results:
        return keep(store, results, own, label=desk.reader.label, expansion=expansion, progress=progress)


def desk_of(
    store: Store,
    own: tuple[Actor, ...],
    *,
    reader: ReaderChoice | None,
    clock: Callable[[], datetime],
    options: ReadOptions | None,
    stdin: BinaryIO | None = None,
) -> Desk:
    """What a reading for this store needs to know."""
    choice = reader or Shipped()
    label = choice.label
    return Desk(
        reader=choice,
        options=options or ReadOptions(),
        actors=own,
        events=tuple(store.events().values()),
        clock=clock,
        known=lambda sha256: store.has_reading(sha256, label),
        stored=lambda sha256: _stored(store, sha256),
        itself=store.owns,
        stdin=stdin,
    )


def keep(
    store: Store,
    results: Iterable[Result],
    own: tuple[Actor, ...],
    *,
    label: str,
    expansion: Expansion,
    progress: Callable[[Progress], None] | None = None,
) -> ReadSummary:
    """Put what was read by the reader of this label into the store, and what could not be."""
    seen = {key for key, actor in store.actors().items() if actor.origin is Origin.PROVISIONAL}
    shipped = catalogue()
    everyone = shipped.extended(own) if own else shipped
    before = len(seen)
    documents = known = claims = done = undated = unclear = 0
    usage = Usage()
    foreign: Counter[str] = Counter()
    with _noted(store, label) as failed:
        for result in results:
            if isinstance(result, Done):
                done += 1
                if progress is not None:
                    progress(Progress(done=done, total=len(expansion), source=result.source))
            elif isinstance(result, UnreadableInput):
                # A fresh one, as the one raised holds on to the stack it came from, and so to what was being read.
                failed.append(UnreadableInput(result.source, result.why, result.mend, place=result.place))
            elif isinstance(result, Known):
                known += 1
            else:
                usage += result.reading.usage
                try:
                    added = _added(store, result, everyone, label)
                except InvalidValue as error:  # a document that cannot be stored is one bad input
                    mended = UnreadableInput(
                        result.reading.document.source, f"{error.what}: {error.value!r}", error.mend
                    )
                    failed.append(mended)
                    continue
                documents += added.new_reading
                undated += added.new_reading and result.reading.document.published is None
                known += not added.new_reading
                claims += added.claims
                unclear += sum(claim.unclear for claim in result.reading.claims) if added.claims else 0
                language = result.reading.document.language or LANGUAGE
                if added.new_reading and is_foreign(language):
                    foreign[language] += 1
                seen.update(actor.id for actor in result.reading.actors)
    return ReadSummary(
        documents=documents,
        known=known,
        failed=tuple(failed),
        skipped=tuple(path for path in expansion.skipped if not store.owns(path)),
        claims=claims,
        provisional=len(seen) - before,
        undated=undated,
        unclear=unclear,
        foreign=dict(foreign),
        usage=usage,
    )


def is_foreign(language: str) -> bool:
    """Whether a language is another than the one that is read."""
    return language.lower().partition("-")[0] not in (LANGUAGE, "english")


@contextmanager
def _noted(store: Store, label: str) -> Iterator[list[UnreadableInput]]:
    """A list of failures that is kept in the store at the end, also where the reading was stopped."""
    failed: list[UnreadableInput] = []
    try:
        yield failed
    except DossierError:
        raise  # what cannot be written to now
    except BaseException:
        with suppress(DossierError):
            _note(store, failed, label)
        raise
    _note(store, failed, label)


def _note(store: Store, failed: Iterable[UnreadableInput], label: str) -> None:
    store.add_failures(
        FailedInput(source=one.source, place=one.place, why=one.why, mend=one.mend, reader=label) for one in failed
    )


def _added(store: Store, result: Read, everyone: Catalogue, label: str) -> Recorded:
    reading = result.reading
    ids = {end for claim in reading.claims for end in (claim.subject, claim.object, claim.said_by)}
    actors = [*reading.actors, *(everyone[key] for key in sorted(filter(None, ids)) if key in everyone)]
    return store.add_reading(reading.document, reading.claims, actors, reader=label, fingerprint=result.fingerprint)


def _stored(store: Store, sha256: str) -> Document | None:
    try:
        return store.document(sha256)
    except UnknownName:
        return None


def _jobs() -> int:
    """A process a core where starting them runs nothing of the user's again: `spawn` runs the main script anew."""
    main = sys.modules.get("__main__")
    return 1 if getattr(main, "__file__", None) else os.cpu_count() or 1
