"""Pages on all ties of a day together: the blocs that fit best, and how far two sides explain them."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.responses import HTMLResponse, Response

from cordiale.dossier.drawing import balance_course, blocs_course
from cordiale.figures import Figure, bloc_overlap
from cordiale.networks import blocs, frustration, triangles
from cordiale.web.data import as_csv
from cordiale.web.desk import Desk
from cordiale.web.models import BalanceView, BlocsView, Member, Misfit
from cordiale.web.rendering import Page, looked_at
from cordiale.web.view import View, Viewed

MEMBERS = 100
"""Members of a bloc that the page lists; its CSV has all."""
MISFITS = 200
"""Misfits that the page lists; its CSV has all."""
SECONDS = 0.3
"""For the network of the day; what is not proven by then is told with its bound. The command line takes longer."""


def whole_pages(desk: Desk, page: Page) -> APIRouter:
    """The routes of blocs and balance."""
    router = APIRouter()
    dossier = desk.dossier

    def found_blocs(view: View) -> BlocsView:
        found, names = blocs(desk.snapshot(view), time_limit=SECONDS), dossier.names()
        return BlocsView(
            at=view.at, known=view.known, value=found.value, lower_bound=found.lower_bound, optimal=found.optimal,
            total=found.total,
            members=[
                Member(bloc=number, actor=actor, name=names.get(actor, actor))
                for number, bloc in enumerate(found.members, start=1)
                for actor in bloc
            ],
        )  # fmt: skip

    def found_balance(view: View) -> BalanceView:
        snapshot, names = desk.snapshot(view), dossier.names()
        found, threes = frustration(snapshot, time_limit=SECONDS), triangles(snapshot)
        return BalanceView(
            at=view.at, known=view.known, frustration=found.value, lower_bound=found.lower_bound,
            optimal=found.optimal, total=found.total, balance=found.balance, triangles=threes.total,
            balanced_triangles=threes.strict,
            misfits=[Misfit(a=a, b=b, name_a=names.get(a, a), name_b=names.get(b, b)) for a, b in found.frustrated],
        )  # fmt: skip

    @router.get("/blocs.json")
    def blocs_json(view: Viewed) -> BlocsView:
        """The blocs that fit the ties of a day best, with the bound that proves it."""
        return found_blocs(view)

    @router.get("/blocs.csv", response_class=Response)
    def blocs_csv(view: Viewed) -> Response:
        """Who is in which."""
        return as_csv(Member, found_blocs(view).members)

    @router.get("/blocs", response_class=HTMLResponse, include_in_schema=False)
    def blocs_page(view: Viewed) -> Response:
        snapshot, evidence = desk.snapshot(view), desk.evidence(view)

        def solved() -> tuple[BlocsView, Figure | None, Figure]:
            named, actors = snapshot.named_blocs(), dossier.catalogue()
            names = {bloc.name: actors[bloc.name].name for bloc in named if bloc.name in actors}
            overlap = bloc_overlap(named, snapshot.tensions(), names, notes=[desk.made_of(view)])
            return found_blocs(view), blocs_course(desk.part(view), evidence, view.at), overlap

        answer = desk.solved(view, "blocs", solved)
        if answer is None:
            return page("solving.html", view, status=202, what=f"Blocs on {view.at}", told=looked_at(len(snapshot)))
        found, flow, overlap = answer
        return page("blocs.html", view, found=found, flow=flow, overlap=overlap, most=MEMBERS)

    @router.get("/balance.json")
    def balance_json(view: Viewed) -> BalanceView:
        """How far two sides explain the ties of a day, and which ties they leave frustrated."""
        return found_balance(view)

    @router.get("/balance.csv", response_class=Response)
    def balance_csv(view: Viewed) -> Response:
        """The ties that the best division leaves frustrated."""
        return as_csv(Misfit, found_balance(view).misfits)

    @router.get("/balance", response_class=HTMLResponse, include_in_schema=False)
    def balance_page(view: Viewed) -> Response:
        snapshot, evidence = desk.snapshot(view), desk.evidence(view)

        def solved() -> tuple[BalanceView, Figure | None]:
            return found_balance(view), balance_course(desk.part(view), evidence, view.at)

        answer = desk.solved(view, "balance", solved)
        if answer is None:
            return page("solving.html", view, status=202, what=f"Balance on {view.at}", told=looked_at(len(snapshot)))
        return page("balance.html", view, found=answer[0], line=answer[1], most=MISFITS)

    return router
