"""The map of a day: who stands with whom, as a graph, a matrix or a table."""

from __future__ import annotations

from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Depends
from starlette.responses import HTMLResponse, Response

from cordiale.errors import InvalidValue
from cordiale.web.data import as_csv
from cordiale.web.desk import Desk
from cordiale.web.models import CourseView, MapView, Pair
from cordiale.web.rendering import Page
from cordiale.web.slider import MOST, Chosen, chosen, course_of, day_of, map_of, seen_on
from cordiale.web.view import View, Viewed

ROWS = 200
"""Ties of the table beside a map; the CSV has all."""


class Asked:
    """What a map is asked for in its address."""

    def __init__(
        self, shape: str = "graph", focus: str = "", bloc: str = "", min: float = 0.0, all: bool = False
    ) -> None:
        if shape not in MOST:
            raise InvalidValue("the shape of a map", shape, f"use one of: {', '.join(MOST)}")
        if not 0 <= min < 1:
            raise InvalidValue("the least certainty in min=", min, "give a number from 0 to below 1")
        self.shape, self.focus, self.bloc, self.least, self.everyone = shape, focus.strip(), bloc.strip(), min, all

    def of(self, desk: Desk, view: View, *, as_data: bool = False) -> Chosen:
        """The ties that this means; as data, however many they are."""
        focus, bloc = (desk.dossier.find(name).id if name else None for name in (self.focus, self.bloc))
        shape, everyone = ("graph", True) if as_data else (self.shape, self.everyone)
        return chosen(desk, view, shape=shape, focus=focus, bloc=bloc, everyone=everyone, least=self.least)

    def query(self, **other: str) -> str:
        """The same as the end of an address, with something else in it."""
        given = {"shape": self.shape, "focus": self.focus, "bloc": self.bloc, "min": f"{self.least:g}"}
        given["all"] = str(int(self.everyone))
        plain = {"shape": "", "focus": "", "bloc": "", "min": "0", "all": "0"}
        asked = {name: value for name, value in (given | other).items() if value != plain[name]}
        return f"&{urlencode(asked)}" if asked else ""


Asking = Annotated[Asked, Depends()]


def map_pages(desk: Desk, page: Page) -> APIRouter:
    """The routes of the map."""
    router = APIRouter()
    dossier = desk.dossier

    @router.get("/map.json")
    def map_json(view: Viewed, asked: Asking) -> MapView:
        """Every tie of a day of which something is known, or those that a map shows."""
        return MapView(at=view.at, known=view.known, ties=_pairs(desk, view, asked))

    @router.get("/map.csv", response_class=Response)
    def map_csv(view: Viewed, asked: Asking) -> Response:
        """The same as a table."""
        return as_csv(Pair, _pairs(desk, view, asked))

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

    return router


def _pairs(desk: Desk, view: View, asked: Asked) -> list[Pair]:
    names = desk.dossier.names()
    return [
        Pair(
            a=tie.a, b=tie.b, name_a=names.get(tie.a, tie.a), name_b=names.get(tie.b, tie.b), stance=str(tie.stance),
            sign=tie.sign, weight=tie.weight, p_friendly=tie.p_friendly, certainty=tie.certainty, disputed=tie.disputed,
        )
        for tie in seen_on(desk, view, asked.of(desk, view, as_data=True))
    ]  # fmt: skip
