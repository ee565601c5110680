"""Reading in the browser: an article is read, its claims are shown, and a person says whether they enter the dossier.

What was read waits in memory under an id that nobody guesses, a few at a time; nothing is written before a person's
word, and then just what was shown. One article is read at a time, in a thread of its own: who waits for it too long is
told so, and the page is loaded again.
"""

from __future__ import annotations

import secrets
import threading
from collections import Counter
from dataclasses import dataclass, field
from urllib.parse import urlencode

from fastapi import APIRouter
from starlette.exceptions import HTTPException
from starlette.responses import HTMLResponse, RedirectResponse, Response

from cordiale.claims import Claim
from cordiale.documents import Input, ReadOptions
from cordiale.dossier.intake import is_foreign
from cordiale.dossier.previewing import Preview, enter, shifts, told_before
from cordiale.errors import CordialeError, InvalidValue, UnknownName, UnreadableInput
from cordiale.plain import one_line
from cordiale.web.desk import Desk
from cordiale.web.rendering import Page
from cordiale.web.uploads import LARGEST, Form, Sent
from cordiale.web.view import View, Viewed

KEPT = 8
"""Articles that wait to be entered; the oldest is dropped for a ninth."""
PATIENCE = 2.0
"""Seconds that a browser is kept waiting for a reading before it is told that it takes longer."""
CLAIMS = 200
"""Claims that a page shows; the rest are counted."""


@dataclass(slots=True, kw_only=True)
class Waiting:
    """An article that is being read, or was: `preview` is what was found, `error` why nothing could be, `entered` the
    address of what it became; `seen` once it was shown, first of all on its day of publication."""

    source: str
    preview: Preview | None = None
    error: CordialeError | None = None
    entered: str = ""
    dropped: bool = False
    seen: bool = False
    done: threading.Event = field(default_factory=threading.Event)
    turn: threading.Lock = field(default_factory=threading.Lock)


