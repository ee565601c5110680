"""The map of a day: who stands with whom as a graph or a matrix, and what would be different if a tie turned."""

from __future__ import annotations

from collections import Counter

from fastapi import APIRouter
from starlette.responses import HTMLResponse, Response

from cordiale.dossier.drawing import drawn
from cordiale.errors import InvalidValue
from cordiale.figures import DrawnTie, Figure, graph, matrix, what_if
from cordiale.figures.graph import around
from cordiale.networks import SignedNetwork, isolation_of_everyone
from cordiale.networks.what_if import supposing
from cordiale.web.data import as_csv
from cordiale.web.desk import Desk
from cordiale.web.models import MapView, Pair, WhatIfView
from cordiale.web.rendering import Page
from cordiale.web.view import View, Viewed

MOST = 300
"""Actors of a graph, those with the most ties, unless one is looked at."""
SECONDS = 0.2
"""For each network that is solved; the command line takes longer."""
SHAPES = ("graph", "matrix")
SIGNS = {"friendly": 1, "hostile": -1, "none": 0}


def map_pages(desk: Desk, page: Page) -> APIRouter:
    """The routes of the map and of what-if."""
    router = APIRouter()
    dossier = desk.dossier

    @router.get("/map.json")
    def map_json(view: Viewed) -> MapView:
        """Every tie of which something is known on a day."""
        return MapView(at=view.at, known=view.known, ties=_pairs(desk, view))

    @router.get("/map.csv", response_class=Response)
    def map_csv(view: Viewed) -> Response:
        """The same as a table."""
        return as_csv(Pair, _pairs(desk, view))

    @router.get("/map", response_class=HTMLResponse, include_in_schema=False)
    def map_page(view: Viewed, shape: str = "graph", focus: str = "") -> Response:
        if shape not in SHAPES:
            raise InvalidValue("the shape of a map", shape, f"use one of: {', '.join(SHAPES)}")
        found = dossier.find(focus) if focus else None
        ties = [drawn(tie, view.tie) for tie in desk.snapshot(view).at_a_glance()]
        figure = _figure(desk, view, ties, shape, None if found is None else found.id)
        return page("map.html", view, figure=figure, shape=shape, focus=found, shapes=SHAPES)

    @router.get("/what-if.json")
    def what_if_json(view: Viewed, a: str, b: str, sign: str) -> WhatIfView:
        """What would be different if two actors were friendly, hostile, or without a tie: arithmetic, no forecast."""
        pair = dossier.find(a), dossier.find(b)
        found = desk.snapshot(view).what_if((pair[0].id, pair[1].id), sign=_sign(sign), time_limit=SECONDS)
        return WhatIfView(
            a=pair[0].id, b=pair[1].id, sign=_sign(sign), at=view.at, known=view.known, now=found.now.value,
            then=found.then.value, exact=found.exact, relieved=list(found.relieved), strained=list(found.strained),
        )  # fmt: skip

    @router.get("/what-if", response_class=HTMLResponse, include_in_schema=False)
    def what_if_page(view: Viewed, a: str = "", b: str = "", sign: str = "friendly") -> Response:
        figure = None
        if a and b:
            figure = _supposed(desk, view, dossier.find(a).id, dossier.find(b).id, _sign(sign))
        return page("what_if.html", view, figure=figure, a=a, b=b, sign=sign, signs=tuple(SIGNS))

    return router


def _sign(word: str) -> int:
    if word not in SIGNS:
        raise InvalidValue("a supposed tie", word, f"use one of: {', '.join(SIGNS)}")
    return SIGNS[word]


def _pairs(desk: Desk, view: View) -> list[Pair]:
    names = desk.dossier.names()
    return [
        Pair(
            a=tie.a, b=tie.b, name_a=names.get(tie.a, tie.a), name_b=names.get(tie.b, tie.b), stance=str(tie.stance),
            sign=tie.sign, weight=tie.weight, p_friendly=tie.p_friendly, certainty=tie.certainty, disputed=tie.disputed,
        )
        for tie in desk.snapshot(view).at_a_glance()
    ]  # fmt: skip


def _figure(desk: Desk, view: View, ties: list[DrawnTie], shape: str, focus: str | None) -> Figure:
    names, notes = desk.dossier.names(), [desk.made_of(view)]
    if shape == "matrix":
        ties = ties if focus is None else around(focus, ties)
        return matrix(ties, names, at=view.at, notes=notes)
    degrees = Counter(end for tie in ties for end in (tie.a, tie.b))
    if focus is None and len(degrees) > MOST:
        kept = {actor for actor, _ in degrees.most_common(MOST)}
        ties = [tie for tie in ties if tie.a in kept and tie.b in kept]
        notes.append(f"Shown are the {MOST} actors with the most ties; {len(degrees) - MOST:,} are left out.")
    return graph(
        ties, names, at=view.at, places=desk.places(view.known), focus=focus, notes=notes,
        actor_href=lambda actor: view.to("actor", actor),
    )  # fmt: skip


def _supposed(desk: Desk, view: View, a: str, b: str, sign: int) -> Figure:
    snapshot = desk.snapshot(view)
    answer = snapshot.what_if((a, b), sign=sign, time_limit=SECONDS)
    now = SignedNetwork.of(snapshot)
    both = [{one.actor: one.value for one in isolation_of_everyone(network)} for network in (
        now, supposing(now, answer.supposed[0]),
    )]  # fmt: skip
    isolations = {end: (both[0][end], both[1][end]) for end in (a, b) if end in both[0]}
    ties = [drawn(tie, view.tie) for tie in snapshot.at_a_glance()]
    return what_if(
        answer, desk.dossier.names(), at=view.at, isolations=isolations, ties=ties, notes=[desk.made_of(view)]
    )
