"""The application: one dossier, its pages, and what a page says where it cannot answer.

An error is a page with a plain sentence and a status of 4xx or 503, never a trace.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from importlib.resources import files
from pathlib import Path, PurePath

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.middleware.base import BaseHTTPMiddleware
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.staticfiles import StaticFiles

from cordiale.dossier import Dossier
from cordiale.errors import CordialeError, DossierError, InvalidValue, UnknownName
from cordiale.events import Archive
from cordiale.figures import stylesheet
from cordiale.plain import one_line
from cordiale.web.dealings import Streams, dealings_pages
from cordiale.web.desk import Desk
from cordiale.web.guard import LOOPBACK, Guard
from cordiale.web.intake import intake_pages
from cordiale.web.maps import map_pages
from cordiale.web.pages import pages
from cordiale.web.rendering import Still, pages_of
from cordiale.web.review import review_pages
from cordiale.web.searching import search_pages
from cordiale.web.sources import source_pages
from cordiale.web.supposing import what_if_pages
from cordiale.web.view import View
from cordiale.web.wholes import whole_pages

ROUTES = (
    pages, search_pages, map_pages, whole_pages, what_if_pages, review_pages, source_pages, intake_pages,
    dealings_pages,
)  # fmt: skip


def create_app(
    dossier: Dossier, *, hosts: Collection[str] = LOOPBACK, token: str | None = None, still: bool = False,
    archive: Archive | None = None,
) -> FastAPI:  # fmt: skip
    """The pages of a dossier, as an ASGI application.

    `hosts` are the names under which it answers, none for any; with a `token` it shows nothing without it. `still`
    leaves out of pages what needs a server: see `site`. An `archive` of events shows what pairs did beside what is
    said of them.
    """
    desk = Desk(dossier, None if archive is None else Streams(archive))
    name = PurePath(dossier.name).name if still else dossier.name  # what is handed on tells nobody's folders
    page = pages_of(name, desk.months, still=Still.of(dossier) if still else None)
    app = FastAPI(
        title="Cordiale", description="Who stands with whom, according to whom.", docs_url=None, redoc_url=None
    )
    app.state.today = dossier.today
    app.state.prepare = desk.prepare
    app.state.desk = desk
    app.add_middleware(BaseHTTPMiddleware, dispatch=Guard(hosts, token))
    for routes in ROUTES:
        app.include_router(routes(desk, page))

    @app.get("/static/figure.css", include_in_schema=False)
    def figures() -> Response:
        return Response(stylesheet(), media_type="text/css")

    app.mount("/static", StaticFiles(directory=Path(str(files("cordiale.web"))) / "static"))

    def told(request: Request, status: int, text: str, near: Sequence[str] = (), *, waiting: bool = False) -> Response:
        if request.url.path.endswith((".json", ".csv")):
            return JSONResponse({"error": text}, status_code=status)
        view = View(at=dossier.today())
        return page("refused.html", view, status=status, text=text, near=near, waiting=waiting)

    @app.exception_handler(CordialeError)
    def refused(request: Request, error: CordialeError) -> Response:
        status = 404 if isinstance(error, UnknownName) else 400 if isinstance(error, InvalidValue) else 503
        near = error.near if isinstance(error, UnknownName) else ()
        return told(request, status, one_line(str(error)), near, waiting=isinstance(error, DossierError))

    @app.exception_handler(RequestValidationError)
    def broken(request: Request, error: RequestValidationError) -> Response:
        wrong = {str(one["loc"][-1]): one["msg"].lower() for one in error.errors()}
        return told(request, 400, "; ".join(f"{name}: {why}" for name, why in wrong.items()))

    @app.exception_handler(HTTPException)
    def missing(request: Request, error: HTTPException) -> Response:
        text = f"there is no page {request.url.path}" if error.status_code == 404 else error.detail
        return told(request, error.status_code, one_line(text))

    return app
