"""Areas in steps: a value that holds over the time nearest to its day, and nothing over a missing one."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import pairwise

from lxml import etree

from cordiale.figures.axis import TimeAxis, area_path, runs
from cordiale.figures.paper import Paper


def draw_steps(
    paper: Paper, axis: TimeAxis, days: Sequence[date], rows: Sequence[tuple[float, float | None]],
    held: etree._Element, fill: str | None = None,
) -> None:  # fmt: skip
    """Areas between a base and values in steps, each over the time nearest to its day; none over a missing value."""
    edges = _edges(axis, days)
    for run in runs([y for _, y in rows]):
        steps = [(x, float(rows[n][1] or 0)) for n in run for x in (edges[n], edges[n + 1])]
        base = [(edges[run[0]], rows[run[0]][0]), (edges[run[-1] + 1], rows[run[-1]][0])]
        paper.add("path", held, d=area_path(steps, base), css="hatched" if fill else "tint", fill=fill)
        paper.line(steps, held, css="line outline")


def _edges(axis: TimeAxis, days: Sequence[date]) -> list[float]:
    """Where the time of each day begins, and where that of the last one ends."""
    between = [(axis.x(early) + axis.x(late)) / 2 for early, late in pairwise(days)]
    return [axis.left, *between, axis.right]
