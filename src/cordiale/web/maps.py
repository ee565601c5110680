"""The map of a day: who stands with whom as a graph or a matrix, and what would be different if a tie turned."""

from __future__ import annotations

from typing import Annotated
from urllib.parse import urlencode

import numpy as np
from fastapi import APIRouter, Depends
from starlette.responses import HTMLResponse, Response

from cordiale.dossier.drawing import drawn
from cordiale.dossier.mapping import NamedSnapshot
from cordiale.errors import InvalidValue
from cordiale.figures import Figure, what_if
from cordiale.networks import SignedNetwork, isolation_of_everyone
from cordiale.networks.what_if import supposing
from cordiale.web.data import as_csv
from cordiale.web.desk import Desk
from cordiale.web.models import CourseView, MapView, Pair, WhatIfView
from cordiale.web.rendering import Page
from cordiale.web.slider import MOST, Chosen, chosen, course_of, day_of, map_of
from cordiale.web.view import View, Viewed

ROWS = 200
"""Ties of the table beside a map; the CSV has all."""
SECONDS = 0.2
"""For each network that is solved; the command line takes longer."""
SIGNS = {"friendly": 1, "hostile": -1, "none": 0}


class Asked:
    """What a map is asked for in its address."""

    def __init__(self, shape: str = "graph", focus: str = "", min: float = 0.0, all: bool = False) -> None:
        if shape not in MOST:
            raise InvalidValue("the shape of a map", shape, f"use one of: {', '.join(MOST)}")
        if not 0 <= min < 1:
            raise InvalidValue("the least certainty in min=", min, "give a number from 0 to below 1")
        self.shape, self.focus, self.least, self.everyone = shape, focus.strip(), min, all

    def of(self, desk: Desk, view: View) -> Chosen:
        """The ties that this means."""
        focus = desk.dossier.find(self.focus).id if self.focus else None
        return chosen(desk, view, shape=self.shape, focus=focus, everyone=self.everyone, least=self.least)

    def query(self, **other: str) -> str:
        """The same as the end of an address, with something else in it."""
        given = {"shape": self.shape, "focus": self.focus, "min": f"{self.least:g}", "all": str(int(self.everyone))}
        plain = {"shape": "", "focus": "", "min": "0", "all": "0"}
        asked = {name: value for name, value in (given | other).items() if value != plain[name]}
        return f"&{urlencode(asked)}" if asked else ""


Asking = Annotated[Asked, Depends()]


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

    @router.get("/map/course.json")
    def map_course(view: Viewed, asked: Asking) -> CourseView:
        """Every tie of a map in every month, for a slider that asks for nothing more."""
        return course_of(desk, view, asked.of(desk, view))

    @router.get("/map", response_class=HTMLResponse, include_in_schema=False)
    def map_page(view: Viewed, asked: Asking) -> Response:
        what = asked.of(desk, view)
        ties = sorted(day_of(desk, view, what), key=lambda tie: (-tie.certainty, tie.a, tie.b))
        return page(
            "map.html", view, figure=map_of(desk, view, what, ties), what=what, asked=asked, ties=ties[:ROWS],
            more=max(0, len(ties) - ROWS), most=MOST, names=dossier.names(),
            focus=None if what.focus is None else dossier.find(what.focus),
        )  # fmt: skip

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
            ends, turn = (dossier.find(a).id, dossier.find(b).id), _sign(sign)
            snapshot = desk.snapshot(view)
            figure = desk.solved(view, ("what if", ends, turn), lambda: _supposed(desk, view, snapshot, ends, turn))
            if figure is None:
                return page("solving.html", view, status=202, what="What if", ties=len(snapshot))
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


def _supposed(desk: Desk, view: View, snapshot: NamedSnapshot, ends: tuple[str, str], sign: int) -> Figure:
    answer = snapshot.what_if(ends, sign=sign, time_limit=SECONDS)
    now = SignedNetwork.of(snapshot)
    networks = _around(now, ends), _around(supposing(now, answer.supposed[0]), ends)
    both = [{one.actor: one.value for one in isolation_of_everyone(network)} for network in networks]
    isolations = {end: (both[0][end], both[1][end]) for end in ends if end in both[0]}
    evidence = snapshot.evidence
    numbers = {actor: number for number, actor in enumerate(evidence.columns.actors)}
    pairs = [[numbers.get(end, -1) for end in pair] for pair in (ends, *answer.relieved, *answer.strained)]
    found = [evidence.find(a, b) for a, b in pairs if a >= 0 and b >= 0]
    own = np.unique(np.array([tie for tie in found if tie is not None], dtype=np.int64))
    turned = NamedSnapshot(evidence, at=view.at, desk=desk.dossier, ties=own)
    ties = [drawn(tie, view.tie) for tie in turned.at_a_glance()]
    return what_if(
        answer, desk.dossier.names(), at=view.at, isolations=isolations, ties=ties, notes=[desk.made_of(view)]
    )


def _around(network: SignedNetwork, ends: tuple[str, str]) -> SignedNetwork:
    """The ties of two actors and those among their neighbours: what the isolation of the two is made of."""
    own = np.isin(network.ends, [network.actors.index(end) for end in ends if end in network.actors]).any(axis=1)
    near = np.isin(network.ends, network.ends[own]).all(axis=1)
    return SignedNetwork(network.actors, network.ends[near], network.weights[near])
