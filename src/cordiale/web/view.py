"""What a page is asked for: the state of a view, from its address and back into it.

`at` is a held day, `known` a published one (None: everything known). A parameter that cannot be is an `InvalidValue`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Annotated
from urllib.parse import quote, urlencode

from fastapi import Depends, Query
from starlette.datastructures import QueryParams
from starlette.requests import Request

from cordiale.dossier.days import last_day
from cordiale.errors import InvalidValue

DAYS = ("at", "known")
HEARD = ("sources", "ignored")
"""The parameters that a view is made of; of the latter there may be several."""


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """The day that a page shows, and what it knows: as of which day, by which `sources` alone (all where there are
    none), and without which `ignored` ones. `rest` is what else its address says, kept where only the day changes.
    """

    at: date
    known: date | None = None
    sources: tuple[str, ...] = ()
    ignored: tuple[str, ...] = ()
    rest: tuple[tuple[str, str], ...] = field(default=(), compare=False, repr=False)

    @classmethod
    def of(cls, asked: Mapping[str, str], today: date) -> View:
        """From the parameters of an address.

        >>> View.of({"at": "2012-06"}, date(2026, 1, 1)).at
        datetime.date(2012, 6, 30)
        """
        pairs = asked.multi_items() if isinstance(asked, QueryParams) else asked.items()
        rest = tuple((name, value) for name, value in pairs if name not in (*DAYS, *HEARD) and value)
        heard = (tuple(sorted({v for n, v in pairs if n == name and v})) for name in HEARD)
        sources, ignored = heard
        return cls(
            at=_day(asked, "at") or today, known=_day(asked, "known"), sources=sources, ignored=ignored, rest=rest
        )  # fmt: skip

    @property
    def query(self) -> str:
        """The view as the end of an address."""
        return "?" + urlencode(self.own)

    @property
    def knowledge(self) -> tuple[date | None, tuple[str, ...], tuple[str, ...]]:
        """What the view knows: pages of other days that know the same share it."""
        return self.known, self.sources, self.ignored

    @property
    def scope(self) -> str:
        """Which claims it looks at, in words; "" for all of them."""
        only = f"By {', '.join(self.sources)} alone." if self.sources else ""
        without = f"Without {', '.join(self.ignored)}." if self.ignored else ""
        return f"{only} {without}".strip()

    @property
    def own(self) -> tuple[tuple[str, str], ...]:
        """The parameters of the view itself, for forms that lead to another page in it."""
        days = (("at", self.at.isoformat()), ("known", self.known.isoformat() if self.known else ""))
        heard = (("sources", name) for name in self.sources), (("ignored", name) for name in self.ignored)
        return tuple((name, value) for name, value in (*days, *heard[0], *heard[1]) if value)

    def on(self, day: date) -> View:
        """The same of another day."""
        return replace(self, at=day)

    def by(self, *sources: str) -> View:
        """The same by these sources alone; by all, where none is named."""
        return replace(self, sources=sources, ignored=())

    def without(self, *sources: str) -> View:
        """The same without these sources."""
        return replace(self, sources=(), ignored=tuple(sorted({*self.ignored, *sources})))

    def to(self, *path: str) -> str:
        """The address of a page in this view; what it is made of may hold any letters.

        >>> View(at=date(2012, 6, 1)).to("actor", "~a/b")
        '/actor/~a%2Fb?at=2012-06-01'
        """
        return "/" + "/".join(quote(part, safe="~") for part in path) + self.query

    def kept(self, *without: str) -> tuple[tuple[str, str], ...]:
        """What a form in this view keeps of its address, but for some names."""
        return tuple((name, value) for name, value in (*self.own, *self.rest) if name not in without)

    def tie(self, a: str, b: str) -> str:
        """The address of a tie's page."""
        return self.to("tie", a, b)


def _day(asked: Mapping[str, str], name: str) -> date | None:
    text = asked.get(name, "").strip()
    if not text:
        return None
    try:
        return last_day(text)
    except InvalidValue as error:
        raise InvalidValue(f"the day in {name}=", text, error.mend) from None


def _view_of(
    request: Request,
    at: Annotated[str, Query(description="The day that is asked about, YYYY, YYYY-MM or YYYY-MM-DD; today.")] = "",
    known: Annotated[str, Query(description="The day as of which; everything that is known.")] = "",
    sources: Annotated[list[str] | None, Query(description="Sources that alone are heard; all.")] = None,
    ignored: Annotated[list[str] | None, Query(description="Sources that are not heard; none.")] = None,
) -> View:
    del at, known, sources, ignored  # named for the description of the address
    return View.of(request.query_params, request.app.state.today())


Viewed = Annotated[View, Depends(_view_of)]
"""A view that a route takes from its address; the application's state has the day that it is, as `today()`."""
