"""An OpenAI-compatible endpoint: where it is, which model, and one question asked of it, safely.

The key goes into one header of requests to this address and nowhere else: not into a log, an error, the cache, another
host (redirects are not followed). Answers are bounded in size and in time; what may pass is tried again.
"""

from __future__ import annotations

import email.utils
import json
import os
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import httpx

from cordiale.actors import Catalogue
from cordiale.claims import Event
from cordiale.errors import CordialeError, InvalidValue
from cordiale.reading.outcome import ReadsDocuments

TRIES = 4
"""How often a question is asked that finds the endpoint busy or away."""
LONGEST_WAIT = 60.0
"""Seconds; an endpoint that asks for a longer pause has no time for us."""
LARGEST = 4_000_000
"""Bytes of an answer."""
VERSION = "1"
"""Of the question: what is asked, and how the answer is taken. Another version reads documents anew."""

_PASSING = frozenset({408, 409, 425, 429, 500, 502, 503, 504, 529})


class NoAnswer(CordialeError):
    """The endpoint gave nothing that can be used; `why` and `mend` say what happened and what to do."""

    def __init__(self, why: str, mend: str) -> None:
        super().__init__(f"{why}; {mend}")
        self.why, self.mend = why, mend


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """The text that a model gave, and the tokens that it counted; None where it did not say."""

    text: str
    prompt_tokens: int | None
    completion_tokens: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Endpoint:
    """Where a language model answers. `price` is that of a million tokens in and of a million out; None is unknown.

    >>> Endpoint(url="http://127.0.0.1:8080/v1", model="small").label
    'llm small 1'
    """

    url: str
    model: str
    key: str | None = field(default=None, repr=False)
    price: tuple[float, float] | None = None
    timeout: float = 120.0
    cache: str | None = None

    def __post_init__(self) -> None:
        try:
            url = httpx.URL(self.url)
        except (httpx.InvalidURL, TypeError) as error:
            raise InvalidValue("the address of the language model", self.url, "give an http address") from error
        if url.scheme not in ("http", "https") or not url.host:
            raise InvalidValue("the address of the language model", self.url, "give an http address")
        if url.userinfo or url.query:
            raise InvalidValue("the address of the language model", url.host, "give the key in CORDIALE_LLM_KEY")
        if not self.model.strip():
            raise InvalidValue("the name of the language model", self.model, "give the name that the endpoint knows")
        if self.price is not None and min(self.price) < 0:
            raise InvalidValue("the price of a million tokens", self.price, "give two amounts, such as 0.15,0.60")
        if not self.timeout > 0:
            raise InvalidValue("the timeout of the language model", self.timeout, "give seconds, more than none")

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] = os.environ) -> Endpoint:
        """The endpoint that CORDIALE_LLM_URL, _MODEL, _KEY and _PRICE name; InvalidValue where they do not."""
        for name in ("CORDIALE_LLM_URL", "CORDIALE_LLM_MODEL"):
            if not environment.get(name):
                raise InvalidValue(
                    f"{name} for the reader llm", environment.get(name, ""),
                    "set CORDIALE_LLM_URL (such as http://127.0.0.1:8080/v1) and CORDIALE_LLM_MODEL",
                )  # fmt: skip
        return cls(
            url=environment["CORDIALE_LLM_URL"],
            model=environment["CORDIALE_LLM_MODEL"],
            key=environment.get("CORDIALE_LLM_KEY") or None,
            price=_price(environment.get("CORDIALE_LLM_PRICE", "")),
            cache=environment.get("CORDIALE_LLM_CACHE") or None,
        )

    @property
    def label(self) -> str:
        """How claims name this reader."""
        return f"llm {self.model} {VERSION}"

    def over(self, catalogue: Catalogue, events: Iterable[Event] = ()) -> ReadsDocuments:  # noqa: ARG002
        """The reader; a model dates by what the text says, whatever `events` there are."""
        from cordiale.reading.llm.reader import LlmReader

        return LlmReader(catalogue, self)

    def cost(self, answer: Answer) -> float | None:
        """What an answer cost; None where the price or the tokens are unknown."""
        if self.price is None or answer.prompt_tokens is None or answer.completion_tokens is None:
            return None
        return (self.price[0] * answer.prompt_tokens + self.price[1] * answer.completion_tokens) / 1e6

    def ask(self, body: dict[str, Any], *, sleep: Callable[[float], None] = time.sleep) -> Answer:
        """The model's answer to a chat request; NoAnswer where there is none after all tries."""
        address = self.url.rstrip("/")
        address += "" if address.endswith("/chat/completions") else "/chat/completions"
        headers = {"Authorization": f"Bearer {self.key}"} if self.key else {}
        with httpx.Client(timeout=self.timeout, follow_redirects=False, trust_env=False, headers=headers) as client:
            for attempt in range(1, TRIES + 1):
                try:
                    return _taken(_posted(client, address, body, self.timeout))
                except _Passing as passing:
                    if attempt == TRIES or passing.wait > LONGEST_WAIT:
                        raise NoAnswer(f"{passing.why}, {attempt} times", "try again later") from None
                    sleep(passing.wait or 2.0 ** (attempt - 1))
        raise AssertionError("the last try answers or raises")