class Tray:
    """What waits, by its id; the oldest goes first. Safe for many threads."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._lock = threading.Lock()
        self._reading = threading.Lock()
        self._waiting: dict[str, Waiting] = {}

    def put(self, item: Input, options: ReadOptions) -> str:
        """Begin to read something; its id."""
        key, waiting = secrets.token_urlsafe(12), Waiting(source=item.source)
        with self._lock:
            while len(self._waiting) >= KEPT:
                self._waiting.pop(next(iter(self._waiting))).dropped = True
            self._waiting[key] = waiting
        # A daemon, so that a long reading does not keep the server from ending.
        threading.Thread(target=self._read, args=(waiting, item, options), daemon=True).start()
        waiting.done.wait(PATIENCE)
        return key

    def get(self, key: str) -> Waiting:
        """What waits under an id; an `UnknownName` where nothing does."""
        with self._lock:
            if key not in self._waiting:
                raise UnknownName("article that waits", key, (), GONE)
            return self._waiting[key]

    def drop(self, key: str) -> None:
        """Let go of what waits under an id, if anything does."""
        with self._lock:
            found = self._waiting.pop(key, None)
        if found is not None:
            found.dropped = True

    def _read(self, waiting: Waiting, item: Input, options: ReadOptions) -> None:
        try:
            with self._reading:
                if not waiting.dropped:
                    waiting.preview = self._desk.dossier.preview([item], options=options)
        except CordialeError as error:
            waiting.error = error
        except Exception as error:  # noqa: BLE001 -- in a thread of its own nobody else would hear of it
            why = f"it could not be read ({type(error).__name__}: {one_line(str(error))[:120]})"
            waiting.error = UnreadableInput(item.source, why, "leave it out, and report this as a bug")
        finally:
            waiting.done.set()


GONE = f"it was left, or {KEPT} others were read since, or the server was started anew: read it again"
READ_ONLY = "This dossier can be read but not written, so that nothing can be added: make file and folder writable."


def intake_pages(desk: Desk, page: Page) -> APIRouter:
    """The routes of reading."""
    router = APIRouter()
    dossier, tray = desk.dossier, Tray(desk)

    def writable() -> None:
        if dossier.store.read_only:
            raise HTTPException(403, READ_ONLY)

    @router.get("/read", response_class=HTMLResponse, include_in_schema=False)
    def form(view: Viewed) -> Response:
        writable()
        return page("read.html", view, largest=LARGEST // 1_000_000, sent=Sent(), wrong="")

    @router.post("/read", include_in_schema=False)
    def read(view: Viewed, sent: Form) -> Response:
        writable()
        try:
            asked, options = sent.input(), sent.options(dossier.today())
        except InvalidValue as error:  # the form again, with what was typed
            wrong = one_line(str(error))
            return page("read.html", view, status=400, largest=LARGEST // 1_000_000, sent=sent, wrong=wrong)
        key = tray.put(asked, options)
        return RedirectResponse(f"/read/{key}{view.query}", status_code=303)

    @router.get("/read/{key}", response_class=HTMLResponse, include_in_schema=False)
    def shown(view: Viewed, key: str) -> Response:
        waiting = tray.get(key)
        found = waiting.preview  # before `entered`, which is set before this is let go
        if waiting.entered:
            return RedirectResponse(waiting.entered, status_code=303)
        if waiting.error is not None:
            raise waiting.error
        if found is None:
            return page("preview.html", view, key=key, source=waiting.source, found=None)
        if not waiting.seen:
            waiting.seen = True
            return RedirectResponse(f"/read/{key}{_day(view, found)}", status_code=303)
        return page("preview.html", view, key=key, source=waiting.source, **_shown(desk, view, found))

    @router.post("/read/{key}/enter", include_in_schema=False)
    def entered(view: Viewed, key: str) -> Response:
        writable()
        waiting = tray.get(key)
        with waiting.turn:  # a button pressed twice enters once
            if not waiting.entered:
                if waiting.error is not None:
                    raise waiting.error
                if waiting.preview is None:
                    raise HTTPException(409, "It is still being read: load its page again, and enter it then.")
                enter(dossier.store, waiting.preview)
                waiting.entered = _address(view, waiting)
                waiting.preview = None
        return RedirectResponse(waiting.entered, status_code=303)

    @router.post("/read/{key}/leave", include_in_schema=False)
    def left(view: Viewed, key: str) -> Response:
        tray.drop(key)
        return RedirectResponse(f"/read{view.query}", status_code=303)

    return router


def _day(view: View, found: Preview) -> str:
    """The end of an address for the day on which what was read was published, where it has one."""
    known = [day for one in found.readings if (day := one.reading.document.published) is not None]
    return view.on(max(known)).query if known else view.query


def _address(view: View, waiting: Waiting) -> str:
    """Where what was entered is shown: a document, or those of a feed or a table of rows."""
    documents = () if waiting.preview is None else waiting.preview.documents()
    if len(documents) == 1:
        return view.to("source", documents[0])
    return f"/sources{view.query}&{urlencode({'q': one_line(waiting.source)[:200]})}"


def _shown(desk: Desk, view: View, found: Preview) -> dict[str, object]:
    """What the page of a preview is made of."""
    store, dossier = desk.dossier.store, desk.dossier
    claims = list(found.claims())
    sure, unclear = ([one for one in claims if one.unclear is wanted] for wanted in (False, True))
    names = {key: actor.name for key, actor in dossier.catalogue().items()}
    names |= {actor.id: actor.name for one in found.readings for actor in one.reading.actors}
    stories = [None if key is None else store.source(key) for key in told_before(store, found)]
    languages = Counter(
        one.reading.document.language for one in found.readings if is_foreign(one.reading.document.language or "en")
    )
    return {
        "found": found,
        "documents": list(zip((one.reading.document for one in found.readings), stories, strict=True))[:CLAIMS],
        "known": [store.source(one.sha256) for one in found.known[:CLAIMS]],
        "sure": sure[:CLAIMS],
        "unclear": unclear[: CLAIMS // 4],
        "counts": {"sure": len(sure), "unclear": len(unclear), "documents": len(found.readings)},
        "shifts": shifts(dossier, found, view.at),
        "names": names,
        "mentioned": _mentioned(found, claims),
        "languages": languages,
    }


def _mentioned(found: Preview, claims: list[Claim]) -> list[tuple[str, int]]:
    """The provisional names that the dossier does not have, with how many claims each is in."""
    count = Counter(end for claim in claims for end in {claim.subject, claim.object, claim.said_by})
    return [(actor.name, count[actor.id]) for actor in found.newcomers]
