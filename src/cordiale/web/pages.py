"""The pages: for each its address, what it asks of the dossier, its template, and its data as JSON and CSV."""

from __future__ import annotations

import io
from collections.abc import Sequence

from fastapi import APIRouter
from starlette.responses import HTMLResponse, RedirectResponse, Response

from cordiale.claims import Claim
from cordiale.dossier import ClaimRecord, SourcedTie, record
from cordiale.dossier.drawing import courses_of, stance_of, timeline_of
from cordiale.errors import InvalidValue, UnknownName
from cordiale.exports.csv import write_csv
from cordiale.figures import Figure
from cordiale.web.data import as_csv
from cordiale.web.desk import Desk
from cordiale.web.models import ActorView, NewsView, StartView, TieRow, TieView, tie_row
from cordiale.web.rendering import Page
from cordiale.web.view import View, Viewed

CLAIMS = 200
"""Claims of a tie that its page shows; its CSV has all."""


def pages(desk: Desk, page: Page) -> APIRouter:
    """The routes of a dossier's pages."""
    router = APIRouter()
    dossier = desk.dossier

    @router.get("/", response_class=HTMLResponse, include_in_schema=False)
    def start(view: Viewed) -> Response:
        best = desk.best_known()
        if best is None:
            return page("empty.html", view)
        who = dossier.who(best.id, view.at, view.known)
        return page("start.html", view, news=desk.news(view), who=who, figure=stance_of(dossier, who, view.tie))

    @router.get("/start.json")
    def start_json(view: Viewed) -> StartView:
        """What changed most in the month before a day."""
        return StartView(at=view.at, known=view.known, changes=[NewsView.of(one) for one in desk.news(view)])

    @router.get("/search", response_class=HTMLResponse, include_in_schema=False)
    def search(view: Viewed, q: str = "") -> Response:
        asked = q.strip()
        try:
            return RedirectResponse(view.to("actor", dossier.find(asked).id), status_code=303)
        except (UnknownName, InvalidValue) as error:
            found = list(dossier.actors(asked))[:40] if asked else []
            near = error.near if isinstance(error, UnknownName) else ()
            return page("search.html", view, asked=asked, found=found, near=near)

    @router.get("/actor/{actor}.json")
    def actor_json(view: Viewed, actor: str) -> ActorView:
        """Who stands with an actor on a day."""
        return ActorView.of(dossier.who(actor, view.at, view.known))

    @router.get("/actor/{actor}.csv", response_class=Response)
    def actor_csv(view: Viewed, actor: str) -> Response:
        """The same as a table."""
        who = dossier.who(actor, view.at, view.known)
        return as_csv(TieRow, [tie_row(tie) for tie in who.ties])

    @router.get("/actor/{actor}", response_class=HTMLResponse, include_in_schema=False)
    def actor(view: Viewed, actor: str) -> Response:
        who = dossier.who(actor, view.at, view.known)
        course = courses_of(dossier, desk.evidence(view.known), who.actor, view.at)
        return page("actor.html", view, who=who, figure=stance_of(dossier, who, view.tie), course=course)

    @router.get("/tie/{a}/{b}.json")
    def tie_json(view: Viewed, a: str, b: str) -> TieView:
        """How two actors stand on a day, the history of it, and every claim behind it."""
        tie = dossier.tie(a, b, view.at, view.known)
        return TieView.of(tie, _records(desk, tie))

    @router.get("/tie/{a}/{b}.csv", response_class=Response)
    def tie_csv(view: Viewed, a: str, b: str) -> Response:
        """The claims behind a tie, as a table."""
        out = io.BytesIO()
        write_csv(_records(desk, dossier.tie(a, b, view.at, view.known)), out)
        return Response(out.getvalue(), media_type="text/csv")

    @router.get("/tie/{a}/{b}", response_class=HTMLResponse, include_in_schema=False)
    def tie(view: Viewed, a: str, b: str) -> Response:
        found = dossier.tie(a, b, view.at, view.known)
        weights = {part.claim: part for part in found.tie.contributions}
        claims = list(zip(found.tie.claims, found.claims(CLAIMS), strict=False))
        return page(
            "tie.html", view, timeline=_timeline(desk, found, [claim for _, claim in claims], view), tie=found,
            episodes=found.episodes(), claims=claims, weights=weights,
            names=dossier.names(), left=max(0, len(found.tie.claims) - CLAIMS),
        )  # fmt: skip

    return router


def _timeline(desk: Desk, tie: SourcedTie, claims: Sequence[Claim], view: View) -> Figure:
    """A tie's history; each mark leads to its claim on the same page."""
    return timeline_of(
        desk.dossier, tie, claims, claim_href=lambda claim: f"#{claim.id}",
        href=lambda day: View(at=day, known=view.known).tie(tie.a.id, tie.b.id),
    )  # fmt: skip


def _records(desk: Desk, tie: SourcedTie) -> list[ClaimRecord]:
    names = desk.dossier.names()
    return [record(claim, names) for claim in tie.claims()]
