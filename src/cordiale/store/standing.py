"""Which stored claims count: not those of a superseded reading, and not those that a review rejected or replaced.

All rows stay; this says which of them an answer rests on, at a recording (None is now). Of what each reviewer says of a
claim the latest stands, unless it was withdrawn; of the reviewers' words on a claim the latest decides, by the instant
at which it was given. Nothing is written here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, and_, func, select

from cordiale.claims import Verdict
from cordiale.store.schema import claims, readings, recordings, reviews, superseded


def upto(connection: Connection, recorded: datetime | None) -> int | None:
    """The last recording at an instant; None where no instant is given, and 0 where nothing was recorded yet."""
    if recorded is None:
        return None
    asked = select(func.max(recordings.c.id)).where(recordings.c.recorded_at <= recorded)
    return int(connection.execute(asked).scalar() or 0)


def superseded_readings(connection: Connection, last: int | None) -> list[int]:
    """The numbers of the readings that newer versions of their readers have superseded."""
    asked = select(superseded.c.reading)
    if last is not None:
        asked = asked.where(superseded.c.recorded <= last)
    return list(connection.execute(asked).scalars())


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """What a reviewer says of a claim, by its number; `instead` is the claim that a correction puts there."""

    claim: int
    by: str
    verdict: Verdict
    instead: int | None


def words(connection: Connection, last: int | None) -> list[Word]:
    """The words that stand, one for each reviewer and claim, in the order in which they were given."""
    c = reviews.c
    asked = select(c.claim, c.by, c.verdict, c.instead).order_by(c.given_at, c.id)
    if last is not None:
        asked = asked.where(c.recorded <= last)
    standing: dict[tuple[int, str], Word] = {}
    for row in connection.execute(asked):
        standing.pop((row.claim, row.by), None)  # so that a later word comes later
        if row.verdict != Verdict.WITHDRAWN:
            verdict = Verdict(row.verdict)
            standing[row.claim, row.by] = Word(claim=row.claim, by=row.by, verdict=verdict, instead=row.instead)
    return list(standing.values())


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """The numbers of the claims that reviews take out of the count, and of those that they vouch for."""

    out: list[int]
    vouched: list[int]


def judged(connection: Connection, last: int | None) -> Judged:
    """What reviews say of claims."""
    rows, made = words(connection, last), _corrections(connection, last)
    if not rows and not made:
        return Judged(out=[], vouched=[])
    deciding = {row.claim: row for row in rows}
    latest = {row.claim: place for place, row in enumerate(rows)}
    present: set[int] = set()
    # A correction is a claim with a higher number than the one it corrects, so each is judged before what rests on it.
    for row in sorted(deciding.values(), key=lambda r: r.claim):
        if row.instead is not None and (row.claim not in made or row.claim in present):
            present.add(row.instead)
    out = {row.claim for row in deciding.values() if row.verdict != Verdict.ACCEPTED}
    again = _carried_over(connection, last, latest)
    out = (made - present) | out | {new for new, old in again.items() if old in out}
    accepted = {row.claim for row in deciding.values() if row.verdict == Verdict.ACCEPTED}
    vouched = accepted | {new for new, old in again.items() if old in accepted} | present
    return Judged(out=sorted(out), vouched=sorted(vouched - out))


def _corrections(connection: Connection, last: int | None) -> set[int]:
    """The numbers of the claims that corrections ever put in place, also of those that were withdrawn since."""
    asked = select(reviews.c.instead).where(reviews.c.instead.is_not(None))
    if last is not None:
        asked = asked.where(reviews.c.recorded <= last)
    return set(connection.execute(asked).scalars())


def _carried_over(connection: Connection, last: int | None, latest: Mapping[int, int]) -> dict[int, int]:
    """For each claim without a review of its own, made again by a newer version of its reader: the claim of an older
    version that was reviewed last. `latest` ranks the claims that were reviewed, by their latest review.
    """
    old, new, before, after = claims.alias(), claims.alias(), readings.alias(), readings.alias()
    same: list[ColumnElement[bool]] = [
        old.c[name] == new.c[name]
        for name in ("document", "quote_start", "quote_end", "subject", "relation", "object", "sign", "change",
                     "certainty")
    ]  # fmt: skip
    asked = (
        select(new.c.id, old.c.id)
        .join_from(old, superseded, superseded.c.reading == old.c.reading)
        .join(before, before.c.id == old.c.reading)
        .join(new, and_(*same, new.c.reading > old.c.reading))
        .join(after, and_(after.c.id == new.c.reading, after.c.reader == before.c.reader, after.c.kind == "reader"))
    )
    if last is not None:
        asked = asked.where(new.c.recorded <= last)
    found: dict[int, int] = {}
    reviewed = sorted(latest)
    for first in range(0, len(reviewed), 500):
        for again, before_it in connection.execute(asked.where(old.c.id.in_(reviewed[first : first + 500]))):
            if again not in latest and latest[before_it] > latest.get(found.get(again, -1), -1):
                found[again] = before_it
    return found
