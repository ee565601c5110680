"""When two sides began to deal otherwise with each other, by a stream of events, and which events lay around it.

What lay around a shift is not said to have caused it. Each event has the address of its story.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import pairwise
from statistics import fmean

from cordiale.events import Archive
from cordiale.events.series import Series
from cordiale.events.streams import stream
from cordiale.events.told import ToldEvent, told_events
from cordiale.figures import Figure
from cordiale.figures.axis import Flag
from cordiale.figures.dealings import dealings as dealings_of
from cordiale.figures.encoding import signed
from cordiale.networks import ChangePoint, change_points

AROUND = 3
"""Events that are told of a shift."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Dealing:
    """A shift in how a pair deals with each other, and the weightiest events from the last period before it to the
    first one after. `measure` is what shifts: the `mean` score of their events, or how many `events` a period has."""

    measure: str
    point: ChangePoint
    events: tuple[ToldEvent, ...] = field(repr=False)

    @property
    def told(self) -> str:
        """From which level to which, in words."""
        before, after = self.point.before, self.point.after
        if self.measure == "events":
            return f"{before:.2f} to {after:.2f}"
        return f"{signed(before)} to {signed(after)}"


def dealings(archive: Archive, found: Series, *, around: int = AROUND) -> tuple[Dealing, ...]:
    """The shifts in the level of a series' mean, the more events the surer: see `networks.change_points`. The variance
    of one event's score is that of the steps between periods (Rice 1984), which the shifts are part of. Periods without
    an event, or of which nothing is known, are left out.

    Where that mean never moves, as where a source has nothing but deaths, the shifts are those in how many events a
    period has, none being a number too: in the level of √(n + 3/8), whose variance is that of its steps, and 1/4 at
    least, as that of counts by chance is whatever their mean (Anscombe 1948, Biometrika 35:246). A period that the
    series does not cover to its end has too few of them, and is left out; none carries over into the next.
    """
    table = found.table.to_pydict()
    days, means, counts = table["period"], table["mean"], table["events"]
    measure = "mean"
    points: tuple[ChangePoint, ...] = ()
    if one := _variance_of_one(means, counts):
        points = change_points(days, means, variances=[one / count if count else None for count in counts])
    elif len({mean for mean in means if mean is not None}) == 1:
        measure, points = "events", _of_counts(found, days, counts)
    a, b = found.sides
    return tuple(
        Dealing(
            measure=measure, point=point,
            events=told_events(
                archive, a, b, stream=found.stream, since=point.eve, known=found.known, directed=found.directed,
                recipe=found.recipe, until=found.every.after(point.day), limit=around,
            ),
        )
        for point in points
    )  # fmt: skip


def _of_counts(found: Series, days: Sequence[date], counts: Sequence[float | None]) -> tuple[ChangePoint, ...]:
    """The shifts in how many events there are, told as their means."""
    known = {
        day: count for day, count in zip(days, counts, strict=True) if count is not None and _covered(found, day)
    }  # fmt: skip
    if len(known) < 2:
        return ()
    roots = [(count + 3 / 8) ** 0.5 for count in known.values()]
    noise = max(fmean((late - early) ** 2 for early, late in pairwise(roots)) / 2, 1 / 4)
    points = change_points([*known], roots, variances=[noise] * len(known), correlation=0.0)
    levels = [
        fmean(count for day, count in known.items() if start <= day < end)
        for start, end in pairwise((date.min, *(point.day for point in points), date.max))
    ]
    return tuple(
        replace(point, before=before, after=after)
        for point, (before, after) in zip(points, pairwise(levels), strict=True)
    )


def _covered(found: Series, period: date) -> bool:
    """Whether a series has every day of a period."""
    if found.begins is None or found.ends is None:
        return False
    return found.begins <= period and found.every.after(period) <= found.ends


def _variance_of_one(means: Sequence[float | None], counts: Sequence[float | None]) -> float:
    """The variance of one event's score: a step between two means has it by the number of the events of each."""
    there = [(mean, count) for mean, count in zip(means, counts, strict=True) if mean is not None and count]
    steps = sum((late[0] - early[0]) ** 2 for early, late in pairwise(there))
    return steps / (sum(1 / early[1] + 1 / late[1] for early, late in pairwise(there)) or 1.0)


def dealings_figure(
    found: Series, shifts: Sequence[Dealing] = (), coverage: Mapping[str, Sequence[int | None]] | None = None
) -> Figure:
    """A series as a figure, with a flag on the day of each shift, and a row for each source of `series.coverage`."""
    table = found.table.to_pydict()
    flags = [Flag(day=one.point.day, label=f"{one.measure} {one.told}") for one in shifts]
    return dealings_of(
        found.title, table["period"], table["cooperative"], table["conflictual"], table["volume"], changes=flags,
        coverage=coverage,
        notes=[stream(found.stream).bias, f"Source: {stream(found.stream).cite}"],
    )  # fmt: skip
