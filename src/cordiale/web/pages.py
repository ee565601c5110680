"""The pages: for each its address, what it asks of the dossier, its template, and its data as JSON and CSV."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter
from jinja2 import Environment
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from cordiale.dossier import SourcedTie, Who, record
from cordiale.errors import UnknownName
from cordiale.figures import stance
from cordiale.web import courses
from cordiale.web.data import as_csv
from cordiale.web.desk import Desk, drawn
from cordiale.web.models import ActorView, ClaimView, NewsView, StartView, TieRow, TieView, tie_row
from cordiale.web.view import View

CLAIMS = 200
"""Claims of a tie that its page shows; its CSV has all."""


def pages(desk: Desk, templates: Environment) -> APIRouter:
    """The routes of a dossier's pages."""
    router = APIRouter()
    dossier = desk.dossier

    def view_of(request: Request) -> View:
        return View.of(request.query_params, dossier.today())

    def page(name: str, view: View, **context: Any) -> Response:
        made = templates.get_template(name).render(view=view, name=dossier.name, **context)
        return HTMLResponse(made)

    @router.get("/", response_class=HTMLResponse, include_in_schema=False)
    def start(request: Request) -> Response:
        view = view_of(request)
        best = desk.best_known()
        if best is None:
            return page("empty.html", view)
        who = dossier.who(best.id, view.at, view.known)
        return page("start.html", view, news=desk.news(view), who=who, figure=_stance(desk, who, view))

    @router.get("/start.json")
    def start_json(request: Request) -> StartView:
        """What changed most in the month before a day."""
        view = view_of(request)
        return StartView(at=view.at, known=view.known, changes=[NewsView.of(one) for one in desk.news(view)])

    @router.get("/search", response_class=HTMLResponse, include_in_schema=False)
    def search(request: Request) -> Response:
        view, asked = view_of(request), request.query_params.get("q", "").strip()
        try:
            return RedirectResponse(view.to("actor", dossier.find(asked).id), status_code=303)
        except (UnknownName, ValueError) as error:
            found = list(dossier.actors(asked))[:40] if asked else []
            near = error.near if isinstance(error, UnknownName) else ()
            return page("search.html", view, asked=asked, found=found, near=near)

    @router.get("/actor/{actor}.json")
    def actor_json(request: Request, actor: str) -> ActorView:
        """Who stands with an actor on a day."""
        view = view_of(request)
        return ActorView.of(dossier.who(actor, view.at, view.known))

    @router.get("/actor/{actor}.csv", response_class=Response)
    def actor_csv(request: Request, actor: str) -> Response:
        """The same as a table."""
        view = view_of(request)
        who = dossier.who(actor, view.at, view.known)
        return as_csv(TieRow, [tie_row(tie) for tie in who.ties])

    @router.get("/actor/{actor}", response_class=HTMLResponse, include_in_schema=False)
    def actor(request: Request, actor: str) -> Response:
        view = view_of(request)
        who = dossier.who(actor, view.at, view.known)
        course = courses.of_actor(desk, who, view)
        return page("actor.html", view, who=who, figure=_stance(desk, who, view), course=course)

    @router.get("/tie/{a}/{b}.json")
    def tie_json(request: Request, a: str, b: str) -> TieView:
        """How two actors stand on a day, the history of it, and every claim behind it."""
        view = view_of(request)
        tie = dossier.tie(a, b, view.at, view.known)
        return TieView.of(tie, _claims(desk, tie, None))

    @router.get("/tie/{a}/{b}.csv", response_class=Response)
    def tie_csv(request: Request, a: str, b: str) -> Response:
        """The claims behind a tie, as a table."""
        view = view_of(request)
        claims = _claims(desk, dossier.tie(a, b, view.at, view.known), None)
        return as_csv(ClaimView, claims)

    @router.get("/tie/{a}/{b}", response_class=HTMLResponse, include_in_schema=False)
    def tie(request: Request, a: str, b: str) -> Response:
        view = view_of(request)
        found = dossier.tie(a, b, view.at, view.known)
        weights = {part.claim: part for part in found.tie.contributions}
        claims = list(zip(found.tie.claims, found.claims(CLAIMS), strict=False))
        return page(
            "tie.html", view, timeline=courses.of_tie(desk, found, [claim for _, claim in claims], view), tie=found,
            episodes=found.episodes(), claims=claims, weights=weights,
            names=dossier.names(), left=max(0, len(found.tie.claims) - CLAIMS),
        )  # fmt: skip

    return router


def _stance(desk: Desk, who: Who, view: View) -> Any:
    ties = [drawn(tie.tie, view, since=True) for tie in who.ties if tie not in who.gone]
    names = {actor.id: actor.name for tie in who.ties for actor in (tie.a, tie.b)} | {who.actor.id: who.actor.name}
    return stance(
        who.actor.id, ties, names, at=view.at,
        notes=[
            desk.made_of(view),
            "Solid and +: friendly. Dashed and −: hostile. Dotted: neutral. Pale: leaning. Width: certainty. "
            "Rails and ?: disputed.",
        ],
    )  # fmt: skip


def _claims(desk: Desk, tie: SourcedTie, limit: int | None) -> list[ClaimView]:
    names = desk.dossier.names()
    return [ClaimView.of(record(claim, names)) for claim in tie.claims(limit)]
