"""The pages: for each its address, what it asks of the dossier, its template, and its data as JSON and CSV."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Annotated

from fastapi import APIRouter, Query
from starlette.responses import HTMLResponse, Response

from cordiale.claims import Claim
from cordiale.dossier import ClaimRecord, SourcedTie, record
from cordiale.dossier.drawing import area_of, isolation_course, isolation_figure, stance_of, timeline_of
from cordiale.dossier.tellers import tellers
from cordiale.exports.csv import write_csv
from cordiale.figures import Figure
from cordiale.web.aside import set_aside
from cordiale.web.data import as_csv
from cordiale.web.desk import Desk
from cordiale.web.models import ActorRow, ActorView, NewsView, StartView, TieRow, TieView, tie_row
from cordiale.web.rendering import Page
from cordiale.web.sums import MOST, sum_of, without
from cordiale.web.view import View, Viewed

ACTORS = 2_000
"""Actors that are listed, those with the most claims; the CSV has all."""
TURNS = 3
"""Ties that are told of each change of an actor's isolation."""
CLAIMS, BESIDE = 200, 12
"""Claims of a tie that its page shows, and those that are shown beside a figure; its CSV has all."""


def pages(desk: Desk, page: Page) -> APIRouter:
    """The routes of a dossier's pages."""
    router = APIRouter()
    dossier = desk.dossier

    @router.get("/", response_class=HTMLResponse, include_in_schema=False)
    def start(view: Viewed) -> Response:
        best = desk.best_known()
        if best is None:
            return page("empty.html", view)
        who = desk.who(view, best.id)
        return page("start.html", view, news=desk.news(view), who=who, figure=stance_of(desk.part(view), who, view.tie))

    @router.get("/start.json")
    def start_json(view: Viewed) -> StartView:
        """What changed most in the month before a day."""
        return StartView(at=view.at, known=view.known, changes=[NewsView.of(one) for one in desk.news(view)])

    @router.get("/start.csv", response_class=Response)
    def start_csv(view: Viewed) -> Response:
        """The same as a table."""
        return as_csv(NewsView, [NewsView.of(one) for one in desk.news(view)])

    @router.get("/actors.json")
    def actors_json(view: Viewed) -> list[ActorRow]:  # noqa: ARG001 -- every page has its days
        """The actors that claims name, those with the most claims first."""
        return [ActorRow.of(one) for one in dossier.actors() if one.claims]

    @router.get("/actors.csv", response_class=Response)
    def actors_csv(view: Viewed) -> Response:  # noqa: ARG001
        """The same as a table."""
        return as_csv(ActorRow, [ActorRow.of(one) for one in dossier.actors() if one.claims])

    @router.get("/actors", response_class=HTMLResponse, include_in_schema=False)
    def actors(view: Viewed) -> Response:
        named = [one for one in dossier.actors() if one.claims]
        return page("actors.html", view, actors=named[:ACTORS], total=len(named))

    @router.get("/actor/{actor}.json")
    def actor_json(view: Viewed, actor: str) -> ActorView:
        """Who stands with an actor on a day."""
        return ActorView.of(desk.who(view, actor))

    @router.get("/actor/{actor}.csv", response_class=Response)
    def actor_csv(view: Viewed, actor: str) -> Response:
        """The same as a table."""
        who = desk.who(view, actor)
        return as_csv(TieRow, [tie_row(tie) for tie in who.ties])

    @router.get("/actor/{actor}", response_class=HTMLResponse, include_in_schema=False)
    def actor(view: Viewed, actor: str) -> Response:
        who, evidence = desk.who(view, actor), desk.evidence(view)
        part = desk.part(view)
        area = area_of(part, evidence, who.actor, view.at)
        isolated, history = ((), None) if area is None else isolation_course(part, evidence, who.actor, view.at)
        line = None if history is None else isolation_figure(part, evidence, who.actor, isolated, history)
        return page(
            "actor.html", view, who=who, figure=stance_of(desk.part(view), who, view.tie), area=area, line=line,
            isolation=isolated[-1] if isolated else None, shifts=() if history is None else history.changes,
            tellers=tellers(dossier, who), names=dossier.names(), turns=TURNS,
        )  # fmt: skip

    @router.get("/tie/{a}/{b}.json")
    def tie_json(view: Viewed, a: str, b: str) -> TieView:
        """How two actors stand on a day, the history of it, and every claim behind it."""
        tie = desk.tie(view, a, b)
        beside = desk.streams.layers(desk, view, tie, wait=True) if desk.streams else None
        return TieView.of(tie, _records(desk, tie), beside)

    @router.get("/tie/{a}/{b}.csv", response_class=Response)
    def tie_csv(view: Viewed, a: str, b: str) -> Response:
        """The claims behind a tie, as a table."""
        out = io.BytesIO()
        write_csv(_records(desk, desk.tie(view, a, b)), out)
        return Response(out.getvalue(), media_type="text/csv")

    @router.get("/tie/{a}/{b}", response_class=HTMLResponse, include_in_schema=False)
    def tie(
        view: Viewed, a: str, b: str, left_out: Annotated[list[str] | None, Query(alias="without")] = None
    ) -> Response:
        found = desk.tie(view, a, b)
        weights = {part.claim: part for part in found.tie.contributions}
        claims = list(zip(found.tie.claims, found.claims(CLAIMS), strict=False))
        return page(
            "tie.html", view, timeline=_timeline(desk, found, [claim for _, claim in claims], view), tie=found,
            episodes=found.episodes(), claims=claims, weights=weights,
            names=dossier.names(), left=max(0, len(found.tie.claims) - CLAIMS), sum=sum_of(found),
            aside=set_aside(desk, found), layers=desk.streams.layers(desk, view, found) if desk.streams else None,
            streams=desk.streams is not None,
            without=left_out or (), other=without(desk, found, view, left_out[:MOST]) if left_out else None,
        )  # fmt: skip

    @router.get("/evidence/{a}/{b}", response_class=HTMLResponse, include_in_schema=False)
    def evidence(view: Viewed, a: str, b: str) -> Response:
        """The part of a page that shows a tie beside a figure."""
        found = desk.tie(view, a, b)
        weights = {part.claim: part for part in found.tie.contributions}
        claims = list(zip(found.tie.claims, found.claims(BESIDE), strict=False))
        return page("evidence.html", view, tie=found, claims=claims, weights=weights, names=dossier.names())

    return router


def _timeline(desk: Desk, tie: SourcedTie, claims: Sequence[Claim], view: View) -> Figure:
    """A tie's history; each mark leads to its claim on the same page."""
    return timeline_of(
        desk.part(view), tie, claims, claim_href=lambda claim: f"#{claim.id}",
        href=lambda day: view.on(day).tie(tie.a.id, tie.b.id),
    )  # fmt: skip


def _records(desk: Desk, tie: SourcedTie) -> list[ClaimRecord]:
    names = desk.dossier.names()
    return [record(claim, names) for claim in tie.claims()]
