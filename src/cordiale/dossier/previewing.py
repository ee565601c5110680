"""What reading an input would add to a dossier, shown before anything is stored, and entered just as it was shown.

The same chain reads as in `intake`; only the last step, the store's, waits for a person's word. Nothing is written here
but by `enter`. Clocks: `at` is a held day; ties are weighed with everything known.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import TYPE_CHECKING

import numpy as np

from cordiale.claims import Actor, Claim
from cordiale.columns import ClaimColumns
from cordiale.documents import Expansion, Input, ReadOptions
from cordiale.dossier.answers import ReadSummary, SourcedTie
from cordiale.dossier.intake import desk_of, keep
from cordiale.dossier.mapping import sourced_tie
from cordiale.dossier.readings import Done, Known, Read, Result, read_all
from cordiale.errors import UnreadableInput
from cordiale.reading import ReaderChoice
from cordiale.store import Prospect, Store

if TYPE_CHECKING:
    from cordiale.dossier.front import Dossier

PAIRS = 40
"""Ties that are weighed anew, those with the most new claims."""
_BEYOND = np.int64(1 << 62)


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """What a reading found: new readings, documents `known` to this reader already, and inputs that `failed`.

    `newcomers` are the provisional actors that the dossier does not have; `label` is the reader's.
    """

    label: str
    readings: tuple[Read, ...]
    known: tuple[Known, ...]
    failed: tuple[UnreadableInput, ...]
    newcomers: tuple[Actor, ...]
    own: tuple[Actor, ...] = field(repr=False, default=())

    def claims(self) -> Iterator[Claim]:
        """Every claim that was found, in the order of the texts."""
        return (claim for one in self.readings for claim in one.reading.claims)

    def documents(self) -> tuple[str, ...]:
        """The sha256 of each document, new or known, once."""
        new = (one.reading.document.sha256 for one in self.readings)
        return tuple(dict.fromkeys([*new, *(one.sha256 for one in self.known)]))


@dataclass(frozen=True, slots=True, kw_only=True)
class Shift:
    """A tie as it stands on a day, and as it would stand with what was found."""

    before: SourcedTie
    after: SourcedTie
    claims: int


def preview(
    store: Store,
    inputs: Iterable[Input],
    own: tuple[Actor, ...],
    *,
    clock: Callable[[], datetime],
    options: ReadOptions | None = None,
    reader: ReaderChoice | None = None,
) -> Preview:
    """Read inputs and store nothing. A bad input stops no other, and is in `failed`."""
    desk = desk_of(store, own, reader=reader, clock=clock, options=options)
    with closing(read_all(inputs, desk, jobs=1)) as results:
        found = [one for one in results if not isinstance(one, Done)]
    readings = {one.reading.document.sha256: one for one in found if isinstance(one, Read)}
    stored = store.actors()
    named = {actor.id: actor for one in readings.values() for actor in one.reading.actors}
    return Preview(
        label=desk.reader.label,
        readings=tuple(readings.values()),
        known=tuple(one for one in found if isinstance(one, Known)),
        # Fresh ones, as those raised hold on to the stack that they came from.
        failed=tuple(
            UnreadableInput(one.source, one.why, one.mend, place=one.place)
            for one in found
            if isinstance(one, UnreadableInput)
        ),
        newcomers=tuple(actor for key, actor in named.items() if key not in stored),
        own=own,
    )


def enter(store: Store, shown: Preview) -> ReadSummary:
    """Put what was shown into the store: those very claims. What somebody else entered meanwhile changes nothing."""
    results: tuple[Result, ...] = (*shown.readings, *shown.known, *shown.failed)
    return keep(store, results, shown.own, label=shown.label, expansion=Expansion())


def told_before(store: Store, shown: Preview) -> tuple[str | None, ...]:
    """For each new reading, the sha256 of the stored document whose story it tells again; None where it is new."""
    return tuple(one.told_by for one in _prospects(store, shown))


def shifts(desk: Dossier, shown: Preview, at: date) -> tuple[Shift, ...]:
    """How the ties that were found stand on a day, and would with what was found: the furthest moved first."""
    found = _resolved(desk, shown)
    counted = Counter(_pair(one.claim) for one in found if not one.claim.unclear)
    if not counted:
        return ()
    ends = {end for one in found for end in (one.claim.subject, one.claim.object)}
    stored = desk.store.columns(actor=sorted(ends))
    before, after = desk.weighed(stored), desk.weighed(stored.joined(_columns(found)))
    everyone, named = desk.catalogue(), {actor.id: actor for actor in shown.newcomers}
    moved = []
    for (a, b), claims in counted.most_common(PAIRS):
        pair = [everyone[end] if end in everyone else named[end] for end in (a, b)]
        ties = [sourced_tie(desk, one, *pair, at=at, known=None) for one in (before, after)]
        moved.append(Shift(before=ties[0], after=ties[1], claims=claims))
    return tuple(sorted(moved, key=lambda one: -abs(one.after.weight - one.before.weight)))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Found:
    """A claim about actors as they have become, and where it would stand in the store."""

    claim: Claim
    prospect: Prospect


def _prospects(store: Store, shown: Preview) -> list[Prospect]:
    return store.prospects([(one.reading.document, one.fingerprint) for one in shown.readings])


def _resolved(desk: Dossier, shown: Preview) -> list[_Found]:
    """The claims about actors as they have become; none about one actor alone."""
    ends = {end for claim in shown.claims() for end in (claim.subject, claim.object, claim.said_by) if end is not None}
    become = {end: desk.store.resolve(end) for end in ends}
    found = []
    for one, prospect in zip(shown.readings, _prospects(desk.store, shown), strict=True):
        for claim in one.reading.claims:
            subject, target = become[claim.subject], become[claim.object]
            if subject != target:
                said_by = None if claim.said_by is None else become[claim.said_by]
                recorded = one.reading.document.retrieved
                about = replace(claim, subject=subject, object=target, said_by=said_by, recorded_at=recorded)
                found.append(_Found(claim=about, prospect=prospect))
    return found


def _columns(found: list[_Found]) -> ClaimColumns:
    """New claims as the store would give them; numbered beyond all that it has."""
    columns = ClaimColumns.from_claims(one.claim for one in found)
    return replace(
        columns,
        number=columns.number + _BEYOND,
        voice=np.array([one.prospect.voice for one in found], dtype=np.int32),
        source=np.array([one.prospect.source for one in found], dtype=np.int32),
    )


def _pair(claim: Claim) -> tuple[str, str]:
    low, high = sorted((claim.subject, claim.object))
    return low, high
