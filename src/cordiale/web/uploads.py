"""What a form sends, within its size: a text, a file or an address, and what is said of it.

The length is looked at before anything is read and counted while it comes, so that nothing larger is ever held: a file
waits on disk, and what goes beyond is read no further than it takes to answer. A file's name is a name and no path.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import AsyncGenerator, AsyncIterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Annotated
from urllib.parse import parse_qsl

from fastapi import Depends
from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.formparsers import MultiPartException, MultiPartParser
from starlette.requests import Request

from cordiale.documents import Input, ReadOptions, expand, given
from cordiale.documents.raw import web_address
from cordiale.dossier.days import day_of_publication
from cordiale.errors import InvalidValue
from cordiale.plain import one_line
from cordiale.wording import outside

LARGEST = 10_000_000
"""Bytes of a text, a file, or what an address gives."""
_AROUND = 100_000  # bytes of a form beside the file
_DRAINED = 50_000_000  # bytes read and dropped, so that a browser that is still sending hears the answer
_FIELDS = 12
_LONGEST = 120  # characters of a file's name
_MEND = f"give one of {LARGEST // 1_000_000} MB at most, or read it in a terminal: cordiale read"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """A form's fields; `name` and `data` are the file's, if there is one."""

    text: str = ""
    name: str = ""
    data: bytes = field(default=b"", repr=False)
    address: str = ""
    published: str = ""
    publisher: str = ""
    url: str = ""

    def input(self) -> Input:
        """The one thing to read; an error of status 400 where there is none, or more than one."""
        given_ = [what for what in (self.text.strip(), self.name or self.data, self.address) if what]
        if not given_:
            raise InvalidValue("nothing to read", "an empty form", "paste a text, choose a file, or give an address")
        if len(given_) > 1:
            mend = "paste a text, choose a file or give an address: one of them"
            raise InvalidValue("more than one thing to read", ", ".join(self._named()), mend)
        if self.address:
            return _at(self.address)
        if self.name or self.data:
            return given(_plain_name(self.name), self.data)
        data = self.text.replace("\r\n", "\n").encode("utf-8", "backslashreplace")  # a form's line ends are its own
        return given(f"pasted {hashlib.sha256(data).hexdigest()[:12]}", data)

    def options(self, today: date) -> ReadOptions:
        """How it is read: as from the command line, but for its size, and never from this machine's own network."""
        day = day_of_publication(self.published, today) if self.published else None
        url = web_address(self.url)
        if self.url and outside(url) is None:
            raise InvalidValue("no address of the web", self.url, "give one that begins with https:// or http://")
        return ReadOptions(
            published=day, publisher=self.publisher or None, url=url, max_bytes=LARGEST, max_file_bytes=LARGEST
        )

    def _named(self) -> list[str]:
        parts = {"a text": self.text.strip(), "a file": self.name or self.data, "an address": self.address}
        return [name for name, part in parts.items() if part]


def _at(address: str) -> Input:
    if not re.match(r"https?://", address, re.IGNORECASE):
        raise InvalidValue("no address of the web", address, "give one that begins with https:// or http://")
    (found,) = expand([address])
    return found


def _plain_name(name: str) -> str:
    """A file's name without its path, short and plain, with its suffix."""
    last = one_line(re.split(r"[/\\]", name)[-1]).strip(". ")
    stem, dot, suffix = last.rpartition(".")
    cut = f"{stem[: _LONGEST - len(suffix)]}.{suffix}" if dot and len(suffix) < 10 else last[:_LONGEST]
    return cut or "upload"


async def _sent(request: Request) -> Sent:
    length = request.headers.get("content-length", "")
    limit, stream = LARGEST + _AROUND, request.stream()
    if length.isascii() and length.isdigit() and (len(length) > 18 or int(length) > limit):
        await _drain(stream)
        raise _too_large()
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    bounded = _bounded(stream, limit)
    try:
        if kind != "multipart/form-data":
            body = b"".join([piece async for piece in bounded])
            return _of(dict(parse_qsl(body.decode("utf-8", "replace"), max_num_fields=_FIELDS)))
        parser = MultiPartParser(request.headers, bounded, max_files=1, max_fields=_FIELDS, max_part_size=LARGEST)
        form = await parser.parse()
    except MultiPartException as error:
        if "size" in error.message:
            await _drain(stream)
            raise _too_large() from error
        raise _broken() from error
    except ValueError as error:  # more fields than any page sends
        raise _broken() from error
    try:
        file = form.get("file")
        data = await file.read() if isinstance(file, UploadFile) else b""
        name = (file.filename or "") if isinstance(file, UploadFile) else ""
        return _of({key: value for key, value in form.items() if isinstance(value, str)}, name, data)
    finally:
        await form.close()


def _of(fields: Mapping[str, str], name: str = "", data: bytes = b"") -> Sent:
    if len(data) > LARGEST or len(fields.get("text", "").encode("utf-8", "replace")) > LARGEST:
        raise _too_large()
    plain = {key: fields.get(key, "").strip() for key in ("address", "published", "publisher", "url")}
    return Sent(text=fields.get("text", ""), name=name, data=data, **plain)


Form = Annotated[Sent, Depends(_sent)]
"""The form that a route takes."""


async def _bounded(stream: AsyncIterator[bytes], limit: int) -> AsyncGenerator[bytes, None]:
    size = 0
    async for piece in stream:
        size += len(piece)
        if size > limit:
            await _drain(stream)
            raise _too_large()
        yield piece


async def _drain(stream: AsyncIterator[bytes]) -> None:
    size = 0
    async for piece in stream:
        size += len(piece)
        if size > _DRAINED:
            return


def _too_large() -> HTTPException:
    return HTTPException(413, f"This is too large to read here; {_MEND}.")


def _broken() -> HTTPException:
    return HTTPException(400, "The form came broken: send it again from the page.")
