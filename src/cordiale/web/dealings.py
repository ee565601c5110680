"""Pages on what two did to each other, by the streams of an archive of events: beside their tie, and apart from it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TypeVar

from fastapi import APIRouter
from pydantic import BaseModel
from starlette.responses import HTMLResponse, Response

from cordiale.claims import Actor
from cordiale.dossier import SourcedTie
from cordiale.dossier.dealings import Dealing, dealings, dealings_figure
from cordiale.dossier.layers import Layers, layers
from cordiale.errors import UnknownName
from cordiale.events import STREAMS, Archive
from cordiale.events.formats import Format
from cordiale.events.series import Series, coverage, series
from cordiale.events.told import ToldEvent, told_events
from cordiale.figures import Figure
from cordiale.web.data import as_csv
from cordiale.web.desk import Desk
from cordiale.web.models import LayerRow
from cordiale.web.rendering import Page
from cordiale.web.solving import Solving
from cordiale.web.view import View, Viewed

LATELY, SHOWN = 365, 20
"""The days before that of a page of which it lists events, and how many of them."""
WAIT = "Events are being added up"

T = TypeVar("T")


class EventRow(BaseModel):
    """An event as its source tells it; `score` is its own, if it has one."""

    stream: str
    event_id: str
    day: date
    added: date
    a: str
    b: str
    code: str | None
    score: float | None
    mentions: int | None
    url: str | None


class PeriodRow(BaseModel):
    """What a stream has of two in a month: see `events.series.Series`."""

    stream: str
    recipe: str
    period: date
    events: float | None
    cooperative: float | None
    conflictual: float | None
    mean: float | None
    volume: int
    per_100k: float | None


class ShiftRow(BaseModel):
    """A shift in the `mean` score of a pair's events, or in how many `events` a month has, and the events around it."""

    stream: str
    measure: str
    eve: date
    day: date
    before: float
    after: float
    events: list[EventRow]


class DealingsView(BaseModel):
    """What streams have of two, by the day of the page."""

    a: str
    b: str
    at: date
    known: date | None
    layers: list[LayerRow]
    periods: list[PeriodRow]
    shifts: list[ShiftRow]
    events: list[EventRow]


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What a stream has of two: the course, its shifts, its figure, and the weightiest events of the year to `last`,
    the day of the page or, where they have none since, the end of the month of their last."""

    stream: Format
    series: Series
    shifts: tuple[Dealing, ...]
    figure: Figure
    last: date
    events: tuple[ToldEvent, ...]


class Streams:
    """An archive behind the pages. It answers one question at a time, and keeps answers until a file is taken in."""

    def __init__(self, archive: Archive) -> None:
        self.archive = archive
        self._solving = Solving()

    def layers(self, desk: Desk, view: View, tie: SourcedTie, *, wait: bool = False) -> Layers | None:
        """The layers of a tie; None while events are added up."""
        return self._answer(
            ("layers", desk.dossier.store.moment(), view, tie.a.id, tie.b.id),
            lambda: layers(desk.dossier, tie, self.archive), wait=wait,
        )  # fmt: skip

    def told(self, view: View, a: Actor, b: Actor, *, wait: bool = False) -> tuple[Told, ...] | None:
        """What each stream has of two by the day of a view; None while events are added up."""
        return self._answer(("told", view, a.id, b.id), lambda: tuple(self._told(view, a, b)), wait=wait)

    def _answer(self, key: tuple[object, ...], make: Callable[[], T], *, wait: bool = False) -> T | None:
        return self._solving.answer((self.archive.ledger.moment(), *key), make, wait=wait)

    def _told(self, view: View, a: Actor, b: Actor) -> Iterator[Told]:
        archive, until = self.archive, view.at + timedelta(days=1)
        for name in sorted({one.stream for one in archive.ledger.files()}):
            try:
                found = series(archive, a.id, b.id, stream=name, until=until, known=view.known)
            except UnknownName:  # the stream has nobody who is one of the two
                continue
            if not any(found.table["events"].to_pylist()):
                continue
            shifts = dealings(archive, found)
            months = zip(found.table["period"].to_pylist(), found.table["events"].to_pylist(), strict=True)
            end = min(until, found.every.after(max(month for month, count in months if count)))
            lately = told_events(archive, a.id, b.id, stream=name, since=end - timedelta(days=LATELY), until=end,
                                 known=view.known, limit=SHOWN)  # fmt: skip
            figure = dealings_figure(found, shifts, coverage(archive, found))
            yield Told(stream=STREAMS[name], series=found, shifts=shifts, figure=figure,
                       last=end - timedelta(days=1), events=lately)  # fmt: skip


def dealings_pages(desk: Desk, page: Page) -> APIRouter:
    """The routes of what two did to each other; none without an archive."""
    router = APIRouter()
    streams = desk.streams
    if streams is None:
        return router

    def data(view: View, a: str, b: str) -> DealingsView:
        tie = desk.tie(view, a, b)
        found = streams.told(view, tie.a, tie.b, wait=True) or ()
        return DealingsView(
            a=tie.a.id, b=tie.b.id, at=view.at, known=view.known,
            layers=LayerRow.all_of(streams.layers(desk, view, tie, wait=True)),
            periods=[row for told in found for row in _periods(told)],
            shifts=[
                ShiftRow(
                    stream=told.stream.name, measure=shift.measure, eve=shift.point.eve, day=shift.point.day,
                    before=shift.point.before, after=shift.point.after,
                    events=[_event(told, event) for event in shift.events],
                )
                for told in found
                for shift in told.shifts
            ],
            events=[_event(told, event) for told in found for event in told.events],
        )  # fmt: skip

    @router.get("/events/{a}/{b}.json")
    def dealings_json(view: Viewed, a: str, b: str) -> DealingsView:
        """What streams of events have of two: month by month, where it shifted, and the latest events."""
        return data(view, a, b)

    @router.get("/events/{a}/{b}.csv", response_class=Response)
    def dealings_csv(view: Viewed, a: str, b: str) -> Response:
        """The months as a table."""
        return as_csv(PeriodRow, data(view, a, b).periods)

    @router.get("/events/{a}/{b}", response_class=HTMLResponse, include_in_schema=False)
    def dealings_page(view: Viewed, a: str, b: str) -> Response:
        tie = desk.tie(view, a, b)
        found = streams.told(view, tie.a, tie.b)
        if found is None:
            return page("solving.html", view, status=202, what=f"{tie.a.name} and {tie.b.name} in events", told=WAIT)
        return page("dealings.html", view, tie=tie, found=found, shown=SHOWN)

    return router


def _periods(told: Told) -> Iterator[PeriodRow]:
    for row in told.series.table.to_pylist():
        yield PeriodRow(stream=told.stream.name, recipe=told.series.recipe.name, **row)


def _event(told: Told, event: ToldEvent) -> EventRow:
    return EventRow(
        stream=told.stream.name, event_id=event.event_id, day=event.day, added=event.added, a=event.a, b=event.b,
        code=event.code, score=event.score, mentions=event.mentions, url=event.url,
    )  # fmt: skip
