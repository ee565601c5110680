"""Pages from templates: all text escaped, and made plain, so that what a document says is never markup.

Links that lead elsewhere are http or https and nothing else.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from importlib.metadata import version
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup
from starlette.responses import HTMLResponse, Response

from cordiale.claims import Claim, Quote
from cordiale.dossier import ActorEntry, Dossier
from cordiale.dossier.drawing import source_of
from cordiale.figures import Figure
from cordiale.figures.encoding import signed
from cordiale.web.months import Months
from cordiale.web.view import View
from cordiale.wording import changed, finalized, outside, words

CONTEXT = 240
"""Characters shown on either side of a quote."""


def environment() -> Environment:
    """The templates, with what they use."""
    made = Environment(
        loader=PackageLoader("cordiale.web"), autoescape=True, undefined=StrictUndefined, finalize=finalized,
        trim_blocks=True, lstrip_blocks=True,
    )  # fmt: skip
    made.filters |= {"words": words, "signed": signed, "outside": outside, "drawn": drawn, "changed": changed}
    made.globals |= {"in_context": in_context, "source_of": source_of}
    return made


Page = Callable[..., Response]
"""Makes a page of a template's name, a view and what else the template takes; `status` is that of the answer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Still:
    """What pages without a server behind them say: when they were made, from how many documents and datasets, and all
    actors that claims name, by name, as nobody can search for one.
    """

    made: date
    documents: int
    datasets: int
    actors: tuple[ActorEntry, ...] = field(repr=False)

    @classmethod
    def of(cls, dossier: Dossier) -> Still:
        """Of a dossier as it is now."""
        counts = dossier.store.counts()
        named = sorted((one for one in dossier.actors() if one.claims), key=lambda one: one.actor.name.casefold())
        return cls(made=dossier.today(), documents=counts.documents, datasets=counts.datasets, actors=tuple(named))


def pages_of(name: str, months: Callable[[View], Months | None], *, still: Still | None = None) -> Page:
    """The pages of a dossier, by its name; `months` gives those of a view's date bar."""
    templates = environment()
    templates.globals |= {"months": months, "still": still, "version": version("cordiale")}

    def page(template: str, view: View, *, status: int = 200, **context: Any) -> Response:
        made = templates.get_template(template).render(view=view, name=name, **context)
        return HTMLResponse(made, status_code=status)

    return page


def looked_at(ties: int) -> str:
    """What an answer on many ties is waiting for."""
    return f"{ties:,} ties are being looked at"


def drawn(figure: Figure) -> Markup:
    """A figure as part of a page: it was made as a tree, and holds nothing but its own markup."""
    return Markup(figure.markup)


def in_context(claim: Claim) -> tuple[str, str, str]:
    """The words before a quote, the quote, and the words after it."""
    quote = claim.evidence
    if not isinstance(quote, Quote):
        return "", "", ""
    text = quote.document.text
    before, after = text[max(0, quote.start - CONTEXT) : quote.start], text[quote.end : quote.end + CONTEXT]
    return (
        ("…" if quote.start > CONTEXT else "") + before, quote.text,
        after + ("…" if quote.end + CONTEXT < len(text) else ""),
    )  # fmt: skip
