"""What every answer and every request must keep to, whatever page it is.

No page runs a script or loads a thing from anywhere but here; a request under another name of this machine is refused,
so that a page elsewhere cannot rebind its name to reach this one; what changes something must come from a page of this
origin. Where a token is demanded nothing is shown without it.
"""

from __future__ import annotations

import hmac
from collections.abc import Awaitable, Callable, Collection
from urllib.parse import urlsplit

from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response

POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'self'"
)
"""The Content-Security-Policy of every page: nothing inline, nothing from elsewhere."""
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})
COOKIE = "cordiale-token"
_SAFE = frozenset({"GET", "HEAD", "OPTIONS"})

Next = Callable[[Request], Awaitable[Response]]


class Guard:
    """The rules for one server: the names it answers to (none: any), and the token that it demands, if it does."""

    def __init__(self, hosts: Collection[str], token: str | None) -> None:
        self.hosts, self.token = frozenset(hosts), token

    async def __call__(self, request: Request, call_next: Next) -> Response:
        """Let a request through, or refuse it; every answer gets the headers."""
        response = self._refused(request) or await call_next(request)
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        return response

    def _refused(self, request: Request) -> Response | None:
        if self.hosts and (request.url.hostname or "") not in self.hosts:
            return _plain(421, "This server does not answer to that name; use 127.0.0.1.")
        if self.token is not None:
            given = request.query_params.get("token")
            if given is not None and hmac.compare_digest(given.encode(), self.token.encode()):
                to = request.url.remove_query_params("token")
                entered = RedirectResponse(f"{to.path}?{to.query}" if to.query else to.path, status_code=303)
                entered.set_cookie(COOKIE, self.token, httponly=True, samesite="strict")
                return entered
            if not hmac.compare_digest(request.cookies.get(COOKIE, "").encode(), self.token.encode()):
                return _plain(401, "A token is needed: open the address that cordiale serve printed.")
        if request.method not in _SAFE and not _same_origin(request):
            return _plain(403, "What changes the dossier must be sent from a page of this server.")
        return None


def _same_origin(request: Request) -> bool:
    if request.headers.get("sec-fetch-site", "same-origin") != "same-origin":
        return False
    origin = request.headers.get("origin")
    return origin is not None and urlsplit(origin).netloc == request.headers.get("host")


def _plain(status: int, text: str) -> Response:
    return PlainTextResponse(text + "\n", status_code=status)
