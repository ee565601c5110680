"""A brief as one HTML file: nothing outside of it is needed to read or print it, and nothing in it runs.

Style and figures are inside; there is no script, and the page's own policy forbids any. All text from outside is
escaped and made plain. Links lead to places on the page and, by http or https, to originals.
"""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape

from cordiale.figures import Figure, stylesheet
from cordiale.figures.encoding import signed
from cordiale.plain import plain
from cordiale.reports.brief import Brief
from cordiale.reports.sentences import AGREED, FADED, NOTHING_UNKNOWN
from cordiale.wording import finalized

SIDES = {1: "friendly", -1: "hostile", 0: "neutral"}
_DAY = re.compile(r"\b\d{4}-\d\d-\d\d\b")


def page_of(brief: Brief) -> str:
    """The page."""
    return _environment().get_template("brief.html").render(brief=brief)


@cache
def _environment() -> Environment:
    made = Environment(
        loader=PackageLoader("cordiale.reports"), autoescape=True, undefined=StrictUndefined, finalize=finalized,
        trim_blocks=True, lstrip_blocks=True,
    )  # fmt: skip
    made.filters |= {"drawn": _drawn, "signed": signed, "side": SIDES.__getitem__, "days": _days}
    own = files("cordiale.reports").joinpath("report.css").read_text("utf-8")
    made.globals |= {"faded": FADED, "agreed": AGREED, "nothing_unknown": NOTHING_UNKNOWN}
    made.globals["style"] = Markup(stylesheet() + own)
    return made


def _drawn(figure: Figure) -> Markup:
    """A figure as part of the page: it was made as a tree, and holds nothing but its own markup."""
    return Markup(figure.markup)


def _days(text: str) -> Markup:
    """Text in which no day is broken over two lines."""
    return Markup(_DAY.sub(lambda match: f'<span class="day">{match[0]}</span>', str(escape(plain(text)))))
