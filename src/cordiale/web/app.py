"""The application: one dossier, its pages, and what a page says where it cannot answer.

An error is a page with a plain sentence and a status of 4xx or 503, never a trace.
"""

from __future__ import annotations

from collections.abc import Collection
from importlib.resources import files
from pathlib import Path

from fastapi import FastAPI
from starlette.middleware.base import BaseHTTPMiddleware
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.staticfiles import StaticFiles

from cordiale.dossier import Dossier
from cordiale.errors import CordialeError, DossierError, InvalidValue, UnknownName
from cordiale.figures import stylesheet
from cordiale.plain import one_line
from cordiale.web.desk import Desk
from cordiale.web.guard import LOOPBACK, Guard
from cordiale.web.maps import map_pages
from cordiale.web.pages import pages
from cordiale.web.rendering import environment
from cordiale.web.review import review_pages
from cordiale.web.view import View
from cordiale.web.wholes import whole_pages


def create_app(dossier: Dossier, *, hosts: Collection[str] = LOOPBACK, token: str | None = None) -> FastAPI:
    """The pages of a dossier, as an ASGI application.

    `hosts` are the names under which it answers, none for any; with a `token` it shows nothing without it.
    """
    templates, desk = environment(), Desk(dossier)
    app = FastAPI(
        title="Cordiale", description="Who stands with whom, according to whom.", docs_url=None, redoc_url=None
    )
    app.add_middleware(BaseHTTPMiddleware, dispatch=Guard(hosts, token))
    app.include_router(pages(desk, templates))
    app.include_router(map_pages(desk, templates))
    app.include_router(whole_pages(desk, templates))
    app.include_router(review_pages(desk, templates))

    @app.get("/static/figure.css", include_in_schema=False)
    def figures() -> Response:
        return Response(stylesheet(), media_type="text/css")

    app.mount("/static", StaticFiles(directory=Path(str(files("cordiale.web"))) / "static"))

    def refused(request: Request, error: Exception) -> Response:
        status = 404 if isinstance(error, UnknownName) else 400 if isinstance(error, InvalidValue) else 503
        text = one_line(str(error))
        if request.url.path.endswith((".json", ".csv")):
            return JSONResponse({"error": text}, status_code=status)
        near = error.near if isinstance(error, UnknownName) else ()
        page = templates.get_template("refused.html").render(
            view=View(at=dossier.today()), text=text, near=near, name=dossier.name,
            waiting=isinstance(error, DossierError),
        )  # fmt: skip
        return Response(page, status_code=status, media_type="text/html")

    app.add_exception_handler(CordialeError, refused)

    @app.exception_handler(404)
    def missing(request: Request, _error: Exception) -> Response:
        return refused(request, UnknownName("page", request.url.path, (), "there is no such page"))

    return app
