"""One document by its address: within a time, a size and a number of redirects, and only from the public internet.

The host's name is resolved once, the addresses are checked, and the connection goes to a checked address with the name
in the Host header and in TLS: a name that changes its mind between check and use changes nothing. Each redirect is
checked in the same way. Proxies, cookies and credentials are not used. Times are in seconds, sizes in bytes.
"""

from __future__ import annotations

import contextlib
import functools
import socket
import threading
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from cordiale.documents import addresses
from cordiale.documents.formats import MEDIA_TYPES
from cordiale.documents.options import ReadOptions
from cordiale.errors import UnreadableInput

if TYPE_CHECKING:
    import ssl

    import httpx

_HEADERS = {
    "User-Agent": "cordiale (reads reporting, at the request of a person)",
    "Accept": "text/html, application/xhtml+xml, application/pdf, application/xml;q=0.9, text/*;q=0.8, */*;q=0.1",
    "Accept-Encoding": "gzip, deflate",
}
_BYTES_DECIDE = {"", "application/octet-stream", "binary/octet-stream", "application/json", "application/rdf+xml"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched:
    """What an address gave: the bytes, the address that gave them in the end, and what the server said they are."""

    data: bytes = field(repr=False)
    url: str
    media_type: str = ""
    charset: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Errand:
    """The address that the user gave, its limits, and when to give up, by the monotonic clock."""

    url: str
    options: ReadOptions
    deadline: float

    @property
    def left(self) -> float:
        return max(self.deadline - time.monotonic(), 0.001)

    def refused(self, why: str, mend: str) -> UnreadableInput:
        return UnreadableInput(self.url, why, mend)

    def late(self) -> UnreadableInput:
        return self.refused(f"no whole answer within {self.options.timeout:g} seconds", "try again, or allow more time")


def fetch(url: str, options: ReadOptions) -> Fetched:
    """What the address gives. UnreadableInput where that is nothing, late or too much, or it may not be asked."""
    import httpx

    errand = _Errand(url=url, options=options, deadline=time.monotonic() + options.timeout)
    here = url
    for _ in range(options.max_redirects + 1):
        try:
            target = httpx.URL(here)
            answer = _ask(target, errand)
            if isinstance(answer, Fetched):
                return answer
            here = str(target.join(answer))
        except httpx.InvalidURL as error:
            raise errand.refused("not an address", "check it") from error
        except httpx.TimeoutException as error:
            raise errand.late() from error
        except httpx.HTTPError as error:
            if time.monotonic() >= errand.deadline:
                raise errand.late() from error
            why = f"the connection failed ({str(error).lower() or type(error).__name__})"
            raise errand.refused(why, "try again later") from error
    raise errand.refused(f"more than {options.max_redirects} redirects", "give the address that they lead to")


def _ask(target: httpx.URL, errand: _Errand) -> Fetched | str:
    """What one address gives: the document, or the address that it sends us on to."""
    import httpx

    if target.scheme not in ("http", "https") or not target.host:
        raise errand.refused(f"it leads to {str(target)[:80]!r}, which is no web address", "give another address")
    if target.userinfo:
        bare = str(target.copy_with(username=None, password=None))  # a password has no place in a message
        raise UnreadableInput(bare, "the address holds a user name", "give it without")
    *others, last = _checked(target, errand)
    for place in others:
        try:
            return _read(target, place, errand)
        except httpx.ConnectError:
            continue
    return _read(target, last, errand)


def _checked(target: httpx.URL, errand: _Errand) -> list[str]:
    """The addresses of a host, at most three, each of which may be asked."""
    port = target.port or (443 if target.scheme == "https" else 80)
    try:
        found = addresses.resolve(target.raw_host.decode("ascii").strip("[]"), port, errand.left)
    except addresses.UnresolvedHost as error:
        raise errand.refused(f"the host {target.host} is not found ({error})", "check the address") from error
    private = None if errand.options.allow_private else next((a for a in found if not addresses.is_public(a)), None)
    if private is not None:
        named = target.host if private == target.host else f"{target.host} ({private})"
        why = f"{named} is an address of this machine or a private network"
        raise errand.refused(why, "if that is meant, read it in a terminal: cordiale read --allow-private")
    return found[:3]


def _read(target: httpx.URL, place: str, errand: _Errand) -> Fetched | str:
    """What a host gives, asked at one of its checked addresses."""
    import httpx

    # without TLS there is no certificate to check, and loading the authorities takes a tenth of a second
    verify = _trusted() if target.scheme == "https" else False
    timeout = httpx.Timeout(errand.left, connect=min(errand.left, 10.0))
    with (
        httpx.Client(verify=verify, timeout=timeout, trust_env=False) as client,
        _until(errand.deadline) as trace,
        client.stream(
            "GET",
            target.copy_with(host=place, fragment=None),
            headers={**_HEADERS, "Host": target.netloc.decode("ascii")},
            extensions={"sni_hostname": target.raw_host.decode("ascii"), "trace": trace},
            follow_redirects=False,
        ) as response,
    ):
        if response.has_redirect_location:
            return str(response.headers["Location"])
        if response.status_code != 200:
            answer = f"{response.status_code} {response.reason_phrase}".strip()
            raise errand.refused(f"the server answered {answer}", "check the address, or try again later")
        media_type = response.headers.get("Content-Type", "").partition(";")[0].strip().lower()
        if not (media_type in MEDIA_TYPES or media_type in _BYTES_DECIDE or media_type.startswith("text/")):
            raise errand.refused(f"the server gives {media_type}", "give the address of a page, text, PDF or feed")
        return Fetched(
            data=b"".join(_within(response, errand)),
            url=str(target.copy_with(fragment=None)),
            media_type=media_type,
            charset=response.charset_encoding,
        )


def _within(response: httpx.Response, errand: _Errand) -> Iterator[bytes]:
    """The body, unpacked, until it ends or goes beyond the limits: what is counted is what would be kept."""
    limit = errand.options.max_bytes
    declared = response.headers.get("Content-Length", "")
    size = 0
    if declared.isascii() and declared.isdigit() and (len(declared) > 18 or int(declared) > limit):
        raise errand.refused(f"larger than {limit:,} bytes", "raise the limit, or leave it out")
    for chunk in response.iter_bytes():
        size += len(chunk)
        if size > limit:
            raise errand.refused(f"larger than {limit:,} bytes", "raise the limit, or leave it out")
        if time.monotonic() >= errand.deadline:
            raise errand.late()
        yield chunk
    if time.monotonic() >= errand.deadline:  # cut off by the timer, which looks like an end where no length was given
        raise errand.late()


@contextlib.contextmanager
def _until(deadline: float) -> Iterator[Any]:
    """Ends the connection at the deadline, whatever it is doing.

    A time-out in httpx bounds each single read, so a server that sends a byte a second, even within its headers, would
    hold us for ever. httpx tells its trace of the socket; shutting a duplicate down from a timer wakes the reader.
    """
    sockets: list[socket.socket] = []

    def trace(event: str, info: Mapping[str, Any]) -> None:
        if event.endswith("connect_tcp.complete"):
            held = info["return_value"].get_extra_info("socket")
            if held is not None:
                sockets.append(held.dup())

    def end() -> None:
        for held in sockets:
            with contextlib.suppress(OSError):
                held.shutdown(socket.SHUT_RDWR)

    timer = threading.Timer(max(deadline - time.monotonic(), 0), end)
    timer.daemon = True
    timer.start()
    try:
        yield trace
    finally:
        timer.cancel()
        timer.join()
        for held in sockets:
            held.close()


@functools.cache
def _trusted() -> ssl.SSLContext:
    import httpx

    return httpx.create_ssl_context(trust_env=False)
