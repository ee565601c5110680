"""The review page: one claim at a time with its article beside it, one key a decision, and every decision a new row.

The reviewer's name is part of the address; a decision names its claim, so that two tabs or two people lose nothing.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Annotated, Any
from urllib.parse import urlencode

from fastapi import APIRouter, Form
from starlette.responses import HTMLResponse, RedirectResponse, Response

from cordiale.claims import Certainty, Change, Verdict
from cordiale.dossier import ClaimRecord, record
from cordiale.dossier.reviewing import checked, queue
from cordiale.errors import InvalidValue, UnknownName
from cordiale.exports.csv import write_csv
from cordiale.plain import one_line
from cordiale.relations import relations
from cordiale.web.correction import Correction, corrected
from cordiale.web.desk import Desk
from cordiale.web.models import QueueView
from cordiale.web.rendering import Page
from cordiale.web.view import View, Viewed

REASONS = (
    "the quote does not say it", "the sign is wrong", "the wrong actor", "the wrong time",
    "it is denied or only alleged", "another reason",
)  # fmt: skip
"""Why a claim may be rejected, by the keys 1 to 6."""
LONGEST, REASON = 80, 500
"""Characters of a name and of a reason, at most."""
WAITING = 1_000
"""Claims that wait for a reviewer which the data has, those best checked first."""


def review_pages(desk: Desk, page: Page) -> APIRouter:
    """The routes of reviewing."""
    router = APIRouter()
    store = desk.dossier.store

    def shown(
        view: View, by: str, skip: int, claim: str, *, typed: Correction | None = None, wrong: str = ""
    ) -> Response:
        words = store.words()
        context: dict[str, Any] = {"by": by, "skip": skip, "shown": None, "said": (), "reasons": REASONS, "left": 0}
        context |= {"checked": checked(words), "typed": typed, "wrong": wrong}
        if by:
            waiting = queue(desk.lately(view), words, by)
            context["left"] = len(waiting)
            context["done"] = sum(word.by == by for word in words)
            context["skip"] = skip = min(skip, max(len(waiting) - 1, 0))
            number = None if claim or not waiting else waiting[skip]
            one = store.claim(claim) if claim else None if number is None else next(store.claims(numbers=[number]))
            context["shown"] = one
            context |= {"relations": relations(), "changes": tuple(Change), "certainties": tuple(Certainty)}
            if one is not None:
                context["said"] = list(store.reviews(one.id))
        return page("review.html", view, status=400 if wrong else 200, names=desk.dossier.names(), **context)

    @router.get("/review", response_class=HTMLResponse, include_in_schema=False)
    def review(view: Viewed, by: str = "", skip: int = 0, claim: str = "") -> Response:
        return shown(view, by.strip()[:LONGEST], max(skip, 0), claim)

    def waiting_for(view: View, by: str) -> list[int]:
        return queue(desk.lately(view), store.words(), by.strip()[:LONGEST])

    @router.get("/review.json")
    def review_json(view: Viewed, by: str = "") -> QueueView:
        """The claims that are best checked first by a reviewer, and what checking has shown."""
        numbers, found = waiting_for(view, by), checked(store.words())
        return QueueView(
            by=by.strip()[:LONGEST], left=len(numbers), checked=found.claims, right=found.right,
            precision=found.precision, low=found.low, high=found.high, alpha=found.alpha,
            claims=_records(desk, numbers[:WAITING]),
        )  # fmt: skip

    @router.get("/review.csv", response_class=Response)
    def review_csv(view: Viewed, by: str = "") -> Response:
        """The claims that are best checked first, as a table."""
        out = io.BytesIO()
        write_csv(_records(desk, waiting_for(view, by)[:WAITING]), out)
        return Response(out.getvalue(), media_type="text/csv")

    @router.post("/review", include_in_schema=False)
    def decide(
        view: Viewed, claim: Annotated[str, Form()], verdict: Annotated[str, Form()], by: Annotated[str, Form()],
        reason: Annotated[str, Form()] = "", skip: Annotated[int, Form()] = 0,
    ) -> Response:  # fmt: skip
        if not by.strip():
            raise InvalidValue("a review by nobody", by, "say who you are")
        desk.dossier.review(claim, verdict, by=by.strip()[:LONGEST], reason=reason.strip()[:REASON])
        return _to(view, by=by.strip()[:LONGEST], skip=skip)

    @router.post("/review/correct", include_in_schema=False)
    def correct(view: Viewed, said: Annotated[Correction, Form()]) -> Response:
        by = said.by.strip()[:LONGEST]
        claim = store.claim(said.claim)
        try:
            instead = corrected(desk.dossier, claim, said)
        except (InvalidValue, UnknownName) as error:  # the form again, with what was typed
            return shown(view, by, said.skip, claim.id, typed=said, wrong=one_line(str(error)))
        desk.dossier.review(said.claim, Verdict.CORRECTED, by=by, reason=said.reason.strip()[:REASON], instead=instead)
        return _to(view, by=by, skip=said.skip)

    @router.post("/review/undo", include_in_schema=False)
    def undo(view: Viewed, by: Annotated[str, Form()]) -> Response:
        mine = [word for word in store.words() if word.by == by.strip()]
        if not mine:
            return _to(view, by=by.strip())
        (last,) = store.claims(numbers=[mine[-1].claim])
        desk.dossier.review(last.id, Verdict.WITHDRAWN, by=by.strip(), reason="undone")
        return _to(view, by=by.strip(), claim=last.id)

    return router


def _records(desk: Desk, numbers: Sequence[int]) -> list[ClaimRecord]:
    names = desk.dossier.names()
    return [record(claim, names) for claim in desk.dossier.store.claims(numbers=numbers)]


def _to(view: View, **asked: str | int) -> Response:
    kept = {name: value for name, value in asked.items() if value}
    return RedirectResponse(f"/review{view.query}&{urlencode(kept)}", status_code=303)