class _Passing(Exception):
    """What may be gone in a moment; `wait` is how many seconds the endpoint asked for, 0 if it did not."""

    def __init__(self, why: str, wait: float = 0.0) -> None:
        super().__init__(why)
        self.why, self.wait = why, wait


def _posted(client: httpx.Client, address: str, body: dict[str, Any], timeout: float) -> bytes:
    deadline = time.monotonic() + timeout
    data = bytearray()
    try:
        with client.stream("POST", address, json=body) as response:
            _check(response)
            for piece in response.iter_bytes():
                data += piece
                if len(data) > LARGEST:
                    raise NoAnswer(f"its answer is over {LARGEST:,} bytes", "use another model")
                if time.monotonic() > deadline:
                    raise _Passing(f"no whole answer within {timeout:g} seconds")
    except httpx.TimeoutException:
        raise _Passing(f"no answer within {timeout:g} seconds") from None
    except httpx.TransportError as error:
        raise _Passing(f"it cannot be reached ({type(error).__name__})") from None
    except httpx.DecodingError:
        raise NoAnswer("its answer cannot be unpacked", "check the address") from None
    return bytes(data)


def _check(response: httpx.Response) -> None:
    status = response.status_code
    if status == 200:
        return
    if response.is_redirect:
        raise NoAnswer("it sends elsewhere, and the key goes nowhere else", "give the address where it answers")
    if status in _PASSING:
        raise _Passing(f"it answered {status}", _pause(response.headers.get("Retry-After", "")))
    mends = {401: "check CORDIALE_LLM_KEY", 403: "check CORDIALE_LLM_KEY", 404: "check the address and the model"}
    raise NoAnswer(f"it answered {status}", mends.get(status, "check the address, the model and what it can do"))


def _pause(header: str) -> float:
    """The seconds that Retry-After asks for, a number or a date."""
    try:
        return max(0.0, float(header))
    except ValueError:
        pass
    try:
        return max(0.0, email.utils.parsedate_to_datetime(header).timestamp() - time.time())
    except (TypeError, ValueError, IndexError):
        return 0.0


def _taken(data: bytes) -> Answer:
    """The text and the counts in an answer of the endpoint."""
    try:
        found = json.loads(data)
        message = found["choices"][0]["message"]
        text = message["content"]
        usage = found.get("usage") or {}
        counts = [usage.get("prompt_tokens"), usage.get("completion_tokens")]
    except (ValueError, KeyError, IndexError, TypeError, AttributeError, RecursionError):
        raise NoAnswer("its answer is not that of a chat completion", "check the address") from None
    if not isinstance(text, str):
        raise NoAnswer("it gave no text" + _refusal(message), "use another model")
    prompt, completion = (n if isinstance(n, int) and n >= 0 else None for n in counts)
    return Answer(text=text, prompt_tokens=prompt, completion_tokens=completion)


def _refusal(message: dict[str, Any]) -> str:
    return " (it refused)" if message.get("refusal") else ""


def _price(text: str) -> tuple[float, float] | None:
    if not text.strip():
        return None
    try:
        into, out = (float(part) for part in text.split(","))
    except ValueError:
        mend = "give two amounts for a million tokens, in and out, such as 0.15,0.60"
        raise InvalidValue("CORDIALE_LLM_PRICE", text, mend) from None
    return into, out
