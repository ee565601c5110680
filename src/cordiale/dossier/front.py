"""The front desk: opens a store, takes questions by the names that people use, and calls the others.

Nothing is weighed, read or drawn here. A day may be a `date` or ISO text: a year or a month means its last day where a
question is asked as of it (`at`, `known`), its first where a stretch begins (`since`), and is included where one ends
(`until`). `at` defaults to today, by the clock given to `open`; `known` to everything known.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, date, datetime, timedelta
from os import PathLike
from typing import TYPE_CHECKING, Any, BinaryIO, Self

import numpy as np

from cordiale.actors import Catalogue, Linker, catalogue, read_actors
from cordiale.claims import Actor, Claim, Event, Origin, Review, Verdict
from cordiale.dossier import days
from cordiale.dossier.answers import (
    ActorEntry,
    Outlook,
    Progress,
    ReadSummary,
    SourcedEpisode,
    SourcedTie,
    Who,
    actor_table,
    matches,
)  # fmt: skip
from cordiale.dossier.selections import Claims, Selection, selected
from cordiale.dossier.tables import Table
from cordiale.errors import DossierError, InvalidValue, UnknownName
from cordiale.reading import ReaderChoice, read_events
from cordiale.store import Coverage, Problem, Store

if TYPE_CHECKING:
    from cordiale.columns import ClaimColumns
    from cordiale.documents import Input, ReadOptions
    from cordiale.dossier.loading import LoadSummary
    from cordiale.dossier.mapping import NamedSnapshot
    from cordiale.dossier.previewing import Preview
    from cordiale.dossier.shifts import MeasureHistory, TieHistory
    from cordiale.networks import Isolation
    from cordiale.ties import Evidence, Tie

Clock = Callable[[], datetime]


def now() -> datetime:
    """The instant that it is, in UTC."""
    return datetime.now(UTC)


def open(where: str | PathLike[str], *, create: bool = True, clock: Clock = now, wait: float = 30) -> Dossier:
    """Open the dossier at a path, or at `postgresql://...`; where there is none, make one, or fail without `create`.

    `wait` is how many seconds to wait while another process writes. Every failure is a `DossierError`.
    """
    return Dossier(Store.open(where, create=create, clock=clock, wait=wait), clock=clock)


class Dossier:
    """Documents, actors, claims and reviews in one place, and every question about them.

    >>> import io; from pathlib import Path; from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder, open(Path(folder) / "new.dossier") as dossier:
    ...     text = b"Iran is an ally of Syria."
    ...     dossier.read("-", stdin=io.BytesIO(text)).documents
    ...     [tie.b.name for tie in dossier.who("Iran").allies]
    1
    ['Syria']
    """

    def __init__(self, store: Store, *, clock: Clock = now) -> None:
        self.store = store
        self.scope = ""  # which claims are looked at, in words, where it is not all of them
        self.closed = False
        self._clock = clock
        self._linker: Linker | None = None
        self._linked = -1
        self._names: tuple[int, dict[str, str]] = (-1, {})

    @property
    def name(self) -> str:
        """The dossier as messages name it."""
        return self.store.name

    def today(self) -> date:
        """The day that it is, in UTC: what `at` is where it is left out."""
        return self._clock().date()

    def close(self) -> None:
        """Let go of the dossier; closing twice does nothing."""
        self.closed = True
        self.store.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def __repr__(self) -> str:
        return f"<Dossier {self.name}>"

    def _repr_html_(self) -> str:
        from cordiale.dossier.showing import of_dossier, safely

        return safely(self, self, of_dossier)

    def read(
        self,
        *inputs: str | PathLike[str],
        reader: ReaderChoice | None = None,
        options: ReadOptions | None = None,
        jobs: int | None = None,
        engine: str = "local",
        stdin: BinaryIO | None = None,
        progress: Callable[[Progress], None] | None = None,
    ) -> ReadSummary:
        """Read files, folders, globs and URLs (`-` is `stdin`) into claims; what this reader has read is passed over.

        `reader` is the one that ships unless another is given, such as `cordiale.reading.llm.Endpoint(url=…, model=…)`.
        One transaction a document: whatever stops it, whole documents are kept. A bad input stops no other and is in
        `failed`. `jobs` is how many processes may read; without it, one a core where that is safe (in the command line
        and in a notebook, but not in a script, which each process would run again) and there are many inputs. With
        `engine` "spark" the workers of Spark read (`docs/scale.md`).
        """
        from cordiale.documents import expand
        from cordiale.dossier.intake import take_in

        if self.store.read_only:
            raise DossierError(self.name, "it can be read but not written", "make file and folder writable, or copy it")
        return take_in(
            self.store, expand(str(name) for name in inputs), self.own_actors(), reader=reader, clock=self._clock,
            options=options, jobs=jobs, engine=engine, stdin=stdin, progress=progress,
        )  # fmt: skip

    def preview(self, inputs: Iterable[Input], **how: Any) -> Preview:
        """What reading inputs would add, with nothing stored; see `dossier.previewing`."""
        from cordiale.dossier.previewing import preview

        return preview(self.store, inputs, self.own_actors(), clock=self._clock, **how)

    def load(self, dataset: str, file: str | PathLike[str], **how: Any) -> LoadSummary:
        """Load a user's copy of a dataset, or a table of ties, as claims; see `dossier.loading.load`."""
        from cordiale.dossier.loading import load

        return load(self, dataset, file, **how)

    def coverage(self) -> Table[Coverage]:
        """The years that each dataset of the dossier covers; outside of them is unknown, not none."""
        from cordiale.dossier.loading import coverage

        return coverage(self)

    def own_actors(self) -> tuple[Actor, ...]:
        """The actors that a user added, which readers link to before the catalogue's."""
        return tuple(actor for actor in self.store.actors().values() if actor.origin is Origin.USER)

    def catalogue(self) -> Catalogue:
        """The shipped catalogue with the dossier's own actors: those of a user, and provisional ones."""
        return self._link().catalogue

    def _link(self) -> Linker:
        latest = self.store.latest_actor()  # another process may have read on
        if self._linker is None or self._linked != latest:
            self._linked = latest
            shipped = catalogue()
            own = [a for a in self.store.actors().values() if a.origin is not Origin.CATALOGUE or a.id not in shipped]
            self._linker = Linker(shipped.extended(own) if own else shipped)
        return self._linker

    def names(self) -> dict[str, str]:
        """The canonical names of the dossier's actors, by id."""
        latest = self.store.latest_actor()  # another process may have read on
        if self._names[0] != latest:
            self._names = latest, {key: actor.name for key, actor in self.store.actors().items()}
        return dict(self._names[1])

    def find(self, name: str) -> Actor:
        """The actor of a name, a code name or an id; one that was identified as another gives that other.

        `UnknownName` has the near names; several that bear the name are an `InvalidValue`.
        """
        return self._named(self.store.resolve(self._unmerged(name).id))

    def _unmerged(self, name: str) -> Actor:
        if not name.strip():
            raise InvalidValue("an actor without a name", name, "give a name, or an id")
        try:
            return self._link().find(name)
        except InvalidValue as error:
            # Several bear the name, but only one of them may be left: the others became it.
            left = {self.store.resolve(link.actor.id) for link in self._link().links(name) if link.how != "near"}
            if len(left) == 1:
                return self._named(left.pop())
            raise error from None

    def _named(self, key: str) -> Actor:
        return self._link().catalogue[key]

    def actors(self, pattern: str | None = None) -> Table[ActorEntry]:
        """The actors of the dossier, those with the most claims first; `pattern` is a part of a name or id."""
        columns = self.store.columns()
        times = np.bincount(np.concatenate([columns.subject, columns.object]), minlength=len(columns.actors))
        count = Counter(dict(zip(columns.actors, times.tolist(), strict=True)))
        merged = {said.actor for said in self.store.identities() if said.document is None}
        found = [
            ActorEntry(actor=actor, claims=count[key])
            for key, actor in self.store.actors().items()
            if (count[key] or key not in merged or self.store.resolve(key) == key) and matches(actor, pattern)
        ]
        return actor_table(sorted(found, key=lambda entry: (-entry.claims, entry.actor.name)))

    def add_actors(self, file: str | PathLike[str]) -> int:
        """Add the actors of a user's CSV or TOML file; how many were new or changed. See `actors.read_actors`."""
        return self.store.add_actors(read_actors(file, origin=Origin.USER)).actors

    def add_events(self, file: str | PathLike[str]) -> int:
        """Add the events of a user's CSV file, by which readers date claims; how many were new or changed. See
        `reading.read_events`.
        """
        return self.store.add_events(read_events(file))

    def events(self) -> tuple[Event, ...]:
        """The dossier's own events, by their first days."""
        return tuple(sorted(self.store.events().values(), key=lambda e: (e.held.start or date.min, e.name)))

    def identify(
        self, name: str, becomes: str | None = None, *, document: str | None = None, by: str, reason: str = ""
    ) -> None:
        """Say that an actor is another: everywhere, or in the document with this sha256. Without `becomes`, take that
        back: the actor is itself again.
        """
        actor = self._unmerged(name)
        other = actor if becomes is None else self.find(becomes)
        if becomes is not None and other.id == self.store.resolve(actor.id) and document is None:
            raise InvalidValue("an actor that is that one already", name, "name another one")
        self.store.add_actors([a for a in (actor, other) if a.id not in self.store.actors()])
        self.store.identify(actor.id, other.id, document=document, by=by, reason=reason)

    def review(
        self, claim: str, verdict: Verdict | str, *, by: str, reason: str = "", instead: Claim | None = None
    ) -> bool:
        """Accept, reject or correct a claim, by its id, with what to put `instead`; False where it was said before."""
        try:
            found = Verdict(verdict)
        except ValueError:
            raise UnknownName("verdict", str(verdict), list(Verdict)) from None
        said = Review(claim=claim, verdict=found, by=by, recorded_at=self._clock(), reason=reason, instead=instead)
        if instead is not None:
            self.store.add_actors([self._named(end) for end in (instead.subject, instead.object)])
        return self.store.add_review(said)

    def check(self) -> tuple[Problem, ...]:
        """Everything that is wrong with the dossier; () where it is sound."""
        return tuple(self.store.check())

    def claims(
        self,
        *,
        actor: str | None = None,
        pair: tuple[str, str] | None = None,
        relation: str | None = None,
        sign: int | None = None,
        since: date | str | None = None,
        until: date | str | None = None,
        known: date | str | None = None,
        limit: int | None = None,
        unclear: bool = False,
    ) -> Claims:
        """The claims that count, in the order in which they were recorded: about an actor or a pair, of a relation or
        a sign, that may have held on a day from `since` through `until`. A claim of unknown date is never left out.
        With `unclear`, also those of which the reader was not sure enough for them to count.
        """
        first = None if since is None else days.first_day(since)
        after = None if until is None else days.day_after(until)
        wanted = Selection(relation=relation, sign=sign, since=first, until=after, limit=limit, unclear=unclear)
        columns = self.store.columns(
            actor=None if actor is None else self.find(actor).id,
            pair=None if pair is None else (self.find(pair[0]).id, self.find(pair[1]).id),
            known=self._known(known),
        )
        return Claims(selected(columns, wanted), self)

    def drawn(self, numbers: Iterable[int]) -> Iterator[Claim]:
        """The claims with these numbers, in that order, whether they count or not."""
        return self.store.claims(numbers=numbers)

    def snapshot(self, at: date | str | None = None, known: date | str | None = None) -> NamedSnapshot:
        """All ties on a day, as known on a day; it takes names where `ties.Snapshot` takes ids."""
        return next(self.snapshots([self._at(at)], known))

    def snapshots(self, dates: Iterable[date], known: date | str | None = None) -> Iterator[NamedSnapshot]:
        """A snapshot of each of these days, of claims that are weighed once."""
        from cordiale.dossier.mapping import NamedSnapshot
        from cordiale.ties import weigh

        day = self._known(known)
        evidence = weigh(self.store.columns(known=day), known=day)
        return (NamedSnapshot(evidence, at=at, desk=self) for at in dates)

    def who(self, actor: str, at: date | str | None = None, known: date | str | None = None) -> Who:
        """Who stands with an actor on a day, as known on a day; every tie with its claims a step away."""
        from cordiale.dossier.mapping import who

        found = self.find(actor)
        evidence = self.weighed(self.store.columns(actor=found.id, known=self._known(known)), known)
        return who(self, evidence, found, at=self._at(at), known=self._known(known))

    def tie(self, a: str, b: str, at: date | str | None = None, known: date | str | None = None) -> SourcedTie:
        """How two actors stand on a day; an unknown tie without claims where nothing is known of them."""
        from cordiale.dossier.mapping import sourced_tie

        ends = self.find(a), self.find(b)
        if ends[0].id == ends[1].id:
            raise InvalidValue("a tie of an actor with itself", a, "name two actors")
        pair = self.store.columns(pair=(ends[0].id, ends[1].id), known=self._known(known))
        return sourced_tie(self, self.weighed(pair, known), *ends, at=self._at(at), known=self._known(known))

    def isolation(
        self,
        actor: str | None = None,
        at: date | str | None = None,
        *,
        since: date | str | None = None,
        every: str = "quarter",
        known: date | str | None = None,
        progress: Callable[[int, int], None] | None = None,
    ) -> Table[Isolation]:
        """How isolated an actor was on each day from `since` on, a step apart, up to `at`; without `since`, on `at`.
        Without an actor, of everyone, the most isolated first on each day. `every`: day, week, month, quarter, year.

        An actor that no claim names is an `UnknownName`. `progress` is told how many of the days are done.
        """
        from cordiale.dossier.mapping import everyone_table, isolation_table

        end = self._at(at)
        dates = [end] if since is None else list(days.steps(days.first_day(since), end, every))
        if actor is None:
            return everyone_table(self, self.snapshots(dates, known), len(dates), progress)
        return isolation_table(self, self.find(actor), dates, known=self._known(known))

    def changes(self, a: str, b: str, **when: Any) -> TieHistory:
        """When the tie of two actors changed, by which claims; `when` and the rest as in `changing.tie_history`."""
        from cordiale.dossier.changing import tie_history

        return tie_history(self, a, b, **when)

    def changes_of(self, measure: str, actor: str | None = None, **when: Any) -> MeasureHistory:
        """When a measure changed: an actor's isolation, balance, blocs, hostile; see `changing.measure_history`."""
        from cordiale.dossier.changing import measure_history

        return measure_history(self, measure, actor, **when)

    def running_out_of_allies(
        self, actor: str, at: date | str | None = None, *, span: timedelta | None = None,
        known: date | str | None = None,
    ) -> Outlook:  # fmt: skip
        """Whether an actor has fewer allies than `span` (a year) before, with the reasons, or why nobody can tell."""
        from cordiale.dossier.mapping import outlook

        return outlook(self, self.find(actor), self._at(at), span=span, known=self._known(known))

    def export(self, format: str, file: str | PathLike[str], **which: Any) -> int:
        """Write claims, the ties of a day or ties over time in one of `exports.FORMATS`, whole or not at all; `-` is
        stdout. How many; `which` is said in `dossier.exporting.export`.
        """
        from cordiale.dossier.exporting import export

        return export(self, format, file, **which)

    def episodes_of(self, tie: Tie, evidence: Evidence) -> tuple[SourcedEpisode, ...]:
        """The history of a tie up to its day."""
        from cordiale.dossier.mapping import sourced_episodes

        return sourced_episodes(self, tie, evidence)

    def _at(self, at: date | str | None) -> date:
        return self.today() if at is None else days.last_day(at)

    def _known(self, known: date | str | None) -> date | None:
        return None if known is None else days.last_day(known)

    def weighed(self, columns: ClaimColumns, known: date | str | None = None) -> Evidence:
        """What claims come to, with those about the speakers that they quote: how far a speaker is believed rests on
        who is hostile to whom."""
        from cordiale.ties import weigh

        day = self._known(known)
        speakers = [columns.actors[number] for number in set(columns.said_by.tolist()) if number >= 0]
        if speakers:
            columns = columns.joined(self.store.columns(actor=speakers, known=day))
        return weigh(columns, known=day)
