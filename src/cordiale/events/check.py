"""What is in an archive, and what is wrong with it: files, refused lines, repeats, days without events, volume by year.

Nothing is changed by looking.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING

from cordiale.events.dyads import Recipe, Repeats, cells, volume
from cordiale.events.engine import files
from cordiale.events.ledger import Entry
from cordiale.events.series import read
from cordiale.events.streams import stream as stream_of

if TYPE_CHECKING:
    from cordiale.events.archive import Archive


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """Days in a row on which a stream has nothing new, the first and the last."""

    first: date
    last: date

    @property
    def days(self) -> int:
        """How many."""
        return (self.last - self.first).days + 1


@dataclass(frozen=True, slots=True, kw_only=True)
class StreamCheck:
    """One stream of an archive.

    `reasons` are why lines were refused, how many, and where the first of them stands. `first` and `last` are days on
    which something became known, `gaps` those between with nothing. `dyadic` events are between two different actors,
    in `paired` pairs; `repeats` are, by policy, how many of those are left out as told again. `volume` is events by the
    year that they happened in. `missing` are times between the first and the last file of which, by the names under
    which the source publishes, there is no file. `lost` are parts that the ledger has and the disk has not.
    """

    stream: str
    files: int
    replaced: int
    size: int
    events: int
    rejected: int
    reasons: tuple[tuple[str, int, str], ...]
    dyadic: int
    paired: int
    numbers_that_repeat: int
    first: date | None
    last: date | None
    gaps: tuple[Gap, ...]
    repeats: tuple[tuple[str, int], ...]
    volume: tuple[tuple[int, int], ...]
    notes: tuple[tuple[str, int], ...]
    missing: tuple[datetime, ...]
    lost: tuple[str, ...]

    @property
    def sound(self) -> bool:
        """Whether nothing is missing or was refused."""
        return not (self.gaps or self.rejected or self.missing or self.lost)


def check(archive: Archive) -> tuple[StreamCheck, ...]:
    """Every stream of an archive, by name."""
    every = list(archive.ledger.files(replaced=True))
    return tuple(_checked(archive, stream) for stream in sorted({one.stream for one in every}))


def _checked(archive: Archive, stream: str) -> StreamCheck:
    entries = [one for one in archive.ledger.files(replaced=True) if one.stream == stream]
    counted = [one for one in entries if one.replaced_by is None]
    parts = archive.ledger.parts(stream)
    lost = tuple(part.path for part in parts if not (archive.folder / part.path).exists())
    notes: dict[str, int] = {}
    for one in counted:
        for what, count in archive.ledger.notes(one.md5):
            notes[what] = notes.get(what, 0) + count
    common = {
        "stream": stream, "files": len(counted), "replaced": len(entries) - len(counted),
        "size": sum(one.size for one in counted), "events": sum(one.events for one in counted),
        "rejected": sum(one.rejected for one in counted), "notes": tuple(notes.items()), "lost": lost,
        "missing": _missing(counted), "reasons": tuple(archive.ledger.reasons(stream)),
    }  # fmt: skip
    if lost or not parts:
        return StreamCheck(
            dyadic=0, paired=0, numbers_that_repeat=0, first=None, last=None, gaps=(), repeats=(), volume=(), **common  # type: ignore[arg-type]
        )  # fmt: skip
    con, all_of_them = archive.con, read(archive, volume(archive, stream))
    days = [day for (day,) in con.execute(f"SELECT DISTINCT added FROM {all_of_them} ORDER BY added").fetchall()]
    years = con.execute(
        f"SELECT year(day) AS y, sum(events)::BIGINT FROM {all_of_them} GROUP BY y ORDER BY y"
    ).fetchall()
    dyadic = con.execute(f"SELECT coalesce(sum(dyadic), 0)::BIGINT FROM {all_of_them}").fetchall()[0][0]
    made = {policy: cells(archive, stream, Recipe(repeats=policy)) for policy in Repeats}
    paths = files(archive.paths(part.path for part in parts))
    numbers = con.execute(
        f"""SELECT coalesce(sum(times - 1), 0)::BIGINT FROM (SELECT count(*) AS times FROM read_parquet({paths})
            GROUP BY event_id, day, actor, target HAVING times > 1)"""
    ).fetchall()
    return StreamCheck(
        dyadic=dyadic, paired=sum(one.events for one in made[Repeats.NONE]), numbers_that_repeat=numbers[0][0],
        first=days[0], last=days[-1],
        gaps=_gaps(days) if stream_of(stream).daily else (),
        repeats=tuple((str(policy), sum(one.left_out for one in found)) for policy, found in made.items()),
        volume=tuple((int(year), int(count)) for year, count in years), **common,  # type: ignore[arg-type]
    )  # fmt: skip


def _missing(entries: Sequence[Entry]) -> tuple[datetime, ...]:
    """The times between the first and the last file, in steps of the stream, that no file is of."""
    if not entries or (step := stream_of(entries[0].stream).step) is None:
        return ()
    shape = "%Y%m%d" if step.days else "%Y%m%d%H%M%S"
    width = 8 if step.days else 14
    stamps = [(one.logical or "").partition(" ")[2] for one in entries]
    times = sorted({at for stamp in stamps if len(stamp) == width and (at := _time(stamp, shape)) is not None})
    if not times:
        return ()
    expected = (times[0] + step * number for number in range((times[-1] - times[0]) // step + 1))
    have = set(times)
    return tuple(one for one in expected if one not in have)


def _time(stamp: str, shape: str) -> datetime | None:
    try:
        return datetime.strptime(stamp, shape).replace(tzinfo=UTC)
    except ValueError:
        return None


def _gaps(days: list[date]) -> tuple[Gap, ...]:
    day = timedelta(days=1)
    return tuple(Gap(first=one + day, last=other - day) for one, other in pairwise(days) if other - one > day)
