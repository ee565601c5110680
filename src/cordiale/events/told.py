"""Single events of a pair, with the addresses of their stories: what a sum can be traced back to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from cordiale.events.dyads import Recipe
from cordiale.events.engine import files
from cordiale.events.parts import WHOLE
from cordiale.events.series import during, met_by, sides_of
from cordiale.events.streams import stream as stream_of

if TYPE_CHECKING:
    from cordiale.events.archive import Archive


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldEvent:
    """An event as its source has it: who to whom by its own names, its code, its own score if it has one, how often it
    was told, and where. `weight` is 1, or its share where it is of several pairs."""

    event_id: str
    day: date
    added: date
    a: str
    b: str
    code: str | None
    score: float | None
    weight: float
    mentions: int | None
    url: str | None


def told_events(
    archive: Archive, a: str, b: str, *, stream: str, since: date | None = None, until: date | None = None,
    known: date | None = None, directed: bool = False, recipe: Recipe | None = None, limit: int = 20,
) -> tuple[ToldEvent, ...]:  # fmt: skip
    """The events of a pair, of those that a recipe is of, each story once a kind and day: those that weigh most first,
    by score and by how often they were told; from `since` to the day before `until`.
    """
    name = stream_of(stream).name
    parts = [
        part
        for part in archive.ledger.parts(name)
        if (until is None or part.month < until) and (since is None or part.month >= since.replace(day=1))
    ]
    if not parts:
        return ()
    sides = sides_of(archive, name, a, b)
    of = (recipe or Recipe()).asked_of(name).of(archive, name, parts)
    con, rows = archive.people(), f"read_parquet({files(archive.paths(part.path for part in parts))})"
    story = "url" if stream_of(name).stories else "NULL"
    found = con.execute(
        f"""WITH pair AS (
                SELECT * FROM {rows}
                WHERE {during(since, until, known)} AND {met_by(archive, sides, directed=directed)} AND {of}
                QUALIFY row_number() OVER (
                    PARTITION BY actor, target, day, code, {story}, CASE WHEN {story} IS NULL THEN event_id END
                    ORDER BY added, event_id) = 1
                ORDER BY abs(coalesce(score, 0)) DESC, coalesce(mentions, 1) DESC, day, event_id LIMIT {int(limit)}
            ), addresses AS (
                SELECT hash, min(url) AS url FROM read_parquet({_urls(archive, name, [part.path for part in parts])})
                WHERE hash IN (SELECT url FROM pair) GROUP BY hash
            )
            SELECT event_id, day, added, one.label, other.label, pair.code, score / 10, weight / {WHOLE}, mentions,
                addresses.url
            FROM pair JOIN people one ON one.id = pair.actor JOIN people other ON other.id = pair.target
            LEFT JOIN addresses ON addresses.hash = pair.url
            ORDER BY abs(coalesce(score, 0)) DESC, coalesce(mentions, 1) DESC, day, event_id"""
    ).fetchall()
    names = ("event_id", "day", "added", "a", "b", "code", "score", "weight", "mentions", "url")
    return tuple(ToldEvent(**dict(zip(names, row, strict=True))) for row in found)


def _urls(archive: Archive, stream: str, paths: list[str]) -> str:
    """The files of the addresses of some parts: both go by the md5 of the file that they came from."""
    stems = sorted({PurePosixPath(path).stem for path in paths})
    return files([archive.folder / "urls" / stream / f"{stem}.parquet" for stem in stems])
