"""What a page is asked for: the state of a view, from its address and back into it.

`at` is a held day, `known` a published one (None: everything known). A parameter that cannot be is an `InvalidValue`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Annotated
from urllib.parse import quote, urlencode

from fastapi import Depends, Query
from starlette.requests import Request

from cordiale.dossier.days import last_day
from cordiale.errors import InvalidValue

DAYS = ("at", "known")
"""The parameters that a view is made of."""


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """The day that a page shows, and the day as of which it knows; `rest` is what else its address says, to be kept
    where only the day changes.
    """

    at: date
    known: date | None = None
    rest: tuple[tuple[str, str], ...] = field(default=(), compare=False, repr=False)

    @classmethod
    def of(cls, asked: Mapping[str, str], today: date) -> View:
        """From the parameters of an address.

        >>> View.of({"at": "2012-06"}, date(2026, 1, 1))
        View(at=datetime.date(2012, 6, 30), known=None)
        """
        rest = tuple((name, value) for name, value in asked.items() if name not in DAYS and value)
        return cls(at=_day(asked, "at") or today, known=_day(asked, "known"), rest=rest)

    @property
    def query(self) -> str:
        """The view as the end of an address."""
        days = {"at": self.at.isoformat(), "known": self.known.isoformat() if self.known else ""}
        return "?" + urlencode({name: day for name, day in days.items() if day})

    def to(self, *path: str) -> str:
        """The address of a page in this view; what it is made of may hold any letters.

        >>> View(at=date(2012, 6, 1)).to("actor", "~a/b")
        '/actor/~a%2Fb?at=2012-06-01'
        """
        return "/" + "/".join(quote(part, safe="~") for part in path) + self.query

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
) -> View:
    return View.of({**request.query_params, "at": at, "known": known}, request.app.state.today())


Viewed = Annotated[View, Depends(_view_of)]
"""A view that a route takes from its address; the application's state has the day that it is, as `today()`."""
