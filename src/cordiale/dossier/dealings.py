"""When two sides began to deal otherwise with each other, by a stream of events, and which events lay around it.

What lay around a shift is not said to have caused it. Each event has the address of its story.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import pairwise

from cordiale.events import Archive
from cordiale.events.series import Every, Series
from cordiale.events.streams import stream
from cordiale.events.told import ToldEvent, told_events
from cordiale.figures import Figure
from cordiale.figures.axis import Flag
from cordiale.figures.dealings import dealings as dealings_of
from cordiale.figures.encoding import signed
from cordiale.networks import ChangePoint, change_points

AROUND = 3
"""Events that are told of a shift."""
_LENGTH = {Every.DAY: 1, Every.WEEK: 7, Every.MONTH: 31, Every.QUARTER: 92}


@dataclass(frozen=True, slots=True, kw_only=True)
class Dealing:
    """A shift in the mean score of a pair's events, and the weightiest events from the last period before it to the
    first one after."""

    point: ChangePoint
    events: tuple[ToldEvent, ...] = field(repr=False)


def dealings(archive: Archive, found: Series, *, around: int = AROUND) -> tuple[Dealing, ...]:
    """The shifts in the level of a series' mean, the more events the surer: see `networks.change_points`. The variance
    of one event's score is that of the steps between periods (Rice 1984), which the shifts are part of.

    Periods without an event, or of which nothing is known, are left out.
    """
    table = found.table.to_pydict()
    days, means, counts = table["period"], table["mean"], table["events"]
    one = _variance_of_one(means, counts)
    points = change_points(days, means, variances=[one / count if count else None for count in counts]) if one else ()
    a, b = found.sides
    return tuple(
        Dealing(
            point=point,
            events=told_events(
                archive, a, b, stream=found.stream, since=point.eve, known=found.known, directed=found.directed,
                recipe=found.recipe, until=point.day + timedelta(days=_LENGTH[found.every]), limit=around,
            ),
        )
        for point in points
    )  # fmt: skip


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
    flags = [
        Flag(day=one.point.day, label=f"mean {signed(one.point.before)} to {signed(one.point.after)}") for one in shifts
    ]
    return dealings_of(
        found.title, table["period"], table["cooperative"], table["conflictual"], table["volume"], changes=flags,
        coverage=coverage,
        notes=[stream(found.stream).bias, f"Source: {stream(found.stream).cite}"],
    )  # fmt: skip
