"""When two sides began to deal otherwise with each other, by a stream of events, and which events lay around it.

What lay around a shift is not said to have caused it. Each event has the address of its story.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta

from cordiale.events import Archive
from cordiale.events.series import Every, Series
from cordiale.events.told import ToldEvent, told_events
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
    """The shifts in the level of a series' mean, the more events the surer: see `networks.change_points`.

    Periods without an event, or of which nothing is known, are left out.
    """
    table = found.table.to_pydict()
    days, means, counts = table["period"], table["mean"], table["events"]
    points = change_points(days, means, variances=[1 / count if count else None for count in counts])
    a, b = found.sides
    return tuple(
        Dealing(
            point=point,
            events=told_events(
                archive, a, b, stream=found.stream, since=point.eve, known=found.known, directed=found.directed,
                until=point.day + timedelta(days=_LENGTH[found.every]), limit=around,
            ),
        )
        for point in points
    )  # fmt: skip
