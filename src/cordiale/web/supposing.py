"""What would be different if two actors stood otherwise, or if one left a bloc: differences only, and no forecast.

What is supposed is in the address of the page, and nowhere else.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

import numpy as np
from fastapi import APIRouter, Depends
from starlette.responses import HTMLResponse, Response

from cordiale.dossier.drawing import drawn
from cordiale.dossier.mapping import NamedSnapshot
from cordiale.errors import InvalidValue
from cordiale.figures import Figure, what_if
from cordiale.networks import SignedNetwork, Supposed, WhatIf, isolation_of_everyone
from cordiale.networks import what_if as solved
from cordiale.networks.what_if import supposing
from cordiale.web.data import as_csv
from cordiale.web.desk import Desk
from cordiale.web.models import SupposedView, Turned, WhatIfView
from cordiale.web.rendering import Page, looked_at
from cordiale.web.view import View, Viewed

SECONDS = 0.2
"""For each network that is solved; the command line takes longer."""
SIGNS = {"friendly": 1, "hostile": -1, "none": 0}


@dataclass(frozen=True, slots=True)
class Asked:
    """What is supposed in an address: that two actors stand otherwise (`a`, `b`, `sign`), or that one leaves a bloc
    (`a`, `leaves`)."""

    a: str = ""
    b: str = ""
    sign: str = "friendly"
    leaves: str = ""

    def supposed(self, desk: Desk, view: View) -> Supposition | None:
        """What that means on the day of a view; None where nothing is asked."""
        a, b, bloc = (name.strip() for name in (self.a, self.b, self.leaves))
        if self.sign not in SIGNS:
            raise InvalidValue("a supposed tie", self.sign, f"use one of: {', '.join(SIGNS)}")
        if not a or not (b or bloc):
            return None
        actor = desk.dossier.find(a)
        if bloc:
            ties = desk.snapshot(view).leaving(actor.id, bloc)
            return Supposition(ties, (actor.id,), f"If {actor.name} left {desk.dossier.find(bloc).name}")
        other = desk.dossier.find(b)
        return Supposition((Supposed(a=actor.id, b=other.id, sign=SIGNS[self.sign]),), (actor.id, other.id))


@dataclass(frozen=True, slots=True)
class Supposition:
    """Ties as they are supposed to be, the actors whose isolation is looked at, and what it is in words."""

    ties: tuple[Supposed, ...]
    actors: tuple[str, ...]
    words: str = ""


Asking = Annotated[Asked, Depends()]


def what_if_pages(desk: Desk, page: Page) -> APIRouter:
    """The routes of what-if."""
    router = APIRouter()

    def answered(view: View, asked: Asked) -> WhatIf:
        found = asked.supposed(desk, view)
        if found is None:
            raise InvalidValue("a question without two actors", asked.a, "give a= and b=, or a= and leaves=")
        return solved(desk.snapshot(view), found.ties, time_limit=SECONDS)

    @router.get("/what-if.json")
    def what_if_json(view: Viewed, asked: Asking) -> WhatIfView:
        """What would be different if two actors stood otherwise, or one left a bloc: arithmetic, no forecast."""
        found = answered(view, asked)
        return WhatIfView(
            supposed=[SupposedView(a=one.a, b=one.b, sign=one.sign) for one in found.supposed], at=view.at,
            known=view.known, now=found.now.value, then=found.then.value, exact=found.exact,
            balance_now=found.now.balance, balance_then=found.then.balance,
            triangles_now=found.triangles_now.total, triangles_then=found.triangles_then.total,
            balanced_now=found.triangles_now.strict, balanced_then=found.triangles_then.strict,
            relieved=list(found.relieved), strained=list(found.strained),
        )  # fmt: skip

    @router.get("/what-if.csv", response_class=Response)
    def what_if_csv(view: Viewed, asked: Asking) -> Response:
        """The ties that would no longer be misfits, and those that would become some."""
        found, names = answered(view, asked), desk.dossier.names()
        relieved = set(found.relieved)
        rows = [
            Turned(
                change="relieved" if (a, b) in relieved else "strained", a=a, b=b,
                name_a=names.get(a, a), name_b=names.get(b, b),
            )
            for a, b in (*found.relieved, *found.strained)
        ]  # fmt: skip
        return as_csv(Turned, rows)

    @router.get("/what-if", response_class=HTMLResponse, include_in_schema=False)
    def what_if_page(view: Viewed, asked: Asking) -> Response:
        figure, found = None, asked.supposed(desk, view)
        if found is not None:
            snapshot = desk.snapshot(view)
            figure = desk.solved(view, ("what if", found), lambda: _figure(desk, view, snapshot, found))
            if figure is None:
                return page("solving.html", view, status=202, what="What if", told=looked_at(len(snapshot)))
        return page("what_if.html", view, figure=figure, asked=asked, signs=tuple(SIGNS))

    return router


def _figure(desk: Desk, view: View, snapshot: NamedSnapshot, found: Supposition) -> Figure:
    answer = solved(snapshot, found.ties, time_limit=SECONDS)
    now = then = SignedNetwork.of(snapshot)
    for change in found.ties:
        then = supposing(then, change)
    both = [
        {one.actor: one.value for one in isolation_of_everyone(_around(network, found.actors))}
        for network in (now, then)
    ]
    isolations = {actor: (both[0][actor], both[1][actor]) for actor in found.actors if actor in both[0]}
    evidence = snapshot.evidence
    numbers = {actor: number for number, actor in enumerate(evidence.columns.actors)}
    named = [(one.a, one.b) for one in found.ties]
    pairs = [[numbers.get(end, -1) for end in pair] for pair in (*named, *answer.relieved, *answer.strained)]
    places = [evidence.find(a, b) for a, b in pairs if a >= 0 and b >= 0]
    own = np.unique(np.array([tie for tie in places if tie is not None], dtype=np.int64))
    turned = NamedSnapshot(evidence, at=view.at, desk=desk.dossier, ties=own)
    ties = [drawn(tie, view.tie) for tie in turned.at_a_glance()]
    return what_if(
        answer, desk.names(*found.actors), at=view.at, isolations=isolations, ties=ties, what=found.words,
        notes=[desk.made_of(view)],
    )  # fmt: skip


def _around(network: SignedNetwork, actors: tuple[str, ...]) -> SignedNetwork:
    """The ties of some actors and those among their neighbours: what the isolation of the actors is made of."""
    own = np.isin(network.ends, [network.actors.index(one) for one in actors if one in network.actors]).any(axis=1)
    near = np.isin(network.ends, network.ends[own]).all(axis=1)
    return SignedNetwork(network.actors, network.ends[near], network.weights[near])
